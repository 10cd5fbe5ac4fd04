"""Các bộ tính ``maternity.*``: facts to the clauses, results back by name."""

from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.absences import Absence, Rest, calendar_days, working_days
from ansinh.law.calc.facts import Facts, fault
from ansinh.law.calc.readings import absences, rest
from ansinh.law.maternity import BOOK, Entitlement, Event, Leave, amounts, father, leave, short_leaves
from ansinh.law.maternity.answers.case import Case
from ansinh.law.maternity.short_leaves import Contraception

__all__ = ["benefit", "condition", "short_leave", "surrogate_leave"]

Results = dict[str, Any]


def condition(as_of: date, facts: Facts) -> Results:
    """Điều kiện hưởng khi sinh con, nhận con: the window, the months in it, the months needed."""
    case = Case("maternity.condition", as_of, facts)
    covered = case.covered()
    if not covered.eligible:
        return _verdict(covered)
    requirement = case.requirement()
    window = case.window(requirement.window)
    results: Results = {
        "window_from": window.first,
        "window_to": window.last,
        "window_months": window.months,
        "min_months": requirement.least,
    }
    if case.contributions is not None:
        counted = case.contributions.within(window.first, window.last)
        results["months_in_window"] = counted
        results |= _verdict(case.entitled(counted, requirement.least))
    return results


def benefit(as_of: date, facts: Facts) -> Results:
    """Thời gian và mức hưởng: of a birth, a child received, a loss of the pregnancy, a wife's birth."""
    case = Case("maternity.benefit", as_of, facts)
    covered = case.covered()
    if not covered.eligible:
        return _verdict(covered)
    answer = {
        Event.BIRTH: _birth,
        Event.PREGNANCY_LOSS: _loss,
        Event.WIFE_BIRTH: _wife_birth,
        Event.SURROGATE_HANDOVER: _child_received,
        Event.ADOPTION: _child_received,
    }[Event(facts["event"])]
    return answer(case)


def short_leave(as_of: date, facts: Facts) -> Results:
    """Nghỉ khám thai, thực hiện biện pháp tránh thai: the most days and what a day pays."""
    case = Case("maternity.short_leave", as_of, facts)
    covered = case.covered()
    if not covered.eligible:
        return _verdict(covered)
    if facts["occasion"] == "checkup":
        most = short_leaves.checkup_days.on(case.day)(
            case.needed("visits"), facts.get("far_or_abnormal", False), case.scale
        )
        results = _days_claimed(case, most, working=True)
        pay_of_day = amounts.working_day
    else:
        method = Contraception(facts["occasion"])
        most = short_leaves.contraception_days.on(case.day)(method, case.scale)
        results = _days_claimed(case, most, working=False)
        pay_of_day = amounts.day
    average = case.average(case.pay_month(), least=1)
    if average is not None:
        results |= _paid(case, average, 0, results["days"], pay_of_day.on(case.day)(average, case.scale))
    return {"eligible": True, **results}


def surrogate_leave(as_of: date, facts: Facts) -> Results:
    """Thời gian và mức hưởng của lao động nữ mang thai hộ: until the child is handed over."""
    case = Case("maternity.surrogate_leave", as_of, facts)
    covered = case.covered()
    if not covered.eligible:
        return _verdict(covered)
    verdict, average = case.right()
    results = (_verdict(verdict) if case.contributions is not None else {}) | _average(average)
    if not verdict.eligible:
        return results
    birth = case.needed_event_day()
    ended = {name: facts[name] for name in ("handed_over", "child_death") if name in facts}
    for name, day in ended.items():
        if day < birth:
            raise fault(name, "trước ngày sinh", "before the birth", "order")
    months = leave.birth_months.on(case.day)(case.children, None, case.scale)
    whole = leave.birth_leave.on(case.day)(birth, case.leave_from, months, case.scale)
    span = leave.surrogate_leave.on(case.day)(birth, whole, min(ended.values(), default=None), case.scale)
    return results | _whole(case, span, average)


