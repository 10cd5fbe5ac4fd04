"""From a file to the record: read, checked, previewed, booked."""

from __future__ import annotations

import pytest
from tests.collection.declarations.scenery import NOW, RECEIVED, Scenery, row, workbook

from ansinh.collection.declarations import services
from ansinh.collection.declarations.scope import DeclarationError
from ansinh.collection.models import Declaration
from ansinh.kernel.months import Month
from ansinh.registers.models import HealthCard, Participation, Person


def take(scene: Scenery, employer, rows, **facts):
    data = workbook(employer, rows)
    return services.receive(
        actor=scene.officer(), employer=None, data=data, file_name="d02.xlsx", received_on=RECEIVED, **facts
    )


def test_increase_decrease_and_wage_change_reach_the_record(scene: Scenery) -> None:
    employer = scene.employer()
    joins, leaves, raised = scene.person(), scene.person(), scene.person()
    scene.works(leaves, employer)
    scene.works(raised, employer)
    declared = take(
        scene,
        employer,
        [
            row(joins),
            row(leaves, "leave_job", "decrease", wage=None),
            row(raised, "wage_change", "adjust", wage=10_000_000, from_month=NOW - 1),
        ],
    )
    assert declared.state == "checked", declared.problems
    shown = services.preview(declared)
    assert (shown.counts["increase"], shown.counts["decrease"], shown.counts["adjust"]) == (1, 1, 1)
    assert shown.people[2].old.wage == 8_000_000
    assert shown.people[2].new.wage == 10_000_000
    # 9 million in, 8 out, 2 more in May and June: 32 % and, in every month, 0.5 % work injury
    assert shown.current["health"] == (9_000_000 - 8_000_000 + 2_000_000) * 45 // 1000
    assert shown.back["pension_survivors"] == 2_000_000 * 22 // 100
    assert {m.month for m in shown.months} == {"2026-05", "2026-06"}

    booked = services.book(
        actor=scene.officer("director"), declaration=declared, seen=services.as_seen(declared)
    )
    assert booked.state == "booked"
    spans = {
        p.person_id: list(
            Participation.objects.filter(person_id=p.person_id)
            .order_by("from_month")
            .values_list("from_month", "to_month", "wage")
        )
        for p in Participation.objects.all()
    }
    assert spans[joins.pk] == [(NOW.index, None, 9_000_000)]
    assert spans[leaves.pk] == [(Month(2026, 1).index, NOW.index - 1, 8_000_000)]
    assert spans[raised.pk] == [
        (Month(2026, 1).index, NOW.index - 2, 8_000_000),
        (NOW.index - 1, None, 10_000_000),
    ]
    card = HealthCard.objects.get(person=joins)
    assert (card.number, card.valid_from) == (f"DN420{joins.si_number}", NOW.first_day)


def test_a_newcomer_with_a_citizen_id_gets_a_number(scene: Scenery) -> None:
    employer = scene.employer()
    new = row(None, name="Trần Văn Mới", si_number=None, citizen_id="020090123456")
    declared = take(scene, employer, [new])
    assert declared.state == "checked", declared.problems
    assert services.preview(declared).newcomers == 1
    assert not Person.objects.exists()
    services.book(actor=scene.officer(), declaration=declared, seen=services.as_seen(declared))
    person = Person.objects.get(citizen_id="020090123456")
    assert (len(person.si_number), person.sex, person.birth_day) == (10, "M", 17)
    assert person.participations.get().wage == 9_000_000


def test_the_same_file_twice_is_one_declaration(scene: Scenery) -> None:
    employer = scene.employer()
    rows = [row(scene.person())]
    first = take(scene, employer, rows)
    assert take(scene, employer, rows).pk == first.pk
    services.book(actor=scene.officer(), declaration=first, seen=services.as_seen(first))
    again = take(scene, employer, rows)
    assert (again.pk, again.state) == (first.pk, "booked")
    services.book(actor=scene.officer(), declaration=again, seen=services.as_seen(again))
    assert Participation.objects.count() == 1


def test_a_list_belongs_to_the_open_month_and_to_no_other(scene: Scenery) -> None:
    employer, person = scene.employer(), scene.person()
    with pytest.raises(DeclarationError) as refused:
        take(scene, employer, [row(person)], month=NOW + 1)
    assert refused.value.code == "declaration.month"
    assert not Declaration.objects.exists()
    taken = take(scene, employer, [row(person)], month=NOW)
    assert (
        services.book(actor=scene.officer("director"), declaration=taken, seen=services.as_seen(taken)).state
        == "booked"
    )
