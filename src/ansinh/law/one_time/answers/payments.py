"""Các bộ tính ``retirement.one_time``, ``retirement.emigration_lump``, ``regional_allowance.lump_sum``."""

from datetime import date
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import one_time as law
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, FactProblem, Facts, fault
from ansinh.law.calc.readings import birth
from ansinh.law.careers.readings import Contributed, before_2014, contributed
from ansinh.law.levels import LEVELS
from ansinh.law.one_time import Claim, Ground, MonthlyBenefit, RegionalSpell
from ansinh.law.one_time.answers.sums import average, one_time_sum
from ansinh.law.one_time.book import OneTimeScale
from ansinh.law.retirement import Group, Hazard, Insured, Sex, pension_eligibility

__all__ = ["emigration_lump", "one_time", "regional_lump_sum"]

Results = dict[str, Any]

ONE_TIME = "retirement.one_time"
EMIGRATION = "retirement.emigration_lump"


def one_time(as_of: date, facts: Facts) -> Results:
    """Bảo hiểm xã hội một lần: by the law, wages and levels of the day of the decision.

    Whether the person may take it is judged when the case says on which ground (`ground`).
    """
    on: date = facts.get("decided", as_of)
    if facts.get("requested", on) > on:
        raise fault(
            "requested",
            f"ngày đề nghị sau ngày quyết định {on.isoformat()}",
            f"the request is after the decision of {on}",
            code="order",
        )
    scale = _scale(on, facts)
    time = contributed(facts, on)
    if time is None or not time.months:
        raise fault("contributed_months", "chưa đóng tháng nào", "no month was contributed", code="empty")
    results: Results = {"calculation_date": on}
    if "ground" in facts:
        verdict = law.entitled.on(on)(_claim(facts, time, on, scale), scale)
        results["eligible"] = verdict.eligible
        if not verdict.eligible:
            return results | {"reason": verdict.reason}
    return results | _amounts(facts, time, on, scale)


def _amounts(facts: Facts, time: Contributed, on: date, scale: OneTimeScale) -> Results:
    wage = average(facts, on, scale)
    results = one_time_sum(ONE_TIME, facts, time, wage, on, scale)
    if wage is None:
        return results
    return results | _supported(facts, results.pop("amount"), on, scale)


def _supported(facts: Facts, whole: int, on: date, scale: OneTimeScale) -> Results:
    if not facts.get("supported_months"):
        return {"amount": law.payable(whole, 0)}
    ground = Ground(facts["ground"]) if "ground" in facts else None
    support = 0
    if not law.support_stays.on(on)(ground):
        support = _support(facts, on, scale)
    return {
        "amount_before_support": whole,
        "state_support": support,
        "amount": law.payable(whole, support),
    }


def _support(facts: Facts, on: date, scale: OneTimeScale) -> int:
    months: int = facts["supported_months"]
    time = contributed(facts, on)
    if time is not None and months > time.voluntary:
        raise fault(
            "supported_months",
            f"{months} tháng, nhiều hơn {time.voluntary} tháng đóng tự nguyện",
            f"is {months} months, more than the {time.voluntary} of voluntary contributions",
            code="contradiction",
        )
    if "support_rate" not in facts:
        raise FactError.missing(slot(ONE_TIME, "support_rate"))
    # The case counts the supported months without dating them: one poverty line must have held for all.
    first, last = law.first_supported_month(scale).first_day, on
    if "poverty_line" not in facts and _poverty_line(first) != _poverty_line(last):
        raise FactError.missing(slot(ONE_TIME, "poverty_line"))
    poverty_line = facts.get("poverty_line", scale.rural_poverty_line)
    return law.state_support(months, facts["support_rate"], poverty_line, scale)


def _poverty_line(on: date) -> int:
    value: int = LEVELS.on(on).rural_poverty_line
    return value


def _claim(facts: Facts, time: Contributed, on: date, scale: OneTimeScale) -> Claim:
    ground = Ground(facts["ground"])
    claim = Claim(ground, time.months)
    if ground == Ground.LEFT_INSURANCE:
        last = _month(facts, "last_contribution")
        out = law.months_out(last, Month.of(facts.get("requested", on)))
        before = on not in law.insured_before.period or law.insured_before(
            _month(facts, "first_contribution"), scale
        )
        return claim._replace(months_out=out, insured_before=before)
    if ground == Ground.CAPACITY_LOSS and on in law.entitled_2024.period:
        if "loss_rate" not in facts:
            raise FactError.missing(slot(ONE_TIME, "loss_rate"))
        return claim._replace(loss_rate=facts["loss_rate"])
    if ground in {Ground.RETIREMENT_AGE, Ground.DISCHARGE}:
        insured, age = _insured(facts, time, on), _age_months(facts, on)
        verdict = pension_eligibility(insured, age, on).verdict
        return claim._replace(of_age=verdict.reason != "under_age", can_retire=verdict.eligible)
    return claim


