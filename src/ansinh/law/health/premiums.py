"""Mức đóng bảo hiểm y tế: the monthly premium of each group, and who pays which part of it.

Rounding: the texts round nowhere. The premium is rounded half up to the dong once, the part named by the law
(a third by the worker, the State's support) likewise, and the other payer pays the difference, so that the
parts add up.
"""

from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.health.book import HealthScale
from ansinh.law.health.groups import Group


class Payer(IntEnum):
    """Người đóng."""

    SHARED = 1  # người sử dụng lao động hai phần ba, người lao động một phần ba
    EMPLOYER = 2
    MEMBER = 3
    AGENCY = 4  # cơ quan bảo hiểm xã hội
    STATE = 5
    SPONSOR = 6  # cơ quan cấp học bổng
    SUPPORTED = 7  # người tham gia, ngân sách nhà nước hỗ trợ


class Parts(NamedTuple):
    """Số tiền của từng người đóng, dong; they add up to `premium`."""

    premium: int
    employer: int
    member: int
    agency: int
    state: int
    sponsor: int


SHARED = (
    Group.EMPLOYEE,
    Group.FOREIGN_EMPLOYEE,
    Group.PART_TIME_EMPLOYEE,
    Group.OFFICIAL,
    Group.COMMUNE_PART_TIME,
    Group.DEFENCE_WORKER,
)
SELF_PAYERS = (
    Group.UNPAID_MANAGER,
    Group.HOUSEHOLD_OWNER,
    Group.HOUSEHOLD_MEMBER,
    Group.CHARITY_RESIDENT,
    Group.UNPAID_LEAVE,
    Group.INDIVIDUAL,
)
BY_AGENCY = (
    Group.PENSIONER,
    Group.WORK_INJURY_ALLOWANCE,
    Group.LONG_SICKNESS,
    Group.SICK_LEAVE,
    Group.MATERNITY_LEAVE,
    Group.RETIRED_COMMUNE_INSURED,
    Group.UNEMPLOYED,
    Group.RUBBER_WORKER,
)
SUPPORTED = (
    Group.NEAR_POOR,
    Group.NEAR_POOR_IN_POOR_PLACE,
    Group.STUDENT,
    Group.LOCAL_SECURITY,
    Group.AVERAGE_FARMER,
    Group.VILLAGE_HEALTH_WORKER,
    Group.HAMLET_PART_TIME,
    Group.FORMER_HARD_AREA,
    Group.ARTISAN,
    Group.TRAFFICKING_VICTIM,
    Group.MINE_VICTIM,
    Group.MULTIDIMENSIONAL_POOR,
)
COMMUNITY = (Group.LOCAL_SECURITY, Group.VILLAGE_HEALTH_WORKER, Group.HAMLET_PART_TIME, Group.ARTISAN)
WAGE_EARNERS_2014 = (Group.EMPLOYEE, Group.FOREIGN_EMPLOYEE, Group.OFFICIAL, Group.DEFENCE_WORKER)
WAGE_EARNERS_2024 = (
    *WAGE_EARNERS_2014,
    Group.PART_TIME_EMPLOYEE,
    Group.HOUSEHOLD_OWNER,
    Group.UNPAID_MANAGER,
)
ON_BENEFIT = (Group.PENSIONER, Group.UNEMPLOYED)
PAID_2014 = (*WAGE_EARNERS_2014, Group.ARMED_FORCES, Group.MATERNITY_LEAVE)
PAID_2024 = (*WAGE_EARNERS_2024, Group.ARMED_FORCES)


@provision(
    "health.premium_due",
    clause="25/2008/QH12, Điều 13; 595/QĐ-BHXH, Điều 42 khoản 5; 146/2018/NĐ-CP, Điều 7 khoản 1 điểm a",
    since="2015-01-01",
    until="2025-06-30",
    term="phải đóng bảo hiểm y tế",
)
def is_due_2014(group: int) -> bool:
    """Nothing is due while on sickness benefit for 14 days in the month; the person stays insured."""
    return group != Group.SICK_LEAVE


@provision(
    "health.premium_due",
    clause="25/2008/QH12, Điều 12 khoản 2 điểm b, Điều 13 khoản 2 điểm b",
    since="2025-07-01",
    term="phải đóng bảo hiểm y tế",
)
def is_due_2024(group: int) -> bool:  # noqa: ARG001 - as its first version
    """Somebody pays for every group."""
    return True


is_due = versions(is_due_2014, is_due_2024)


@provision(
    "health.own_pay",
    clause="25/2008/QH12, Điều 13 khoản 1, Điều 14; 146/2018/NĐ-CP, Điều 7 khoản 1 điểm a, b, c, d, đ",
    since="2015-01-01",
    until="2025-06-30",
    term="đóng theo tiền lương, lương hưu, trợ cấp của mình",
)
def on_own_pay_2014(group: int) -> bool:
    """Wage earners, pensioners and the unemployed; on maternity leave the wage before the leave."""
    return group in PAID_2014 or group in ON_BENEFIT


