"""Mức lương hưu: rate times average wage, rounded half up to the dong once, and the lift to the minimum.

The texts print 8,531,620 x 69% = 5,886,818 (59/2015/TT-BLĐTBXH, ví dụ 39): half up, at the end.
"""

from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.careers.years import years
from ansinh.law.engine import provision, versions
from ansinh.law.pensions.book import PensionsScale
from ansinh.law.pensions.early import reduction, reduction_2006
from ansinh.law.pensions.facts import Amount, Award, Claim, Rate
from ansinh.law.pensions.rates import (
    base_years,
    base_years_2006,
    rate_before_reduction,
    uncapped_rate,
    uncapped_rate_2006,
)
from ansinh.law.retirement import Group


@provision(
    "pensions.rate",
    clause="71/2006/QH11, Điều 52; 58/2014/QH13, Điều 56 khoản 3; 41/2024/QH15, Điều 66 khoản 3",
    since="2007-01-01",
    term="tỷ lệ hưởng lương hưu",
)
def rate(rate_before_reduction: Fraction, reduction: Fraction) -> Fraction:
    """The rate left after the reduction for retiring early."""
    return max(rate_before_reduction - reduction, Fraction(0))


@provision(
    "pensions.amount",
    clause="58/2014/QH13, Điều 56, Điều 74; 115/2015/NĐ-CP, Điều 7 khoản 1; 33/2016/NĐ-CP, Điều 9 khoản 1; "
    "134/2015/NĐ-CP, Điều 3 khoản 1; 158/2025/NĐ-CP, Điều 13 khoản 1, Điều 17 khoản 3",
    since="2016-01-01",
    term="mức lương hưu tính theo tỷ lệ",
)
def amount(rate: Fraction, average_wage: int) -> int:
    """Rate x average wage, half up to the dong."""
    return half_up(rate * average_wage)


@provision(
    "pensions.minimum",
    clause="58/2014/QH13, Điều 56 khoản 5; 134/2015/NĐ-CP, Điều 5 khoản 3; "
    "59/2015/TT-BLĐTBXH, Điều 17 khoản 3; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 13 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="mức lương hưu thấp nhất",
)
def minimum_2014(
    worker_group: int,
    compulsory_months: int,
    begun_before_2025_07: bool,  # noqa: ARG001 - as the other version
    scale: PensionsScale,
) -> int:
    """The base salary for who has twenty years compulsory; none (0) for part-time commune workers.

    Commune women with fifteen to under twenty years (Điều 54 khoản 3) have none either.
    """
    lowest: int = 0
    if worker_group != Group.COMMUNE_PART_TIME and compulsory_months >= 12 * scale.minimum_pension_years:
        lowest = scale.base_salary
    return lowest


@provision(
    "pensions.minimum",
    clause="41/2024/QH15, Điều 141 khoản 11; 158/2025/NĐ-CP, Điều 13 khoản 1, Điều 17 khoản 3; "
    "159/2025/NĐ-CP, Điều 11 khoản 3",
    since="2025-07-01",
    term="mức lương hưu thấp nhất",
)
def minimum_2024(
    worker_group: int, compulsory_months: int, begun_before_2025_07: bool, scale: PensionsScale
) -> int:
    """The reference level for twenty years compulsory, begun before 01/07/2025; else none (0)."""
    lowest: int = 0
    if (
        begun_before_2025_07
        and worker_group != Group.COMMUNE_PART_TIME
        and compulsory_months >= 12 * scale.minimum_pension_years
    ):
        lowest = scale.base_salary
    return lowest


minimum = versions(minimum_2014, minimum_2024)


def entitled_rate(claim: Claim, scale: PensionsScale) -> Rate:
    """Tỷ lệ hưởng của một người: by the law of the first pension month; `scale` is `BOOK.on` that month."""
    months = claim.contributed_months + claim.voluntary_months
    counted = years(months, scale)
    first = base_years.on(claim.month)(claim.sex, scale)
    uncapped = uncapped_rate.on(claim.month)(claim.sex, claim.worker_group, months, counted, first, scale)
    capped = rate_before_reduction(uncapped, scale)
    lost = reduction.on(claim.month)(claim.early_months, scale)
    return Rate(counted, first, uncapped, capped, lost, rate(capped, lost))


def entitled_rate_2006(claim: Claim, scale: PensionsScale, scale_2006: PensionsScale) -> Rate:
    """Tỷ lệ hưởng theo Luật năm 2006: for who was found to have lost capacity before 2016.

    `scale` is of the first pension month, `scale_2006` of 31/12/2015.
    """
    months = claim.contributed_months + claim.voluntary_months
    counted = years(months, scale)
    first = base_years_2006(claim.sex, scale_2006)
    uncapped = uncapped_rate_2006(claim.sex, claim.worker_group, months, counted, first, scale_2006)
    capped = rate_before_reduction(uncapped, scale_2006)
    lost = reduction_2006(claim.early_months, scale_2006)
    return Rate(counted, first, uncapped, capped, lost, rate(capped, lost))


def entitled_amount(claim: Claim, share: Fraction, scale: PensionsScale) -> Amount:
    """Mức lương hưu của một người: at a rate, lifted to the minimum of the first pension month."""
    by_rate = amount(share, claim.average_wage)
    lowest = minimum.on(claim.month)(
        claim.worker_group, claim.contributed_months, claim.begun_before_2025_07, scale
    )
    return Amount(max(by_rate, lowest), by_rate < lowest)


def award(claim: Claim, scale: PensionsScale) -> Award:
    """Tỷ lệ và mức lương hưu của một người: `entitled_rate` and `entitled_amount` in one, for columns."""
    found = entitled_rate(claim, scale)
    paid = entitled_amount(claim, found.rate, scale)
    return Award(
        found.counted_years,
        found.base_years,
        found.uncapped_rate,
        found.rate_before_reduction,
        found.reduction,
        found.rate,
        paid.pension,
        paid.minimum_applied,
    )