def _insured(facts: Facts, time: Contributed, on: date) -> Insured:
    born, sex = _born(facts), facts.get("sex")
    if sex is None:
        raise FactError.missing(slot(ONE_TIME, "sex"))
    group = Group[facts.get("worker_group", "employee").upper()]
    # Work in hazardous conditions lowers the age; no fact of this calculator tells of it.
    no_hazard = Hazard()
    return Insured(
        Sex[sex.upper()],
        Month.of(born),
        group,
        time.compulsory,
        time.voluntary,
        no_hazard,
        voluntary_first=time.compulsory == 0,
        voluntary_since=Month.of(on),
    )


def _born(facts: Facts) -> date:
    born = birth(facts)
    if born is None:
        names = ("birth", "birth_month", "birth_year")
        raise FactError.missing_one_of(*(slot(ONE_TIME, name) for name in names))
    return born


def _age_months(facts: Facts, on: date) -> int:
    born = _born(facts)
    return Month.of(on) - Month.of(born) - (on.day < born.day)


def _month(facts: Facts, name: str) -> Month:
    if name in facts:
        month: Month = facts[name]
        return month
    rows = facts.get("history")
    if not rows:
        raise FactError.missing(slot(ONE_TIME, name))
    firsts: list[Month] = [row["from"] for row in rows]
    lasts: list[Month] = [row["to"] for row in rows]
    return min(firsts) if name == "first_contribution" else max(lasts)


def emigration_lump(as_of: date, facts: Facts) -> Results:
    """Trợ cấp một lần của người đang hưởng hằng tháng ra nước ngoài định cư."""
    scale = law.BOOK.on(as_of)
    monthly: int = facts["monthly_benefit"]
    if not law.counts_as_pension.on(as_of)(MonthlyBenefit(facts["benefit_kind"])):
        return {"amount": law.emigrant_allowance(monthly, scale)}
    missing = [name for name in ("contributed_months", "drawn_months") if name not in facts]
    if missing:
        raise FactError.missing(*(slot(EMIGRATION, name) for name in missing))
    time = contributed(facts, as_of)
    assert time is not None  # noqa: S101 - contributed_months is there
    years = law.contributed_years.on(as_of)(time.months, before_2014(EMIGRATION, facts, time), scale)
    months = law.pension_months(years, facts["drawn_months"], scale)
    return {"pension_months": months, "amount": law.emigrant_pension(months, monthly, scale)}


def regional_lump_sum(as_of: date, facts: Facts) -> Results:
    """Trợ cấp khu vực một lần: at the base salary (reference level) of the month of the benefit."""
    scale = _scale(as_of, facts)
    rows = facts["allowance_periods"]
    problems = [
        problem
        for place, row in enumerate(rows)
        for problem in _faults(f"allowance_periods[{place}]", row, law.regional_last_month(scale))
    ]
    if problems:
        raise FactError(problems)
    spells = [
        RegionalSpell(row["to"] - row["from"] + 1, row["coefficient"], row.get("conscript", False))
        for row in rows
    ]
    return {"amount": law.regional_lump_sum(spells, scale)}


def _faults(where: str, row: dict[str, Any], last: Month) -> list[FactProblem]:
    missing = [
        FactProblem(f"{where}.{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for name in ("from", "to", "coefficient")
        if name not in row
    ]
    if missing:
        return missing
    if row["to"] < row["from"]:
        return [
            FactProblem(f"{where}.to", "kết thúc trước khi bắt đầu", "ends before it begins", code="order")
        ]
    if row["to"] > last:
        return [
            FactProblem(
                f"{where}.to",
                f"phụ cấp khu vực chỉ tính đóng bảo hiểm xã hội đến {last.vi()}",
                f"regional allowance was contributed on up to {last} only",
                code="too_late",
            )
        ]
    return []


def _scale(on: date, facts: Facts) -> OneTimeScale:
    scale = law.BOOK.on(on)
    return scale.supposing(base_salary=facts["base_salary"]) if "base_salary" in facts else scale
