"""Bảo hiểm xã hội một lần: who may still take it and how much; the emigrant's sum; the regional allowance.

`entitled` (a `Claim` on a `Ground`), `contributed_years` → `average_months` → `sum_by_years`, or `paid_in` →
`under_a_year`; `state_support` and `payable`. `pension_months` → `emigrant_pension`. `regional_lump_sum`.
Figures: `parameters.yaml`, read as `BOOK`. From 01/2016; earlier days are `NotInForce`.
"""

from ansinh.law.one_time.book import BOOK
from ansinh.law.one_time.emigration import (
    counts_as_pension,
    emigrant_allowance,
    emigrant_pension,
    pension_months,
)
from ansinh.law.one_time.entitlement import entitled, entitled_2024, insured_before, months_out
from ansinh.law.one_time.facts import Claim, Entitlement, Ground, MonthlyBenefit
from ansinh.law.one_time.payment import (
    average_months,
    conscript_wage,
    first_supported_month,
    is_under_a_year,
    paid_in,
    payable,
    state_support,
    sum_by_years,
    support_stays,
    under_a_year,
)
from ansinh.law.one_time.regional import RegionalSpell, regional_last_month, regional_lump_sum
from ansinh.law.one_time.years import ContributedYears, contributed_years

__all__ = [
    "BOOK",
    "Claim",
    "ContributedYears",
    "Entitlement",
    "Ground",
    "MonthlyBenefit",
    "RegionalSpell",
    "average_months",
    "conscript_wage",
    "contributed_years",
    "counts_as_pension",
    "emigrant_allowance",
    "emigrant_pension",
    "entitled",
    "entitled_2024",
    "first_supported_month",
    "insured_before",
    "is_under_a_year",
    "months_out",
    "paid_in",
    "payable",
    "pension_months",
    "regional_last_month",
    "regional_lump_sum",
    "state_support",
    "sum_by_years",
    "support_stays",
    "under_a_year",
]
