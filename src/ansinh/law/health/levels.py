"""Mức hưởng: 100, 95 or 80% by group, and what makes it 100% for one visit."""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.health.book import HealthScale
from ansinh.law.health.groups import Group
from ansinh.law.health.places import FacilityLevel, FormerTier

WHOLE_2014 = (
    Group.ARMED_FORCES,
    Group.CONSCRIPT,
    Group.MERIT,
    Group.CHILD_UNDER_6,
    Group.SOCIAL_ALLOWANCE,
    Group.POOR,
    Group.MARTYR_RELATIVE,
)
WHOLE_2018 = (*WHOLE_2014, Group.ELDERLY_SURVIVOR)
WHOLE_2024 = (
    *WHOLE_2018,
    Group.FOREIGN_CADET,
    Group.RESERVE_TRAINEE,
    Group.STANDING_MILITIA,
    Group.SAFE_ZONE,
)
MIDDLE_2014 = (
    Group.PENSIONER,
    Group.MERIT_RELATIVE,
    Group.NEAR_POOR,
    Group.NEAR_POOR_IN_POOR_PLACE,
    Group.MULTIDIMENSIONAL_POOR,
)
MIDDLE_2024 = (*MIDDLE_2014, Group.FORMER_HARD_AREA)


@provision(
    "health.level",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm a, d, đ; 46/2014/QH13, Điều 1 khoản 15",
    since="2015-01-01",
    until="2018-11-30",
    term="mức hưởng theo đối tượng",
)
def level_2014(group: int, scale: HealthScale) -> Fraction:
    """100% for soldiers, merit, children, the poor; 95% for pensioners, near poor; 80% for others."""
    if group in WHOLE_2014:
        return Fraction(1)
    if group in MIDDLE_2014:
        return Fraction(scale.middle_level)
    return Fraction(scale.common_level)


@provision(
    "health.level",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm a, d, đ; 146/2018/NĐ-CP, Điều 14 khoản 1 điểm a, b, e, g",
    since="2018-12-01",
    until="2024-12-31",
    term="mức hưởng theo đối tượng",
)
def level_2018(group: int, scale: HealthScale) -> Fraction:
    """100% for soldiers, merit, children, the poor, aged survivors; 95% pensioners, near poor; 80% others."""
    if group in WHOLE_2018:
        return Fraction(1)
    if group == Group.RESISTANCE:
        return Fraction(scale.resistance_level)
    if group in MIDDLE_2014:
        return Fraction(scale.middle_level)
    return Fraction(scale.common_level)


@provision(
    "health.level",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm a, đ, e; 51/2024/QH15, Điều 1 khoản 17, Điều 3 khoản 3; "
    "188/2025/NĐ-CP, Điều 15 khoản 1; 74/2025/NĐ-CP, Điều 1 khoản 10",
    since="2025-01-01",
    term="mức hưởng theo đối tượng",
)
def level_2024(group: int, scale: HealthScale) -> Fraction:
    """100%: points a to `đ`, e, h, i, o, r, s; 95% for pensioners, near poor, merit kin; 80% for others."""
    if group in WHOLE_2024:
        return Fraction(1)
    if group == Group.RESISTANCE:
        return Fraction(scale.resistance_level)
    if group in MIDDLE_2024:
        return Fraction(scale.middle_level)
    return Fraction(scale.common_level)


level = versions(level_2014, level_2018, level_2024)


@provision(
    "health.small_visit",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm b; 146/2018/NĐ-CP, Điều 14 khoản 1 điểm d; "
    "188/2025/NĐ-CP, Điều 17 khoản 1, 2",
    since="2015-01-01",
    term="chi phí một lần khám thấp hơn mức quy định",
)
def is_small_visit(cost: int, scale: HealthScale) -> bool:
    """The visit costs less than 15% of the base salary, on any route."""
    is_small: bool = cost < scale.base_salary * scale.small_visit_share
    return is_small


@provision(
    "health.primary_care",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm b; 146/2018/NĐ-CP, Điều 14 khoản 1 điểm c",
    since="2015-01-01",
    until="2024-12-31",
    term="khám bệnh, chữa bệnh tại tuyến xã",
)
def is_primary_care_2014(facility: int, tier: int, polyclinic: bool, inpatient: bool) -> bool:  # noqa: ARG001 - as its second version
    """Care at a commune station."""
    return tier == FormerTier.COMMUNE


@provision(
    "health.primary_care",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm c; 51/2024/QH15, Điều 1 khoản 17",
    since="2025-01-01",
    term="khám bệnh, chữa bệnh tại cấp ban đầu",
)
def is_primary_care_2024(facility: int, tier: int, polyclinic: bool, inpatient: bool) -> bool:  # noqa: ARG001 - as its first version
    """Care at the primary level, and outpatient care at a regional polyclinic."""
    return facility == FacilityLevel.PRIMARY or (polyclinic and not inpatient)


is_primary_care = versions(is_primary_care_2014, is_primary_care_2024)


@provision(
    "health.visit_level",
    clause="25/2008/QH12, Điều 22 khoản 1, 2; 188/2025/NĐ-CP, Điều 17 khoản 4, Điều 21 khoản 1",
    since="2015-01-01",
    term="mức hưởng của lần khám bệnh, chữa bệnh",
)
def visit_level(by_group: Fraction, small: bool, primary: bool, exempt: bool) -> Fraction:
    """The highest that applies: the group's, or 100% for a small visit, primary care, an exempt person."""
    if small or primary or exempt:
        return Fraction(1)
    return by_group
