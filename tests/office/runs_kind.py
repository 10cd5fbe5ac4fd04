"""A kind of run for the tests of the engine: freezes a file, writes days off step by step, fails on demand."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import DayOff, Unit
from ansinh.office.runs import inputs
from ansinh.office.runs.engine import Context
from ansinh.office.runs.kinds import Fate, Inputs, Kind, Step, register

HERE = "tests.office.runs_kind"
KIND = Kind(
    code="test.days",
    name="Ngày thử",
    steps=(
        Step("read", "Đọc", f"{HERE}:read", atomic=False),
        Step("think", "Nghĩ", f"{HERE}:think", atomic=False, lasting=False),
        Step("first", "Ghi một", f"{HERE}:first", total=3),
        Step("second", "Ghi hai", f"{HERE}:second"),
    ),
    read="run.read",
    start="run.start",
    stop="month.close",
    inputs=Inputs("read", f"{HERE}:fate"),
    check=f"{HERE}:check",
    words={"days": "Ngày", "frozen": "Tệp"},
)
OTHER = Kind(
    code="test.other",
    name="Việc khác",
    steps=(Step("only", "Làm", f"{HERE}:only"),),
    key="test.days:{unit}",
    read="target.read",
    start="target.edit",
    stop="target.edit",
)
YEAR = 2031


def declare() -> None:
    """Twice is once."""
    register(KIND)
    register(OTHER)


def read(context: Context) -> dict[str, int]:
    context.folder.mkdir(mode=0o700)
    file = context.folder / "frozen.parquet"
    file.write_text(str(DayOff.objects.count()))
    context.freeze({"frozen": inputs.described(file, 1)}, told="so")
    context.did("file", 1)
    return {"frozen": 1}


def think(context: Context) -> None:
    context.memo["found"] = int((context.folder / "frozen.parquet").read_text())
    stop(context, "think")


def first(context: Context) -> dict[str, int]:
    for n in (1, 2, 3):
        DayOff.objects.create(day=date(year(context), 1, n), name=f"{context.memo['found']}", notice="thử")
        context.did("day", 1)
    stop(context, "first")
    return {"days": 3}


def second(context: Context) -> dict[str, int]:
    DayOff.objects.create(day=date(year(context), 2, 1), name="hai", notice="thử")
    context.did("day", 1)
    stop(context, "second")
    return {"days": 1}


def year(context: Context) -> int:
    """Whose days are written: those of no other run."""
    return int(context.run.params.get("year", YEAR))


def only(context: Context) -> dict[str, int]:
    return {"days": 0}


def stop(context: Context, step: str) -> None:
    """Fail, or stand still until a line comes in, where the run's params say so."""
    if context.run.params.get("stands") == step:
        print("HERE", flush=True)
        sys.stdin.readline()
        context.did("more", 1)
    if context.run.params.get("fails") == step and context.run.attempts == 1:
        raise BilingualError("Không được", "It does not work", code="test.fails")


def fate(_run: Any) -> Fate:
    return Fate.REMOVE if DayOff.objects.filter(day=date(YEAR, 12, 31)).exists() else Fate.KEEP


def check(unit: Unit | None, _month: Any, params: dict[str, Any]) -> None:
    if params.get("refused"):
        raise BilingualError("Không nhận", "Refused", code="test.refused")
