"""Biểu đồ SVG vẽ tại máy chủ: bars, months, a person's timeline, communes as tiles.

Drawn by hand: a few rectangles and lines need no chart library, no warm-up and no inline style, which the
content security policy forbids. Colours are presentation attributes, so a print or a saved file keeps them;
each colour stands beside a word and a number. Every chart carries a title and a description of its figures
for readers who do not see it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.kernel.shares import percent
from ansinh.steering.targets.selectors import Progress

Colour = Literal["blue", "green", "yellow", "red", "grey", "none"]

INK: Final = "#15191e"
QUIET: Final = "#4a5159"
RULE: Final = "#d9dde2"
TRACK: Final = "#f3f4f6"
BLUE: Final = "#0b4a8f"
FILLS: Final[dict[str, str]] = {
    "blue": BLUE,
    "green": "#0b5730",
    "yellow": "#b98900",
    "red": "#9b1218",
    "grey": "#7b838c",
    "none": BLUE,
}
TINTS: Final[dict[str, tuple[str, str]]] = {
    "blue": ("#e4eef9", "#07315f"),
    "green": ("#dff2e7", "#0b5730"),
    "yellow": ("#fff1c7", "#664a00"),
    "red": ("#fbe7e7", "#9b1218"),
    "grey": ("#f3f4f6", "#4a5159"),
    "none": ("#e4eef9", "#07315f"),
}
WIDTH: Final = 760
GLYPH: Final = Fraction(56, 100)
"""Width of an average letter as a part of its size, to keep words inside their boxes."""
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Bar:
    """Một thanh tiến độ: shares are of the target (1 = reached); `due` is where it should stand by now."""

    label: str
    share: Fraction | None
    value: str
    status: str
    colour: Colour = "blue"
    due: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Một đường theo tháng: amounts by month, None where not known; `dashed` for what was planned."""

    name: str
    points: tuple[tuple[Month, int | Fraction | None], ...]
    colour: Colour = "blue"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Một đoạn tháng trên dòng thời gian, both ends included."""

    row: str
    first: Month
    last: Month
    label: str
    colour: Colour = "blue"


@dataclass(frozen=True, slots=True)
class Tile:
    """Một xã: its name, its share of the target, and the word for how it stands."""

    name: str
    share: Fraction | None
    status: str
    colour: Colour = "blue"


@dataclass(frozen=True, slots=True)
class Group:
    """Một BHXH cơ sở với các xã của nó."""

    name: str
    tiles: tuple[Tile, ...]


def progress_bars(rows: Sequence[Bar], *, title: str, width: int = WIDTH) -> str:
    """Thanh tiến độ: one bar a row, the target as the end of the track, a tick where it should stand by now.

    A share over 1 fills the track; its number tells how far.
    """
    left, right, step = width * 3 // 10, 220, 30
    track = width - left - right
    body = []
    for index, row in enumerate(rows):
        y = index * step + 6
        body.append(_text(left - 10, y + 13, _cut(row.label, left - 14, 13), anchor="end"))
        body.append(_rect(left, y, track, 18, TRACK, stroke=RULE))
        if row.share is not None:
            filled = _scaled(min(max(row.share, Fraction(0)), Fraction(1)), track)
            body.append(_rect(left, y, filled, 18, FILLS[row.colour], name="bar"))
        if row.due is not None:
            x = left + _scaled(min(max(row.due, Fraction(0)), Fraction(1)), track)
            body.append(_line(x, y - 3, x, y + 21, INK, thick=2))
        body.append(_text(left + track + 10, y + 13, _percent(row.share), bold=True))
        body.append(_text(left + track + 72, y + 13, _cut(row.status, right - 76, 13), fill=_ink(row.colour)))
    told = [f"{row.label}: {_percent(row.share)}, {row.value}, {row.status}" for row in rows]
    return _svg(width, max(len(rows), 1) * step + 8, title, told, body)


def months_line(
    lines: Sequence[Line], *, title: str, unit: str = "", width: int = WIDTH, height: int = 260
) -> str:
    """Đường theo tháng: one line a series over the same months, from zero."""
    months = sorted({month for line in lines for month, _ in line.points})
    known = [value for line in lines for _, value in line.points if value is not None]
    if not months or not known:
        return _svg(width, 40, title, ["Chưa có số liệu"], [_text(0, 24, "Chưa có số liệu", fill=QUIET)])
    top, steps = _scale(max(known))
    left, bottom, right = 110, height - 58, width - 12
    wide, high = right - left, bottom - 14

    def across(month: Month) -> int:
        return left + (wide * (month - months[0]) // max(months[-1] - months[0], 1))

    def up(value: int | Fraction) -> int:
        return bottom - _scaled(Fraction(value) / top, high)

    body = []
    for step in range(steps + 1):
        value = top * step // steps
        body.append(_line(left, up(value), right, up(value), RULE))
        body.append(_text(left - 8, up(value) + 4, format_dong(value), size=11, anchor="end", fill=QUIET))
    every = max(1, len(months) // 12)
    for month in months[::every]:
        words = (
            f"{month.month}" if months[0].year == months[-1].year else f"{month.month}/{month.year % 100:02d}"
        )
        body.append(_text(across(month), bottom + 16, words, size=11, anchor="middle", fill=QUIET))
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
        body.append(_text(x + 30, height - 12, line.name, size=12))
        x += 54 + half_up(len(line.name) * 12 * GLYPH)
        values = [f"{m.vi()} {format_dong(half_up(v))}" for m, v in line.points if v is not None]
        told.append(f"{line.name}: {', '.join(values) or 'chưa có số liệu'}{f' ({unit})' if unit else ''}")
    return _svg(width, height, title, told, body)


def timeline(spans: Sequence[Span], *, title: str, width: int = WIDTH) -> str:
    """Quá trình theo tháng: one row a scheme or employer, spans of months as bars."""
    if not spans:
        return _svg(width, 40, title, ["Chưa có quá trình"], [_text(0, 24, "Chưa có quá trình", fill=QUIET)])
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
        body.append(_line(across(at), top - 4, across(at), height - 4, RULE))
        if (year - years[0]) % every == 0:
            body.append(_text(across(at) + 3, 14, str(year), size=11, fill=QUIET))
    for index, name in enumerate(names):
        y = top + index * step
        body.append(_text(left - 10, y + 19, _cut(name, left - 14, 13), anchor="end"))
        body.append(_line(left, y + step - 2, left + wide, y + step - 2, RULE))
        for span in (s for s in spans if s.row == name):
            x, end = across(span.first - first), across(span.last - first + 1)
            fill, ink = TINTS[span.colour]
            body.append(_rect(x, y + 3, max(end - x, 2), step - 10, fill, stroke=FILLS[span.colour]))
            label = _cut(span.label, end - x - 8, 12)
            if label:
                body.append(_text(x + 4, y + 19, label, size=12, fill=ink))
    told = [f"{s.row}: {s.first.vi()} đến {s.last.vi()}, {s.label}" for s in spans]
    return _svg(width, height, title, told, body)


def tiles(groups: Sequence[Group], *, title: str, width: int = WIDTH) -> str:
    """Ô theo xã: base offices as blocks, communes as tiles with name, percent and word; not a true map."""
    across, gap, high = max(width // 186, 1), 6, 46
    wide = (width - gap * (across - 1)) // across
    y, body, told = 0, [], []
    for group in groups:
        body.append(_text(0, y + 16, group.name, bold=True))
        y += 24
        for index, tile in enumerate(group.tiles):
            x, at = index % across * (wide + gap), y + index // across * (high + gap)
            fill, ink = TINTS[tile.colour]
            body.append(_rect(x, at, wide, high, fill, stroke=FILLS[tile.colour], name="tile"))
            body.append(_rect(x, at, 5, high, FILLS[tile.colour]))
            body.append(_text(x + 12, at + 18, _cut(tile.name, wide - 18, 13), fill=INK))
            body.append(
                _text(
                    x + 12,
                    at + 37,
                    _cut(f"{_percent(tile.share)} · {tile.status}", wide - 18, 12),
                    size=12,
                    fill=ink,
                )
            )
        rows = -(-len(group.tiles) // across)
        y += rows * (high + gap) + 12
        words = ", ".join(f"{t.name} {_percent(t.share)} ({t.status})" for t in group.tiles)
        told.append(f"{group.name}: {words}")
    return _svg(width, max(y, 24), title, told, body)


def bar_of(row: Progress, *, english: bool = False, by: Literal["unit", "indicator"] = "unit") -> Bar:
    """Thanh của một dòng tiến độ, named by its unit or by its indicator."""
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
    """Ô xã theo BHXH cơ sở, from the progress of communes in one indicator; other rows are left out."""
    found: dict[str, list[Tile]] = {}
    for row in rows:
        if row.unit.kind == "commune" and row.unit.parent:
            tile = Tile(row.unit.name, row.share, row.status.words[english], _colour(row))
            found.setdefault(row.unit.parent.name, []).append(tile)
    return [Group(name, tuple(found[name])) for name in found]


def _colour(row: Progress) -> Colour:
    known: dict[str, Colour] = {"green": "green", "yellow": "yellow", "red": "red", "grey": "grey"}
    return known.get(row.status.colour, "none")


def _svg(width: int, height: int, title: str, told: Iterable[str], body: Iterable[str]) -> str:
    number = next(_numbers)
    labelled = f"chart-{number}-title chart-{number}-desc"
    desc = textwrap.shorten("; ".join(told) + ".", 6_000, placeholder=" …")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{labelled}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, Segoe UI, Roboto, Noto Sans, Arial, DejaVu Sans, sans-serif" '
        f'font-size="13" fill="{INK}">'
        f'<title id="chart-{number}-title">{escape(title)}</title>'
        f'<desc id="chart-{number}-desc">{escape(desc)}</desc>{"".join(body)}</svg>'
    )


def _text(
    x: int, y: int, words: str, *, size: int = 13, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{escape(words)}</text>"
    )


def _rect(x: int, y: int, width: int, height: int, fill: str, *, stroke: str = "", name: str = "") -> str:
    edge = f' stroke="{stroke}"' if stroke else ""
    kind = f" class={quoteattr(name)}" if name else ""
    return f'<rect{kind} x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{edge}/>'


def _line(x1: int, y1: int, x2: int, y2: int, stroke: str, *, thick: int = 1) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{thick}"/>'


def _percent(share: Fraction | None) -> str:
    return "—" if share is None else percent(share, digits=1, comma=True)


def _ink(colour: Colour) -> str:
    return TINTS[colour][1]


def _scaled(share: Fraction, length: int) -> int:
    return half_up(share * length)


def _cut(words: str, room: int, size: int) -> str:
    """Words that fit into so many pixels, with an ellipsis where cut; nothing when there is no room."""
    most = int(room / (size * GLYPH))
    if len(words) <= most:
        return words
    return words[: most - 1].rstrip() + "…" if most > 3 else ""


def _scale(largest: int | Fraction) -> tuple[int, int]:
    """A round top for an axis from zero, and into how many equal whole steps it is cut."""
    power = 1
    while power * 10 < largest:
        power *= 10
    for factor, steps in ((1, 5), (2, 4), (4, 4), (5, 5), (10, 5)):
        if factor * power >= largest and (factor * power) % steps == 0:
            return factor * power, steps
    return max(half_up(Fraction(largest)), 1), 1


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
