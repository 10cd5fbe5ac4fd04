"""Cửa vào: the only way request code gets units, plans and figures. Outside the scope they do not exist.

The doors of a plan and of a version write the reading log: the key of the plan, though it shows nobody.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from ansinh.office import reading
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.steering.targets.models import Figure, Plan, PlanVersion, Target

READ = "target.read"


def units(actor: Actor) -> QuerySet[Unit]:
    """Đơn vị trong phạm vi: units of any era that the actor may see targets of."""
    return Unit.objects.filter(actor.within(READ, "path"))


def unit(actor: Actor, pk: int) -> Unit:
    """One unit in scope, or 404."""
    return get_object_or_404(units(actor), pk=pk)


def plans(actor: Actor) -> QuerySet[Plan]:
    """Kế hoạch trong phạm vi và của cấp trên: an office sees the plan its targets come from."""
    scope = actor.within(READ, "unit__path")
    above = {int(pk) for prefix in actor.paths(READ) for pk in prefix.strip("/").split("/")}
    return Plan.objects.filter(scope | Q(unit_id__in=above)).select_related("unit")


def plan(actor: Actor, pk: int) -> Plan:
    """One plan in sight, or 404."""
    try:
        return reading.one(actor, plans(actor), pk, subject=Subject.PLAN, purpose=Purpose.REPORT, verb=READ)
    except Plan.DoesNotExist as error:
        raise Http404 from error


def version(actor: Actor, pk: int) -> PlanVersion:
    """One version of a plan in sight, or 404."""
    seen = PlanVersion.objects.filter(plan__in=plans(actor)).select_related(
        "plan__unit", "decided_by", "supersedes", "prepared_by", "sealed_by"
    )
    found = seen.filter(pk=pk).first() if 0 <= pk < 2**63 else None
    if found is None:
        reading.missed(actor, Subject.PLAN, 0, purpose=Purpose.REPORT, verb=READ)
        raise Http404
    reading.shown(actor, Subject.PLAN, [found.plan_id], purpose=Purpose.REPORT)
    return found


def targets(actor: Actor, version: PlanVersion) -> QuerySet[Target]:
    """Chỉ tiêu của một phiên bản trong phạm vi: of a plan in sight, the rows of units in scope."""
    return Target.objects.filter(actor.within(READ, "unit__path"), version=version).select_related(
        "unit", "indicator"
    )


def published() -> QuerySet[Figure]:
    """Số liệu đã công bố: anybody may read what was in print."""
    return Figure.objects.filter(origin=Figure.Origin.PUBLISHED).select_related("unit", "indicator")


def figures(actor: Actor) -> QuerySet[Figure]:
    """Số liệu của các đơn vị trong phạm vi."""
    return Figure.objects.filter(actor.within(READ, "unit__path")).select_related("unit", "indicator")
