"""Thời hạn và cách tính: working days, calendar days, calendar days without public holidays.

The day of receipt is not counted. While somebody is asked for a supplement the clock stands: the days after
the asking up to and with the answer are not counted, in any of the three ways. A term in calendar days that
ends on a day off ends on the next working day. Which days offices work is told by `ansinh.kernel.workdays`,
with what the office announced where it has registered that.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from ansinh.kernel.workdays import (
    NOTHING,
    Announced,
    holiday_entries,
    is_public_holiday,
    is_working_day,
    supposing,
)
from ansinh.law.dossier.book import BOOK, DossierScale
from ansinh.law.engine import ParameterUse, provision, versions
from ansinh.law.engine.explanation import CURRENT

_DAY = timedelta(days=1)


class Mode(StrEnum):
    """Cách tính ngày của một thời hạn."""

    WORKING = "wd"
    CALENDAR = "cal"
    CALENDAR_EX_HOLIDAY = "cal_ex_holiday"


class Term(NamedTuple):
    """Thời hạn: so many days (`length`), counted in one of the three ways."""

    length: int
    mode: Mode


class Wait(NamedTuple):
    """Một lần yêu cầu bổ sung: still open while `answered_on` is None."""

    asked_on: date
    answered_on: date | None = None


class Count(NamedTuple):
    """Kết quả đếm: the last day counted, or none and the days left while an answer is awaited."""

    last_on: date | None
    left: int | None = None


def term_of(figure: Mapping[str, Any]) -> Term:
    """Đọc một thời hạn của sổ tham số."""
    return Term(figure["days"], Mode(figure["mode"]))


@provision(
    "dossier.count",
    clause="33/2005/QH11, Điều 151, Điều 152",
    since="2016-01-01",
    until="2016-12-31",
    term="đếm ngày của thời hạn",
)
def count_2005(start: date, term: Term, waits: Sequence[Wait]) -> Count:
    """Count from the day after the event; days of waiting for a supplement are left out."""
    return _counted(start, term, waits)


@provision(
    "dossier.count",
    clause="91/2015/QH13, Điều 147, Điều 148",
    since="2017-01-01",
    term="đếm ngày của thời hạn",
)
def count_2015(start: date, term: Term, waits: Sequence[Wait]) -> Count:
    """Count from the day after the event; days of waiting for a supplement are left out."""
    return _counted(start, term, waits)


@provision(
    "dossier.last_day",
    clause="33/2005/QH11, Điều 153 khoản 5",
    since="2016-01-01",
    until="2016-12-31",
    term="ngày cuối của thời hạn",
)
def last_day_2005(day: date, waits: Sequence[Wait], scale: DossierScale) -> date:
    """A term that ends on a day off ends on the next working day."""
    return _moved(day, waits, scale)


@provision(
    "dossier.last_day",
    clause="91/2015/QH13, Điều 148 khoản 5",
    since="2017-01-01",
    term="ngày cuối của thời hạn",
)
def last_day_2015(day: date, waits: Sequence[Wait], scale: DossierScale) -> date:
    """A term that ends on a day off ends on the next working day."""
    return _moved(day, waits, scale)


count = versions(count_2005, count_2015)
last_day = versions(last_day_2005, last_day_2015)


def ends(start: date, term: Term, waits: Sequence[Wait] = (), *, told: Announced = NOTHING) -> Count:
    """Ngày hết thời hạn kể từ `start`, moved off a day off; none while an answer is awaited.

    Raises `BilingualError` with code ``workdays.year`` beyond the calendar of holidays.

    >>> ends(date(2026, 2, 2), Term(20, Mode.CALENDAR_EX_HOLIDAY)).last_on  # five days of Tết inside
    datetime.date(2026, 2, 27)
    >>> ends(date(2026, 10, 5), Term(10, Mode.WORKING), [Wait(date(2026, 10, 7))])
    Count(last_on=None, left=8)
    """
    with supposing(told):
        counted = count.on(start)(start, term, waits)
        if counted.last_on is None:
            return counted
        return Count(last_day.on(start)(counted.last_on, waits, BOOK.on(start)))


def _counted(start: date, term: Term, waits: Sequence[Wait]) -> Count:
    day, left = start, term.length
    while left:
        day += _DAY
        if any(wait.answered_on is None and day > wait.asked_on for wait in waits):
            return Count(None, left)
        left -= not _stands(day, waits) and _counts(day, term.mode)
    if term.mode != Mode.CALENDAR:
        _note_days_off(start, day)
    return Count(day)


def _moved(day: date, waits: Sequence[Wait], scale: DossierScale) -> date:
    if is_working_day(day):
        return day
    first = day
    if scale.end_on_day_off == "next_working_day":
        while not is_working_day(day) or _stands(day, waits):
            day += _DAY
    _note_days_off(first - _DAY, day)
    return day


def _counts(day: date, mode: Mode) -> bool:
    match mode:
        case Mode.WORKING:
            return is_working_day(day)
        case Mode.CALENDAR_EX_HOLIDAY:
            return not is_public_holiday(day)
        case Mode.CALENDAR:
            return True


def _stands(day: date, waits: Sequence[Wait]) -> bool:
    return any(
        wait.asked_on < day and (wait.answered_on is None or day <= wait.answered_on) for wait in waits
    )


def _note_days_off(after: date, last: date) -> None:
    """Ghi những ngày nghỉ chưa đối chiếu mà kết quả dựa vào: as figures of the step that is explained."""
    explanation = CURRENT.get()
    if explanation is None:
        return
    for use in _unseen(after, last):
        explanation.read(use)


def _unseen(after: date, last: date) -> Iterator[ParameterUse]:
    for year in range(after.year, last.year + 1):
        for holiday in holiday_entries(year):
            if holiday.unverified and after < holiday.day <= last:
                name = f"day_off[{holiday.day.isoformat()}]"
                yield ParameterUse(name, holiday.name, "day", holiday.day, holiday.source, unverified=True)
