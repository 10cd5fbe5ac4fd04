"""Số phải đóng: the amounts of one person for one month, fund by fund, payer by payer.

Rounding: the texts round nowhere. Each fund's amount (both payers together) is rounded half up to the dong
once, the worker's part of it likewise, and the employer pays the difference; so payers and funds add up.
"""

from ansinh.kernel.rounding import half_up
from ansinh.law.contributions.bases import (
    base,
    health_base,
    highest_base,
    lowest_base,
    pay,
    pay_abroad,
    unemployment_base,
    unemployment_highest_base,
    work_injury_base,
)
from ansinh.law.contributions.book import ContributionsScale
from ansinh.law.contributions.coverage import (
    WITH_UNEMPLOYMENT,
    WITH_WORK_INJURY,
    Absence,
    covered,
    health_covered,
    health_month_due,
    month_due,
    unemployment_month_due,
)
from ansinh.law.contributions.facts import Dues, Facts, FundDue, Rates
from ansinh.law.contributions.rates import (
    health_rate,
    pension_survivors_rate,
    sickness_maternity_rate,
    unemployment_rate,
    work_injury_rate,
)
from ansinh.law.engine import provision


def fund_due(amount_base: int, rates: Rates) -> FundDue:
    """Tiền đóng vào một quỹ on a base: rounded half up to the dong."""
    return FundDue(
        half_up(amount_base * (rates.worker + rates.employer)), half_up(amount_base * rates.worker)
    )


@provision(
    "contribution.sickness_maternity",
    clause="58/2014/QH13, Điều 86; 41/2024/QH15, Điều 32 khoản 1 điểm a",
    since="2016-01-01",
    term="tiền đóng quỹ ốm đau và thai sản",
)
def sickness_maternity(amount_base: int, rates: Rates) -> FundDue:
    """Sickness and maternity fund, dong."""
    return fund_due(amount_base, rates)


@provision(
    "contribution.pension_survivors",
    clause="58/2014/QH13, Điều 85, Điều 86; 41/2024/QH15, Điều 32 khoản 1 điểm b",
    since="2016-01-01",
    term="tiền đóng quỹ hưu trí và tử tuất",
)
def pension_survivors(amount_base: int, rates: Rates) -> FundDue:
    """Pension and survivors fund, dong."""
    return fund_due(amount_base, rates)


@provision(
    "contribution.work_injury",
    clause="84/2015/QH13, Điều 44; 58/2020/NĐ-CP, Điều 4",
    since="2016-01-01",
    term="tiền đóng quỹ tai nạn lao động, bệnh nghề nghiệp",
)
def work_injury(amount_base: int, rates: Rates) -> FundDue:
    """Work-injury and occupational-disease fund, dong."""
    return fund_due(amount_base, rates)


@provision(
    "contribution.unemployment",
    clause="38/2013/QH13, Điều 57; 74/2025/QH15, Điều 33",
    since="2016-01-01",
    term="tiền đóng bảo hiểm thất nghiệp",
)
def unemployment(amount_base: int, rates: Rates) -> FundDue:
    """Unemployment insurance fund, dong."""
    return fund_due(amount_base, rates)


@provision(
    "contribution.health",
    clause="25/2008/QH12, Điều 13; 188/2025/NĐ-CP, Điều 6",
    since="2016-01-01",
    term="tiền đóng bảo hiểm y tế",
)
def health(amount_base: int, rates: Rates) -> FundDue:
    """Health insurance fund, dong."""
    return fund_due(amount_base, rates)


def dues(facts: Facts, scale: ContributionsScale) -> Dues:
    """Số phải đóng của một người trong một tháng; `scale` holds the figures of `facts.month`."""
    month = facts.month
    group = facts.worker_group
    monthly_pay = pay(
        facts.pay_kind,
        facts.wage,
        facts.coefficient_milli,
        facts.reserve_milli,
        facts.position_milli,
        facts.beyond_frame_bp,
        facts.seniority_bp,
        facts.other_pay,
        scale,
    )
    absence = Absence(
        facts.unpaid_days, facts.sick_days, facts.maternity_days, facts.first_month, facts.agreed
    )
    is_covered = covered.on(month)(group, facts.part_time, monthly_pay, scale)
    due = month_due.on(month)(group, absence, scale)
    lowest = lowest_base.on(month)(group, facts.region, scale)
    highest = highest_base.on(month)(group, scale)
    social_base = base(pay_abroad.on(month)(group, monthly_pay, scale), lowest, highest)
    jobless_highest = unemployment_highest_base.on(month)(group, facts.region, scale)

    pays_si = facts.si and is_covered and due.due
    pays_wi = facts.wi and is_covered and due.due and group in WITH_WORK_INJURY
    pays_ui = (
        facts.ui and is_covered and group in WITH_UNEMPLOYMENT and unemployment_month_due(absence, scale)
    )
    pays_hi = (
        facts.hi and health_covered.on(month)(group, is_covered) and health_month_due(group, absence, scale)
    )
    si_base = social_base if pays_si else 0
    wi_base = work_injury_base(group, social_base, scale) if pays_wi else 0
    ui_base = unemployment_base(monthly_pay, lowest, jobless_highest) if pays_ui else 0
    hi_base = health_base(group, social_base, scale) if pays_hi else 0

    sickness = sickness_maternity(si_base, sickness_maternity_rate.on(month)(group, scale))
    pension = pension_survivors(si_base, pension_survivors_rate.on(month)(group, scale))
    injury = work_injury(
        wi_base, work_injury_rate(group, facts.low_injury_rate, facts.budget_employer, scale)
    )
    jobless = unemployment(ui_base, unemployment_rate(group, facts.budget_employer, facts.ui_relief, scale))
    medical = health(hi_base, health_rate(group, scale))

    worker = sickness.worker + pension.worker + injury.worker + jobless.worker + medical.worker
    total = sickness.total + pension.total + injury.total + jobless.total + medical.total
    return Dues(
        si_base=si_base,
        hi_base=hi_base,
        ui_base=ui_base,
        wi_base=wi_base,
        sickness_maternity=sickness.total,
        pension_survivors=pension.total,
        work_injury=injury.total,
        unemployment=jobless.total,
        health=medical.total,
        worker_total=worker,
        employer_total=total - worker,
        total=total,
        counted=facts.si and is_covered and due.counted,
    )
