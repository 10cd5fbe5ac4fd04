"""Chặng: which runs of the demonstration are done, and whose the record is.

The record is claimed for one size and seed by the first run. Demonstrations built before the engine of runs
kept their marks in a table of their own; those are taken over once, and the table goes.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from ansinh.demo import building, life, record
from ansinh.demo.accounts import NotADemo
from ansinh.demo.sizes import SIZES, Size
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.models import Run, RunStep, Unit
from ansinh.office.runs import engine, services
from ansinh.office.runs.kinds import kind_of
from ansinh.registers import loading

FORMER = "demo_stage"


class OtherDemo(BilingualError):  # noqa: N818 -- read as a sentence: raise OtherDemo(...)
    """Đã có tỉnh mẫu khác: the record holds another size or seed, or data that are no demonstration."""


def perform(
    kind: str,
    params: dict[str, Any],
    *,
    unit: Unit | None = None,
    month: Month | None = None,
    watch: engine.Watch | None = None,
) -> Run:
    """Do a run of the demonstration unless it is done; goes on with one that was killed or has failed."""
    runs = Run.objects.filter(kind=kind, month=None if month is None else month.index)
    done = runs.filter(state=Run.State.DONE).first()
    if done is not None:
        return done
    going = runs.filter(state__in=Run.UNDER_WAY).first()
    if going is not None:  # killed, or asked for with another number of months
        return engine.execute(going.pk, watch)
    failed = runs.filter(state=Run.State.FAILED).order_by("-pk").first()
    if failed is not None:
        services.retry(actor=None, run=failed, later=False)
        return engine.execute(failed.pk, watch)
    return services.run_now(kind, actor=None, unit=unit, month=month, params=params, watch=watch)


@transaction.atomic
def begin(size: Size, seed: int) -> None:
    """Claim the record for one size and seed, as its owner.

    Raises `OtherDemo` when the record already holds something else.
    """
    _take_over()
    claim = building.params(size, seed)
    held = claimed()
    if held is not None:
        if held != claim:
            raise OtherDemo(
                f"Đã có tỉnh mẫu cỡ {held['size']}, hạt giống {held['seed']}; "
                "thêm --fresh (make demo FRESH=1) để dựng lại",
                f"A demonstration of size {held['size']}, seed {held['seed']} is there; "
                "add --fresh (make demo FRESH=1) to rebuild",
                code="demo.other",
            )
        return
    if loading.holds_people():
        raise _not_ours()
    services.queue(building.BUILD, actor=None, params=claim, later=False)


def claimed() -> dict[str, Any] | None:
    """Tỉnh mẫu nào đang ở đây: its size and seed, None where there is no demonstration."""
    built = Run.objects.filter(kind=building.BUILD).order_by("pk").values_list("params", flat=True)
    try:
        with transaction.atomic():
            found = built.first()
    except ProgrammingError:  # no tables yet, or those of before the engine
        return None
    return None if found is None else dict(found)


def drop() -> None:
    """Xóa tỉnh mẫu: drop the whole schema, as its owner, if it is a demonstration's or has no people.

    Raises `NotADemo` outside the demo profile, `OtherDemo` when the record holds real data.
    """
    if settings.PROFILE != "demo":
        raise NotADemo
    ours = claimed() is not None or _there(FORMER)
    if not ours and loading.holds_people():
        raise _not_ours()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _take_over() -> None:
    """Marks of a demonstration built before there was an engine become its runs."""
    if not _there(FORMER):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, facts FROM {FORMER}")
        marks = {name: facts if isinstance(facts, dict) else json.loads(facts) for name, facts in cursor}
    claim = marks["claim"]
    params = building.params(SIZES[claim["size"]], claim["seed"])
    unit = record.province(SIZES[claim["size"]]) if "people" in marks else None
    _as_run(building.BUILD, params, marks, None, None, "")
    if "people" in marks:
        _as_run(building.OPEN, params, marks, unit, None, "")
    month = life.START
    while f"{month} urge" in marks:
        # a month now begins with the closing of the one before it, and only the first has a first run
        former = {name: facts for name, facts in marks.items() if name != f"{month} close"}
        if month == life.START or f"{month - 1} close" in marks:
            former[f"{month} close"] = {}
        if month != life.START or f"{month} first run" in marks:
            former[f"{month} first_run"] = marks.get(f"{month} first run", {})
        last = f"{month + 1} urge" not in marks
        _as_run(building.MONTH, {**params, "last": last}, former, unit, month, f"{month} ")
        if f"{month} plan" in marks:
            _as_run(building.PLAN, params, marks, unit, month, f"{month} ")
        month += 1
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {FORMER}")


def _as_run(
    kind: str,
    params: dict[str, Any],
    marks: dict[str, dict[str, Any]],
    unit: Unit | None,
    month: Month | None,
    prefix: str,
) -> None:
    declared, now = kind_of(kind), timezone.now()
    whole = all(f"{prefix}{step.name}" in marks for step in declared.steps)
    run = Run.objects.create(
        kind=kind,
        key=declared.key_of(None),
        unit=unit,
        month=None if month is None else month.index,
        params=params,
        state=Run.State.DONE if whole else Run.State.FAILED,
        started_at=now,
        finished_at=now,
    )
    RunStep.objects.bulk_create(
        RunStep(
            run=run,
            position=position,
            name=step.name,
            finished_at=now if f"{prefix}{step.name}" in marks else None,
            result=marks.get(f"{prefix}{step.name}", {}),
        )
        for position, step in enumerate(declared.steps, 1)
    )


def _there(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        return bool(cursor.fetchone()[0])


def _not_ours() -> OtherDemo:
    return OtherDemo(
        "Cơ sở dữ liệu đang có dữ liệu không phải của tỉnh mẫu; không ghi vào, không xóa",
        "The database holds data that are no demonstration's; nothing is written or dropped",
        code="demo.not-ours",
    )
