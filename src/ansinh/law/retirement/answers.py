"""Các bộ tính ``retirement.age``, ``retirement.eligibility``, ``retirement.start``."""

from datetime import date
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import retirement as law
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, FactProblem, Facts, fault
from ansinh.law.careers import Career, Scheme, contributed_months
from ansinh.law.careers.readings import career
from ansinh.law.engine import explain
from ansinh.law.retirement import (
    Born,
    CapacityLoss,
    Completed,
    Conditions,
    Filled,
    Group,
    Hazard,
    Insured,
    RetirementAge,
    Sex,
    TooShort,
    WorkSpell,
)

__all__ = ["RULES", "age", "eligibility", "start"]

Results = dict[str, Any]

AGE = "retirement.age"
ELIGIBILITY = "retirement.eligibility"
START = "retirement.start"
SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}
GROUPS = {
    "employee": Group.EMPLOYEE,
    "armed_forces": Group.ARMED_FORCES,
    "conscript": Group.CONSCRIPT,
    "commune_full_time": Group.COMMUNE_FULL_TIME,
    "commune_part_time": Group.COMMUNE_PART_TIME,
}
CONDITIONS = {
    "normal": Conditions.NORMAL,
    "heavy": Conditions.HEAVY,
    "extremely_heavy": Conditions.EXTREMELY_HEAVY,
    "coal_underground": Conditions.COAL_UNDERGROUND,
}
BIRTH = ("birth", "birth_month", "birth_year")


def age(as_of: date, facts: Facts) -> Results:
    """Tuổi nghỉ hưu, tháng đủ tuổi và tháng đầu hưởng lương hưu."""
    found = _age_of_birth(as_of, facts)
    return {
        "retirement_age_months": found.months,
        "retirement_month": found.reached,
        "start": found.start,
    }


def _age_of_birth(as_of: date, facts: Facts) -> RetirementAge:
    def find(born: Month) -> RetirementAge:
        return law.retirement_age(
            SEXES[facts["sex"]],
            born,
            conditions=CONDITIONS[facts.get("conditions", "normal")],
            region=facts.get("region_allowance_07", False),
            on=as_of,
        )

    if not _only_year(facts):
        return find(_birth(facts, law.LADDER.first_day).month)
    # Only the year: the end of it before the ladder, its first day on the ladder.
    found = find(_birth(facts, law.FIRST_DAY).month)
    if found.reached < law.LADDER:
        return found
    return find(_birth(facts, law.LADDER.first_day).month)


def eligibility(as_of: date, facts: Facts) -> Results:
    """Điều kiện hưởng lương hưu: on the day of ``as_of``, age, time, working capacity.

    Where nothing tells the age, the time alone is judged: a refusal for it stands whatever the age.
    """
    born = _birth(facts, as_of) if any(name in facts for name in (*BIRTH, "age_months")) else None
    insured = _insured(
        ELIGIBILITY,
        facts,
        as_of,
        None if born is None else born.month,
        (facts.get("contributed_months", 0), facts.get("voluntary_months", 0)),
    )
    loss = None
    if "loss_rate" in facts:
        loss = CapacityLoss(facts["loss_rate"], _month(facts.get("loss_date")))
    if born is None:
        found = law.contribution_eligibility(insured, as_of, loss)
    else:
        found = law.pension_eligibility(insured, _age_in_months(facts, born, as_of), as_of, loss)
    results: Results = {}
    if not found.verdict.eligible:
        results = {"eligible": False, "reason": found.verdict.reason}
    elif born is not None:
        results = {"eligible": True}
    results |= {"law": found.law, "required_months": found.required, "missing_months": found.missing}
    results["counted_months"] = insured.total
    if found.min_age:
        results["min_age_months"] = found.min_age
    if any(name in facts for name in ("work_history", "conditions_months", "region_allowance_07_months")):
        results["counted_hazard_months"] = insured.hazard.hazardous
    return results