@provision(
    "health.own_pay",
    clause="25/2008/QH12, Điều 13, Điều 14; 188/2025/NĐ-CP, Điều 6; 74/2025/NĐ-CP, Điều 1 khoản 3",
    since="2025-07-01",
    term="đóng theo tiền lương, lương hưu, trợ cấp của mình",
)
def on_own_pay_2024(group: int) -> bool:
    """Wage earners, owners, unpaid managers, pensioners, the unemployed; maternity leave no longer."""
    return group in PAID_2024 or group in ON_BENEFIT


on_own_pay = versions(on_own_pay_2014, on_own_pay_2024)


@provision(
    "health.suspended",
    clause="595/QĐ-BHXH, Điều 42 khoản 7; 146/2018/NĐ-CP, Điều 7 khoản 1 điểm a",
    since="2015-01-01",
    until="2025-06-30",
    term="đóng trên một phần tiền lương khi bị tạm giam, tạm giữ, tạm đình chỉ",
)
def may_be_suspended_2018(group: int) -> bool:
    """Every worker."""
    return group in WAGE_EARNERS_2014


@provision(
    "health.suspended",
    clause="188/2025/NĐ-CP, Điều 6 khoản 1 điểm g",
    since="2025-07-01",
    term="đóng trên một phần tiền lương khi bị tạm giam, tạm giữ, tạm đình chỉ",
)
def may_be_suspended_2025(group: int) -> bool:
    """Officials and civil servants."""
    return group == Group.OFFICIAL


may_be_suspended = versions(may_be_suspended_2018, may_be_suspended_2025)


@provision(
    "health.premium_base",
    clause="25/2008/QH12, Điều 14; 146/2018/NĐ-CP, Điều 7 khoản 1; 188/2025/NĐ-CP, Điều 6",
    since="2015-01-01",
    term="căn cứ đóng bảo hiểm y tế",
)
def premium_base(group: int, own_pay: bool, pay: int, suspended: bool, scale: HealthScale) -> Fraction:
    """One's own pay, a wage up to 20 base salaries, half of it while suspended; else the base salary."""
    if not own_pay:
        return Fraction(scale.base_salary)
    if group in ON_BENEFIT:
        return Fraction(pay)
    highest = scale.highest_pay_multiple * scale.base_salary
    wage = pay * scale.suspended_part if suspended else Fraction(pay)
    return min(wage, Fraction(highest))


@provision(
    "health.payer",
    clause="25/2008/QH12, Điều 13 khoản 1; 146/2018/NĐ-CP, Điều 6, Điều 7; 595/QĐ-BHXH, Điều 18",
    since="2015-01-01",
    until="2025-06-30",
    term="trách nhiệm đóng bảo hiểm y tế",
)
def payer_2014(group: int) -> int:
    """Who pays; the premium of scholars is paid by the body that grants the scholarship."""
    if group == Group.FOREIGN_SCHOLAR:
        return Payer.SPONSOR
    return _payer(group)


@provision(
    "health.payer",
    clause="25/2008/QH12, Điều 13 khoản 1, 2, 3, 4; 188/2025/NĐ-CP, Điều 6",
    since="2025-07-01",
    term="trách nhiệm đóng bảo hiểm y tế",
)
def payer_2024(group: int) -> int:
    """Who pays; the premium of scholars is the State's, through the body that grants the scholarship."""
    return _payer(group)


payer = versions(payer_2014, payer_2024)


def _payer(group: int) -> int:
    if group in SHARED:
        return Payer.SHARED
    if group == Group.DEFENCE_WORKER_FAMILY:
        return Payer.EMPLOYER
    if group in SELF_PAYERS:
        return Payer.MEMBER
    if group in BY_AGENCY:
        return Payer.AGENCY
    if group in SUPPORTED:
        return Payer.SUPPORTED
    return Payer.STATE


@provision(
    "health.support",
    clause="25/2008/QH12, Điều 13 khoản 1 điểm i; 595/QĐ-BHXH, Điều 18 khoản 10, 11, 12; "
    "146/2018/NĐ-CP, Điều 8 khoản 1",
    since="2015-01-01",
    until="2025-06-30",
    term="mức hỗ trợ tối thiểu từ ngân sách nhà nước",
)
def support_2014(group: int, scale: HealthScale) -> Fraction:
    """Least share of the premium that the State pays: near poor 70%, students and farmers 30%."""
    if group == Group.NEAR_POOR_IN_POOR_PLACE:
        return Fraction(scale.poor_place_support)
    if group == Group.NEAR_POOR:
        return Fraction(scale.near_poor_support)
    if group == Group.MULTIDIMENSIONAL_POOR:
        return Fraction(scale.multidimensional_poor_support)
    if group == Group.STUDENT:
        return Fraction(scale.student_support)
    return Fraction(scale.farmer_support)


