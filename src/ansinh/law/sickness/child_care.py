"""Chế độ khi chăm sóc con ốm đau: each parent for himself, by child and calendar year, in working days.

A day at home with several sick children is one day. It is charged to one of them, in the way that leaves the
most days payable. The child's age is that of the first day off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from ansinh.kernel.rounding import half_up
from ansinh.law.absences import working_days
from ansinh.law.engine import provision, versions
from ansinh.law.sickness import amounts
from ansinh.law.sickness.book import BOOK, SicknessScale
from ansinh.law.sickness.coverage import covered
from ansinh.law.sickness.facts import Insured
from ansinh.law.sickness.illness import (
    ANNUAL_CAP_USED,
    NO_WORKING_DAYS,
    NOT_COVERED,
    Leave,
    NeededFactError,
)

CHILD_TOO_OLD = "child_not_under_7"
AGE_TERM = "con còn trong độ tuổi được chăm sóc"
CAP_TERM = "số ngày chăm sóc con ốm đau tối đa trong một năm cho mỗi con"
DAYS_TERM = "số ngày hưởng chế độ khi chăm sóc con ốm đau"
RATE_TERM = "tỷ lệ hưởng khi chăm sóc con ốm đau"


class SickChild(NamedTuple):
    """Con ốm: age in full years between `youngest` and `oldest`, and the days it was ill, when told."""

    youngest: int
    oldest: int
    sick_from: date | None = None
    sick_to: date | None = None

    def is_sick(self, day: date) -> bool:
        """Whether the child was ill on `day`; always, as far as nobody told when."""
        return (self.sick_from is None or self.sick_from <= day) and (
            self.sick_to is None or day <= self.sick_to
        )


@dataclass(frozen=True, slots=True)
class ChildCarePay:
    """Trợ cấp khi chăm sóc con ốm đau; None for what the facts do not tell."""

    eligible: bool = True
    reason: str | None = None
    cap_days: int | None = None
    working_days: int | None = None
    days: int | None = None
    rate: Fraction | None = None
    amount: int | None = None


@provision(
    "sickness.child_age",
    clause="58/2014/QH13, Điều 25 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=AGE_TERM,
)
def is_young_2014(age_years: int, scale: SicknessScale) -> bool:
    """Under 7."""
    return bool(age_years < scale.child_age_limit)


@provision(
    "sickness.child_age",
    clause="41/2024/QH15, Điều 42 khoản 1 điểm e; 12/2025/TT-BNV, Điều 5 khoản 2",
    since="2025-07-01",
    term=AGE_TERM,
)
def is_young_2024(age_years: int, scale: SicknessScale) -> bool:
    """Under 7 when the absence begins."""
    return bool(age_years < scale.child_age_limit)


is_young = versions(is_young_2014, is_young_2024)


@provision(
    "sickness.child_cap",
    clause="58/2014/QH13, Điều 27 khoản 1, 2",
    since="2016-01-01",
    until="2025-06-30",
    term=CAP_TERM,
)
def child_cap_2014(age_years: int, scale: SicknessScale) -> int:
    """20 days under 3, 15 from 3 to under 7, for each parent."""
    return _cap(age_years, scale)


@provision(
    "sickness.child_cap",
    clause="41/2024/QH15, Điều 44 khoản 1, 2; 12/2025/TT-BNV, Điều 5 khoản 2",
    since="2025-07-01",
    term=CAP_TERM,
)
def child_cap_2024(age_years: int, scale: SicknessScale) -> int:
    """20 days under 3, 15 from 3 to under 7, for each parent."""
    return _cap(age_years, scale)


child_cap = versions(child_cap_2014, child_cap_2024)


def _cap(age_years: int, scale: SicknessScale) -> int:
    days = scale.child_cap_days
    found: int = days[max(age for age in days if age <= age_years)]
    return found


@provision(
    "sickness.child_days",
    clause="58/2014/QH13, Điều 27; 59/2015/TT-BLĐTBXH, Điều 5 khoản 1; "
    "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 4 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=DAYS_TERM,
)
def child_days_2014(working_days: int, within_caps: int) -> int:
    """The working days really spent with sick children, within the cap of each child."""
    return min(working_days, within_caps)


@provision(
    "sickness.child_days",
    clause="41/2024/QH15, Điều 44; 12/2025/TT-BNV, Điều 5 khoản 3, 4, 5",
    since="2025-07-01",
    term=DAYS_TERM,
)
def child_days_2024(working_days: int, within_caps: int) -> int:
    """The working days really spent with sick children, within the cap of each child."""
    return min(working_days, within_caps)


child_days = versions(child_days_2014, child_days_2024)


@provision(
    "sickness.child_rate",
    clause="58/2014/QH13, Điều 28 khoản 1; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 5 khoản 1 điểm c",
    since="2016-01-01",
    until="2025-06-30",
    term=RATE_TERM,
)
def child_rate_2014(scale: SicknessScale) -> Fraction:
    """75%, the armed forces included."""
    rate: Fraction = scale.rate
    return rate


@provision(
    "sickness.child_rate",
    clause="41/2024/QH15, Điều 45 khoản 2; 88/2025/TT-BCA, Điều 5 khoản 2",
    since="2025-07-01",
    term=RATE_TERM,
)
def child_rate_2024(scale: SicknessScale) -> Fraction:
    """75%, the armed forces included."""
    rate: Fraction = scale.rate
    return rate


child_rate = versions(child_rate_2014, child_rate_2024)


def most_days(
    days: Iterable[date], children: Sequence[SickChild], caps: Sequence[int], taken: int = 0
) -> int:
    """Số ngày nhiều nhất trong hạn mức: each day charged to the sick child whose illness ends first.

    `caps` are for each calendar year anew; `taken` days of each child are gone in the first year.

    >>> twins = [SickChild(4, 4), SickChild(4, 4)]
    >>> january = [date(2016, 1, day) for day in range(1, 32)]
    >>> most_days(january, twins, [15, 15]), most_days(january, twins[:1], [15])
    (30, 15)
    """
    paid, gone = 0, taken
    for _, of_year in groupby(days, key=lambda day: day.year):
        left = [max(cap - gone, 0) for cap in caps]
        gone = 0
        for day in of_year:
            open_ = [n for n, child in enumerate(children) if left[n] and child.is_sick(day)]
            if open_:
                first = min(open_, key=lambda n: children[n].sick_to or date.max)
                left[first] -= 1
                paid += 1
    return paid


def child_care_pay(
    children: Sequence[SickChild],
    leave: Leave,
    as_of: date,
    *,
    group: Insured = Insured.EMPLOYEE,
    taken_days: int = 0,
    wage: int | None = None,
) -> ChildCarePay:
    """Trợ cấp của một cha hoặc mẹ. Raises `NeededFactError` where an unknown age or split would decide."""
    scale = BOOK.on(as_of)
    if not covered.on(as_of)(group):
        return ChildCarePay(eligible=False, reason=NOT_COVERED)
    young = [child for child in children if _is_young(child, as_of)]
    if not young:
        return ChildCarePay(eligible=False, reason=CHILD_TOO_OLD)
    caps = [child_cap.on(as_of)(child.oldest, scale) for child in young]
    highest = [_cap(child.youngest, scale) for child in young]
    cap = caps[0] if len({*caps, *highest}) == 1 else None
    rate = child_rate.on(as_of)(scale)
    away, within = _paid(young, leave, caps, taken_days)
    if away is None:
        return ChildCarePay(cap_days=cap, rate=rate)
    if within != _paid(young, leave, highest, taken_days)[1]:
        raise NeededFactError("children")
    if len(young) > 1 and within != _paid(young, leave, caps, 0)[1]:
        raise NeededFactError("taken_days")
    days = child_days.on(as_of)(away, within)
    if days == 0:
        reason = ANNUAL_CAP_USED if away else NO_WORKING_DAYS
        return ChildCarePay(eligible=False, reason=reason, cap_days=cap, working_days=away, days=0)
    amount = None if wage is None else half_up(amounts.by_days.on(as_of)(wage, rate, days, scale))
    return ChildCarePay(cap_days=cap, working_days=away, days=days, rate=rate, amount=amount)


def _is_young(child: SickChild, as_of: date) -> bool:
    scale = BOOK.on(as_of)
    if child.youngest != child.oldest and child.youngest < scale.child_age_limit <= child.oldest:
        raise NeededFactError("children")
    young: bool = is_young.on(as_of)(child.oldest, scale)
    return young


def _paid(
    children: Sequence[SickChild], leave: Leave, caps: Sequence[int], taken: int
) -> tuple[int | None, int]:
    """Working days at home with a sick child, and how many of them the caps allow."""
    if leave.absences:
        days = [
            day
            for day in working_days(leave.absences, leave.rest)
            if any(child.is_sick(day) for child in children)
        ]
        return len(days), most_days(days, children, caps, taken)
    if leave.days is None:
        return None, 0
    return leave.days, min(leave.days, sum(max(cap - taken, 0) for cap in caps))
