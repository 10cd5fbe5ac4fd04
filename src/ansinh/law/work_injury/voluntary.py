"""Bảo hiểm tai nạn lao động tự nguyện: one-time benefits in minimum wages of region IV.

The decree is in force from 01/01/2025; its own example 1 reads it, and the minimum wage, in 08/2024, so that
the clauses answer from that month on.
"""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.work_injury.book import WorkInjuryScale
from ansinh.law.work_injury.facts import Entitlement

FIRST_MONTH_READ = "2024-08-01"


@provision(
    "work_injury.voluntary_entitled",
    clause="143/2024/NĐ-CP, Điều 7 khoản 1, 4",
    since=FIRST_MONTH_READ,
    term="đủ điều kiện hưởng trợ cấp tai nạn lao động tự nguyện",
)
def voluntary_entitled_2024(
    points: Fraction, previous_points: Fraction | None, scale: WorkInjuryScale
) -> Entitlement:
    """5 points of loss; assessed again, more than before."""
    if points < scale.least_points:
        return Entitlement(eligible=False, reason="insufficient_capacity_loss")
    if previous_points is not None and points <= previous_points:
        return Entitlement(eligible=False, reason="no_increase")
    return Entitlement(eligible=True)


voluntary_entitled = versions(voluntary_entitled_2024)


@provision(
    "work_injury.voluntary_by_loss",
    clause="143/2024/NĐ-CP, Điều 7 khoản 1 điểm a, d",
    since=FIRST_MONTH_READ,
    term="mức trợ cấp tính theo mức suy giảm khả năng lao động",
)
def voluntary_by_loss_2024(points: Fraction, minimum_wage: int, scale: WorkInjuryScale) -> Fraction:
    """3 minimum wages at 5 points, 0.3 a point more."""
    multiple = scale.voluntary_first_levels + (points - scale.least_points) * scale.voluntary_level_a_point
    return Fraction(multiple * minimum_wage)


voluntary_by_loss = versions(voluntary_by_loss_2024)


@provision(
    "work_injury.voluntary_by_years",
    clause="143/2024/NĐ-CP, Điều 7 khoản 1 điểm b, c, d",
    since=FIRST_MONTH_READ,
    term="mức trợ cấp tính theo số năm đóng vào quỹ",
)
def voluntary_by_years_2024(months: int, minimum_wage: int, scale: WorkInjuryScale) -> Fraction:
    """0.5 minimum wages for one year or less, 0.3 for each full year more."""
    further = max(months // 12 - 1, 0)
    multiple = scale.voluntary_first_year + further * scale.voluntary_further_year
    return Fraction(multiple * minimum_wage)


voluntary_by_years = versions(voluntary_by_years_2024)


@provision(
    "work_injury.voluntary_added",
    clause="143/2024/NĐ-CP, Điều 7 khoản 4",
    since=FIRST_MONTH_READ,
    term="mức trợ cấp một lần bổ sung",
)
def voluntary_added_2024(
    points: Fraction, previous_points: Fraction, minimum_wage: int, scale: WorkInjuryScale
) -> Fraction:
    """Assessed again: 0.3 minimum wages for each point added."""
    return Fraction((points - previous_points) * scale.voluntary_level_a_point * minimum_wage)


voluntary_added = versions(voluntary_added_2024)
