"""Xét một tháng có phải đóng không: from days counted or from the periods of leave themselves."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from ansinh.kernel.months import Month
from ansinh.law.contributions.book import BOOK
from ansinh.law.contributions.coverage import Absence, maternity_days_counted
from ansinh.law.contributions.coverage import month_due as month_due_versions
from ansinh.law.contributions.facts import MonthDue
from ansinh.law.contributions.groups import WorkerGroup

SUNDAY = 6


def absent_working_days(
    month: Month,
    absences: Iterable[tuple[date, date]],
    *,
    weekly_rest: Collection[int] = (SUNDAY,),
    holidays: Collection[date] = (),
) -> int:
    """Ngày làm việc vắng trong tháng: days of `absences` (first and last included) that are in `month`.

    `weekly_rest` are weekdays as `date.weekday()` numbers them (Monday 0); a day in two absences counts once.

    >>> absent_working_days(Month(2016, 4), [(date(2016, 4, 5), date(2016, 4, 11))])
    6
    """
    days: set[date] = set()
    for first, last in absences:
        start, end = max(first, month.first_day), min(last, month.last_day)
        days |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    return sum(1 for day in days if day.weekday() not in weekly_rest and day not in holidays)


def month_due(
    month: Month,
    *,
    unpaid_days: int = 0,
    sick_days: int = 0,
    maternity_days: int = 0,
    maternity_months_recorded: int = 0,
    first_month: bool = False,
    agreed: bool = False,
    worker_group: WorkerGroup = WorkerGroup.EMPLOYEE,
) -> MonthDue:
    """Tháng phải đóng: whether social insurance is due for `month`, and whether the month counts.

    Days are working days of the month without work and pay: unpaid, on sickness benefit, on maternity leave.
    Maternity days no longer decide once the whole leave is recorded in other months.

    >>> month_due(Month(2026, 5), unpaid_days=14)
    MonthDue(due=False, counted=False)
    """
    scale = BOOK.on(month)
    on_maternity = maternity_days_counted(maternity_days, maternity_months_recorded, scale)
    absence = Absence(unpaid_days, sick_days, on_maternity, first_month, agreed)
    return month_due_versions.on(month)(worker_group, absence, scale)
