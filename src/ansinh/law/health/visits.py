"""Quỹ trả cho một lần khám bệnh, chữa bệnh: level of benefit times ratio of the route, on the cost in scope.

Rounding: the texts round nowhere. What the ratio of the route leaves in, and the fund's part, are each
rounded half up to the dong once on the whole visit; the patient pays the difference, so the parts add up.

`Visit` and `visit` stay within what compiles to columns: the same clauses answer one visit or millions.
"""

from fractions import Fraction
from typing import Annotated, NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.engine.columns import Column
from ansinh.law.health.book import HealthScale
from ansinh.law.health.groups import Group
from ansinh.law.health.levels import is_primary_care, is_small_visit, level, visit_level
from ansinh.law.health.places import FacilityLevel, FormerTier, Route
from ansinh.law.health.routes import copayment_counts, route_ratio

FIRST_MONTH = Month(2015, 1)
LAST_MONTH = Month(2035, 12)

# Limits of what a row may hold: beyond them it is a typing error, refused before anything is computed.
_DONG = 100_000_000_000
_POINTS = 100


class Visit(NamedTuple):
    """Một lần khám bệnh, chữa bệnh; `month` is that of its end, `copayment_left` counts after five years."""

    month: Annotated[
        int,
        Column(
            "INTEGER", FIRST_MONTH.index, LAST_MONTH.index, "tháng kết thúc: year * 12 + month - 1", key=True
        ),
    ]
    insured_group: Annotated[int, Column("SMALLINT", 1, len(Group), "nhóm: Group", key=True)]
    route: Annotated[int, Column("SMALLINT", 1, len(Route), "cách đến: Route", key=True)]
    facility: Annotated[int, Column("SMALLINT", 1, len(FacilityLevel), "cấp: FacilityLevel", key=True)]
    tier: Annotated[int, Column("SMALLINT", 0, len(FormerTier) - 1, "tuyến trước 2025: FormerTier", key=True)]
    points: Annotated[int, Column("SMALLINT", 0, _POINTS, "điểm xếp cấp; 0 là tạm xếp")]
    inpatient: Annotated[bool, Column("BOOLEAN", 0, 1, "điều trị nội trú", key=True)]
    listed_disease: Annotated[bool, Column("BOOLEAN", 0, 1, "bệnh hiếm, hiểm nghèo, kỹ thuật cao", key=True)]
    hard_area: Annotated[
        bool, Column("BOOLEAN", 0, 1, "dân tộc thiểu số, hộ nghèo vùng khó khăn, xã đảo, đặc khu", key=True)
    ]
    polyclinic: Annotated[bool, Column("BOOLEAN", 0, 1, "phòng khám đa khoa khu vực", key=True)]
    cost: Annotated[int, Column("BIGINT", 0, _DONG, "chi phí trong phạm vi được hưởng, đồng")]
    five_years: Annotated[bool, Column("BOOLEAN", 0, 1, "đủ 5 năm liên tục")]
    exempt: Annotated[bool, Column("BOOLEAN", 0, 1, "đã được miễn cùng chi trả trong năm")]
    copayment_left: Annotated[int, Column("BIGINT", 0, _DONG, "còn phải cùng chi trả trong năm, đồng")]


class Paid(NamedTuple):
    """Chi phí một lần khám được chia, dong: `fund + copayment + beyond_ratio == cost`.

    `copayment` is what the level of benefit leaves to the patient, `beyond` what the ratio of the route does.
    """

    level: Fraction
    ratio: Fraction
    fund: int
    copayment: int
    beyond_ratio: int
    copayment_counted: bool


class Amounts(NamedTuple):
    """Các số tiền của một lần khám, dong: the columns of a run over many visits."""

    fund: int
    copayment: int
    beyond_ratio: int
    copayment_counted: bool


class Split(NamedTuple):
    """Chi phí chia cho quỹ và người bệnh, dong."""

    fund: int
    copayment: int
    beyond_ratio: int


@provision(
    "health.exempt",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm c; 146/2018/NĐ-CP, Điều 14 khoản 1 điểm đ",
    since="2015-01-01",
    until="2024-12-31",
    term="được miễn cùng chi trả lần này",
)
def is_exempt_2014(route: int, five_years: bool, exempt: bool) -> bool:
    """After five years and six base salaries, except off route."""
    return five_years and exempt and route != Route.SELF


@provision(
    "health.exempt",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm d; 51/2024/QH15, Điều 1 khoản 17; "
    "188/2025/NĐ-CP, Điều 18 khoản 2 điểm a",
    since="2025-01-01",
    term="được miễn cùng chi trả lần này",
)
def is_exempt_2024(route: int, five_years: bool, exempt: bool) -> bool:  # noqa: ARG001 - as its first version
    """After five years and six base salaries, to 31 December."""
    return five_years and exempt


is_exempt = versions(is_exempt_2014, is_exempt_2024)


@provision(
    "health.split",
    clause="25/2008/QH12, Điều 22 khoản 1, 3, 4; 146/2018/NĐ-CP, Điều 27 khoản 3; "
    "188/2025/NĐ-CP, Điều 18 khoản 2",
    since="2015-01-01",
    term="phần quỹ bảo hiểm y tế thanh toán",
)
def split(cost: int, share: Fraction, ratio: Fraction, capped: bool, copayment_left: int) -> Split:
    """Level times ratio of the cost; a co-payment that counts stops where the year's is complete."""
    within = half_up(cost * ratio)
    copayment = within - half_up(cost * ratio * share)
    if capped:
        copayment = min(copayment, copayment_left)
    return Split(within - copayment, copayment, cost - within)


def visit_shares(facts: Visit, scale: HealthScale) -> Paid:
    """Phần quỹ trả cho một lần khám; `scale` holds the figures of its month."""
    month = facts.month
    exempt = is_exempt.on(month)(facts.route, facts.five_years, facts.exempt)
    primary = is_primary_care.on(month)(facts.facility, facts.tier, facts.polyclinic, facts.inpatient)
    share = visit_level(
        level.on(month)(facts.insured_group, scale), is_small_visit(facts.cost, scale), primary, exempt
    )
    ratio = route_ratio.on(month)(
        facts.route,
        facts.facility,
        facts.tier,
        facts.points,
        facts.inpatient,
        facts.listed_disease,
        facts.hard_area,
        scale,
    )
    counted = copayment_counts.on(month)(
        facts.route, facts.facility, facts.tier, facts.inpatient, facts.listed_disease, facts.hard_area
    )
    paid = split(facts.cost, share, ratio, counted and facts.five_years, facts.copayment_left)
    return Paid(share, ratio, paid.fund, paid.copayment, paid.beyond_ratio, counted)


def visit(facts: Visit, scale: HealthScale) -> Amounts:
    """Các số tiền của một lần khám: what a run over many visits computes of each."""
    paid = visit_shares(facts, scale)
    return Amounts(paid.fund, paid.copayment, paid.beyond_ratio, paid.copayment_counted)
