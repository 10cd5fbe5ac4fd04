"""What the application's role may not do in its own database, tried as that role on a connection of its own.

`python -m tests.safety.privileges` prints a line for each thing proven and leaves the database as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import django
import psycopg
import pytest

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from tests.collection.month import books  # noqa: E402
from tests.safety.constraints import World  # noqa: E402

from ansinh.config import database  # noqa: E402
from ansinh.office.privileges import problems  # noqa: E402
from ansinh.office.privileges.declared import privileges  # noqa: E402
from ansinh.office.privileges.standing import standing, tables  # noqa: E402

NEVER_CHANGED = {
    "collection_allocation", "collection_charge", "collection_due", "collection_openitem",
    "collection_statement", "collection_urge", "ledger_account", "ledger_balance", "ledger_entry", "ledger_line",
    "office_hand",
    "office_look", "office_officialnumber", "office_reading", "office_roleassignmentevent", "office_userevent", "pghistory_context",
    "registers_employerevent", "registers_participationevent", "registers_personevent", "targets_figure",
}  # fmt: skip
NEVER_DELETED = NEVER_CHANGED | {
    "collection_bankfile", "collection_declaration", "collection_receipt", "collection_refund",
    "office_period", "office_roleassignment", "office_run", "office_series", "office_user", "registers_employer",
    "registers_person",
}  # fmt: skip
# What none but the owner, or nobody but a superuser, may do.
SCHEMA = """
ALTER TABLE ledger_line DISABLE TRIGGER ALL
ALTER TABLE ledger_line DISABLE TRIGGER USER
ALTER TABLE ledger_line ADD COLUMN other int
ALTER TABLE ledger_line OWNER TO CURRENT_USER
ALTER TABLE ledger_line DROP CONSTRAINT ledger_line_pkey
DROP TABLE ledger_line
CREATE TABLE other (id int)
CREATE TABLE public.other AS SELECT * FROM ledger_line
CREATE INDEX other ON ledger_line (amount)
CREATE SCHEMA other
CREATE VIEW other AS SELECT 1
CREATE RULE other AS ON INSERT TO ledger_line DO INSTEAD NOTHING
CREATE FUNCTION public.other() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql AS 'SELECT true'
ALTER FUNCTION _pgtrigger_should_ignore(name) RENAME TO other
DROP FUNCTION _pgh_attach_context() CASCADE
CREATE TRIGGER other BEFORE INSERT ON ledger_line EXECUTE FUNCTION suppress_redundant_updates_trigger()
CREATE EVENT TRIGGER other ON ddl_command_start EXECUTE FUNCTION other()
CREATE PUBLICATION other FOR ALL TABLES
LOCK TABLE ledger_line IN ACCESS EXCLUSIVE MODE
SELECT setval(pg_get_serial_sequence('ledger_line', 'id'), 1)
""".strip().splitlines()
SERVER = """
SET ROLE {owner}
SET SESSION AUTHORIZATION {owner}
SET session_replication_role = replica
ALTER ROLE CURRENT_USER SUPERUSER
ALTER ROLE CURRENT_USER BYPASSRLS
GRANT {owner} TO CURRENT_USER
CREATE ROLE other
CREATE DATABASE other
ALTER DATABASE {name} SET session_replication_role = replica
ALTER SYSTEM SET fsync = off
COPY (SELECT 1) TO PROGRAM 'true'
COPY ledger_line FROM PROGRAM 'true'
COPY (SELECT 1) TO '/tmp/other'
SELECT pg_read_file('PG_VERSION')
SELECT pg_ls_dir('.')
SELECT lo_import('/etc/hostname')
SELECT pg_reload_conf()
""".strip().splitlines()


class Application:
    """The application's role on a connection that Django knows nothing of."""

    def __init__(self) -> None:
        addresses = database.environment(connection.settings_dict["NAME"], settings.DATABASE_ROLES)
        self.connection = psycopg.connect(addresses["DATABASE_URL"])
        # what cannot run inside a transaction
        self.alone = psycopg.connect(addresses["DATABASE_URL"], autocommit=True)

    def does(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement; its rows."""
        cursor = self.connection.execute(statement, values or None)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []

    @contextmanager
    def fails(self, words: str, error: type[psycopg.Error] = psycopg.Error) -> Iterator[None]:
        """What runs inside is refused in these words, and undone."""
        with pytest.raises(error, match=re.escape(words)), self.connection.transaction():
            yield

    def denied(self, statement: str, *, alone: bool = False) -> None:
        """A statement this role has no right to."""
        try:
            if alone:
                self.alone.execute(statement)  # type: ignore[call-overload]
            else:
                with self.connection.transaction():
                    self.connection.execute(statement)  # type: ignore[call-overload]
        except psycopg.errors.InsufficientPrivilege:
            return
        raise AssertionError(statement)


def what_is_written_stays(_: World, app: Application) -> None:
    """No UPDATE, DELETE or TRUNCATE of ledger, readings, month tables, history; of money, no DELETE."""
    declared, there = privileges(), tables(connection)
    assert set(there) >= NEVER_DELETED
    for table in sorted(set(declared) & set(there)):
        kinds = {kind for kind, _ in declared[table]}
        column = app.does(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped ORDER BY attnum LIMIT 1",
            table,
        )[0][0]
        assert table not in NEVER_CHANGED or "UPDATE" not in kinds, table
        assert table not in NEVER_DELETED or "DELETE" not in kinds, table
        app.denied(f"TRUNCATE {table} CASCADE")
        if "UPDATE" not in kinds:
            app.denied(f'UPDATE {table} SET "{column}" = "{column}"')
        if "DELETE" not in kinds:
            app.denied(f"DELETE FROM {table}")
        if "INSERT" not in kinds:
            app.denied(f"INSERT INTO {table} DEFAULT VALUES")


def the_schema_is_the_owners(_: World, app: Application) -> None:
    """It makes, changes and drops nothing, and switches no guard off."""
    for statement in SCHEMA:
        app.denied(statement)
    app.does("GRANT UPDATE ON ledger_line TO CURRENT_USER")  # the server only warns that it gave nothing
    app.denied("UPDATE ledger_line SET amount = 0")


def no_power_of_the_server(_: World, app: Application) -> None:
    """It becomes nobody else, reads no file and runs no program."""
    named = {
        "owner": settings.DATABASE_ROLES[database.OWNER]["USER"],
        "name": connection.settings_dict["NAME"],
    }
    for statement in SERVER:
        app.denied(statement.format(**named), alone=True)


def guards_cannot_be_ignored(w: World, app: Application) -> None:
    """Before, one setting switched every trigger off: a receipt was deleted, a closed month opened again."""
    with app.connection.transaction(force_rollback=True):
        names = app.does("SELECT array_agg(tgname::text)::text FROM pg_trigger WHERE tgname ~ '^pgtrigger_'")
        for setting in (
            names[0][0],
            "{__all__}",
            "{collection_receipt:receipt_kept,office_period:period_state}",
        ):
            app.does("SELECT set_config('pgtrigger.ignore', %s, true)", setting)
            assert app.does("SELECT public._pgtrigger_should_ignore('pgtrigger_receipt_kept_0'::name)") == [
                (False,)
            ]
            app.denied(f"DELETE FROM collection_receipt WHERE employer_id = {w.employer.pk}")
            with app.fails("Invalid transition"):
                app.does("UPDATE office_run SET state = 'done' WHERE id = %s", w.run.pk)
            span = w.span()
            written = "SELECT count(*) FROM registers_participationevent WHERE pgh_obj_id = %s"
            before = app.does(written, span.pk)
            app.does("UPDATE registers_participation SET wage = wage + 1 WHERE id = %s", span.pk)
            assert app.does(written, span.pk)[0][0] == before[0][0] + 1


def no_table_stands_before_ours(w: World, app: Application) -> None:
    """Before, a temporary table named as ours was what triggers read: money was posted into a closed month."""
    with app.connection.transaction(force_rollback=True):
        app.does("UPDATE office_period SET state = 'closed' WHERE id = %s", w.period.pk)
        app.does("CREATE TEMP TABLE office_period (unit_id bigint, month int, state text)")
        with app.fails("khóa sổ"):
            app.does(
                "INSERT INTO ledger_entry (key, kind, unit_id, month, posted_on, text)"
                " VALUES ('thu:closed', 'due', %s, %s, '2026-01-20', '')",
                w.books.province.pk,
                w.period.month,
            )


def history_tells_who_it_was(w: World, app: Application) -> None:
    """Nobody writes history by hand, puts its triggers elsewhere, or tells another story about a request."""
    span = w.span()
    change = "UPDATE registers_participation SET wage = wage + 1 WHERE id = %s"
    tell = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
    request = "11111111-2222-4333-8444-555555555555"
    with app.connection.transaction(force_rollback=True):
        app.does(tell, request, '{"user": 1, "url": null}')
        app.does(change, span.pk)
        app.does(tell, request, '{"user": 1, "url": "/x", "form": "TK1"}')
        app.does(change, span.pk)
        app.does(tell, request, '{"user": 2, "url": "/x", "form": "TK1"}')
        with app.fails("tells something else"):
            app.does(change, span.pk)
        held = app.does(
            "SELECT metadata->>'user', metadata->>'form' FROM pghistory_context WHERE id = %s", request
        )
        assert held == [("1", "TK1")]
    functions = app.does(
        "SELECT DISTINCT p.oid::regprocedure::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgrelid = 'registers_participation'::regclass AND NOT t.tgisinternal"
    )
    assert functions
    with app.connection.transaction(force_rollback=True):
        app.does("CREATE TEMP TABLE forged (LIKE registers_participation)")
        for (function,) in functions:
            app.denied(
                f"CREATE TRIGGER forged AFTER UPDATE ON forged FOR EACH ROW EXECUTE FUNCTION {function}"
            )


def decided_rows_stay(w: World, app: Application) -> None:
    """A closed month, money matched, a list booked, a refund refused: none changes, whatever is written."""
    paid = "UPDATE collection_receipt SET match_note = 'x' WHERE employer_id = %s"
    with app.fails("Cannot update"):
        app.does(paid, w.employer.pk)
    app.denied("UPDATE collection_receipt SET amount = 1")
    app.denied("UPDATE collection_refund SET payee = 'x'")
    app.denied("UPDATE collection_declaration SET content_hash = 'x'")
    with app.connection.transaction(force_rollback=True):
        app.does("UPDATE office_period SET state = 'closed' WHERE id = %s", w.period.pk)
        with app.fails("Cannot update"):
            app.does("UPDATE office_period SET closed_at = now() WHERE id = %s", w.period.pk)
    with app.connection.transaction(force_rollback=True):
        (declaration,) = app.does(
            """INSERT INTO collection_declaration (form, employer_id, office_id, number, state, source, file_name,
                 content_hash, received_at, month, header, problems, preview)
               VALUES ('D02-LT', %s, %s, '', 'draft', 'web', '', 'x', now(), 1, '{}', '[]', '{}') RETURNING id""",
            w.employer.pk,
            w.books.office.pk,
        )[0]
        row = """INSERT INTO collection_declarationrow (declaration_id, position, change, values, outcome, findings)
                 VALUES (%s, %s, '', '{}', 'accepted', '[]')"""
        app.does(row, declaration, 1)
        app.does(
            """INSERT INTO office_case (procedure, office_id, thing_kind, thing_id, state, step, queue, outcome,
                 filed_by, received_on, due_on, points, round)
               VALUES ('collection.declaration', %s, 'declaration', %s, 'processing', 'check',
                 'declaration.receive', '', 'employer', now(), now(), '{}', 1)""",
            w.books.office.pk,
            declaration,
        )
        of_it = "WHERE thing_kind = 'declaration' AND thing_id = %s"
        with app.fails("declaration_follows_its_case"):
            app.does("UPDATE collection_declaration SET state = 'returned' WHERE id = %s", declaration)
        app.does(f"UPDATE office_case SET state = 'returned' {of_it}", declaration)
        app.does("UPDATE collection_declaration SET state = 'returned' WHERE id = %s", declaration)
        with app.fails("case_stays"):
            app.does(f"UPDATE office_case SET due_on = '2030-01-01' {of_it}", declaration)
        app.denied("UPDATE office_case SET thing_id = 1")
        with app.fails("Cannot update"):
            app.does("UPDATE collection_declaration SET problems = '[]' WHERE id = %s", declaration)
        with app.fails("đã ghi nhận hoặc trả lại"):
            app.does(row, declaration, 2)
        with app.fails("đã ghi nhận hoặc trả lại"):
            app.does("DELETE FROM collection_declarationrow WHERE declaration_id = %s", declaration)


def grants_are_those_declared(_: World, app: Application) -> None:
    """Every model's table has exactly what it declares, and no other table gives the application anything."""
    there, now, declared = tables(connection), standing(connection), privileges()
    assert {table: now.get(table, frozenset()) for table in there if table in declared} == {
        table: wanted for table, wanted in declared.items() if table in there
    }
    assert set(now) - set(declared) == set()
    assert problems() == []
    assert app.does("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]


CHECKS = (
    what_is_written_stays,
    the_schema_is_the_owners,
    no_power_of_the_server,
    guards_cannot_be_ignored,
    no_table_stands_before_ours,
    history_tells_who_it_was,
    decided_rows_stay,
    grants_are_those_declared,
)


def main() -> None:
    """Try every check in a world made for it, and say what was proven."""
    books.NUMBERS = count(7_000)  # another process has made its employers in this database
    with transaction.atomic():
        world = World()
    app = Application()
    for check in CHECKS:
        check(world, app)
        app.connection.rollback()
        print(check.__name__)
    app.connection.close()
    app.alone.close()


if __name__ == "__main__":
    main()
