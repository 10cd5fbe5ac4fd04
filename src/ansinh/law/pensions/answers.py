"""Các bộ tính lương hưu: rate and amount, lump sum on retirement, decrees that raise pensions."""

from datetime import date, timedelta
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import pensions
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.calc.readings import birth
from ansinh.law.pensions.book import PensionsScale
from ansinh.law.retirement import Conditions, Group, Sex

__all__ = ["RULES", "adjustment", "lump_sum", "pension"]

Results = dict[str, Any]


def pension(as_of: date, facts: Facts) -> Results:
    """Tỷ lệ và mức lương hưu: by the law of ``as_of``, the first day of the first pension month."""
    scale = _scale(as_of, facts)
    former_law = _under_law_2006(facts, scale)
    early = _early_months(as_of, facts, former_law=former_law, scale=scale)
    claim = pensions.Claim(
        month=Month.of(as_of).index,
        sex=_sex(facts),
        worker_group=_group(facts),
        contributed_months=facts.get("contributed_months", 0),
        voluntary_months=facts.get("voluntary_months", 0),
        early_months=early or 0,
        average_wage=facts.get("average_wage", 0),
        begun_before_2025_07=_begun_before_2025_07(as_of, facts, scale),
    )
    _check_time(claim, as_of, scale, reduced_capacity=early is not None)
    if former_law:
        day_before = scale.transition_found_before - timedelta(days=1)
        found = pensions.entitled_rate_2006(claim, scale, pensions.BOOK.on(day_before))
    else:
        found = pensions.entitled_rate(claim, scale)
    results: Results = found._asdict()
    if early is None:
        del results["reduction"]
    else:
        results["early_months"] = early
    if "average_wage" in facts:
        results |= pensions.entitled_amount(claim, found.rate, scale)._asdict()
    results["law"] = pensions.applied_law(former_law, scale)
    return results


def lump_sum(as_of: date, facts: Facts) -> Results:
    """Trợ cấp một lần khi nghỉ hưu: by the law of ``as_of``, the first day of the first pension month."""
    scale = pensions.BOOK.on(as_of)
    months = facts.get("contributed_months", 0) + facts.get("voluntary_months", 0)
    at_eligibility = facts.get("contributed_months_at_eligibility", months)
    if at_eligibility > months:
        raise fault(
            "contributed_months_at_eligibility",
            f"{at_eligibility} tháng, nhiều hơn tổng thời gian đóng {months} tháng",
            f"is {at_eligibility} months, more than the {months} months contributed in all",
            "contradiction",
        )
    full = pensions.full_rate_months.on(as_of)(_sex(facts), scale)
    years = pensions.excess.on(as_of)(months, at_eligibility, int(full), scale)
    average_wages = pensions.lump_sum_months(years.excess_years, years.late_years, scale)
    results: Results = {
        "eligible": average_wages > 0,
        "excess_years": years.excess_years,
        "average_wage_months": average_wages,
    }
    if as_of in pensions.excess_2024.period:
        results["late_years"] = years.late_years
    if "average_wage" in facts:
        results["lump_sum"] = pensions.lump_sum(average_wages, facts["average_wage"])
    return results


def adjustment(as_of: date, facts: Facts) -> Results:
    """Mức hưởng sau điều chỉnh: in the month of ``as_of``."""
    month, until = facts["benefit_month"], Month.of(as_of)
    drawn_from = facts.get("drawn_from")
    if until < month:
        raise fault(
            "benefit_month",
            f"tháng {month.vi()} sau ngày tính {as_of:%d/%m/%Y}",
            f"{month} is after the day asked for, {as_of}",
            "order",
        )
    if drawn_from is not None and drawn_from > month:
        raise fault(
            "drawn_from",
            f"bắt đầu hưởng {drawn_from.vi()} sau tháng {month.vi()} của mức hưởng",
            f"drawn from {drawn_from}, after {month}, the month of the amount",
            "order",
        )
    drawn = pensions.Drawn(
        kind=pensions.BenefitKind(facts["benefit_kind"]),
        monthly=facts["monthly_benefit"],
        month=month,
        drawn_from=drawn_from,
        preschool_teacher=facts.get("preschool_teacher_before_1995", False),
        raised_in_2022=facts.get("adjusted_by_decree_108_2021"),
        sex=_sex(facts) if "sex" in facts else None,
        contributed_months=facts.get("contributed_months"),
    )
    try:
        found = pensions.adjusted(drawn, until)
    except pensions.MissingFactError as missing:
        slots = [slot("retirement.adjustment", name) for name in missing.facts]
        raise (FactError.missing_one_of(*slots) if len(slots) > 1 else FactError.missing(*slots)) from None
    results: Results = {
        "monthly": found.monthly,
        "start": found.start,
        "after_percent": found.after_percent,
        "after_supplement": found.after_supplement,
        "steps": [
            {"from": stage.first, "to": stage.last, "monthly": stage.monthly} for stage in found.stages
        ],
    }
    return {name: value for name, value in results.items() if value is not None}


