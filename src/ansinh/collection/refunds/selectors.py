"""Danh sách hoàn trả trong phạm vi của một viên chức."""

from __future__ import annotations

from django.db.models import QuerySet

from ansinh.collection.models import Refund
from ansinh.office import hands
from ansinh.office.rights import Actor


def in_scope(actor: Actor, verb: str = "receipt.read") -> QuerySet[Refund]:
    """Refunds the actor may see, newest first."""
    return (
        Refund.objects.filter(actor.within(verb))
        .select_related(
            "office",
            "employer__office",
            "person__office",
            "receipt__account__office",
            "declaration__office",
            "prepared_by",
            "approved_by",
        )
        .defer("declaration__preview", "declaration__problems")
        .order_by("-prepared_at", "-pk")
    )


def waiting(actor: Actor) -> QuerySet[Refund]:
    """Refunds that wait for this actor's approval: every part of them written by somebody else."""
    prepared = in_scope(actor, "refund.approve").filter(state=Refund.State.PREPARED)
    return prepared.exclude(hands.mine(actor, "refund"))


def of_person(actor: Actor, person_id: int) -> list[Refund]:
    """Các hoàn trả của một người: within the actor's scope, newest first.

    Few people have any: what is joined to tell of them is asked for only then.
    """
    found = in_scope(actor).filter(person_id=person_id)
    return list(found) if found.exists() else []
