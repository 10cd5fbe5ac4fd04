"""Thanh tiến độ và ô theo xã: how far each unit is from its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ansinh.charts.drawing import (
    FILLS,
    INK,
    RULE,
    TINTS,
    TRACK,
    WIDTH,
    Colour,
    fitted,
    ink,
    rect,
    rule,
    scaled,
    share_words,
    svg,
    text,
)


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
        body.append(text(left - 10, y + 13, fitted(row.label, left - 14, 13), anchor="end"))
        body.append(rect(left, y, track, 18, TRACK, stroke=RULE))
        if row.share is not None:
            filled = scaled(min(max(row.share, Fraction(0)), Fraction(1)), track)
            body.append(rect(left, y, filled, 18, FILLS[row.colour], name="bar"))
        if row.due is not None:
            x = left + scaled(min(max(row.due, Fraction(0)), Fraction(1)), track)
            body.append(rule(x, y - 3, x, y + 21, INK, thick=2))
        body.append(text(left + track + 10, y + 13, share_words(row.share), bold=True))
        body.append(text(left + track + 72, y + 13, fitted(row.status, right - 76, 13), fill=ink(row.colour)))
    told = [f"{row.label}: {share_words(row.share)}, {row.value}, {row.status}" for row in rows]
    return svg(width, max(len(rows), 1) * step + 8, title, told, body)


def tiles(groups: Sequence[Group], *, title: str, width: int = WIDTH) -> str:
    """Ô theo xã: base offices as blocks, communes as tiles with name, percent and word; not a true map."""
    across, gap, high = max(width // 186, 1), 6, 46
    wide = (width - gap * (across - 1)) // across
    y, body, told = 0, [], []
    for group in groups:
        body.append(text(0, y + 16, group.name, bold=True))
        y += 24
        for index, tile in enumerate(group.tiles):
            x, at = index % across * (wide + gap), y + index // across * (high + gap)
            fill, ink = TINTS[tile.colour]
            body.append(rect(x, at, wide, high, fill, stroke=FILLS[tile.colour], name="tile"))
            body.append(rect(x, at, 5, high, FILLS[tile.colour]))
            body.append(text(x + 12, at + 18, fitted(tile.name, wide - 18, 13), fill=INK))
            body.append(
                text(
                    x + 12,
                    at + 37,
                    fitted(f"{share_words(tile.share)} · {tile.status}", wide - 18, 12),
                    size=12,
                    fill=ink,
                )
            )
        rows = -(-len(group.tiles) // across)
        y += rows * (high + gap) + 12
        words = ", ".join(f"{t.name} {share_words(t.share)} ({t.status})" for t in group.tiles)
        told.append(f"{group.name}: {words}")
    return svg(width, max(y, 24), title, told, body)
