"""Dưỡng sức, phục hồi sức khỏe: after sickness and after maternity.

After sickness the days are of the calendar year in which the condition was met, whatever the year in which
they are taken. After maternity the most days were of the calendar year under the law of 2014 (letter
3432/LĐTBXH-BHXH of 2016, 2 điểm e), and are of each maternity leave under that of 2024.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.absences import ONE_DAY, Absence, calendar_days, working_days_by_year
from ansinh.law.engine import provision, versions
from ansinh.law.sickness.book import BOOK, SicknessScale
from ansinh.law.sickness.coverage import covered, covered_after_birth
from ansinh.law.sickness.facts import Delivery, Illness, Insured
from ansinh.law.sickness.illness import ANNUAL_CAP_USED, NOT_COVERED, NeededFactError

FEW_SICK_DAYS = "insufficient_sick_days"
TOO_LATE = "too_late"

ENOUGH_TERM = "đã nghỉ ốm đủ số ngày trong năm"
WINDOW_TERM = "trong khoảng thời gian được nghỉ dưỡng sức"
ILLNESS_TERM = "số ngày nghỉ dưỡng sức tối đa sau ốm đau"
BIRTH_TERM = "số ngày nghỉ dưỡng sức tối đa sau thai sản"
DAILY_TERM = "mức hưởng dưỡng sức một ngày"
YEAR_TERM = "năm tính thời gian nghỉ dưỡng sức"


@dataclass(frozen=True, slots=True)
class RestLeave:
    """Lần nghỉ dưỡng sức: first day, and length in calendar days; None for what is not told."""

    first: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Convalescence:
    """Dưỡng sức, phục hồi sức khỏe; None for what the facts do not tell (`eligible` too)."""

    eligible: bool | None = None
    reason: str | None = None
    max_days: int | None = None
    days: int | None = None
    counted_for_year: int | None = None
    daily: int | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class SickTime:
    """Thời gian đã nghỉ ốm: days in the year so far, or the periods; `illness` is the last one."""

    illness: Illness | None = None
    days_in_year: int | None = None
    absences: tuple[Absence, ...] = ()


@provision(
    "convalescence.sick_enough",
    clause="58/2014/QH13, Điều 29 khoản 1; 59/2015/TT-BLĐTBXH, Điều 7 khoản 1; "
    "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 6 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=ENOUGH_TERM,
)
def sick_enough_2014(sick_days: int, scale: SicknessScale) -> bool:
    """30 days of sickness benefit or more in the year."""
    return bool(sick_days >= scale.convalescence_sick_days)


@provision(
    "convalescence.sick_enough",
    clause="41/2024/QH15, Điều 46 khoản 1; 12/2025/TT-BNV, Điều 7 khoản 1",
    since="2025-07-01",
    term=ENOUGH_TERM,
)
def sick_enough_2024(sick_days: int, scale: SicknessScale) -> bool:
    """30 days of sickness benefit or more in the year."""
    return bool(sick_days >= scale.convalescence_sick_days)


sick_enough = versions(sick_enough_2014, sick_enough_2024)


@provision(
    "convalescence.in_time",
    clause="58/2014/QH13, Điều 29 khoản 1, Điều 41 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=WINDOW_TERM,
)
def in_time_2014(leave_from: date, ended: date, returned: date, scale: SicknessScale) -> bool:  # noqa: ARG001 - as its second version
    """Begun within the first 30 days back at work."""
    return leave_from < returned + timedelta(days=scale.convalescence_window_days)


@provision(
    "convalescence.in_time",
    clause="41/2024/QH15, Điều 46 khoản 1, Điều 60 khoản 1",
    since="2025-07-01",
    term=WINDOW_TERM,
)
def in_time_2024(leave_from: date, ended: date, returned: date, scale: SicknessScale) -> bool:  # noqa: ARG001 - as its first version
    """Begun within 30 days after the last day of the leave on benefit."""
    return leave_from <= ended + timedelta(days=scale.convalescence_window_days)


in_time = versions(in_time_2014, in_time_2024)


@provision(
    "convalescence.year",
    clause="58/2014/QH13, Điều 29 khoản 1, Điều 41 khoản 1; 59/2015/TT-BLĐTBXH, Điều 7 khoản 2, "
    "Điều 13 khoản 2; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 6 khoản 3, Điều 11 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term=YEAR_TERM,
)
def counted_year_2014(met_in: int) -> int:
    """The year in which the condition was met, also for days taken in the next."""
    return met_in


@provision(
    "convalescence.year",
    clause="41/2024/QH15, Điều 46 khoản 1, Điều 60 khoản 1; 88/2025/TT-BCA, Điều 6 khoản 3, Điều 10 khoản 3",
    since="2025-07-01",
    term=YEAR_TERM,
)
def counted_year_2024(met_in: int) -> int:
    """The year in which the condition was met, also for days taken in the next."""
    return met_in


counted_year = versions(counted_year_2014, counted_year_2024)


@provision(
    "convalescence.after_illness",
    clause="58/2014/QH13, Điều 29 khoản 2; 59/2015/TT-BLĐTBXH, Điều 7; 06/2021/TT-BLĐTBXH, Điều 1 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term=ILLNESS_TERM,
)
def after_illness_2014(last_illness: Illness, taken_days: int, scale: SicknessScale) -> int:
    """10, 7 or 5 days in the year by the last illness, less those already taken."""
    return max(int(scale.convalescence_days_after_illness[last_illness.value]) - taken_days, 0)


@provision(
    "convalescence.after_illness",
    clause="41/2024/QH15, Điều 46 khoản 2; 12/2025/TT-BNV, Điều 7 khoản 2",
    since="2025-07-01",
    term=ILLNESS_TERM,
)
def after_illness_2024(last_illness: Illness, taken_days: int, scale: SicknessScale) -> int:
    """10, 7 or 5 days in the year by the last illness, less those already taken."""
    return max(int(scale.convalescence_days_after_illness[last_illness.value]) - taken_days, 0)


after_illness = versions(after_illness_2014, after_illness_2024)


@provision(
    "convalescence.after_birth",
    clause="58/2014/QH13, Điều 41 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=BIRTH_TERM,
)
def after_birth_2014(delivery: Delivery, taken_days: int, scale: SicknessScale) -> int:
    """10, 7 or 5 days in the calendar year, less those already taken."""
    return max(int(scale.convalescence_days_after_birth[delivery.value]) - taken_days, 0)


@provision(
    "convalescence.after_birth",
    clause="41/2024/QH15, Điều 60 khoản 2; 12/2025/TT-BNV, Điều 11 khoản 1",
    since="2025-07-01",
    term=BIRTH_TERM,
)
def after_birth_2024(delivery: Delivery, taken_days: int, scale: SicknessScale) -> int:  # noqa: ARG001 - as its first version
    """10, 7 or 5 days for each maternity leave, whatever was taken after another in the year."""
    days: int = scale.convalescence_days_after_birth[delivery.value]
    return days


after_birth = versions(after_birth_2014, after_birth_2024)


@provision(
    "convalescence.daily",
    clause="58/2014/QH13, Điều 29 khoản 3, Điều 41 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term=DAILY_TERM,
)
def daily_2014(scale: SicknessScale) -> Fraction:
    """30% of the base salary."""
    amount: Fraction = scale.base_salary * scale.convalescence_rate
    return amount


@provision(
    "convalescence.daily",
    clause="41/2024/QH15, Điều 46 khoản 3, Điều 60 khoản 3, Điều 141 khoản 13",
    since="2025-07-01",
    term=DAILY_TERM,
)
def daily_2024(scale: SicknessScale) -> Fraction:
    """30% of the reference level."""
    amount: Fraction = scale.base_salary * scale.convalescence_rate
    return amount


daily = versions(daily_2014, daily_2024)


def sick_days_by_year(sick: SickTime, as_of: date, group: Insured) -> dict[int, int]:
    """Số ngày đã hưởng chế độ ốm đau theo năm: calendar days of a long-term disease under the law of 2014.

    Otherwise working days, Sunday being the day of rest.
    """
    by_calendar = sick.illness == Illness.LONG_TERM and group != Insured.ARMED_FORCES
    if by_calendar and as_of in sick_enough_2014.period:
        found: dict[int, int] = {}
        for day in calendar_days(sick.absences):
            found[day.year] = found.get(day.year, 0) + 1
        return found
    return working_days_by_year(sick.absences)


def after_sickness(
    sick: SickTime,
    rest: RestLeave,
    as_of: date,
    *,
    group: Insured = Insured.EMPLOYEE,
    taken_days: int = 0,
    returned: date | None = None,
    base_salary: int | None = None,
) -> Convalescence:
    """Dưỡng sức sau ốm đau. Raises `NeededFactError` where the unknown illness decides the days claimed."""
    scale = BOOK.on(as_of)
    if not covered.on(as_of)(group):
        return Convalescence(eligible=False, reason=NOT_COVERED)
    ended = max((one.last for one in sick.absences), default=None)
    met = _met(sick, as_of, group)
    if met is not None and not met:
        return Convalescence(eligible=False, reason=FEW_SICK_DAYS)
    if not _in_time(rest, ended, returned, as_of):
        return Convalescence(eligible=False, reason=TOO_LATE)
    year = _year(ended, returned, rest, as_of) if sick.days_in_year is not None else None
    if met and sick.days_in_year is None:
        year = counted_year.on(as_of)(max(met))
    most = None
    if sick.illness is not None:
        most = after_illness.on(as_of)(sick.illness, taken_days, scale)
    else:
        _need_not_know("last_illness", scale.convalescence_days_after_illness, taken_days, rest)
    return _paid(most, rest, as_of, year, base_salary, eligible=None if met is None else True)


def after_maternity(
    delivery: Delivery | None,
    rest: RestLeave,
    as_of: date,
    *,
    group: Insured = Insured.EMPLOYEE,
    taken_days: int = 0,
    ended: date | None = None,
    returned: date | None = None,
    base_salary: int | None = None,
) -> Convalescence:
    """Dưỡng sức sau thai sản. Raises `NeededFactError` where the unknown delivery decides the days."""
    if not covered_after_birth.on(as_of)(group):
        return Convalescence(eligible=False, reason=NOT_COVERED)
    if not _in_time(rest, ended, returned, as_of):
        return Convalescence(eligible=False, reason=TOO_LATE)
    year = _year(ended, returned, rest, as_of)
    most = None
    if delivery is not None:
        most = after_birth.on(as_of)(delivery, taken_days, BOOK.on(as_of))
    else:
        _need_not_know("delivery", BOOK.on(as_of).convalescence_days_after_birth, taken_days, rest)
    return _paid(most, rest, as_of, year, base_salary, eligible=True)


def _met(sick: SickTime, as_of: date, group: Insured) -> tuple[int, ...] | None:
    """The years in which there were sick days enough; None when nothing tells how many there were."""
    by_year: Mapping[int, int]
    if sick.days_in_year is not None:
        by_year = {as_of.year: sick.days_in_year}
    elif sick.absences:
        by_year = sick_days_by_year(sick, as_of, group)
    else:
        return None
    scale = BOOK.on(as_of)
    return tuple(year for year, days in by_year.items() if sick_enough.on(as_of)(days, scale))


def _in_time(rest: RestLeave, ended: date | None, returned: date | None, as_of: date) -> bool:
    if rest.first is None or (ended is None and returned is None):
        return True
    last = ended if ended is not None else (returned or rest.first) - ONE_DAY
    back = returned if returned is not None else last + ONE_DAY
    found: bool = in_time.on(as_of)(rest.first, last, back, BOOK.on(as_of))
    return found


def _year(ended: date | None, returned: date | None, rest: RestLeave, as_of: date) -> int | None:
    """The year of the leave before; told by the days themselves when they lie far enough from New Year."""
    if ended is not None:
        met: int = ended.year
    elif returned is not None:
        met = (returned - ONE_DAY).year
    elif rest.first is None:
        return None
    else:
        window = timedelta(days=BOOK.on(as_of).convalescence_window_days)
        met = rest.first.year
        if (rest.first - window).year != met:
            return None
    found: int = counted_year.on(as_of)(met)
    return found


def _need_not_know(fact: str, days: Mapping[str, int], taken_days: int, rest: RestLeave) -> None:
    """Raise for a fact that decides: the days claimed are more than the least that it can allow."""
    if rest.days is not None and rest.days > min(days.values()) - taken_days:
        raise NeededFactError(fact)


def _paid(
    most: int | None,
    rest: RestLeave,
    as_of: date,
    year: int | None,
    base_salary: int | None,
    *,
    eligible: bool | None,
) -> Convalescence:
    if most == 0:
        return Convalescence(eligible=False, reason=ANNUAL_CAP_USED, max_days=0, days=0)
    # The level is that of the first day of the rest.
    scale = BOOK.on(rest.first or as_of)
    if base_salary is not None:
        scale = scale.supposing(base_salary=base_salary)
    a_day = daily.on(as_of)(scale)
    days = rest.days if rest.days is None or most is None else min(rest.days, most)
    return Convalescence(
        eligible=eligible,
        max_days=most,
        days=days,
        counted_for_year=year,
        daily=half_up(a_day),
        amount=None if days is None else half_up(a_day * days),
    )
