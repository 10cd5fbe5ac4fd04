"""Đơn vị còn nợ gì: employers with what their newest statement says, where the actor may read statements."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from ansinh.collection.models import Statement
from ansinh.office.rights import Actor
from ansinh.registers import access
from ansinh.registers.models import Employer, EmployerStatus


def employers(actor: Actor, on: date) -> QuerySet[Employer]:
    """The employers in scope with `workers`, `short`, `late` (dong) of the newest statement, and `state`.

    The figures are empty where the actor does not hold statement.read: a scope is no right to figures.
    """
    newest = Statement.objects.filter(employer_id=OuterRef("pk")).order_by("-month", "-version")
    status = EmployerStatus.objects.filter(employer=OuterRef("pk"), valid_from__lte=on).exclude(
        valid_to__lt=on
    )
    everywhere = actor.reaches("statement.read", as_far_as="employer.read")
    sees = actor.within("statement.read") | Q(pk__in=actor.parties("statement.read", "employer"))

    def told(field: str) -> Case | Subquery:
        figure = newest.annotate(x=F("short_late") + F("short_evaded")) if field == "x" else newest
        found = Subquery(figure.values(field)[:1])
        return found if everywhere else Case(When(sees, then=found), default=None)

    return (
        access.employers(actor)
        .select_related("office", "officer")
        .annotate(
            workers=told("workers"),
            short=told("short"),
            late=told("x"),
            state=Subquery(status.values("state")[:1]),
        )
    )
