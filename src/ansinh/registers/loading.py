"""Nạp khối lượng lớn vào sổ đăng ký: rows by COPY, indexes and constraints built once afterwards.

Measured on 713,925 spans with two cores: 32 s with every index and the exclusion constraint in place, 18 s
with them built afterwards. They are dropped, the tables filled and they are built again in one transaction,
so no other session ever sees a table without them. It takes the owner of the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from django.db import connection

TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "household": "registers_household",
        "person": "registers_person",
        "employer": "registers_employer",
        "employer_status": "registers_employerstatus",
        "participation": "registers_participation",
        "health_card": "registers_healthcard",
    }
)
"""What can be loaded, in the order in which the tables refer to each other."""


def copy(kind: str, columns: Sequence[str], rows: Iterable[bytes]) -> int:
    r"""Chép các dòng vào một bảng: CSV text with `\N` for nothing, in blocks of any size; returns rows.

    Runs in the caller's transaction. Rows bring their own id or take the next one.
    """
    table = TABLES[kind]
    target = f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv, NULL '\\N')"
    with connection.cursor() as cursor:
        with cursor.copy(target) as sink:
            for block in rows:
                sink.write(block)
        copied = int(cursor.rowcount)
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest((SELECT max(id) FROM {table}), 1))",
            [table],
        )
    return copied


def next_id(kind: str) -> int:
    """Khóa kế tiếp: that of a kind of rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {TABLES[kind]}")
        return int(cursor.fetchone()[0])


def holds_people() -> bool:
    """Whether anybody is on record; false too where there are no tables yet."""
    table = TABLES["person"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
        return bool(cursor.fetchone()[0])


@contextmanager
def without_indexes() -> Iterator[None]:
    """Drop indexes and constraints of what is loaded, but primary keys and checks; build them again after."""
    tables = list(TABLES.values())
    with connection.cursor() as cursor:
        # checks that earlier statements of the transaction left for its end would bar the changes to come
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(
            """SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
               FROM pg_constraint c
               WHERE c.conrelid = ANY(%s::regclass[]) AND c.contype IN ('f', 'u', 'x')
               ORDER BY c.contype DESC, c.conname""",
            [tables],
        )
        constraints = cursor.fetchall()
        cursor.execute(
            """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
               WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
                 AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid
                                   AND c.contype IN ('u', 'x', 'p'))
               ORDER BY 1""",
            [tables],
        )
        indexes = cursor.fetchall()
        for table, name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
