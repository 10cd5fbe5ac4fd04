"""Mức đóng, đóng bù, hoàn trả: the sum for each way of paying.

Rounding: sums over months are exact; each amount is rounded half up to the dong once, at the end, as
Quyết định 595 and Thông tư 01/2016 print them (14.753.539; 135.629.537; 6.820.781).
"""

from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.voluntary.book import VoluntaryScale

__all__ = ["late", "missing", "periodic", "prepaid", "refund"]


@provision(
    "voluntary.monthly",
    clause="58/2014/QH13, Điều 87 khoản 1; 134/2015/NĐ-CP, Điều 10 khoản 1; 41/2024/QH15, Điều 36 khoản 1",
    since="2016-01-01",
    term="mức đóng hằng tháng",
)
def monthly(income: int, scale: VoluntaryScale) -> Fraction:
    """22% of the income chosen, or of the rural poverty line for the State's support; exact."""
    return Fraction(scale.voluntary_rate) * income


@provision(
    "voluntary.periodic",
    clause="134/2015/NĐ-CP, Điều 10 khoản 2; 595/QĐ-BHXH, Điều 10 khoản 2; 41/2024/QH15, Điều 36 khoản 1, 2",
    since="2016-01-01",
    term="mức đóng của phương thức theo kỳ",
)
def periodic(income: int, months: int, scale: VoluntaryScale) -> int:
    """Monthly contribution by the months of the method."""
    return half_up(monthly(income, scale) * months)


@provision(
    "voluntary.prepaid",
    clause="134/2015/NĐ-CP, Điều 10 khoản 3; 01/2016/TT-BLĐTBXH, Điều 9 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="mức đóng một lần cho nhiều năm về sau",
)
def prepaid_2014(income: int, months: int, fund_rate: Fraction, scale: VoluntaryScale) -> int:
    """Contributions of the months ahead, each discounted by the fund's monthly rate from the second on."""
    return half_up(monthly(income, scale) * discounts(0, months, fund_rate))


@provision(
    "voluntary.prepaid",
    clause="159/2025/NĐ-CP, Điều 6 khoản 2",
    since="2025-07-01",
    term="mức đóng một lần cho nhiều năm về sau",
)
def prepaid_2024(income: int, months: int, fund_rate: Fraction, scale: VoluntaryScale) -> int:
    """Contributions of the months ahead, each discounted by the fund's monthly rate from the second on."""
    return half_up(monthly(income, scale) * discounts(0, months, fund_rate))


prepaid = versions(prepaid_2014, prepaid_2024)


@provision(
    "voluntary.missing",
    clause="134/2015/NĐ-CP, Điều 10 khoản 4; 01/2016/TT-BLĐTBXH, Điều 9 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term="mức đóng một lần cho những năm còn thiếu",
)
def missing_2014(income: int, months: int, fund_rate: Fraction, scale: VoluntaryScale) -> int:
    """Contributions of the missing months with compound interest at the fund's monthly rate."""
    return half_up(monthly(income, scale) * compounds(months, fund_rate))


@provision(
    "voluntary.missing",
    clause="159/2025/NĐ-CP, Điều 7 khoản 2",
    since="2025-07-01",
    term="mức đóng một lần cho thời gian còn thiếu",
)
def missing_2024(income: int, months: int, fund_rate: Fraction, scale: VoluntaryScale) -> int:
    """Contributions of the missing months with compound interest at the fund's monthly rate."""
    return half_up(monthly(income, scale) * compounds(months, fund_rate))


missing = versions(missing_2014, missing_2024)


@provision(
    "voluntary.late",
    clause="134/2015/NĐ-CP, Điều 12 khoản 3; 01/2016/TT-BLĐTBXH, Điều 11 khoản 3; "
    "595/QĐ-BHXH, Điều 11 khoản 3",
    since="2016-01-01",
    term="mức đóng bù cho số tháng chậm đóng",
)
def late(income: int, months: int, months_late: int, fund_rate: Fraction, scale: VoluntaryScale) -> int:
    """Contribution of the period with compound interest for each month of delay."""
    return half_up(monthly(income, scale) * months * (1 + fund_rate) ** months_late)


@provision(
    "voluntary.refund",
    clause="134/2015/NĐ-CP, Điều 10 khoản 6; 01/2016/TT-BLĐTBXH, Điều 9 khoản 5; "
    "595/QĐ-BHXH, Điều 10 khoản 6",
    since="2016-01-01",
    until="2025-06-30",
    term="số tiền hoàn trả",
)
def refund_2014(
    income: int, months: int, remaining: int, fund_rate: Fraction, state_support: int, scale: VoluntaryScale
) -> int:
    """What was paid for the months that remain, discounted as it was paid, without the State's support."""
    return refunded(income, months, remaining, fund_rate, state_support, scale)


@provision(
    "voluntary.refund",
    clause="159/2025/NĐ-CP, Điều 8 khoản 2, 3",
    since="2025-07-01",
    term="số tiền hoàn trả",
)
def refund_2024(
    income: int, months: int, remaining: int, fund_rate: Fraction, state_support: int, scale: VoluntaryScale
) -> int:
    """What was paid for the months that remain, discounted as it was paid, without the State's support."""
    return refunded(income, months, remaining, fund_rate, state_support, scale)


refund = versions(refund_2014, refund_2024)


def refunded(
    income: int, months: int, remaining: int, fund_rate: Fraction, state_support: int, scale: VoluntaryScale
) -> int:
    """Số tiền đã đóng của `remaining` tháng cuối: less the support; rate 0 for a period not discounted."""
    paid = monthly(income, scale) * discounts(months - remaining, months, fund_rate)
    return half_up(paid) - state_support


def discounts(first: int, end: int, fund_rate: Fraction) -> Fraction:
    """Tổng chiết khấu 1/(1+r)^i: with i from `first` to before `end`, as one fraction.

    >>> discounts(0, 3, Fraction(0)), discounts(1, 3, Fraction(1))
    (Fraction(3, 1), Fraction(3, 4))
    """
    growth = 1 + fund_rate
    return sum((1 / growth**power for power in range(first, end)), Fraction(0))


def compounds(months: int, fund_rate: Fraction) -> Fraction:
    """Tổng lãi gộp (1+r)^i: with i from 1 to `months`.

    >>> compounds(2, Fraction(1))
    Fraction(6, 1)
    """
    growth = 1 + fund_rate
    return sum((growth**power for power in range(1, months + 1)), Fraction(0))
