"""Danh sách hồ sơ kê khai trong phạm vi của người xem."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ansinh.collection.models import Declaration, DeclarationRow
from ansinh.office import documents
from ansinh.office.rights import Actor
from ansinh.registers.models import Employer

PENDING = (Declaration.State.DRAFT, Declaration.State.CHECKED)


def in_scope(actor: Actor, verb: str = "declaration.read") -> QuerySet[Declaration]:
    """Declarations the actor may see, newest first."""
    found = Declaration.objects.select_related("employer", "office", "received_by", "booked_by")
    scoped = found.filter(actor.within(verb) | Q(employer_id__in=actor.parties(verb, "employer")))
    return scoped.order_by("-received_at", "-pk")


def pending(actor: Actor) -> QuerySet[Declaration]:
    """Declarations that wait for an answer, the most urgent first."""
    return in_scope(actor).filter(state__in=PENDING).order_by("due_on", "pk")


def in_charge_of(actor: Actor) -> QuerySet[Employer]:
    """Đơn vị do viên chức này quản lý."""
    return Employer.objects.filter(officer=actor.user)


def rows(declaration: Declaration) -> QuerySet[DeclarationRow]:
    """The lines of a declaration in their order."""
    return declaration.rows.select_related("person").order_by("position")


def file_digest(declaration: Declaration) -> str:
    """SHA-256 của tệp đã nộp. In hex; "" for a list typed on the grid."""
    attached = documents.of("declaration", declaration.pk)
    return attached.document.digest if attached else ""
