"""Names that the month's SQL is woven from: the five funds and the order in which money is given to them."""

from __future__ import annotations

from collections.abc import Callable

from ansinh.ledger.services import FUNDS

__all__ = [
    "ALLOCATION_RANK",
    "BASES",
    "CLOSING",
    "DUE",
    "EVADED",
    "FUNDS",
    "FUND_NUMBER",
    "LATE",
    "added",
    "each",
    "funds_when",
]

LATE = tuple(f"late_{f}" for f in FUNDS)
EVADED = tuple(f"evaded_{f}" for f in FUNDS)
CLOSING = (*FUNDS, *LATE, *EVADED)
BASES = ("si_base", "hi_base", "ui_base", "wi_base")
DUE = (*BASES, *FUNDS, "worker_total")

# QĐ 595/QĐ-BHXH 2017, Điều 43 khoản 2: after those who leave or claim a benefit, health, unemployment and
# work injury, then the social insurance funds together. QĐ 366/QĐ-BHXH 2026 prints no order; its form C69a
# keeps column 38 for the same priority. Smaller is earlier.
ALLOCATION_RANK = {
    "health": 1,
    "unemployment": 2,
    "work_injury": 3,
    "sickness_maternity": 4,
    "pension_survivors": 4,
}

FUND_NUMBER = {fund: number for number, fund in enumerate(sorted(FUNDS))}
"""A fund in the long tables, which have a row for each: a number, in the order of the names."""


def each(pattern: str, names: tuple[str, ...] = FUNDS, joiner: str = ", ") -> str:
    """The pattern once per name, `{}` standing for the name."""
    return joiner.join(pattern.replace("{}", n) for n in names)


def added(names: tuple[str, ...] = FUNDS, pattern: str = "{}") -> str:
    """The sum of the columns, as an SQL expression."""
    return "(" + each(pattern, names, " + ") + ")"


def funds_when(make: Callable[[str], str]) -> str:
    """A UNION ALL of one SELECT per fund."""
    return "\nUNION ALL\n".join(make(f) for f in FUNDS)
