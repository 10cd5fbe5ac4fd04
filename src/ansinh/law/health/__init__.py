"""Bảo hiểm y tế: what each group pays and who pays it, and what the fund pays of a visit, from 01/2015.

Premiums: `premium_parts` and the clauses before it, `household`. A visit: `visit_shares(Visit(…), scale)`;
over columns `columns.program`. The five-year exemption: `continuous_from`, `has_five_years`, `exemption`.
Direct payment and transport: `direct`. Figures: `parameters.yaml`, read as `BOOK`.

The part of the cost in scope is a fact: lists, prices, rates of payment (Điều 21) and other sources are
not worked out here. Not encoded: carers of people of merit; decrees 105/2014, 75/2023 and 02/2025, whose
texts are not at hand (figures resting on them are `unverified`, people of safe zones begin in 07/2025).
Care at the primary level is taken as 100% for those who come by themselves too (Điều 22 khoản 1 điểm c
with khoản 4 điểm c), though 188/2025/NĐ-CP Điều 17 khoản 3 may be read otherwise. Co-payment is the part
that the level leaves; what the ratio of the route leaves is `beyond_ratio`.
"""

from ansinh.law.health.book import BOOK
from ansinh.law.health.direct import (
    Vehicle,
    direct_cap,
    is_carried,
    is_direct_payable,
    is_uncapped,
    petrol,
    transport,
)
from ansinh.law.health.exemptions import (
    CopaymentYear,
    Exemption,
    continuous_from,
    copayment_year_from,
    exemption,
    exemption_2025,
    has_five_years,
    months_after,
)
from ansinh.law.health.groups import ARTICLES, Group, is_group
from ansinh.law.health.households import MemberPremium, household, household_share, member_premium
from ansinh.law.health.levels import level
from ansinh.law.health.places import UNPOINTED, Direct, FacilityLevel, FormerTier, Route
from ansinh.law.health.premiums import (
    Parts,
    Payer,
    follows_base_salary,
    is_due,
    may_be_suspended,
    on_own_pay,
    payer,
    premium_base,
    premium_parts,
    support,
    support_ends,
    support_months,
)
from ansinh.law.health.routes import is_basic
from ansinh.law.health.visits import Paid, Visit, visit, visit_shares

__all__ = [
    "ARTICLES",
    "BOOK",
    "UNPOINTED",
    "CopaymentYear",
    "Direct",
    "Exemption",
    "FacilityLevel",
    "FormerTier",
    "Group",
    "MemberPremium",
    "Paid",
    "Parts",
    "Payer",
    "Route",
    "Vehicle",
    "Visit",
    "continuous_from",
    "copayment_year_from",
    "direct_cap",
    "exemption",
    "exemption_2025",
    "follows_base_salary",
    "has_five_years",
    "household",
    "household_share",
    "is_basic",
    "is_carried",
    "is_direct_payable",
    "is_due",
    "is_group",
    "is_uncapped",
    "level",
    "may_be_suspended",
    "member_premium",
    "months_after",
    "on_own_pay",
    "payer",
    "petrol",
    "premium_base",
    "premium_parts",
    "support",
    "support_ends",
    "support_months",
    "transport",
    "visit",
    "visit_shares",
]
