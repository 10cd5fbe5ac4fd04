"""Đọc quá trình đóng: a career, or the months counted from it, from the facts of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, FactProblem, Facts, fault
from ansinh.law.calc.readings import REGIONS, period_faults
from ansinh.law.careers import (
    BOOK,
    Career,
    Scheme,
    Sector,
    Spell,
    SpellKind,
    contributed_months,
    months_before_2014,
)

__all__ = ["Contributed", "before_2014", "career", "contributed"]

SCHEMES = ("contributed_months", "voluntary_months")


@dataclass(frozen=True, slots=True)
class Contributed:
    """Số tháng đã đóng: by scheme; of both together those before 2014, None where nothing tells them."""

    compulsory: int
    voluntary: int
    before_2014: int | None

    @property
    def months(self) -> int:
        """Tổng số tháng: that of both schemes."""
        return self.compulsory + self.voluntary


def career(facts: Facts, name: str = "history") -> Career | None:
    """Quá trình đóng: None when the fact is not given. Raises ``FactError`` naming every faulty row."""
    if name not in facts:
        return None
    rows = facts[name]
    problems = [problem for i, row in enumerate(rows) for problem in period_faults(f"{name}[{i}]", row)]
    problems += [
        FactProblem(
            f"{name}[{i}]",
            "có cả wage và coefficient, chỉ ghi một",
            "has both wage and coefficient, give one",
            code="contradiction",
        )
        for i, row in enumerate(rows)
        if "wage" in row and "coefficient" in row
    ]
    if problems:
        raise FactError(problems)
    return Career.of(_spell(row) for row in rows)


def contributed(facts: Facts, on: date) -> Contributed | None:
    """Thời gian đã đóng; None when the case tells nothing of it.

    Months before 2014 not mentioned are none, if the months then fit between 2014 and `on`. Raises
    ``FactError`` where counts, or counts and history, contradict each other.
    """
    history = career(facts)
    if history is not None:
        return _of_history(history, facts, on)
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
    fits = compulsory + voluntary - told <= Month.of(on) - Month.of(BOOK.on(on).counts_more_from) + 1
    return Contributed(compulsory, voluntary, None if unsaid and not fits else told)


def before_2014(calculator: str, facts: Facts, time: Contributed) -> int:
    """Số tháng đóng trước năm 2014: asked for where nothing tells them."""
    if time.before_2014 is not None:
        return time.before_2014
    open_ones = [name for name in SCHEMES if facts.get(name, 0) and f"{name}_before_2014" not in facts]
    raise FactError.missing(*(slot(calculator, f"{name}_before_2014") for name in open_ones))


def _of_history(history: Career, facts: Facts, on: date) -> Contributed:
    compulsory = contributed_months(history, Scheme.COMPULSORY)
    voluntary = set(contributed_months(history, Scheme.VOLUNTARY)) - set(compulsory)
    for name, counted in (("contributed_months", len(compulsory)), ("voluntary_months", len(voluntary))):
        if facts.get(name, counted) != counted:
            raise fault(
                name,
                f"{facts[name]} tháng, khác {counted} tháng đếm được từ history",
                f"is {facts[name]}, but history comes to {counted} months",
                code="contradiction",
            )
    before = months_before_2014([*compulsory, *voluntary], BOOK.on(on))
    return Contributed(len(compulsory), len(voluntary), before)


def _spell(row: Mapping[str, Any]) -> Spell:
    sector = row.get("sector")
    return Spell(
        row["from"],
        row["to"],
        wage=row.get("wage"),
        coefficient=row.get("coefficient"),
        allowance=row.get("allowance_pct", Fraction(0)),
        over_grade=row.get("over_grade_pct", Fraction(0)),
        scheme=Scheme(row.get("scheme", Scheme.COMPULSORY)),
        sector=None if sector is None else Sector(sector),
        region=REGIONS.get(row.get("region", "")),
        employer=row.get("employer", ""),
        kind=SpellKind(row.get("kind", SpellKind.PAID)),
    )
