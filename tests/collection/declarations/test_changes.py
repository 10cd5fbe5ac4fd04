"""What each kind of change does to a person's months."""

from __future__ import annotations

import pytest
from tests.collection.declarations.scenery import NOW, RECEIVED, Scenery, row, workbook

from ansinh.collection.declarations import services
from ansinh.kernel.months import Month
from ansinh.registers.models import Participation, WorkMonth

JAN = Month(2026, 1).index


def book(scene: Scenery, employer, *rows):
    taken = services.receive(
        actor=scene.officer(),
        employer=employer,
        data=workbook(employer, list(rows), number=f"{len(rows)}"),
        file_name="d02.xlsx",
        received_on=RECEIVED,
    )
    assert taken.state == "checked", taken.problems
    by = scene.officer("director" if services.preview(taken).needs_director else "collection")
    return services.book(actor=by, declaration=taken, seen=services.as_seen(taken))


def months(person) -> list[tuple[int, int | None, int]]:
    return list(
        Participation.objects.filter(person=person, scheme=1)
        .order_by("from_month")
        .values_list("from_month", "to_month", "wage")
    )


@pytest.fixture
def worker(scene: Scenery):
    employer, person = scene.employer(), scene.person()
    scene.works(person, employer)
    return employer, person


def test_a_leave_with_an_end_fills_months_and_the_span_runs_on(scene: Scenery, worker) -> None:
    employer, person = worker
    booked = book(
        scene,
        employer,
        row(person, "maternity_leave", "suspend", wage=None, from_month=NOW - 1, to_month=NOW + 4),
    )
    assert months(person) == [(JAN, None, 8_000_000)]
    away = WorkMonth.objects.filter(person=person).order_by("month")
    assert [w.month for w in away] == list(range(NOW.index - 1, NOW.index + 5))
    assert away[0].maternity_days == 31
    # social insurance of May and June falls away; the health share is the fund's, not the employer's
    shown = services.preview(booked)
    assert shown.current["pension_survivors"] == -8_000_000 * 22 // 100
    assert shown.back["pension_survivors"] == -8_000_000 * 22 // 100


def test_a_leave_without_an_end_stops_the_span_and_a_return_opens_the_next(scene: Scenery, worker) -> None:
    employer, person = worker
    book(scene, employer, row(person, "unpaid_leave", "suspend", wage=None, from_month=NOW - 2))
    assert months(person) == [(JAN, NOW.index - 3, 8_000_000)]
    book(scene, employer, row(person, "return", wage=8_500_000))
    assert months(person) == [(JAN, NOW.index - 3, 8_000_000), (NOW.index, None, 8_500_000)]


def test_back_from_a_leave_earlier_than_declared(scene: Scenery, worker) -> None:
    employer, person = worker
    leave = row(person, "sick_leave", "suspend", wage=None, from_month=NOW - 2, to_month=NOW + 1)
    book(scene, employer, leave)
    book(scene, employer, row(person, "return", wage=8_000_000))
    days = dict(WorkMonth.objects.filter(person=person).values_list("month", "sick_days"))
    assert days == {NOW.index - 2: 30, NOW.index - 1: 31, NOW.index: 0, NOW.index + 1: 0}
    assert months(person)[-1][2] == 8_000_000


def test_back_payment_splits_the_span_and_fills_the_gap(scene: Scenery, worker) -> None:
    employer, person = worker
    booked = book(
        scene,
        employer,
        row(
            person,
            "back_pay",
            "back_pay",
            wage=9_000_000,
            from_month=Month(2025, 12),
            to_month=Month(2026, 2),
        ),
    )
    assert months(person) == [
        (JAN - 1, JAN - 1, 9_000_000),
        (JAN, JAN + 1, 9_000_000),
        (JAN + 2, None, 8_000_000),
    ]
    shown = services.preview(booked)
    assert shown.needs_director
    assert shown.back["health"] == 9_000_000 * 45 // 1000 + 2 * 1_000_000 * 45 // 1000
    assert shown.total == sum(shown.back.values())


