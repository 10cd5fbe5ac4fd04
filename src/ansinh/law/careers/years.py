"""Tháng lẻ: contributed months as years for an amount; never for the minimum contribution time."""

from fractions import Fraction

from ansinh.law.careers.book import CareersScale
from ansinh.law.engine import provision


@provision(
    "careers.years",
    clause="58/2014/QH13, Điều 85 khoản 7; 41/2024/QH15, Điều 5 khoản 6",
    since="2016-01-01",
    term="số năm đóng để tính mức hưởng",
)
def years_2014(months: int, scale: CareersScale) -> Fraction:
    """Years for an amount: odd months from 1 to 6 are half a year, from 7 to 11 a whole one.

    >>> from datetime import date
    >>> from ansinh.law.careers import BOOK
    >>> [str(years(months, BOOK.on(date(2026, 1, 1)))) for months in (240, 241, 246, 247)]
    ['20', '41/2', '41/2', '21']
    """
    odd = months % 12
    if odd == 0:
        part = Fraction(0)
    elif odd <= scale.half_year_last_odd_month:
        part = scale.half_year
    else:
        part = Fraction(1)
    return months // 12 + part


years = years_2014
