"""A number is no key to a stranger.

Before, the check of a list printed the register's name, birth date and citizen ID of whoever a number was:
two hundred strangers came out of a list of invented rows, and a right guess was told from a wrong one.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import NOW, RECEIVED, Scenery, row, workbook

from ansinh.collection import command
from ansinh.collection.declarations import examining, reader, services
from ansinh.collection.models import Declaration, DeclarationRow
from ansinh.forms.intake.files import open_table
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Alert, MismatchCounter, Reading, User
from ansinh.office.reading import Log
from ansinh.office.rights import Actor, actor_of
from ansinh.registers.models import Employer, Participation, Person

NO_MATCH = "Mã số, họ tên, ngày sinh không khớp với cơ sở dữ liệu."


class Town:
    """Two base offices of a province: ours with an employer, and the one where the strangers are."""

    def __init__(self, scene: Scenery) -> None:
        self.scene = scene
        self.far = scene.unit("base_office", f"{scene.code}.02", scene.province)
        self.employer = scene.employer("Công ty Của Ta")
        self.theirs = scene.employer("Công ty Xa Lạ", office=self.far)
        self.officer = scene.officer("collection", scene.office)

    def stranger(self, name: str = "Nông Thị Bí Mật", **facts: Any) -> Person:
        facts = {"birth_year": 1983, "birth_month": 11, "birth_day": 29, "office": self.far, **facts}
        person = self.scene.person(name, **facts)
        self.scene.works(person, self.theirs, wage=23_456_789)
        return person

    def take(self, rows: list[Any], actor: Actor | None = None, employer: Employer | None = None) -> Any:
        return services.receive(
            actor=actor or self.officer,
            employer=None,
            data=workbook(employer or self.employer, rows),
            file_name="d02.xlsx",
            received_on=RECEIVED,
        )


@pytest.fixture
def town(scene: Scenery) -> Town:
    return Town(scene)


def invented(person: Person, **facts: Any) -> Any:
    """A row with somebody's number and nothing else right."""
    return row(
        None,
        **{"name": "Tên Bịa Đặt", "si_number": person.si_number, "birth": PartialDate(1970, 1, 1), **facts},
    )


def everything(taken: Declaration, actor: Actor) -> str:
    """All that is kept of a declaration and all that comes back of it."""
    rows = list(DeclarationRow.objects.filter(declaration=taken).values("values", "findings", "outcome"))
    red = services.annotated_file(actor=actor, declaration=taken)
    cells = [str(v) for sheet in open_table(red, "loi.xlsx").sheets for line in sheet.rows for v in line]
    told = [str(f) for f in reader.findings(actor, taken)]
    lines = [repr(p) for p in services.preview(taken, actor).people]
    return json.dumps([taken.problems, taken.preview, rows, cells, told, lines], ensure_ascii=False)


def secrets(person: Person) -> list[str]:
    born = PartialDate(person.birth_year, person.birth_month, person.birth_day)
    found = [
        person.full_name,
        born.iso(),
        born.vi(),
        person.citizen_id or "",
        "Xa Lạ",
        "23456789",
        "23.456.789",
    ]
    return [text for text in found if text]


def outcome(taken: Declaration) -> list[Any]:
    """What a check answered, without the number that was asked."""
    rows = DeclarationRow.objects.filter(declaration=taken).order_by("position")
    shown = [
        {k: v for k, v in values["shown"].items() if k not in {"si_number", "citizen_id"}}
        for values in rows.values_list("values", flat=True)
    ]
    digestless = {k: v for k, v in taken.preview.items() if k != "digest"}
    return [taken.state, taken.problems, digestless, shown, list(rows.values_list("findings", "outcome"))]


def codes(taken: Declaration) -> list[str]:
    """What the checks found; what reading found of the text itself is left out."""
    return [f["code"] for f in taken.problems if f["code"] != "reading"]


