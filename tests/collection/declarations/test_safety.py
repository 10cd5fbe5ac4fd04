"""Who may, what is refused, what a crash leaves behind, and how many statements a list takes."""

from __future__ import annotations

import io
import threading
import zipfile

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import NOW, RECEIVED, Scenery, row, workbook

from ansinh.collection import access
from ansinh.collection.declarations import booking, services
from ansinh.collection.models import Declaration, DeclarationRow
from ansinh.kernel.errors import BilingualError
from ansinh.office.rights import Denied
from ansinh.registers.models import Employer, HealthCard, Participation, Person


def take(scene: Scenery, employer, rows, actor=None, chosen=None) -> Declaration:
    return services.receive(
        actor=actor or scene.officer(),
        employer=chosen,
        data=workbook(employer, rows),
        file_name="d02.xlsx",
        received_on=RECEIVED,
    )


def test_nobody_reaches_an_employer_outside_their_scope(scene: Scenery) -> None:
    employer, other = scene.employer(), scene.employer()
    elsewhere = Scenery("24")
    rows = [row(scene.person())]
    stranger = elsewhere.officer()
    with pytest.raises(services.DeclarationError, match="phạm vi"):
        take(scene, employer, rows, stranger)
    with pytest.raises(Employer.DoesNotExist):
        take(scene, employer, rows, stranger, employer)
    with pytest.raises(services.DeclarationError, match="phạm vi"):
        take(scene, employer, rows, scene.clerk(other))
    with pytest.raises(services.DeclarationError, match="phạm vi"):
        take(scene, employer, rows, scene.officer("benefits"))
    taken = take(scene, employer, rows, scene.clerk(employer))
    assert access.declaration(scene.officer(), taken.pk).pk == taken.pk
    assert access.declaration(scene.clerk(employer), taken.pk).pk == taken.pk
    for actor in (stranger, scene.clerk(other)):
        with pytest.raises(Declaration.DoesNotExist):
            access.declaration(actor, taken.pk)
    with pytest.raises(Denied):
        services.book(actor=scene.clerk(employer), declaration=taken, seen=services.as_seen(taken))
    with pytest.raises(Denied):
        services.book(actor=stranger, declaration=taken, seen=services.as_seen(taken))
    assert not Participation.objects.exists()


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "d02.xlsx"),
        (b"MZ\x90\x00" + b"\0" * 200, "d02.xlsx"),
        (b"%PDF-1.7\n", "d02.xlsx"),
        (b"x" * (21 * 1024 * 1024), "d02.csv"),
        (zip_bomb(), "d02.xlsx"),
    ],
    ids=["empty", "program", "pdf", "large", "bomb"],
)
def test_hostile_files_are_refused_and_nothing_is_kept(scene: Scenery, data: bytes, name: str) -> None:
    employer = scene.employer()
    with pytest.raises(BilingualError):
        services.receive(actor=scene.officer(), employer=employer, data=data, file_name=name)
    assert not Declaration.objects.exists()


def test_a_file_of_another_employer_is_stopped(scene: Scenery) -> None:
    employer, other = scene.employer(), scene.employer()
    taken = take(scene, other, [row(scene.person())], None, employer)
    assert taken.state == "draft"
    assert other.unit_code in taken.problems[0]["vi"]


def statements(scene: Scenery, size: int) -> tuple[int, int]:
    """Statements to receive and to book a mixed list of so many people of each kind."""
    employer = scene.employer()
    rows = []
    for n in range(size):
        joins, leaves, rests = scene.person(), scene.person(), scene.person()
        scene.works(leaves, employer)
        scene.works(rests, employer)
        rows += [
            row(joins, note="STK 123456789012"),
            row(leaves, "leave_job", "decrease", wage=None),
            row(rests, "unpaid_leave", "suspend", wage=None, to_month=NOW),
            row(None, name="Trần Văn Mới", si_number=None, citizen_id=f"020090{size:03d}{n:03d}"),
        ]
        scene.works(joins, None, scheme=3, health_group="GD", si=False, ui=False, wi=False, wage=0)
    officer, booker = scene.officer(), scene.officer()
    data = workbook(employer, rows)
    with CaptureQueriesContext(connection) as received:
        taken = services.receive(
            actor=officer, employer=None, data=data, file_name="d.xlsx", received_on=RECEIVED
        )
    assert taken.state == "checked", taken.problems
    seen = services.as_seen(taken)
    with CaptureQueriesContext(connection) as booked:
        services.book(actor=booker, declaration=taken, seen=seen)
    assert DeclarationRow.objects.filter(declaration=taken, outcome="accepted").count() == 4 * size
    return len(received), len(booked)


def test_the_number_of_statements_does_not_depend_on_the_list(scene: Scenery) -> None:
    small, large = statements(scene, 2), statements(scene, 25)
    assert small == large
    assert max(large) <= 80  # of them the cases of list and refunds cost 32, what was seen, twice, ten


