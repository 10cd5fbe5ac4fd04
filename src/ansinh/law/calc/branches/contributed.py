"""Thời gian đã đóng và mức bình quân của một người: from counted months or from the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month, months_between
from ansinh.kernel.rounding import half_up
from ansinh.law import one_time
from ansinh.law.calc.contract import Slot, calculators
from ansinh.law.calc.facts import FactError, Facts
from ansinh.law.calc.readings import career, fault
from ansinh.law.careers import Career, Scheme, SpellKind, average_wage
from ansinh.law.engine import Scale

__all__ = ["Contributed", "average", "before_2014", "contributed", "one_time_sum", "slot"]

FIRST_MONTH_OF_2014 = Month(2014, 1)
SCHEMES = ("contributed_months", "voluntary_months")
CONSCRIPT_RULE_ENDS = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Contributed:
    """Số tháng đã đóng of each scheme; of both together those before 2014, None where nothing tells them."""

    compulsory: int
    voluntary: int
    before_2014: int | None

    @property
    def months(self) -> int:
        """Tổng số tháng of both schemes."""
        return self.compulsory + self.voluntary


def slot(calculator: str, name: str) -> Slot:
    """Return the slot of a fact, for an error that asks for it."""
    return calculators()[calculator].facts[name]


def contributed(facts: Facts, on: date) -> Contributed | None:
    """Thời gian đã đóng; None when the case tells nothing of it.

    Months before 2014 not mentioned are none, if the months then fit between 2014 and `on`. Raises
    ``FactError`` where counts, or counts and history, contradict each other.
    """
    history = career(facts)
    if history is not None:
        return _of_history(history, facts)
    if not any(name in facts for name in SCHEMES):
        return None
    for name in SCHEMES:
        before = facts.get(f"{name}_before_2014", 0)
        if before > facts.get(name, 0):
            raise fault(
                f"{name}_before_2014",
                f"{before} tháng, nhiều hơn tổng {facts.get(name, 0)} tháng",
                f"is {before} months, more than the {facts.get(name, 0)} in all",
                code="contradiction",
            )
    compulsory, voluntary = (facts.get(name, 0) for name in SCHEMES)
    told: int = sum(facts.get(f"{name}_before_2014", 0) for name in SCHEMES)
    unsaid = any(facts.get(name, 0) and f"{name}_before_2014" not in facts for name in SCHEMES)
    fits = compulsory + voluntary - told <= Month.of(on) - FIRST_MONTH_OF_2014 + 1
    return Contributed(compulsory, voluntary, None if unsaid and not fits else told)


def before_2014(calculator: str, facts: Facts, time: Contributed) -> int:
    """Số tháng đóng trước năm 2014, asked for where nothing tells them."""
    if time.before_2014 is not None:
        return time.before_2014
    open_ones = [name for name in SCHEMES if facts.get(name, 0) and f"{name}_before_2014" not in facts]
    raise FactError.missing(*(slot(calculator, f"{name}_before_2014") for name in open_ones))


def _of_history(history: Career, facts: Facts) -> Contributed:
    compulsory = _months(history, Scheme.COMPULSORY)
    voluntary = _months(history, Scheme.VOLUNTARY) - compulsory
    for name, counted in (("contributed_months", len(compulsory)), ("voluntary_months", len(voluntary))):
        if facts.get(name, counted) != counted:
            raise fault(
                name,
                f"{facts[name]} tháng, khác {counted} tháng đếm được từ history",
                f"is {facts[name]}, but history comes to {counted} months",
                code="contradiction",
            )
    before = sum(month < FIRST_MONTH_OF_2014 for month in compulsory | voluntary)
    return Contributed(len(compulsory), len(voluntary), before)


def _months(history: Career, scheme: Scheme) -> set[Month]:
    """Các tháng được tính là đã đóng: paid ones, and maternity leave (Luật 58/2014 Điều 39 khoản 2)."""
    return {
        month
        for spell in history.spells
        if spell.scheme == scheme and spell.kind in {SpellKind.PAID, SpellKind.MATERNITY}
        for month in months_between(spell.first, spell.last)
    }


def average(facts: Facts, on: date, scale: Scale) -> Fraction | None:
    """Mức bình quân tiền lương tháng đóng on the day of the benefit, exact; None when the case has no pay."""
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
    calculator: str, facts: Facts, time: Contributed, wage: Fraction | None, on: date, scale: Scale
) -> dict[str, Any]:
    """Mức hưởng một lần before the State support is taken off; years alone where there is no wage."""
    if time.months < 12:
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
    if facts.get("worker_group") != "conscript" or on >= CONSCRIPT_RULE_ENDS:
        return False
    rows: list[Mapping[str, Any]] = facts.get("history", [])
    return bool(rows) and all("wage" not in row and _subsistence(row) for row in rows)


def _subsistence(row: Mapping[str, Any]) -> bool:
    if "coefficient" in row:
        return bool(row["coefficient"] == 1)
    return row.get("sector") == "state"
