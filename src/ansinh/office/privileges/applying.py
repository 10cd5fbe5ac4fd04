"""Trao quyền: the owner gives the application's role what the models declare, and takes the rest away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from ansinh.office.privileges import functions
from ansinh.office.privileges.declared import Privilege, privileges
from ansinh.office.privileges.standing import runtime_role, standing, tables

ONE_AT_A_TIME = 7_266_002  # advisory lock: two grants of one table at once fail in the catalogue


@dataclass(frozen=True)
class Applied:
    """Kết quả: tables whose privileges changed, and those the connected role could change nothing about."""

    changed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def after_migration(*, sender: AppConfig, using: str, plan: Any = None, **_: Any) -> None:
    """After the last app of a migration; not after a flush, which changes no privilege."""
    last = [app for app in apps.get_app_configs() if app.models_module][-1]
    if plan is not None and sender is last:
        apply(using=using)


def apply(*, using: str = "default") -> Applied:
    """Give and take privileges, of what the connected role owns only. Applied twice it changes nothing."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        functions.secure(cursor)
        cursor.execute("SELECT current_user, to_regrole(%s) IS NOT NULL", [runtime_role()])
        current, there = cursor.fetchone()
        if not there or current == runtime_role():
            return Applied()
        _surroundings(cursor)
        functions.restrict(cursor, runtime_role())
        return _tables(connection, cursor)


def _surroundings(cursor: Any) -> None:
    """The database, the schema and its sequences: enter, use, and make temporary tables, nothing else."""
    role = sql.Identifier(runtime_role())
    cursor.execute(
        """SELECT current_database(), pg_has_role(d.datdba, 'USAGE'), pg_has_role(n.nspowner, 'USAGE')
           FROM pg_database d, pg_namespace n WHERE d.datname = current_database() AND n.nspname = 'public'"""
    )
    name, owns, owns_schema = cursor.fetchone()
    if owns:
        base = sql.Identifier(name)
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC, {}").format(base, role))
        cursor.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(base, role))
    if owns_schema:
        cursor.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC, {}").format(role))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
    cursor.execute(
        """SELECT c.oid::regclass::text FROM pg_class c
           WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace
             AND pg_has_role(c.relowner, 'USAGE')
             AND NOT (has_sequence_privilege(%(role)s, c.oid, 'USAGE')
                      AND NOT has_sequence_privilege(%(role)s, c.oid, 'UPDATE'))""",
        {"role": runtime_role()},
    )
    for (sequence,) in cursor.fetchall():
        named = sql.SQL(sequence)
        cursor.execute(sql.SQL("REVOKE ALL ON SEQUENCE {} FROM PUBLIC, {}").format(named, role))
        cursor.execute(sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(named, role))


def _tables(connection: BaseDatabaseWrapper, cursor: Any) -> Applied:
    done = Applied()
    owned, now = tables(connection), standing(connection)
    for table, wanted in sorted(privileges().items()):
        if table not in owned or now.get(table, frozenset()) == wanted:
            continue
        if owned[table]:
            _table(cursor, table, wanted)
            done.changed.append(table)
        else:
            done.foreign.append(table)
    return done


def _table(cursor: Any, table: str, wanted: frozenset[Privilege]) -> None:
    named, role = sql.Identifier(table), sql.Identifier(runtime_role())
    cursor.execute(sql.SQL("REVOKE ALL ON TABLE {} FROM PUBLIC, {}").format(named, role))
    for privilege in sorted({kind for kind, _ in wanted}):
        columns = sorted(column for kind, column in wanted if kind == privilege and column)
        of_columns = sql.SQL(" ({})").format(sql.SQL(", ").join(map(sql.Identifier, columns)))
        cursor.execute(
            sql.SQL("GRANT {}{} ON TABLE {} TO {}").format(
                sql.SQL(privilege), of_columns if columns else sql.SQL(""), named, role
            )
        )