def test_invented_rows_tell_nothing_of_anybody(town: Town) -> None:
    people = [town.stranger(f"Nông Thị Bí Mật {'ABCDEGHIKLMNOPQ'[n]}") for n in range(15)]
    taken = town.take([invented(p) for p in people])
    said = everything(taken, town.officer)
    for person in people:
        for secret in secrets(person):
            assert secret not in said
    assert [f["vi"] for f in taken.problems] == [NO_MATCH] * 15


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"name": ""},
        {"name": "Nông Thị Bí Mật"},
        {"name": "Nông Thị Bí Mật", "birth": PartialDate(1983)},
        {"name": "Nông Thị Bí Mật", "birth": PartialDate(1983, 11)},
        {"name": "Nông Thị Bí Mật", "birth": None},
        {"birth": PartialDate(1983, 11, 29)},
        {"name": "", "birth": PartialDate(1983, 11, 29)},
        {"name": "Nong Thi Bi Mat", "birth": PartialDate(1983, 11, 29)},
        {"change": "leave_job", "direction": "decrease", "wage": None, "name": "Nông Thị Bí Mật"},
    ],
    ids=[
        "invented",
        "blank",
        "name",
        "year",
        "month",
        "no birth",
        "birth",
        "blank+birth",
        "no marks",
        "leaves",
    ],
)
def test_an_unknown_number_and_a_strangers_are_one(town: Town, facts: dict[str, Any]) -> None:
    """Before, a blank name was filled in from the register, and a birth of only a year agreed."""
    person = town.stranger()
    unknown = replace(invented(person, **facts), si_number="9911223344")
    seen = []
    for asked in (invented(person, **facts), unknown):
        with CaptureQueriesContext(connection) as asked_for:
            taken = town.take([asked], employer=town.employer)
        shapes = [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in asked_for]
        seen.append((outcome(taken), shapes))
        for secret in set(secrets(person)) - {
            asked.name,
            *([asked.birth.vi(), asked.birth.iso()] if asked.birth else []),
        }:
            assert secret not in everything(taken, town.officer), secret
    assert seen[0][0] == seen[1][0]
    different = [pair for pair in zip(seen[0][1], seen[1][1], strict=True) if pair[0] != pair[1]]
    assert different == []


def test_a_stranger_named_exactly_counts_and_only_what_was_typed_comes_back(town: Town) -> None:
    person = town.stranger(died_on=None)
    Participation.objects.filter(person=person).update(to_month=(NOW - 1).index)
    right = invented(person, name="NÔNG THỊ BÍ MẬT", birth=PartialDate(1983, 11, 29))
    taken = town.take([right])
    assert taken.state == "checked"
    said = everything(taken, town.officer)
    assert person.citizen_id not in said
    assert "Xa Lạ" not in said
    (line,) = services.preview(taken, town.officer).people
    assert (line.name, line.citizen_id, line.person) == (right.name, "", person.pk)


@pytest.mark.parametrize("why", ["works", "pension", "unemployed", "dead"])
def test_why_a_stranger_cannot_join_is_not_said(town: Town, why: str) -> None:
    """Before, employer, unit code, month, pension and day of death of a stranger were printed."""
    person = town.stranger()
    if why != "works":
        Participation.objects.filter(person=person).delete()
    if why in {"pension", "unemployed"}:
        group = {"pension": "HT", "unemployed": "TN"}[why]
        town.scene.works(person, None, scheme=3, health_group=group, si=False, ui=False, wi=False, wage=0)
    if why == "dead":
        Person.objects.filter(pk=person.pk).update(died_on=date(2024, 3, 17))
    taken = town.take([invented(person, name=person.full_name, birth=PartialDate(1983, 11, 29))])
    (found,) = taken.problems
    assert (taken.state, found["level"], found["code"]) == ("checked", "returned", "cover.elsewhere")
    said = everything(taken, town.officer)
    for word in ("Xa Lạ", town.theirs.unit_code, "hưu trí", "thất nghiệp", "17/03/2024", "đã mất"):
        assert word not in said


def test_of_our_own_people_only_a_readable_employer_is_named(town: Town) -> None:
    person = town.scene.person("Vi Thị Nhà")
    town.scene.works(person, town.theirs)
    near, far = town.officer, town.scene.officer("collection", town.scene.province)
    asked = [row(person)]
    ours = town.take(asked, near)
    assert "Xa Lạ" not in json.dumps(ours.problems, ensure_ascii=False)
    assert "đơn vị khác" in ours.problems[0]["vi"]
    services.check(actor=far, declaration=ours)
    ours.refresh_from_db()
    assert "Xa Lạ" in ours.problems[0]["vi"]
    assert "Xa Lạ" in reader.findings(far, ours)[0].vi
    assert "Xa Lạ" not in str(reader.findings(near, ours))


