"""Bộ tính ``unemployment.preserve``: what happened to each benefit month, to the months preserved."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ansinh.law.calc.contract import calculators
from ansinh.law.calc.facts import FactError, FactProblem, Facts, fault
from ansinh.law.engine import NotInForce
from ansinh.law.unemployment import BOOK, MonthState
from ansinh.law.unemployment import preservation as law
from ansinh.law.unemployment.periods import benefit_months, last_day_of, month_of

__all__ = ["preserve"]

Results = dict[str, Any]


class Happened(NamedTuple):
    """Diễn biến: the states of the benefit months reached, and what ended them before their time."""

    states: Sequence[MonthState]
    stopped: bool = False
    told_in_time: bool = True
    silent: bool = False


def preserve(as_of: date, facts: Facts) -> Results:
    """Bảo lưu: by the award decision, by what happened afterwards, and out of time confirmed later."""
    scale = BOOK.on(as_of)
    ui_months: int = facts["ui_months"]
    months = benefit_months(ui_months, scale)
    in_decision = law.preserved_in_decision.on(as_of)(ui_months, months, scale) if months else 0
    results: Results = {"benefit_months": months, "preserved_in_decision_months": in_decision}
    told = facts.keys() & {"month_states", "stop"}
    if not months:
        if told:
            raise _contradiction(
                "ui_months",
                f"{ui_months} tháng chưa đủ để hưởng, nhưng có tháng hưởng",
                f"{ui_months} months give no benefit, but benefit months are told",
            )
        # Months that bought nothing yet simply add up (38/2013/QH13, Điều 45 khoản 1).
        return {**results, "preserved_months": ui_months}
    if not facts.get("decision_collected", True):
        if told:
            raise _contradiction(
                "decision_collected",
                "quyết định bị hủy thì không có tháng hưởng",
                "a cancelled decision has no benefit months",
            )
        later = law.given_back_by_cancelling(ui_months, in_decision)
        return {**results, "preserved_later_months": later, "preserved_months": in_decision + later}
    if "stop" not in facts and "benefit_start" in facts:
        results["stop_date"] = last_day_of(facts["benefit_start"], months)
    later = 0
    happened = Happened(())
    if told:
        happened = _happened(as_of, facts, months)
        used = law.months_used(ui_months - in_decision, months, scale)
        later = law.given_back_uncollected(used, happened.states)
        if happened.stopped:
            later += law.given_back_by_stop.on(as_of)(used, len(happened.states), happened.told_in_time)
        results["paid_months"] = happened.states.count(MonthState.PAID)
        results["preserved_later_months"] = later
        if happened.silent:
            # The day is the last of the third window, which the facts do not tell.
            results.pop("stop_date", None)
        elif "date" in facts.get("stop", {}):
            results["stop_date"] = facts["stop"]["date"]
    results["preserved_months"] = in_decision + later
    if "late_confirmed_months" in facts:
        if not told and ui_months < scale.first_step_months:
            raise FactError.missing(calculators()["unemployment.preserve"].facts["month_states"])
        used_up = sum(state != MonthState.UNCOLLECTED for state in happened.states)
        if as_of not in law.preserved_extra.period:
            raise NotInForce(law.preserved_extra.id, as_of)
        results["preserved_extra_months"] = law.preserved_extra(
            ui_months, facts["late_confirmed_months"], used_up, later, scale
        )
    return results


def _happened(as_of: date, facts: Facts, months: int) -> Happened:
    states = [MonthState(state) for state in facts.get("month_states", ())]
    if len(states) > months:
        raise _contradiction(
            "month_states",
            f"{len(states)} tháng, nhiều hơn {months} tháng hưởng",
            f"has {len(states)} months, more than the {months} of the benefit",
        )
    if silent := law.silent_until(states, BOOK.on(as_of)):
        if MonthState.PAID in states[silent:]:
            raise _contradiction(
                "month_states",
                f"ba tháng liên tục không thông báo đã chấm dứt hưởng từ tháng thứ {silent}",
                f"three silent months in a row ended the benefit with month {silent}",
            )
        return Happened(states[:silent], silent=True)
    if "stop" not in facts:
        return Happened(states)
    stop = facts["stop"]
    # Every reason the contract names keeps months; the reason itself is asked for as the article asks for it.
    needed = ("reason", "date") if "notified" in stop else ("reason",)
    lacking = [
        FactProblem(f"stop.{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for name in needed
        if name not in stop
    ]
    if lacking:
        raise FactError(lacking)
    in_time = "notified" not in stop or stop["notified"] <= law.stop_notice_deadline(
        stop["date"], BOOK.on(as_of)
    )
    return Happened(_reached(facts, states, months), stopped=True, told_in_time=in_time)


def _reached(facts: Facts, states: list[MonthState], months: int) -> list[MonthState]:
    """Các tháng đã đến: the one of the stop included; paid where nothing else is told.

    Suspensions decided before the stop was known fall away with the months after it.
    """
    slots = calculators()["unemployment.preserve"].facts
    stop = facts["stop"]
    if "date" not in stop or "benefit_start" not in facts:
        if states:
            return states
        if "date" in stop:
            raise FactError.missing(slots["benefit_start"])
        raise FactError.missing(slots["month_states"])
    if stop["date"] < facts["benefit_start"]:
        raise fault("stop.date", "trước ngày bắt đầu hưởng", "is before the benefit begins", "order")
    reached = month_of(stop["date"], facts["benefit_start"])
    if reached > months:
        raise fault("stop.date", "sau khi hết thời hạn hưởng", "is after the benefit ended", "order")
    if MonthState.PAID in states[reached:]:
        raise _contradiction(
            "month_states",
            f"có tháng đã nhận tiền sau tháng chấm dứt (tháng thứ {reached})",
            f"has money paid after the month of the stop (month {reached})",
        )
    return states[:reached] + [MonthState.PAID] * (reached - len(states))


def _contradiction(fact: str, vi: str, en: str) -> FactError:
    return fault(fact, vi, en, "contradiction")
