"""Danh sách hồ sơ kê khai trong phạm vi của người xem."""

from __future__ import annotations

from django.db.models import QuerySet

from ansinh.collection.models import Declaration, DeclarationRow
from ansinh.office.access import Actor

PENDING = (Declaration.State.DRAFT, Declaration.State.CHECKED)


def in_scope(actor: Actor, verb: str = "declaration.read") -> QuerySet[Declaration]:
    """Declarations the actor may see, newest first, without the bytes of their files."""
    found = Declaration.objects.defer("file").select_related("employer", "office", "received_by", "booked_by")
    if actor.kind == "employer":
        scoped = found.filter(employer_id=actor.employer_id or 0)
    else:
        scoped = found.filter(actor.within(verb))
    return scoped.order_by("-received_at", "-pk")


def pending(actor: Actor) -> QuerySet[Declaration]:
    """Declarations that wait for an answer, the most urgent first."""
    return in_scope(actor).filter(state__in=PENDING).order_by("due_on", "pk")


def rows(declaration: Declaration) -> QuerySet[DeclarationRow]:
    """The lines of a declaration in their order."""
    return declaration.rows.select_related("person").order_by("position")
