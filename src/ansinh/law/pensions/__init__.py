"""Lương hưu: rate and amount, lump sum for years above the highest rate, and the decrees that raise pensions.

One person: `entitled_rate(claim, BOOK.on(month))`, then `entitled_amount`; `award` is both, for columns.
`entitled_rate_2006` for who was found to have lost capacity before 2016.
Lump sum: `full_rate_months`, `excess`, `lump_sum_months`, `lump_sum`. Decrees: `adjusted(drawn, month)`.
The rate, the reduction and the amount (`rates`, `early`, `amounts`) stay in what the column compiler takes.

Not encoded: years under a treaty (41/2024/QH15, Điều 66 khoản 4), special trades of the armed forces
(khoản 2), years converted for who worked before 1995, early retirement without reduction (pre-school
teachers, cutting of staff), and pensions that began before 2016. A part-time commune worker with twenty years
in other groups has the minimum too (59/2015/TT-BLĐTBXH, Điều 17 khoản 3): no fact tells of them. A woman's
adjustment of 2018-2021 (153/2018/NĐ-CP) is no part of the award: `adjusted` applies it.
"""

from ansinh.law.pensions.adjustment import Adjusted, Drawn, MissingFactError, Stage, adjusted
from ansinh.law.pensions.amounts import award, entitled_amount, entitled_rate, entitled_rate_2006
from ansinh.law.pensions.book import BOOK
from ansinh.law.pensions.early import early_months, early_months_2006, hard_work_counts, reference_age
from ansinh.law.pensions.facts import Amount, Award, Claim, Rate
from ansinh.law.pensions.increases import BenefitKind
from ansinh.law.pensions.lump_sums import (
    Excess,
    excess,
    excess_2024,
    full_rate_months,
    lump_sum,
    lump_sum_months,
)
from ansinh.law.pensions.rates import reduced_capacity_months, required_months
from ansinh.law.pensions.transition import applied_law, begun_before_2025_07, under_law_2006

__all__ = [
    "BOOK",
    "Adjusted",
    "Amount",
    "Award",
    "BenefitKind",
    "Claim",
    "Drawn",
    "Excess",
    "MissingFactError",
    "Rate",
    "Stage",
    "adjusted",
    "applied_law",
    "award",
    "begun_before_2025_07",
    "early_months",
    "early_months_2006",
    "entitled_amount",
    "entitled_rate",
    "entitled_rate_2006",
    "excess",
    "excess_2024",
    "full_rate_months",
    "hard_work_counts",
    "lump_sum",
    "lump_sum_months",
    "reduced_capacity_months",
    "reference_age",
    "required_months",
    "under_law_2006",
]
