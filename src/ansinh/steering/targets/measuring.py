"""Lượt chạy “đo chỉ tiêu”: a month's figures of a unit and everything below it, as a run of the engine."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.months import Month
from ansinh.office.models import Run, Unit
from ansinh.office.rights import Actor
from ansinh.office.runs import services as runs
from ansinh.office.runs.engine import Context, Watch
from ansinh.office.runs.keeper import RunError
from ansinh.office.runs.kinds import Kind, Step
from ansinh.steering.targets import dictionary, services

KIND = "targets.measure"
HERE = "ansinh.steering.targets.measuring"


def _named(entry: dictionary.Entry) -> Any:
    """An indicator's name in the language of whoever reads it."""
    return lazy(lambda: entry.name_en if get_language() == "en" else entry.name_vi, str)()


MEASURED = [entry for entry in dictionary.entries().values() if entry.rule]
MEASURING = Kind(
    code=KIND,
    name=_("Đo chỉ tiêu"),
    steps=(Step("measure", _("Đo"), f"{HERE}:measure", total=len(MEASURED)),),
    read="run.read",
    start="run.start",
    stop="run.start",
    check=f"{HERE}:check",
    unit_of_count=_("chỉ tiêu"),
    words={entry.rule: _named(entry) for entry in MEASURED},
)
"""One at a time for a unit; figures that have not changed are not written again."""


def check(unit: Unit | None, month: Month | None, _params: dict[str, Any]) -> None:
    """Raise RunError for a run that says no unit or month."""
    if unit is None or month is None:
        raise RunError(
            "Đo chỉ tiêu cần đơn vị và tháng",
            "A measuring needs a unit and a month",
            code="measure.what",
        )


def measure(context: Context) -> dict[str, int]:
    """Đo: every rule in one transaction, so that the figures of a month are of one moment."""
    run = context.run
    return services.measure(run.of_month, unit=run.whose, report=context.did)


def queue(*, actor: Actor | None, unit: Unit, month: Month) -> Run:
    """Xếp hàng việc đo chỉ tiêu: of a month, or the one under way."""
    return runs.queue(KIND, actor=actor, unit=unit, month=month)


def run_now(*, actor: Actor | None, unit: Unit, month: Month, watch: Watch | None = None) -> Run:
    """Queue and execute at once, as the demonstration does."""
    return runs.run_now(KIND, actor=actor, unit=unit, month=month, watch=watch)
