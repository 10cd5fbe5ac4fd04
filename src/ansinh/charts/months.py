"""Đường theo tháng: amounts of one or several series over the same months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ansinh.charts.drawing import FILLS, GLYPH, QUIET, RULE, WIDTH, Colour, axis, rule, scaled, svg, text
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up


@dataclass(frozen=True, slots=True)
class Line:
    """Một đường theo tháng: amounts by month, None where not known; `dashed` for what was planned."""

    name: str
    points: tuple[tuple[Month, int | Fraction | None], ...]
    colour: Colour = "blue"
    dashed: bool = False


def months_line(
    lines: Sequence[Line], *, title: str, unit: str = "", width: int = WIDTH, height: int = 260
) -> str:
    """Đường theo tháng: one line a series over the same months, from zero."""
    months = sorted({month for line in lines for month, _ in line.points})
    known = [value for line in lines for _, value in line.points if value is not None]
    if not months or not known:
        return svg(width, 40, title, ["Chưa có số liệu"], [text(0, 24, "Chưa có số liệu", fill=QUIET)])
    top, steps = axis(max(known))
    left, bottom, right = 110, height - 58, width - 12
    wide, high = right - left, bottom - 14

    def across(month: Month) -> int:
        return left + (wide * (month - months[0]) // max(months[-1] - months[0], 1))

    def up(value: int | Fraction) -> int:
        return bottom - scaled(Fraction(value) / top, high)

    body = []
    for step in range(steps + 1):
        value = top * step // steps
        body.append(rule(left, up(value), right, up(value), RULE))
        body.append(text(left - 8, up(value) + 4, format_dong(value), size=11, anchor="end", fill=QUIET))
    every = max(1, len(months) // 12)
    for month in months[::every]:
        words = (
            f"{month.month}" if months[0].year == months[-1].year else f"{month.month}/{month.year % 100:02d}"
        )
        body.append(text(across(month), bottom + 16, words, size=11, anchor="middle", fill=QUIET))
    told, x = [], left
    for line in lines:
        colour = FILLS[line.colour]
        for run in _runs(line.points):
            path = " ".join(f"{across(month)},{up(value)}" for month, value in run)
            dash = ' stroke-dasharray="6 4"' if line.dashed else ""
            body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
            if not line.dashed:
                body += [f'<circle cx="{across(m)}" cy="{up(v)}" r="3" fill="{colour}"/>' for m, v in run]
        dash = ' stroke-dasharray="6 4"' if line.dashed else ""
        body.append(
            f'<line x1="{x}" y1="{height - 16}" x2="{x + 24}" y2="{height - 16}" stroke="{colour}" '
            f'stroke-width="3"{dash}/>'
        )
        body.append(text(x + 30, height - 12, line.name, size=12))
        x += 54 + half_up(len(line.name) * 12 * GLYPH)
        values = [f"{m.vi()} {format_dong(half_up(v))}" for m, v in line.points if v is not None]
        told.append(f"{line.name}: {', '.join(values) or 'chưa có số liệu'}{f' ({unit})' if unit else ''}")
    return svg(width, height, title, told, body)


def _runs(
    points: Iterable[tuple[Month, int | Fraction | None]],
) -> list[list[tuple[Month, int | Fraction]]]:
    """Stretches of known values: a line is not drawn across a month nobody knows."""
    runs: list[list[tuple[Month, int | Fraction]]] = [[]]
    for month, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((month, value))
    return [run for run in runs if run]
