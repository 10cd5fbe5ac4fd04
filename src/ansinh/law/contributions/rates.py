"""Tỷ lệ đóng: the share of each component fund and of each payer, by group and period."""

from fractions import Fraction

from ansinh.law.contributions.book import ContributionsScale
from ansinh.law.contributions.coverage import SELF_PAYERS, WITH_UNEMPLOYMENT, WITH_WORK_INJURY
from ansinh.law.contributions.facts import Rates
from ansinh.law.contributions.groups import WorkerGroup
from ansinh.law.engine import provision, versions

NOTHING = Fraction(0)
PENSION_ONLY_2014 = (WorkerGroup.CONSCRIPT, WorkerGroup.ABROAD, WorkerGroup.COMMUNE_PART_TIME)
PENSION_ONLY_2024 = (WorkerGroup.CONSCRIPT, WorkerGroup.ABROAD)
ALWAYS_BUDGET = (WorkerGroup.ARMED_FORCES, WorkerGroup.CONSCRIPT)


@provision(
    "contribution.sickness_maternity.rate",
    clause="58/2014/QH13, Điều 86 khoản 1 điểm a; 143/2018/NĐ-CP, Điều 13 khoản 1 điểm a",
    since="2016-01-01",
    until="2025-06-30",
    term="tỷ lệ đóng quỹ ốm đau và thai sản",
)
def sickness_maternity_rate_2014(worker_group: int, scale: ContributionsScale) -> Rates:
    """The employer's 3%; none for conscripts, workers abroad and part-time commune officials."""
    if worker_group in PENSION_ONLY_2014:
        return Rates(NOTHING, NOTHING)
    return Rates(NOTHING, scale.sickness_maternity_rate)


@provision(
    "contribution.sickness_maternity.rate",
    clause="41/2024/QH15, Điều 32 khoản 1 điểm a, Điều 33 khoản 4, Điều 34 khoản 1 điểm a",
    since="2025-07-01",
    term="tỷ lệ đóng quỹ ốm đau và thai sản",
)
def sickness_maternity_rate_2024(worker_group: int, scale: ContributionsScale) -> Rates:
    """3%: by the employer, by owners and unpaid managers themselves; commune officials are insured too."""
    if worker_group in PENSION_ONLY_2024:
        return Rates(NOTHING, NOTHING)
    if worker_group in SELF_PAYERS:
        return Rates(scale.sickness_maternity_rate, NOTHING)
    return Rates(NOTHING, scale.sickness_maternity_rate)


sickness_maternity_rate = versions(sickness_maternity_rate_2014, sickness_maternity_rate_2024)


def pension_rates_of_2014(worker_group: int, scale: ContributionsScale) -> Rates:
    """Tỷ lệ quỹ hưu trí theo Luật 58/2014: of whoever is insured in that fund."""
    if worker_group == WorkerGroup.CONSCRIPT:
        return Rates(NOTHING, scale.pension_whole_rate)
    if worker_group == WorkerGroup.ABROAD:
        return Rates(scale.pension_whole_rate, NOTHING)
    return Rates(scale.pension_worker_rate, scale.pension_employer_rate)


@provision(
    "contribution.pension_survivors.rate",
    clause="58/2014/QH13, Điều 85, Điều 86; 143/2018/NĐ-CP, Điều 12, Điều 13, Điều 17 khoản 2",
    since="2016-01-01",
    until="2021-12-31",
    term="tỷ lệ đóng quỹ hưu trí và tử tuất",
)
def pension_survivors_rate_2014(worker_group: int, scale: ContributionsScale) -> Rates:
    """8% and 14%; 22% by the ministry for conscripts, by workers abroad themselves; none for foreigners."""
    if worker_group == WorkerGroup.FOREIGN:
        return Rates(NOTHING, NOTHING)
    return pension_rates_of_2014(worker_group, scale)


@provision(
    "contribution.pension_survivors.rate",
    clause="58/2014/QH13, Điều 85, Điều 86; 143/2018/NĐ-CP, Điều 12 khoản 1, Điều 13 khoản 1 điểm c",
    since="2022-01-01",
    until="2025-06-30",
    term="tỷ lệ đóng quỹ hưu trí và tử tuất",
)
def pension_survivors_rate_2022(worker_group: int, scale: ContributionsScale) -> Rates:
    """8% and 14%, foreigners too; 22% by the ministry for conscripts, by workers abroad themselves."""
    return pension_rates_of_2014(worker_group, scale)


