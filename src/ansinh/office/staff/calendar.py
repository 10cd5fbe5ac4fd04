"""Lịch nghỉ: the table of the product, and what official notices announced since or corrected.

The announced days are in the record, and every process reads them there: a request reads them once
(`once`), whoever asks outside a request reads them each time. There is nothing that could grow stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import transaction

from ansinh.kernel import workdays
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.workdays import OFFICE, Announced, Announcement
from ansinh.office.rights import Actor, Denied, require
from ansinh.office.security import security
from ansinh.office.units.models import DayOff, Unit

VERB = "calendar.edit"
LEVELS = (Unit.Kind.VSS, Unit.Kind.PROVINCE)
"""The calendar is the country's: no base office changes it for the others."""

Row = tuple[date, str, str, str]

_read_already: ContextVar[list[Announced] | None] = ContextVar("announced_already", default=None)


class CalendarError(BilingualError):
    """Không ghi được ngày vào lịch."""


@dataclass(frozen=True)
class CalendarDay:
    """Một ngày của lịch: what it is, where it is written, whether a notice announced it."""

    day: date
    kind: str
    name: str
    source: str
    unverified: bool = False
    announced: bool = False


def announced() -> Announced:
    """Những ngày đã thông báo: as the record has them now; within `once` as they were when first asked."""
    held = _read_already.get()
    if held is None:
        return _read()
    if not held:
        held.append(_read())
    return held[0]


@contextmanager
def once() -> Iterator[None]:
    """Đọc một lần cho cả yêu cầu: a page with a hundred due dates asks the record once."""
    before = _read_already.set([])
    try:
        yield
    finally:
        _read_already.reset(before)


def of_year(year: int) -> list[CalendarDay]:
    """Lịch của một năm: holidays, days off in lieu, swapped days, days worked instead; in order.

    Raises BilingualError, code ``workdays.year``, for a year without a calendar.
    """
    told = announced()
    days = [
        CalendarDay(
            one.day,
            told.by_day[one.day].kind if one.day in told.by_day else _kind(one),
            one.name,
            one.source,
            one.unverified,
            one.day in told.by_day,
        )
        for one in workdays.holiday_entries(year, told=told)
    ]
    worked = workdays.swapped_working_days(year, told=told)
    known = {
        swap.in_lieu: swap
        for near in (year, year + 1, year - 1)
        if workdays.FIRST_YEAR <= near <= workdays.LAST_YEAR
        for swap in workdays.holiday_entries(near, told=told)
        if swap.in_lieu
    }
    for day in worked:
        said = told.by_day.get(day)
        source = said.source if said else known[day].source if day in known else ""
        unverified = not said and day in known and known[day].unverified
        name = said.name if said else DayOff.Kind.WORKED.label
        days.append(CalendarDay(day, DayOff.Kind.WORKED, str(name), source, unverified, said is not None))
    days += [
        CalendarDay(one.day, one.kind, one.name, one.source, announced=True)
        for one in told.of("ordinary", year)
    ]
    return sorted(days, key=lambda one: one.day)


def notices(actor: Actor) -> list[DayOff]:
    """Những ngày đã ghi: the latest first; for whoever may enter them."""
    return list(DayOff.objects.order_by("-day")) if actor.somewhere(VERB, kinds=LEVELS) else []


def with_one(day: date, kind: str, name: str, notice: str) -> Announced:
    """Lịch nếu ghi thêm một ngày: what would be announced then, for `workdays.supposing`."""
    said = Announcement(day, kind, name, notice)  # type: ignore[arg-type]  # of the choices
    return Announced({**announced().by_day, day: said})


@transaction.atomic
def announce(*, actor: Actor, at: Unit, day: date, kind: str, name: str, notice: str) -> DayOff:
    """Ghi một ngày theo thông báo: a day off, a swap, a day worked instead, or a former notice taken back.

    `at` is the province or the insurer for whose calendar it is. Due dates given before stay as they are.
    Raises `Denied`, and `CalendarError` without a name or notice, or for a day the table does not reach.
    """
    require(actor, VERB, at=at)
    if at.kind not in LEVELS:
        raise Denied(VERB)
    name, notice = name.strip(), notice.strip()
    if not name or not notice:
        raise CalendarError(
            "Ghi tên ngày và số, ngày của thông báo.",
            "Give the day's name, and the number and day of the notice.",
            code="calendar.notice",
        )
    if kind not in DayOff.Kind.values:
        raise CalendarError("Loại ngày không có.", "There is no such kind of day.", code="calendar.kind")
    if not workdays.FIRST_YEAR <= day.year <= workdays.LAST_YEAR:
        raise CalendarError(
            f"Lịch chỉ có các năm {workdays.FIRST_YEAR}-{workdays.LAST_YEAR}.",
            f"The calendar covers {workdays.FIRST_YEAR}-{workdays.LAST_YEAR}.",
            code="calendar.year",
        )
    if kind == DayOff.Kind.WORKED and day.weekday() not in OFFICE.rest and workdays.is_working_day(day):
        raise CalendarError(
            "Ngày này vốn là ngày làm việc, không phải làm bù.",
            "This is a working day anyway, not one worked instead.",
            code="calendar.worked",
        )
    written, _ = DayOff.objects.update_or_create(
        day=day, defaults={"kind": kind, "name": name[:100], "notice": notice[:120]}
    )
    _forget()
    security("calendar.announced", by=actor.user.pk, kind=str(kind))
    return written


def _forget() -> None:
    held = _read_already.get()
    if held:
        held.clear()


def _read() -> Announced:
    return _announced(tuple(DayOff.objects.order_by("day").values_list("day", "kind", "name", "notice")))


@lru_cache(maxsize=8)
def _announced(rows: tuple[Row, ...]) -> Announced:
    """One object for the same days, so that what the kernel has worked out for them is found again."""
    days: Mapping[date, Announcement] = {
        day: Announcement(day, kind, name, notice)  # type: ignore[arg-type]  # of the choices
        for day, kind, name, notice in rows
    }
    return Announced(days)


def _kind(one: workdays.Holiday) -> str:
    """Off, or swapped: a day in lieu is off by law, a swapped one by a notice."""
    swapped = one.in_lieu is not None and one.name.startswith("Nghỉ hoán đổi")
    return DayOff.Kind.SWAPPED_OFF if swapped else DayOff.Kind.OFF
