"""Cơ quan và kỳ của báo cáo: what an officer may ask a report for."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ansinh.kernel.months import Month
from ansinh.office.models import Period, Unit
from ansinh.office.rights import Actor

MAKERS = (Unit.Kind.VSS, Unit.Kind.PROVINCE, Unit.Kind.BASE_OFFICE)


def units(actor: Actor) -> QuerySet[Unit]:
    """Cơ quan lập báo cáo: within the actor's scope, the wider first."""
    held = Unit.objects.filter(actor.within("report.read", "path"), kind__in=MAKERS, valid_to__isnull=True)
    return held.order_by("path")


def months(unit: Unit) -> list[Month]:
    """Các tháng có sổ: for a unit, newest first; of its province, or of the provinces below it."""
    above = [int(pk) for pk in unit.path.strip("/").split("/")]
    found = Period.objects.filter(Q(unit__in=above) | Q(unit__path__startswith=unit.path))
    return [Month.from_index(m) for m in found.values_list("month", flat=True).distinct().order_by("-month")]