def test_a_strangers_citizen_id_looks_like_somebody_new_until_it_is_booked(town: Town) -> None:
    """Before, an existing citizen ID printed its owner's name; a free one was somebody new."""
    person = town.stranger()
    born = PartialDate(1990, 1, 1)  # as the citizen ID says
    rows = [
        invented(person, si_number=None, citizen_id=person.citizen_id, birth=born),
        invented(person, si_number=None, citizen_id="020190987654", birth=born),
    ]
    answers = [outcome(town.take([asked])) for asked in rows]
    assert answers[0] == answers[1]
    assert answers[0][0] == "checked"
    foreign, free = Declaration.objects.order_by("pk")
    boss = town.scene.officer("director", town.scene.office)
    with pytest.raises(services.DeclarationError) as refused:
        services.book(actor=boss, declaration=foreign, seen=services.as_seen(foreign))
    assert refused.value.code == "identity.no_match"
    foreign.refresh_from_db()
    assert (foreign.state, [f["vi"] for f in foreign.problems]) == ("draft", [NO_MATCH])
    for secret in set(secrets(person)) - {person.citizen_id}:
        assert secret not in everything(foreign, boss)
    services.check(actor=town.officer, declaration=foreign)
    foreign.refresh_from_db()
    assert foreign.state == "draft", "what was answered stays answered"
    services.book(actor=boss, declaration=free, seen=services.as_seen(free))
    assert Person.objects.filter(citizen_id="020190987654").exists()
    assert not Participation.objects.filter(person=person, employer=town.employer).exists()


def test_two_numbers_of_a_known_and_an_unknown_person(town: Town) -> None:
    ours, person = town.scene.person("Vi Thị Nhà"), town.stranger()
    for citizen in (person.citizen_id, "020190111222"):
        taken = town.take([row(ours, citizen_id=citizen)])
        (found,) = [f for f in taken.problems if f["level"] == "error"]
        assert found["code"] == "identity.citizen_id"
        assert person.full_name not in everything(taken, town.officer)
    for number in (person.si_number, "9911223344"):
        taken = town.take([row(ours, si_number=number, citizen_id=ours.citizen_id)])
        assert [f["code"] for f in taken.problems] == ["identity.no_match", "identity.number"]
        assert person.full_name not in everything(taken, town.officer)


def test_whoever_may_read_somebody_gets_the_full_words_and_a_line_in_the_log(town: Town) -> None:
    ours = town.scene.person("Lê Văn Hoà")
    before = Reading.objects.filter(subject="person", subject_id=ours.pk).count()
    taken = town.take([row(ours, name="Lê Văn Hóa")])
    assert "Lê Văn Hoà" in taken.problems[0]["vi"]
    assert Reading.objects.filter(subject="person", subject_id=ours.pk).count() == before + 1
    stranger = town.stranger()
    town.take([invented(stranger)])
    assert not Reading.objects.filter(subject="person", subject_id=stranger.pk).exists()
    assert Reading.objects.filter(subject="number", look__outcome="outside").exists()


def test_what_a_wide_officer_checked_is_read_narrowly(town: Town) -> None:
    """Before, names that the province may know stood in the finding for every reader of the office."""
    person = town.stranger()
    wide = town.scene.officer("collection", town.scene.province)
    taken = town.take([invented(person), invented(person, name="")], wide)
    assert person.full_name in json.dumps(taken.problems, ensure_ascii=False)
    assert person.full_name in str(reader.findings(wide, taken))
    for actor in (
        town.officer,
        town.scene.officer("reception", town.scene.office),
        town.scene.officer("finance", town.scene.province),
        town.scene.clerk(town.employer),
    ):
        told = reader.findings(actor, taken)
        lines = services.preview(taken, actor).people
        red = services.annotated_file(actor=actor, declaration=taken)
        cells = [str(v) for sheet in open_table(red, "x.xlsx").sheets for line in sheet.rows for v in line]
        for secret in secrets(person):
            assert secret not in str((told, lines, cells)), (actor, secret)
        assert {f.vi for f in told if f.code.startswith("identity.")} == {NO_MATCH}
        assert all(f.cell for f in told)
    services.check(actor=town.officer, declaration=taken)
    taken.refresh_from_db()
    assert person.full_name not in json.dumps(taken.problems, ensure_ascii=False)


