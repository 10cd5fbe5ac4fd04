"""Thời gian và tiền lương làm căn cứ: years in the fund, the wage of the month before the accident."""

from collections.abc import Sequence
from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.work_injury.book import WorkInjuryScale
from ansinh.law.work_injury.contracts import Contracts

YEARS_TERM = "số năm đóng vào quỹ tai nạn lao động, bệnh nghề nghiệp"
BASE_TERM = "mức lương cơ sở tính tiền lương theo hệ số"
WAGE_TERM = "tiền lương làm căn cứ tính trợ cấp"
TAKEN_TERM = "các hợp đồng có tiền lương được xét"

FUND_LAW = "84/2015/QH13, Điều 48 khoản 2, Điều 49 khoản 2; 88/2020/NĐ-CP, Điều 11"


@provision(
    "work_injury.years",
    clause="58/2014/QH13, Điều 46 khoản 2, Điều 47 khoản 2",
    since="2016-01-01",
    until="2016-06-30",
    term=YEARS_TERM,
)
def years_2014(months: int) -> int:
    """Full years contributed up to the month before the accident; at least one."""
    return max(months // 12, 1)


@provision(
    "work_injury.years",
    clause=f"{FUND_LAW} khoản 1, 6; 28/2021/TT-BLĐTBXH, Điều 9",
    since="2016-07-01",
    term=YEARS_TERM,
)
def years_2015(months: int) -> int:
    """Full years of 12 months up to the month before the accident; at least one."""
    return max(months // 12, 1)


years = versions(years_2014, years_2015)


@provision(
    "work_injury.months_taken",
    clause="58/2014/QH13, Điều 46 khoản 2, Điều 47 khoản 2",
    since="2016-01-01",
    until="2016-06-30",
    term=TAKEN_TERM,
)
def months_taken_2014(contracts: Contracts, accident: Month, employer: str | None) -> Sequence[Month]:
    """The month before the accident; the accident's own where it is the first."""
    return _months_taken(contracts, accident, employer)


@provision(
    "work_injury.months_taken",
    clause=f"{FUND_LAW} khoản 7 điểm a, d; 28/2021/TT-BLĐTBXH, Điều 9 khoản 2",
    since="2016-07-01",
    term=TAKEN_TERM,
)
def months_taken_2015(contracts: Contracts, accident: Month, employer: str | None) -> Sequence[Month]:
    """The month before; the accident's own where it is the first, at all or with the employer concerned."""
    return _months_taken(contracts, accident, employer)


months_taken = versions(months_taken_2014, months_taken_2015)


def _months_taken(contracts: Contracts, accident: Month, employer: str | None) -> Sequence[Month]:
    before = accident - 1
    if not contracts.running(before):
        return (accident,)
    if employer is not None and any(spell.employer == employer for spell in contracts.begun(accident)):
        return (before, accident)
    return (before,)


@provision(
    "work_injury.state_pay_base",
    clause="58/2014/QH13, Điều 89 khoản 1",
    since="2016-01-01",
    until="2016-06-30",
    term=BASE_TERM,
)
def state_pay_base_2014(joined_before_2016: bool, base_salary_then: int, scale: WorkInjuryScale) -> int:
    """That of the benefit month for who was insured before 2016; else that of the month of the wage."""
    return _state_pay_base(joined_before_2016, base_salary_then, scale)


@provision(
    "work_injury.state_pay_base",
    clause=f"{FUND_LAW} khoản 7 điểm c; 28/2021/TT-BLĐTBXH, Điều 9 khoản 1",
    since="2016-07-01",
    term=BASE_TERM,
)
def state_pay_base_2015(joined_before_2016: bool, base_salary_then: int, scale: WorkInjuryScale) -> int:
    """That of the benefit month for who was insured before 2016; else that of the month of the wage."""
    return _state_pay_base(joined_before_2016, base_salary_then, scale)


state_pay_base = versions(state_pay_base_2014, state_pay_base_2015)


def _state_pay_base(joined_before_2016: bool, base_salary_then: int, scale: WorkInjuryScale) -> int:
    base: int = scale.base_salary if joined_before_2016 else base_salary_then
    return base


def joined_before_2016(first_contribution: Month, scale: WorkInjuryScale) -> bool:
    """Bắt đầu tham gia trước ngày 01/01/2016."""
    before: bool = first_contribution.year < scale.first_year_of_law_2014
    return before


@provision(
    "work_injury.wage",
    clause="58/2014/QH13, Điều 46 khoản 2, Điều 47 khoản 2, Điều 89 khoản 3",
    since="2016-01-01",
    until="2016-06-30",
    term=WAGE_TERM,
)
def wage_2014(pay: Fraction, scale: WorkInjuryScale) -> Fraction:
    """The pay of all contracts together, at most 20 base salaries of the benefit month."""
    return min(pay, Fraction(scale.wage_ceiling_levels * scale.base_salary))


@provision(
    "work_injury.wage",
    clause=f"{FUND_LAW} khoản 7 điểm d; 28/2021/TT-BLĐTBXH, Điều 11 khoản 1",
    since="2016-07-01",
    term=WAGE_TERM,
)
def wage_2015(pay: Fraction, scale: WorkInjuryScale) -> Fraction:
    """The pay of all contracts together, at most 20 base salaries of the benefit month."""
    return min(pay, Fraction(scale.wage_ceiling_levels * scale.base_salary))


wage = versions(wage_2014, wage_2015)
