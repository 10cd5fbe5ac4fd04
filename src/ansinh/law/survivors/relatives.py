"""Thân nhân hưởng tuất hằng tháng: who is entitled, at which share, from and to which month.

A circumstance not mentioned (both parents dead, the other parent dead) is none; income is always asked for.
"""

from collections.abc import Sequence
from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.one_time import Entitlement
from ansinh.law.retirement import Sex
from ansinh.law.survivors.ages import elder_2014, elder_2024, has_reached
from ansinh.law.survivors.book import SurvivorsScale
from ansinh.law.survivors.facts import FactNeededError, Relation, Relative

ENTITLED = Entitlement(True)
MOTHERS = {Relation.MOTHER, Relation.MOTHER_IN_LAW}
FATHERS = {Relation.FATHER, Relation.FATHER_IN_LAW}
"""Cha, mẹ: those of the person who died and of the spouse."""


@provision(
    "survivors.relative_entitled",
    clause=(
        "58/2014/QH13, Điều 67 khoản 2, 3; 59/2015/TT-BLĐTBXH, Điều 25 khoản 1; "
        "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 21 khoản 2"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="thân nhân được hưởng tuất hằng tháng",
)
def relative_entitled_2014(relative: Relative, month: Month, scale: SurvivorsScale) -> Entitlement:
    """A child under 18 or with 81% loss; others of age or with 81% loss, if poor."""
    if relative.relation == Relation.CHILD:
        if is_minor(relative, month, scale) or is_incapable(relative, scale):
            return ENTITLED
        return Entitlement(False, "insufficient_capacity_loss")
    if not is_incapable(relative, scale) and not elder_2014(relative, _sex(relative), month, scale):
        return _too_young(relative)
    return _poor(relative, scale)


@provision(
    "survivors.relative_entitled",
    clause=(
        "41/2024/QH15, Điều 86 khoản 2, 3; 12/2025/TT-BNV, Điều 18 khoản 2; "
        "88/2025/TT-BCA, Điều 19 khoản 2, 3"
    ),
    since="2025-07-01",
    term="thân nhân được hưởng tuất hằng tháng",
)
def relative_entitled_2024(relative: Relative, month: Month, scale: SurvivorsScale) -> Entitlement:
    """A child under 18; a child with 81% loss, and others at retirement age or with 81% loss, if poor."""
    if relative.relation == Relation.CHILD:
        if is_minor(relative, month, scale):
            return ENTITLED
        if not is_incapable(relative, scale):
            return Entitlement(False, "insufficient_capacity_loss")
    elif not is_incapable(relative, scale) and not elder_2024(relative, _sex(relative), month):
        return _too_young(relative)
    return _poor(relative, scale)


relative_entitled = versions(relative_entitled_2014, relative_entitled_2024)


def is_minor(relative: Relative, month: Month, scale: SurvivorsScale) -> bool:
    """Chưa đủ 18 tuổi: at the end of the month."""
    return not has_reached(relative, scale.child_age, month)


def is_incapable(relative: Relative, scale: SurvivorsScale) -> bool:
    """Suy giảm khả năng lao động từ 81% trở lên; a loss not mentioned is none."""
    return relative.loss_rate is not None and bool(relative.loss_rate >= scale.relative_loss_rate)


def _sex(relative: Relative) -> Sex:
    if relative.relation in MOTHERS:
        return Sex.FEMALE
    if relative.relation in FATHERS:
        return Sex.MALE
    if relative.sex is None:
        raise FactNeededError("sex")
    return relative.sex


def _too_young(relative: Relative) -> Entitlement:
    return Entitlement(False, "under_age" if relative.loss_rate is None else "insufficient_capacity_loss")


def _poor(relative: Relative, scale: SurvivorsScale) -> Entitlement:
    if relative.income is None:
        raise FactNeededError("income")
    return ENTITLED if relative.income < scale.base_salary else Entitlement(False, "above_maximum")


@provision(
    "survivors.uncared",
    clause=(
        "58/2014/QH13, Điều 68 khoản 1; 59/2015/TT-BLĐTBXH, Điều 26 khoản 2; "
        "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 22 khoản 1"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="không có người trực tiếp nuôi dưỡng",
)
def uncared_2014(
    relative: Relative, children: Sequence[Relative], month: Month, scale: SurvivorsScale
) -> bool:
    """An orphan; a spouse whose children are all minors; a parent widowed and without another adult child."""
    return _uncared(relative, children, month, scale)


@provision(
    "survivors.uncared",
    clause="41/2024/QH15, Điều 87 khoản 1; 12/2025/TT-BNV, Điều 18 khoản 3",
    since="2025-07-01",
    term="không có người trực tiếp nuôi dưỡng",
)
def uncared_2024(
    relative: Relative, children: Sequence[Relative], month: Month, scale: SurvivorsScale
) -> bool:
    """An orphan; a spouse, or a widowed parent, without a child who is 18 and able to work."""
    return _uncared(relative, children, month, scale)


uncared = versions(uncared_2014, uncared_2024)


def _uncared(relative: Relative, children: Sequence[Relative], month: Month, scale: SurvivorsScale) -> bool:
    if relative.relation == Relation.CHILD:
        return relative.both_parents_dead
    if relative.relation == Relation.SPOUSE:
        able = [one for one in children if not is_minor(one, month, scale) and not is_incapable(one, scale)]
        return not able and not relative.other_children
    if not relative.spouse_dead:
        return False
    if relative.other_children is None:
        raise FactNeededError("other_children")
    return relative.other_children == 0


@provision(
    "survivors.monthly_rate",
    clause="58/2014/QH13, Điều 68 khoản 1; 41/2024/QH15, Điều 87 khoản 1",
    since="2016-01-01",
    term="tỷ lệ trợ cấp tuất hằng tháng",
)
def monthly_rate(uncared: bool, scale: SurvivorsScale) -> Fraction:
    """50% of the base salary (reference level), 70% for who has nobody to care for him directly."""
    return Fraction(scale.uncared_rate if uncared else scale.monthly_rate)


@provision(
    "survivors.times",
    clause="58/2014/QH13, Điều 68 khoản 2; 41/2024/QH15, Điều 87 khoản 2",
    since="2016-01-01",
    term="số lần mức trợ cấp tuất hằng tháng",
)
def times(deaths: int, scale: SurvivorsScale) -> int:
    """Once; twice where two persons or more have died."""
    return int(min(deaths, scale.most_times))


@provision(
    "survivors.monthly_amount",
    clause="58/2014/QH13, Điều 68 khoản 1, 2; 41/2024/QH15, Điều 87 khoản 1, 2",
    since="2016-01-01",
    term="mức trợ cấp tuất hằng tháng",
)
def monthly_amount(rate: Fraction, times: int, scale: SurvivorsScale) -> int:
    """The share, once or twice, of the base salary (reference level); half up to the dong."""
    return half_up(rate * times * scale.base_salary)


@provision(
    "survivors.paid_relatives",
    clause="58/2014/QH13, Điều 68 khoản 2; 41/2024/QH15, Điều 87 khoản 2",
    since="2016-01-01",
    term="số thân nhân được trả tuất hằng tháng",
)
def paid_relatives(entitled: int, scale: SurvivorsScale) -> int:
    """At most four of those entitled, whom the family chooses."""
    return int(min(entitled, scale.most_relatives))


@provision(
    "survivors.first_month",
    clause="58/2014/QH13, Điều 68 khoản 3; 41/2024/QH15, Điều 87 khoản 3",
    since="2016-01-01",
    term="tháng đầu hưởng tuất hằng tháng",
)
def first_month(month: Month, born: Month | None) -> Month:
    """The month after the death; for a child born later the month of birth."""
    return month + 1 if born is None else max(month + 1, born)


@provision(
    "survivors.last_month",
    clause=(
        "58/2014/QH13, Điều 67 khoản 2 điểm a; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 21 khoản 2 điểm a; "
        "41/2024/QH15, Điều 86 khoản 2 điểm a"
    ),
    since="2016-01-01",
    term="tháng cuối con hưởng tuất hằng tháng",
)
def last_month(born: Month, scale: SurvivorsScale) -> Month:
    """The month before the one in which the child turns 18."""
    months: int = scale.child_age * 12
    return born + months - 1
