"""Kỳ thu: open a month, have it run, close its books."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ansinh.collection.month import KIND, closing
from ansinh.collection.month.steps import MonthError
from ansinh.kernel.months import Month
from ansinh.office import hands
from ansinh.office.models import Period, Run, Unit
from ansinh.office.rights import Actor, require
from ansinh.office.runs import checklist, inputs
from ansinh.office.runs import services as runs
from ansinh.office.runs.engine import Watch

__all__ = ["MonthError", "close_month", "open_month", "queue", "run_month"]


def open_month(*, unit: Unit, month: Month) -> Period:
    """Mở kỳ: months open one after the other; the first opened is the start of the books."""
    newest = Period.objects.filter(unit=unit).order_by("-month").first()
    if newest and month.index not in {newest.month, newest.month + 1}:
        raise MonthError(
            f"Kỳ kế tiếp phải là {Month.from_index(newest.month + 1).vi()}",
            f"The next month to open is {Month.from_index(newest.month + 1)}",
        )
    return runs.open_period(unit, month)


def queue(*, actor: Actor | None, unit: Unit, month: Month) -> Run:
    """Xếp hàng một lượt chạy: new, or the one under way. Refused for a month closed or not the last."""
    return runs.queue(KIND, actor=actor, unit=unit, month=month)


def run_month(*, actor: Actor | None, unit: Unit, month: Month, watch: Watch | None = None) -> Run:
    """Queue and execute at once, as the command and the demo do."""
    return runs.run_now(KIND, actor=actor, unit=unit, month=month, watch=watch)


@transaction.atomic
def close_month(*, actor: Actor, unit: Unit, month: Month, seen: str) -> Period:
    """Khóa sổ: refused while anything on the check list blocks; opens the next month.

    `seen` is `closing.as_seen` of what the page showed; HandError when that has changed. Raises RunError,
    code ``month.blocked``, naming every blocker. Afterwards the frozen inputs of the month's runs are
    removed, or archived if the unit says so; their digests stay.
    """
    require(actor, "month.close", at=unit)
    period = Period.objects.select_for_update().get(unit=unit, month=month.index)
    if period.state == Period.State.CLOSED:
        return period
    now = closing.outlook(unit, month)
    checklist.refuse(now.checks, month)
    hands.require_seen(seen, closing.told(unit, now))
    hands.decided(actor, "period", period.pk, act="close", seen=seen)
    period.state = Period.State.CLOSED
    period.closed_by = actor.user
    period.closed_at = timezone.now()
    period.save(update_fields=["state", "closed_by", "closed_at"])
    open_month(unit=unit, month=month + 1)
    transaction.on_commit(lambda: inputs.tidy(KIND, unit_id=unit.pk), robust=True)
    return period