def _age_in_months(facts: Facts, born: Born, as_of: date) -> int:
    counted = born.age(as_of)
    given: int = facts.get("age_months", counted)
    if "birth" in facts and given != counted:
        raise fault(
            "age_months",
            f"{given} tháng tuổi, khác {counted} tháng tính từ ngày sinh",
            f"is {given} months, but the date of birth gives {counted}",
            code="contradiction",
        )
    return given


def start(as_of: date, facts: Facts) -> Results:
    """Tháng đầu hưởng lương hưu: with what is paid for the months before the request."""
    needed = [
        later
        for first, later in (("missing_months_paid", "paid_month"), ("loss_rate", "loss_date"))
        if first in facts and later not in facts
    ]
    if needed:
        raise FactError.missing(*(slot(START, name) for name in needed))
    paid = _paid(career(facts))
    voluntary = _by_voluntary(facts)
    extra: int = facts.get("missing_months_paid", 0)
    insured = _insured(
        START,
        facts,
        as_of,
        None,
        _time(facts, paid, as_of, extra, voluntary),
        _first_voluntary(paid),
    )
    insured = insured._replace(birth_month=_start_birth(facts, insured, as_of))
    filled = _filled(facts, extra, voluntary)
    loss = CapacityLoss(facts["loss_rate"], _month(facts["loss_date"])) if "loss_rate" in facts else None
    last: Month | None = facts.get("last_contribution_month")
    if last is None and paid.total:
        last = Month.from_index(paid.total[-1])
    try:
        first = law.first_month(
            insured, as_of, loss=loss, completed=paid, filled=filled, last_contribution=last
        )
    except TooShort as short:
        raise fault("contributed_months", short.vi, short.en, code=short.code) from short
    results: Results = {"start": first}
    if "requested_month" in facts:
        results |= law.arrears(first, facts["requested_month"])._asdict()
    return results


def _start_birth(facts: Facts, insured: Insured, as_of: date) -> Month:
    if not _only_year(facts):
        return _birth(facts, as_of).month
    # Only the year: as for the age, by the law of the years in which the person's own age is reached.
    with explain():
        lower = law.requirement.on(law.FIRST_DAY)(insured, law.BOOK.on(law.FIRST_DAY)).lower
        born = _birth(facts, law.FIRST_DAY).month
    on_ladder = law.reached_on_ladder(insured.sex, born, lower)
    return _birth(facts, law.LADDER.first_day if on_ladder else law.FIRST_DAY).month


def _time(facts: Facts, paid: Completed, as_of: date, extra: int, voluntary: bool) -> tuple[int, int]:
    """Thời gian đóng bắt buộc và tự nguyện: the missing months paid among them."""
    if "history" in facts:
        counted = (len(paid.compulsory), len(paid.total) - len(paid.compulsory))
        for name, months in zip(("contributed_months", "voluntary_months"), counted, strict=True):
            if facts.get(name, months) != months:
                raise fault(
                    name,
                    f"{facts[name]} tháng, khác {months} tháng đếm được từ history",
                    f"is {facts[name]}, but history comes to {months} months",
                    code="contradiction",
                )
    elif "contributed_months" in facts or "voluntary_months" in facts:
        counted = (facts.get("contributed_months", 0), facts.get("voluntary_months", 0))
    else:
        # Nothing is told of the time: the question is when the age is reached.
        return (law.BOOK.on(as_of).capacity_required_years * 12, 0)
    return (counted[0], counted[1] + extra) if voluntary else (counted[0] + extra, counted[1])


def _filled(facts: Facts, extra: int, voluntary: bool) -> Filled | None:
    if not extra:
        return None
    paid: Month = facts["paid_month"]
    allowed = law.missing_months_allowed(voluntary, law.BOOK.on(max(paid.first_day, law.FIRST_DAY)))
    if extra > allowed:
        raise fault(
            "missing_months_paid",
            f"{extra} tháng, được đóng một lần nhiều nhất {allowed} tháng",
            f"is {extra} months, at most {allowed} may be paid in one sum",
            code="above_maximum",
        )
    return Filled(paid, voluntary)


