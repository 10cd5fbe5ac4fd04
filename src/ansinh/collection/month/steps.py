"""Các bước của lượt chạy kỳ thu: freeze what is read, compute from that alone, post the differences."""

from __future__ import annotations

import shutil
from typing import Any

from django.db import connection

from ansinh.collection.month import KIND, compute, posting, terms
from ansinh.collection.month.freeze import freeze
from ansinh.config.database import libpq
from ansinh.kernel.months import Month
from ansinh.office.marks.marks import mark_of
from ansinh.office.models import Period, Run, Unit
from ansinh.office.runs.engine import Context
from ansinh.office.runs.keeper import RunError
from ansinh.office.runs.kinds import Fate


class MonthError(RunError):
    """Không chạy được tháng: why, in both languages."""


def check(unit: Unit, month: Month, _params: dict[str, Any]) -> None:
    """Raise MonthError for a month that is not open, closed, or not the last of the books."""
    period = Period.objects.filter(unit=unit, month=month.index).first()
    if period is None:
        raise MonthError(f"Kỳ {month.vi()} chưa mở", f"Month {month} is not open")
    if period.state == Period.State.CLOSED:
        raise closed(month)
    if Period.objects.filter(unit=unit, month__gt=month.index).exists():
        raise MonthError(
            f"Kỳ sau {month.vi()} đã mở, kỳ này phải khóa sổ trước",
            f"A month after {month} is already open",
        )


def closed(month: Month) -> MonthError:
    """The refusal of a closed month."""
    return MonthError(f"Kỳ {month.vi()} đã khóa sổ", f"Month {month} is closed")


def freeze_inputs(context: Context) -> dict[str, int]:
    """Đọc dữ liệu: one snapshot of everything the month reads, as files of the run's own."""
    run = context.run
    first = Period.objects.filter(unit=run.unit).order_by("month").values_list("month", flat=True)[0]
    last = Run.objects.filter(kind=KIND, unit=run.unit, state="done").order_by("-pk").first()
    mark = mark_of(last) if last else None
    files, taken = freeze(
        uri=libpq(connection.settings_dict),
        folder=context.folder,
        unit_id=run.whose.pk,
        unit_path=run.whose.path,
        month=run.of_month,
        mark=mark,
        report=context.did,
    )
    moved = mark is not None and not mark.here
    context.freeze(files, books_start=first, moved=moved, **taken)
    return {name: int(facts["rows"]) for name, facts in files.items()}


def compute_month(context: Context) -> None:
    """Tính: from the frozen files alone; what it finds stays in memory for the posting."""
    month = context.run.of_month
    con = compute.open_inputs(context.folder)
    context.stack.callback(shutil.rmtree, context.folder / "spill", ignore_errors=True)
    context.stack.callback(con.close)
    law = terms.of(month, monthly=terms.announced(month))
    compute.compute(
        con, month=month, books_start=context.run.frozen["books_start"], terms=law, report=context.did
    )
    context.memo["con"] = con


def post(context: Context) -> dict[str, int]:
    """Ghi sổ: the differences to earlier runs of the month; the period's row is the gate before closing.

    `reread` tells how many people were looked at again because the record came from another server.
    """
    run, month = context.run, context.run.of_month
    period = Period.objects.select_for_update().get(unit=run.unit, month=month.index)
    if period.state == Period.State.CLOSED:
        raise closed(month)
    with connection.cursor() as cursor:
        written = posting.write(
            cursor.cursor,
            context.memo["con"],
            run_id=run.pk,
            unit_id=run.whose.pk,
            month=month,
            report=context.did,
        )
    return written | (
        {"reread": int(run.frozen["files"]["dirty"]["rows"])} if run.frozen.get("moved") else {}
    )


def fate(run: Run) -> Fate:
    """What becomes of a run's inputs: kept while its month is open, then archived if the unit says so."""
    if Period.objects.filter(unit=run.whose, month=run.of_month.index, state=Period.State.OPEN).exists():
        return Fate.KEEP
    return Fate.ARCHIVE if run.whose.archives_inputs else Fate.REMOVE
