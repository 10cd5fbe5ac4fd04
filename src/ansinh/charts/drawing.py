"""Nét vẽ: colours, axes, words that fit their boxes, and the frame every chart stands in.

Drawn by hand: a few rectangles and lines need no chart library, no warm-up and no inline style, which the
content security policy forbids. Colours are presentation attributes, so a print or a saved file keeps them;
each colour stands beside a word and a number. Every chart carries a title and a description of its figures
for readers who do not see it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from fractions import Fraction
from itertools import count
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from ansinh.kernel.rounding import half_up
from ansinh.kernel.shares import percent

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


def svg(width: int, height: int, title: str, told: Iterable[str], body: Iterable[str]) -> str:
    """Một biểu đồ hoàn chỉnh: its title and the words that tell its figures, then what is drawn."""
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


def text(
    x: int, y: int, words: str, *, size: int = 13, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    """Một dòng chữ."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{escape(words)}</text>"
    )


def rect(x: int, y: int, width: int, height: int, fill: str, *, stroke: str = "", name: str = "") -> str:
    """Một hình chữ nhật."""
    edge = f' stroke="{stroke}"' if stroke else ""
    kind = f" class={quoteattr(name)}" if name else ""
    return f'<rect{kind} x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{edge}/>'


def rule(x1: int, y1: int, x2: int, y2: int, stroke: str, *, thick: int = 1) -> str:
    """Một đoạn thẳng."""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{thick}"/>'


def share_words(share: Fraction | None) -> str:
    """Tỷ lệ viết thành chữ: a dash where it is not known."""
    return "—" if share is None else percent(share, digits=1, comma=True)


def ink(colour: Colour) -> str:
    """Màu chữ trên nền nhạt của một màu."""
    return TINTS[colour][1]


def scaled(share: Fraction, length: int) -> int:
    """Độ dài của một phần, in whole pixels."""
    return half_up(share * length)


def fitted(words: str, room: int, size: int) -> str:
    """Words that fit into so many pixels, with an ellipsis where cut; nothing when there is no room."""
    most = int(room / (size * GLYPH))
    if len(words) <= most:
        return words
    return words[: most - 1].rstrip() + "…" if most > 3 else ""


def axis(largest: int | Fraction) -> tuple[int, int]:
    """A round top for an axis from zero, and into how many equal whole steps it is cut."""
    power = 1
    while power * 10 < largest:
        power *= 10
    for factor, steps in ((1, 5), (2, 4), (4, 4), (5, 5), (10, 5)):
        if factor * power >= largest and (factor * power) % steps == 0:
            return factor * power, steps
    return max(half_up(Fraction(largest)), 1), 1
