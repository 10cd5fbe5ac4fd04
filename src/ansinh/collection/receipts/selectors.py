"""Khoản tiền thu, sao kê và tài khoản trong phạm vi của người xem."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ansinh.collection.models import BankFile, Receipt
from ansinh.office.rights import Actor
from ansinh.registers.models import Employer

THROUGH = "account__office__path"


def in_scope(actor: Actor, verb: str = "receipt.read") -> QuerySet[Receipt]:
    """Receipts the actor may see, newest first. A clerk sees those matched to their employer."""
    found = Receipt.objects.select_related("account__office", "employer__office", "matched_by", "bank_file")
    theirs = Q(employer_id__in=actor.parties(verb, "employer"), state=Receipt.State.MATCHED)
    scoped = found.filter(actor.within(verb, THROUGH) | theirs)
    return scoped.order_by("-value_on", "-pk")


def unmatched(actor: Actor) -> QuerySet[Receipt]:
    """Tiền treo: receipts that wait for somebody to say whose they are, the oldest first."""
    waiting = in_scope(actor, "receipt.match").filter(state=Receipt.State.SUSPENSE)
    return waiting.order_by("value_on", "pk")


def files_in_scope(actor: Actor, verb: str = "receipt.read") -> QuerySet[BankFile]:
    """Statement files the actor may see, newest first."""
    found = BankFile.objects.filter(actor.within(verb, THROUGH))
    found = found.select_related("account__office", "read_by", "confirmed_by")
    return found.order_by("-read_at", "-pk")


def files_waiting(actor: Actor) -> QuerySet[BankFile]:
    """Sao kê chờ người thứ hai: where the actor may confirm, or handed in; the oldest first."""
    waiting = Q(state=BankFile.State.WAITING)
    scope = actor.within("bank.confirm", THROUGH) | actor.within("bank.read_file", THROUGH)
    found = BankFile.objects.filter(waiting & scope)
    return found.select_related("account__office", "read_by").order_by("read_at", "pk")


SHOWN = 24


def of_employer(actor: Actor, employer: Employer) -> list[Receipt]:
    """Khoản tiền của một đơn vị mà người xem được xem: the newest few."""
    return list(in_scope(actor).filter(employer=employer)[:SHOWN])
