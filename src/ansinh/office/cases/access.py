"""Cửa vào hồ sơ: outside the scope a case does not exist; whoever it shows goes into the reading log."""

from __future__ import annotations

from ansinh.office import reading
from ansinh.office.cases import facts, procedures, selectors
from ansinh.office.cases.models import Case
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor


def case(actor: Actor, pk: int) -> Case:
    """Mở một hồ sơ: its facts are read again, and what no longer holds goes back.

    Raises Case.DoesNotExist outside the scope.
    """
    found = reading.one(
        actor,
        selectors.in_scope(actor).order_by(),
        pk,
        subject=Subject.CASE,
        purpose=Purpose.CASE,
        verb="case.read",
        also=lambda one: one.parties(),
    )
    return facts.look(found)


def seen(found: Case) -> str:
    """Dấu của điều trang hồ sơ cho xem: for a decision."""
    return procedures.provider_of(found.procedure).as_seen(found.thing_id)
