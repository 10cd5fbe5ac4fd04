"""Tháng hưởng, tháng học: months that run from day to day, and how many are due."""

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.engine import provision
from ansinh.law.unemployment.book import UnemploymentScale


class Period(NamedTuple):
    """Một khoảng thời gian: first and last day included."""

    first: date
    last: date


class Length(NamedTuple):
    """Độ dài: whole months and the odd days left over."""

    months: int
    days: int


def months_after(day: date, months: int) -> date:
    """Ngày tương ứng sau số tháng; the last day of the month where there is no such day.

    >>> months_after(date(2022, 1, 31), 1)
    datetime.date(2022, 2, 28)
    """
    month = Month.of(day) + months
    return date(month.year, month.month, min(day.day, calendar.monthrange(month.year, month.month)[1]))


def last_day_of(start: date, months: int) -> date:
    """Ngày cuối của tháng thứ `months` kể từ `start`: the day before the same day of the later month.

    Where the later month has no such day its last day is the end.

    >>> last_day_of(date(2015, 3, 11), 3), last_day_of(date(2022, 1, 31), 1)
    (datetime.date(2015, 6, 10), datetime.date(2022, 2, 28))
    """
    same = months_after(start, months)
    return same - timedelta(days=1) if same.day == start.day else same


def length(first: date, last: date) -> Length:
    """Số tháng tròn từ ngày đến ngày: with the days left over.

    >>> length(date(2015, 3, 5), date(2015, 5, 15)), length(date(2015, 3, 5), date(2015, 6, 4))
    (Length(months=2, days=11), Length(months=3, days=0))
    """
    months = 0
    while last_day_of(first, months + 1) <= last:
        months += 1
    return Length(months, (last - last_day_of(first, months)).days)


@provision(
    "unemployment.benefit_months",
    clause="38/2013/QH13, Điều 50 khoản 2; 74/2025/QH15, Điều 39 khoản 2",
    since="2015-01-01",
    term="số tháng hưởng trợ cấp thất nghiệp",
)
def benefit_months(ui_months: int, scale: UnemploymentScale) -> int:
    """Three months for 12 to 36 contributed months, one more for each further 12, at most 12."""
    if ui_months < scale.minimum_months:
        return 0
    further = max(0, ui_months - scale.first_step_months) // scale.months_per_benefit_month
    found: int = min(scale.first_step_benefit_months + further, scale.most_benefit_months)
    return found


@provision(
    "unemployment.benefit_period",
    clause="28/2015/TT-BLĐTBXH, Điều 8 khoản 2; 15/2023/TT-BLĐTBXH, Điều 1 khoản 3; "
    "374/2025/NĐ-CP, Điều 15 khoản 2",
    since="2015-01-01",
    term="tháng hưởng trợ cấp thất nghiệp",
)
def benefit_period(benefit_start: date, number: int) -> Period:
    """The benefit month of a number, from the day the benefit began to that day of the next month less one.

    Where a month has no such day the benefit month ends on its last day; the next begins the day after. The
    first circular did not say so; the days are the same.
    """
    first = last_day_of(benefit_start, number - 1) + timedelta(days=1)
    return Period(first, last_day_of(benefit_start, number))


def benefit_periods(benefit_start: date, months: int) -> list[Period]:
    """Các tháng hưởng: in order, without gap.

    >>> [period.last.day for period in benefit_periods(date(2022, 1, 31), 4)]
    [28, 30, 30, 30]
    """
    return [benefit_period(benefit_start, number) for number in range(1, months + 1)]


def month_of(day: date, benefit_start: date) -> int:
    """Tháng hưởng chứa một ngày: 1 for the first; `day` is not before `benefit_start`.

    >>> month_of(date(2015, 4, 25), date(2015, 3, 2))
    2
    """
    number = 1
    while last_day_of(benefit_start, number) < day:
        number += 1
    return number


HALF = Fraction(1, 2)


def with_halves(measured: Length, half_month_days: int) -> Fraction:
    """Số tháng tính hỗ trợ: odd days up to `half_month_days` are half a month, more are one month.

    >>> with_halves(Length(2, 11), 14), with_halves(Length(2, 15), 14), with_halves(Length(2, 0), 14)
    (Fraction(5, 2), Fraction(3, 1), Fraction(2, 1))
    """
    if not measured.days:
        return Fraction(measured.months)
    return measured.months + (HALF if measured.days <= half_month_days else Fraction(1))
