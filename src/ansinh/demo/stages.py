"""Chặng: each part of building the demonstration is one transaction, and its mark stands in the record.

The marks are kept in a table of the demonstration's own, so that dropping the record drops them too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from ansinh.config import database
from ansinh.demo.accounts import NotADemo
from ansinh.kernel.errors import BilingualError
from ansinh.registers import loading

TABLE = "demo_stage"
Facts = dict[str, Any]


class OtherDemo(BilingualError):  # noqa: N818 -- read as a sentence: raise OtherDemo(...)
    """Đã có tỉnh mẫu khác: the record holds another size or seed, or data that are no demonstration."""


def done() -> dict[str, Facts]:
    """Các chặng đã xong: with what each noted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [TABLE])
        if cursor.fetchone()[0] is None:
            return {}
        cursor.execute(f"SELECT name, facts FROM {TABLE}")
        return {name: facts if isinstance(facts, dict) else json.loads(facts) for name, facts in cursor}


def run(name: str, work: Callable[[], Facts], *, atomic: bool = True) -> Facts:
    """Do a stage unless it is done; the work and its mark are one transaction.

    `atomic=False` is for work that commits in parts of its own and can be asked again.
    """
    found = done()
    if name in found:
        return found[name]
    if atomic:
        with transaction.atomic():
            facts = work()
            _mark(name, facts)
    else:
        facts = work()
        _mark(name, facts)
    return facts


def begin(size: str, seed: int) -> None:
    """Claim the record for one size and seed, as its owner; the application may then add its marks.

    Raises `OtherDemo` when the record already holds something else.
    """
    found = done()
    claim = {"size": size, "seed": seed}
    if "claim" in found:
        if found["claim"] != claim:
            raise OtherDemo(
                f"Đã có tỉnh mẫu cỡ {found['claim']['size']}, hạt giống {found['claim']['seed']}; "
                "thêm --fresh (make demo FRESH=1) để dựng lại",
                f"A demonstration of size {found['claim']['size']}, seed {found['claim']['seed']} is there; "
                "add --fresh (make demo FRESH=1) to rebuild",
                code="demo.other",
            )
        return
    if loading.holds_people():
        raise _not_ours()
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} "
            "(name text PRIMARY KEY, facts jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )
        cursor.execute(
            sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(
                sql.Identifier(TABLE), sql.Identifier(settings.DATABASE_ROLES[database.APP]["USER"])
            )
        )
    _mark("claim", claim)


def drop() -> None:
    """Xóa tỉnh mẫu: drop the whole schema, as its owner, if it is a demonstration's or has no people.

    Raises `NotADemo` outside the demo profile, `OtherDemo` when the record holds real data.
    """
    if settings.PROFILE != "demo":
        raise NotADemo
    if "claim" not in done() and loading.holds_people():
        raise _not_ours()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _not_ours() -> OtherDemo:
    return OtherDemo(
        "Cơ sở dữ liệu đang có dữ liệu không phải của tỉnh mẫu; không ghi vào, không xóa",
        "The database holds data that are no demonstration's; nothing is written or dropped",
        code="demo.not-ours",
    )


def _mark(name: str, facts: Facts) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (name, facts) VALUES (%s, %s::jsonb)",
            [name, json.dumps(facts, ensure_ascii=False)],
        )