def _paid(history: Career | None) -> Completed:
    """Các tháng đã đóng theo quá trình: months of maternity leave among them."""
    if history is None:
        return Completed()
    compulsory = [month.index for month in contributed_months(history, Scheme.COMPULSORY)]
    voluntary = [month.index for month in contributed_months(history, Scheme.VOLUNTARY)]
    return Completed(sorted({*compulsory, *voluntary}), compulsory)


def _first_voluntary(paid: Completed) -> Month | None:
    compulsory = set(paid.compulsory)
    first = next((month for month in paid.total if month not in compulsory), None)
    return None if first is None else Month.from_index(first)


def _by_voluntary(facts: Facts) -> bool:
    if "scheme" in facts:
        return bool(facts["scheme"] == Scheme.VOLUNTARY)
    return "voluntary_months" in facts and not facts.get("contributed_months")


def _insured(
    calculator: str,
    facts: Facts,
    on: date,
    born: Month | None,
    time: tuple[int, int],
    since: Month | None = None,
) -> Insured:
    compulsory, voluntary = time
    return Insured(
        sex=SEXES[facts["sex"]],
        birth_month=born,
        worker_group=GROUPS[facts.get("worker_group", "employee")],
        compulsory=compulsory,
        voluntary=voluntary,
        hazard=_hazard(calculator, facts, on, compulsory),
        voluntary_first=_by_voluntary(facts),
        voluntary_since=since or Month.of(on) - voluntary + 1,
    )


def _hazard(calculator: str, facts: Facts, on: date, compulsory: int) -> Hazard:
    if "work_history" in facts:
        return law.hazard_months(_work(facts))
    conditions = CONDITIONS[facts.get("conditions", "normal")]
    region = facts.get("region_allowance_07", "region_allowance_07_months" in facts)
    if "conditions_months" in facts and "conditions" not in facts:
        raise FactError.missing(slot(calculator, "conditions"))
    if conditions == Conditions.NORMAL and not region:
        return Hazard()
    enough: int = law.BOOK.on(on).hazard_years * 12
    months = 0 if conditions == Conditions.NORMAL else facts.get("conditions_months", enough)
    there = facts.get("region_allowance_07_months", enough) if region else 0
    return Hazard(
        min(months + there, max(compulsory, months, there)),
        months if conditions >= Conditions.EXTREMELY_HEAVY else 0,
        months if conditions == Conditions.COAL_UNDERGROUND else 0,
    )


def _work(facts: Facts) -> list[WorkSpell]:
    rows = facts["work_history"]
    problems = [
        FactProblem(f"work_history[{i}].{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for i, row in enumerate(rows)
        for name in ("from", "to")
        if name not in row
    ]
    problems += [
        FactProblem(f"work_history[{i}].to", "kết thúc trước khi bắt đầu", "ends before it begins", "order")
        for i, row in enumerate(rows)
        if {"from", "to"} <= row.keys() and row["to"] < row["from"]
    ]
    if problems:
        raise FactError(problems)
    return [
        WorkSpell(
            row["from"],
            row["to"],
            CONDITIONS[row.get("conditions", "normal")],
            row.get("region_allowance_07", False),
        )
        for row in rows
    ]


def _only_year(facts: Facts) -> bool:
    return "birth_year" in facts and "birth" not in facts and "birth_month" not in facts


def _birth(facts: Facts, on: date) -> Born:
    """Ngày sinh: of a month its first day; of a year as the law of the day counts it.

    From completed months of age the month of birth is the latest that gives them on `on`, but on the first
    day of a month the one before it.
    """
    if "birth" in facts:
        day: date = facts["birth"]
        return Born(day, Month.of(day))
    if "birth_month" in facts:
        month: Month = facts["birth_month"]
        return Born(month.first_day, month)
    if "birth_year" in facts:
        return law.born_in_year.on(on)(facts["birth_year"])
    month = Month.of(on) - facts["age_months"] - (1 if on.day == 1 else 0)
    return Born(month.first_day, month)


def _month(when: date | Month | None) -> Month | None:
    return Month.of(when) if isinstance(when, date) else when


RULES = {AGE: age, ELIGIBILITY: eligibility, START: start}
