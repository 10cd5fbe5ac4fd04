"""Nhà nước hỗ trợ tiền đóng: the rate of a participant, the months supported and the sum.

The support goes by the contribution on the rural poverty line at the time of payment, whatever income is
chosen; it is not discounted for years paid ahead, and grows with the same interest for missing months.
"""

from collections.abc import Sequence
from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.voluntary.book import VoluntaryScale
from ansinh.law.voluntary.dues import compounds, monthly
from ansinh.law.voluntary.methods import Category

__all__ = ["support", "support_missing", "support_rate", "supported_period"]


@provision(
    "voluntary.support_rate",
    clause="134/2015/NĐ-CP, Điều 14 khoản 1, Điều 17 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="tỷ lệ hỗ trợ tiền đóng",
)
def support_rate_2014(categories: Sequence[Category], scale: VoluntaryScale) -> Fraction:
    """30% for poor households, 25% for near-poor ones, 10% for others; nothing before 2018."""
    return highest_rate(categories, scale)


@provision(
    "voluntary.support_rate",
    clause="159/2025/NĐ-CP, Điều 5 khoản 1",
    since="2025-07-01",
    term="tỷ lệ hỗ trợ tiền đóng",
)
def support_rate_2024(categories: Sequence[Category], scale: VoluntaryScale) -> Fraction:
    """50% for poor households and islands, 40% near-poor, 30% ethnic minorities, 20% others; the highest."""
    return highest_rate(categories, scale)


support_rate = versions(support_rate_2014, support_rate_2024)


@provision(
    "voluntary.support",
    clause="134/2015/NĐ-CP, Điều 14 khoản 1; 01/2016/TT-BLĐTBXH, Điều 12 khoản 1 điểm a, b; "
    "595/QĐ-BHXH, Điều 12 khoản 1; 41/2024/QH15, Điều 36 khoản 1; 159/2025/NĐ-CP, Điều 5 khoản 1",
    since="2016-01-01",
    term="tiền Nhà nước hỗ trợ đóng",
)
def support(months: int, rate: Fraction, scale: VoluntaryScale) -> int:
    """Rate by the contribution on the rural poverty line, for each month supported."""
    return half_up(monthly(int(scale.rural_poverty_line), scale) * rate * months)


@provision(
    "voluntary.support_missing",
    clause="134/2015/NĐ-CP, Điều 17 khoản 2; 01/2016/TT-BLĐTBXH, Điều 12 khoản 1 điểm c; "
    "595/QĐ-BHXH, Điều 12 khoản 1; 159/2025/NĐ-CP, Điều 5 khoản 1",
    since="2016-01-01",
    term="tiền Nhà nước hỗ trợ đóng một lần cho thời gian còn thiếu",
)
def support_missing(months: int, rate: Fraction, fund_rate: Fraction, scale: VoluntaryScale) -> int:
    """The same with the compound interest of the missing months."""
    return half_up(monthly(int(scale.rural_poverty_line), scale) * rate * compounds(months, fund_rate))


@provision(
    "voluntary.supported_period",
    clause="134/2015/NĐ-CP, Điều 14 khoản 2, Điều 16 khoản 5, Điều 17 khoản 2; "
    "159/2025/NĐ-CP, Điều 5 khoản 2",
    since="2016-01-01",
    term="thời gian được hỗ trợ tiền đóng",
)
def supported_period(first_month: int, scale: VoluntaryScale) -> tuple[int, int]:
    """First month with support and first month without, as indices: 120 months, none before 01/2018."""
    start = max(first_month, int(scale.support_first_year) * 12)
    return start, start + int(scale.supported_months_most)


def highest_rate(categories: Sequence[Category], scale: VoluntaryScale) -> Fraction:
    """Tỷ lệ cao nhất của các nhóm; no group at all is "other"."""
    return max(Fraction(scale.support_rate[one.value]) for one in categories or (Category.OTHER,))
