"""Kill -9 in the middle of intake, booking, run, posting and the queue: nothing lost, nothing twice.

Real processes on the test's database are stopped by SIGKILL while they stand in the middle of their work,
before a table this test bars or a report it holds; then the same work is asked for again. What is in the
record afterwards must be what an undisturbed twin province holds.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from tests.collection.declarations import scenery
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.collection.month import books as small_books
from tests.collection.month.books import Books
from tests.collection.receipts.test_receipts import camt, text_for
from tests.safety.content import content
from tests.safety.processes import (
    ANSINH,
    BANK,
    RUN,
    WORKER,
    Child,
    alone,
    killed_at,
    scalar,
    until,
)

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import Declaration, Receipt
from ansinh.collection.month import compute, services
from ansinh.collection.receipts import services as receipts
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account, Entry
from ansinh.office import jobs
from ansinh.office.models import Run
from ansinh.office.rights import Actor
from ansinh.office.runs import services as runs

pytestmark = pytest.mark.django_db(transaction=True)
JANUARY = Month(2026, 1)


@pytest.fixture(autouse=True)
def accounts(transactional_db: None) -> None:
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )


# Intake


def listed(code: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Scenery, Actor, bytes]:
    """A province, its officer, and a list that joins, ends, rests, registers a person, and ends a refund."""
    monkeypatch.setattr(scenery, "NUMBERS", count(1 if code == "20" else 5_000))
    scene = Scenery(code)
    employer = scene.employer("Công ty Thử")
    people = [scene.person(f"Nguyễn Thị {name}") for name in ("An", "Bình", "Cúc", "Dung")]
    joins, leaves, rests, household = people
    scene.works(leaves, employer)
    scene.works(rests, employer)
    scene.works(household, None, scheme=3, health_group="GD", si=False, ui=False, wi=False, wage=0)
    rows = [
        row(joins),
        row(leaves, "leave_job", "decrease", wage=None),
        row(rests, "unpaid_leave", "suspend", wage=None, to_month=NOW),
        row(household, note="STK 123456789012"),
        row(None, si_number=None, citizen_id=f"0{code}090123456"),
    ]
    return scene, scene.officer(), workbook(employer, rows)


def test_killed_while_a_list_is_taken_in_and_booked(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, officer, data = listed("20", monkeypatch)
    path = var / "d02.xlsx"
    path.write_bytes(data)
    declare = (*ANSINH, "declare", str(path), "--as", officer.user.username)
    before = content(scene.province)

    killed_at("collection_declarationrow", var, *declare)
    assert content(scene.province) == before

    taken = declarations.receive(actor=officer, employer=None, data=data, file_name="d02.xlsx")
    assert taken.state == "checked", taken.problems
    shown = content(scene.province)
    for table in ("registers_participation", "collection_refund"):
        killed_at(table, var, *declare, "--book")
        assert content(scene.province) == shown, table

    for _ in range(2):
        declarations.book(actor=officer, declaration=taken, seen=declarations.as_seen(taken))
    assert Declaration.objects.get().state == "booked"

    twin, other, data = listed("24", monkeypatch)
    calm = declarations.receive(actor=other, employer=None, data=data, file_name="d02.xlsx")
    declarations.book(actor=other, declaration=calm, seen=declarations.as_seen(calm))
    ours, theirs = content(scene.province), content(twin.province)
    assert ours == theirs
    assert len(ours["person"]) == 5
    assert len(ours["participation"]) > len(before["participation"])
    assert ours["refund"]


# Money


def money_in(code: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Scenery, Actor, bytes]:
    monkeypatch.setattr(scenery, "NUMBERS", count(1 if code == "20" else 5_000))
    scene = Scenery(code)
    paying = [scene.employer(f"Công ty {n}") for n in range(3)]
    entries = [(f"A{n}", 1_000_000 + n, text_for(paying[n % 3]), "") for n in range(30)]
    entries += [(f"B{n}", 2_000 + n, "chuyen tien", "0101") for n in range(5)]
    return scene, scene.officer("finance"), camt(scene.account.number, entries)


def test_killed_while_a_bank_file_is_posted(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, officer, data = money_in("20", monkeypatch)
    path = var / "sao-ke.xml"
    path.write_bytes(data)
    read = ("-c", BANK, officer.user.username, str(scene.account.pk), str(path), str(NOW))
    for table in ("collection_receipt", "ledger_line"):
        killed_at(table, var, *read)
        assert not Receipt.objects.exists(), table
        assert not Entry.objects.exists(), table
    for _ in range(2):
        receipts.read_bank_file(
            actor=officer, account=scene.account, data=data, file_name="sao-ke.xml", month=NOW
        )

    twin, other, data = money_in("24", monkeypatch)
    receipts.read_bank_file(actor=other, account=twin.account, data=data, file_name="sao-ke.xml", month=NOW)
    ours, theirs = content(scene.province), content(twin.province)
    for found in (ours, theirs):  # the transfer text names the employer, whose code differs between twins
        assert len(found["receipt"]) == 35
        found["receipt"] = [line.rsplit(", ", 1)[0] for line in found["receipt"]]
    assert ours == theirs


# The run


def small(code: str, monkeypatch: pytest.MonkeyPatch) -> Books:
    """Books with a payer, a debtor, one who paid too much, and somebody reported late."""
    monkeypatch.setattr(small_books, "NUMBERS", count(1 if code == "20" else 5_000))
    books = Books(code)
    services.open_month(unit=books.province, month=JANUARY)
    paying, owing, over = (books.employer(workers=n) for n in (3, 2, 1))
    books.pay(paying, date(2026, 1, 20), 9_600_000)
    books.pay(owing, date(2026, 1, 5), 1_234_567)
    books.pay(over, date(2026, 1, 5), 5_000_000)
    books.worker(owing, since=Month(2025, 12), declared=True)
    return books


def same_as_a_calm_twin(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = small("24", monkeypatch)
    services.run_month(actor=None, unit=twin.province, month=JANUARY)
    same(content(books.province), content(twin.province))


def same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Twins hold the same, and something."""
    for found in (ours, theirs):  # made-up names and the bank's numbers differ between twins
        del found["person"]
        found["receipt"] = sorted(line.split(", ", 1)[1] for line in found["receipt"])
    assert ours == theirs
    assert len(ours["due"]) >= 7
    assert len(ours["statement"]) == 3
    assert ours["allocation"]


