"""Chậm đóng, trốn đóng trên cột: the clauses as SQL expressions, printed from the functions themselves.

Each function takes the SQL of its facts (a column or an expression) and gives the SQL of its value, for
DuckDB or Spark. The ranges below are what the compiler proves the arithmetic for: amounts and days outside
them, and empty values, are to be refused before.
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from ansinh.kernel.months import Month
from ansinh.law.engine import NotInForce
from ansinh.law.engine.compiler import Compiler
from ansinh.law.engine.expressions import Bounds, Node, prove
from ansinh.law.engine.rationals import Number
from ansinh.law.engine.sql import Dialect, Printer
from ansinh.law.late_payment.book import BOOK
from ansinh.law.late_payment.charges import daily_charge
from ansinh.law.late_payment.interest import monthly_interest
from ansinh.law.late_payment.standing import (
    evaded_days,
    late_days,
    payment_month,
    standing,
    standing_before,
)

__all__ = [
    "AMOUNT",
    "DAYS",
    "DONG_DAYS",
    "charge_sql",
    "classify_sql",
    "days_sql",
    "due_day_sql",
    "interest_sql",
    "whole_charge_sql",
]

AMOUNT: Bounds = (0, 10**13)
"""Dong of one debt (one month, one fund, one employer)."""

DAYS: Bounds = (-20_000, 20_000)
"""Days after the last day for payment, some fifty years either way."""

DONG_DAYS: Bounds = (0, 10**17)
"""Dong times days, summed over the parts of a debt that were paid on different days."""

MONTHS: Bounds = (0, 12 * 3000)
CYCLES: Bounds = (1, 6)


def due_day_sql(for_month: str, cycle: str, *, dialect: Dialect = "duckdb") -> str:
    """Thời hạn đóng chậm nhất: SQL of ``due_day`` over a month's index and a cycle of 1, 3 or 6 months.

    As there, the law of the month the contribution is for decides. The clause gives the month; its last day
    is the calendar's, which no clause says. A month before 2016 fails the query.
    """
    values = sorted(BOOK.grace_months.values, key=lambda one: one.period.since, reverse=True)
    text = f"{for_month} is before the first law of late payment"
    refuse = f"raise_error('{text}')" if dialect == "spark" else f"error('{text}')"
    grace = " ".join(f"WHEN {for_month} >= {Month.of(v.period.since).index} THEN {v.value}" for v in values)
    clause = _Clause(values[0].period.since, dialect)
    last = clause.sql(
        payment_month,
        clause.number(for_month, MONTHS),
        clause.number(cycle, CYCLES),
        clause.number(f"(CASE {grace} ELSE {refuse} END)", (0, max(v.value for v in values))),
    )
    whole = "DIV" if dialect == "spark" else "//"
    return f"last_day(make_date(CAST({last} {whole} 12 AS INTEGER), CAST({last} % 12 + 1 AS INTEGER), 1))"


def charge_sql(amount: str, days: str, *, as_of: date, dialect: Dialect = "duckdb") -> str:
    """Số tiền phải nộp thêm: SQL of ``daily_charge`` over dong and charged days, at the rate of a day.

    Raises ``NotInForce`` before 2025-07-01.

    >>> charge_sql("amount", "days", as_of=date(2026, 1, 1))
    '((((days * amount) * 3) + 5000) // 10000)'
    """
    rate = BOOK.on(as_of).daily_rate
    clause = _Clause(as_of, dialect)
    return clause.sql(daily_charge, clause.number(amount, AMOUNT), clause.number(days, (0, DAYS[1])), rate)


def whole_charge_sql(dong_days: str, *, as_of: date, dialect: Dialect = "duckdb") -> str:
    """Số tiền phải nộp thêm của cả khoản: ``daily_charge`` of a sum whose parts were late for different days.

    Dong times days are added up first, so that the sum is rounded once. Raises ``NotInForce`` before
    2025-07-01.

    >>> whole_charge_sql("dong_days", as_of=date(2026, 1, 1))
    '(((dong_days * 3) + 5000) // 10000)'
    """
    rate = BOOK.on(as_of).daily_rate
    clause = _Clause(as_of, dialect)
    return clause.sql(daily_charge, clause.number(dong_days, DONG_DAYS), 1, rate)


def interest_sql(base: str, rate: Fraction, *, as_of: date, dialect: Dialect = "duckdb") -> str:
    """Tiền lãi một tháng: SQL of ``monthly_interest`` on an overdue sum at k per month.

    Raises ``NotInForce`` before 2016 and after June 2025.

    >>> interest_sql("debt", Fraction(1, 100), as_of=date(2017, 6, 1))
    '((debt + 50) // 100)'
    """
    clause = _Clause(as_of, dialect)
    if as_of not in monthly_interest.period:
        raise NotInForce(monthly_interest.id, as_of)
    return clause.sql(monthly_interest, clause.number(base, AMOUNT), rate, 1)


def classify_sql(
    due_on: str,
    urged: str,
    force_majeure: str,
    *,
    as_of: date,
    day: str | None = None,
    dialect: Dialect = "duckdb",
) -> str:
    """Tình trạng: SQL of ``classify``, ``'not_due'``, ``'late'`` or ``'evaded'``.

    On the day ``as_of``, or on the day each row has in the SQL ``day``, by the law of ``as_of``.
    """
    clause = _Clause(as_of, dialect)
    overdue = clause.number(_days_between(due_on, day or _day(as_of), dialect), DAYS)
    if as_of in standing_before.period:
        return clause.sql(standing_before, overdue)
    after = BOOK.on(as_of).evasion_after_days
    return clause.sql(standing, overdue, clause.truth(urged), clause.truth(force_majeure), after)


def days_sql(
    due_on: str,
    state: str,
    kind: Literal["late", "evaded"],
    *,
    as_of: date,
    day: str | None = None,
    charged_to: str | None = None,
    dialect: Dialect = "duckdb",
    first_days: str | None = None,
) -> str:
    """Số ngày bị tính: SQL of one of the two counts of ``delay_days``, over the last day and the standing.

    Up to and including ``as_of``, or the day each row has in the SQL ``day``; days up to and including those
    in the SQL ``charged_to`` were charged before and are left out. Raises ``NotInForce`` before 2025-07-01.
    """
    scale = BOOK.on(as_of)
    threshold, inclusive = scale.evasion_after_days, scale.days_counted_from == "due_day"

    def counted(to: str) -> str:
        plain = _days_between(due_on, to, dialect)
        return f"CASE WHEN {plain} > 0 THEN {plain} + 1 ELSE 0 END" if inclusive else f"greatest({plain}, 0)"

    clause = _Clause(as_of, dialect)
    eve = date.fromisoformat(scale.first_charged_on) - timedelta(days=0 if inclusive else 1)
    before = f"greatest({_days_between(due_on, _day(eve), dialect)}, 0)"
    if charged_to is not None:
        before = f"greatest({before}, {counted(charged_to)})"
    facts = (
        clause.number(f"({counted(day or _day(as_of))})", (0, DAYS[1] + 1)),
        clause.number(before, (0, DAYS[1] + 1)),
        clause.truth(f"({state} = 'evaded')"),
        threshold,
    )
    if kind == "evaded":
        return clause.sql(evaded_days, *facts)
    return clause.sql(late_days, *facts, (first_days or scale.first_days_of_evasion) == "charged_as_late")


class _Clause:
    """One clause being printed: its leaves are SQL of the caller's."""

    def __init__(self, as_of: date, dialect: Dialect) -> None:
        month = Month.of(as_of)
        self.compiler = Compiler(month, month)
        self.dialect: Dialect = dialect
        self.names: dict[int, str] = {}
        self.ranges: dict[int, Bounds] = {}

    def number(self, sql: str, bounds: Bounds) -> Number:
        node = self.compiler.tree.input(sql, "int")
        self.names[id(node)] = sql
        self.ranges[id(node)] = bounds
        return Number(node)

    def truth(self, sql: str) -> Node:
        node = self.compiler.tree.input(sql, "bool")
        self.names[id(node)] = sql
        return node

    def sql(self, clause: Callable[..., Any], *facts: Any) -> str:
        root = self.compiler.node(self.compiler.apply(clause, list(facts), {}))
        bounds = prove([root], lambda node: self.ranges[id(node)])
        # An expression to stand inside the caller's SELECT; the printer's own door gives a whole SELECT.
        return Printer(bounds, self.dialect, self.names, lambda _leaf: 64)._print(root)  # noqa: SLF001


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _days_between(due_on: str, day: str, dialect: Dialect) -> str:
    if dialect == "spark":
        return f"datediff({day}, {due_on})"
    return f"CAST({day} - {due_on} AS BIGINT)"
