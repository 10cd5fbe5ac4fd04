"""Waits past their day, with a moved clock: back to the queue once, by the day in Viet Nam, killed or twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from tests.office.cases.desk import Desk, registered

from ansinh.office.cases import due, jobs, selectors, services, states, waits
from ansinh.office.cases.models import Case, CaseEvent, CaseWait
from ansinh.office.cases.papers import CaseBar
from ansinh.office.cases.services import Waiting

UNTIL = date(2026, 11, 20)
LAST_MINUTE = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # 23:59 in Viet Nam
MIDNIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with registered() as made:
        yield made


def ask(desk: Desk, case: Case, reason: str = "supplement", until: date = UNTIL, **more: str) -> CaseWait:
    told = {"on_name": "Nông Văn A", "asked": "Giấy khai sinh", "then": "trả lại hồ sơ", **more}
    waiting = Waiting(reason, "person", until=until, **told)
    return services.wait(actor=desk.clerk, case=case, waiting=waiting, on=date(2026, 11, 3))


def everything(*cases: Case) -> list[Any]:
    rows = Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk")
    return [
        list(rows.values()),
        list(CaseWait.objects.order_by("pk").values()),
        list(CaseEvent.objects.order_by("pk").values()),
    ]


def test_the_day_after_it_is_the_turn_of_the_office_and_the_event_says_what_is_to_be_done(desk: Desk) -> None:
    (case,) = desk.open()
    services.take(actor=desk.clerk, case=case)
    ask(desk, case)
    before = everything(case)
    with time_machine.travel(LAST_MINUTE, tick=False):
        assert waits.lapse() == 0
        assert everything(case) == before
        assert not selectors.mine(desk.clerk).exists()
    with time_machine.travel(MIDNIGHT, tick=False):
        jobs.lapse(0)
        case = desk.again(case)
        assert (case.state, case.step, case.assigned_to) == ("processing", "receive", desk.clerk.user)
        assert (states.national(case.state).code, states.national(case.state).turn) == (4, "office")
        assert list(selectors.mine(desk.clerk)) == [case]
        event = selectors.events(case).last()
        assert event is not None
        assert (event.act, event.user, event.from_state, event.to_state) == (
            "lapse", None, "supplement", "processing",
        )  # fmt: skip
        assert event.vi == (
            "Quá ngày chờ 20/11/2026. Nay phải: trả lại hồ sơ. Đã chờ Nông Văn A: Giấy khai sinh"
        )
        assert event.en == (
            "Past the day, 2026-11-20. To do now: trả lại hồ sơ. Waited for Nông Văn A: Giấy khai sinh"
        )
        after = everything(case)
        assert waits.lapse() == 0
        assert everything(case) == after
        services.answer(actor=desk.clerk, case=case, step="receive", answer={})


def test_how_late_the_job_comes_changes_no_day(desk: Desk) -> None:
    """As if the filer had answered on the last day: the clock of the office goes on with the next."""
    late, answered = desk.open(many=2)
    for case in (late, answered):
        ask(desk, case)
    services.resume(actor=desk.clerk, case=answered, reason="supplement", how="Đã nộp", on=UNTIL)
    with time_machine.travel(datetime(2026, 12, 1, 3, tzinfo=UTC), tick=False):
        assert waits.lapse() == 1
    late, answered = desk.again(late), desk.again(answered)
    assert (late.law_due_on, late.due_on) == (answered.law_due_on, answered.due_on)
    wait = CaseWait.objects.get(case=late)
    assert (wait.ended_on, wait.ended_by) == (UNTIL, None)
    moved = late.dues.last()
    assert moved is not None
    assert moved.vi == "Đồng hồ dừng trong lúc chờ người nộp, đến hết ngày đã hẹn."


def test_each_wait_by_its_own_day(desk: Desk) -> None:
    """Another that still runs keeps the case out of the queue, but the portal does not say the filer's turn."""
    (case,) = desk.open()
    ask(desk, case, "agency", date(2026, 11, 25))
    ask(desk, case)
    with time_machine.travel(MIDNIGHT, tick=False):
        assert waits.lapse() == 1
        assert desk.again(case).state == "processing"
        assert list(selectors.waiting(desk.clerk)) == [case]
    with time_machine.travel(datetime(2026, 11, 26, 1, tzinfo=UTC), tick=False):
        assert waits.lapse() == 1
        assert list(selectors.takeable(desk.clerk)) == [case]


def test_of_two_at_once_the_one_that_moves_the_case_is_told_last(desk: Desk) -> None:
    (case,) = desk.open()
    long = "x" * 500
    ask(desk, case, "agency", asked=long, on_name="y" * 200, then="z" * 200)
    ask(desk, case, until=date(2026, 11, 5))
    with time_machine.travel(MIDNIGHT, tick=False):
        assert waits.lapse() == 2
    first, last = CaseEvent.objects.filter(case=case, act="lapse").order_by("pk")
    assert (first.from_state, first.to_state) == ("supplement", "supplement")
    assert "z" * 200 in first.vi
    assert "y" * 200 in first.vi
    assert (last.from_state, last.to_state) == ("supplement", "processing")


def test_who_left_or_must_keep_away_no_longer_holds_it(desk: Desk) -> None:
    left, barred = desk.open(many=2)
    leaver = desk.officer("collection")
    services.take(actor=leaver, case=left)
    services.take(actor=desk.other, case=barred)
    for case in (left, barred):
        ask(desk, case)
    CaseBar.objects.create(  # of whoever was given the case before the bar began
        office=desk.people.a, officer=desk.other.user, party_kind="person",
        party=desk.person(barred.thing_id), reason="x", valid_from=date(2026, 11, 1),
        written_by=desk.director.user,
    )  # fmt: skip
    type(leaver.user).objects.filter(pk=leaver.user.pk).update(is_active=False)
    with time_machine.travel(MIDNIGHT, tick=False):
        assert waits.lapse() == 2
        assert [desk.again(case).assigned_to for case in (left, barred)] == [None, None]
        assert list(selectors.takeable(desk.other)) == [left]
        assert list(selectors.takeable(desk.clerk)) == [left, barred]


def test_killed_in_the_middle_is_as_before_and_is_done_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its last statement but one; batches before it stand."""
    monkeypatch.setattr(waits, "BATCH", 2)
    cases = desk.open(many=3)
    for case in cases:
        ask(desk, case)
    before = everything(cases[-1])[0]
    real, left = due.again, [1]

    def killed(*given: Any) -> int:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        return real(*given)

    with time_machine.travel(MIDNIGHT, tick=False):
        monkeypatch.setattr(due, "again", killed)
        with pytest.raises(KeyboardInterrupt):
            waits.lapse()
        assert everything(cases[-1])[0] == before
        assert [desk.again(case).state for case in cases] == ["processing", "processing", "supplement"]
        monkeypatch.setattr(due, "again", real)
        assert waits.lapse() == 1
    assert CaseEvent.objects.filter(act="lapse").count() == 3
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_many_cost_as_many_statements_as_one(desk: Desk) -> None:
    costs = []
    for many in (1, 20):
        with transaction.atomic():
            for case in desk.open(many=many):
                ask(desk, case)
        with time_machine.travel(MIDNIGHT, tick=False), CaptureQueriesContext(connection) as asked:
            assert waits.lapse() == many
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_worker_does_it_every_hour() -> None:
    crons = {found.task.name: found.cron for found in app.periodic_registry.periodic_tasks.values()}
    assert crons[jobs.TASK] == "1 * * * *"
