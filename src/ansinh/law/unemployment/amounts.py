"""Mức hưởng trợ cấp thất nghiệp: the wages averaged, the rate, the ceiling.

The average and the benefit are each rounded half up to the dong, the benefit from the exact average: the
texts divide and multiply in one line and print whole dong.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.careers import Spell
from ansinh.law.engine import provision, versions
from ansinh.law.unemployment.book import UnemploymentScale


@provision(
    "unemployment.insured_contracts",
    clause="38/2013/QH13, Điều 43 khoản 1; 74/2025/QH15, Điều 31 khoản 1",
    since="2015-01-01",
    term="hợp đồng được bảo hiểm thất nghiệp của từng tháng",
)
def insured_contracts(paid: Sequence[Spell], months: Sequence[Month]) -> list[Spell]:
    """Of several contracts in a month, the one made first is insured: the first on record."""
    return [next(spell for spell in paid if month in spell) for month in months]


@provision(
    "unemployment.base_months",
    clause="38/2013/QH13, Điều 50 khoản 1; 28/2015/TT-BLĐTBXH, Điều 8 khoản 1 điểm a; "
    "74/2025/QH15, Điều 39 khoản 1; 374/2025/NĐ-CP, Điều 15 khoản 1",
    since="2015-01-01",
    term="các tháng liền kề có đóng trước khi thất nghiệp",
)
def base_months(
    contributed: Sequence[Month], terminated: date | None, scale: UnemploymentScale
) -> list[Month]:
    """The six latest contributed months up to the end of work, passing over months without contribution."""
    until = contributed if terminated is None else [m for m in contributed if m <= Month.of(terminated)]
    return list(until[-scale.averaged_months :])


@provision(
    "unemployment.counted_wage",
    clause="38/2013/QH13, Điều 58; 28/2015/TT-BLĐTBXH, Điều 4 khoản 1",
    since="2015-01-01",
    until="2025-12-31",
    term="tiền lương tháng đóng bảo hiểm thất nghiệp",
)
def counted_wage_2013(
    wage: Fraction, state_pay: bool, region: int | None, scale: UnemploymentScale
) -> Fraction:
    """At most twenty base salaries on the State scale, twenty regional minimum wages elsewhere.

    A record without region says what was contributed on.
    """
    if state_pay:
        return min(wage, Fraction(scale.wage_cap_multiple * scale.base_salary))
    if region is None:
        return wage
    return min(wage, Fraction(scale.wage_cap_multiple * scale.minimum_wage[region]))


@provision(
    "unemployment.counted_wage",
    clause="74/2025/QH15, Điều 34 khoản 2",
    since="2026-01-01",
    term="tiền lương tháng đóng bảo hiểm thất nghiệp",
)
def counted_wage_2025(
    wage: Fraction,
    state_pay: bool,  # noqa: ARG001 - as the other version
    region: int | None,
    scale: UnemploymentScale,
) -> Fraction:
    """At most twenty regional minimum wages, for everybody."""
    if region is None:
        return wage
    return min(wage, Fraction(scale.wage_cap_multiple * scale.minimum_wage[region]))


counted_wage = versions(counted_wage_2013, counted_wage_2025)


@provision(
    "unemployment.average_wage",
    clause="38/2013/QH13, Điều 50 khoản 1; 28/2015/TT-BLĐTBXH, Điều 8 khoản 1; 74/2025/QH15, Điều 39 khoản 1",
    since="2015-01-01",
    term="mức lương bình quân của các tháng liền kề",
)
def average_wage(wages: Sequence[Fraction]) -> Fraction:
    """The mean of the wages of the base months, exact."""
    return sum(wages, Fraction(0)) / len(wages)


@provision(
    "unemployment.uncapped",
    clause="38/2013/QH13, Điều 50 khoản 1; 74/2025/QH15, Điều 39 khoản 1; 374/2025/NĐ-CP, Điều 15 khoản 1",
    since="2015-01-01",
    term="mức hưởng trước khi so với mức tối đa",
)
def uncapped_benefit(average: Fraction, scale: UnemploymentScale) -> int:
    """60% of the average wage."""
    return half_up(average * scale.benefit_rate)


@provision(
    "unemployment.cap",
    clause="38/2013/QH13, Điều 50 khoản 1; 28/2015/TT-BLĐTBXH, Điều 8 khoản 1 điểm b",
    since="2015-01-01",
    until="2025-12-31",
    term="mức hưởng trợ cấp thất nghiệp tối đa",
)
def cap_2013(state_pay: bool, region: int | None, scale: UnemploymentScale) -> int | None:
    """Five base salaries on the State scale, else five minimum wages of the region, when the contract ends.

    The region is that of the workplace, a branch and not the head office; None while it is not known.
    """
    if state_pay:
        on_scale: int = scale.benefit_cap_multiple * scale.base_salary
        return on_scale
    if region is None:
        return None
    elsewhere: int = scale.benefit_cap_multiple * scale.minimum_wage[region]
    return elsewhere


@provision(
    "unemployment.cap",
    clause="74/2025/QH15, Điều 39 khoản 1; 374/2025/NĐ-CP, Điều 15 khoản 1",
    since="2026-01-01",
    term="mức hưởng trợ cấp thất nghiệp tối đa",
)
def cap_2025(state_pay: bool, region: int | None, scale: UnemploymentScale) -> int | None:  # noqa: ARG001 - as its first version
    """Five minimum wages of the region, for everybody; None while the region is not known."""
    if region is None:
        return None
    highest: int = scale.benefit_cap_multiple * scale.minimum_wage[region]
    return highest


cap = versions(cap_2013, cap_2025)


@provision(
    "unemployment.cap_day",
    clause="38/2013/QH13, Điều 50 khoản 1",
    since="2015-01-01",
    until="2025-12-31",
    term="thời điểm lấy mức tối đa",
)
def cap_day_2013(terminated: date, last_contributed: Month | None) -> date:  # noqa: ARG001 - as its second version
    """The day the contract ended."""
    return terminated


@provision(
    "unemployment.cap_day",
    clause="74/2025/QH15, Điều 39 khoản 1",
    since="2026-01-01",
    term="thời điểm lấy mức tối đa",
)
def cap_day_2025(terminated: date, last_contributed: Month | None) -> date:
    """The last contributed month; where it is not known the end of the contract, which the decree names."""
    return terminated if last_contributed is None else last_contributed.first_day


cap_day = versions(cap_day_2013, cap_day_2025)


@provision(
    "unemployment.monthly",
    clause="38/2013/QH13, Điều 50 khoản 1; 74/2025/QH15, Điều 39 khoản 1",
    since="2015-01-01",
    term="mức trợ cấp thất nghiệp hằng tháng",
)
def monthly_benefit(uncapped: int, cap: int | None) -> int:
    """The benefit cut at the ceiling; without a known pay scheme and region no ceiling is applied."""
    return uncapped if cap is None else min(uncapped, cap)


@provision(
    "unemployment.counted_month",
    clause="71/2006/QH11, Điều 140; 38/2013/QH13, Điều 45 khoản 1; 28/2015/NĐ-CP, Điều 12 khoản 3",
    since="2009-01-01",
    term="số tháng đóng bảo hiểm thất nghiệp theo quá trình",
)
def months_on_record(contributed: Sequence[Month]) -> int:
    """Contributed months since the insurance began in January 2009, each once."""
    return len(set(contributed))


@provision(
    "unemployment.months_total",
    clause="38/2013/QH13, Điều 45 khoản 1, 2; 74/2025/QH15, Điều 35",
    since="2015-01-01",
    term="tổng số tháng đóng được tính hưởng",
)
def months_total(ui_months: int, preserved_before_months: int) -> int:
    """Months contributed and not yet used for a benefit, with those preserved from an earlier one."""
    return ui_months + preserved_before_months
