"""Các chuỗi: which tables are sealed, by which columns, and the digest of any stretch of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import connection, models

# Ids are gathered in blocks, so that a link of many millions of rows needs no memory for all their digests.
BLOCK_BITS = 16
WITHOUT_END = 2**63 - 1
AT_ONCE = 500

_registered: dict[str, Chain] = {}


@dataclass(frozen=True)
class Chain:
    """Một chuỗi: the model ("ledger.Line") and the columns that a link's digest is made of, `id` first."""

    name: str
    model: str
    columns: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table of the model."""
        return str(_about(self).db_table)


@dataclass(frozen=True)
class Stretch:
    """Đoạn: rows of the transactions [after, until) whose ids are in [first, beyond)."""

    after: int
    until: int
    first: int
    beyond: int = WITHOUT_END
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """What a stretch holds: how many rows, their digest in hex, and the highest of their ids."""

    rows: int
    digest: str
    last_id: int


def register(name: str, model: str, columns: Sequence[str]) -> None:
    """Khai báo một chuỗi; a column added to the table later is sealed from the day it is named here.

    Raises ValueError when the name already means something else.
    """
    chain = Chain(name, model, tuple(columns))
    if _registered.setdefault(name, chain) != chain:
        raise ValueError(f"chain {name!r} is {_registered[name]!r} already")


def registered() -> list[Chain]:
    """Every chain, in the order of registration."""
    return list(_registered.values())


def contents(chain: Chain, stretches: Iterable[Stretch]) -> list[Content]:
    """What each stretch holds now, in the order given; many links in one statement."""
    found: list[Content] = []
    for columns, same in groupby(stretches, key=lambda s: s.columns or chain.columns):
        together = list(same)
        for at in range(0, len(together), AT_ONCE):
            found += _contents(chain, columns, together[at : at + AT_ONCE])
    return found


def content(chain: Chain, stretch: Stretch) -> Content:
    """What one stretch holds now."""
    return contents(chain, [stretch])[0]


def _contents(chain: Chain, columns: Sequence[str], stretches: Sequence[Stretch]) -> list[Content]:
    values = ", ".join(_as_text(chain, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT link.rows, link.digest, link.last_id
                FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[])
                       WITH ORDINALITY AS s(since, until, first, beyond, place)
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(b.rows), 0)::bigint AS rows, coalesce(max(b.last_id), 0) AS last_id,
                           encode(sha256(coalesce(string_agg(b.digest, ''::bytea ORDER BY b.block), '')),
                                  'hex') AS digest
                    FROM (
                        SELECT r.id >> {BLOCK_BITS} AS block, count(*) AS rows, max(r.id) AS last_id,
                               sha256(string_agg(
                                   sha256(convert_to(jsonb_build_array({values})::text, 'UTF8')),
                                   ''::bytea ORDER BY r.id)) AS digest
                        FROM {chain.table} r
                        WHERE r.xid >= s.since::xid8 AND r.xid < s.until::xid8
                          AND r.id >= s.first AND r.id < s.beyond
                        GROUP BY 1
                    ) b
                ) link
                ORDER BY s.place""",
            [
                [str(s.after) for s in stretches],
                [str(s.until) for s in stretches],
                [s.first for s in stretches],
                [s.beyond for s in stretches],
            ],
        )
        return [Content(*row) for row in cursor.fetchall()]


def _as_text(chain: Chain, column: str) -> str:
    """A column as a text that no setting of a session changes: days in ISO, instants in UTC."""
    kind = {field.column: field for field in _about(chain).concrete_fields}[column]
    if isinstance(kind, models.DateTimeField):
        return f"to_char(r.{column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    if isinstance(kind, models.DateField):
        return f"to_char(r.{column}, 'YYYY-MM-DD')"
    return f"r.{column}::text"


def _about(chain: Chain) -> Any:
    return apps.get_model(chain.model)._meta  # noqa: SLF001 -- Django's own way to ask a model about itself
