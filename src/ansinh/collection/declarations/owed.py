"""Ai được hoàn trả vì một danh sách: who paid for months that the list now insures, and what proves it."""

from __future__ import annotations

from collections.abc import Mapping

from ansinh.collection.declarations.cover import Ending
from ansinh.collection.declarations.plan import Key, Plan
from ansinh.collection.declarations.spans import RUNNING
from ansinh.collection.refunds.bounds import Cover
from ansinh.collection.refunds.services import Owed
from ansinh.registers.models import Employer


def of(made: Plan, ids: Mapping[Key, int], employer: Employer) -> list[Owed]:
    """Mỗi thời gian đã đóng nay thôi và phải hoàn trả: for the refunds drawn up with the list."""
    return [
        Owed(
            person_id=ids[key],
            payee=someone.held.name if someone.held else "",
            cover=_covered(ending, made.scene.month.index),
            note=someone.account_note,
            unit_code=employer.unit_code,
        )
        for key, someone in made.people.items()
        for ending in someone.endings
        if ending.refund
    ]


def _covered(ending: Ending, month: int) -> Cover:
    """What the register proves of the months a cover overlaps: those paid ahead, else those up to now."""
    first = max(ending.last + 1, ending.cover.first)
    running = ending.cover.last == RUNNING and not ending.months
    return Cover(
        voluntary=ending.voluntary,
        first=first,
        months=max(0, month - first + 1) if running else ending.months,
        income=ending.cover.wage,
        health_group=ending.cover.health_group,
        running=running,
    )
