"""Thời gian nghỉ khi sinh con, nhận con, mất thai: months and days of leave, and where they end."""

import calendar
from datetime import date, timedelta

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.maternity.book import MaternityScale
from ansinh.law.maternity.facts import Leave

MONTHS_TERM = "số tháng nghỉ khi sinh con"
LOSS_TERM = "số ngày nghỉ tối đa khi mất thai"
SPAN_TERM = "thời gian nghỉ khi sinh con"
SURROGATE_TERM = "thời gian nghỉ của lao động nữ mang thai hộ"
CHILD_TERM = "thời gian nghỉ chăm sóc con đến đủ tháng tuổi"

_DAY = timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """Ngày tương ứng sau `months` tháng: the last day of the month where there is no such day.

    >>> months_on(date(2026, 8, 31), 6), months_on(date(2016, 3, 15), 6)
    (datetime.date(2027, 2, 28), datetime.date(2016, 9, 15))
    """
    month = Month.of(day) + months
    return month.first_day.replace(day=min(day.day, calendar.monthrange(month.year, month.month)[1]))


def last_day_of(first: date, months: int) -> date:
    """Ngày cuối của `months` tháng kể từ `first`.

    >>> last_day_of(date(2016, 3, 15), 6), last_day_of(date(2026, 8, 31), 6)
    (datetime.date(2016, 9, 14), datetime.date(2027, 2, 28))
    """
    end = months_on(first, months)
    return end if end.day < first.day else end - _DAY


def months_and_days(leave: Leave) -> tuple[int, int]:
    """Số tháng tròn và số ngày lẻ của một thời gian nghỉ.

    >>> months_and_days(Leave(date(2016, 3, 15), date(2016, 9, 14)))
    (6, 0)
    >>> months_and_days(Leave(date(2016, 3, 15), date(2016, 9, 20)))
    (6, 6)
    """
    if leave.last < leave.first:
        return 0, 0
    months = Month.of(leave.last) - Month.of(leave.first) + 1
    while months and last_day_of(leave.first, months) > leave.last:
        months -= 1
    odd_from = last_day_of(leave.first, months) + _DAY if months else leave.first
    return months, (leave.last - odd_from).days + 1


@provision(
    "maternity.birth_months",
    clause="58/2014/QH13, Điều 34 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=MONTHS_TERM,
)
def birth_months_2014(children: int, child_order: int | None, scale: MaternityScale) -> int:  # noqa: ARG001 - as its last version
    """6 months; for several children one more for each from the second on."""
    found: int = scale.birth_leave_months + scale.months_per_further_child * (children - 1)
    return found


@provision(
    "maternity.birth_months",
    clause="41/2024/QH15, Điều 53 khoản 1; 45/2019/QH14, Điều 139 khoản 1",
    since="2025-07-01",
    until="2026-06-30",
    term=MONTHS_TERM,
)
def birth_months_2024(children: int, child_order: int | None, scale: MaternityScale) -> int:  # noqa: ARG001 - as its last version
    """6 months; for several children one more for each from the second on."""
    found: int = scale.birth_leave_months + scale.months_per_further_child * (children - 1)
    return found


@provision(
    "maternity.birth_months",
    clause="45/2019/QH14, Điều 139 khoản 1; 113/2025/QH15, Điều 29 khoản 1; 168/2026/NĐ-CP, Điều 2 khoản 1",
    since="2026-07-01",
    term=MONTHS_TERM,
)
def birth_months_2026(children: int, child_order: int | None, scale: MaternityScale) -> int:
    """7 months for the second child: at birth the mother has one living child of her own."""
    is_second = child_order == scale.second_child
    months: int = scale.second_child_leave_months if is_second else scale.birth_leave_months
    further: int = scale.months_per_further_child * (children - 1)
    return months + further


birth_months = versions(birth_months_2014, birth_months_2024, birth_months_2026)


@provision(
    "maternity.birth_leave",
    clause="58/2014/QH13, Điều 34 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=SPAN_TERM,
)
def birth_leave_2014(birth: date, asked_from: date | None, months: int, scale: MaternityScale) -> Leave:
    """From the day asked for, at most 2 months before birth; from the birth at the latest."""
    return _birth_leave(birth, asked_from, months, scale)


@provision(
    "maternity.birth_leave",
    clause="41/2024/QH15, Điều 53 khoản 1; 45/2019/QH14, Điều 139 khoản 1",
    since="2025-07-01",
    term=SPAN_TERM,
)
def birth_leave_2024(birth: date, asked_from: date | None, months: int, scale: MaternityScale) -> Leave:
    """From the day asked for, at most 2 months before birth; from the birth at the latest."""
    return _birth_leave(birth, asked_from, months, scale)


birth_leave = versions(birth_leave_2014, birth_leave_2024)


def _birth_leave(birth: date, asked_from: date | None, months: int, scale: MaternityScale) -> Leave:
    earliest = months_on(birth, -scale.months_before_birth)
    first = birth if asked_from is None else min(max(asked_from, earliest), birth)
    return Leave(first, last_day_of(first, months))


