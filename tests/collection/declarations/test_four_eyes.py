"""Whoever received a long or costly list does not book it; nobody books what was not shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook

from ansinh.collection.declarations import limits, services
from ansinh.collection.models import Declaration
from ansinh.office import hands
from ansinh.office.hands import HandError
from ansinh.office.models import Unit
from ansinh.office.rights import Actor, Denied
from ansinh.registers.models import Participation


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def take(scene: Scenery, actor: Actor, people: int = 3, **facts: Any) -> Declaration:
    employer = scene.employer()
    rows = [row(scene.person(), **facts) for _ in range(people)]
    return services.receive(
        actor=actor, employer=employer, data=workbook(employer, rows), file_name="d02.xlsx"
    )


def set_limits(unit: Unit, **values: int | None) -> None:
    Unit.objects.filter(pk=unit.pk).update(**values)


def refused(act: Any) -> str:
    with pytest.raises(HandError) as error:
        act()
    return error.value.code


def book(actor: Actor, taken: Declaration) -> Declaration:
    current = Declaration.objects.get(pk=taken.pk)
    return services.book(actor=actor, declaration=current, seen=services.as_seen(current))


def test_below_the_limits_whoever_received_it_books_it(scene: Scenery) -> None:
    officer = scene.officer()
    taken = take(scene, officer)
    assert not taken.needs_second
    assert book(officer, taken).state == "booked"
    assert [(h.act, h.part) for h in hands.of("declaration", taken.pk)] == [
        ("receive", "maker"), ("book", "maker"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "said"),
    [({"booking_people": 2}, "3 người, trên mức 2 người"), ({"booking_money": 5_000_000}, "đồng phải thu")],
)
def test_above_a_limit_it_takes_two(scene: Scenery, values: dict[str, int], said: str) -> None:
    """One officer with both rights received and booked any list, of two thousand people as of one."""
    set_limits(scene.province, **values)  # of the unit above: the office sets none of its own
    receiver, asker = scene.officer(), scene.officer()
    taken = take(scene, receiver)
    assert taken.needs_second
    assert said in services.second_person(taken)[0].vi
    assert refused(lambda: book(receiver, taken)) == "hands.maker"
    one = Declaration.objects.filter(pk=taken.pk)
    for who in (receiver.user, asker.user, None):
        for facts in ({}, {"needs_second": False}):
            with pytest.raises(IntegrityError, match="declaration_follows_its_case"), transaction.atomic():
                one.update(state="booked", booked_by=who, **facts)

    services.ask(actor=asker, declaration=taken, seen=services.as_seen(taken))
    services.ask(actor=asker, declaration=taken, seen="")  # asked once, whatever is sent again
    assert Declaration.objects.get(pk=taken.pk).state == "checked"
    assert refused(lambda: book(asker, taken)) == "hands.maker"
    with pytest.raises(Denied):
        services.ask(actor=scene.officer("checks"), declaration=taken, seen="")
    assert not Participation.objects.exists()
    assert book(scene.officer(), taken).state == "booked"
    assert [(h.act, h.part) for h in hands.of("declaration", taken.pk)] == [
        ("receive", "maker"), ("ask", "maker"), ("book", "decider"),
    ]  # fmt: skip


def test_limits_are_the_nearest_units_and_the_products_where_none_is_set(scene: Scenery) -> None:
    assert limits.Limits.of(scene.office) == limits.Limits(50, 500_000_000)
    set_limits(scene.province, booking_people=10, booking_money=7)
    set_limits(scene.office, booking_people=0)
    assert limits.Limits.of(scene.office) == limits.Limits(0, 7)
    assert limits.Limits.of(scene.province) == limits.Limits(10, 7)


def test_ups_and_downs_do_not_hide_each_other(scene: Scenery) -> None:
    """A list that raises one wage by as much as it lowers another changes dues by nothing in sum."""
    officer, employer = scene.officer(), scene.employer()
    one, other = scene.person(), scene.person()
    scene.works(one, employer, wage=8_000_000)
    scene.works(other, employer, wage=12_000_000)
    rows = [
        row(one, "wage_change", "adjust", wage=12_000_000),
        row(other, "wage_change", "adjust", wage=8_000_000),
    ]
    taken = services.receive(
        actor=officer, employer=employer, data=workbook(employer, rows), file_name="d02.xlsx"
    )
    shown = services.preview(taken)
    assert (shown.total, shown.touched, shown.moved) == (0, 2, 2 * 4_000_000 * 32 // 100)
    set_limits(scene.office, booking_money=1_000_000)
    assert refused(lambda: book(officer, taken)) == "hands.maker"


def test_a_limit_lowered_or_raised_since_the_check_holds_at_booking(scene: Scenery) -> None:
    officer = scene.officer()
    taken = take(scene, officer)
    seen = services.as_seen(taken)
    set_limits(scene.office, booking_people=1)
    act = lambda: services.book(actor=officer, declaration=taken, seen=seen)  # noqa: E731
    assert refused(act) == "hands.changed"
    assert refused(lambda: book(officer, taken)) == "hands.maker"
    set_limits(scene.office, booking_people=3)
    assert book(officer, taken).state == "booked"


def test_what_was_not_shown_is_not_booked(scene: Scenery) -> None:
    taken, booker = take(scene, scene.officer()), scene.officer()
    seen = services.as_seen(taken)
    for old in ("", "0" * 64):
        act = lambda old=old: services.book(actor=booker, declaration=taken, seen=old)  # noqa: E731
        assert refused(act) == "hands.changed"
    changed = taken.rows.get(position=1)
    changed.delete()  # rows come and go, none is changed
    changed.change = "leave_job"
    changed.save(force_insert=True)
    act = lambda: services.book(actor=booker, declaration=taken, seen=seen)  # noqa: E731
    assert refused(act) == "hands.changed"
    assert not Participation.objects.exists()


def test_back_payments_that_add_time_are_the_directors(scene: Scenery) -> None:
    """The page said that the director approves; whoever held declaration.book booked it all the same."""
    employer, person = scene.employer(), scene.person()
    scene.works(person, employer, since=NOW - 1)
    line = row(person, "back_pay", "back_pay", from_month=NOW - 3, to_month=NOW - 2)
    receiver = scene.officer()
    taken = services.receive(
        actor=receiver, employer=employer, data=workbook(employer, [line]), file_name="d02.xlsx"
    )
    assert (taken.state, services.preview(taken).needs_director, taken.needs_second) == (
        "checked", True, True,
    ), taken.problems  # fmt: skip
    for actor in (receiver, scene.officer()):
        with pytest.raises(Denied):
            book(actor, taken)
    assert book(scene.officer("director"), taken).state == "booked"


def test_a_corrected_list_keeps_those_who_wrote_the_first(scene: Scenery) -> None:
    """A list returned and corrected on the grid by a colleague could be booked by who had received it."""
    set_limits(scene.office, booking_people=0)
    receiver, corrector = scene.officer(), scene.officer()
    first = take(scene, receiver, people=1)
    person = scene.person()
    values = {
        "name": person.full_name, "si_number": person.si_number, "birth": "17/05/1990", "job": "Công nhân",
        "wage": "9.000.000", "contract_indefinite": "x", "from_month": "06/2026", "hospital": "20001",
        "change": "Tăng mới",
    }  # fmt: skip
    second = services.from_grid(actor=corrector, employer=first.employer, rows=[values], corrects=first)
    assert second.state == "checked", second.problems
    for maker in (receiver, corrector):
        assert refused(lambda maker=maker: book(maker, second)) == "hands.maker"
    assert book(scene.officer(), second).state == "booked"
