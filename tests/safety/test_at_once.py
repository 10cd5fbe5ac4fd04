"""Two officers, two workers, one bank file at once: everything exactly once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from procrastinate.jobs import Job
from tests.collection import casework
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.collection.receipts.test_receipts import camt, sheet, text_for
from tests.safety.content import content
from tests.safety.processes import BANK, RUN, WORKER, Child, alone, scalar, until
from tests.steering.targets.desk import SINCE, Province

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import Allocation, BankFile, Declaration, Due, OpenItem, Receipt
from ansinh.collection.month import services
from ansinh.collection.month.columns import CLOSING
from ansinh.collection.receipts import services as receipts
from ansinh.collection.refunds import services as refunds
from ansinh.collection.refunds.bounds import Cover
from ansinh.collection.refunds.services import Owed
from ansinh.config.database import libpq
from ansinh.kernel.errors import BilingualError
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Entry
from ansinh.office import hands, jobs
from ansinh.office.models import Run, Unit
from ansinh.office.runs import engine, keeper
from ansinh.registers.models import Employer, Participation
from ansinh.steering.targets import plans
from ansinh.steering.targets import services as targets

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same moment, each with a connection of its own; results, or refusals, in order."""
    gate = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def one(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            results[place] = work()
        except BilingualError as error:
            results[place] = error.code
        except BaseException as error:  # noqa: BLE001 -- shown by the assertion on the results
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=given) for given in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def take(scene: Scenery, employer: Employer, rows: list[Any]) -> Declaration:
    return declarations.receive(
        actor=scene.officer(), employer=employer, data=workbook(employer, rows), file_name="d02.xlsx"
    )


def test_two_officers_book_the_same_list_at_once() -> None:
    scene = Scenery()
    employer, leaver = scene.employer(), scene.person()
    scene.works(leaver, employer)
    new = row(None, si_number=None, citizen_id="020090123456")
    taken = take(
        scene,
        employer,
        [row(scene.person()), row(leaver, "leave_job", "decrease", wage=None), new],
    )
    assert taken.state == "checked", taken.problems
    both = [scene.officer(), scene.officer()]
    results = at_once(
        *(
            lambda actor=actor: (
                declarations.book(actor=actor, declaration=taken, seen=declarations.as_seen(taken)).state
            )
            for actor in both
        )
    )
    assert results == ["booked", "booked"]
    assert Participation.objects.filter(declaration_id=taken.pk, to_month=None).count() == 2
    assert Participation.objects.filter(person=leaver).get().to_month == NOW.index - 1
    history = content(scene.province)["history"]
    assert len(history) == 1  # one ending, written once


def test_two_lists_of_one_employer_with_the_same_people() -> None:
    scene = Scenery()
    employer = scene.employer()
    shared, first, second = (scene.person() for _ in range(3))
    lists = [take(scene, employer, [row(shared), row(own)]) for own in (first, second)]
    results = at_once(
        *(
            lambda d=d: (
                declarations.book(actor=scene.officer(), declaration=d, seen=declarations.as_seen(d)).state
            )
            for d in lists
        )
    )
    assert sorted(results) == ["booked", "declaration.stale"]
    late = lists[results.index("declaration.stale")]
    again = declarations.check(actor=scene.officer(), declaration=late)
    if again.state == "checked":
        declarations.book(actor=scene.officer(), declaration=again, seen=declarations.as_seen(again))
    spans = Participation.objects.filter(employer=employer, from_month=NOW.index)
    assert spans.filter(person=shared).count() == 1
    assert spans.filter(person=(lists.index(late) and first) or second).count() == 1


def entries(scene: Scenery) -> dict[str, int]:
    return ledger.balances(unit_id=scene.province.pk, month=NOW.index)


def test_a_refund_assessed_anew_while_it_is_approved() -> None:
    """Approved as it was shown, or refused because it has changed: never what nobody saw."""
    for code in ("20", "21", "22"):
        scene = Scenery(code)
        owed = Owed(
            person_id=scene.person().pk, payee="A", note="STK 123456789012", unit_code="98",
            cover=Cover(voluntary=True, first=NOW.index, months=3, income=1_500_000),
        )  # fmt: skip
        listed = casework.declaration(
            form="D02-LT", employer=scene.employer(), office=scene.office, content_hash="x", month=NOW.index
        )
        (refund,) = refunds.from_declaration(actor=scene.officer(), declaration=listed, owed=[owed])
        refunds.assess(actor=scene.officer(), refund=refund, amount=1_000)
        refund.refresh_from_db()
        seen, director, assessor = refunds.as_seen(refund), scene.officer("director"), scene.officer()
        results = at_once(
            lambda refund=refund, seen=seen, director=director: (
                refunds.approve(actor=director, refund=refund, seen=seen).state
            ),
            lambda refund=refund, assessor=assessor: (
                refunds.assess(actor=assessor, refund=refund, amount=990_000).state
            ),
        )
        assert results in (["approved", "refund.state"], ["hands.changed", "prepared"])
        posted = entries(scene).get("531.pension_survivors", 0)
        assert posted == (1_000 if results[0] == "approved" else 0)


