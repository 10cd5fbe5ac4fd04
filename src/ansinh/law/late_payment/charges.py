"""0,03%/ngày: the sum to pay on top of late or evaded contributions, by the day."""

from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision

__all__ = ["daily_charge"]


@provision(
    "late_payment.daily_charge",
    clause="41/2024/QH15, Điều 40 khoản 1, Điều 41 khoản 1; 25/2008/QH12, Điều 49; 188/2025/NĐ-CP, Điều 4",
    since="2025-07-01",
    term="số tiền phải nộp do chậm đóng, trốn đóng",
)
def daily_charge(amount: int, days: int, daily_rate: Fraction) -> int:
    """Số tiền phải nộp thêm: of one sum (one month, one fund) over a number of days, in dong.

    The texts give sum x days x rate and are silent on odd dong: rounded half up once, per sum, as money is
    elsewhere in these texts.

    >>> daily_charge(10_000_000, 30, Fraction(3, 10_000)), daily_charge(3_398_400, 10, Fraction(3, 10_000))
    (90000, 10195)
    """
    return half_up(amount * days * daily_rate)
