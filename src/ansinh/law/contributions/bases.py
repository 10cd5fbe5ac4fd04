"""Tiền lương làm căn cứ đóng: what counts as pay, and the floor and cap of each period."""

from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.contributions.book import ContributionsScale
from ansinh.law.contributions.groups import PayKind, WorkerGroup
from ansinh.law.engine import provision, versions

EMPLOYER_PAY = (WorkerGroup.EMPLOYEE, WorkerGroup.FOREIGN)
ON_BASE_SALARY = (WorkerGroup.CONSCRIPT, WorkerGroup.COMMUNE_PART_TIME)


@provision(
    "contribution.coefficient_pay",
    clause="58/2014/QH13, Điều 89 khoản 1; 595/QĐ-BHXH, Điều 6 khoản 1; 41/2024/QH15, Điều 31 khoản 1 điểm a",
    since="2016-01-01",
    term="tiền lương theo hệ số",
)
def coefficient_pay(
    coefficient_milli: int,
    reserve_milli: int,
    position_milli: int,
    beyond_frame_bp: int,
    seniority_bp: int,
    scale: ContributionsScale,
) -> int:
    """Pay on the State scale in dong: every coefficient times the base salary, rounded half up once.

    Beyond-frame seniority is a percentage of the coefficient; professional seniority of the coefficient, the
    position allowance and the beyond-frame seniority together. Coefficients in thousandths, percentages in
    hundredths of a percent.
    """
    coefficient = Fraction(coefficient_milli, 1000)
    position = Fraction(position_milli, 1000)
    beyond_frame = coefficient * Fraction(beyond_frame_bp, 10_000)
    seniority = (coefficient + position + beyond_frame) * Fraction(seniority_bp, 10_000)
    reserve = Fraction(reserve_milli, 1000)
    return half_up(scale.base_salary * (coefficient + reserve + position + beyond_frame + seniority))


@provision(
    "contribution.pay",
    clause="58/2014/QH13, Điều 89 khoản 1, 2; 41/2024/QH15, Điều 31 khoản 1; 158/2025/NĐ-CP, Điều 7",
    since="2016-01-01",
    term="tiền lương tháng tính đóng",
)
def pay(
    pay_kind: int,
    wage: int,
    coefficient_milli: int,
    reserve_milli: int,
    position_milli: int,
    beyond_frame_bp: int,
    seniority_bp: int,
    other_pay: int,
    scale: ContributionsScale,
) -> int:
    """Monthly pay before floor and cap: the sum agreed, or coefficients, plus allowances given in dong."""
    if pay_kind == PayKind.COEFFICIENT:
        return other_pay + coefficient_pay(
            coefficient_milli, reserve_milli, position_milli, beyond_frame_bp, seniority_bp, scale
        )
    return wage + other_pay


@provision(
    "contribution.lowest_base",
    clause="595/QĐ-BHXH, Điều 6 khoản 1, điểm 2.6; 58/2014/QH13, Điều 89; 143/2018/NĐ-CP, Điều 14",
    since="2016-01-01",
    until="2025-06-30",
    term="tiền lương đóng thấp nhất",
)
def lowest_base_2014(worker_group: int, region: int, scale: ContributionsScale) -> int:
    """The regional minimum wage where the employer fixes the pay; no floor on the State scale.

    Conscripts and part-time commune officials contribute on the base salary: it is their floor and their cap.
    """
    lowest: int = 0
    if worker_group in EMPLOYER_PAY:
        lowest = scale.minimum_wage[region]
    elif worker_group in ON_BASE_SALARY:
        lowest = scale.base_salary
    return lowest


@provision(
    "contribution.lowest_base",
    clause="41/2024/QH15, Điều 31 khoản 1 điểm d, đ, Điều 141 khoản 13",
    since="2025-07-01",
    term="tiền lương đóng thấp nhất",
)
def lowest_base_2024(worker_group: int, region: int, scale: ContributionsScale) -> int:  # noqa: ARG001 - as its first version
    """The reference level, for everybody."""
    lowest: int = scale.base_salary
    return lowest


lowest_base = versions(lowest_base_2014, lowest_base_2024)


@provision(
    "contribution.highest_base",
    clause="58/2014/QH13, Điều 86 khoản 2, 3, Điều 89 khoản 3; 25/2008/QH12, Điều 14 khoản 5",
    since="2016-01-01",
    until="2025-06-30",
    term="tiền lương đóng cao nhất",
)
def highest_base_2014(worker_group: int, scale: ContributionsScale) -> int:
    """Twenty base salaries; one for conscripts and part-time commune officials."""
    highest: int = scale.base_salary
    if worker_group not in ON_BASE_SALARY:
        highest = scale.base_cap_multiple * highest
    return highest


@provision(
    "contribution.highest_base",
    clause="41/2024/QH15, Điều 31 khoản 1 điểm d, đ; 51/2024/QH15, Điều 1; 25/2008/QH12, Điều 14 khoản 5",
    since="2025-07-01",
    term="tiền lương đóng cao nhất",
)
def highest_base_2024(worker_group: int, scale: ContributionsScale) -> int:  # noqa: ARG001 - as its first version
    """Twenty times the reference level, for everybody."""
    highest: int = scale.base_cap_multiple * scale.base_salary
    return highest


highest_base = versions(highest_base_2014, highest_base_2024)