@provision(
    "health.support",
    clause="25/2008/QH12, Điều 13 khoản 3 điểm d; 188/2025/NĐ-CP, Điều 6 khoản 6",
    since="2025-07-01",
    term="mức hỗ trợ tối thiểu từ ngân sách nhà nước",
)
def support_2024(group: int, scale: HealthScale) -> Fraction:
    """Least share of the premium that the State pays: near poor 70%, students 50%, farmers 30%."""
    if group == Group.NEAR_POOR_IN_POOR_PLACE:
        return Fraction(scale.poor_place_support)
    if group == Group.NEAR_POOR:
        return Fraction(scale.near_poor_support)
    if group == Group.FORMER_HARD_AREA:
        return Fraction(scale.former_hard_area_support)
    if group == Group.TRAFFICKING_VICTIM:
        return Fraction(scale.trafficking_victim_support)
    if group == Group.STUDENT:
        return Fraction(scale.student_support)
    if group in COMMUNITY:
        return Fraction(scale.community_support)
    if group == Group.MINE_VICTIM:
        return Fraction(scale.mine_victim_support)
    return Fraction(scale.farmer_support)


support = versions(support_2014, support_2024)


@provision(
    "health.follows_base_salary",
    clause="595/QĐ-BHXH, Điều 19 khoản 8; 146/2018/NĐ-CP, Điều 10 khoản 1, 2, 3",
    since="2015-01-01",
    until="2025-06-30",
    term="số tiền đóng theo mức lương cơ sở của từng tháng",
)
def follows_base_salary_2018(group: int, by: int) -> bool:
    """Whoever pays the whole follows the base salary month by month; a member's own payment is not redone."""
    return _paid_by_the_month(group, by)


@provision(
    "health.follows_base_salary",
    clause="188/2025/NĐ-CP, Điều 8 khoản 1, 2, 3",
    since="2025-07-01",
    term="số tiền đóng theo mức lương cơ sở của từng tháng",
)
def follows_base_salary_2025(group: int, by: int) -> bool:
    """Whoever pays the whole follows the base salary month by month; a member's own payment is not redone."""
    return _paid_by_the_month(group, by)


follows_base_salary = versions(follows_base_salary_2018, follows_base_salary_2025)


def _paid_by_the_month(group: int, by: int) -> bool:
    return by in (Payer.STATE, Payer.SPONSOR, Payer.AGENCY) or group == Group.NEAR_POOR_IN_POOR_PLACE


@provision(
    "health.support_ends",
    clause="188/2025/NĐ-CP, Điều 6 khoản 6 điểm c, d",
    since="2025-07-01",
    term="chỉ được hỗ trợ trong một thời gian",
)
def support_ends(group: int) -> bool:
    """Who lived in a commune that left the list, and victims of trafficking."""
    return group in (Group.FORMER_HARD_AREA, Group.TRAFFICKING_VICTIM)


@provision(
    "health.support_months",
    clause="188/2025/NĐ-CP, Điều 6 khoản 6 điểm c, d",
    since="2025-07-01",
    term="thời gian được hỗ trợ",
)
def support_months(group: int, scale: HealthScale) -> int:
    """Months of support: 36 after the commune left the list, one year after a victim was confirmed."""
    if group == Group.FORMER_HARD_AREA:
        return int(scale.former_hard_area_months)
    return int(scale.trafficking_victim_months)


@provision(
    "health.premium_parts",
    clause="25/2008/QH12, Điều 13; 595/QĐ-BHXH, Điều 18; 146/2018/NĐ-CP, Điều 7, Điều 8; "
    "188/2025/NĐ-CP, Điều 6",
    since="2015-01-01",
    term="số tiền đóng bảo hiểm y tế",
)
def premium_parts(base: Fraction, by: int, supported: Fraction, scale: HealthScale) -> Parts:
    """4.5% of the base, and what each payer pays of it; dong a month."""
    exact = base * scale.premium_rate
    whole = half_up(exact)
    if by == Payer.SHARED:
        worker = half_up(exact * scale.worker_part)
        return Parts(whole, whole - worker, worker, 0, 0, 0)
    if by == Payer.SUPPORTED:
        state = half_up(exact * supported)
        return Parts(whole, 0, whole - state, 0, state, 0)
    return Parts(
        whole,
        whole if by == Payer.EMPLOYER else 0,
        whole if by == Payer.MEMBER else 0,
        whole if by == Payer.AGENCY else 0,
        whole if by == Payer.STATE else 0,
        whole if by == Payer.SPONSOR else 0,
    )
