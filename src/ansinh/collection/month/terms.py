"""Điều khoản của tháng: the clauses of `law.late_payment` for one month, as SQL over the month's columns.

No rule is written here: every expression is printed from its clause. Two things are the month's own, as no
clause says them: its first and last day, and that an urging counts for a sum when it came after that sum's
last day for payment (Luật 41/2024/QH15, Điều 35 urges for sums already late).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from ansinh.collection.month.columns import FUNDS
from ansinh.kernel.months import Month
from ansinh.law.late_payment import columns as law
from ansinh.law.late_payment.book import BOOK
from ansinh.law.late_payment.settlement import fund_rate, interbank_rate, method

STATES = {"not_due": 0, "late": 1, "evaded": 2}


@dataclass(frozen=True)
class Terms:
    """The law of late payment of one month, as SQL over `for_month` and the employer's `cycle`."""

    first_day: date
    last_day: date
    daily: bool
    daily_rate: Fraction
    monthly: dict[str, Fraction] = field(default_factory=dict)

    @property
    def eve(self) -> str:
        """The day before the month, as SQL: days brought forward were charged up to it."""
        return f"DATE '{self.first_day - timedelta(days=1)}'"

    @property
    def end(self) -> str:
        """The last day of the month, as SQL."""
        return f"DATE '{self.last_day}'"

    @property
    def due_on(self) -> str:
        """Last day for payment of `for_month`."""
        return law.due_day_sql("for_month", "cycle")

    def standing(self, due_on: str, urged: str, excused: str, *, day: str | None = None) -> str:
        """`'not_due'`, `'late'` or `'evaded'` on a day, by default the last of the month."""
        return law.classify_sql(due_on, urged, excused, as_of=self.last_day, day=day)

    def state(self, due_on: str, urged_on: str, excused: str) -> str:
        """0 not due, 1 late, 2 evaded at the end of the month."""
        standing = self.standing(due_on, urged(urged_on, due_on), excused)
        known = " ".join(f"WHEN '{name}' THEN {number}" for name, number in STATES.items())
        return f"(CASE {standing} {known} END)::SMALLINT"

    def days(
        self, kind: Literal["late", "evaded"], due_on: str, standing: str, *, day: str, charged_to: str
    ) -> str:
        """Days charged up to a day, those up to `charged_to` left out."""
        return law.days_sql(due_on, standing, kind, as_of=self.last_day, day=day, charged_to=charged_to)

    def charge(self, dong_days: str) -> str:
        """The charge of a sum by its dong times days, rounded once."""
        return law.whole_charge_sql(dong_days, as_of=self.last_day)

    def interest(self, debt: str, fund: str) -> str:
        """A month's interest on an overdue debt, until June 2025."""
        return law.interest_sql(debt, self.monthly[fund], as_of=self.last_day)


def urged(urged_on: str, due_on: str) -> str:
    """Whether the newest urging letter came after the last day for payment, as SQL; no letter is no."""
    return f"coalesce({urged_on} > {due_on}, FALSE)"


def of(month: Month, monthly: Mapping[str, Fraction] | None = None) -> Terms:
    """The terms of a month. Before 2025-07 `monthly` gives k by fund, as announced each year."""
    daily = method(month.first_day) == "daily"
    return Terms(
        first_day=month.first_day,
        last_day=month.last_day,
        daily=daily,
        daily_rate=BOOK.on(month.first_day).daily_rate if daily else Fraction(0),
        monthly=dict(monthly or {}),
    )


def announced(month: Month) -> dict[str, Fraction]:
    """Lãi suất chậm đóng tháng k: by fund, of the law to 2025-06; empty where the law charges by the day.

    Twice the fund's return of the year before a month, for health twice the nine-month interbank rate
    (QĐ 595/QĐ-BHXH, Điều 37 khoản 3), cut to the digits the law names. Raises `NotInForce` for years whose
    announcement is not in the book.
    """
    if method(month.first_day) == "daily":
        return {}
    health = interbank_rate(month.first_day, None)
    social = fund_rate(month.first_day, "late", None)
    return {fund: health if fund == "health" else social for fund in FUNDS}
