"""Các bộ tính ``sickness.*`` và ``convalescence.benefit``: facts to the clauses, results back by name."""

from datetime import date
from typing import Any, NoReturn

from ansinh.kernel.months import Month
from ansinh.law import sickness
from ansinh.law.absences import working_days
from ansinh.law.calc import readings
from ansinh.law.calc.contract import calculators
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.careers.readings import career
from ansinh.law.sickness import wages
from ansinh.law.sickness.convalescence import RestLeave
from ansinh.law.sickness.illness import Leave, NeededFactError, Worker

__all__ = ["RULES", "child_benefit", "convalescence", "own_illness", "part_days"]

Results = dict[str, Any]

OWN = "sickness.benefit"
PARTS = "sickness.part_days"
CHILD = "sickness.child_benefit"
CONVALESCENCE = "convalescence.benefit"
SICK_PAY: tuple[str, ...] = (
    "eligible",
    "reason",
    "cap_days",
    "days",
    "months",
    "odd_days",
    "rate",
    "month_amount",
    "odd_amount",
    "amount",
    "first_stage_days",
    "second_stage_months",
    "second_stage_capped",
    "adjusted",
)
PART_PAY = ("eligible", "reason", "cap_days", "counted_days", "payable_days", "rate", "amount")
CHILD_PAY = ("eligible", "reason", "cap_days", "working_days", "days", "rate", "amount")
REST_PAY = ("eligible", "reason", "max_days", "days", "counted_for_year", "daily", "amount")


def own_illness(as_of: date, facts: Facts) -> Results:
    """Trợ cấp ốm đau của chính người lao động: what the facts allow; the wage only where they tell it."""
    leave = _leave(facts)
    long_term = facts.get("long_term_disease", False)
    day = sickness.law_day(leave.started, as_of, long_term=long_term)
    wage = _wage(facts, leave, as_of, day)
    worker = _worker(facts, leave, as_of, wage)
    try:
        found = sickness.sick_pay(worker, leave, as_of, long_term=long_term)
    except NeededFactError as needed:
        _ask(OWN, needed.fact)
    return _paid(found, SICK_PAY, wage)


def part_days(as_of: date, facts: Facts) -> Results:
    """Trợ cấp của những ngày nghỉ không trọn ngày: each told by the share of the day that is off."""
    shares = facts["day_parts"]
    wrong = [f"day_parts[{place}]" for place, share in enumerate(shares) if not 0 < share <= 1]
    if wrong or not shares:
        place = wrong[0] if wrong else "day_parts"
        raise fault(
            place,
            "cần phần của một ngày, trên 0 đến 1",
            "a share of one day is needed, above 0 up to 1",
            "range",
        )
    leave = Leave()
    wage = _wage(facts, leave, as_of, as_of)
    worker = _worker(facts, leave, as_of, wage)
    try:
        found = sickness.part_days_pay(worker, shares, as_of)
    except NeededFactError as needed:
        _ask(PARTS, needed.fact)
    return _paid(found, PART_PAY, wage)


def child_benefit(as_of: date, facts: Facts) -> Results:
    """Trợ cấp khi chăm sóc con ốm đau: of one parent."""
    if not facts["children"]:
        raise fault("children", "danh sách con trống", "the list of children is empty", "empty")
    leave = _leave(facts)
    wage = _wage(facts, leave, as_of, as_of)
    try:
        found = sickness.child_care_pay(
            [_child(place, row) for place, row in enumerate(facts["children"])],
            leave,
            as_of,
            group=_group(facts),
            taken_days=facts.get("taken_days", 0),
            wage=wage,
        )
    except NeededFactError as needed:
        _ask_about_children(needed.fact)
    return _paid(found, CHILD_PAY, wage)


def convalescence(as_of: date, facts: Facts) -> Results:
    """Dưỡng sức, phục hồi sức khỏe; whether the condition is met only where the facts tell the sick days."""
    rest = _rest(facts)
    absences = tuple(readings.absences(facts))
    returned = facts.get("returned")
    if returned is not None and any(one.last >= returned for one in absences):
        raise fault(
            "returned", "trước ngày cuối của đợt nghỉ", "is before the last day of the absences", "order"
        )
    common: dict[str, Any] = {
        "group": _group(facts),
        "taken_days": facts.get("taken_days", 0),
        "returned": returned,
        "base_salary": facts.get("base_salary"),
    }
    try:
        if facts["after"] == "sickness":
            illness = facts.get("last_illness")
            sick = sickness.SickTime(
                None if illness is None else sickness.Illness(illness),
                facts.get("sick_days_in_year"),
                absences,
            )
            found = sickness.after_sickness(sick, rest, as_of, **common)
        else:
            delivery = facts.get("delivery")
            ended = max((one.last for one in absences), default=None)
            found = sickness.after_maternity(
                None if delivery is None else sickness.Delivery(delivery), rest, as_of, ended=ended, **common
            )
    except NeededFactError as needed:
        _ask(CONVALESCENCE, needed.fact)
    return _told(found, REST_PAY)


