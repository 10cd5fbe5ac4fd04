"""Trợ cấp hằng tháng trước tuổi hưởng trợ cấp hưu trí xã hội: what was contributed, spread over months.

Months to the age of the social pension are those from the month of the request up to the month in which the
age is reached, that month left out; a request in that month itself counts as one. Money is rounded half up to
the dong, once.
"""

from fractions import Fraction

from ansinh.kernel.rounding import half_up, up
from ansinh.law.engine import provision
from ansinh.law.social_pension.book import SocialPensionScale


@provision(
    "social_pension.bridging_condition",
    clause="41/2024/QH15, Điều 23 khoản 1; 158/2025/NĐ-CP, Điều 22; 159/2025/NĐ-CP, Điều 14",
    since="2025-07-01",
    term="điều kiện hưởng trợ cấp hằng tháng",
)
def bridging_condition(
    *,
    of_age: bool,
    of_social_pension_age: bool,
    compulsory_months: int,
    all_months: int,
    scale: SocialPensionScale,
) -> str:
    """Return why the allowance is refused, empty when it is due.

    Of retirement age, not yet of the age of the social pension, contributed but too little for a pension; who
    has only voluntary months, twelve at least.
    """
    if not of_age:
        return "under_age"
    if of_social_pension_age:
        return "social_pension_age"
    if all_months >= 12 * scale.pension_years:
        return "pension_due"
    if compulsory_months == 0 and all_months < scale.voluntary_bridging_months:
        return "insufficient_contribution"
    return ""


@provision(
    "social_pension.bridging_months",
    clause="158/2025/NĐ-CP, Điều 23 khoản 1; 159/2025/NĐ-CP, Điều 14 khoản 3",
    since="2025-07-01",
    term="thời gian hưởng trợ cấp hằng tháng tính theo khoản đóng",
)
def bridging_months(average_wage: int, counted_years: Fraction, scale: SocialPensionScale) -> int:
    """Average wage x 2 x years, in months of the social pension; part of a month counts as one."""
    return up(average_wage * scale.bridging_average_wages * counted_years / scale.social_pension)


@provision(
    "social_pension.bridging_amount",
    clause="41/2024/QH15, Điều 23 khoản 3; 158/2025/NĐ-CP, Điều 24 khoản 1, 2; "
    "159/2025/NĐ-CP, Điều 14 khoản 7, 8",
    since="2025-07-01",
    term="mức trợ cấp hằng tháng",
)
def bridging_amount(earned_months: int, months_to_age: int, scale: SocialPensionScale) -> int:
    """The social pension; higher by the months earned beyond the age, shared over the months up to it."""
    level: int = scale.social_pension
    if earned_months <= months_to_age:
        return level
    return half_up(level + Fraction((earned_months - months_to_age) * level, months_to_age))


@provision(
    "social_pension.bridging_top_up",
    clause="41/2024/QH15, Điều 23 khoản 3; 158/2025/NĐ-CP, Điều 23 khoản 3; 159/2025/NĐ-CP, Điều 14 khoản 5",
    since="2025-07-01",
    term="số tiền đóng một lần cho phần còn thiếu",
)
def bridging_top_up(earned_months: int, months_to_age: int, scale: SocialPensionScale) -> int:
    """What may be paid at once to draw until the age of the social pension: its level a month missing."""
    level: int = scale.social_pension
    return max(months_to_age - earned_months, 0) * level
