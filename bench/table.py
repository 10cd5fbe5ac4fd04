"""Bảng kết quả: one line a measure, its goal beside it, met or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

MARK = "@@bench "


@dataclass(frozen=True)
class Line:
    """Một dòng: `value` in `unit`; `most`/`least` is the goal, neither for what is only reported."""

    measure: str
    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def verdict(self) -> Literal["✓", "✗", ""]:
        """Whether the goal is met; empty without one."""
        if self.most is None and self.least is None:
            return ""
        too_much = self.most is not None and self.value > self.most
        too_little = self.least is not None and self.value < self.least
        return "✗" if too_much or too_little else "✓"

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.most is not None:
            return f"≤ {_number(self.most)} {self.unit}"
        return f"≥ {_number(self.least)} {self.unit}" if self.least is not None else ""


def tell(line: Line) -> None:
    """Hand a line to the process that prints the table."""
    print(MARK + json.dumps(asdict(line)), flush=True)


def read(output: str) -> Line | None:
    """The line a measuring process handed over, if that is what it wrote."""
    return Line(**json.loads(output[len(MARK) :])) if output.startswith(MARK) else None


def text(lines: Sequence[Line]) -> str:
    """The table as Markdown, so that it can stand in the documentation as it is."""
    rows = [("measure", "what", "measured", "goal", "", "note")]
    rows += [
        (x.measure, x.what, f"{_number(x.value)} {x.unit}".strip(), x.goal, x.verdict, x.note) for x in lines
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(drawn)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
