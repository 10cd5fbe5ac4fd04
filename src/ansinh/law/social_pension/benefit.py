"""Trợ cấp hưu trí xã hội: from 75, or 70 in a poor or near-poor household, for who has no pension."""

from ansinh.law.engine import provision
from ansinh.law.social_pension.book import SocialPensionScale


@provision(
    "social_pension.age",
    clause="41/2024/QH15, Điều 21 khoản 1 điểm a, khoản 2",
    since="2025-07-01",
    term="tuổi hưởng trợ cấp hưu trí xã hội",
)
def age(poor: bool, scale: SocialPensionScale) -> int:
    """75 years, 70 in a poor or near-poor household, in months."""
    months: int = scale.social_pension_age_of_the_poor if poor else scale.social_pension_age
    return months


@provision(
    "social_pension.condition",
    clause="41/2024/QH15, Điều 21 khoản 1, 2; 176/2025/NĐ-CP",
    since="2025-07-01",
    term="điều kiện hưởng trợ cấp hưu trí xã hội",
)
def condition(age_months: int, lowest_age: int, insured_benefit: int, scale: SocialPensionScale) -> str:
    """Return why the social pension is refused, empty when it is due.

    A pension or monthly insurance allowance below the limit does not stand in the way.
    """
    if age_months < lowest_age:
        return "under_age"
    if insured_benefit >= scale.insured_benefit_limit:
        return "pension_drawn"
    return ""


@provision(
    "social_pension.amount",
    clause="41/2024/QH15, Điều 22 khoản 1, 2; 176/2025/NĐ-CP",
    since="2025-07-01",
    term="mức trợ cấp hưu trí xã hội",
)
def amount(social_allowance: int, scale: SocialPensionScale) -> int:
    """The level of the Government; who also has a monthly social allowance draws the higher one."""
    return max(int(scale.social_pension), social_allowance)
