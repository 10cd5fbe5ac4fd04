"""Các bộ tính ``social_pension.*``: the social pension, and the allowance before its age."""

from datetime import date
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import social_pension
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, Facts
from ansinh.law.calc.readings import birth
from ansinh.law.careers import years
from ansinh.law.retirement import Sex, retirement_age

__all__ = ["RULES", "benefit", "bridging_allowance"]

Results = dict[str, Any]


def benefit(as_of: date, facts: Facts) -> Results:
    """Trợ cấp hưu trí xã hội on ``as_of``."""
    scale = social_pension.BOOK.on(as_of)
    born = birth(facts)
    age_months = facts["age_months"] if born is None else _age(born, as_of)
    general = social_pension.age(False, scale)
    if age_months < general and "poor_household" not in facts:
        of_the_poor = social_pension.age(True, scale)
        if age_months >= of_the_poor:
            raise FactError.missing(slot("social_pension.benefit", "poor_household"))
    lowest = social_pension.age(True, scale) if facts.get("poor_household") else general
    reason = social_pension.condition(age_months, lowest, facts["insured_benefit"], scale)
    if reason:
        return {"eligible": False, "reason": reason, "min_age_months": lowest}
    return {
        "eligible": True,
        "min_age_months": lowest,
        "monthly": social_pension.amount(facts.get("social_allowance", 0), scale),
    }


def bridging_allowance(as_of: date, facts: Facts) -> Results:
    """Trợ cấp hằng tháng asked: for on ``as_of``."""
    calculator = "social_pension.bridging_allowance"
    scale = social_pension.BOOK.on(as_of)
    born = birth(facts)
    if born is None:
        names = ("birth", "birth_month", "birth_year")
        raise FactError.missing_one_of(*(slot(calculator, name) for name in names))
    compulsory, voluntary = facts.get("contributed_months", 0), facts.get("voluntary_months", 0)
    of_age = retirement_age(Sex[facts["sex"].upper()], born, on=as_of)
    social_age = social_pension.age(facts.get("poor_household", False), scale)
    reason = social_pension.bridging_condition(
        of_age=_age(born, as_of) >= of_age.months,
        of_social_pension_age=_age(born, as_of) >= social_age,
        compulsory_months=compulsory,
        all_months=compulsory + voluntary,
        scale=scale,
    )
    if reason:
        return {"eligible": False, "reason": reason}
    months_to_age = max(Month.of(born) + social_age - Month.of(as_of), 1)
    results: Results = {"eligible": True, "months_to_age": months_to_age}
    if "average_wage" not in facts:
        return results
    earned = social_pension.bridging_months(
        facts["average_wage"], years(compulsory + voluntary, scale), scale
    )
    return results | {
        "earned_months": earned,
        "months_drawn": min(earned, months_to_age),
        "monthly": social_pension.bridging_amount(earned, months_to_age, scale),
        "top_up": social_pension.bridging_top_up(earned, months_to_age, scale),
    }


def _age(born: date, as_of: date) -> int:
    """Tuổi tròn tháng."""
    return Month.of(as_of) - Month.of(born) - int(born.day > as_of.day)


RULES = {
    "social_pension.benefit": benefit,
    "social_pension.bridging_allowance": bridging_allowance,
}
