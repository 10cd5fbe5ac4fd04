"""Điều chỉnh tiền lương, thu nhập đã đóng: the coefficient of a year, and sums of months adjusted by it.

A coefficient has two decimals, so a sum of wages in dong times coefficients is exact in hundredths of a dong:
months x wage x hundredths is a whole number, one division ends the average.
"""

from fractions import Fraction

from ansinh.law.careers.book import CareersScale
from ansinh.law.engine import provision, versions

__all__ = ["adjusted", "income_adjustment", "wage_adjustment"]


@provision(
    "careers.wage_adjustment",
    clause="58/2014/QH13, Điều 63 khoản 2; 115/2015/NĐ-CP, Điều 10 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="mức điều chỉnh tiền lương đã đóng của năm",
)
def wage_adjustment_2014(year: int, scale: CareersScale) -> Fraction:
    """Coefficient of wages of `year` for a benefit of the scale's year; 1994 before that, at least 1."""
    return table_value(year, scale)


@provision(
    "careers.wage_adjustment",
    clause="41/2024/QH15, Điều 73 khoản 2; 158/2025/NĐ-CP, Điều 16 khoản 1",
    since="2025-07-01",
    term="hệ số điều chỉnh tiền lương làm căn cứ đóng của năm",
)
def wage_adjustment_2024(year: int, scale: CareersScale) -> Fraction:
    """Coefficient of wages of `year` for a benefit of the scale's year; 1994 before that, at least 1."""
    return table_value(year, scale)


wage_adjustment = versions(wage_adjustment_2014, wage_adjustment_2024)


@provision(
    "careers.income_adjustment",
    clause="58/2014/QH13, Điều 79 khoản 2; 134/2015/NĐ-CP, Điều 4 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="mức điều chỉnh thu nhập tháng đã đóng của năm",
)
def income_adjustment_2014(year: int, scale: CareersScale) -> Fraction:
    """Coefficient of voluntary incomes of `year` (from 2008) for a benefit of the scale's year."""
    return income_table_value(year, scale)


@provision(
    "careers.income_adjustment",
    clause="41/2024/QH15, Điều 104 khoản 2; 159/2025/NĐ-CP, Điều 10 khoản 2",
    since="2025-07-01",
    term="hệ số điều chỉnh thu nhập tháng đã đóng của năm",
)
def income_adjustment_2024(year: int, scale: CareersScale) -> Fraction:
    """Coefficient of voluntary incomes of `year` (from 2008) for a benefit of the scale's year."""
    return income_table_value(year, scale)


income_adjustment = versions(income_adjustment_2014, income_adjustment_2024)


@provision(
    "careers.adjusted",
    clause="115/2015/NĐ-CP, Điều 10 khoản 2; 158/2025/NĐ-CP, Điều 16 khoản 1; 134/2015/NĐ-CP, Điều 4 khoản 2",
    since="2016-01-01",
    term="tiền lương, thu nhập sau điều chỉnh của các tháng",
)
def adjusted(months: int, wage: Fraction | int, coefficient: Fraction) -> Fraction:
    """Sum of `months` equal wages of one year after adjustment, exact.

    >>> adjusted(12, 1_200_000, Fraction("1.08"))
    Fraction(15552000, 1)
    """
    return months * wage * coefficient


def table_value(year: int, scale: CareersScale) -> Fraction:
    """Hệ số trong bảng: years after the table (paid ahead) take the lowest, one."""
    table = scale.wage_adjustment
    column = max(year, scale.earliest_adjusted_year)
    return Fraction(table[column]) if column in table else Fraction(1)


def income_table_value(year: int, scale: CareersScale) -> Fraction:
    """Hệ số trong bảng thu nhập: years after the table (paid ahead) take the lowest, one.

    Raises `KeyError` for a year before voluntary insurance began.
    """
    table = scale.income_adjustment
    return Fraction(1) if year > max(table) else Fraction(table[year])
