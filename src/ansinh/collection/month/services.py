"""Chạy tháng: queue a month, execute or resume it, close the books of a month."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ansinh.collection.month import KIND, closing, compute, posting, terms
from ansinh.collection.month.freeze import freeze, intact, put_away
from ansinh.config.database import libpq
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office import hands, jobs
from ansinh.office.models import Period, Run, RunStep, Unit
from ansinh.office.rights import Actor, require

STEPS = ("freeze", "compute", "post")
LOCK_SPACE = 20260701  # advisory-lock class of month runs; the second key is the province
PATIENCE = 15  # seconds; the server lets a killed process's lock go when it notices that nobody is there
Report = Callable[[str, str, int], None]


class MonthError(BilingualError):
    """Không chạy được tháng: why, in both languages."""


class MonthBusyError(MonthError, jobs.BusyError):
    """Tiến trình khác đang chạy tháng của tỉnh này."""


def open_month(*, unit: Unit, month: Month) -> Period:
    """Mở kỳ: months open one after the other; the first opened is the start of the books."""
    newest = Period.objects.filter(unit=unit).order_by("-month").first()
    if newest and month.index not in {newest.month, newest.month + 1}:
        raise MonthError(
            f"Kỳ kế tiếp phải là {Month.from_index(newest.month + 1).vi()}",
            f"The next month to open is {Month.from_index(newest.month + 1)}",
        )
    return Period.objects.get_or_create(unit=unit, month=month.index)[0]


@transaction.atomic
def queue(*, actor: Actor | None, unit: Unit, month: Month) -> Run:
    """Xếp hàng một lượt chạy: new, or the one under way. Refused for a month closed or not the last."""
    if actor is not None:
        require(actor, "run.start", at=unit)
    period = Period.objects.filter(unit=unit, month=month.index).first()
    if period is None:
        raise MonthError(f"Kỳ {month.vi()} chưa mở", f"Month {month} is not open")
    if period.state == Period.State.CLOSED:
        raise MonthError(f"Kỳ {month.vi()} đã khóa sổ", f"Month {month} is closed")
    if Period.objects.filter(unit=unit, month__gt=month.index).exists():
        raise MonthError(
            f"Kỳ sau {month.vi()} đã mở, kỳ này phải khóa sổ trước",
            f"A month after {month} is already open",
        )
    going = (
        Run.objects.select_for_update().filter(kind=KIND, unit=unit, state__in=["queued", "running"]).first()
    )
    if going:
        return going
    run = Run.objects.create(
        kind=KIND, unit=unit, month=month.index, requested_by=actor.user if actor else None
    )
    RunStep.objects.bulk_create(RunStep(run=run, position=i, name=n) for i, n in enumerate(STEPS, 1))
    return run


def execute(run_id: int, report: Report | None = None) -> Run:
    """Thực hiện hoặc làm tiếp một lượt chạy; one process at a time per province.

    A run killed before its last step has posted nothing and reads its frozen inputs again. `report` gets
    (step, what, rows) as the work goes on; the same progress stands in `RunStep`.

    Raises MonthBusyError when another process is at work for the province and does not end within PATIENCE.
    """
    run = Run.objects.select_related("unit").get(pk=run_id)
    if run.state == Run.State.DONE:
        return run
    _take_lock(run.unit_id)
    try:
        run.refresh_from_db()  # whoever held the lock before may have finished this very run
        return run if run.state == Run.State.DONE else _execute(run, report or (lambda *_: None))
    except Exception as error:
        Run.objects.filter(pk=run.pk).exclude(state="done").update(
            state="failed", error=str(error)[:4000], finished_at=timezone.now()
        )
        raise
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, run.unit_id])


def _take_lock(unit_id: int) -> None:
    """The lock of a session: it ends with its process, however that ends."""
    until = time.monotonic() + PATIENCE
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, unit_id])
            if cursor.fetchone()[0]:
                return
        if time.monotonic() >= until:
            raise MonthBusyError(
                "Lượt chạy đang được thực hiện ở tiến trình khác", "Another process runs it now"
            )
        time.sleep(0.1)


def run_month(*, actor: Actor | None, unit: Unit, month: Month, report: Report | None = None) -> Run:
    """Queue and execute at once, as the command and the demo do."""
    return execute(queue(actor=actor, unit=unit, month=month).pk, report)


@transaction.atomic
def close_month(*, actor: Actor, unit: Unit, month: Month, seen: str) -> Period:
    """Khóa sổ: needs a finished run; opens the next month, whose run takes up what came after the last one.

    `seen` is `closing.as_seen` of what the page showed; HandError when that has changed. Afterwards the
    frozen inputs of the month's runs are removed, or archived if the unit says so; their digests stay.
    """
    require(actor, "month.close", at=unit)
    period = Period.objects.select_for_update().get(unit=unit, month=month.index)
    if period.state == Period.State.CLOSED:
        return period
    if not Run.objects.filter(kind=KIND, unit=unit, month=month.index, state="done").exists():
        raise MonthError(f"Kỳ {month.vi()} chưa chạy xong", f"Month {month} has no finished run")
    if Run.objects.filter(kind=KIND, unit=unit, state__in=["queued", "running"]).exists():
        raise MonthError("Đang có lượt chạy chưa xong", "A run is under way")
    hands.require_seen(seen, closing.as_seen(unit, month))
    hands.decided(actor, "period", period.pk, act="close", seen=seen)
    period.state = Period.State.CLOSED
    period.closed_by = actor.user
    period.closed_at = timezone.now()
    period.save(update_fields=["state", "closed_by", "closed_at"])
    open_month(unit=unit, month=month + 1)
    transaction.on_commit(lambda: put_inputs_away(unit), robust=True)
    return period


def put_inputs_away(unit: Unit) -> int:
    """Cất hoặc xóa dữ liệu đóng băng của các kỳ đã khóa; how many runs' inputs were still there.

    Whatever an interrupted closing left behind goes with the next.
    """
    closed = Period.objects.filter(unit=unit, state=Period.State.CLOSED).values("month")
    keep = Unit.objects.values_list("archives_inputs", flat=True).get(pk=unit.pk)
    done = 0
    for run in Run.objects.filter(kind=KIND, unit=unit, month__in=closed).exclude(frozen={}):
        folder = folder_of(run)
        if folder.is_dir():
            put_away(folder, archive_of(unit, Month.from_index(run.month)) / folder.name if keep else None)
            done += 1
    return done


def archive_of(unit: Unit, month: Month) -> Path:
    """Where the inputs of a unit's closed month are kept."""
    return Path(settings.VAR) / "archive" / unit.code / str(month)


