"""Lãi chậm đóng theo tháng: interest of the laws before July 2025, by the month."""

from fractions import Fraction

from ansinh.kernel.rounding import half_up, truncate_percent
from ansinh.law.engine import provision

__all__ = [
    "arrears_interest",
    "arrears_months",
    "growth_factor",
    "interest_base",
    "monthly_interest",
    "monthly_rate",
]


@provision(
    "late_payment.monthly_rate",
    clause="58/2014/QH13, Điều 122 khoản 3; 595/QĐ-BHXH, Điều 37 khoản 3; 959/QĐ-BHXH, Điều 41 khoản 3",
    since="2007-01-01",
    until="2025-06-30",
    term="lãi suất chậm đóng",
)
def monthly_rate(yearly: Fraction, multiple: int, digits: int) -> Fraction:
    """Lãi suất chậm đóng k: share per month from a yearly return, cut to ``digits`` decimals of a percent.

    >>> monthly_rate(Fraction(65, 1000), 2, 4)
    Fraction(10833, 1000000)
    """
    return truncate_percent(yearly * multiple / 12, digits)


@provision(
    "late_payment.interest_base",
    clause="595/QĐ-BHXH, Điều 37 khoản 3; 959/QĐ-BHXH, Điều 41 khoản 3; 41/2024/QH15, Điều 38 khoản 1",
    since="2007-01-01",
    term="số tiền chậm đóng phải tính lãi",
)
def interest_base(debt: int, not_due: int) -> int:
    """Số tiền phải tính lãi: what is owed to the end of the month before, less what is not yet overdue.

    >>> interest_base(350_000_000, 210_000_000), interest_base(10, 20)
    (140000000, 0)
    """
    return max(debt - not_due, 0)


@provision(
    "late_payment.monthly_interest",
    clause="959/QĐ-BHXH, Điều 41 khoản 3",
    since="2007-01-01",
    until="2015-12-31",
    term="tiền lãi chậm đóng",
)
def compound_interest(base: int, rate: Fraction, carried: int) -> int:
    """Tiền lãi chậm đóng một tháng: until 2015 interest not yet paid bears interest too.

    >>> compound_interest(100_000_000, Fraction(1, 100), 1_000_000)
    1010000
    """
    return half_up((base + carried) * rate)


@provision(
    "late_payment.monthly_interest",
    clause="58/2014/QH13, Điều 122 khoản 3; 20/2016/TT-BTC, Điều 5 khoản 1; 595/QĐ-BHXH, Điều 37 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="tiền lãi chậm đóng",
)
def monthly_interest(base: int, rate: Fraction, months: int) -> int:
    """Tiền lãi chậm đóng: simple interest on the overdue sum; interest bears none.

    >>> monthly_interest(15_000_000, Fraction(10833, 1_000_000), 1)
    162495
    """
    return half_up(base * rate * months)


@provision(
    "late_payment.arrears_months",
    clause="959/QĐ-BHXH, Điều 42 khoản 1",
    since="2007-01-01",
    until="2015-12-31",
    term="số tháng tính lãi truy thu",
)
def arrears_months_before(months_since: int) -> int:
    """Số tháng tính lãi: from the month of the contribution to the month of computation."""
    return max(months_since, 0)


@provision(
    "late_payment.arrears_months",
    clause="595/QĐ-BHXH, Điều 38 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term="số tháng tính lãi truy thu",
)
def arrears_months(months_since: int) -> int:
    """Số tháng tính lãi: to the month before the computation, N = (T0 - Ti) - 1.

    >>> arrears_months(16), arrears_months(0)
    (15, 0)
    """
    return max(months_since - 1, 0)


@provision(
    "late_payment.growth_factor",
    clause="959/QĐ-BHXH, Điều 42 khoản 1",
    since="2007-01-01",
    until="2015-12-31",
    term="thừa số giá trị tương lai",
)
def growth_factor(rate: Fraction, months: int, digits: int) -> Fraction:
    """Thừa số giá trị tương lai: (1 + k) to the power of the months, rounded half up to ``digits`` decimals.

    >>> growth_factor(Fraction(1, 100), 11, 4)
    Fraction(11157, 10000)
    """
    return Fraction(half_up((1 + rate) ** months * 10**digits), 10**digits)


@provision(
    "late_payment.arrears_interest",
    clause="959/QĐ-BHXH, Điều 42 khoản 1",
    since="2007-01-01",
    until="2015-12-31",
    term="tiền lãi truy thu",
)
def arrears_interest(amount: int, factor: Fraction) -> int:
    """Tiền lãi truy thu lãi gộp: what the sum grows by.

    >>> arrears_interest(10_000_000, Fraction(11157, 10_000))
    1157000
    """
    return half_up(amount * (factor - 1))
