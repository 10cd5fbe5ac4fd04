"""The registers: who may open them, numbers given once, statuses that follow one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.collection.declarations.scenery import NOW, Scenery
from tests.office.seats import seat

from ansinh.kernel.dates import PartialDate
from ansinh.office import reading
from ansinh.office.models import Look, Mandate, Reading, User
from ansinh.office.reading import Log, Purpose, Subject
from ansinh.office.rights import Denied, actor_of
from ansinh.registers import access, numbers, selectors, services
from ansinh.registers.models import Employer, EmployerStatus, Person

TODAY = timezone.localdate()


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def test_reading_a_person_is_written_down(scene: Scenery) -> None:
    person, officer = scene.person(), scene.officer()
    access.person(officer, person.pk, purpose=Purpose.CASE)
    read = Reading.objects.get()
    assert (read.look.user, read.subject, read.subject_id) == (officer.user, "person", person.pk)
    assert (read.look.purpose, read.look.outcome) == ("case", "shown")


def test_what_a_request_shows_is_written_in_one_statement_once_it_is_over(
    scene: Scenery, django_assert_num_queries: Any
) -> None:
    people = [scene.person() for _ in range(5)]
    log = Log(user_id=scene.officer().user.pk, view="person", address="/nguoi/1/", request="r1")
    officer = replace(scene.officer(), log=log)
    with django_assert_num_queries(0):
        for person in [*people, *people]:
            reading.shown(officer, Subject.PERSON, [person.pk], purpose=Purpose.LIST)
    assert not Reading.objects.exists()
    with django_assert_num_queries(3):  # the insert, and the savepoint around it
        log.write()
    look = Look.objects.get()
    assert (look.view, look.address, look.request) == ("person", "/nguoi/1/", "r1")
    assert set(look.lines.values_list("subject_id", flat=True)) == {p.pk for p in people}
    with django_assert_num_queries(0):
        log.write()  # a second time there is nothing left


def test_outside_the_scope_nothing_exists_and_the_attempt_is_written(scene: Scenery) -> None:
    person, employer = scene.person(), scene.employer()
    stranger = Scenery("24").officer()
    with pytest.raises(Person.DoesNotExist):
        access.person(stranger, person.pk)
    with pytest.raises(Employer.DoesNotExist):
        access.employer(stranger, employer.pk)
    with pytest.raises(Person.DoesNotExist):
        access.person(scene.clerk(employer), person.pk)
    tried = Reading.objects.order_by("pk").values_list("look__outcome", "subject", "subject_id")
    assert list(tried) == [
        ("outside", "person", person.pk),
        ("outside", "employer", employer.pk),
        ("outside", "person", person.pk),
    ]
    scene.works(person, employer)
    assert access.person(scene.clerk(employer), person.pk).pk == person.pk
    other = scene.unit("base_office", "20.02", scene.province)
    with pytest.raises(Person.DoesNotExist):
        access.person(scene.officer(unit=other), person.pk)


@pytest.mark.parametrize("key", [0, -1, 10**17, 2**63, 10**40])
def test_a_key_nothing_has_is_outside_too(scene: Scenery, key: int) -> None:
    with pytest.raises(Person.DoesNotExist):
        access.person(scene.officer(), key)


def test_a_mandate_opens_what_it_is_for_and_no_verb_more(scene: Scenery) -> None:
    """A clerk's own employer answered to every verb the clerk held; an edit was one of them."""
    employer, child = scene.employer(), scene.person()
    scene.works(child, employer)
    clerk = scene.clerk(employer)
    assert set(access.people(clerk)) == {child}
    assert not access.people(clerk, "person.edit").exists()
    assert not access.employers(clerk, "employer.edit").exists()
    mother = User.objects.create(username="me", full_name="Nông Thị Mẹ", kind="outside")
    kept = {"user": mother, "party_kind": "person", "party": child.pk, "role": "parent", "decision": "KS"}
    given = Mandate.objects.create(**kept, valid_from=TODAY, state="granted")
    assert set(access.people(actor_of(mother))) == {child}
    assert not access.people(actor_of(mother, given.valid_from - timedelta(days=1))).exists()
    Mandate.objects.filter(pk=given.pk).update(valid_to=TODAY)
    assert not access.people(actor_of(mother, TODAY + timedelta(days=1))).exists()
    Mandate.objects.create(**kept, valid_from=TODAY + timedelta(days=2))  # only proposed
    assert not access.people(actor_of(mother, TODAY + timedelta(days=3))).exists()


