"""Cơ quan nơi có quyền: the units at which somebody holds a verb."""

from __future__ import annotations

from ansinh.office.rights.actors import Actor
from ansinh.office.units.models import Unit

OFFICES = (Unit.Kind.VSS, Unit.Kind.PROVINCE, Unit.Kind.BASE_OFFICE)


def held(actor: Actor, verb: str, pk: int | None = None) -> Unit | None:
    """The office with this key at which the verb is held; without a key the widest. None without one."""
    scope = Unit.objects.filter(actor.within(verb, "path"), kind__in=OFFICES, valid_to__isnull=True)
    return (scope.filter(pk=pk) if pk is not None else scope.order_by("path")).first()
