"""Mức bình quân và mức hưởng một lần: those of one person, for every calculator that answers with them."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.rounding import half_up
from ansinh.law import one_time
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, Facts
from ansinh.law.careers import average_wage
from ansinh.law.careers.readings import Contributed, before_2014, career
from ansinh.law.one_time.book import OneTimeScale

__all__ = ["average", "one_time_sum"]


def average(facts: Facts, on: date, scale: OneTimeScale) -> Fraction | None:
    """Mức bình quân tiền lương tháng đóng: on the day of the benefit, exact; None where there is no pay."""
    if "average_wage" in facts:
        return Fraction(facts["average_wage"])
    if _on_subsistence(facts, on):
        return one_time.conscript_wage(scale)
    history = career(facts)
    if history is None:
        return None
    first = facts.get("first_contribution")
    base_salary = facts.get("base_salary")
    return average_wage(history, on, first_contribution=first, base_salary=base_salary).exact


def one_time_sum(
    calculator: str, facts: Facts, time: Contributed, wage: Fraction | None, on: date, scale: OneTimeScale
) -> dict[str, Any]:
    """Mức hưởng một lần: before the State support is taken off; years alone where there is no wage."""
    if one_time.is_under_a_year(time.months):
        if wage is None:
            raise FactError.missing(slot(calculator, "average_wage"))
        paid_in = one_time.paid_in.on(on)(time.months, wage, scale)
        return {"amount_before_cap": half_up(paid_in), "amount": one_time.under_a_year(paid_in, wage, scale)}
    years = one_time.contributed_years.on(on)(time.months, before_2014(calculator, facts, time), scale)
    months = one_time.average_months.on(on)(years, scale)
    results: dict[str, Any] = {
        "years_before_2014": years.before_2014,
        "years_from_2014": years.from_2014,
        "average_wage_months": months,
    }
    return results if wage is None else results | {"amount": one_time.sum_by_years(months, wage)}


def _on_subsistence(facts: Facts, on: date) -> bool:
    """Hạ sĩ quan, chiến sĩ: all the time on a subsistence allowance.

    It is written as coefficient 1, or as State pay with neither coefficient nor wage.
    """
    if facts.get("worker_group") != "conscript" or on not in one_time.conscript_wage.period:
        return False
    rows: list[Mapping[str, Any]] = facts.get("history", [])
    return bool(rows) and all("wage" not in row and _subsistence(row) for row in rows)


def _subsistence(row: Mapping[str, Any]) -> bool:
    if "coefficient" in row:
        return bool(row["coefficient"] == 1)
    return row.get("sector") == "state"