def test_months_settled_in_the_former_books_are_not_paid_twice(db: None) -> None:
    scene = Scenery(books=Month(2026, 1))
    employer = scene.employer()
    scene.works(other := scene.person(), employer, since=Month(2025, 10))
    raised = row(other, "wage_change", "adjust", wage=9_000_000, from_month=Month(2025, 11))
    shown = services.preview(book(scene, employer, raised))
    assert "month.before_books" in {f.code for f in shown.people[0].findings}
    assert [m.month for m in shown.months] == [str(Month.from_index(m)) for m in range(JAN, NOW.index + 1)]
    assert months(other)[1:] == [(JAN - 2, JAN - 1, 9_000_000), (JAN, None, 9_000_000)]
    left = book(scene, employer, row(other, "leave_job", "decrease", wage=None, from_month=Month(2025, 12)))
    shown = services.preview(left)
    assert "month.before_books" in {f.code for f in shown.people[0].findings}
    assert [m.month for m in shown.months] == [str(Month.from_index(m)) for m in range(JAN, NOW.index + 1)]
    # months nobody was on record for are due in full, however old
    joined = book(scene, employer, row(scene.person(), wage=6_000_000, from_month=Month(2025, 11)))
    assert services.preview(joined).months[0].month == "2025-11"


def test_back_reduction_takes_months_out(scene: Scenery, worker) -> None:
    employer, person = worker
    book(
        scene,
        employer,
        row(person, "back_refund", "back_pay", wage=None, from_month=Month(2026, 2), to_month=Month(2026, 3)),
    )
    assert months(person) == [(JAN, JAN, 8_000_000), (JAN + 3, None, 8_000_000)]


def test_a_back_payment_of_this_month_is_refused(scene: Scenery, worker) -> None:
    employer, person = worker
    taken = services.receive(
        actor=scene.officer(),
        employer=employer,
        data=workbook(employer, [row(person, "back_pay", "back_pay", from_month=NOW)]),
        file_name="d02.xlsx",
    )
    assert "back.month" in {f["code"] for f in taken.problems}


def test_title_changes_keep_the_wage(scene: Scenery, worker) -> None:
    employer, person = worker
    book(scene, employer, row(person, "title_change", "adjust", wage=None, job="Tổ trưởng"))
    titles = list(
        Participation.objects.filter(person=person).order_by("from_month").values_list("job_title", "wage")
    )
    assert titles == [("Công nhân", 8_000_000), ("Tổ trưởng", 8_000_000)]


def test_two_rows_of_one_person_act_in_the_order_of_their_months(scene: Scenery, worker) -> None:
    employer, person = worker
    book(
        scene,
        employer,
        row(person, "leave_job", "decrease", wage=None, from_month=NOW),
        row(person, "wage_change", "adjust", wage=8_200_000, from_month=NOW - 2),
    )
    assert months(person) == [(JAN, NOW.index - 3, 8_000_000), (NOW.index - 2, NOW.index - 1, 8_200_000)]


def test_what_is_on_record_already_changes_nothing(scene: Scenery, worker) -> None:
    employer, person = worker
    booked = book(scene, employer, row(person, wage=8_000_000), row(scene.person()))
    shown = services.preview(booked)
    assert [p.outcome for p in shown.people] == ["no_change", "accepted"]
    assert months(person) == [(JAN, None, 8_000_000)]


def test_state_scale_pay_is_kept_by_coefficient(scene: Scenery) -> None:
    employer, person = scene.employer(budget=True, health_group="HC"), scene.person()
    booked = book(scene, employer, row(person, wage=None, coefficient_milli=2_340, position_milli=200))
    held = Participation.objects.get(person=person)
    assert (held.pay_kind, held.coefficient_milli, held.position_milli, held.wage) == (1, 2_340, 200, 0)
    # 2.54 x 2,340,000 x 4.5 %
    assert services.preview(booked).current["health"] == 267_462
