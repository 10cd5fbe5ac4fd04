"""Tiền lãi theo tháng: the clauses of interest put to work on debts and on lists of months."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from ansinh.kernel.months import Month, months_between
from ansinh.law.late_payment.book import BOOK
from ansinh.law.late_payment.interest import (
    arrears_interest,
    arrears_months,
    arrears_months_before,
    compound_interest,
    growth_factor,
    monthly_interest,
    monthly_rate,
)

__all__ = [
    "Arrears",
    "RatePeriod",
    "arrears",
    "fund_rate",
    "interbank_rate",
    "method",
    "month_interest",
    "spread_interest",
]

Kind = Literal["late", "evasion", "arrears"]
RateOf = Callable[[Month], Fraction]


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """Lãi suất một thời kỳ: k per month, first and last month included; ``last`` is None while it runs."""

    first: Month
    last: Month | None
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Arrears:
    """Kết quả truy thu một khoản: months charged and interest in dong."""

    months: int
    interest: int


def method(as_of: date) -> str:
    """Cách tính của luật: ``"compound"`` until 2015, ``"monthly"`` until June 2025, then ``"daily"``."""
    found: str = BOOK.on(as_of).method
    return found


def fund_rate(as_of: date, kind: Kind, yearly: Fraction | None) -> Fraction:
    """Lãi suất chậm đóng BHXH, BHTN, BHTNLĐ-BNN: k per month from the fund's return of the year before.

    ``yearly`` None reads the published return. Raises ``NotInForce`` for a year whose return is not known.
    """
    scale = BOOK.on(as_of)
    times = scale.arrears_multiple if kind == "arrears" else scale.fund_return_multiple
    return monthly_rate(scale.fund_return if yearly is None else yearly, times, scale.rate_digits)


def interbank_rate(as_of: date, yearly: Fraction | None) -> Fraction:
    """Lãi suất chậm đóng BHYT: k per month from the nine-month interbank rate of the year before."""
    scale = BOOK.on(as_of)
    known = scale.interbank_return if yearly is None else yearly
    return monthly_rate(known, scale.interbank_multiple, scale.rate_digits)


def month_interest(as_of: date, base: int, rate: Fraction, *, months: int = 1, carried: int = 0) -> int:
    """Tiền lãi phát sinh: on an overdue sum; ``carried`` interest bears interest only until 2015."""
    if as_of in compound_interest.period:
        total = 0
        for _ in range(months):
            total += compound_interest(base, rate, carried + total)
        return total
    return monthly_interest(base, rate, months)


def spread_interest(base: int, periods: Sequence[RatePeriod], first: Month, last: Month) -> tuple[int, int]:
    """Tiền lãi qua nhiều thời kỳ lãi suất: months charged and interest, ``first`` to ``last`` included.

    Raises ``LookupError`` with the month for which no rate is given.
    """
    counted: dict[Fraction, int] = {}
    for month in months_between(first, last):
        rate = rate_in(periods, month)
        counted[rate] = counted.get(rate, 0) + 1
    return sum(counted.values()), sum(monthly_interest(base, rate, n) for rate, n in counted.items())


def rate_in(periods: Sequence[RatePeriod], month: Month) -> Fraction:
    """Lãi suất của một tháng. Raises ``LookupError`` where none is given."""
    for period in periods:
        if period.first <= month and (period.last is None or month <= period.last):
            return period.rate
    raise LookupError(month)


def arrears(as_of: date, computed: Month, month: Month, amount: int, rate_of: RateOf) -> Arrears:
    """Tiền lãi truy thu một khoản: of the contribution of ``month``, computed in ``computed``.

    ``rate_of`` gives k for a month of the calendar. Until 2015 compound at the rate of the computation; from
    2016 simple, at the rate of the evaded month's year (that of 2016 for anything older), or month by month
    where ``arrears_rate_of`` is read so.
    """
    since = computed - month
    if as_of in arrears_months_before.period:
        months = arrears_months_before(since)
        factor = growth_factor(rate_of(computed), months, BOOK.on(as_of).growth_digits)
        return Arrears(months, arrears_interest(amount, factor))
    months = arrears_months(since)
    earliest = Month.of(monthly_interest.period.since)
    if BOOK.on(as_of).arrears_rate_of == "evaded_month":
        return Arrears(months, monthly_interest(amount, rate_of(max(month, earliest)), months))
    charged = [rate_of(max(month + n, earliest)) for n in range(1, months + 1)]
    average = sum(charged, Fraction(0)) / max(months, 1)
    return Arrears(months, monthly_interest(amount, average, months))
