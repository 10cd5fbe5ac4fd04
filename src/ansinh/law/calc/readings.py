"""Đọc dữ kiện chung: facts that many calculators take, from the words of a case to the types of the law."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.absences import Absence, Rest, weekly_rest
from ansinh.law.calc.facts import FactError, FactProblem, Facts
from ansinh.law.careers import Career, Scheme, Sector, Spell, SpellKind

__all__ = ["REGIONS", "WEEKDAYS", "absences", "birth", "career", "fault", "rest"]

REGIONS = {"I": 1, "II": 2, "III": 3, "IV": 4}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def fault(fact: str, vi: str, en: str, code: str) -> FactError:
    """Return the error for one wrong fact, ready to raise."""
    return FactError([FactProblem(fact, vi, en, code=code)])


def absences(facts: Facts, name: str = "absences") -> list[Absence]:
    """Các đợt nghỉ: none when the fact is not given. Raises ``FactError`` naming every faulty period."""
    rows = facts.get(name, ())
    problems = [problem for i, row in enumerate(rows) for problem in _period(f"{name}[{i}]", row)]
    if problems:
        raise FactError(problems)
    return [Absence(row["from"], row["to"]) for row in rows]


def rest(facts: Facts) -> Rest:
    """Ngày nghỉ hằng tuần và lễ, tết of a case: Sunday if unsaid; holidays only as the case names them.

    The texts count some leaves over a holiday and some without it, and say so; a page fills the fact in from
    the official calendar.
    """
    weekdays = [WEEKDAYS.index(day) for day in facts.get("weekly_rest_day", ())]
    return weekly_rest(*weekdays, days=facts.get("weekly_rest", ()), holidays=facts.get("holidays", ()))


def career(facts: Facts, name: str = "history") -> Career | None:
    """Quá trình đóng: None when the fact is not given. Raises ``FactError`` naming every faulty row."""
    if name not in facts:
        return None
    rows = facts[name]
    problems = [problem for i, row in enumerate(rows) for problem in _period(f"{name}[{i}]", row)]
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


def birth(facts: Facts) -> date | None:
    """Ngày sinh: of a month or year alone its first day; None when no fact tells it."""
    if "birth" in facts:
        day: date = facts["birth"]
        return day
    if "birth_month" in facts:
        month: Month = facts["birth_month"]
        return month.first_day
    if "birth_year" in facts:
        return date(facts["birth_year"], 1, 1)
    return None


def _period(where: str, row: Mapping[str, Any]) -> list[FactProblem]:
    missing = [
        FactProblem(f"{where}.{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for name in ("from", "to")
        if name not in row
    ]
    if missing or row["from"] <= row["to"]:
        return missing
    return [FactProblem(f"{where}.to", "kết thúc trước khi bắt đầu", "ends before it begins", code="order")]


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