def test_a_narrower_officer_books_what_a_wider_one_checked(town: Town) -> None:
    person = town.stranger()
    Participation.objects.filter(person=person).update(to_month=(NOW - 1).index)
    wide = town.scene.officer("collection", town.scene.province)
    taken = town.take([invented(person, name=person.full_name, birth=PartialDate(1983))], wide)
    assert taken.state == "checked"
    boss = town.scene.officer("director", town.scene.office)
    services.book(actor=boss, declaration=taken, seen=services.as_seen(taken))
    assert Participation.objects.filter(person=person, employer=town.employer).exists()
    assert person.citizen_id not in json.dumps(
        list(DeclarationRow.objects.filter(declaration=taken).values("values", "findings"))
    )


def test_one_true_row_among_many_false_gets_no_answer(town: Town) -> None:
    """Before, each row was answered: 365 births of one name and number found the right one."""
    person, ours = town.stranger(), town.scene.person("Vi Thị Nhà")
    Participation.objects.filter(person=person).update(to_month=(NOW - 1).index)
    births = [PartialDate(1983, month, day) for month in (10, 11) for day in range(10, 31)]
    guesses = [invented(person, name=person.full_name, birth=birth) for birth in births]
    taken = town.take([*guesses, row(ours)])
    rows = list(DeclarationRow.objects.filter(declaration=taken).order_by("position"))
    assert codes(taken) == ["identity.many"]
    assert {(r.outcome, r.person_id) for r in rows[:-1]} == {("error", None)}
    assert not [f for r in rows[:-1] for f in r.findings if f["code"] != "reading"]
    assert (rows[-1].outcome, rows[-1].person_id) == ("accepted", ours.pk)
    MismatchCounter.objects.update(count=0, waits=0, waits_until=None)
    wrong = town.take([*[g for g in guesses if g.birth != PartialDate(1983, 11, 29)], row(ours)])
    assert codes(wrong) == codes(taken)
    assert {p.outcome for p in services.preview(wrong, town.officer).people[:-1]} == {"error"}


def test_many_false_rows_are_not_hidden_among_our_own(town: Town) -> None:
    """More than a hundred that do not match are too many, whatever the length of the list."""
    ours = [town.scene.person(f"Vi Thị Nhà {n}") for n in range(3)]
    own = [row(ours[n % 3], from_month=NOW, wage=9_000_000 + n) for n in range(600)]
    person = town.stranger()
    taken = town.take([*own, *[invented(person, birth=PartialDate(1900 + n)) for n in range(101)]])
    assert "identity.many" in {f["code"] for f in taken.problems}
    assert "identity.no_match" not in {f["code"] for f in taken.problems}


def test_misses_are_counted_by_officer_and_employer_and_then_made_to_wait(town: Town) -> None:
    people = [town.stranger(f"Nông Thị {'ABCDEGHIKLMNOPQRSTUVX'[n]}") for n in range(20)]
    town.take([invented(p) for p in people[:19]])
    assert not Alert.objects.exists()
    town.take([invented(people[19])])
    counts = MismatchCounter.objects.values_list("whose", "whose_id", "count")
    assert set(counts) == {("user", town.officer.user.pk, 20), ("employer", town.employer.pk, 20)}
    assert {(a.whose, a.level, a.office_id) for a in Alert.objects.all()} == {
        ("user", "slow", town.scene.office.pk),
        ("employer", "slow", town.scene.office.pk),
    }
    for unknown in (people[0].si_number, "9955443322"):
        with pytest.raises(BilingualError) as refused:
            town.take([invented(people[0], si_number=unknown, wage=7_000_000)])
        assert refused.value.code == "alarms.wait"
    # the employer waits too, whoever hands its lists in; our own people can still be declared
    with pytest.raises(BilingualError):
        town.take([invented(people[0])], town.scene.officer("reception", town.scene.office))
    assert town.take([row(town.scene.person("Vi Thị Nhà"))]).state == "checked"


