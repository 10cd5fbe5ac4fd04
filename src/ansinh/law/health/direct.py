"""Thanh toán trực tiếp và vận chuyển người bệnh: caps in base salaries, and petrol by the kilometre.

Rounding: a cap and a sum for petrol are rounded half up to the dong once.
"""

from enum import IntEnum
from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.health.book import HealthScale
from ansinh.law.health.groups import Group
from ansinh.law.health.places import Direct, FacilityLevel, FormerTier

MILITARY = (
    Group.ARMED_FORCES,
    Group.CONSCRIPT,
    Group.FOREIGN_CADET,
    Group.RESERVE_TRAINEE,
    Group.STANDING_MILITIA,
)
CARRIED_2018 = (
    Group.MERIT,
    Group.CHILD_UNDER_6,
    Group.SOCIAL_ALLOWANCE,
    Group.POOR,
    Group.MARTYR_RELATIVE,
)
CARRIED_2024 = (*CARRIED_2018, *MILITARY)


class Vehicle(IntEnum):
    """Phương tiện vận chuyển người bệnh."""

    FACILITY = 1  # của cơ sở chuyển người bệnh đi
    OWN = 2  # người bệnh tự túc


@provision(
    "health.direct_payable",
    clause="146/2018/NĐ-CP, Điều 30",
    since="2018-12-01",
    until="2025-06-30",
    term="được thanh toán trực tiếp",
)
def is_direct_payable_2018(
    reason: int,
    facility: int,  # noqa: ARG001 - as its second version
    tier: int,
    points: int,  # noqa: ARG001 - as its second version
    inpatient: bool,
    scale: HealthScale,  # noqa: ARG001 - as its second version
) -> bool:
    """A card not shown; without a contract all care at district level, inpatient care above."""
    return reason == Direct.CARD_NOT_SHOWN or inpatient or tier <= FormerTier.DISTRICT


@provision(
    "health.direct_payable",
    clause="188/2025/NĐ-CP, Điều 57",
    since="2025-07-01",
    term="được thanh toán trực tiếp",
)
def is_direct_payable_2025(
    reason: int, facility: int, tier: int, points: int, inpatient: bool, scale: HealthScale
) -> bool:
    """A card not shown; without a contract inpatient care, outpatient care at the lower basic level."""
    if reason == Direct.CARD_NOT_SHOWN:
        return True
    if facility == FacilityLevel.PRIMARY:
        return False
    if inpatient:
        return True
    if facility == FacilityLevel.SPECIALISED:
        return False
    return tier == FormerTier.DISTRICT or (tier != FormerTier.PROVINCIAL and points < scale.middle_points)


is_direct_payable = versions(is_direct_payable_2018, is_direct_payable_2025)


@provision(
    "health.direct_cap",
    clause="146/2018/NĐ-CP, Điều 30",
    since="2018-12-01",
    until="2025-06-30",
    term="mức thanh toán trực tiếp tối đa",
)
def direct_cap_2018(
    reason: int,
    facility: int,  # noqa: ARG001 - as its second version
    tier: int,
    points: int,  # noqa: ARG001 - as its second version
    inpatient: bool,
    scale: HealthScale,
) -> int:
    """0.15 base salaries outpatient; inpatient 0.5 at district, 1 at provincial, 2.5 at central level."""
    if not inpatient:
        return half_up(scale.base_salary * scale.direct_outpatient_cap)
    if reason == Direct.CARD_NOT_SHOWN or tier <= FormerTier.DISTRICT:
        return half_up(scale.base_salary * scale.direct_district_inpatient_cap)
    if tier == FormerTier.PROVINCIAL:
        return half_up(scale.base_salary * scale.direct_provincial_inpatient_cap)
    return half_up(scale.base_salary * scale.direct_central_inpatient_cap)


