"""Các đợt nghỉ: periods off work, in calendar days and in working days.

Weekly rest and public holidays are no working days (58/2014/QH13, Điều 26; 41/2024/QH15, Điều 43).
Holidays are those of the official calendar unless a case names its own; a day in two periods counts once.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ansinh.kernel.workdays import SUNDAY, SUNDAY_ONLY, holidays_of


class Absence(NamedTuple):
    """Một đợt nghỉ, first and last day included."""

    first: date
    last: date


class Rest(NamedTuple):
    """Ngày không làm việc: `weekdays` of rest (Monday 0), single `days` of rest, and `holidays`.

    With `days` (individually rostered rest) no weekday is a day of rest. `holidays` None means the official
    calendar.
    """

    weekdays: frozenset[int] = frozenset({SUNDAY})
    days: frozenset[date] = frozenset()
    holidays: frozenset[date] | None = None

    def covers(self, day: date) -> bool:
        """Whether nobody would have worked on `day`. Raises `BilingualError` outside the calendar's years."""
        rests = day in self.days if self.days else day.weekday() in self.weekdays
        return rests or self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Ngày nghỉ lễ, tết."""
        if self.holidays is not None:
            return day in self.holidays
        return day in holidays_of(day.year, week=SUNDAY_ONLY)


def calendar_days(absences: Iterable[Absence]) -> list[date]:
    """Các ngày nghỉ theo lịch, each once, in order.

    >>> week, weekend = (date(2026, 5, 4), date(2026, 5, 8)), (date(2026, 5, 8), date(2026, 5, 9))
    >>> len(calendar_days([Absence(*week), Absence(*weekend)]))
    6
    """
    days = {
        absence.first + timedelta(days=n)
        for absence in absences
        for n in range((absence.last - absence.first).days + 1)
    }
    return sorted(days)


def working_days(absences: Iterable[Absence], rest: Rest = Rest()) -> list[date]:  # noqa: B008 - immutable
    """Các ngày nghỉ là ngày làm việc, each once, in order.

    >>> len(working_days([Absence(date(2025, 10, 13), date(2025, 10, 23))], Rest(frozenset({5, 6}))))
    9
    """
    return [day for day in calendar_days(absences) if not rest.covers(day)]


def weekly_rest(
    *weekdays: int, days: Collection[date] = (), holidays: Collection[date] | None = None
) -> Rest:
    """Ngày nghỉ hằng tuần: weekdays as `date.weekday()` numbers them; Sunday when none is named."""
    return Rest(
        frozenset(weekdays) or frozenset({SUNDAY}),
        frozenset(days),
        None if holidays is None else frozenset(holidays),
    )
