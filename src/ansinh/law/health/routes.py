"""Tỷ lệ của mức hưởng: 100% on the right route, less for those who come by themselves to a higher place."""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.health.book import HealthScale
from ansinh.law.health.places import FacilityLevel, FormerTier, Route


@provision(
    "health.route_ratio",
    clause="25/2008/QH12, Điều 22 khoản 3, 4, 5, 6; 46/2014/QH13, Điều 1 khoản 15",
    since="2015-01-01",
    until="2024-12-31",
    term="tỷ lệ của mức hưởng theo tuyến",
)
def route_ratio_2014(
    route: int,
    facility: int,  # noqa: ARG001 - as its second version
    tier: int,
    points: int,  # noqa: ARG001 - as its second version
    inpatient: bool,
    listed_disease: bool,  # noqa: ARG001 - as its second version
    hard_area: bool,
    scale: HealthScale,
) -> Fraction:
    """Off route: district hospitals and inpatient care of provincial and central ones, by the stages set."""
    if route != Route.SELF or tier == FormerTier.COMMUNE:
        return Fraction(1)
    if tier == FormerTier.DISTRICT:
        return Fraction(1) if hard_area else Fraction(scale.off_route_district)
    if not inpatient:
        return Fraction(0)
    if hard_area:
        return Fraction(1)
    if tier == FormerTier.PROVINCIAL:
        return Fraction(scale.off_route_provincial_inpatient)
    return Fraction(scale.off_route_central_inpatient)


@provision(
    "health.route_ratio",
    clause="25/2008/QH12, Điều 22 khoản 3, 4, 5; 51/2024/QH15, Điều 1 khoản 17, Điều 3 khoản 2; "
    "188/2025/NĐ-CP, Điều 19; 74/2025/NĐ-CP, Điều 1 khoản 10",
    since="2025-01-01",
    term="tỷ lệ của mức hưởng theo cấp chuyên môn kỹ thuật",
)
def route_ratio_2024(
    route: int,
    facility: int,
    tier: int,
    points: int,
    inpatient: bool,
    listed_disease: bool,
    hard_area: bool,
    scale: HealthScale,
) -> Fraction:
    """Points a to h of clause 4: by level of the facility, what it was before 2025, its points, in or out."""
    if route in (Route.RIGHT, Route.EMERGENCY):
        return Fraction(1)
    if route == Route.MOVED and facility == FacilityLevel.BASIC:
        return Fraction(1)
    if facility == FacilityLevel.PRIMARY or tier == FormerTier.DISTRICT or listed_disease:
        return Fraction(1)
    if facility == FacilityLevel.BASIC:
        if inpatient:
            return Fraction(1)
        return basic_outpatient(tier, points, scale)
    return specialised_ratio(tier, inpatient, hard_area, scale)


route_ratio = versions(route_ratio_2014, route_ratio_2024)


@provision(
    "health.basic_outpatient",
    clause="25/2008/QH12, Điều 22 khoản 4 điểm e; 188/2025/NĐ-CP, Điều 19 khoản 1, 2, 3",
    since="2025-01-01",
    term="tỷ lệ ngoại trú tại cấp cơ bản khi tự đi",
)
def basic_outpatient(tier: int, points: int, scale: HealthScale) -> Fraction:
    """100% below 50 points or not yet scored; 50% from 01/7/2026 above, or once provincial or central."""
    if tier in (FormerTier.PROVINCIAL, FormerTier.CENTRAL):
        return Fraction(scale.former_upper_outpatient)
    if points >= scale.middle_points:
        return Fraction(scale.middle_points_outpatient)
    return Fraction(1)


@provision(
    "health.basic_points",
    clause="188/2025/NĐ-CP, Điều 19 khoản 1, 2",
    since="2025-01-01",
    term="số điểm của cấp cơ bản",
)
def is_basic(points: int, scale: HealthScale) -> bool:
    """Below 70 points; from them on a facility is of the specialised level."""
    is_below: bool = points < scale.specialised_points
    return is_below


@provision(
    "health.specialised_ratio",
    clause="25/2008/QH12, Điều 22 khoản 4 điểm b, g, h; 188/2025/NĐ-CP, Điều 19 khoản 4",
    since="2025-01-01",
    term="tỷ lệ tại cấp chuyên sâu khi tự đi",
)
def specialised_ratio(tier: int, inpatient: bool, hard_area: bool, scale: HealthScale) -> Fraction:
    """Inpatient 40%, 100% for hard areas or where once provincial; outpatient only where once provincial."""
    if not inpatient:
        if tier == FormerTier.PROVINCIAL:
            return Fraction(scale.specialised_former_provincial_outpatient)
        return Fraction(0)
    if hard_area or tier == FormerTier.PROVINCIAL:
        return Fraction(1)
    return Fraction(scale.specialised_inpatient)


@provision(
    "health.copayment_counts",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm c; 146/2018/NĐ-CP, Điều 14 khoản 1 điểm đ",
    since="2015-01-01",
    until="2024-12-31",
    term="số tiền cùng chi trả được cộng dồn trong năm",
)
def copayment_counts_2014(
    route: int,
    facility: int,  # noqa: ARG001 - as its second version
    tier: int,  # noqa: ARG001 - as its second version
    inpatient: bool,  # noqa: ARG001 - as its second version
    listed_disease: bool,  # noqa: ARG001 - as its second version
    hard_area: bool,  # noqa: ARG001 - as its second version
) -> bool:
    """What those who come off route by themselves pay does not count."""
    return route != Route.SELF


@provision(
    "health.copayment_counts",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm d; 51/2024/QH15, Điều 1 khoản 17, Điều 3 khoản 3",
    since="2025-01-01",
    term="số tiền cùng chi trả được cộng dồn trong năm",
)
def copayment_counts_2024(
    route: int, facility: int, tier: int, inpatient: bool, listed_disease: bool, hard_area: bool
) -> bool:
    """Right route, emergencies, and of clause 4 the points a, b, c, `đ`, e; not d, g, h."""
    if route != Route.SELF:
        return True
    if facility == FacilityLevel.PRIMARY or tier == FormerTier.DISTRICT or listed_disease:
        return True
    if facility == FacilityLevel.BASIC:
        return not inpatient
    return hard_area and inpatient


copayment_counts = versions(copayment_counts_2014, copayment_counts_2024)
