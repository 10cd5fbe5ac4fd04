"""Trợ cấp một lần khi nghỉ hưu: for the years above those that give the highest rate.

Each part's odd months are rounded to half and whole years by itself; the money is rounded half up once.
"""

from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.rounding import half_up
from ansinh.law.careers.years import years
from ansinh.law.engine import provision, versions
from ansinh.law.pensions.book import PensionsScale
from ansinh.law.pensions.rates import base_years_2014, yearly_rate
from ansinh.law.retirement import Sex


class Excess(NamedTuple):
    """Số năm đóng cao hơn: `excess_years` up to meeting the pension conditions, `late_years` after it."""

    excess_years: Fraction
    late_years: Fraction


@provision(
    "pensions.full_rate_months",
    clause="58/2014/QH13, Điều 58 khoản 1, Điều 75 khoản 1; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 15",
    since="2016-01-01",
    until="2025-06-30",
    term="thời gian đóng tương ứng tỷ lệ 75%",
)
def full_rate_months_2014(sex: int, scale: PensionsScale) -> Fraction:
    """Months that give 75%: men 30 years, from 2018 31, 32, 33, 34, from 2022 35; women 25, from 2018 30."""
    further = (scale.highest_rate - scale.first_rate) / yearly_rate(sex, scale)
    months: Fraction = 12 * (base_years_2014(sex, scale) + further)
    return months


@provision(
    "pensions.full_rate_months",
    clause="41/2024/QH15, Điều 68 khoản 1, Điều 100 khoản 1",
    since="2025-07-01",
    term="thời gian đóng không tính trợ cấp một lần",
)
def full_rate_months_2024(sex: int, scale: PensionsScale) -> Fraction:
    """35 years for men, 30 for women, in months."""
    own_years: int = scale.women_lump_years
    if sex == Sex.MALE:
        own_years = scale.men_lump_years
    return Fraction(12 * own_years)


full_rate_months = versions(full_rate_months_2014, full_rate_months_2024)


@provision(
    "pensions.excess",
    clause="58/2014/QH13, Điều 58, Điều 75; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 15; "
    "01/2016/TT-BLĐTBXH, Điều 3",
    since="2016-01-01",
    until="2025-06-30",
    term="số năm đóng cao hơn",
)
def excess_2014(months: int, at_eligibility: int, full_rate_months: int, scale: PensionsScale) -> Excess:  # noqa: ARG001 - as its later version
    """All years above those of 75%; no odd month is left of a threshold in whole years."""
    return Excess(years(max(months - full_rate_months, 0), scale), Fraction(0))


@provision(
    "pensions.excess",
    clause="41/2024/QH15, Điều 68 khoản 2, Điều 100 khoản 2; 12/2025/TT-BNV, Điều 14; "
    "88/2025/TT-BCA, Điều 14",
    since="2025-07-01",
    term="số năm đóng cao hơn",
)
def excess_2024(months: int, at_eligibility: int, full_rate_months: int, scale: PensionsScale) -> Excess:
    """Years above the threshold contributed up to meeting the pension conditions, and those after it."""
    early = years(max(min(months, at_eligibility) - full_rate_months, 0), scale)
    late = years(max(months - max(at_eligibility, full_rate_months), 0), scale)
    return Excess(early, late)


excess = versions(excess_2014, excess_2024)


@provision(
    "pensions.lump_sum_months",
    clause="58/2014/QH13, Điều 58 khoản 2, Điều 75 khoản 2; 41/2024/QH15, Điều 68 khoản 2, Điều 100 khoản 2; "
    "12/2025/TT-BNV, Điều 14",
    since="2016-01-01",
    term="số tháng mức bình quân tiền lương của trợ cấp một lần",
)
def lump_sum_months(excess_years: Fraction, late_years: Fraction, scale: PensionsScale) -> Fraction:
    """Half an average wage for each year, two for each year after the conditions were met (from 07/2025)."""
    average_wages: Fraction = scale.lump_sum_multiple * excess_years
    if late_years > 0:
        average_wages = average_wages + scale.late_lump_sum_multiple * late_years
    return average_wages


@provision(
    "pensions.lump_sum",
    clause="58/2014/QH13, Điều 58 khoản 2, Điều 75 khoản 2; 41/2024/QH15, Điều 68 khoản 2, Điều 100 khoản 2",
    since="2016-01-01",
    term="trợ cấp một lần khi nghỉ hưu",
)
def lump_sum(average_wage_months: Fraction, average_wage: int) -> int:
    """So many average wages, half up to the dong."""
    return half_up(average_wage_months * average_wage)