def _birth(case: Case) -> Results:
    verdict, average = case.right()
    if not verdict.eligible:
        return _verdict(verdict) | _average(average)
    results = (_verdict(verdict) if case.contributions is not None else {}) | _average(average)
    months = case.months_of_leave()
    if months is None:
        if average is None:
            raise case.missing("child_order")
        return results | _month(average)
    return results | _span(case, months, average)


def _span(case: Case, months: int, average: Fraction | None) -> Results:
    """Answer a leave of whole months, with its days where the day of birth is known."""
    birth = case.event_day
    if birth is None:
        first = case.leave_from
        days = {} if first is None else {"leave_from": first, "leave_to": leave.last_day_of(first, months)}
        return {"months": months} | days | _pay(case, months, 0, average)
    span = leave.birth_leave.on(case.day)(birth, case.leave_from, months, case.scale)
    odd = 0
    death = case.facts.get("child_death")
    if death is not None and case.day in leave.last_day_after_child_death.period:
        if death < birth:
            raise fault("child_death", "trước ngày sinh", "before the birth", "order")
        end = leave.last_day_after_child_death(birth, death, span.last, case.scale)
        span = Leave(span.first, end)
        months, odd = leave.months_and_days(span)
    results: Results = {"months": months, "leave_from": span.first, "leave_to": span.last}
    if odd:
        results["days"] = odd
    return results | _pay(case, months, odd, average)


def _loss(case: Case) -> Results:
    weeks = case.needed("pregnancy_weeks")
    if case.day in leave.late_loss_as_birth.period and case.contributions is not None:
        verdict, average = case.right()
        if leave.late_loss_as_birth(weeks, verdict.eligible, case.scale):
            months = leave.birth_months.on(case.day)(case.children, None, case.scale)
            return {"eligible": True} | _average(average) | _span(case, months, average)
    most = leave.loss_days.on(case.day)(weeks, case.scale)
    results = {"eligible": True, "max_days": most} | _days_claimed(case, most, working=False)
    average = case.average(case.pay_month(), least=1)
    if average is not None:
        results |= _paid(
            case, average, 0, results["days"], amounts.day.on(case.day)(average, case.scale)
        ) | _average(average)
    return results


def _wife_birth(case: Case) -> Results:
    if "mother_death" in case.facts:
        return _after_mothers_death(case)
    facts = case.facts
    if case.contributions is not None and case.month is not None:
        around = father.father_window.on(case.day)(case.month)
        insured = father.father_insured.on(case.day)(case.contributions.within(around.first, around.last))
        if not insured.eligible:
            return _verdict(insured)
    most = _father_days(case)
    results: Results = {"eligible": True, "max_days": most, "days": most}
    birth = case.event_day
    if birth is not None:
        deadline = father.father_deadline.on(case.day)(birth, case.scale)
        results["deadline"] = deadline
        leaves = absences(facts)
        first = leaves[0].first if leaves else case.leave_from
        if first is not None:
            in_time = father.father_in_time.on(case.day)(first, birth, deadline)
            if not in_time.eligible:
                return _verdict(in_time) | {"deadline": deadline}
            rests = rest(facts)
            worked = [(one.first, working_days([one], rests)) for one in leaves] or [
                (first, _next_working_days(first, most, rests))
            ]
            days = father.father_counted.on(case.day)(worked, birth, deadline, most)
            paid = [day for _, days_of in worked for day in days_of][:days]
            results |= {"days": days, "leave_from": first}
            results |= {"leave_to": paid[-1]} if paid else {}
    average = case.average(case.pay_month(), least=1)
    if average is not None:
        day_amount = amounts.working_day.on(case.day)(average, case.scale)
        results |= _paid(case, average, 0, results["days"], day_amount) | _average(average)
    return results


