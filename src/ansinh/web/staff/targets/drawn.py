"""Tiến độ để vẽ: rows of progress as the bars and tiles of `ansinh.charts`, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ansinh.charts import Bar, Colour, Group, Tile
from ansinh.kernel.money import format_dong
from ansinh.steering.targets.selectors import Progress


def bar_of(row: Progress, *, english: bool = False, by: Literal["unit", "indicator"] = "unit") -> Bar:
    """Thanh của một dòng tiến độ: named by its unit or by its indicator."""
    name = row.indicator.name_en if english else row.indicator.short_vi
    amounts = [format_dong(n) if n is not None else "—" for n in (row.actual, row.target)]
    return Bar(
        label=row.unit.name if by == "unit" else name,
        share=row.share,
        value=f"{amounts[0]} / {amounts[1]} {row.indicator.get_measure_display()}",
        status=row.status.words[english],
        colour=_colour(row),
        due=row.expected / row.target if row.expected is not None and row.target else None,
    )


def groups_of(rows: Iterable[Progress], *, english: bool = False) -> list[Group]:
    """Ô xã theo BHXH cơ sở: from the progress of communes in one indicator; other rows are left out."""
    found: dict[str, list[Tile]] = {}
    for row in rows:
        if row.unit.kind == "commune" and row.unit.parent:
            tile = Tile(row.unit.name, row.share, row.status.words[english], _colour(row))
            found.setdefault(row.unit.parent.name, []).append(tile)
    return [Group(name, tuple(found[name])) for name in found]


def _colour(row: Progress) -> Colour:
    known: dict[str, Colour] = {"green": "green", "yellow": "yellow", "red": "red", "grey": "grey"}
    return known.get(row.status.colour, "none")
