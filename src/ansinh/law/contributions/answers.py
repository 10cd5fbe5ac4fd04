"""Các bộ tính ``contribution.*``: facts to the clauses, results back by name."""

from datetime import date
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import contributions
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, FactProblem, Facts
from ansinh.law.contributions import WorkerGroup
from ansinh.law.engine import explain

__all__ = ["RULES", "compulsory", "month_due", "trainee"]

Results = dict[str, Any]

GROUPS = {
    "employee": WorkerGroup.EMPLOYEE,
    "armed_forces": WorkerGroup.ARMED_FORCES,
    "household_owner": WorkerGroup.HOUSEHOLD_OWNER,
}
REGIONS = {"I": 1, "II": 2, "III": 3, "IV": 4}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_AWAY = ("unpaid_days", "sick_days", "maternity_days", "absences")


def compulsory(as_of: date, facts: Facts) -> Results:
    """Mức đóng bắt buộc của một tháng: of workers alike but for their wages, in the month of ``as_of``.

    A list where nobody is insured is answered with ``eligible`` false and the reason. The region is asked for
    where a floor or a cap of it would change a figure.
    """
    if not facts["wages"]:
        raise FactError(
            [FactProblem("wages", "danh sách tiền lương trống", "the list of wages is empty", code="empty")]
        )
    if "region" not in facts and _region_matters(as_of, facts):
        raise FactError.missing(slot("contribution.compulsory", "region"))
    found = _of_region(facts.get("region", "I"), as_of, facts)
    if not found.eligible:
        return {"eligible": False, "reason": found.reason}
    amounts = {name: value for name, value in found._asdict().items() if name not in ("eligible", "reason")}
    return {"eligible": True, **amounts}


def month_due(_as_of: date, facts: Facts) -> Results:
    """Tháng phải đóng BHXH: by the law of the month itself; periods of leave are on sickness benefit."""
    if not any(name in facts for name in DAYS_AWAY):
        raise FactError.missing_one_of(*(slot("contribution.month_due", name) for name in DAYS_AWAY))
    found = contributions.month_due(
        facts["month"],
        unpaid_days=facts.get("unpaid_days", 0),
        sick_days=_sick_days(facts),
        maternity_days=facts.get("maternity_days", 0),
        maternity_months_recorded=facts.get("maternity_months_recorded", 0),
        first_month=facts.get("first_month", False),
        agreed=facts.get("agreed", False),
        worker_group=_group(facts),
    )
    return {"due": found.due, "counted": found.counted}


def trainee(_as_of: date, facts: Facts) -> Results:
    """Các bậc đóng của người hưởng sinh hoạt phí: each month by the law of that month."""
    enlisted: Month = facts["enlisted"]
    until: Month = facts["until"]
    if until < enlisted:
        raise FactError(
            [
                FactProblem(
                    "until",
                    f"tháng cuối {until.vi()} trước tháng nhập ngũ {enlisted.vi()}",
                    f"the last month {until} is before enlistment in {enlisted}",
                    code="order",
                )
            ]
        )
    return {
        "contribution_steps": [
            {
                "from": step.first,
                "to": step.last,
                "months": step.months,
                "rate": step.rate,
                "multiple": step.multiple,
                "of": step.of,
            }
            for step in contributions.trainee_steps(enlisted, until)
        ]
    }


def _group(facts: Facts) -> WorkerGroup:
    group = GROUPS[facts.get("worker_group", "employee")]
    if group == WorkerGroup.EMPLOYEE and facts.get("sector") == "state":
        return WorkerGroup.STATE_SCALE
    return group


def _of_region(region: str, as_of: date, facts: Facts) -> contributions.Compulsory:
    return contributions.compulsory(
        facts["wages"],
        as_of,
        worker_group=_group(facts),
        region=REGIONS[region],
        part_time=facts.get("part_time", False),
        base_salary=facts.get("base_salary"),
    )


def _region_matters(as_of: date, facts: Facts) -> bool:
    """Whether the regions would give different sums; the trial leaves no step in the explanation."""
    with explain():
        return len({_of_region(region, as_of, facts) for region in REGIONS}) > 1


def _sick_days(facts: Facts) -> int:
    given: int | None = facts.get("sick_days")
    if "absences" not in facts:
        return given or 0
    faults = [
        FactProblem(f"absences[{i}].{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for i, absence in enumerate(facts["absences"])
        for name in ("from", "to")
        if name not in absence
    ]
    faults += [
        FactProblem(
            f"absences[{i}].to", "ngày cuối trước ngày đầu", "the last day is before the first", code="order"
        )
        for i, absence in enumerate(facts["absences"])
        if {"from", "to"} <= absence.keys() and absence["to"] < absence["from"]
    ]
    if faults:
        raise FactError(faults)
    rest = [WEEKDAYS.index(day) for day in facts.get("weekly_rest_day", ["sunday"])]
    counted = contributions.absent_working_days(
        facts["month"], [(one["from"], one["to"]) for one in facts["absences"]], weekly_rest=rest
    )
    if given is not None and given != counted:
        raise FactError(
            [
                FactProblem(
                    "sick_days",
                    f"{given} ngày, khác {counted} ngày đếm được từ absences",
                    f"is {given}, but absences come to {counted} days",
                    code="contradiction",
                )
            ]
        )
    return counted


RULES = {
    "contribution.compulsory": compulsory,
    "contribution.month_due": month_due,
    "contribution.trainee": trainee,
}