def test_two_directors_approve_and_refuse_a_refund_at_once() -> None:
    scene = Scenery()
    employer = scene.employer()
    ledger.post(
        key="r", kind="receipt", unit_id=scene.province.pk, month=NOW.index, posted_on=NOW.first_day,
        sides=[ledger.Side(ledger.BANK, 900), ledger.Side(ledger.SURPLUS, -900, employer.pk)],
    )  # fmt: skip
    refund = refunds.prepare(
        actor=scene.officer(), amount=900, reason="x", payee="A", bank_account="1", employer=employer
    )
    seen = refunds.as_seen(refund)
    first, second, third = (scene.officer("director") for _ in range(3))
    results = at_once(
        lambda: refunds.approve(actor=first, refund=refund, seen=seen).state,
        lambda: refunds.approve(actor=second, refund=refund, seen=seen).state,
        lambda: refunds.refuse(actor=third, refund=refund, reason="không", seen=seen).state,
    )
    assert results in (["approved", "approved", "refund.state"], ["refund.state", "refund.state", "refused"])
    assert entries(scene)["112"] == (0 if results[0] == "approved" else 900)
    assert len([h for h in hands.of("refund", refund.pk) if h.part == "decider"]) == 1


def test_a_statement_confirmed_twice_and_refused_at_once() -> None:
    scene = Scenery()
    file = receipts.read_bank_file(
        actor=scene.officer("finance"), account=scene.account, data=sheet(scene.employer()),
        file_name="sao-ke.csv", month=NOW,
    )  # fmt: skip
    seen = receipts.as_seen(file)
    first, second, third = (scene.officer("director") for _ in range(3))
    results = at_once(
        lambda: receipts.confirm(actor=first, file=file, seen=seen).state,
        lambda: receipts.confirm(actor=second, file=file, seen=seen).state,
        lambda: receipts.refuse(actor=third, file=file, reason="không", seen=seen).state,
    )
    assert results in (["posted", "posted", "bank.state"], ["bank.state", "bank.state", "refused"])
    posted = results[0] == "posted"
    assert Receipt.objects.count() == Entry.objects.filter(kind="receipt").count() == int(posted)
    assert len([h for h in hands.of("bank_file", file.pk) if h.part == "decider"]) == 1


def test_somebody_books_and_asks_in_two_tabs_at_once() -> None:
    """Whoever asks is a maker and does not book; whoever booked is no maker: never both."""
    scene = Scenery()
    Unit.objects.filter(pk=scene.office.pk).update(booking_people=0)
    for _ in range(3):
        employer, officer = scene.employer(), scene.officer()
        taken = take(scene, employer, [row(scene.person())])
        seen = declarations.as_seen(taken)
        results = at_once(
            lambda taken=taken, seen=seen, officer=officer: (
                declarations.book(actor=officer, declaration=taken, seen=seen).state
            ),
            lambda taken=taken, seen=seen, officer=officer: (
                declarations.ask(actor=officer, declaration=taken, seen=seen).state
            ),
        )
        assert results in (["booked", "declaration.state"], ["hands.changed", "checked"])
        parts = {h.part for h in hands.of("declaration", taken.pk) if h.user_id == officer.user.pk}
        assert len(parts) == 1


def test_a_plan_is_decided_while_a_row_is_written() -> None:
    province = Province()
    targets.load_indicators()
    plan = targets.open_plan(actor=None, unit=province.province, year=2026, source="vss")
    version = targets.draft(
        actor=province.officer(), plan=plan, decision="1/QĐ", decided_on=SINCE, decided_by=province.province
    )
    code = "participants.health"
    targets.cascade(
        actor=province.officer(),
        version=version,
        allocations=[plans.Allocation(code, province.province.pk, 10)],
    )
    seen, boss, other = targets.as_seen(version), province.officer("director"), province.officer()
    more = [plans.Allocation(code, province.province.pk, 99)]
    results = at_once(
        lambda: targets.decide(actor=boss, version=version, seen=seen).state,
        lambda: targets.cascade(actor=other, version=version, allocations=more).written,
    )
    assert results in (["decided", "plan.decided"], ["hands.changed", 1])
    assert version.targets.get().amount == (10 if results[0] == "decided" else 99)


