"""One box: numbers are exact, names are found by their words, nobody outside the scope is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import Scenery

from ansinh.office.reading import Log
from ansinh.registers.search import search


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def found(actor, text: str, **facts) -> list[tuple[str, int]]:
    return [(hit.kind, hit.pk) for hit in search(actor, text, **facts)]


def test_every_number_is_recognised_and_masked(scene: Scenery) -> None:
    person = scene.person("Nông Thị Ánh", phone="0912345678")
    employer = scene.employer(tax_code="0101234567-001", phone="02053811111")
    officer = scene.officer()
    for text in (
        person.si_number,
        person.citizen_id,
        "0912 345 678",
        "+84912345678",
        f" {person.si_number[:4]} {person.si_number[4:]} ",
    ):
        (hit,) = search(officer, text)
        assert (hit.kind, hit.pk, hit.exact) == ("person", person.pk, True)
        assert person.si_number not in hit.code
        assert hit.code.endswith(person.si_number[-4:])
    for text in (employer.unit_code, employer.unit_code.lower(), "0101234567-001", "02053811111"):
        assert found(officer, text) == [("employer", employer.pk)]
    assert found(officer, "0000000000") == []


@pytest.mark.parametrize(
    "text", ["Nông Thị Ánh", "nong thi anh", "NÔNG THỊ", "Ánh Nông", "thi an", "anh", "  nông   thị  á "]
)
def test_a_name_by_its_words_with_or_without_marks(scene: Scenery, text: str) -> None:
    person = scene.person("Nông Thị Ánh")
    scene.person("Lý Văn Bình")
    assert found(scene.officer(), text) == [("person", person.pk)]


def test_an_unfinished_word_counts_only_at_the_end(scene: Scenery) -> None:
    scene.person("Nông Thị Ánh")
    assert found(scene.officer(), "an nong") == []
    assert len(found(scene.officer(), "nong an")) == 1


def test_names_that_begin_with_the_text_fill_the_page_first(scene: Scenery) -> None:
    for given in ("An", "Bình", "Cúc"):
        scene.person(f"Hoa Thị {given}")
    scene.person("Lê Thị Hoa")
    titles = [hit.title for hit in search(scene.officer(), "hoa", limit=3)]
    assert titles == ["Hoa Thị An", "Hoa Thị Bình", "Hoa Thị Cúc"]
    assert len(search(scene.officer(), "hoa", limit=10)) == 4


def test_employers_by_name(scene: Scenery) -> None:
    employer = scene.employer("Công ty TNHH May Xứ Lạng 36")
    assert found(scene.officer(), "may xu lang") == [("employer", employer.pk)]
    assert found(scene.officer(), "công ty tnhh") == [("employer", employer.pk)]


@pytest.mark.parametrize(
    "text", ["", "  ", "!?", "%", "_", "'; DROP TABLE x; --", "a' & 'b", "\\", ":*", "<->"]
)
def test_odd_texts_find_nothing_and_break_nothing(scene: Scenery, text: str) -> None:
    scene.person("Nông Thị Ánh")
    assert found(scene.officer(), text) == []


def test_scope(scene: Scenery) -> None:
    person, employer = scene.person("Nông Thị Ánh"), scene.employer("Xưởng May Lụa")
    elsewhere = Scenery("24")
    stranger = elsewhere.officer()
    for text in ("nong thi anh", person.si_number, "xuong may", employer.unit_code, "anh"):
        assert found(stranger, text) == []
        assert len(found(scene.officer(), text)) == 1
    assert found(scene.officer("administrator"), "nong thi anh") == []
    # insured at an employer of theirs: in scope, by number and by name
    scene.works(person, elsewhere.employer())
    assert found(stranger, person.si_number) == [("person", person.pk)]
    assert found(stranger, "anh nong") == [("person", person.pk)]


def test_a_clerk_finds_their_own_people_only(scene: Scenery) -> None:
    employer, other = scene.employer(), scene.employer()
    ours, theirs = scene.person("Nông Thị Ánh"), scene.person("Nông Thị Ảnh")
    scene.works(ours, employer)
    scene.works(theirs, other)
    assert found(scene.clerk(employer), "nong anh") == [("person", ours.pk)]
    assert found(scene.clerk(employer), theirs.si_number) == []


def test_a_handful_of_queries_each_by_an_index(scene: Scenery) -> None:
    scene.person("Nông Thị Ánh")
    officer = replace(scene.officer(), log=Log(user_id=1, view="search", address="/tim/"))
    for text in ("nong thi", "anh", "0912345678", "980000000DNA01"):
        with CaptureQueriesContext(connection) as queries:
            search(officer, text)
        assert len(queries) <= 9, text
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for condition, index in (
            ("t.name_fold LIKE 'nong%'", "person_name"),
            (
                "to_tsvector('simple'::regconfig, COALESCE(t.name_fold, '')) @@ '''anh'':*'::tsquery",
                "person_words",
            ),
            ("t.phone IN ('0912345678')", "person_phone"),
        ):
            cursor.execute(f"EXPLAIN SELECT t.id FROM registers_person t WHERE {condition}")
            assert index in "\n".join(line for (line,) in cursor.fetchall())