@provision(
    "maternity.child_death",
    clause="58/2014/QH13, Điều 34 khoản 3; 59/2015/TT-BLĐTBXH, Điều 10 khoản 1 điểm b, khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="ngày cuối nghỉ khi con chết",
)
def last_day_after_child_death(birth: date, death: date, leave_end: date, scale: MaternityScale) -> date:
    """A child under 2 months: 4 months from birth; else 2 months from the death; never beyond the leave.

    Law 41/2024 has no such rule: the leave runs to its end.
    """
    if death < months_on(birth, scale.young_child_months):
        end = last_day_of(birth, scale.months_after_young_child_death)
    else:
        end = last_day_of(death, scale.months_after_child_death)
    return min(end, leave_end)


@provision(
    "maternity.child_care_leave",
    clause="58/2014/QH13, Điều 35 khoản 2, Điều 36; 115/2015/NĐ-CP, Điều 4 khoản 1 điểm b",
    since="2016-01-01",
    until="2025-06-30",
    term=CHILD_TERM,
)
def child_care_leave_2014(received: date, birth: date, further_months: int, scale: MaternityScale) -> Leave:
    """From the day the child is received until it is 6 months old, and the further months after that."""
    return _child_care_leave(received, birth, further_months, scale)


@provision(
    "maternity.child_care_leave",
    clause="41/2024/QH15, Điều 55 khoản 1, Điều 56 khoản 1; 12/2025/TT-BNV, Điều 9 khoản 2",
    since="2025-07-01",
    term=CHILD_TERM,
)
def child_care_leave_2024(received: date, birth: date, further_months: int, scale: MaternityScale) -> Leave:
    """From the day the child is received until it is 6 months old, and the further months after that."""
    return _child_care_leave(received, birth, further_months, scale)


child_care_leave = versions(child_care_leave_2014, child_care_leave_2024)


def _child_care_leave(received: date, birth: date, further_months: int, scale: MaternityScale) -> Leave:
    return Leave(received, last_day_of(birth, scale.child_care_months + further_months))


@provision(
    "maternity.surrogate_leave",
    clause="58/2014/QH13, Điều 35 khoản 1; 115/2015/NĐ-CP, Điều 3 khoản 3 điểm b",
    since="2016-01-01",
    until="2025-06-30",
    term=SURROGATE_TERM,
)
def surrogate_leave_2014(birth: date, birth_leave: Leave, ended: date | None, scale: MaternityScale) -> Leave:
    """Until the child is handed over or dies; at least 60 days from the birth, at most a birth's leave."""
    return _surrogate_leave(birth, birth_leave, ended, scale)


@provision(
    "maternity.surrogate_leave",
    clause="41/2024/QH15, Điều 54 khoản 3 điểm a",
    since="2025-07-01",
    term=SURROGATE_TERM,
)
def surrogate_leave_2024(birth: date, birth_leave: Leave, ended: date | None, scale: MaternityScale) -> Leave:
    """Until the child is handed over or dies; at least 60 days from the birth, at most a birth's leave."""
    return _surrogate_leave(birth, birth_leave, ended, scale)


surrogate_leave = versions(surrogate_leave_2014, surrogate_leave_2024)


def _surrogate_leave(birth: date, birth_leave: Leave, ended: date | None, scale: MaternityScale) -> Leave:
    least = birth + (scale.surrogate_least_days - 1) * _DAY
    last = birth_leave.last if ended is None else max(ended, least)
    return Leave(birth_leave.first, min(last, birth_leave.last))


@provision(
    "maternity.loss_days",
    clause="58/2014/QH13, Điều 33 khoản 1; 59/2015/TT-BLĐTBXH, Điều 10 khoản 1 điểm a",
    since="2016-01-01",
    until="2025-06-30",
    term=LOSS_TERM,
)
def loss_days_2014(pregnancy_weeks: int, scale: MaternityScale) -> int:
    """10 days below 5 weeks, 20 below 13, 40 below 25, 50 above; weekly rest and holidays included."""
    return _loss_days(pregnancy_weeks, scale)


@provision(
    "maternity.loss_days",
    clause="41/2024/QH15, Điều 52 khoản 1",
    since="2025-07-01",
    term=LOSS_TERM,
)
def loss_days_2024(pregnancy_weeks: int, scale: MaternityScale) -> int:
    """10 days below 5 weeks, 20 below 13, 40 below 22, 50 above; weekly rest and holidays included."""
    return _loss_days(pregnancy_weeks, scale)


loss_days = versions(loss_days_2014, loss_days_2024)


def _loss_days(pregnancy_weeks: int, scale: MaternityScale) -> int:
    days = scale.loss_days
    found: int = days[max(weeks for weeks in days if weeks <= pregnancy_weeks)]
    return found


@provision(
    "maternity.late_loss",
    clause="41/2024/QH15, Điều 52 khoản 2; 168/2026/NĐ-CP, Điều 2 khoản 2",
    since="2025-07-01",
    term="mất thai được nghỉ như sinh con",
)
def late_loss_as_birth(pregnancy_weeks: int, eligible: bool, scale: MaternityScale) -> bool:
    """From 22 weeks on, for who is entitled at birth; never the longer leave of a second child."""
    late: bool = eligible and pregnancy_weeks >= scale.late_loss_weeks
    return late
