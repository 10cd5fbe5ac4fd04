"""Trợ cấp một lần của người đang hưởng hằng tháng ra nước ngoài định cư.

Rounded once, half up to the dong, when the sum is stated. Time counted as served (quy đổi) only for the rate
of a pension is left out of `ContributedYears` by whoever counts the months.
"""

from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.one_time.book import OneTimeScale
from ansinh.law.one_time.facts import MonthlyBenefit
from ansinh.law.one_time.years import ContributedYears


@provision(
    "one_time.counts_as_pension",
    clause="58/2014/QH13, Điều 65 khoản 2, 3; 59/2015/TT-BLĐTBXH, Điều 21 khoản 3, 4",
    since="2016-01-01",
    until="2025-06-30",
    term="tính như lương hưu",
)
def counts_as_pension_2014(benefit_kind: MonthlyBenefit) -> bool:
    """A pension, and the allowance of Decree 09/1998, go by the time contributed."""
    return benefit_kind in {MonthlyBenefit.PENSION, MonthlyBenefit.COMMUNE_ALLOWANCE}


@provision(
    "one_time.counts_as_pension",
    clause="41/2024/QH15, Điều 76 khoản 2, 3, Điều 115 khoản 1",
    since="2025-07-01",
    term="tính như lương hưu",
)
def counts_as_pension_2024(benefit_kind: MonthlyBenefit) -> bool:
    """Only a pension goes by the time contributed; every other monthly benefit is an allowance."""
    return benefit_kind == MonthlyBenefit.PENSION


counts_as_pension = versions(counts_as_pension_2014, counts_as_pension_2024)


@provision(
    "one_time.pension_months",
    clause="58/2014/QH13, Điều 65 khoản 2; 41/2024/QH15, Điều 76 khoản 2, Điều 115 khoản 1 điểm a",
    since="2016-01-01",
    term="số tháng lương hưu theo công thức",
)
def pension_months(years: ContributedYears, drawn_months: int, scale: OneTimeScale) -> Fraction:
    """1.5 pensions a year before 2014, 2 a year from 2014, less half a pension for each month drawn."""
    before = scale.months_per_year_before_2014 * years.before_2014
    by_years = before + scale.months_per_year_from_2014 * years.from_2014
    return Fraction(by_years - scale.deduction_per_month_drawn * drawn_months)


@provision(
    "one_time.emigrant_pension",
    clause="58/2014/QH13, Điều 65 khoản 2; 41/2024/QH15, Điều 76 khoản 2, Điều 115 khoản 1 điểm a",
    since="2016-01-01",
    term="trợ cấp một lần của người hưởng lương hưu ra nước ngoài định cư",
)
def emigrant_pension(pension_months: Fraction, monthly_benefit: int, scale: OneTimeScale) -> int:
    """Months by the formula times the pension being drawn, at least three pensions."""
    return half_up(max(pension_months, Fraction(scale.least_pension_months)) * monthly_benefit)


@provision(
    "one_time.emigrant_allowance",
    clause=(
        "58/2014/QH13, Điều 65 khoản 3; 59/2015/TT-BLĐTBXH, Điều 21 khoản 4; "
        "41/2024/QH15, Điều 76 khoản 3, Điều 115 khoản 1 điểm b"
    ),
    since="2016-01-01",
    term="trợ cấp một lần của người hưởng trợ cấp hằng tháng ra nước ngoài định cư",
)
def emigrant_allowance(monthly_benefit: int, scale: OneTimeScale) -> int:
    """Three months of the allowance being drawn."""
    return int(scale.allowance_months * monthly_benefit)