def _paid(
    found: sickness.SickPay | sickness.PartDays | sickness.ChildCarePay,
    names: tuple[str, ...],
    wage: int | None,
) -> Results:
    results = _told(found, names)
    if wage is not None and found.eligible:
        results["wage"] = wage
    return results


def _told(found: object, names: tuple[str, ...]) -> Results:
    told = {name: getattr(found, name) for name in names}
    return {name: value for name, value in told.items() if value is not None}


def _ask(calculator: str, fact: str) -> NoReturn:
    slots = calculators()[calculator].facts
    if fact == "absences" and "absence_days" in slots and calculator == OWN:
        raise FactError.missing_one_of(slots["absences"], slots["absence_days"], slots["contributed_months"])
    raise FactError.missing(slots[fact])


def _ask_about_children(fact: str) -> NoReturn:
    if fact == "taken_days":
        raise fault(
            "taken_days",
            "có nhiều con: không rõ số ngày đã nghỉ là của con nào, hãy tính từng con một",
            "several children: it is not said for which the days were taken, ask for one child at a time",
            "ambiguous",
        )
    raise fault(
        "children",
        "cần age_years: số tuổi tròn của con quyết định số ngày tối đa",
        "age_years is needed: the child's full years decide the most days",
        "missing_fact",
    )


def _group(facts: Facts) -> sickness.Insured:
    return sickness.Insured(facts.get("worker_group", "employee"))


def _worker(facts: Facts, leave: Leave, as_of: date, wage: int | None) -> Worker:
    return Worker(
        group=_group(facts),
        conditions=sickness.Conditions(facts.get("conditions", "normal")),
        hard_region=facts.get("region_allowance_07", False),
        contributed_months=_contributed(facts, leave, as_of),
        taken_days=facts.get("taken_days", 0),
        wage=wage,
    )


def _leave(facts: Facts) -> Leave:
    absences = tuple(readings.absences(facts))
    rest = readings.rest(facts)
    days = facts.get("absence_days")
    if absences and days is not None and not facts.get("long_term_disease", False):
        counted = len(working_days(absences, rest))
        if counted != days:
            raise fault(
                "absence_days",
                f"{days} ngày, khác {counted} ngày làm việc đếm được từ absences",
                f"is {days}, but absences come to {counted} working days",
                "contradiction",
            )
    return Leave(absences, rest, days)


def _contributed(facts: Facts, leave: Leave, as_of: date) -> int | None:
    """The months told; else those of the record before the month of the leave, maternity included."""
    if "contributed_months" in facts:
        told: int = facts["contributed_months"]
        return told
    record = career(facts)
    if record is None:
        return None
    return wages.contributed_months(record, Month.of(leave.started or as_of))


def _wage(facts: Facts, leave: Leave, as_of: date, day: date) -> int | None:
    given: int | None = facts.get("wage_before_leave")
    record = career(facts)
    if record is None:
        return given
    month = Month.of(leave.started or as_of)
    found = wages.wage_for(record, month, day)
    if given is not None and found is not None and given != found:
        raise fault(
            "wage_before_leave",
            f"{given} đồng, khác tiền lương {found} đồng theo quá trình đóng",
            f"is {given}, but the contribution record gives {found}",
            "contradiction",
        )
    return found if given is None else given


def _child(place: int, row: dict[str, Any]) -> sickness.SickChild:
    where = f"children[{place}]"
    years, under = row.get("age_years"), row.get("age_under")
    if years is None and under is None:
        raise fault(f"{where}.age_years", "thiếu dữ kiện", "missing fact", "missing_fact")
    if under == 0 or (years is not None and under is not None and years >= under):
        raise fault(
            f"{where}.age_under",
            "không khớp với tuổi của con",
            "contradicts the child's age",
            "contradiction",
        )
    first, last = row.get("sick_from"), row.get("sick_to")
    if first is not None and last is not None and last < first:
        raise fault(f"{where}.sick_to", "kết thúc trước khi bắt đầu", "ends before it begins", "order")
    if years is None:
        return sickness.SickChild(0, row["age_under"] - 1, first, last)
    return sickness.SickChild(years, years, first, last)


def _rest(facts: Facts) -> RestLeave:
    first, last, days = facts.get("leave_from"), facts.get("leave_to"), facts.get("leave_days")
    if first is not None and last is not None:
        counted = (last - first).days + 1
        if counted < 1:
            raise fault("leave_to", "trước ngày đầu nghỉ", "is before the first day", "order")
        if days is not None and days != counted:
            raise fault(
                "leave_days",
                f"{days} ngày, khác {counted} ngày từ leave_from đến leave_to",
                f"is {days}, but leave_from to leave_to is {counted} days",
                "contradiction",
            )
        days = counted
    return RestLeave(first, days)


RULES = {OWN: own_illness, PARTS: part_days, CHILD: child_benefit, CONVALESCENCE: convalescence}
