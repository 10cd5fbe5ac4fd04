"""Điều khoản của tháng: last days for payment, what a day or a month of delay costs, when it is evasion.

All figures come from `law.late_payment`; here they only become SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from ansinh.collection.month.columns import FUNDS
from ansinh.kernel.months import Month
from ansinh.kernel.rounding import truncate_percent
from ansinh.law.engine import ParameterBook

BOOK = ParameterBook.load("ansinh.law.late_payment")


@dataclass(frozen=True)
class Terms:
    """The law of late payment of one month, as SQL over `for_month` and the employer's `cycle`."""

    first_day: date
    last_day: date
    daily: bool
    grace_months: int
    rate_num: int
    rate_den: int
    evasion_after: int
    monthly: dict[str, Fraction] = field(default_factory=dict)

    @property
    def eve(self) -> date:
        """The day before the month: days brought forward were charged up to it."""
        return self.first_day - timedelta(days=1)

    @property
    def due_on(self) -> str:
        """Last day for payment of `for_month`: `grace_months` after the employer's payment cycle ends.

        Luật 41/2024/QH15, Điều 34 khoản 4; before 2025-07 the last day of the cycle itself (QĐ 595, Điều 7).
        """
        last = f"((for_month // cycle) * cycle + cycle - 1 + {self.grace_months})"
        return f"last_day(make_date(({last} // 12)::BIGINT, ({last} % 12 + 1)::BIGINT, 1))"

    @property
    def state(self) -> str:
        """0 not due, 1 late, 2 evaded at the end of the month."""
        late = f"(DATE '{self.last_day}' - {self.due_on})"
        evaded = (
            f"WHEN {late} > {self.evasion_after} AND e.urged_on > {self.due_on} AND NOT e.excused THEN 2"
            if self.daily
            else ""
        )
        return f"(CASE WHEN {late} <= 0 THEN 0 {evaded} ELSE 1 END)::SMALLINT"


def of(month: Month, monthly: Mapping[str, Fraction] | None = None) -> Terms:
    """The terms of a month. Before 2025-07 `monthly` gives k by fund, as announced each year."""
    law = BOOK.on(month.first_day)
    daily = law.method == "daily"
    rate = law.daily_rate if daily else Fraction(0)
    return Terms(
        first_day=month.first_day,
        last_day=month.last_day,
        daily=daily,
        grace_months=law.grace_months,
        rate_num=rate.numerator,
        rate_den=rate.denominator,
        evasion_after=law.evasion_after_days if daily else 0,
        monthly=dict(monthly or {}),
    )


def announced(month: Month) -> dict[str, Fraction]:
    """Lãi suất chậm đóng tháng k, by fund, of the law to 2025-06; empty where the law charges by the day.

    Twice the fund's return of the year before a month, for health twice the nine-month interbank rate
    (QĐ 595/QĐ-BHXH, Điều 37 khoản 3), cut to the digits the law names. Raises `NotInForce` for years whose
    announcement is not in the book.
    """
    law = BOOK.on(month.first_day)
    if law.method == "daily":
        return {}
    social = truncate_percent(law.fund_return * law.fund_return_multiple / 12, law.rate_digits)
    health = truncate_percent(law.interbank_return * law.interbank_multiple / 12, law.rate_digits)
    return {fund: health if fund == "health" else social for fund in FUNDS}