def test_a_long_list_of_sequential_numbers_yields_nothing(town: Town) -> None:
    people = [town.stranger(f"Nông Thị Bí Mật {n:05d}", si_number=f"99555{n:05d}") for n in range(0, 400, 2)]
    rows = [
        row(None, name=f"Người Bịa {n}", si_number=f"99555{n:05d}", birth=PartialDate(1990))
        for n in range(400)
    ]
    taken = town.take(rows)
    assert codes(taken) == ["identity.many"]
    assert {(r.outcome, r.person_id) for r in taken.rows.all()} == {("error", None)}
    said = everything(taken, town.officer)
    assert "Bí Mật" not in said
    assert not any(person.citizen_id in said for person in people)
    assert Alert.objects.filter(whose="user", level="slow").count() == 1


def test_the_command_prints_nothing_of_strangers(town: Town, tmp_path: Any, capsys: Any) -> None:
    """Before, `ansinh declare` printed the register's words for whoever's number stood in the file."""
    person = town.stranger()
    path, red = tmp_path / "d02.xlsx", tmp_path / "loi.xlsx"
    path.write_bytes(workbook(town.employer, [invented(person), invented(person, name="")]))
    asked = [str(path), "--as", town.officer.user.username, "--month", str(NOW), "--out", str(red)]
    assert command.declare(asked) == 1
    printed = capsys.readouterr().out
    cells = [
        str(v) for sheet in open_table(red.read_bytes(), "x.xlsx").sheets for line in sheet.rows for v in line
    ]
    for secret in secrets(person):
        assert secret not in printed
        assert secret not in str(cells)
    assert NO_MATCH in printed
    assert MismatchCounter.objects.get(whose="user").count == 2


def test_the_command_notes_whom_it_prints(town: Town, tmp_path: Any, capsys: Any) -> None:
    ours = town.scene.person("Vi Thị Nhà")
    path = tmp_path / "d02.xlsx"
    path.write_bytes(workbook(town.employer, [row(ours)]))
    assert command.declare([str(path), "--as", town.officer.user.username, "--month", str(NOW)]) == 0
    assert "Vi Thị Nhà" in capsys.readouterr().out
    assert Reading.objects.filter(subject="person", subject_id=ours.pk, look__view="ansinh declare").exists()


def test_a_list_that_is_refused_counts_once_its_transaction_is_over(town: Town) -> None:
    """The grid rolls back what has errors; before, nothing of the attempt remained."""
    from django.db import transaction

    person = town.stranger()
    log = Log(user_id=town.officer.user.pk, view="grid", address="/")
    actor = actor_of(User.objects.get(pk=town.officer.user.pk), log=log)
    with transaction.atomic():
        town.take([invented(person)], actor)
        transaction.set_rollback(True)
    assert not Declaration.objects.exists()
    assert not MismatchCounter.objects.exists()
    log.write()
    assert MismatchCounter.objects.get(whose="user").count == 1
    assert Reading.objects.filter(subject="number", look__view="grid").count() == 1


def test_a_very_long_list_of_false_rows_is_not_even_kept(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred thousand sequential numbers: one sentence, nothing stored, and counted all the same."""
    monkeypatch.setattr(examining, "KEPT", 30)
    log = Log(user_id=town.officer.user.pk, view="upload", address="/")
    actor = actor_of(User.objects.get(pk=town.officer.user.pk), log=log)
    true = town.stranger()
    Participation.objects.filter(person=true).update(to_month=(NOW - 1).index)
    rows = [invented(true, name=true.full_name, birth=PartialDate(1983, 11, 29))]
    rows += [row(None, name="Người Bịa", si_number=f"99556{n:05d}") for n in range(40)]
    with pytest.raises(services.DeclarationError) as refused:
        town.take(rows, actor)
    assert refused.value.code == "identity.many"
    assert "không trả lời từng dòng" in refused.value.vi
    assert not Declaration.objects.exists()
    log.write()
    assert MismatchCounter.objects.get(whose="user").count == 20
