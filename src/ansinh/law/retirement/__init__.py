"""Hưu trí: retirement age, conditions of the pension, and its first month.

`retirement_age` for one person of any date of birth; `age` and `lower_age` are the clauses it joins, fit for
columns of months from 2021. `pension_eligibility` judges an `Insured` on a day, `first_month` finds the first
month of pension; `year_age`, `capacity_age` give the ages for a year of retirement. Ages are months. Figures:
`parameters.yaml`, read as `BOOK`. From 01/2016; earlier days are `NotInForce`.
"""

from ansinh.law.retirement.age import (
    FIRST_DAY,
    LADDER,
    RetirementAge,
    age,
    age_by,
    former_age,
    ladder_age,
    lower_age,
    reached_on_ladder,
    retirement_age,
)
from ansinh.law.retirement.birth import born_in_year
from ansinh.law.retirement.book import BOOK
from ansinh.law.retirement.capacity import capacity_age, month_of_age, year_age
from ansinh.law.retirement.dates import Completed, Filled, TooShort, first_month
from ansinh.law.retirement.eligibility import Eligibility, contribution_eligibility, pension_eligibility
from ansinh.law.retirement.facts import (
    Born,
    CapacityLoss,
    Conditions,
    Group,
    Hazard,
    Insured,
    Requirement,
    Sex,
    Verdict,
)
from ansinh.law.retirement.requirements import requirement
from ansinh.law.retirement.start import Arrears, arrears, missing_months_allowed
from ansinh.law.retirement.work import WorkSpell, conditions_that_count, hazard_months

__all__ = [
    "BOOK",
    "FIRST_DAY",
    "LADDER",
    "Arrears",
    "Born",
    "CapacityLoss",
    "Completed",
    "Conditions",
    "Eligibility",
    "Filled",
    "Group",
    "Hazard",
    "Insured",
    "Requirement",
    "RetirementAge",
    "Sex",
    "TooShort",
    "Verdict",
    "WorkSpell",
    "age",
    "age_by",
    "arrears",
    "born_in_year",
    "capacity_age",
    "conditions_that_count",
    "contribution_eligibility",
    "first_month",
    "former_age",
    "hazard_months",
    "ladder_age",
    "lower_age",
    "missing_months_allowed",
    "month_of_age",
    "pension_eligibility",
    "reached_on_ladder",
    "requirement",
    "retirement_age",
    "year_age",
]
