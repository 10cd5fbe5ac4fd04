"""The registers: who may open them, numbers given once, statuses that follow one another."""

from __future__ import annotations

from datetime import date

import pytest
from tests.collection.declarations.scenery import NOW, Scenery

from ansinh.kernel.dates import PartialDate
from ansinh.office.models import Reading
from ansinh.office.rights import Denied
from ansinh.registers import access, numbers, selectors, services
from ansinh.registers.models import Employer, EmployerStatus, Person


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def test_reading_a_person_is_written_down(scene: Scenery) -> None:
    person, officer = scene.person(), scene.officer()
    access.person(officer, person.pk, purpose="Giải quyết hồ sơ", address="/people/1/")
    read = Reading.objects.get()
    assert (read.user, read.subject, read.subject_id, read.purpose) == (
        officer.user, "person", person.pk, "Giải quyết hồ sơ"
    )  # fmt: skip


def test_outside_the_scope_nothing_exists_and_no_read_is_written(scene: Scenery) -> None:
    person, employer = scene.person(), scene.employer()
    stranger = Scenery("24").officer()
    with pytest.raises(Person.DoesNotExist):
        access.person(stranger, person.pk, purpose="x", address="/")
    with pytest.raises(Employer.DoesNotExist):
        access.employer(stranger, employer.pk, purpose="x", address="/")
    with pytest.raises(Person.DoesNotExist):
        access.person(scene.clerk(employer), person.pk, purpose="x", address="/")
    assert not Reading.objects.exists()
    scene.works(person, employer)
    assert access.person(scene.clerk(employer), person.pk, purpose="x", address="/").pk == person.pk
    other = scene.unit("base_office", "20.02", scene.province)
    with pytest.raises(Person.DoesNotExist):
        access.person(scene.officer(unit=other), person.pk, purpose="x", address="/")


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
    with pytest.raises(Employer.DoesNotExist):
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
