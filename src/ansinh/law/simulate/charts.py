"""Biểu đồ SVG của một lần thử: who wins and loses in each group, and the cost of each side by year.

Each colour stands beside a word and a number; every chart carries its figures as a description.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

INK, QUIET, RULE = "#15191e", "#4a5159", "#d9dde2"
WIDTH, LEFT, STEP = 760, 210, 34
GROUP_GAP = 10


@dataclass(frozen=True, slots=True)
class Part:
    """Một phần của thanh: its words, size and colour."""

    words: str
    size: int
    colour: str


@dataclass(frozen=True, slots=True)
class Row:
    """Một thanh: a label, its parts from left to right, and what stands at its end."""

    label: str
    parts: tuple[Part, ...]
    told: str


def bars(title: str, rows: Sequence[Row], *, common: bool) -> str:
    """Các thanh ngang: with `common` all on one scale, else each its own whole (shares of a group)."""
    track = WIDTH - LEFT - 150
    most = max((sum(part.size for part in row.parts) for row in rows), default=1) or 1
    body: list[str] = []
    for number, row in enumerate(rows):
        y = 34 + number * STEP
        whole = most if common else sum(part.size for part in row.parts) or 1
        body.append(_text(LEFT - 8, y + 15, row.label, anchor="end"))
        x = LEFT
        for part in row.parts:
            wide = track * part.size // whole
            if wide:
                body.append(f'<rect x="{x}" y="{y}" width="{wide}" height="22" fill="{part.colour}"/>')
            x += wide
        body.append(_text(LEFT + track + 8 if not common else x + 8, y + 15, row.told))
    legend = list(_legend([part for row in rows for part in row.parts], 34 + len(rows) * STEP + 8))
    height = 34 + len(rows) * STEP + 34
    told = "; ".join(f"{row.label}: {', '.join(f'{p.words} {p.size}' for p in row.parts)}" for row in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>"
        f'<text x="0" y="18" font-weight="600" fill="{INK}">{escape(title)}</text>'
        f"{''.join(body)}{''.join(legend)}</svg>"
    )


def _legend(parts: Sequence[Part], y: int) -> Iterator[str]:
    x = 0
    for words, colour in dict.fromkeys((part.words, part.colour) for part in parts):
        yield f'<rect x="{x}" y="{y}" width="14" height="14" fill="{colour}"/>'
        yield _text(x + 20, y + 12, words)
        x += 44 + 7 * len(words)


def _text(x: int, y: int, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{INK}">{escape(words)}</text>'
