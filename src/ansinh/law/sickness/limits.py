"""Thời gian hưởng chế độ ốm đau: how long the worker's own illness is paid.

The cap is of the calendar year, counted in working days, by the job held when the absence began. Days of a
long illness that began before 07/2025 do not use up the cap of 2025 (12/2025/TT-BNV, Điều 4 khoản 1).
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.sickness.book import SicknessScale
from ansinh.law.sickness.facts import Conditions

CAP_TERM = "số ngày hưởng tối đa trong một năm"
PAYABLE_TERM = "số ngày được hưởng chế độ ốm đau"


def seniority(steps: Mapping[int, object], contributed_months: int) -> int:
    """Bậc thâm niên: the highest of the full years in `steps` that the months reach, never rounded up.

    >>> seniority({0: 30, 15: 40, 30: 60}, 179), seniority({0: 30, 15: 40, 30: 60}, 180)
    (0, 15)
    """
    return max(years for years in steps if contributed_months >= years * 12)


@provision(
    "sickness.cap",
    clause="58/2014/QH13, Điều 26 khoản 1; 59/2015/TT-BLĐTBXH, Điều 4 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=CAP_TERM,
)
def cap_2014(contributed_months: int, conditions: Conditions, hard_region: bool, scale: SicknessScale) -> int:
    """30, 40 or 60 days; ten more for heavy work or a place with a regional allowance of 0.7."""
    return _cap(contributed_months, conditions, hard_region, scale)


@provision(
    "sickness.cap",
    clause="41/2024/QH15, Điều 43 khoản 1; 12/2025/TT-BNV, Điều 4 khoản 3",
    since="2025-07-01",
    term=CAP_TERM,
)
def cap_2024(contributed_months: int, conditions: Conditions, hard_region: bool, scale: SicknessScale) -> int:
    """30, 40 or 60 days; ten more for heavy work or a region of extreme hardship."""
    return _cap(contributed_months, conditions, hard_region, scale)


cap = versions(cap_2014, cap_2024)


def _cap(contributed_months: int, conditions: Conditions, hard_region: bool, scale: SicknessScale) -> int:
    days = _steps(conditions, hard_region, scale)
    return days[seniority(days, contributed_months)]


def caps(conditions: Conditions, hard_region: bool, scale: SicknessScale) -> tuple[int, ...]:
    """Các hạn mức có thể: lowest first, for when the contributed time is not known."""
    days = _steps(conditions, hard_region, scale)
    return tuple(days[years] for years in sorted(days))


def _steps(conditions: Conditions, hard_region: bool, scale: SicknessScale) -> Mapping[int, int]:
    is_hard = hard_region or conditions != Conditions.NORMAL
    days: Mapping[int, int] = scale.cap_days_hard if is_hard else scale.cap_days
    return days


@provision(
    "sickness.payable_days",
    clause="58/2014/QH13, Điều 26 khoản 1; 59/2015/TT-BLĐTBXH, Điều 4 khoản 1, 5",
    since="2016-01-01",
    until="2025-06-30",
    term=PAYABLE_TERM,
)
def payable_days_2014(days_by_year: Mapping[int, int], cap_days: int, taken_days: int) -> int:
    """Working days of each calendar year, within what its cap leaves; `taken_days` are of the first year."""
    return within_caps(days_by_year, cap_days, taken_days)


@provision(
    "sickness.payable_days",
    clause="41/2024/QH15, Điều 43 khoản 1; 12/2025/TT-BNV, Điều 4 khoản 5",
    since="2025-07-01",
    term=PAYABLE_TERM,
)
def payable_days_2024(days_by_year: Mapping[int, int], cap_days: int, taken_days: int) -> int:
    """Working days of each calendar year, within what its cap leaves; `taken_days` are of the first year."""
    return within_caps(days_by_year, cap_days, taken_days)


payable_days = versions(payable_days_2014, payable_days_2024)


def within_caps(days_by_year: Mapping[int, int], cap_days: int, taken_days: int) -> int:
    """Số ngày trong hạn mức từng năm.

    >>> within_caps({2016: 10, 2017: 35}, cap_days=30, taken_days=25)
    35
    """
    payable, left = 0, max(cap_days - taken_days, 0)
    for year in sorted(days_by_year):
        payable += min(days_by_year[year], left)
        left = cap_days
    return payable


@provision(
    "sickness.continued_days",
    clause="41/2024/QH15, Điều 43 khoản 2",
    since="2025-07-01",
    term="số ngày được hưởng tiếp khi mắc bệnh cần chữa trị dài ngày",
)
def continued_days(days_by_year: Mapping[int, int], within_cap: int) -> int:
    """Working days beyond the cap of each year, without limit."""
    return sum(days_by_year.values()) - within_cap


@provision(
    "sickness.first_stage",
    clause="58/2014/QH13, Điều 26 khoản 2 điểm a",
    since="2016-01-01",
    until="2025-06-30",
    term="số ngày hưởng mức cao khi mắc bệnh cần chữa trị dài ngày",
)
def first_stage(scale: SicknessScale) -> int:
    """180 calendar days, rest and holidays included."""
    days: int = scale.first_stage_days
    return days


@provision(
    "sickness.second_stage",
    clause="58/2014/QH13, Điều 26 khoản 2 điểm b; 59/2015/TT-BLĐTBXH, Điều 4 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="số tháng hưởng tiếp tối đa với mức thấp hơn",
)
def second_stage(contributed_months: int) -> int:
    """As long as the whole time contributed."""
    return contributed_months


@provision(
    "sickness.second_stage_limited",
    clause="58/2014/QH13, Điều 26 khoản 2 điểm b, Điều 123 khoản 4; 115/2015/NĐ-CP, Điều 22; "
    "59/2015/TT-BLĐTBXH, Điều 32",
    since="2016-01-01",
    until="2025-06-30",
    term="thời gian hưởng tiếp bị giới hạn",
)
def second_stage_limited_2014(started: date) -> bool:
    """Limited by the contributed time, but for those on benefit since before 2016."""
    return started in second_stage.period


@provision(
    "sickness.second_stage_limited",
    clause="41/2024/QH15, Điều 43 khoản 2",
    since="2025-07-01",
    term="thời gian hưởng tiếp bị giới hạn",
)
def second_stage_limited_2024(started: date) -> bool:
    """Limited only for a leave that began under the law of 2014."""
    return started in second_stage.period


second_stage_limited = versions(second_stage_limited_2014, second_stage_limited_2024)


@provision(
    "sickness.raised",
    clause="59/2015/TT-BLĐTBXH, Điều 32",
    since="2016-01-01",
    until="2025-06-30",
    term="trợ cấp đang hưởng được nâng lên mức của luật mới",
)
def raised(contributed_months: int, old_rate: Fraction, scale: SicknessScale) -> bool:
    """On benefit since before 2016: not raised below 15 years; above, the new law has no higher rate."""
    years = seniority(scale.reduced_rate, contributed_months)
    return years > 0 and scale.reduced_rate[years] > old_rate


@provision(
    "sickness.long_term_law",
    clause="41/2024/QH15, Điều 141 khoản 5; 158/2025/NĐ-CP, Điều 42 khoản 1",
    since="2025-07-01",
    term="ngày áp dụng luật cho bệnh cần chữa trị dài ngày",
)
def long_term_law(started: date, as_of: date) -> date:
    """A leave that began under the law of 2014 goes on under it: the last day of that law, else `as_of`."""
    last_day = first_stage.period.until
    return last_day if last_day is not None and started <= last_day else as_of
