"""Quá trình đóng BHXH: periods, months and years of a career, and the average wage on which benefits rest.

`average_wage(career, on)` averages a record, `weighted_average` parts already averaged; `years` rounds odd
months; `wage_adjustment.on(day)(year, BOOK.on(day))` is the yearly coefficient.
"""

from ansinh.law.careers.adjustment import income_adjustment, wage_adjustment
from ansinh.law.careers.average import AverageWage, PastSeniority, average_wage, weighted_average
from ansinh.law.careers.book import BOOK
from ansinh.law.careers.counted import contributed_months, months_before_2014
from ansinh.law.careers.history import Career, Scheme, Sector, Spell, SpellKind
from ansinh.law.careers.years import years

__all__ = [
    "BOOK",
    "AverageWage",
    "Career",
    "PastSeniority",
    "Scheme",
    "Sector",
    "Spell",
    "SpellKind",
    "average_wage",
    "contributed_months",
    "income_adjustment",
    "months_before_2014",
    "wage_adjustment",
    "weighted_average",
    "years",
]