def _sex(facts: Facts) -> Sex:
    return Sex[facts["sex"].upper()]


def _group(facts: Facts) -> Group:
    return Group[facts.get("worker_group", "employee").upper()]


def _scale(as_of: date, facts: Facts) -> PensionsScale:
    scale = pensions.BOOK.on(as_of)
    return scale.supposing(base_salary=facts["base_salary"]) if "base_salary" in facts else scale


def _begun_before_2025_07(as_of: date, facts: Facts, scale: PensionsScale) -> bool:
    if as_of not in pensions.begun_before_2025_07.period:
        return True
    if "first_contribution" in facts:
        return pensions.begun_before_2025_07(facts["first_contribution"], scale)
    # Who contributed so many months by now must have begun before; less than the minimum asks for, no matter.
    months = facts.get("contributed_months", 0)
    begun = pensions.begun_before_2025_07(Month.of(as_of) - months, scale)
    if not begun and months >= 12 * scale.minimum_pension_years and "average_wage" in facts:
        raise FactError.missing(slot("retirement.pension", "first_contribution"))
    return begun


def _under_law_2006(facts: Facts, scale: PensionsScale) -> bool:
    """Thuộc diện chuyển tiếp: found to have lost capacity before 2016 (59/2015/TT-BLĐTBXH, Điều 39)."""
    if "loss_rate" not in facts or "loss_date" not in facts:
        return False
    found_on = facts["loss_date"]
    day = found_on.first_day if isinstance(found_on, Month) else found_on
    if scale.day not in pensions.under_law_2006.period:
        return False
    return pensions.under_law_2006(
        sex=_sex(facts),
        birth_year=born.year if (born := birth(facts)) else None,
        found_on=day,
        loss_rate=facts["loss_rate"],
        extremely_heavy_months=_hard_months(facts, scale)
        if facts.get("conditions") == "extremely_heavy"
        else 0,
        scale=scale,
    )


def _hard_months(facts: Facts, scale: PensionsScale) -> int:
    # Not said: the fifteen years are meant.
    months: int = facts.get("conditions_months", scale.hard_work_months)
    return months


def _early_months(as_of: date, facts: Facts, *, former_law: bool, scale: PensionsScale) -> int | None:
    """Số tháng nghỉ hưu trước tuổi; None for a pension without loss of capacity."""
    if "loss_rate" not in facts:
        return None
    conditions, region = Conditions.NORMAL, False
    if "conditions" in facts or facts.get("region_allowance_07"):
        hard = pensions.hard_work_counts(_hard_months(facts, scale), scale)
        conditions = Conditions[facts.get("conditions", "normal").upper()] if hard else Conditions.NORMAL
        region = hard and facts.get("region_allowance_07", False)
    reference = pensions.reference_age.on(as_of)(
        as_of.year, _sex(facts), _group(facts), conditions, region, scale
    )
    age, odd_days = _age(as_of, facts)
    count = pensions.early_months_2006 if former_law else pensions.early_months.on(as_of)
    return count(reference, age, odd_days)


def _age(as_of: date, facts: Facts) -> tuple[int, bool]:
    """Tuổi tròn tháng: on the day `as_of`, and whether odd days are left over."""
    born = birth(facts)
    if born is None:
        if "age_months" not in facts:
            names = ("birth", "birth_month", "birth_year", "age_months")
            raise FactError.missing_one_of(*(slot("retirement.pension", name) for name in names))
        return facts["age_months"], False
    if born > as_of:
        raise fault("birth", "sinh sau ngày hưởng", "born after the pension begins", "order")
    months = Month.of(as_of) - Month.of(born) - int(born.day > as_of.day)
    return months, born.day != as_of.day


def _check_time(claim: pensions.Claim, as_of: date, scale: PensionsScale, *, reduced_capacity: bool) -> None:
    months = claim.contributed_months + claim.voluntary_months
    required = pensions.required_months.on(as_of)(
        claim.sex, claim.worker_group, claim.contributed_months, scale
    )
    if reduced_capacity:
        months = claim.contributed_months
        required = pensions.reduced_capacity_months(scale)
    if months < required:
        raise fault(
            "contributed_months" if claim.contributed_months else "voluntary_months",
            f"thời gian đóng {months} tháng, chưa đủ {required} tháng để hưởng lương hưu",
            f"{months} months contributed, this pension needs {required}",
            "insufficient_contribution",
        )


RULES = {
    "retirement.pension": pension,
    "retirement.lump_sum": lump_sum,
    "retirement.adjustment": adjustment,
}
