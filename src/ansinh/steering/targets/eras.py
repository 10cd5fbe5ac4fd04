"""Số liệu theo đơn vị của năm 2023 hoặc 2026: figures of one era reported by the units of another.

A figure moves only as `office.units.roll` allows. Where a unit of the day asked was put together from
several, its figure is complete only when all have one; what is missing is named, never taken as zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ansinh.office import units
from ansinh.office.models import Unit, UnitSuccession
from ansinh.steering.targets.models import Figure

By = Literal["province", "office"]


@dataclass(frozen=True, slots=True)
class Reported:
    """Số liệu quy về một đơn vị: the sum of its parts and what it may be at least and at most.

    `unit` is None for figures that belong to no unit of that day; `note` says why or what is missing.
    """

    unit: Unit | None
    amount: int
    low: int
    high: int
    qualifier: str
    parts: tuple[Figure, ...]
    note: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every part is known."""
        return not self.note


def report(figures: Sequence[Figure], on: date, by: By = "province") -> list[Reported]:
    """Quy số liệu về đơn vị của một ngày: figures of one indicator and one day, of units of one level.

    The same level is asked of all, so that nothing is counted twice: with `by` "province" give provinces'
    figures, with "office" those of districts or base offices.
    """
    rolled = units.roll([f.unit for f in figures], on)
    parts: dict[int | None, list[Figure]] = {}
    found: dict[int | None, Unit | None] = {None: None}
    notes: dict[int | None, list[str]] = {}
    for figure in figures:
        place = rolled[figure.unit_id]
        unit = place.province if by == "province" else place.office
        key = unit.pk if unit else None
        found[key] = unit
        parts.setdefault(key, []).append(figure)
        if unit is None:
            notes.setdefault(key, []).append(place.note or f"{figure.unit}: {units.NO_DATA}")
    for key, missing in _missing({u for u in parts if u}, {f.unit_id for f in figures}, on).items():
        names = ", ".join(sorted(missing))
        notes.setdefault(key, []).append(f"thiếu số liệu của {names} / no figure of {names}")
    return sorted(
        (_sum(found[key], group, "; ".join(notes.get(key, ()))) for key, group in parts.items()),
        key=lambda row: (row.unit is None, row.unit.name_sort if row.unit else ""),
    )


def _sum(unit: Unit | None, group: Sequence[Figure], note: str) -> Reported:
    qualifiers = {figure.qualifier for figure in group}
    # parts with different words make a whole that is only about right
    qualifier = qualifiers.pop() if len(qualifiers) == 1 else "about"
    return Reported(
        unit=unit,
        amount=sum(f.amount for f in group),
        low=sum(f.low for f in group),
        high=sum(f.high for f in group),
        qualifier=qualifier,
        parts=tuple(group),
        note=note,
    )


def _missing(wanted: set[int], given: set[int], on: date) -> dict[int, set[str]]:
    """For each unit of the day asked, the names of units it took over that have no figure here."""
    successions = UnitSuccession.objects.filter(successor__in=wanted - given, effective_on__lte=on)
    found: dict[int, set[str]] = {}
    for row in successions.select_related("predecessor"):
        if row.predecessor_id not in given:
            found.setdefault(row.successor_id, set()).add(row.predecessor.name)
    return found
