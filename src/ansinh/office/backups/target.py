"""Nơi khôi phục vào: a database of the owner's that is empty, held by one restore at a time.

What an interrupted restore left is known by its sign and cleared; anything else in it is a reason to refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from ansinh.config import database
from ansinh.office.backups.errors import BackupError
from ansinh.office.backups.taking import owners
from ansinh.office.backups.unfinished import SIGN, STANDS

ONE_AT_A_TIME = 7_266_003  # advisory lock of the database restored into
EMPTY = """
SELECT NOT EXISTS (
    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^(pg_|information_schema$)'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
"""
OWNED = """
SELECT pg_has_role(d.datdba, 'USAGE'), pg_has_role(n.nspowner, 'USAGE')
FROM pg_database d, pg_namespace n WHERE d.datname = current_database() AND n.nspname = 'public'
"""


def named(name: str) -> None:
    """Lấy cơ sở dữ liệu khác của cùng máy chủ: from now on this process works with it; made if missing.

    Raises BackupError, code ``restore.create``, when the owner may not make databases.
    """
    roles = settings.DATABASE_ROLES[database.OWNER]
    with psycopg.connect(database.libpq({**roles, "NAME": "postgres"}), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            try:
                server.execute(
                    sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                        sql.Identifier(name)
                    )
                )
            except psycopg.errors.InsufficientPrivilege:
                raise BackupError(
                    f"Vai {roles['USER']} không được tạo cơ sở dữ liệu {name}; hãy tạo sẵn, để trống",
                    f"Role {roles['USER']} may not create the database {name}: make it first, empty",
                    code="restore.create",
                ) from None
    connection.close()
    connection.settings_dict = {**connection.settings_dict, "NAME": name}


@contextmanager
def held() -> Iterator[psycopg.Connection]:
    """Giữ cơ sở dữ liệu đích: the owner's connection, with a lock that ends with this process.

    Raises BackupError: ``restore.busy``, ``restore.not_empty``, ``restore.not_owner``.
    """
    with psycopg.connect(database.libpq(owners()), autocommit=True) as target:
        if target.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME]).fetchone() != (True,):
            raise BackupError(
                "Đang có lần khôi phục khác vào cơ sở dữ liệu này",
                "Another restore into this database is under way",
                code="restore.busy",
            )
        base = target.info.dbname
        if not is_interrupted(target) and target.execute(EMPTY).fetchone() != (True,):
            raise BackupError(
                f"Cơ sở dữ liệu {base} không trống: chỉ khôi phục vào nơi trống (hoặc --into TÊN)",
                f"The database {base} is not empty: a restore goes into an empty one (or --into NAME)",
                code="restore.not_empty",
            )
        if target.execute(OWNED).fetchone() != (True, True):
            raise BackupError(
                f"Vai {target.info.user} không phải chủ cơ sở dữ liệu {base} và lược đồ public",
                f"Role {target.info.user} does not own the database {base} and its schema public",
                code="restore.not_owner",
            )
        yield target


def is_interrupted(target: psycopg.Connection) -> bool:
    """Whether a restore into it began and did not end."""
    return target.execute(f"SELECT {STANDS}").fetchone() == (True,)


def begin(target: psycopg.Connection, backup: str) -> None:
    """Bắt đầu: empty, whatever an interrupted restore left, but for the sign."""
    with target.transaction():
        if is_interrupted(target):
            target.execute("DROP SCHEMA public CASCADE")
            target.execute("CREATE SCHEMA public")
        target.execute(
            f"CREATE TABLE {SIGN} (backup text NOT NULL, began_at timestamptz NOT NULL DEFAULT now())"
        )
        target.execute(f"INSERT INTO {SIGN} VALUES (%s)", [backup])


def end(target: psycopg.Connection) -> None:
    """Kết thúc: from here on the record is one to work with."""
    target.execute(f"DROP TABLE {SIGN}")