@provision(
    "health.direct_cap",
    clause="188/2025/NĐ-CP, Điều 57 khoản 1, 2, 3, 4",
    since="2025-07-01",
    term="mức thanh toán trực tiếp tối đa",
)
def direct_cap_2025(
    reason: int, facility: int, tier: int, points: int, inpatient: bool, scale: HealthScale
) -> int:
    """0.15 base salaries outpatient; inpatient 0.5 at basic, 1 from 50 points, 2.5 at specialised level."""
    if not inpatient:
        return half_up(scale.base_salary * scale.direct_outpatient_cap)
    if reason == Direct.CARD_NOT_SHOWN:
        return half_up(scale.base_salary * scale.direct_district_inpatient_cap)
    if facility == FacilityLevel.SPECIALISED:
        return half_up(scale.base_salary * scale.direct_central_inpatient_cap)
    if tier != FormerTier.DISTRICT and (tier == FormerTier.PROVINCIAL or points >= scale.middle_points):
        return half_up(scale.base_salary * scale.direct_provincial_inpatient_cap)
    return half_up(scale.base_salary * scale.direct_district_inpatient_cap)


direct_cap = versions(direct_cap_2018, direct_cap_2025)


@provision(
    "health.uncapped",
    clause="146/2018/NĐ-CP, Điều 30",
    since="2018-12-01",
    until="2025-06-30",
    term="không áp dụng mức tối đa",
)
def is_uncapped_2018(group: int, reason: int, emergency: bool) -> bool:  # noqa: ARG001 - as its second version
    """Emergencies."""
    return emergency


@provision(
    "health.uncapped",
    clause="188/2025/NĐ-CP, Điều 54 khoản 1, 4, Điều 57 khoản 5",
    since="2025-07-01",
    term="không áp dụng mức tối đa",
)
def is_uncapped_2025(group: int, reason: int, emergency: bool) -> bool:
    """Emergencies, and soldiers and police who did not show their card."""
    return emergency or (reason == Direct.CARD_NOT_SHOWN and group in MILITARY)


is_uncapped = versions(is_uncapped_2018, is_uncapped_2025)


@provision(
    "health.carried",
    clause="146/2018/NĐ-CP, Điều 26 khoản 1",
    since="2018-12-01",
    until="2024-12-31",
    term="được thanh toán chi phí vận chuyển",
)
def is_carried_2018(group: int) -> bool:
    """Merit, children under 6, social allowance, the poor, kin of martyrs."""
    return group in CARRIED_2018


@provision(
    "health.carried",
    clause="25/2008/QH12, Điều 21 khoản 1 điểm b; 51/2024/QH15, Điều 1 khoản 16; 188/2025/NĐ-CP, Điều 14",
    since="2025-01-01",
    term="được thanh toán chi phí vận chuyển",
)
def is_carried_2024(group: int) -> bool:
    """Merit, children under 6, social allowance, the poor, kin of martyrs, soldiers, police, militia."""
    return group in CARRIED_2024


is_carried = versions(is_carried_2018, is_carried_2024)


@provision(
    "health.petrol",
    clause="146/2018/NĐ-CP, Điều 26 khoản 2; 188/2025/NĐ-CP, Điều 14 khoản 3, 4, 5",
    since="2018-12-01",
    term="mức thanh toán nhiên liệu vận chuyển",
)
def petrol(km: Fraction, price: int, vehicle: int, scale: HealthScale) -> int:
    """0.2 litre of petrol per km, both ways for the facility's vehicle, one way for one's own; no level."""
    one_way = km * scale.petrol_per_km * price
    return half_up(one_way + one_way if vehicle == Vehicle.FACILITY else one_way)


@provision(
    "health.transport",
    clause="188/2025/NĐ-CP, Điều 14 khoản 4 điểm a, khoản 5 điểm a",
    since="2025-07-01",
    term="chi phí vận chuyển được thanh toán",
)
def transport(norm: int, invoice: int) -> int:
    """What the invoice says, not above the norm."""
    return min(norm, invoice)
