"""Rows of collection made by hand, each with its case, as the services make them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ansinh.collection.declarations import casework as lists
from ansinh.collection.models import Declaration, Refund
from ansinh.collection.refunds import casework as refunds
from ansinh.office.models import User
from ansinh.office.rights import Actor


@transaction.atomic
def declaration(by: User | None = None, *, checked: bool = False, **facts: Any) -> Declaration:
    """A list in the state DRAFT, or CHECKED, as the services would have received it on the day."""
    made = Declaration.objects.create(**facts)
    lists.opened(Actor(by or maker()), made, timezone.localdate())
    if checked:
        lists.examined(made, stopped=False)
        made.state = Declaration.State.CHECKED
        made.save(update_fields=["state"])
    return made


def maker() -> User:
    return User.objects.get_or_create(username="case-maker", full_name="Người lập", kind="staff")[0]


@transaction.atomic
def refund(by: User | None = None, **facts: Any) -> Refund:
    """A refund in the state PREPARED; whoever made it is its maker. Assessed when it has an amount."""
    made = Refund.objects.create(**facts)
    actor = Actor(by or maker())
    refunds.open_many(actor, [made])
    if made.amount:
        refunds.assessed(actor, made)
    return made