@provision(
    "contribution.pay_abroad",
    clause="58/2014/QH13, Điều 85 khoản 2 điểm a; 595/QĐ-BHXH, Điều 5 điểm 1.3",
    since="2016-01-01",
    until="2025-06-30",
    term="tiền lương đóng của người đi làm việc ở nước ngoài",
)
def pay_abroad_2014(worker_group: int, monthly_pay: int, scale: ContributionsScale) -> int:
    """The pay of before leaving; twice the base salary for who never contributed before (no earlier pay)."""
    if worker_group == WorkerGroup.ABROAD and monthly_pay == 0:
        doubled: int = scale.abroad_multiple * scale.base_salary
        return doubled
    return monthly_pay


@provision(
    "contribution.pay_abroad",
    clause="41/2024/QH15, Điều 31 khoản 1 điểm d",
    since="2025-07-01",
    term="tiền lương đóng của người đi làm việc ở nước ngoài",
)
def pay_abroad_2024(worker_group: int, monthly_pay: int, scale: ContributionsScale) -> int:  # noqa: ARG001 - as its first version
    """The wage they choose."""
    return monthly_pay


pay_abroad = versions(pay_abroad_2014, pay_abroad_2024)


@provision(
    "contribution.base",
    clause="58/2014/QH13, Điều 85, Điều 86, Điều 89; 595/QĐ-BHXH, Điều 5, Điều 6; "
    "41/2024/QH15, Điều 31 khoản 1; 158/2025/NĐ-CP, Điều 7; 157/2025/NĐ-CP, Điều 6",
    since="2016-01-01",
    term="tiền lương làm căn cứ đóng bảo hiểm xã hội",
)
def base(monthly_pay: int, lowest: int, highest: int) -> int:
    """Pay raised to the floor and cut at the cap of its month and group."""
    return min(max(monthly_pay, lowest), highest)


@provision(
    "contribution.health_base",
    clause="595/QĐ-BHXH, Điều 18 khoản 1, 2; 25/2008/QH12, Điều 14; 188/2025/NĐ-CP, Điều 6 khoản 1",
    since="2016-01-01",
    term="tiền lương làm căn cứ đóng bảo hiểm y tế",
)
def health_base(worker_group: int, social_base: int, scale: ContributionsScale) -> int:
    """The social-insurance base; the base salary for part-time commune officials (and conscripts)."""
    return base_or_base_salary(worker_group, social_base, scale)


@provision(
    "contribution.work_injury_base",
    clause="58/2014/QH13, Điều 86 khoản 1, 2; 58/2020/NĐ-CP, Điều 4 khoản 1, 2",
    since="2016-01-01",
    term="tiền lương làm căn cứ đóng quỹ tai nạn lao động, bệnh nghề nghiệp",
)
def work_injury_base(worker_group: int, social_base: int, scale: ContributionsScale) -> int:
    """The social-insurance base; the base salary for conscripts (commune officials are not in this fund)."""
    return base_or_base_salary(worker_group, social_base, scale)


def base_or_base_salary(worker_group: int, social_base: int, scale: ContributionsScale) -> int:
    """Căn cứ đóng: the base salary for the groups whose health and work-injury funds go by it."""
    if worker_group in ON_BASE_SALARY:
        base_salary: int = scale.base_salary
        return base_salary
    return social_base


@provision(
    "contribution.unemployment_highest_base",
    clause="38/2013/QH13, Điều 58",
    since="2016-01-01",
    until="2025-12-31",
    term="tiền lương đóng bảo hiểm thất nghiệp cao nhất",
)
def unemployment_highest_base_2013(worker_group: int, region: int, scale: ContributionsScale) -> int:
    """Twenty base salaries on the State scale, twenty regional minimum wages elsewhere."""
    if worker_group == WorkerGroup.STATE_SCALE:
        on_scale: int = scale.unemployment_cap_multiple * scale.base_salary
        return on_scale
    elsewhere: int = scale.unemployment_cap_multiple * scale.minimum_wage[region]
    return elsewhere


@provision(
    "contribution.unemployment_highest_base",
    clause="74/2025/QH15, Điều 34 khoản 2",
    since="2026-01-01",
    term="tiền lương đóng bảo hiểm thất nghiệp cao nhất",
)
def unemployment_highest_base_2025(worker_group: int, region: int, scale: ContributionsScale) -> int:  # noqa: ARG001 - as above
    """Twenty regional minimum wages, for everybody."""
    highest: int = scale.unemployment_cap_multiple * scale.minimum_wage[region]
    return highest


unemployment_highest_base = versions(unemployment_highest_base_2013, unemployment_highest_base_2025)


@provision(
    "contribution.unemployment_base",
    clause="38/2013/QH13, Điều 58; 595/QĐ-BHXH, Điều 15; 74/2025/QH15, Điều 34",
    since="2016-01-01",
    term="tiền lương làm căn cứ đóng bảo hiểm thất nghiệp",
)
def unemployment_base(monthly_pay: int, lowest: int, highest: int) -> int:
    """The pay on which social insurance is due, with the cap of unemployment insurance instead of its own."""
    return min(max(monthly_pay, lowest), highest)


@provision(
    "contribution.job_minimum",
    clause="595/QĐ-BHXH, Điều 6 điểm 2.6; 122/2015/NĐ-CP, Điều 5; 38/2022/NĐ-CP, Điều 4",
    since="2016-01-01",
    until="2025-06-30",
    term="mức lương thấp nhất của công việc",
)
def job_minimum(region: int, trained: bool, conditions: str, scale: ContributionsScale) -> int:
    """Lowest pay of a job in dong: trained work 7% above the regional minimum, hard work 5% or 7% above that.

    `conditions` is "normal", "heavy" or "extremely_heavy". A wage below it is questioned, not raised.
    """
    lowest: Fraction = Fraction(scale.minimum_wage[region])
    if trained:
        lowest = lowest * (1 + scale.trained_supplement)
    return half_up(lowest * (1 + scale.hard_supplement[conditions]))
