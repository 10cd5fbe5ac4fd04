"""Khoản tiền thu, sao kê và tài khoản trong phạm vi của người xem."""

from __future__ import annotations

from django.db.models import QuerySet

from ansinh.collection.models import BankFile, Receipt
from ansinh.office.access import Actor
from ansinh.registers.models import CollectingAccount

THROUGH = "account__office__path"


def in_scope(actor: Actor, verb: str = "receipt.read") -> QuerySet[Receipt]:
    """Receipts the actor may see, newest first. A clerk sees those matched to their employer."""
    found = Receipt.objects.select_related("account", "employer", "matched_by", "bank_file")
    if actor.kind == "employer":
        scoped = found.filter(employer_id=actor.employer_id or 0, state=Receipt.State.MATCHED)
    else:
        scoped = found.filter(actor.within(verb, THROUGH))
    return scoped.order_by("-value_on", "-pk")


def unmatched(actor: Actor) -> QuerySet[Receipt]:
    """Tiền treo: receipts that wait for somebody to say whose they are, the oldest first."""
    waiting = in_scope(actor, "receipt.match").filter(state=Receipt.State.SUSPENSE)
    return waiting.order_by("value_on", "pk")


def files_in_scope(actor: Actor, verb: str = "receipt.read") -> QuerySet[BankFile]:
    """Statement files the actor may see, newest first."""
    found = BankFile.objects.filter(actor.within(verb, THROUGH))
    return found.select_related("account", "read_by").order_by("-read_at", "-pk")


def accounts_in_scope(actor: Actor, verb: str = "receipt.read") -> QuerySet[CollectingAccount]:
    """Collecting accounts of the actor's offices."""
    found = CollectingAccount.objects.filter(actor.within(verb))
    return found.select_related("office").order_by("bank", "number")