def _after_mothers_death(case: Case) -> Results:
    birth = case.needed_event_day()
    death: date = case.facts["mother_death"]
    if death < birth:
        raise fault("mother_death", "trước ngày sinh", "before the birth", "order")
    mothers_end = None
    if case.facts.get("mother_eligible", True):
        months = case.months_of_leave()
        if months is None:
            raise case.missing("child_order")
        mothers_end = leave.birth_leave.on(case.day)(birth, case.leave_from, months, case.scale).last
    span = father.remaining_leave.on(case.day)(death, birth, mothers_end, case.scale)
    average = case.average(Month.of(span.first) - 1, least=1)
    return {"eligible": True} | _average(average) | _whole(case, span, average)


def _child_received(case: Case) -> Results:
    verdict, average = case.right()
    results = (_verdict(verdict) if case.contributions is not None else {}) | _average(average)
    received, birth = case.leave_from, case.facts.get("child_birth")
    if not verdict.eligible or received is None or birth is None:
        if verdict.eligible and not results:
            raise case.missing("leave_from" if received is None else "child_birth")
        return results | (_month(average) if verdict.eligible else {})
    if received < birth:
        raise fault("leave_from", "trước ngày sinh của con", "before the child's birth", "order")
    surrogate = Event(case.facts["event"]) == Event.SURROGATE_HANDOVER
    further = (case.children - 1) * case.scale.months_per_further_child if surrogate else 0
    span = leave.child_care_leave.on(case.day)(received, birth, further, case.scale)
    return results | _whole(case, span, average)


def _father_days(case: Case) -> int:
    """Return the father's days; which child this is need not be known where it makes no difference."""
    facts = case.facts
    orders = [facts.get("child_order")]
    if BOOK.second_child.is_known(case.day) and "child_order" not in facts:
        orders = [None, case.scale.second_child]
    found = {
        father.father_days.on(case.day)(
            case.children, facts.get("surgery", False), facts.get("pregnancy_weeks"), order, case.scale
        )
        for order in orders
    }
    if len(found) > 1:
        raise case.missing("child_order")
    return found.pop()


def _whole(case: Case, span: Leave, average: Fraction | None) -> Results:
    months, odd = leave.months_and_days(span)
    found: Results = {"months": months, "days": odd, "leave_from": span.first, "leave_to": span.last}
    return found | _pay(case, months, odd, average)


def _days_claimed(case: Case, most: int, *, working: bool) -> Results:
    """Return the most days, and those of the absences given; without absences the whole is meant."""
    leaves = absences(case.facts)
    if not leaves:
        return {"max_days": most, "days": most}
    days = working_days(leaves, rest(case.facts)) if working else calendar_days(leaves)
    paid = days[:most]
    return {"max_days": most, "days": len(paid)} | (
        {"leave_from": paid[0], "leave_to": paid[-1]} if paid else {}
    )


def _next_working_days(first: date, number: int, rests: Rest) -> list[date]:
    # A year holds any of these leaves, holidays of Tet included.
    span = Absence(first, leave.last_day_of(first, 12))
    return working_days([span], rests)[:number]


def _pay(case: Case, months: int, odd: int, average: Fraction | None) -> Results:
    if average is None:
        return {}
    return _paid(case, average, months, odd, amounts.day.on(case.day)(average, case.scale))


def _paid(case: Case, average: Fraction, months: int, days: int, day_amount: Fraction) -> Results:
    amount = amounts.leave_amount.on(case.day)(months, days, average, day_amount)
    return {"month_amount": half_up(average), "daily": half_up(day_amount), "amount": half_up(amount)}


def _average(average: Fraction | None) -> Results:
    return {} if average is None else {"average_wage": half_up(average)}


def _month(average: Fraction | None) -> Results:
    """Tell what a whole month pays where the length of the leave is not known."""
    return {} if average is None else {"month_amount": half_up(average)}


def _verdict(verdict: Entitlement) -> Results:
    return {"eligible": verdict.eligible} | ({"reason": verdict.reason} if verdict.reason else {})
