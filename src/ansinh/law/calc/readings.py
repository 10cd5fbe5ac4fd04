"""Đọc dữ kiện chung: facts that many calculators take, from the words of a case to the types of the law."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.absences import Absence, Rest, weekly_rest
from ansinh.law.calc.facts import FactError, FactProblem, Facts

__all__ = ["REGIONS", "WEEKDAYS", "absences", "birth", "period_faults", "rest"]

REGIONS = {"I": 1, "II": 2, "III": 3, "IV": 4}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def absences(facts: Facts, name: str = "absences") -> list[Absence]:
    """Các đợt nghỉ: none when the fact is not given. Raises ``FactError`` naming every faulty period."""
    rows = facts.get(name, ())
    problems = [problem for i, row in enumerate(rows) for problem in period_faults(f"{name}[{i}]", row)]
    if problems:
        raise FactError(problems)
    return [Absence(row["from"], row["to"]) for row in rows]


def rest(facts: Facts) -> Rest:
    """Ngày nghỉ hằng tuần và lễ, tết: of a case, Sunday if unsaid; holidays only as the case names them.

    The texts count some leaves over a holiday and some without it, and say so; a page fills the fact in from
    the official calendar.
    """
    weekdays = [WEEKDAYS.index(day) for day in facts.get("weekly_rest_day", ())]
    return weekly_rest(*weekdays, days=facts.get("weekly_rest", ()), holidays=facts.get("holidays", ()))


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


def period_faults(where: str, row: Mapping[str, Any]) -> list[FactProblem]:
    """Lỗi của một khoảng thời gian: an end that is missing or before the beginning."""
    missing = [
        FactProblem(f"{where}.{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for name in ("from", "to")
        if name not in row
    ]
    if missing or row["from"] <= row["to"]:
        return missing
    return [FactProblem(f"{where}.to", "kết thúc trước khi bắt đầu", "ends before it begins", code="order")]