def test_a_run_killed_at_every_step_ends_as_if_nothing_had_happened(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = small("20", monkeypatch)
    before = content(books.province)
    run = services.queue(actor=None, unit=books.province, month=JANUARY)
    frozen: list[Any] = []
    for step, what in (
        ("freeze", "span"),
        ("compute", "allocation"),
        ("post", "collection_due"),
    ):
        child = Child(var, "-c", RUN, str(run.pk), step, what)
        child.reach("HERE")
        child.kill()
        until(alone)
        run.refresh_from_db()
        assert (run.state, content(books.province)) == ("running", before), (step, what)
        frozen.append(run.frozen.get("files"))
    assert not frozen[0]  # killed while freezing: nothing half frozen is ever read
    assert frozen[1]
    assert frozen[1:] == [frozen[1]] * 2
    assert len(list((var / "runs").glob(f"{run.pk}-*"))) == 1  # what was half-written is gone

    # the run that was killed does not stand in the way: asking for the month takes it up
    assert "ledger_entry" in Child(var, *ANSINH, "run", str(JANUARY), "--province", "20").finish()
    run.refresh_from_db()
    assert (Run.objects.count(), run.state, run.attempts) == (1, "done", 4)
    assert run.frozen["files"] == frozen[1]
    same_as_a_calm_twin(books, monkeypatch)
    again = services.run_month(actor=None, unit=books.province, month=JANUARY)
    assert set(again.result.values()) == {0}


def test_a_month_computed_employer_by_employer_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many spans are computed a part of the employers at a time: here each part holds one at most."""
    books = small("20", monkeypatch)
    told: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(compute, "AT_ONCE", 1)
        settle = compute.settle
        patch.setattr(compute, "settle", lambda *a, **k: (told.append("part"), settle(*a, **k)))
        services.run_month(actor=None, unit=books.province, month=JANUARY)
    assert len(told) > 3
    same_as_a_calm_twin(books, monkeypatch)


def test_killed_at_the_last_lines_of_the_ledger(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books = small("20", monkeypatch)
    before = content(books.province)
    command = (*ANSINH, "run", str(JANUARY), "--province", "20")
    killed_at("ledger_line", var, *command)
    assert content(books.province) == before
    services.run_month(actor=None, unit=books.province, month=JANUARY)
    same_as_a_calm_twin(books, monkeypatch)


# The queue


def age_workers() -> None:
    """Let the time pass after which a silent worker is taken for dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s * interval '1 second'",
            [jobs.SILENT + 5],
        )


def attempts(job: int | None) -> int:
    return int(scalar("SELECT attempts FROM procrastinate_jobs WHERE id = %s", job))


def status(job: int | None) -> str:
    return str(scalar("SELECT status FROM procrastinate_jobs WHERE id = %s", job))


def test_a_job_of_a_killed_worker_is_taken_up_by_the_next(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books = small("20", monkeypatch)
    before = content(books.province)
    with transaction.atomic():  # the run and its job are there together
        run = services.queue(actor=None, unit=books.province, month=JANUARY)
    job = int(scalar("SELECT max(id) FROM procrastinate_jobs"))
    killed_at("ledger_line", var, *WORKER)
    run.refresh_from_db()
    assert (status(job), run.state, content(books.province)) == ("doing", "running", before)

    age_workers()
    killed_at("collection_statement", var, *WORKER)  # taken up by the next worker, and killed again
    assert (status(job), attempts(job), content(books.province)) == ("doing", 1, before)

    # asked for again meanwhile: a second job waits behind the one of the dead worker, and does the work
    second = runs.enqueue(run)
    assert second is not None
    age_workers()
    worker = Child(var, *WORKER)
    until(lambda: status(second) == "succeeded")
    assert status(job) == "aborted"
    worker.kill()
    run.refresh_from_db()
    assert run.state == "done"
    same_as_a_calm_twin(books, monkeypatch)
    until(alone)
