"""The engine of runs, with a kind of the tests: resumed, tried again, cancelled, frozen, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.office import runs_kind
from tests.office.runs_kind import YEAR
from tests.safety.processes import Child, alone, scalar, until
from tests.safety.test_at_once import at_once

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import DayOff, Run, Unit, User
from ansinh.office.rights import Actor, Denied, Held
from ansinh.office.runs import engine, inputs, selectors, services
from ansinh.office.runs.keeper import RunError
from ansinh.office.runs.kinds import Kind, Step, kind_of, register

pytestmark = pytest.mark.django_db(transaction=True)

# Executes a run whose kind is the tests'.
EXECUTES = """
import sys, django
django.setup()
from tests.office import runs_kind
runs_kind.declare()
from ansinh.office.runs import engine
print(engine.execute(int(sys.argv[1])).state, flush=True)
"""
FOLDERS = "runs/*"


@pytest.fixture(autouse=True)
def var(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.VAR = tmp_path
    runs_kind.declare()
    yield tmp_path
    Child.end_all()


@pytest.fixture
def office() -> Unit:
    made = Unit.objects.create(
        kind="province", code="20", name="BHXH tỉnh", name_fold="bhxh", name_sort="bhxh", path="/",
        valid_from=date(2025, 7, 1),
    )  # fmt: skip
    made.path = f"/{made.pk}/"
    made.save(update_fields=["path"])
    return made


@pytest.fixture
def officer(office: Unit) -> Actor:
    user = User.objects.create(username="thu", full_name="Thu", kind="staff")
    return Actor(user, held=(Held("collection", office.path, "province"),))


@pytest.fixture
def director(office: Unit) -> Actor:
    user = User.objects.create(username="gd", full_name="Giám đốc", kind="staff")
    return Actor(user, held=(Held("director", office.path, "province"),))


def asked(office: Unit, **params: Any) -> Run:
    return services.queue("test.days", actor=None, unit=office, params=params, later=False)


def stood(run: Run, var: Path) -> Child:
    """A process that stands still in the middle of the run."""
    child = Child(var, "-c", EXECUTES, str(run.pk))
    child.reach("HERE")
    return child


def folders(var: Path) -> int:
    return len(list(var.glob(FOLDERS)))


def days() -> int:
    return DayOff.objects.filter(day__year=YEAR).count()


def test_steps_in_order_with_their_progress_and_result(office: Unit) -> None:
    told: list[tuple[str, str]] = []

    class Told(engine.Watch):
        def began(self, step: Step, total: int) -> None:
            told.append((step.name, f"of {total}"))

        def ended(self, step: Step, result: dict[str, Any]) -> None:
            told.append((step.name, str(result)))

    run = engine.execute(asked(office).pk, Told())
    assert (run.state, run.attempts, days()) == ("done", 1, 4)
    assert told[0] == ("read", "of 0")
    assert told[-2:] == [("second", "of 0"), ("second", "{'days': 1}")]
    assert [(s.title, s.done, s.total, s.finished) for s in selectors.stages(run)] == [
        ("Đọc", 1, 0, True),
        ("Nghĩ", 0, 0, True),
        ("Ghi một", 3, 3, True),
        ("Ghi hai", 1, 0, True),
    ]
    assert selectors.written(run) == [("Ngày", 1)]
    assert [line[:2] for line in selectors.frozen(run)] == [("Tệp", 1)]
    assert run.frozen["told"] == "so"
    again = engine.execute(run.pk)  # a run that has ended is left as it is
    assert (again.attempts, days()) == (1, 4)


def test_killed_in_a_step_it_goes_on_after_the_last_mark_from_the_same_inputs(
    office: Unit, var: Path
) -> None:
    run = asked(office, stands="second")
    child = stood(run, var)
    assert days() == 3  # the first step is committed, the second is not
    assert [s.finished for s in selectors.stages(run)] == [True, True, True, False]
    run.refresh_from_db()
    assert not selectors.interrupted(run)
    child.kill()
    until(alone)
    assert selectors.interrupted(run)
    before = Run.objects.get().frozen
    child = stood(run, var)  # memory is gone, so thinking is done again; writing is not
    child.go_on()
    assert "done" in child.finish()
    run.refresh_from_db()
    assert (run.state, run.attempts, run.frozen, days()) == ("done", 2, before, 4)
    assert folders(var) == 1


def test_inputs_that_were_touched_are_read_anew_unless_something_was_written(office: Unit, var: Path) -> None:
    run = asked(office, stands="think")
    stood(run, var).kill()
    until(alone)
    file = inputs.folder_of(Run.objects.get()) / "frozen.parquet"
    file.write_text("7")
    child = stood(run, var)
    assert not file.exists()
    child.kill()
    until(alone)
    again = inputs.folder_of(Run.objects.get()) / "frozen.parquet"
    assert again.read_text() == "0"


def test_inputs_lost_after_something_was_written_end_the_run(office: Unit, var: Path) -> None:
    run = asked(office, stands="second")
    stood(run, var).kill()
    until(alone)
    (inputs.folder_of(Run.objects.get()) / "frozen.parquet").unlink()
    with pytest.raises(RunError) as error:
        engine.execute(run.pk)
    assert error.value.code == "runs.inputs"
    run.refresh_from_db()
    assert (run.state, days()) == ("failed", 3)


def test_a_failure_stands_in_both_languages_and_can_be_tried_again(office: Unit, officer: Actor) -> None:
    run = asked(office, fails="first")
    with pytest.raises(BilingualError):
        engine.execute(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error, run.error_en, days()) == ("failed", "Không được", "It does not work", 0)
    first = run.frozen["folder"]
    DayOff.objects.create(day=date(YEAR, 6, 1), name="x", notice="y")
    assert selectors.may_retry(officer, run)
    assert services.retry(actor=officer, run=run).state == "queued"
    with pytest.raises(RunError) as error:
        services.retry(actor=officer, run=run)
    assert error.value.code == "runs.state"
    run = engine.execute(run.pk)
    assert (run.state, run.attempts, run.error) == ("done", 2, "")
    assert run.frozen["folder"] != first  # nothing had been written, so what is known now was read
    assert DayOff.objects.filter(day=date(YEAR, 1, 1), name="1").exists()


def test_cancelling_what_waits_and_what_is_at_work(office: Unit, director: Actor, var: Path) -> None:
    waiting = asked(office)
    assert services.cancel(actor=director, run=waiting).state == "cancelled"
    assert engine.execute(waiting.pk).state == "cancelled"
    run = asked(office, stands="first")
    child = stood(run, var)
    assert services.cancel(actor=director, run=run).state == "running"
    assert not selectors.may_cancel(director, Run.objects.get(pk=run.pk))
    child.go_on()
    assert "cancelled" in child.finish()
    run.refresh_from_db()
    assert (run.state, run.cancel_asked_by, days(), folders(var)) == ("cancelled", director.user, 0, 0)
    for ended in (run, waiting):
        with pytest.raises(RunError):
            services.cancel(actor=director, run=ended)
        with pytest.raises(RunError):
            services.retry(actor=director, run=ended)
    assert engine.execute(asked(office).pk).state == "done"  # a new one is not in the old one's way


def test_cancelling_what_was_killed_ends_it_at_once(office: Unit, director: Actor, var: Path) -> None:
    run = asked(office, stands="second")
    stood(run, var).kill()
    until(alone)
    assert services.cancel(actor=director, run=run).state == "cancelled"
    assert (days(), folders(var)) == (3, 0)  # what finished steps have written stays; the inputs go


def test_one_at_a_time_per_key_over_kinds(office: Unit) -> None:
    first = asked(office)
    assert asked(office).pk == first.pk
    for kind, params in (("test.days", {"fails": "no"}), ("test.other", {})):
        with pytest.raises(RunError) as error:
            services.queue(kind, actor=None, unit=office, params=params)
        assert error.value.code == "runs.busy"
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(kind="test.other", key=first.key, unit=office)
    elsewhere = services.queue("test.days", actor=None, later=False)  # of no unit
    assert elsewhere.key != first.key
    assert elsewhere.places() == ()


def test_asked_for_by_two_at_once_it_is_one(office: Unit) -> None:
    got = at_once(*(lambda: asked(office).pk for _ in range(4)))
    assert len(set(got)) == 1, got
    assert Run.objects.count() == 1


def jobs() -> int:
    return int(scalar("SELECT count(*) FROM procrastinate_jobs"))


def test_the_job_is_there_with_the_run_or_neither(office: Unit) -> None:
    before = jobs()
    with transaction.atomic():
        services.queue("test.days", actor=None, unit=office)
        transaction.set_rollback(True)
    with pytest.raises(BilingualError, match="Refused"):
        services.queue("test.days", actor=None, unit=office, params={"refused": True})
    assert (jobs() - before, Run.objects.count()) == (0, 0)
    services.queue("test.days", actor=None, unit=office)
    services.queue("test.days", actor=None, unit=office)
    assert (jobs() - before, Run.objects.count()) == (1, 1)


def test_rights_are_those_of_the_kind_at_the_unit(office: Unit, officer: Actor, director: Actor) -> None:
    run = services.queue("test.days", actor=officer, unit=office)
    with pytest.raises(Denied):
        services.cancel(actor=officer, run=run)
    assert selectors.may_cancel(director, run)
    assert not selectors.may_cancel(officer, run)
    stranger = Actor(officer.user, held=(Held("director", "/999/", "province"),))
    assert list(selectors.in_scope(officer)) == [run]
    assert list(selectors.in_scope(stranger)) == []
    for act in (services.retry, services.cancel):
        with pytest.raises(Denied):
            act(actor=stranger, run=run)
    with pytest.raises(Denied):
        services.queue("test.days", actor=director)  # of no unit: the system's own


def test_inputs_go_when_their_kind_says_so(office: Unit, var: Path) -> None:
    first = engine.execute(asked(office).pk)
    assert inputs.whereabouts(first) == "here"
    DayOff.objects.create(day=date(YEAR, 12, 31), name="x", notice="y")
    second = engine.execute(asked(office, year=YEAR + 1).pk)
    assert (folders(var), inputs.whereabouts(first), inputs.whereabouts(second)) == (0, "gone", "gone")


def test_a_run_does_not_begin_inside_a_transaction(office: Unit) -> None:
    run = asked(office)
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside"):
        engine.execute(run.pk)


def test_slips_in_declaring_are_refused() -> None:
    named = kind_of("test.other")
    with pytest.raises(LookupError):
        kind_of("test.unknown")
    twice = (named.steps[0], named.steps[0])
    for steps in ((), twice):
        with pytest.raises(ValueError, match="different names"):
            register(Kind(code="x", name="x", steps=steps, read="a", start="b", stop="c"))
    with pytest.raises(ValueError, match="declared twice"):
        register(
            Kind(code="test.other", name="x", steps=named.steps, read="a", start="b", stop="c", key="other")
        )
