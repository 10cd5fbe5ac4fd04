"""Bảo hiểm y tế hộ gia đình: members who join in one financial year pay less, one after another.

Rounding: each member's premium is rounded half up to the dong once; the declared base likewise.
"""

from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision
from ansinh.law.health.book import HealthScale


class MemberPremium(NamedTuple):
    """Mức đóng hằng tháng của một thành viên, dong: the base declared and the premium."""

    base: int
    premium: int


@provision(
    "health.household_share",
    clause="25/2008/QH12, Điều 13 khoản 3, 6; 46/2014/QH13, Điều 1; 51/2024/QH15, Điều 1 khoản 11; "
    "146/2018/NĐ-CP, Điều 7 khoản 1 điểm e; 188/2025/NĐ-CP, Điều 6 khoản 5 điểm b",
    since="2015-01-01",
    term="mức đóng so với người thứ nhất",
)
def household_share(position: int, scale: HealthScale) -> Fraction:
    """Share of the first member's premium: 100, 70, 60, 50, and 40% from the fifth on."""
    shares = scale.household_shares
    return Fraction(shares[min(position, len(shares)) - 1])


@provision(
    "health.member_premium",
    clause="25/2008/QH12, Điều 13 khoản 3, 6; 146/2018/NĐ-CP, Điều 7 khoản 1 điểm e; "
    "188/2025/NĐ-CP, Điều 6 khoản 5",
    since="2015-01-01",
    term="mức đóng hằng tháng của thành viên hộ gia đình",
)
def member_premium(share: Fraction, scale: HealthScale) -> MemberPremium:
    """4.5% of the base salary (reference level) times the member's share; dong a month."""
    base = scale.base_salary * share
    return MemberPremium(half_up(base), half_up(base * scale.premium_rate))


def household(members: int, scale: HealthScale) -> list[MemberPremium]:
    """Mức đóng của từng thành viên theo thứ tự.

    >>> from datetime import date
    >>> from ansinh.law.health.book import BOOK
    >>> [one.premium for one in household(3, BOOK.on(date(2026, 6, 30)))]
    [105300, 73710, 63180]
    """
    return [member_premium(household_share(place, scale), scale) for place in range(1, members + 1)]
