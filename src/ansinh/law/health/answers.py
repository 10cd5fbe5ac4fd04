"""Các bộ tính ``health.*``: facts to the clauses, results back by name."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import health
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.calc.readings import absences
from ansinh.law.health import (
    CopaymentYear,
    Direct,
    Exemption,
    FacilityLevel,
    FormerTier,
    Group,
    Payer,
    Route,
    Vehicle,
    Visit,
)
from ansinh.law.health.book import HealthScale

__all__ = ["RULES", "household_premium", "premium", "visit"]

Results = dict[str, Any]

GROUP_NOT_INSURED = "group_not_insured"
NOT_DUE = "not_due"
SUPPORT_ENDED = "support_ended"
NOT_PAID_DIRECTLY = "not_paid_directly"
GROUP_NOT_CARRIED = "group_not_carried"


def household_premium(as_of: date, facts: Facts) -> Results:
    """Mức đóng hộ gia đình: the members in order of what they pay."""
    members: int = facts["members"]
    if members < 1:
        raise fault("members", "phải có ít nhất một người", "must be at least one", "empty")
    rows = health.household(members, _scale(as_of, facts))
    return {
        "bases": [row.base for row in rows],
        "premiums": [row.premium for row in rows],
        "total": sum(row.premium for row in rows),
    }


def premium(as_of: date, facts: Facts) -> Results:
    """Mức đóng của một người: the month of ``as_of`` and, where asked, several months paid at once."""
    group = Group[facts["group"].upper()]
    if not health.is_group.on(as_of)(group):
        return {"eligible": False, "reason": GROUP_NOT_INSURED}
    if not health.is_due.on(as_of)(group):
        return {"eligible": False, "reason": NOT_DUE}
    if _support_ended(group, as_of, facts):
        return {"eligible": False, "reason": SUPPORT_ENDED}
    months = facts.get("premium_months", 1)
    if months < 1:
        raise fault("premium_months", "phải từ 1 tháng", "must be one month or more", "empty")
    base, parts = _month(as_of, group, facts)
    whole = [parts] * months
    if health.follows_base_salary.on(as_of)(group, health.payer.on(as_of)(group)):
        later = [(Month.of(as_of) + number).first_day for number in range(1, months)]
        whole = [parts, *(_month(day, group, facts)[1] for day in later)]
    return {
        "eligible": True,
        "group_article": health.ARTICLES[group],
        "premium_base": base,
        "premium": parts.premium,
        "employer_part": sum(one.employer for one in whole),
        "member_part": sum(one.member for one in whole),
        "agency_part": sum(one.agency for one in whole),
        "state_part": sum(one.state for one in whole),
        "sponsor_part": sum(one.sponsor for one in whole),
        "total": sum(one.premium for one in whole),
    }


def _month(day: date, group: Group, facts: Facts) -> tuple[Fraction, health.Parts]:
    scale = _scale(day, facts)
    own_pay = health.on_own_pay.on(day)(group)
    if own_pay and "pay" not in facts:
        raise FactError.missing(slot("health.premium", "pay"))
    suspended = facts.get("suspended", False)
    if suspended and not health.may_be_suspended.on(day)(group):
        raise fault(
            "suspended",
            f"không áp dụng cho nhóm {facts['group']}",
            f"does not apply to the group {facts['group']}",
            "contradiction",
        )
    base = health.premium_base(group, own_pay, facts.get("pay", 0), suspended, scale)
    if group == Group.HOUSEHOLD_MEMBER:
        base *= health.household_share(_position(facts), scale)
    by = health.payer.on(day)(group)
    supported = _support(day, group, facts, scale) if by == Payer.SUPPORTED else Fraction(0)
    return base, health.premium_parts(base, by, supported, scale)


def _position(facts: Facts) -> int:
    if "position" not in facts:
        raise FactError.missing(slot("health.premium", "position"))
    position: int = facts["position"]
    if position < 1:
        raise fault("position", "phải từ 1", "must be 1 or more", "empty")
    return position


def _support(day: date, group: Group, facts: Facts, scale: HealthScale) -> Fraction:
    least = health.support.on(day)(group, scale)
    given: Fraction | None = facts.get("support_rate")
    if given is None:
        return least
    if not least <= given <= 1:
        raise fault(
            "support_rate",
            f"phải từ mức tối thiểu {least} đến 100%",
            f"must lie between the least, {least}, and 100%",
            "contradiction",
        )
    return given


def _support_ended(group: Group, as_of: date, facts: Facts) -> bool:
    if as_of not in health.support_ends.period or not health.support_ends(group):
        return False
    if "support_from" not in facts:
        raise FactError.missing(slot("health.premium", "support_from"))
    months = health.support_months(group, health.BOOK.on(as_of))
    return as_of >= health.months_after(facts["support_from"], months)


def visit(as_of: date, facts: Facts) -> Results:
    """Một lần khám: ``as_of`` is the day of an outpatient visit, of discharge for inpatient care."""
    group = Group[facts["group"].upper()]
    if not health.is_group.on(as_of)(group):
        return {"eligible": False, "reason": GROUP_NOT_INSURED}
    scale = _scale(as_of, facts)
    five_years, exemption = _exemption(as_of, facts, scale)
    results: Results = {}
    if exemption is not None:
        results |= {"exempt": five_years and exemption.exempt, "copayment_left": exemption.copayment_left}
    if "cost" in facts:
        row = _row(as_of, group, facts, exemption if five_years else None)
        results |= _paid(as_of, row, facts, scale)
    if "transport_km" in facts:
        results |= _transport(as_of, group, facts, scale)
    return {"eligible": True, "group_article": health.ARTICLES[group]} | results


def _exemption(as_of: date, facts: Facts, scale: HealthScale) -> tuple[bool, Exemption | None]:
    start: date | None = facts.get("continuous_from")
    if "cards" in facts:
        counted = health.continuous_from(
            [(card.first, card.last) for card in absences(facts, "cards")], as_of
        )
        if start is not None and start != counted:
            raise fault(
                "continuous_from",
                f"khác {counted} tính từ cards",
                f"cards come to {counted}",
                "contradiction",
            )
        start = counted
    if "copaid" not in facts:
        if start is None or not health.has_five_years(start, as_of, scale) or "cost" not in facts:
            return False, None
        raise FactError.missing(slot("health.visit", "copaid"))
    if start is None and "cards" not in facts:
        raise FactError.missing_one_of(*(slot("health.visit", name) for name in ("continuous_from", "cards")))
    five_years = start is not None and health.has_five_years(start, as_of, scale)
    return five_years, health.exemption.on(as_of)(_copayment_year(as_of, facts, scale), scale)


def _copayment_year(as_of: date, facts: Facts, scale: HealthScale) -> CopaymentYear:
    base: int = scale.base_salary
    old: int = base if "base_salary" in facts else _base_before(as_of)
    before: int = facts.get("copaid_before_change", 0)
    if old != base and as_of in health.exemption_2025.period and "copaid_before_change" not in facts:
        raise FactError.missing(slot("health.visit", "copaid_before_change"))
    if before > facts["copaid"]:
        raise fault(
            "copaid_before_change", "lớn hơn copaid", "is more than copaid, of which it is a part", "order"
        )
    return CopaymentYear(facts["copaid"], before, old)


def _base_before(as_of: date) -> int:
    return health.BOOK.on(health.copayment_year_from(as_of)).base_salary


def _row(as_of: date, group: Group, facts: Facts, exemption: Exemption | None) -> Visit:
    by_level = as_of in health.is_basic.period
    needed = ["inpatient", "route", "facility_level" if by_level else "former_tier"]
    absent = [name for name in needed if name not in facts]
    if absent:
        raise FactError.missing(*(slot("health.visit", name) for name in absent))
    facility = FacilityLevel[facts.get("facility_level", "basic").upper()]
    points: int = facts.get("facility_points", health.UNPOINTED)
    if by_level and facility == FacilityLevel.BASIC and not health.is_basic(points, health.BOOK.on(as_of)):
        raise fault(
            "facility_points",
            f"{points} điểm không phải cấp cơ bản",
            f"{points} points are not of the basic level",
            "contradiction",
        )
    return Visit(
        month=Month.of(as_of).index,
        insured_group=group,
        route=Route[facts["route"].upper()],
        facility=facility,
        tier=FormerTier[facts.get("former_tier", "none").upper()],
        points=points,
        inpatient=facts["inpatient"],
        listed_disease=facts.get("listed_disease", False),
        hard_area=facts.get("hard_area", False),
        polyclinic=facts.get("regional_polyclinic", False),
        cost=facts["cost"],
        five_years=exemption is not None,
        exempt=exemption is not None and exemption.exempt,
        copayment_left=0 if exemption is None else exemption.copayment_left,
    )


def _paid(as_of: date, row: Visit, facts: Facts, scale: HealthScale) -> Results:
    paid = health.visit_shares(row, scale)
    results: Results = {
        "benefit_level": paid.level,
        "route_ratio": paid.ratio,
        "benefit_share": paid.level * paid.ratio,
        "fund": paid.fund,
        "copayment": paid.copayment,
        "beyond_ratio": paid.beyond_ratio,
        "patient": paid.copayment + paid.beyond_ratio,
        "copayment_counted": paid.copayment_counted,
    }
    if "direct" in facts:
        results |= _direct(as_of, row, facts, paid.fund, scale)
    return results


def _direct(as_of: date, row: Visit, facts: Facts, fund: int, scale: HealthScale) -> Results:
    reason = Direct[facts["direct"].upper()]
    if health.is_uncapped.on(as_of)(row.insured_group, reason, row.route == Route.EMERGENCY):
        return {}
    where = (row.facility, row.tier, row.points, row.inpatient, scale)
    if not health.is_direct_payable.on(as_of)(reason, *where):
        return {"eligible": False, "reason": NOT_PAID_DIRECTLY, "fund": 0, "patient": row.cost}
    cap = health.direct_cap.on(as_of)(reason, *where)
    paid = min(fund, cap)
    return {"direct_cap": cap, "fund": paid, "patient": row.cost - paid}


def _transport(as_of: date, group: Group, facts: Facts, scale: HealthScale) -> Results:
    if not health.is_carried.on(as_of)(group):
        return {"transport": 0} | (
            {} if "cost" in facts else {"eligible": False, "reason": GROUP_NOT_CARRIED}
        )
    absent = [name for name in ("petrol_price", "transport_by") if name not in facts]
    if absent:
        raise FactError.missing(*(slot("health.visit", name) for name in absent))
    norm = health.petrol(
        facts["transport_km"], facts["petrol_price"], Vehicle[facts["transport_by"].upper()], scale
    )
    if "transport_invoice" not in facts:
        return {"transport": norm}
    return {"transport": health.transport(norm, facts["transport_invoice"])}


def _scale(day: date, facts: Mapping[str, Any]) -> HealthScale:
    scale = health.BOOK.on(day)
    return scale.supposing(base_salary=facts["base_salary"]) if "base_salary" in facts else scale


RULES = {
    "health.household_premium": household_premium,
    "health.premium": premium,
    "health.visit": visit,
}