def test_rights_of_two_assignments_never_mix(scene: Scenery) -> None:
    """Reception at A and collection at B opened A's figures: the verb was held somewhere, A was in reach."""
    there = scene.unit("base_office", "20.02", scene.province)
    ours, theirs = scene.employer(), scene.employer(office=there)
    actor = seat(("reception", scene.office), ("collection", there))
    assert actor.may("employer.read", at=ours)
    assert actor.may("statement.read", at=theirs)
    assert not actor.may("statement.read", at=ours)
    assert not actor.may("declaration.book", at=ours)
    assert set(access.employers(actor)) == {ours, theirs}
    assert set(access.employers(actor, "statement.read")) == {theirs}


def test_a_verb_nobody_declares_is_a_mistake_not_a_right(scene: Scenery) -> None:
    with pytest.raises(LookupError):
        scene.officer("director").may("month.clsoe", at=scene.province)
    with pytest.raises(TypeError):
        scene.officer("director").may("month.close")  # type: ignore[call-arg]


def test_numbers_are_given_once_and_skip_those_taken(scene: Scenery) -> None:
    (first,) = numbers.si_numbers(1)
    ahead = f"{first[:2]}{int(first[2:]) + 2:08d}"
    scene.person(si_number=ahead)
    given = numbers.si_numbers(3)
    assert len({first, *given}) == 4
    assert ahead not in given
    assert all(len(n) == 10 and n.isdigit() for n in given)
    assert numbers.si_numbers(0) == []


def newcomer(scene: Scenery, citizen_id: str = "020090123456") -> services.NewPerson:
    return services.NewPerson(
        citizen_id, "Trần  Văn Mới", PartialDate(1990), "M", scene.office.pk, scene.office.pk
    )


def test_newcomers_are_added_in_one_statement_and_never_guessed(scene: Scenery) -> None:
    added = services.add_people([newcomer(scene), newcomer(scene, "020090123457")])
    person = Person.objects.get(pk=added["020090123456"])
    assert (person.full_name, person.name_fold, person.birth_day) == ("Trần Văn Mới", "tran van moi", None)
    with pytest.raises(services.RegisterError) as refused:
        services.add_people([newcomer(scene)])
    assert refused.value.code == "person.meanwhile"


def test_a_status_closes_the_former_and_needs_its_evidence(scene: Scenery) -> None:
    employer, officer = scene.employer(), scene.officer()

    def put(state: str, day: date, evidence: str = "QĐ 12/QĐ-SKH ngày 01/6/2026") -> EmployerStatus:
        return services.set_employer_status(
            actor=officer, employer=employer, state=state, valid_from=day, evidence=evidence
        )

    put("active", date(2020, 1, 1))
    put("suspended", date(2026, 6, 1))
    spans = EmployerStatus.objects.order_by("valid_from").values_list("state", "valid_from", "valid_to")
    assert list(spans) == [
        ("active", date(2020, 1, 1), date(2026, 5, 31)),
        ("suspended", date(2026, 6, 1), None),
    ]
    assert selectors.statuses(employer)[0].state == "suspended"
    for state, day, evidence in (
        ("bankrupt", date(2026, 7, 1), " "),
        ("bankrupt", date(2026, 6, 1), "x"),
        ("bankrupt", date(2026, 5, 1), "x"),
    ):
        with pytest.raises(services.RegisterError):
            put(state, day, evidence)
    with pytest.raises(Denied):
        services.set_employer_status(
            actor=scene.officer("reception"), employer=employer, state="active",
            valid_from=date(2026, 8, 1), evidence="x",
        )  # fmt: skip
    with pytest.raises(Denied):
        services.set_employer_status(
            actor=Scenery("24").officer(), employer=employer, state="active",
            valid_from=date(2026, 8, 1), evidence="x",
        )  # fmt: skip


def test_who_works_at_an_employer_in_a_month(scene: Scenery) -> None:
    employer = scene.employer()
    stays, left, comes = scene.person("Bế Thị An"), scene.person("An Văn Bình"), scene.person()
    scene.works(stays, employer)
    scene.works(left, employer, to_month=NOW.index - 1)
    scene.works(comes, employer, since=NOW + 1)
    assert [p.person for p in selectors.workers(employer, NOW.index)] == [stays]
    assert [p.person for p in selectors.workers(employer, NOW.index - 1)] == [left, stays]
