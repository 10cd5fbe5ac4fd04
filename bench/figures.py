"""Các con số của luật, month by month, for the rivals: their clauses are written by hand, the figures are ours."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month, months_between
from ansinh.law.contributions.book import BOOK

FIRST, LAST = Month(2016, 1), Month(2026, 12)
NEW_LAW = Month(2025, 7).index
PLAIN = (
    "base_salary",
    "base_cap_multiple",
    "unemployment_cap_multiple",
    "abroad_multiple",
    "unpaid_days_limit",
)
SHARES = (
    "sickness_maternity_rate",
    "pension_worker_rate",
    "pension_employer_rate",
    "pension_whole_rate",
    "work_injury_rate",
    "work_injury_reduced_rate",
    "health_rate",
    "unemployment_worker_rate",
    "unemployment_employer_rate",
)
CHARGED = ("work_injury_charged", "unemployment_employer_charged", "unemployment_disabled_hire_charged")


def basis_points(share: Fraction) -> int:
    """A share in hundredths of a percent; it must be a whole number of them."""
    points = share * 10_000
    assert points.denominator == 1, share
    return int(points)


def of(month: Month) -> dict[str, Any]:
    """The figures of a month: dong, multiples, days; shares in hundredths of a percent; charged or not as 0, 1."""
    scale = BOOK.on(month)
    found: dict[str, Any] = {name: int(getattr(scale, name)) for name in PLAIN}
    found |= {name: basis_points(getattr(scale, name)) for name in SHARES}
    found |= {name: int(getattr(scale, name)) for name in CHARGED}
    found["health_worker_rate"] = basis_points(scale.health_rate * scale.health_worker_part)
    found["minimum_wage"] = {region: int(scale.minimum_wage[region]) for region in (1, 2, 3, 4)}
    return found


def changes() -> dict[str, dict[str, Any]]:
    """Each figure's values by the day they came: {"base_salary": {"2016-01-01": 1150000, …}, …}."""
    found: dict[str, dict[str, Any]] = {}
    for month in months_between(FIRST, LAST):
        for name, value in of(month).items():
            held = found.setdefault(name, {})
            if not held or list(held.values())[-1] != value:
                held[month.first_day.isoformat()] = value
    return found


def terms(month: Month, group: int, region: int) -> dict[str, int]:
    """What a hand-written query joins to a row: floors, caps, rates and who is insured, as plain columns."""
    f = of(month)
    new, since_2018, since_2022 = (
        month.index >= m for m in (NEW_LAW, Month(2018, 12).index, Month(2022, 1).index)
    )
    alone, fixed = group in {5, 6}, group in {7, 8}
    whole = group in {7, 9} or (new and alone)
    wage = f["minimum_wage"][region]
    lowest = f["base_salary"] if new or fixed else wage if group in {1, 4} else 0
    capped = 1 if fixed and not new else f["base_cap_multiple"]
    on_scale = group == 2 and month.index < Month(2026, 1).index
    no_sickness = group in ({7, 9} if new else {7, 8, 9})
    no_pension = group == 4 and not since_2022
    pension_worker = (
        0 if whole and group == 7 else f["pension_whole_rate" if whole else "pension_worker_rate"]
    )
    pension = f["pension_whole_rate"] if whole else f["pension_worker_rate"] + f["pension_employer_rate"]
    sickness = 0 if no_sickness else f["sickness_maternity_rate"]
    return {
        "month": month.index,
        "worker_group": group,
        "region": region,
        "new_law": int(new),
        "base_salary": f["base_salary"],
        "lowest": lowest,
        "highest": capped * f["base_salary"],
        "ui_highest": f["unemployment_cap_multiple"] * (f["base_salary"] if on_scale else wage),
        "nothing_earned": f["abroad_multiple"] * f["base_salary"] if group == 9 and not new else 0,
        "limit_days": f["unpaid_days_limit"],
        "on_base_salary": int(fixed),
        "insured": int(new or not (alone or (group == 4 and not since_2018))),
        "in_hi": int(group in {1, 2, 4, 8} or (new and alone)),
        "in_ui": int(group in {1, 2}),
        "in_wi": int(group in {1, 2, 3, 4, 7}),
        "by_the_day": int(group not in ({5, 6, 7, 9} if new else {7, 9})),
        "may_agree": int(new and group != 8),
        "alone": int(alone),
        "sickness": sickness,
        "sickness_worker": sickness if new and alone else 0,
        "pension": 0 if no_pension else pension,
        "pension_worker": 0 if no_pension else pension_worker,
        "injury": f["work_injury_rate"],
        "injury_low": f["work_injury_reduced_rate"],
        "injury_charged": 1 if group in {3, 7} else f["work_injury_charged"],
        "jobless_worker": f["unemployment_worker_rate"],
        "jobless_employer": f["unemployment_employer_rate"],
        "jobless_charged": f["unemployment_employer_charged"],
        "jobless_disabled": f["unemployment_disabled_hire_charged"],
        "medical": f["health_rate"],
        "medical_worker": f["health_rate"] if alone else f["health_worker_rate"],
    }


def all_terms() -> list[dict[str, int]]:
    """`terms` of every month, group and region."""
    return [terms(m, g, r) for m in months_between(FIRST, LAST) for g in range(1, 10) for r in (1, 2, 3, 4)]
