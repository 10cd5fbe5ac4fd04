"""Numbers of strangers: TK1-TS, the household's box and the search box ask the same for unknown and foreign ones.

Before, TK1-TS said that somebody else in the register has a citizen ID, whoever that was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import Scenery

from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Alert, MismatchCounter, Reading
from ansinh.office.reading import Log, Purpose
from ansinh.office.rights import Actor, actor_of
from ansinh.registers import access, records
from ansinh.registers.models import Person
from ansinh.registers.search import employers, search
from ansinh.registers.services import RegisterError

UNKNOWN_SI, UNKNOWN_CITIZEN = "9911223344", "020190987654"


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


@pytest.fixture
def stranger(scene: Scenery) -> Person:
    far = scene.unit("base_office", "20.02", scene.province)
    return scene.person("Nông Thị Bí Mật", office=far, phone="0988777666")


@pytest.fixture
def officer(scene: Scenery) -> Actor:
    return scene.officer("collection", scene.office)


def facts(scene: Scenery, citizen_id: str) -> records.PersonFacts:
    return records.PersonFacts(
        full_name="Tên Bịa Đặt", sex="F", birth=PartialDate(1990), citizen_id=citizen_id, ethnicity="",
        nationality="VN", phone="", email="", address="", commune=scene.office, office=scene.office,
        bank_account="",
    )  # fmt: skip


def asked(act: Callable[[], Any]) -> tuple[Any, list[str]]:
    """The answer, and the statements it took without their values."""
    with CaptureQueriesContext(connection) as seen:
        try:
            answer = act()
        except BilingualError as error:
            answer = (error.code, error.vi, error.en)
    return answer, [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in seen]


def test_tk1_says_no_match_of_a_strangers_citizen_id(
    scene: Scenery, stranger: Person, officer: Actor
) -> None:
    ours, user = scene.person("Vi Thị Nhà"), officer.user
    log = Log(user_id=user.pk, view="tk1", address="/")
    officer = actor_of(user, log=log)
    with pytest.raises(RegisterError) as refused:
        records.save_person(actor=officer, person=ours, facts=facts(scene, stranger.citizen_id or ""))
    assert (refused.value.code, refused.value.vi) == (
        "identity.no_match",
        "Số định danh không khớp với cơ sở dữ liệu.",
    )
    with pytest.raises(RegisterError, match="đã có người khác dùng"):
        records.save_person(actor=officer, person=None, facts=facts(scene, ours.citizen_id or ""))
    log.write()  # the request is over: what its service rolled back is counted all the same
    assert MismatchCounter.objects.get().count == 1
    assert Reading.objects.filter(subject="person", subject_id=ours.pk, look__purpose="amend").exists()
    assert not Reading.objects.filter(subject="person", subject_id=stranger.pk).exists()


def test_tk1_looks_a_citizen_id_up_by_the_same_statements(
    scene: Scenery, stranger: Person, officer: Actor
) -> None:
    def save(citizen_id: str) -> Callable[[], Any]:
        return lambda: records.save_person(actor=officer, person=None, facts=facts(scene, citizen_id))

    refused, foreign = asked(save(stranger.citizen_id or ""))
    MismatchCounter.objects.update(count=0, waits=0, waits_until=None)
    made, unknown = asked(save(UNKNOWN_CITIZEN))
    assert (refused[0], type(made)) == ("identity.no_match", Person)
    looked_up = [
        n for n, sql in enumerate(unknown) if sql.startswith("SELECT") and "registers_person" in sql
    ][1]
    assert foreign[: looked_up + 1] == unknown[: looked_up + 1]


def test_a_number_for_a_household(scene: Scenery, stranger: Person, officer: Actor) -> None:
    def find(number: str) -> Callable[[], Any]:
        return lambda: access.person_by_number(officer, number, purpose=Purpose.HOUSEHOLD, verb="person.edit")

    numbers = (stranger.si_number, UNKNOWN_SI, stranger.citizen_id or "", UNKNOWN_CITIZEN)
    asked(find(numbers[0]))  # the counter's first row takes the same statement, the plan cache aside
    answers = [asked(find(number)) for number in numbers]
    assert {answer for answer, _ in answers} == {None}
    assert all(statements == answers[0][1] for _, statements in answers)
    assert MismatchCounter.objects.get().count == 5


def test_the_search_box(scene: Scenery, stranger: Person, officer: Actor) -> None:
    numbers = (stranger.si_number, UNKNOWN_SI, stranger.citizen_id or "", UNKNOWN_CITIZEN, stranger.phone)
    answers = [asked(lambda number=number: search(officer, number)) for number in numbers]
    assert {str(answer) for answer, _ in answers} == {"[]"}
    shapes = [statements for _, statements in answers]
    assert shapes[0] == shapes[1]
    assert shapes[2] == shapes[3]
    assert MismatchCounter.objects.get(kind="search").count == 5
    assert search(officer, "Nông Thị Bí Mật") == []


def test_searching_for_numbers_one_after_another_is_stopped(
    scene: Scenery, stranger: Person, officer: Actor
) -> None:
    MismatchCounter.objects.update(count=0, waits=0, waits_until=None)
    for n in range(60):
        assert search(officer, f"99{n:08d}") == []
    with pytest.raises(BilingualError) as refused:
        search(officer, stranger.si_number)
    assert refused.value.code == "alarms.wait"
    assert "được đối chiếu tiếp từ" in refused.value.vi
    assert [(a.kind, a.level, a.count) for a in Alert.objects.all()] == [("search", "slow", 60)]
    assert search(officer, "vi thi nha") == []  # names are not numbers
    assert [h.pk for h in employers(officer, scene.employer().unit_code)]


def test_employers_are_found_without_asking_about_people(scene: Scenery, officer: Actor) -> None:
    scene.person("Ánh Dương Văn Sáng")
    employer = scene.employer("Công ty Ánh Dương", phone="02053811111")
    for text in ("anh duong", employer.unit_code, "02053811111"):
        with CaptureQueriesContext(connection) as seen:
            assert [(h.kind, h.pk) for h in employers(officer, text)] == [("employer", employer.pk)]
        assert not [q for q in seen if '"registers_person"' in q["sql"] or " registers_person " in q["sql"]]
    assert not Reading.objects.filter(subject="person").exists()
    assert employers(officer, "  ") == []
    assert employers(officer, "0000000000") == []


def test_nobody_is_refused_for_keeping_their_own_number(scene: Scenery, officer: Actor) -> None:
    ours = scene.person("Vi Thị Nhà")
    same = replace(facts(scene, ours.citizen_id or ""), full_name="Vi Thị Nhà")
    saved = records.save_person(actor=officer, person=ours, facts=same)
    assert saved.citizen_id == ours.citizen_id
    assert not MismatchCounter.objects.exists()