def month_of(scene: Scenery) -> tuple[list[Employer], bytes]:
    """Three employers with people, and a bank file that pays two and leaves four credits unknown."""
    employers = [scene.employer(f"Công ty {n}") for n in range(3)]
    for employer in employers:
        for _ in range(2):
            scene.works(scene.person("Nguyễn Thị An"), employer)
    entries = [(f"A{n}", 1_000_000 + n, text_for(employers[n % 2]), "") for n in range(10)]
    entries += [(f"B{n}", 300_000 + n, "chuyen tien", "") for n in range(4)]
    return employers, camt(scene.account.number, entries)


def test_two_workers_and_the_same_run(var: Path) -> None:
    scene = Scenery(books=NOW)
    month_of(scene)
    with transaction.atomic():
        run = services.queue(actor=None, unit=scene.province, month=NOW)
        both = [jobs.enqueue("office.run", run_id=run.pk) for _ in range(2)]
    workers = [Child(var, *WORKER, "--one-shot") for _ in range(2)]
    for worker in workers:
        worker.finish()
    for job in both:
        assert scalar("SELECT status FROM procrastinate_jobs WHERE id = %s", job) == "succeeded"
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 1)
    assert Due.objects.count() == 6
    until(alone)


def test_the_same_month_asked_for_twice_at_once(var: Path) -> None:
    scene = Scenery(books=NOW)
    month_of(scene)
    run = services.queue(actor=None, unit=scene.province, month=NOW)
    first = Child(var, "-c", RUN, str(run.pk), "post", "collection_due")
    first.reach("HERE")
    results = at_once(lambda: engine.execute(run.pk), first.go_on)
    assert results[0].state == "done"
    assert "DONE" in first.finish()
    assert list(Run.objects.values_list("state", "attempts")) == [("done", 1)]
    assert Due.objects.count() == 6
    until(alone)


@pytest.mark.usefixtures("var")
def test_who_finds_another_at_work_waits_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scenery(books=NOW)
    run = services.queue(actor=None, unit=scene.province, month=NOW)
    monkeypatch.setattr(keeper, "PATIENCE", 0.3)
    with psycopg.connect(libpq(connections["default"].settings_dict)) as other:
        other.execute(f"SELECT pg_advisory_lock({keeper.LOCK})", [run.key, keeper.LOCK_SPACE])
        with pytest.raises(keeper.RunBusyError, match="tiến trình khác") as busy:
            engine.execute(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("queued", 0)
    assert jobs.perform.retry_strategy is not None
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=jobs.TASK)
    again = jobs.perform.retry_strategy.get_retry_decision(exception=busy.value, job=job)
    assert again is not None
    assert jobs.perform.retry_strategy.get_retry_decision(exception=ValueError(), job=job) is None
    until(alone)
    assert engine.execute(run.pk).state == "done"


def test_one_bank_file_twice_and_matching_while_the_run_goes(var: Path) -> None:
    scene = Scenery(books=NOW)
    employers, data = month_of(scene)
    path = var / "sao-ke.xml"
    path.write_bytes(data)
    run = services.queue(actor=None, unit=scene.province, month=NOW)
    going = Child(var, "-c", RUN, str(run.pk), "compute", "dues")
    going.reach("HERE")
    officer = scene.officer("finance")
    read = ("-c", BANK, officer.user.username, str(scene.account.pk), str(path), str(NOW))
    readers = [Child(var, *read) for _ in range(2)]
    assert len({reader.finish() for reader in readers}) == 1

    waiting = list(Receipt.objects.filter(state="suspense").order_by("reference"))
    works = [
        lambda receipt=receipt, employer=employer: (
            receipts.match(actor=scene.officer(), receipt=receipt, employer=employer).state
        )
        for receipt in waiting
        for employer in employers[1:]
    ]
    results = at_once(*works)
    assert results.count("matched") == results.count("receipt.matched") == len(waiting) == 4
    going.go_on()
    assert "DONE" in going.finish()
    assert BankFile.objects.count() == 1
    assert Receipt.objects.count() == Entry.objects.filter(kind="receipt").count() == 14
    assert Entry.objects.filter(kind="match").count() == 4

    # what came after the inputs were frozen is not lost: the next run gives it out, once
    assert not Allocation.objects.exists()
    services.run_month(actor=None, unit=scene.province, month=NOW)
    assert set(services.run_month(actor=None, unit=scene.province, month=NOW).result.values()) == {0}
    paid = sum(Receipt.objects.values_list("amount", flat=True))
    balances = ledger.balances(unit_id=scene.province.pk, month=NOW.index)
    given = sum(sum(row) for row in Allocation.objects.values_list(*CLOSING))
    assert balances["112"] == paid
    assert balances["338.suspense"] == 0
    assert given == paid + balances["338.surplus"]
    left = sum(sum(row) for row in OpenItem.objects.values_list(*CLOSING))
    assert left == sum(v for code, v in balances.items() if code.startswith(("131.", "132.")))
    until(alone)
