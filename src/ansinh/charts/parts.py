"""Thanh nhiều phần: what a whole is made of, or amounts side by side on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ansinh.charts.drawing import WIDTH, rect, svg, text

LEFT, STEP, TOP = 210, 34, 34


@dataclass(frozen=True, slots=True)
class Part:
    """Một phần của thanh: its words, its size and its colour."""

    words: str
    size: int
    fill: str


@dataclass(frozen=True, slots=True)
class Row:
    """Một thanh: a label, its parts from left to right, and what stands at its end."""

    label: str
    parts: tuple[Part, ...]
    told: str


def part_bars(rows: Sequence[Row], *, title: str, common: bool, width: int = WIDTH) -> str:
    """Các thanh ngang: with `common` all on one scale, else each its own whole (shares of a group)."""
    track = width - LEFT - 150
    most = max((sum(part.size for part in row.parts) for row in rows), default=1) or 1
    body = [text(0, 18, title, bold=True)]
    for number, row in enumerate(rows):
        y = TOP + number * STEP
        whole = most if common else sum(part.size for part in row.parts) or 1
        body.append(text(LEFT - 8, y + 15, row.label, anchor="end"))
        x = LEFT
        for part in row.parts:
            wide = track * part.size // whole
            if wide:
                body.append(rect(x, y, wide, 22, part.fill))
            x += wide
        body.append(text(x + 8 if common else LEFT + track + 8, y + 15, row.told))
    end = TOP + len(rows) * STEP
    body += _legend([part for row in rows for part in row.parts], end + 8)
    told = [f"{row.label}: {', '.join(f'{part.words} {part.size}' for part in row.parts)}" for row in rows]
    return svg(width, end + 34, title, told, body)


def _legend(parts: Sequence[Part], y: int) -> Iterator[str]:
    x = 0
    for words, fill in dict.fromkeys((part.words, part.fill) for part in parts):
        yield rect(x, y, 14, 14, fill)
        yield text(x + 20, y + 12, words)
        x += 44 + 7 * len(words)
