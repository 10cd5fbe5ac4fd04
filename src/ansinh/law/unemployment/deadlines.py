"""Thời hạn: deadlines in working days of the employment office, and in months.

The day from which a deadline runs is not counted. Offices rest on Saturday, Sunday and public holidays: those
a case names, else the official calendar. A deadline of months that ends on a day of rest ends on the next
working day (28/2015/TT-BLĐTBXH, Điều 20 khoản 3).
"""

from collections.abc import Collection
from datetime import date, timedelta

from ansinh.kernel.workdays import FIRST_YEAR, NOTHING, OFFICE, is_working_day
from ansinh.law.unemployment.book import BOOK
from ansinh.law.unemployment.periods import months_after

Holidays = Collection[date] | None
"""Ngày nghỉ lễ, tết: None means the official calendar."""


def works(day: date, holidays: Holidays = None) -> bool:
    """Cơ quan có làm việc ngày ấy không."""
    if holidays is not None:
        return day.weekday() not in OFFICE.rest and day not in holidays
    if day.year < FIRST_YEAR:
        off = BOOK.office_holidays_2015.on(day)
        return day.weekday() not in OFFICE.rest and day.isoformat() not in off
    return is_working_day(day, told=NOTHING)


def working_days_after(day: date, number: int, holidays: Holidays = None) -> date:
    """Ngày làm việc thứ `number` sau `day`.

    >>> working_days_after(date(2022, 5, 4), 15)
    datetime.date(2022, 5, 25)
    """
    while number:
        day += timedelta(days=1)
        number -= works(day, holidays)
    return day


def first_working_day(day: date, holidays: Holidays = None) -> date:
    """Ngày làm việc đầu tiên: `day` itself or the next.

    >>> first_working_day(date(2022, 5, 22))
    datetime.date(2022, 5, 23)
    """
    while not works(day, holidays):
        day += timedelta(days=1)
    return day


def months_deadline(day: date, months: int, holidays: Holidays = None) -> date:
    """Ngày cuối của thời hạn tính bằng tháng, moved to a working day.

    >>> months_deadline(date(2022, 5, 4), 3)
    datetime.date(2022, 8, 4)
    """
    return first_working_day(months_after(day, months), holidays)
