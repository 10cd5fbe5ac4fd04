"""Lấy số, gắn số vào văn bản: in the caller's transaction, so that a rollback leaves no gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from ansinh.office.numbers.kinds import kind_of
from ansinh.office.rights import Actor
from ansinh.office.units.models import Unit

TAKE = """
    INSERT INTO office_series (unit_id, kind, year, last) VALUES (%(unit)s, %(kind)s, %(year)s, %(count)s)
    ON CONFLICT (unit_id, kind, year) DO UPDATE SET last = office_series.last + %(count)s
    RETURNING id, last"""
BIND = """
    INSERT INTO office_officialnumber (series_id, value, text, thing, key, given_by_id)
    SELECT %s, t.value, t.text, %s, t.key, %s
    FROM unnest(%s::int[], %s::text[], %s::bigint[]) AS t(value, text, key)"""


@dataclass(frozen=True, slots=True)
class Block:
    """Các số vừa lấy: consecutive, from `first`; `texts` as they stand on the documents."""

    series: int
    first: int
    texts: tuple[str, ...]

    @property
    def values(self) -> range:
        """The numbers themselves."""
        return range(self.first, self.first + len(self.texts))


def hold(kind: str, *, unit: Unit, year: int) -> int:
    """Giữ dãy số: nobody else gets a number of it until this transaction ends. Returns the last one given.

    For whoever has to look before it knows how many numbers it needs.
    """
    return _take(kind, unit, year, 0)[1]


def take(kind: str, *, unit: Unit, year: int, count: int = 1) -> Block:
    """Lấy `count` số kế tiếp: one statement however many; each must be bound before the transaction ends.

    Raises LookupError for a kind nobody declared, ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("numbers are not given back one by one")
    series, last = _take(kind, unit, year, count)
    form = kind_of(kind)
    first = last - count + 1
    return Block(
        series,
        first,
        tuple(form.text(first + n, year=year, office=unit.code) for n in range(count)),
    )


def bind(block: Block, *, actor: Actor | None, thing: str, keys: Sequence[int]) -> None:
    """Gắn số vào văn bản: in their order, one statement; `actor` gave them (None: the software of itself).

    Raises ValueError unless as many of each.
    """
    if len(keys) != len(block.texts):
        raise ValueError(f"{len(block.texts)} numbers for {len(keys)} documents")
    by = actor.user.pk if actor else None
    with connection.cursor() as cursor:
        cursor.execute(BIND, [block.series, thing, by, list(block.values), list(block.texts), list(keys)])


@transaction.atomic
def give(kind: str, *, actor: Actor | None, unit: Unit, year: int, thing: str, key: int) -> str:
    """Cấp số cho một văn bản đã có: the number as it stands on the document."""
    block = take(kind, unit=unit, year=year)
    bind(block, actor=actor, thing=thing, keys=[key])
    return block.texts[0]


def _take(kind: str, unit: Unit, year: int, count: int) -> tuple[int, int]:
    kind_of(kind)
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its document")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"unit": unit.pk, "kind": kind, "year": year, "count": count})
        series, last = cursor.fetchone()
    return int(series), int(last)
