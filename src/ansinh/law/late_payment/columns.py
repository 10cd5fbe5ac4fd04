"""Chậm đóng, trốn đóng trên cột: the clauses as SQL expressions, printed from the functions themselves.

Each function takes the SQL of its facts (a column or an expression) and gives the SQL of its value, for
DuckDB or Spark. The ranges below are what the compiler proves the arithmetic for: amounts and days outside
them, and empty values, are to be refused before.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal

from ansinh.kernel.months import Month
from ansinh.law.engine.compiler import Compiler
from ansinh.law.engine.expressions import Bounds, Node, prove
from ansinh.law.engine.rationals import Number
from ansinh.law.engine.sql import Dialect, Printer
from ansinh.law.late_payment.book import BOOK
from ansinh.law.late_payment.charges import daily_charge
from ansinh.law.late_payment.standing import evaded_days, late_days, standing, standing_before

__all__ = ["AMOUNT", "DAYS", "charge_sql", "classify_sql", "days_sql"]

AMOUNT: Bounds = (0, 10**13)
"""Dong of one debt (one month, one fund, one employer)."""

DAYS: Bounds = (-20_000, 20_000)
"""Days after the last day for payment, some fifty years either way."""


def charge_sql(amount: str, days: str, *, as_of: date, dialect: Dialect = "duckdb") -> str:
    """Số tiền phải nộp thêm: SQL of ``daily_charge`` over dong and charged days, at the rate of a day.

    Raises ``NotInForce`` before 2025-07-01.

    >>> charge_sql("amount", "days", as_of=date(2026, 1, 1))
    '((((days * amount) * 3) + 5000) // 10000)'
    """
    rate = BOOK.on(as_of).daily_rate
    clause = _Clause(as_of, dialect)
    return clause.sql(daily_charge, clause.number(amount, AMOUNT), clause.number(days, (0, DAYS[1])), rate)


def classify_sql(
    due_on: str, urged: str, force_majeure: str, *, as_of: date, dialect: Dialect = "duckdb"
) -> str:
    """Tình trạng: SQL of ``classify`` on a day, ``'not_due'``, ``'late'`` or ``'evaded'``."""
    clause = _Clause(as_of, dialect)
    overdue = clause.number(_days_between(due_on, as_of, dialect), DAYS)
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
    dialect: Dialect = "duckdb",
    first_days: str | None = None,
) -> str:
    """Số ngày bị tính: SQL of one of the two counts of ``delay_days``, over the last day and the standing.

    Raises ``NotInForce`` before 2025-07-01.
    """
    scale = BOOK.on(as_of)
    threshold, inclusive = scale.evasion_after_days, scale.days_counted_from == "due_day"
    clause = _Clause(as_of, dialect)
    plain = _days_between(due_on, as_of, dialect)
    counted = f"CASE WHEN {plain} > 0 THEN {plain} + 1 ELSE 0 END" if inclusive else f"greatest({plain}, 0)"
    eve = date.fromisoformat(scale.first_charged_on) - timedelta(days=0 if inclusive else 1)
    overdue = clause.number(f"({counted})", (0, DAYS[1] + 1))
    before = clause.number(f"greatest({_days_between(due_on, eve, dialect)}, 0)", (0, DAYS[1]))
    evaded = clause.truth(f"({state} = 'evaded')")
    if kind == "evaded":
        return clause.sql(evaded_days, overdue, before, evaded, threshold)
    charged = (first_days or scale.first_days_of_evasion) == "charged_as_late"
    return clause.sql(late_days, overdue, before, evaded, threshold, charged)


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


def _days_between(due_on: str, day: date, dialect: Dialect) -> str:
    if dialect == "spark":
        return f"datediff(DATE '{day.isoformat()}', {due_on})"
    return f"CAST(DATE '{day.isoformat()}' - {due_on} AS BIGINT)"
