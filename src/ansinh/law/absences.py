"""Các đợt nghỉ: periods off work, in calendar days and in working days.

Weekly rest and public holidays are no working days (58/2014/QH13, Điều 26; 41/2024/QH15, Điều 43).
Holidays are those of the official calendar, with days off in lieu for a holiday on a day of weekly rest,
unless a case names its own; a day in two periods counts once. Months run from a day to the day before its
namesake in the next month (59/2015/TT-BLĐTBXH, Điều 6 khoản 2 điểm b).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.workdays import NOTHING, SUNDAY, SUNDAY_ONLY, WorkWeek, holidays_of

ONE_DAY = timedelta(days=1)


class Absence(NamedTuple):
    """Một đợt nghỉ: first and last day included."""

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
        return day in _holidays(day.year, SUNDAY_ONLY if self.days else WorkWeek(self.weekdays))


def calendar_days(absences: Iterable[Absence]) -> list[date]:
    """Các ngày nghỉ theo lịch: each once, in order.

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
    """Các ngày nghỉ là ngày làm việc: each once, in order.

    >>> len(working_days([Absence(date(2025, 10, 13), date(2025, 10, 23))], Rest(frozenset({5, 6}))))
    9
    """
    return [day for day in calendar_days(absences) if not rest.covers(day)]


def working_days_by_year(absences: Iterable[Absence], rest: Rest = Rest()) -> dict[int, int]:  # noqa: B008 - immutable
    """Số ngày làm việc nghỉ theo năm dương lịch: first year first.

    >>> working_days_by_year([Absence(date(2016, 12, 30), date(2017, 1, 3))], weekly_rest(holidays=()))
    {2016: 2, 2017: 2}
    """
    return dict(sorted(Counter(day.year for day in working_days(absences, rest)).items()))


def runs(absences: Iterable[Absence]) -> list[Absence]:
    """Các đợt nghỉ liên tục: periods that touch or overlap joined, in order.

    >>> runs([Absence(date(2026, 5, 5), date(2026, 5, 8)), Absence(date(2026, 5, 1), date(2026, 5, 4))])
    [Absence(first=datetime.date(2026, 5, 1), last=datetime.date(2026, 5, 8))]
    """
    joined: list[Absence] = []
    for absence in sorted(absences):
        if joined and absence.first <= joined[-1].last + ONE_DAY:
            joined[-1] = Absence(joined[-1].first, max(joined[-1].last, absence.last))
        else:
            joined.append(absence)
    return joined


def months_after(first: date, months: int) -> date:
    """Ngày cùng số của tháng sau: where the month has no such day, the first of the month after.

    >>> months_after(date(2016, 1, 31), 1), months_after(date(2016, 1, 31), 2)
    (datetime.date(2016, 3, 1), datetime.date(2016, 3, 31))
    """
    month = Month.of(first) + months
    if first.day > month.days:
        return (month + 1).first_day
    return date(month.year, month.month, first.day)


def months_and_odd_days(absence: Absence) -> tuple[int, Absence | None]:
    """Số tháng tròn: from day to day, and the odd days left over (None when there are none).

    >>> months, odd = months_and_odd_days(Absence(date(2021, 5, 29), date(2021, 8, 25)))
    >>> months, str(odd.first), (odd.last - odd.first).days + 1
    (2, '2021-07-29', 28)
    """
    months = max(Month.of(absence.last) - Month.of(absence.first), 0)
    if months_after(absence.first, months + 1) - ONE_DAY <= absence.last:
        months += 1
    elif months and months_after(absence.first, months) - ONE_DAY > absence.last:
        months -= 1
    odd = months_after(absence.first, months)
    return months, Absence(odd, absence.last) if odd <= absence.last else None


@cache
def _holidays(year: int, week: WorkWeek) -> frozenset[date]:
    return frozenset(holidays_of(year, week=week, told=NOTHING))


def weekly_rest(
    *weekdays: int, days: Collection[date] = (), holidays: Collection[date] | None = None
) -> Rest:
    """Ngày nghỉ hằng tuần: weekdays as `date.weekday()` numbers them; Sunday when none is named."""
    return Rest(
        frozenset(weekdays) or frozenset({SUNDAY}),
        frozenset(days),
        None if holidays is None else frozenset(holidays),
    )