@provision(
    "contribution.pension_survivors.rate",
    clause="41/2024/QH15, Điều 32 khoản 1 điểm b, Điều 33 khoản 1, 2, 3, 4, Điều 34 khoản 1, 2",
    since="2025-07-01",
    term="tỷ lệ đóng quỹ hưu trí và tử tuất",
)
def pension_survivors_rate_2024(worker_group: int, scale: ContributionsScale) -> Rates:
    """8% and 14%; 22% by the ministry for conscripts, by workers abroad, owners and unpaid managers."""
    if worker_group == WorkerGroup.CONSCRIPT:
        return Rates(NOTHING, scale.pension_whole_rate)
    if worker_group == WorkerGroup.ABROAD or worker_group in SELF_PAYERS:
        return Rates(scale.pension_whole_rate, NOTHING)
    return Rates(scale.pension_worker_rate, scale.pension_employer_rate)


pension_survivors_rate = versions(
    pension_survivors_rate_2014, pension_survivors_rate_2022, pension_survivors_rate_2024
)


@provision(
    "contribution.work_injury.rate",
    clause="58/2014/QH13, Điều 86; 84/2015/QH13, Điều 44; 58/2020/NĐ-CP, Điều 4; "
    "23/2021/QĐ-TTg, Điều 1, Điều 2",
    since="2016-01-01",
    term="tỷ lệ đóng quỹ tai nạn lao động, bệnh nghề nghiệp",
)
def work_injury_rate(
    worker_group: int, low_injury_rate: bool, budget_employer: bool, scale: ContributionsScale
) -> Rates:
    """The employer's share: normal or, where approved, reduced; 0 in the relief year outside the budget."""
    if worker_group not in WITH_WORK_INJURY:
        return Rates(NOTHING, NOTHING)
    rate = scale.work_injury_reduced_rate if low_injury_rate else scale.work_injury_rate
    if not (budget_employer or worker_group in ALWAYS_BUDGET):
        rate = rate * scale.work_injury_charged
    return Rates(NOTHING, rate)


@provision(
    "contribution.unemployment.rate",
    clause="38/2013/QH13, Điều 57; 28/2021/QĐ-TTg, Điều 4, Điều 5; 74/2025/QH15, Điều 33; "
    "374/2025/NĐ-CP, Điều 4, Điều 5",
    since="2016-01-01",
    term="tỷ lệ đóng bảo hiểm thất nghiệp",
)
def unemployment_rate(
    worker_group: int, budget_employer: bool, ui_relief: bool, scale: ContributionsScale
) -> Rates:
    """1% each; the employer's 0 in the relief year outside the budget, and for a disabled new worker."""
    if worker_group not in WITH_UNEMPLOYMENT:
        return Rates(NOTHING, NOTHING)
    employer = scale.unemployment_employer_rate
    if not budget_employer:
        employer = employer * scale.unemployment_employer_charged
    if ui_relief:
        employer = employer * scale.unemployment_disabled_hire_charged
    return Rates(scale.unemployment_worker_rate, employer)


@provision(
    "contribution.health.rate",
    clause="25/2008/QH12, Điều 13; 595/QĐ-BHXH, Điều 18 khoản 1, 2; 146/2018/NĐ-CP, Điều 7; "
    "188/2025/NĐ-CP, Điều 6 khoản 1",
    since="2016-01-01",
    term="tỷ lệ đóng bảo hiểm y tế",
)
def health_rate(worker_group: int, scale: ContributionsScale) -> Rates:
    """4.5%: a third by the worker, two thirds by the employer; all of it by owners and unpaid managers."""
    if worker_group in SELF_PAYERS:
        return Rates(scale.health_rate, NOTHING)
    worker = scale.health_rate * scale.health_worker_part
    return Rates(worker, scale.health_rate - worker)


@provision(
    "contribution.unemployment.state_ceiling",
    clause="38/2013/QH13, Điều 57 khoản 1 điểm c; 74/2025/QH15, Điều 33 khoản 1 điểm c; "
    "374/2025/NĐ-CP, Điều 4 khoản 3",
    since="2016-01-01",
    term="mức hỗ trợ tối đa của Nhà nước cho quỹ bảo hiểm thất nghiệp",
)
def unemployment_state_ceiling(wage_fund: int, scale: ContributionsScale) -> Fraction:
    """The most the State may add to the unemployment fund, on the wages that contribute; exact dong."""
    ceiling: Fraction = wage_fund * scale.unemployment_state_ceiling
    return ceiling
