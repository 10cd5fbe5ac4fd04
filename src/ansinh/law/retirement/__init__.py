"""Hưu trí: retirement age, conditions of the pension, and its first month.

`retirement_age` for one person; `age` and `lower_age` are the clauses it joins, fit for columns. Ages are
months. Figures: `parameters.yaml`, read as `BOOK`. From 01/2016.
"""

from ansinh.law.retirement.age import RetirementAge, age, lower_age, retirement_age
from ansinh.law.retirement.book import BOOK
from ansinh.law.retirement.facts import Conditions, Group, Sex

__all__ = [
    "BOOK",
    "Conditions",
    "Group",
    "RetirementAge",
    "Sex",
    "age",
    "lower_age",
    "retirement_age",
]
