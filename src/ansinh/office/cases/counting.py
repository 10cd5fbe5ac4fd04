"""Đếm ngày của một thời hạn: working days, calendar days, calendar days without public holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ansinh.kernel import workdays

DAY = timedelta(days=1)


def count(start: date, days: int, mode: str, pauses: Sequence[tuple[date, date]] = ()) -> date:
    """The last day of a term of `days` after `start`; a calendar term that ends on a day off ends later."""
    told = workdays.known()
    day, left = start, days
    while left:
        day += DAY
        if any(asked < day <= answered for asked, answered in pauses):
            continue
        if mode == "wd" and not workdays.is_working_day(day, told=told):
            continue
        if mode == "cal_ex_holiday" and day in workdays.holidays_of(day.year, told=told):
            continue
        left -= 1
    while mode != "wd" and not workdays.is_working_day(day, told=told):
        day += DAY
    return day
