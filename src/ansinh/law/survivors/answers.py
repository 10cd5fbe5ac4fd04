"""Các bộ tính ``survivors.*``: facts to the clauses, results back by name. ``as_of`` is the day of death."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law import one_time, survivors
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, FactProblem, Facts
from ansinh.law.careers.readings import Contributed, before_2014, contributed
from ansinh.law.one_time import MonthlyBenefit
from ansinh.law.one_time.answers.sums import average
from ansinh.law.retirement import Sex
from ansinh.law.survivors import Cause, Deceased, FactNeededError, Family, Relation, Relative
from ansinh.law.survivors.book import SurvivorsScale

__all__ = ["RULES", "funeral", "lump_sum", "monthly"]

Results = dict[str, Any]

FUNERAL = "survivors.funeral"
MONTHLY = "survivors.monthly"
LUMP_SUM = "survivors.lump_sum"
TELLING = ("contributed_months", "voluntary_months", "cause", "benefit_kind")
"""Facts of which at least one must say something about the person who died."""


def funeral(as_of: date, facts: Facts) -> Results:
    """Trợ cấp mai táng."""
    scale = survivors.BOOK.on(as_of)
    with _asking(FUNERAL):
        due = survivors.funeral_due.on(as_of)(_deceased(FUNERAL, as_of, facts), scale)
    if not due:
        return {"eligible": False, "reason": "insufficient_contribution"}
    return {"eligible": True, "multiple": scale.funeral_multiple, "amount": survivors.funeral(scale)}


def monthly(as_of: date, facts: Facts) -> Results:
    """Trợ cấp tuất hằng tháng: one entry per relative in their order."""
    scale = survivors.BOOK.on(as_of)
    deaths = _deaths(as_of, facts, scale)
    if not deaths:
        return {"eligible": False, "reason": "insufficient_contribution"}
    month = Month.of(as_of)
    relatives = _relatives(facts)
    reasons = _reasons(as_of, relatives, scale)
    if all(reasons):
        benefits = [
            {"relation": one.relation.value, "eligible": False, "reason": reason}
            for one, reason in zip(relatives, reasons, strict=True)
        ]
        first = {"reason": reasons[0]} if reasons else {}
        return {"eligible": False, **first, "eligible_count": 0, "benefits": benefits}
    times = survivors.times(deaths, scale)
    benefits = []
    for place, relative in enumerate(relatives):
        entry: Results = {"relation": relative.relation.value, "eligible": not reasons[place]}
        if reasons[place]:
            entry["reason"] = reasons[place]
        else:
            entry |= _benefit(as_of, place, relatives, scale) | {"multiplier": times}
            entry["monthly"] = survivors.monthly_amount(entry["rate"], times, scale)
        benefits.append(entry)
    entitled = sum(not reason for reason in reasons)
    return {
        "eligible": True,
        "eligible_count": entitled,
        "paid_count": survivors.paid_relatives(entitled, scale),
        "start": survivors.first_month(month, None),
        "benefits": benefits,
    }


def lump_sum(as_of: date, facts: Facts) -> Results:
    """Trợ cấp tuất một lần: whether it is due, where the facts let that be seen, and how much."""
    scale = survivors.BOOK.on(as_of)
    results: Results = {}
    family = _family(as_of, facts, scale)
    if family is not None:
        verdict = survivors.lump_sum_due.on(as_of)(family)
        results["eligible"] = verdict.eligible
        if not verdict.eligible:
            return results | {"reason": verdict.reason}
    return results | _amounts(as_of, facts, scale)


def _deaths(as_of: date, facts: Facts, scale: SurvivorsScale) -> int:
    """Số người chết: whose relatives may draw monthly; the person of the case and the others named."""
    due = survivors.monthly_due.on(as_of)
    with _asking(MONTHLY):
        deaths = int(due(_deceased(MONTHLY, as_of, facts), scale))
    for place, row in enumerate(facts.get("other_deceased", ())):
        cause = Cause(row["cause"]) if "cause" in row else None
        with _asking_of("other_deceased", place):
            deaths += due(Deceased(row.get("contributed_months"), cause=cause), scale)
    return deaths


def _reasons(as_of: date, relatives: Sequence[Relative], scale: SurvivorsScale) -> list[str]:
    """Lý do không được hưởng: for each relative, empty for who is entitled."""
    entitled = survivors.relative_entitled.on(as_of)
    month = Month.of(as_of)
    reasons = []
    for place, relative in enumerate(relatives):
        with _asking_of("relatives", place):
            reasons.append(entitled(relative, month, scale).reason)
    return reasons


def _benefit(as_of: date, place: int, relatives: Sequence[Relative], scale: SurvivorsScale) -> Results:
    month = Month.of(as_of)
    relative = relatives[place]
    children = [one for one in relatives if one.relation == Relation.CHILD]
    with _asking_of("relatives", place):
        uncared = survivors.uncared.on(as_of)(relative, children, month, scale)
    rate = survivors.monthly_rate(uncared, scale)
    entry: Results = {"rate": rate, "from": survivors.first_month(month, None)}
    if relative.relation == Relation.CHILD:
        entry["from"] = survivors.first_month(month, relative.born)
        if relative.born is not None and not survivors.is_incapable(relative, scale):
            entry["to"] = survivors.last_month(relative.born, scale)
    elif relative.relation == Relation.SPOUSE and uncared:
        growing = [one for one in children if not survivors.is_incapable(one, scale)]
        if growing:
            entry["rate_later"] = survivors.monthly_rate(False, scale)
            entry["later_from"] = "youngest_child_18"
    return entry


def _family(as_of: date, facts: Facts, scale: SurvivorsScale) -> Family | None:
    """Gia đình; None where the facts do not tell whether the lump sum is due."""
    if not any(name in facts for name in (*TELLING, "history")):
        return None
    deceased = _deceased(LUMP_SUM, as_of, facts)
    choose = facts.get("choose_lump", False)
    told = choose or "relatives" in facts
    if not told and deceased.benefit_kind == MonthlyBenefit.WORK_INJURY_ALLOWANCE and not deceased.loss_rate:
        return None
    with _asking(LUMP_SUM):
        due = survivors.monthly_due.on(as_of)(deceased, scale)
    if not due:
        return Family(False, 0, choose)
    if "relatives" not in facts:
        if choose and as_of in survivors.child_under_6.period:
            raise FactError.missing(slot(LUMP_SUM, "relatives"))
        return Family(True, 1, choose) if choose else None
    relatives = _relatives(facts)
    reasons = _reasons(as_of, relatives, scale)
    entitled = [one for one, reason in zip(relatives, reasons, strict=True) if not reason]
    of_allowance = deceased.benefit_kind in {
        MonthlyBenefit.INVALIDITY_ALLOWANCE,
        MonthlyBenefit.COMMUNE_ALLOWANCE,
    }
    family = Family(True, len(entitled), choose, of_allowance)
    if not choose or as_of not in survivors.child_under_6.period:
        return family
    month = Month.of(as_of)
    young = [survivors.child_under_6(one, month, scale) for one in entitled]
    incapable = [survivors.incapable(one, scale) for one in entitled]
    return family._replace(child_under_6=any(young), incapable_relative=any(incapable))


def _amounts(as_of: date, facts: Facts, scale: SurvivorsScale) -> Results:
    time = contributed(facts, as_of)
    drawn = MonthlyBenefit(facts["benefit_kind"]) if "benefit_kind" in facts else None
    if drawn is None and "monthly_benefit" in facts:
        raise FactError.missing(slot(LUMP_SUM, "benefit_kind"))
    if drawn is not None and survivors.counts_as_pension(drawn):
        return _of_pension(as_of, facts, scale)
    kept = time.months if time else 0
    if drawn is not None and survivors.counts_as_allowance(drawn, kept):
        if "monthly_benefit" not in facts:
            raise FactError.missing(slot(LUMP_SUM, "monthly_benefit"))
        return {"amount": survivors.of_allowance(facts["monthly_benefit"], scale)}
    return _by_years(as_of, facts, time, scale) if time and kept else {}


def _of_pension(as_of: date, facts: Facts, scale: SurvivorsScale) -> Results:
    if "drawn_months" in facts:
        drawn: int = facts["drawn_months"]
    elif "drawn_from" in facts:
        drawn = max(survivors.drawn_months.on(as_of)(facts["drawn_from"], Month.of(as_of)), 0)
    else:
        raise FactError.missing_one_of(slot(LUMP_SUM, "drawn_months"), slot(LUMP_SUM, "drawn_from"))
    months = survivors.pension_months(drawn, scale)
    results: Results = {"pension_months": months}
    if "monthly_benefit" in facts:
        pension: int = facts["monthly_benefit"]
        results["amount_before_floor"] = half_up(months * pension)
        results["amount"] = survivors.of_pension(months, pension, scale)
    return results


def _by_years(as_of: date, facts: Facts, time: Contributed, scale: SurvivorsScale) -> Results:
    books = one_time.BOOK.on(as_of)
    wage = average(facts, as_of, books)
    if survivors.refunded(time.compulsory, time.voluntary, scale):
        if wage is None:
            return {}
        paid_in = one_time.paid_in.on(as_of)(time.months, wage, books)
        return {"amount": survivors.refund.on(as_of)(paid_in, wage, scale)}
    if time.before_2014 is None and wage is None:
        return {}
    before = before_2014(LUMP_SUM, facts, time)
    years = one_time.contributed_years.on(as_of)(time.months, before, books)
    months = one_time.average_months.on(as_of)(years, books)
    results: Results = {
        "years_before_2014": years.before_2014,
        "years_from_2014": years.from_2014,
        "average_wage_months": months,
    }
    if wage is not None:
        results["amount_before_floor"] = half_up(months * wage)
        results["amount"] = survivors.by_years(months, wage, time.compulsory, scale)
    return results


def _deceased(calculator: str, as_of: date, facts: Facts) -> Deceased:
    if not any(name in facts for name in (*TELLING, "history")):
        raise FactError.missing_one_of(*(slot(calculator, name) for name in TELLING))
    time = contributed(facts, as_of)
    return Deceased(
        time.compulsory if time else None,
        time.voluntary if time else 0,
        Cause(facts["cause"]) if "cause" in facts else None,
        MonthlyBenefit(facts["benefit_kind"]) if "benefit_kind" in facts else None,
        facts.get("loss_rate"),
        facts.get("missing_months_paid", 0),
    )


def _relatives(facts: Facts) -> list[Relative]:
    rows = facts["relatives"]
    problems = [
        FactProblem(f"relatives[{place}].relation", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for place, row in enumerate(rows)
        if "relation" not in row
    ]
    if problems:
        raise FactError(problems)
    return [_relative(row) for row in rows]


def _relative(row: Mapping[str, Any]) -> Relative:
    born: Month | None = row.get("birth_month")
    if "birth" in row:
        born = Month.of(row["birth"])
    return Relative(
        Relation(row["relation"]),
        sex=Sex[row["sex"].upper()] if "sex" in row else None,
        born=born,
        age_years=row.get("age_years"),
        income=row.get("income"),
        loss_rate=row.get("loss_rate"),
        both_parents_dead=row.get("both_parents_dead", False),
        spouse_dead=row.get("spouse_dead", False),
        other_children=row.get("other_children"),
    )


@contextmanager
def _asking(calculator: str) -> Iterator[None]:
    """Hỏi dữ kiện còn thiếu: those of the person who died, by its name in the contract."""
    try:
        yield
    except FactNeededError as needed:
        raise FactError.missing(slot(calculator, needed.name)) from None


@contextmanager
def _asking_of(rows: str, place: int) -> Iterator[None]:
    """Hỏi dữ kiện còn thiếu: those of one row of a list."""
    try:
        yield
    except FactNeededError as needed:
        where = f"{rows}[{place}].{needed.name}"
        raise FactError([FactProblem(where, "thiếu dữ kiện", "missing fact", code="missing_fact")]) from None


RULES = {FUNERAL: funeral, MONTHLY: monthly, LUMP_SUM: lump_sum}