def folder_of(run: Run) -> Path:
    """Where a run keeps its frozen inputs: a folder no other database's run of the same number can share."""
    return Path(settings.VAR) / "runs" / str(run.frozen["folder"])


def _execute(run: Run, report: Report) -> Run:
    month = Month.from_index(run.month)
    Run.objects.filter(pk=run.pk).update(
        state="running", attempts=run.attempts + 1, started_at=run.started_at or timezone.now(), error=""
    )
    note = _Progress(run, report)
    if not run.frozen.get("files") or not intact(folder_of(run), run.frozen["files"]):
        _freeze(run, month, note)
    folder = folder_of(run)
    note.begin("compute")
    con = compute.open_inputs(folder)
    law = terms.of(month, monthly=terms.announced(month))
    compute.compute(con, month=month, books_start=run.frozen["books_start"], terms=law, report=note.did)
    note.end("compute", {})
    note.begin("post")
    with transaction.atomic():
        # the period row is the gate between posting and closing
        period = Period.objects.select_for_update().get(unit=run.unit, month=run.month)
        if period.state == Period.State.CLOSED:
            raise MonthError(f"Kỳ {month.vi()} đã khóa sổ", f"Month {month} is closed")
        with connection.cursor() as cursor:
            counts = posting.write(
                cursor.cursor, con, run_id=run.pk, unit_id=run.unit_id, month=month, report=note.shown
            )
        note.end("post", counts)
        Run.objects.filter(pk=run.pk).update(state="done", finished_at=timezone.now(), result=counts)
    con.close()
    shutil.rmtree(folder / "spill", ignore_errors=True)
    run.refresh_from_db()
    return run


def _freeze(run: Run, month: Month, note: _Progress) -> None:
    note.begin("freeze")
    first = Period.objects.filter(unit=run.unit).order_by("month").values_list("month", flat=True)[0]
    last = Run.objects.filter(kind=KIND, unit=run.unit, state="done").order_by("-pk").first()
    since = last.frozen["since_next"] if last else None
    mark = _unseen_since()
    if run.frozen:
        shutil.rmtree(folder_of(run), ignore_errors=True)  # what a killed process left half-written
    name = f"{run.pk}-{uuid4().hex}"
    run.frozen = {"folder": name}
    run.save(update_fields=["frozen"])
    files = freeze(
        uri=libpq(connection.settings_dict),
        folder=Path(settings.VAR) / "runs" / name,
        unit_id=run.unit_id,
        unit_path=run.unit.path,
        month=month,
        since=since,
        report=note.did,
    )
    run.frozen = {"folder": name, "files": files, "since": since, "since_next": mark, "books_start": first}
    run.save(update_fields=["frozen"])
    note.end("freeze", {n: f["rows"] for n, f in files.items()})


def _unseen_since() -> str:
    """The instant from which a change may be missing in a snapshot taken now (ISO).

    A change carries the clock of its transaction, which may commit after the snapshot: so the start of the
    oldest transaction still open, not the present.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()"""
        )
        return str(cursor.fetchone()[0].isoformat())


class _Progress:
    """Tiến độ: written to the run's steps outside the posting transaction, and to the caller's report."""

    def __init__(self, run: Run, report: Report) -> None:
        self.run = run
        self.report = report
        self.step = ""

    def begin(self, step: str) -> None:
        self.step = step
        self._steps().update(started_at=timezone.now(), finished_at=None, done=0)
        self.report(step, "", 0)

    def did(self, what: str, rows: int) -> None:
        from django.db.models import F

        self._steps().update(done=F("done") + rows)
        self.report(self.step, what, rows)

    def shown(self, what: str, rows: int) -> None:
        self.report(self.step, what, rows)

    def end(self, step: str, result: dict[str, Any]) -> None:
        self._steps(step).update(finished_at=timezone.now(), result=json.loads(json.dumps(result)))

    def _steps(self, step: str = "") -> Any:
        return RunStep.objects.filter(run=self.run, name=step or self.step)
