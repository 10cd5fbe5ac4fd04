"""Hạn trả lời: which due dates of open lists another calendar would move; none of them is moved by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from ansinh.collection.declarations import casework
from ansinh.collection.declarations.selectors import PENDING
from ansinh.collection.models import Declaration
from ansinh.kernel.workdays import Announced, supposing
from ansinh.office.rights import Actor


@dataclass(frozen=True, slots=True)
class Moved:
    """Một hạn sẽ khác: the due date told, what it would be, and how many open lists have it."""

    due_on: date
    then: date
    count: int


def moved(actor: Actor, told: Announced, verb: str = "calendar.edit") -> list[Moved]:
    """Hạn của hồ sơ chưa trả lời: where the verb is held, that `told` would move; nobody is named."""
    open_ones = Declaration.objects.filter(actor.within(verb), state__in=PENDING, due_on__isnull=False)
    days = open_ones.order_by().values_list("header__received_on", "due_on").annotate(n=Count("pk"))
    found: dict[tuple[date, date], int] = {}
    for received, due_on, count in days:
        if not received:
            continue
        day = date.fromisoformat(received)
        with supposing(told):
            then = casework.due_on(day)
        if then != casework.due_on(day):
            found[due_on, then] = found.get((due_on, then), 0) + count
    return [Moved(due_on, then, count) for (due_on, then), count in sorted(found.items())]
