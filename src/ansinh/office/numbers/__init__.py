"""Số văn bản: official series by unit, kind and year, without a gap, without a double, without a table lock.

    series = numbers.hold("urge", unit=province, year=2026)      # others of this series wait from here on
    block = numbers.take("urge", unit=province, year=2026, count=3)
    ...                                                          # the documents are written with block.texts
    numbers.bind(block, actor=actor, thing="urge", keys=[...])

A number is taken by one statement on the series' own row, in the caller's transaction: whoever wants the next
one of the same series waits for that row, nobody else does, and a rollback gives the number back. Each number
is bound to the document it stands on; the database refuses to commit one that is not.

A room declares its kinds of series once, when it is ready: `numbers.register("urge", ...)`.
"""

from __future__ import annotations

from ansinh.office.numbers.kinds import Kind, kind_of, kinds, register
from ansinh.office.numbers.selectors import Listed, gaps, kept_at, listed, of_thing, register_of, series_of
from ansinh.office.numbers.services import Block, bind, give, hold, take

__all__ = [
    "Block",
    "Kind",
    "Listed",
    "bind",
    "gaps",
    "give",
    "hold",
    "kept_at",
    "kind_of",
    "kinds",
    "listed",
    "of_thing",
    "register",
    "register_of",
    "series_of",
    "take",
]
