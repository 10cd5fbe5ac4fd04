"""Dòng thời gian: spans of months, one row a scheme or employer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansinh.charts.drawing import FILLS, QUIET, RULE, TINTS, WIDTH, Colour, fitted, rect, rule, svg, text
from ansinh.kernel.months import Month


@dataclass(frozen=True, slots=True)
class Span:
    """Một đoạn tháng trên dòng thời gian, both ends included."""

    row: str
    first: Month
    last: Month
    label: str
    colour: Colour = "blue"


def timeline(spans: Sequence[Span], *, title: str, width: int = WIDTH) -> str:
    """Quá trình theo tháng: one row a scheme or employer, spans of months as bars."""
    if not spans:
        return svg(width, 40, title, ["Chưa có quá trình"], [text(0, 24, "Chưa có quá trình", fill=QUIET)])
    names = list(dict.fromkeys(span.row for span in spans))
    first, last = min(s.first for s in spans), max(s.last for s in spans)
    months = last - first + 1
    left, step, top = width * 3 // 10, 34, 26
    wide, height = width - left - 4, top + step * len(names) + 4

    def across(index: int) -> int:
        return left + wide * index // months

    body = []
    years = range(first.year, last.year + 1)
    every = -(-len(years) * 40 // wide)
    for year in years:
        at = max(Month(year, 1), first) - first
        body.append(rule(across(at), top - 4, across(at), height - 4, RULE))
        if (year - years[0]) % every == 0:
            body.append(text(across(at) + 3, 14, str(year), size=11, fill=QUIET))
    for index, name in enumerate(names):
        y = top + index * step
        body.append(text(left - 10, y + 19, fitted(name, left - 14, 13), anchor="end"))
        body.append(rule(left, y + step - 2, left + wide, y + step - 2, RULE))
        for span in (s for s in spans if s.row == name):
            x, end = across(span.first - first), across(span.last - first + 1)
            fill, ink = TINTS[span.colour]
            body.append(rect(x, y + 3, max(end - x, 2), step - 10, fill, stroke=FILLS[span.colour]))
            label = fitted(span.label, end - x - 8, 12)
            if label:
                body.append(text(x + 4, y + 19, label, size=12, fill=ink))
    told = [f"{s.row}: {s.first.vi()} đến {s.last.vi()}, {s.label}" for s in spans]
    return svg(width, height, title, told, body)
