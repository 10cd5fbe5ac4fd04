"""Trợ cấp tuất một lần: when it is due and how much.

Sums are rounded once, half up to the dong, when they are stated; a sum under the floor is the floor itself.
Months of pension drawn, where only dates are known, do not count the month of the death until 06/2025 (Thông
tư 01/2016, ví dụ 18) and count it from 07/2025 (“chết từ tháng thứ ba trở đi”).
"""

from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.one_time import Entitlement, MonthlyBenefit
from ansinh.law.survivors.book import SurvivorsScale
from ansinh.law.survivors.facts import FactNeededError, Relation, Relative
from ansinh.law.survivors.relatives import ENTITLED, is_incapable


class Family(NamedTuple):
    """Gia đình: whether, and for how many, monthly allowance is due, and what bars a choice.

    `of_allowance`: an invalidity allowance or that of Decree 09/1998 was drawn.
    """

    monthly_due: bool
    monthly_relatives: int
    choose_lump: bool
    of_allowance: bool = False
    child_under_6: bool = False
    incapable_relative: bool = False


@provision(
    "survivors.lump_sum_due",
    clause=(
        "58/2014/QH13, Điều 69; 115/2015/NĐ-CP, Điều 12 khoản 5; 134/2015/NĐ-CP, Điều 8 khoản 4; "
        "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 23"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="được hưởng trợ cấp tuất một lần",
)
def lump_sum_due_2014(family: Family) -> Entitlement:
    """No monthly allowance due, or a choice; none over a child under 6 or an incapable relative."""
    if not family.monthly_due or not family.monthly_relatives:
        return ENTITLED
    if not family.choose_lump or family.of_allowance:
        # The choice is given over contributors and pensioners only (Điều 66 khoản 1, Nghị định 115 Điều 13).
        return Entitlement(False, "monthly_allowance_due")
    if family.child_under_6:
        return Entitlement(False, "child_under_6")
    if family.incapable_relative:
        return Entitlement(False, "relative_capacity_loss")
    return ENTITLED


@provision(
    "survivors.lump_sum_due",
    clause="41/2024/QH15, Điều 88 khoản 2, Điều 110 khoản 1; 158/2025/NĐ-CP, Điều 21 khoản 4",
    since="2025-07-01",
    term="được hưởng trợ cấp tuất một lần",
)
def lump_sum_due_2024(family: Family) -> Entitlement:
    """No monthly allowance due, or the lump sum chosen instead, freely."""
    if not family.monthly_due or not family.monthly_relatives or family.choose_lump:
        return ENTITLED
    return Entitlement(False, "monthly_allowance_due")


lump_sum_due = versions(lump_sum_due_2014, lump_sum_due_2024)


@provision(
    "survivors.child_under_6",
    clause=(
        "58/2014/QH13, Điều 69 khoản 3; 59/2015/TT-BLĐTBXH, Điều 27a khoản 1; "
        "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 21 khoản 3"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="con dưới 06 tuổi",
)
def child_under_6(relative: Relative, month: Month, scale: SurvivorsScale) -> bool:
    """Under 6 lasts to the end of the month before the one in which the child turns 6."""
    if relative.relation != Relation.CHILD:
        return False
    if relative.born is not None:
        return bool(relative.born + scale.young_child_age * 12 > month)
    if relative.age_years is None:
        raise FactNeededError("birth")
    return bool(relative.age_years < scale.young_child_age)


@provision(
    "survivors.incapable",
    clause="58/2014/QH13, Điều 69 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="con, vợ hoặc chồng suy giảm khả năng lao động từ 81%",
)
def incapable(relative: Relative, scale: SurvivorsScale) -> bool:
    """A child or the spouse who has lost 81% of the capacity or more keeps the monthly allowance."""
    return relative.relation in {Relation.CHILD, Relation.SPOUSE} and is_incapable(relative, scale)


@provision(
    "survivors.refunded",
    clause="58/2014/QH13, Điều 81 khoản 2, Điều 70 khoản 1; 41/2024/QH15, Điều 110 khoản 2 điểm c, khoản 3",
    since="2016-01-01",
    term="trợ cấp tuất một lần bằng số tiền đã đóng",
)
def refunded(compulsory: int, voluntary: int, scale: SurvivorsScale) -> bool:
    """Voluntary time alone, under 12 months (from 01/7/2025 under 60), gives back what was paid in."""
    return compulsory == 0 and bool(voluntary < scale.paid_in_below_months)


@provision(
    "survivors.refund",
    clause="58/2014/QH13, Điều 81 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="số tiền đã đóng trả lại thân nhân",
)
def refund_2014(paid_in: Fraction, average_wage: Fraction, scale: SurvivorsScale) -> int:
    """Return the money paid in, at most two average monthly incomes."""
    return half_up(min(paid_in, scale.most_refund_months * average_wage))


@provision(
    "survivors.refund",
    clause="41/2024/QH15, Điều 110 khoản 2 điểm c",
    since="2025-07-01",
    term="số tiền đã đóng trả lại thân nhân",
)
def refund_2024(paid_in: Fraction, average_wage: Fraction, scale: SurvivorsScale) -> int:  # noqa: ARG001
    """Return the money paid in."""
    return half_up(paid_in)


refund = versions(refund_2014, refund_2024)


@provision(
    "survivors.by_years",
    clause="58/2014/QH13, Điều 70 khoản 1, Điều 81 khoản 2; 41/2024/QH15, Điều 89 khoản 1, Điều 110 khoản 3",
    since="2016-01-01",
    term="trợ cấp tuất một lần theo số năm đóng",
)
def by_years(
    average_wage_months: Fraction, average_wage: Fraction, compulsory: int, scale: SurvivorsScale
) -> int:
    """Average months due times the average wage; with compulsory time at least three of them."""
    if compulsory:
        average_wage_months = max(average_wage_months, Fraction(scale.least_average_months))
    return half_up(average_wage_months * average_wage)


@provision(
    "survivors.counts_as_pension",
    clause=(
        "58/2014/QH13, Điều 70 khoản 2; 59/2015/TT-BLĐTBXH, Điều 27 khoản 1; "
        "41/2024/QH15, Điều 89 khoản 2; 158/2025/NĐ-CP, Điều 33 khoản 2 điểm c"
    ),
    since="2016-01-01",
    term="tính như người đang hưởng lương hưu",
)
def counts_as_pension(benefit_kind: MonthlyBenefit) -> bool:
    """A pension, and the allowance of Decree 09/1998, go by the months drawn."""
    return benefit_kind in {MonthlyBenefit.PENSION, MonthlyBenefit.COMMUNE_ALLOWANCE}


@provision(
    "survivors.counts_as_allowance",
    clause=(
        "115/2015/NĐ-CP, Điều 12 khoản 6 điểm c, Điều 13 khoản 2 điểm b, khoản 3 điểm b; "
        "59/2015/TT-BLĐTBXH, Điều 27 khoản 2, 3; "
        "158/2025/NĐ-CP, Điều 19 khoản 1 điểm c, Điều 21 khoản 5 điểm c, d, Điều 33 khoản 1 điểm c"
    ),
    since="2016-01-01",
    term="tính theo trợ cấp hằng tháng đang hưởng",
)
def counts_as_allowance(benefit_kind: MonthlyBenefit, months_kept: int) -> bool:
    """An invalidity allowance always; a work-injury one where no time contributed is kept.

    Who draws a work-injury allowance and keeps time goes by it, as anybody who keeps time.
    """
    if benefit_kind == MonthlyBenefit.WORK_INJURY_ALLOWANCE:
        return months_kept == 0
    return benefit_kind == MonthlyBenefit.INVALIDITY_ALLOWANCE


@provision(
    "survivors.drawn_months",
    clause="58/2014/QH13, Điều 70 khoản 2, Điều 81 khoản 3; 01/2016/TT-BLĐTBXH, Điều 7 khoản 4 điểm d",
    since="2016-01-01",
    until="2025-06-30",
    term="số tháng đã hưởng lương hưu",
)
def drawn_months_2014(drawn_from: Month, month: Month) -> int:
    """Months of pension before the month of the death, as the circular counts (ví dụ 18)."""
    return month - drawn_from


@provision(
    "survivors.drawn_months",
    clause="41/2024/QH15, Điều 89 khoản 2, Điều 110 khoản 4",
    since="2025-07-01",
    term="số tháng đã hưởng lương hưu",
)
def drawn_months_2024(drawn_from: Month, month: Month) -> int:
    """Which month of the pension the death falls in: from the third on each month takes half a pension."""
    return month - drawn_from + 1


drawn_months = versions(drawn_months_2014, drawn_months_2024)


@provision(
    "survivors.pension_months",
    clause=(
        "58/2014/QH13, Điều 70 khoản 2, Điều 81 khoản 3; 41/2024/QH15, Điều 89 khoản 2, Điều 110 khoản 4"
    ),
    since="2016-01-01",
    term="số tháng lương hưu theo công thức",
)
def pension_months(drawn_months: int, scale: SurvivorsScale) -> Fraction:
    """48 pensions, less half a pension for each month drawn beyond the first two.

    >>> from ansinh.law.survivors.book import BOOK
    >>> [str(pension_months(drawn, BOOK.on("2017-01-01"))) for drawn in (0, 2, 3, 16)]
    ['48', '48', '95/2', '41']
    """
    beyond = max(drawn_months - scale.first_pension_months, 0)
    return Fraction(scale.most_pension_months - scale.less_per_month_drawn * beyond)


@provision(
    "survivors.of_pension",
    clause=(
        "58/2014/QH13, Điều 70 khoản 2; 01/2016/TT-BLĐTBXH, Điều 7 khoản 4 điểm d; "
        "41/2024/QH15, Điều 89 khoản 2 điểm b, Điều 110 khoản 4 điểm b"
    ),
    since="2016-01-01",
    term="trợ cấp tuất một lần của người hưởng lương hưu",
)
def of_pension(pension_months: Fraction, monthly_benefit: int, scale: SurvivorsScale) -> int:
    """Months by the formula times the pension being drawn, at least three pensions."""
    return half_up(max(pension_months, Fraction(scale.least_pension_months)) * monthly_benefit)


@provision(
    "survivors.of_allowance",
    clause=(
        "115/2015/NĐ-CP, Điều 12 khoản 6 điểm c, Điều 13 khoản 2 điểm b; "
        "59/2015/TT-BLĐTBXH, Điều 27 khoản 2, 3; 41/2024/QH15, Điều 89 khoản 3; "
        "158/2025/NĐ-CP, Điều 21 khoản 5 điểm d, Điều 33 khoản 1 điểm c"
    ),
    since="2016-01-01",
    term="trợ cấp tuất một lần của người hưởng trợ cấp hằng tháng",
)
def of_allowance(monthly_benefit: int, scale: SurvivorsScale) -> int:
    """Three months of the allowance drawn before the death."""
    return int(scale.allowance_months * monthly_benefit)