def test_what_was_shown_is_what_is_booked_or_nothing(scene: Scenery) -> None:
    employer, person = scene.employer(), scene.person()
    taken = take(scene, employer, [row(person)])
    scene.works(person, scene.employer("Công ty Nhanh Tay"))  # another office books first
    with pytest.raises(services.DeclarationError) as refused:
        services.book(actor=scene.officer(), declaration=taken, seen=services.as_seen(taken))
    assert refused.value.code == "declaration.stale"
    again = services.check(actor=scene.officer(), declaration=taken)
    assert services.preview(again).people[0].outcome == "returned"


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_participations", "_endings", "_days", "_cards"])
def test_killed_in_the_middle_of_booking_leaves_the_record_as_before(
    monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    scene = Scenery()
    employer, leaver = scene.employer(), scene.person()
    scene.works(leaver, employer)
    taken = take(
        scene,
        employer,
        [
            row(leaver, "leave_job", "decrease", wage=None),
            row(None, si_number=None, citizen_id="020090123456"),
        ],
    )
    officer = scene.officer()
    done = getattr(booking, step)

    def killed(*args: object) -> None:
        done(*args)
        raise Killed

    monkeypatch.setattr(booking, step, killed)
    with pytest.raises(Killed):
        services.book(actor=officer, declaration=taken, seen=services.as_seen(taken))
    taken.refresh_from_db()
    assert taken.state == "checked"
    assert not Person.objects.filter(citizen_id="020090123456").exists()
    assert list(Participation.objects.values_list("person_id", "to_month")) == [(leaver.pk, None)]
    assert not HealthCard.objects.exists()
    monkeypatch.undo()
    assert services.book(actor=officer, declaration=taken, seen=services.as_seen(taken)).state == "booked"


@pytest.mark.django_db(transaction=True)
def test_two_employers_cannot_both_find_a_person_free() -> None:
    scene = Scenery()
    person = scene.person()
    lists = [take(scene, e, [row(person)]) for e in (scene.employer(), scene.employer())]
    officer = scene.officer()
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def confirm(declaration: Declaration) -> None:
        try:
            gate.wait(timeout=20)
            services.book(actor=officer, declaration=declaration, seen=services.as_seen(declaration))
            outcomes.append("booked")
        except services.DeclarationError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=confirm, args=(d,)) for d in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["booked", "declaration.stale"]
    assert Participation.objects.filter(person=person, si=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_two_people_at_once_is_one_declaration() -> None:
    scene = Scenery()
    employer = scene.employer()
    data = workbook(employer, [row(scene.person())])
    officer = scene.officer()
    keys: list[int] = []
    gate = threading.Barrier(2)

    def send() -> None:
        try:
            gate.wait(timeout=20)
            taken = services.receive(actor=officer, employer=None, data=data, file_name="d02.xlsx")
            keys.append(taken.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_the_command_previews_books_and_writes_the_red_copy(scene: Scenery, tmp_path, capsys) -> None:
    from ansinh.collection import command

    employer, person = scene.employer(), scene.person()
    officer = scene.officer()
    path = tmp_path / "d02.xlsx"
    path.write_bytes(workbook(employer, [row(person)]))
    as_officer = ["--as", officer.user.username, "--month", "2026-06"]
    assert command.declare([str(path), *as_officer]) == 0
    shown = capsys.readouterr().out
    assert employer.name in shown
    assert "9.000.000" in shown
    assert not Participation.objects.exists()
    assert command.declare([str(path), *as_officer, "--book"]) == 0
    assert "booked" in capsys.readouterr().out
    assert Participation.objects.filter(person=person).exists()
    assert command.declare([str(path), *as_officer, "--book"]) == 0

    path.write_bytes(workbook(employer, [row(scene.person(), name="Sai Tên")]))
    red = tmp_path / "red.xlsx"
    assert command.declare([str(path), *as_officer, "--book", "--out", str(red)]) == 1
    assert "B" in capsys.readouterr().out
    assert red.read_bytes()[:2] == b"PK"
    assert command.declare([str(tmp_path / "none.xlsx"), *as_officer]) == 1
    assert command.declare([str(path), "--as", "nobody"]) == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_fails_never_existed() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from ansinh.office import jobs
    from ansinh.office.runs.services import JOB

    class Undone(Exception):  # noqa: N818
        pass

    def fail() -> None:
        with transaction.atomic():
            jobs.enqueue(JOB, run_id=1)
            raise Undone

    with pytest.raises(Undone):
        fail()
    assert ProcrastinateJob.objects.count() == 0
    with transaction.atomic():
        assert jobs.enqueue(JOB, once="month:1", run_id=1) is not None
        assert jobs.enqueue(JOB, once="month:1", run_id=1) is None
    assert ProcrastinateJob.objects.count() == 1
    with pytest.raises(LookupError):
        jobs.enqueue("nothing.at.all")
    with pytest.raises(ValueError, match="already"):
        jobs.register(JOB, "somewhere:else")


def test_migrations_say_what_the_models_say(db: None) -> None:
    call_command("makemigrations", "registers", "collection", check=True, dry_run=True, verbosity=0)
