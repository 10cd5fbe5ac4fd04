"""Các con số của lương hưu, month by month, for the rivals: their clauses are written by hand, the figures are ours."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month, months_between
from ansinh.law.pensions.columns import BOOK
from bench.figures import basis_points

FIRST, LAST = Month(2025, 1), Month(2026, 12)
EARLIEST, LATEST = Month(1960, 1), Month(2030, 12)
YEARS = range(EARLIEST.year, LATEST.year + 1)
WIDTH = LATEST - EARLIEST + 2
"""Months that a prefix sum has: one before each month, and one at the end."""

NEW_LAW = Month(2025, 7).index
PLAIN = (
    "base_salary", "men_base_years", "women_base_years", "required_years", "minimum_pension_years",
    "half_year_last_odd_month", "whole_career_from_year", "price_adjusted_from_year",
)  # fmt: skip
SHARES = (
    "first_rate", "men_yearly_rate", "women_yearly_rate", "highest_rate", "lump_sum_multiple", "health_rate",
    "months_per_year_before_2014", "months_per_year_from_2014", "paid_in_rate", "most_months_under_a_year",
)  # fmt: skip
LATER = {"men_lump_years": 1, "women_lump_years": 1, "short_first_years": 1,
         "short_first_rate": 10_000, "short_yearly_rate": 10_000}  # fmt: skip
"""Figures that the law of 2024 brought, each with the unit it is told in; 0 before it."""


def of(month: Month) -> dict[str, int]:
    """The figures of a first pension month: dong, years, months; shares in hundredths of a percent."""
    scale = BOOK.on(month)
    found = {name: int(getattr(scale, name)) for name in PLAIN}
    found |= {name: basis_points(Fraction(getattr(scale, name))) for name in SHARES}
    new = month.index >= NEW_LAW
    return found | {name: int(getattr(scale, name) * unit) if new else 0 for name, unit in LATER.items()}


def windows(month: Month) -> dict[int, int]:
    """Last months averaged, by the first year of participation from which they hold."""
    return {int(year): int(months) for year, months in BOOK.on(month).average_window.items()}


def coefficients(name: str, year: int) -> dict[int, int]:
    """Hundredths by the year of the pay, for pensions of `year`; the table must be one for the whole year."""
    held: list[Mapping[int, Any]] = []
    for month in months_between(Month(year, 1), Month(year, 12)):
        table = getattr(BOOK.on(month), name)
        if table not in held:
            held.append(table)
    (table,) = held
    first, last = min(table), max(table)
    return {y: int(table[max(y, first)] * 100) if y <= last else 100 for y in YEARS}


def wage_coefficients(year: int) -> dict[int, int]:
    """Of wages: years before the table take its first."""
    return coefficients("wage_adjustment", year)


def income_coefficients(year: int) -> dict[int, int]:
    """Of voluntary incomes: nothing before such insurance began."""
    began = min(BOOK.on(Month(year, 1)).income_adjustment)
    return {y: value if y >= began else 0 for y, value in coefficients("income_adjustment", year).items()}


def base_salaries() -> dict[int, int]:
    """The base salary of every month from 2016 to the last that is known; of later ones that last."""
    found: dict[int, int] = {}
    for month in months_between(Month(2016, 1), LATEST):
        found[month.index] = int(BOOK.on(min(month, LAST)).base_salary)
    return found


def everything() -> dict[str, Any]:
    """All of it as plain data: what the rival in its own environment is handed."""
    years = range(FIRST.year, LAST.year + 1)
    return {
        "figures": {month.index: of(month) for month in months_between(FIRST, LAST)},
        "windows": {month.index: windows(month) for month in months_between(FIRST, LAST)},
        "wages": {year: wage_coefficients(year) for year in years},
        "incomes": {year: income_coefficients(year) for year in years},
        "base_salaries": base_salaries(),
        "earliest": EARLIEST.index,
        "new_law": NEW_LAW,
    }
