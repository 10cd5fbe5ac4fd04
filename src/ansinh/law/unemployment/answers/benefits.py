"""Các bộ tính ``unemployment.*``: facts to the clauses, results back by name."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.calc.contract import Slot, calculators
from ansinh.law.calc.facts import FactError, FactProblem, Facts, fault
from ansinh.law.calc.readings import REGIONS
from ansinh.law.careers import Career, Scheme, Sector, Spell
from ansinh.law.careers.readings import career
from ansinh.law.engine import explain
from ansinh.law.unemployment import (
    BOOK,
    Claim,
    Leaving,
    Period,
    Transfer,
    amounts,
    conditions,
    notices,
    training,
)
from ansinh.law.unemployment.periods import benefit_months, benefit_periods, last_day_of, length, month_of

__all__ = [
    "benefit",
    "eligibility",
    "employer_training",
    "job_search_notice",
    "training_fee",
    "training_support",
]

Results = dict[str, Any]


def benefit(as_of: date, facts: Facts) -> Results:
    """Trợ cấp thất nghiệp: what the facts allow of months, amounts and benefit months.

    Months are counted from the record only when nothing else tells them and the record alone suffices for a
    benefit: a short record proves nothing about the months before it.
    """
    record = career(facts)
    results = _months(as_of, facts, record)
    if record is not None and results.get("benefit_months") != 0:
        results |= _amounts(as_of, facts, record)
    months = results.get("benefit_months")
    if months and "benefit_start" in facts:
        periods = benefit_periods(facts["benefit_start"], months)
        results["benefit_periods"] = [{"from": one.first, "to": one.last} for one in periods]
        results["benefit_end"] = periods[-1].last
    if not results:
        slots = calculators()["unemployment.benefit"].facts
        raise FactError.missing_one_of(*(slots[name] for name in ("ui_months", "history", "benefit_months")))
    return results


def _months(as_of: date, facts: Facts, record: Career | None) -> Results:
    scale = BOOK.on(as_of)
    results: Results = {}
    own: int | None = facts.get("ui_months")
    before: int = facts.get("preserved_before_months", 0)
    if own is None and record is not None and "preserved_before_months" not in facts:
        counted = amounts.months_on_record(_contributed(record, facts))
        own = counted if counted >= scale.minimum_months else None
    if own is not None:
        results["ui_months_total"] = amounts.months_total(own, before)
        results["benefit_months"] = benefit_months(results["ui_months_total"], scale)
    if "benefit_months" in facts:
        if "ui_months" in facts and results["benefit_months"] != facts["benefit_months"]:
            raise fault(
                "benefit_months",
                f"{facts['benefit_months']} tháng, nhưng {results['ui_months_total']} tháng đóng được hưởng "
                f"{results['benefit_months']} tháng",
                f"is {facts['benefit_months']}, but {results['ui_months_total']} contributed months give "
                f"{results['benefit_months']}",
                "contradiction",
            )
        results["benefit_months"] = facts["benefit_months"]
    return results


def _contributed(record: Career, facts: Facts) -> list[Month]:
    """Các tháng đóng BHTN đến khi chấm dứt: since the insurance began."""
    began = amounts.months_on_record.period.since
    until = Month.of(facts["terminated"]) if "terminated" in facts else None
    return [
        month
        for month in record.months(Scheme.COMPULSORY)
        if month.first_day >= began and (until is None or month <= until)
    ]


def _amounts(as_of: date, facts: Facts, record: Career) -> Results:
    scale = BOOK.on(as_of)
    contributed = _contributed(record, facts)
    base = amounts.base_months(contributed, facts.get("terminated"), scale)
    if len(base) < scale.averaged_months:
        if facts.keys() & {"ui_months", "benefit_months"}:
            return {}
        raise fault(
            "history",
            f"mới có {len(base)} tháng đóng, cần {scale.averaged_months} tháng gần nhất",
            f"has {len(base)} contributed months, the latest {scale.averaged_months} are needed",
            "too_short",
        )
    spells = amounts.insured_contracts(list(record.paid(Scheme.COMPULSORY)), base)
    wages = [_wage(spell, month) for spell, month in zip(spells, base, strict=True)]
    known = [wage for wage in wages if wage is not None]
    if not known:
        return {"base_months": base}
    if len(known) < len(wages):
        raise fault(
            "history",
            "có tháng trong 6 tháng gần nhất thiếu tiền lương",
            "has no pay for some of the latest six months",
            "missing_fact",
        )
    average = amounts.average_wage(known)
    uncapped = amounts.uncapped_benefit(average, scale)
    ceiling = _ceiling(as_of, facts, spells[-1], base[-1], uncapped)
    results: Results = {
        "base_months": base,
        "average_wage": half_up(average),
        "uncapped": uncapped,
        "monthly": amounts.monthly_benefit(uncapped, ceiling),
    }
    return results if ceiling is None else {**results, "cap": ceiling}


def _wage(spell: Spell, month: Month) -> Fraction | None:
    on_scale = spell.coefficient is not None
    pay = spell.pay(BOOK.base_salary.on(month) if on_scale else 0)
    if pay is None or month.first_day < amounts.counted_wage_2013.period.since:
        return pay
    return amounts.counted_wage.on(month)(pay, spell.is_state, spell.region, BOOK.on(month))


def _ceiling(as_of: date, facts: Facts, last: Spell, month: Month, uncapped: int) -> int | None:
    """Mức tối đa; None when nothing tells pay scheme and region, or when no region's ceiling would bite."""
    said = facts.get("sector", last.sector)
    state_pay = said == Sector.STATE if "sector" in facts else last.is_state
    region = REGIONS[facts["region"]] if "region" in facts else last.region
    if said is None and region is None and not state_pay:
        return None
    slots = calculators()["unemployment.benefit"].facts
    rule = amounts.cap.on(as_of)
    scale = BOOK.on(_cap_day(as_of, facts, month))
    ceiling = rule(state_pay, region, scale)
    if ceiling is None:
        known = (rule.function(state_pay, one, scale) for one in REGIONS.values())
        if uncapped > min(filter(None, known)):
            raise FactError.missing(slots["region"])
    return ceiling


def _cap_day(as_of: date, facts: Facts, month: Month) -> date:
    """Ngày lấy mức tối đa; the end of the contract is asked for where the day would change the ceiling.

    A contract not said to have ended did so between its last contributed month and ``as_of``.
    """
    day_of = amounts.cap_day.on(as_of)
    if "terminated" in facts:
        told: date = day_of(facts["terminated"], month)
        return told
    with explain():
        first, last = (BOOK.on(day_of(day, month)) for day in (month.first_day, max(as_of, month.first_day)))
    if (first.base_salary, first.minimum_wage) != (last.base_salary, last.minimum_wage):
        raise FactError.missing(calculators()["unemployment.benefit"].facts["terminated"])
    supposed: date = day_of(month.last_day, month)
    return supposed


def eligibility(as_of: date, facts: Facts) -> Results:
    """Điều kiện hưởng: the first reason of refusal by the order of the article, or none."""
    scale = BOOK.on(as_of)
    holidays = facts.get("holidays")
    requested: date | None = facts.get("requested")
    deadline = conditions.request_deadline(facts["terminated"], holidays, scale)
    claim = Claim(
        leaving=Leaving(facts.get("leaving", Leaving.LAWFUL)),
        months_in_window=facts["ui_months_in_window"],
        requested=requested,
        deadline=deadline,
        job_found=facts.get("job_found"),
        job_free_until=None if requested is None else conditions.job_free_until(requested, holidays, scale),
    )
    results: Results = {
        "window_months": conditions.window(facts.get("short_contract", False), scale),
        "deadline": deadline,
    }
    reason = conditions.refusal.on(as_of)(claim, scale)
    if reason:
        return {"eligible": False, "reason": reason, **results}
    if requested is not None:
        results["benefit_start"] = conditions.benefit_start(requested, holidays, scale)
    return {"eligible": True, **results}


def job_search_notice(as_of: date, facts: Facts) -> Results:
    """Thông báo tìm kiếm việc làm: whether any of the windows needs a personal notice, and which do not."""
    scale = BOOK.on(as_of)
    holidays = facts.get("holidays")
    windows = [_period(f"notice_windows[{i}]", row) for i, row in enumerate(facts["notice_windows"])]
    if not windows:
        raise fault("notice_windows", "danh sách trống", "the list is empty", "empty")
    course = _period("training", facts["training"]) if "training" in facts else None
    transfer, end = _transfer(as_of, facts)
    needed = []
    for window in windows:
        in_training = course is not None and notices.excused_by_training.on(as_of)(window, course)
        in_transfer = transfer is not None and notices.excused_by_transfer.on(as_of)(window, transfer, end)
        needed.append(notices.notice_required(in_training, in_transfer))
    results: Results = {"required": any(needed)}
    if not any(needed):
        results["suspended"] = False
    excused = [i for i, required in enumerate(needed) if not required]
    numbers = [_number(facts, i, windows[i]) for i in excused]
    if None not in numbers:
        results["exempt_months"] = numbers
    if course is not None and excused:
        rule = notices.certificate_deadline.on(as_of)
        results["certificate_deadline"] = rule(course, windows[excused[0]], holidays, scale)
    return results


def _number(facts: Facts, index: int, window: Period) -> int | None:
    given: int | None = facts["notice_windows"][index].get("month")
    if given is None and "benefit_start" in facts and window.first >= facts["benefit_start"]:
        return month_of(window.first, facts["benefit_start"])
    return given


def _transfer(as_of: date, facts: Facts) -> tuple[Transfer | None, date | None]:
    """Chuyển nơi hưởng: the last day on which it may excuse a window."""
    transfer = Transfer(
        facts.get("transfer_requested"), facts.get("transfer_received"), facts.get("transfer_filed")
    )
    days = [day for day in transfer if day is not None]
    if not days:
        return None, None
    if days != sorted(days):
        raise fault(
            "transfer_filed",
            "các ngày đề nghị, nhận và nộp hồ sơ không theo thứ tự",
            "the days of request, receipt and filing are not in order",
            "order",
        )
    slots = calculators()["unemployment.job_search_notice"].facts
    scale, holidays = BOOK.on(as_of), facts.get("holidays")
    if as_of in notices.transfer_excuse_end.period:
        if transfer.received is None:
            raise FactError.missing(slots["transfer_received"])
        return transfer, notices.transfer_excuse_end(transfer.received, holidays, scale)
    if as_of in notices.excused_by_transfer_2025.period:
        return transfer, None
    if transfer.requested is None and transfer.received is None:
        raise FactError.missing_one_of(slots["transfer_requested"], slots["transfer_received"])
    return transfer, notices.transfer_end.on(as_of)(transfer, holidays, scale)


def training_support(as_of: date, facts: Facts) -> Results:
    """Hỗ trợ học nghề: refused for a job or for the days of the course, else what is supported and when."""
    scale = BOOK.on(as_of)
    holidays = facts.get("holidays")
    requested: date = facts["requested"]
    on_benefit, end = _drawing(facts, requested)
    free_until = training.training_job_free_until.on(as_of)(requested, holidays, scale)
    if "job_found" in facts:
        rule = training.training_job_refusal.on(as_of)
        if reason := rule(facts["job_found"], free_until, on_benefit):
            return {"eligible": False, "reason": reason}
    course = _course(facts) if facts.keys() & {"course_from", "course_to"} else None
    if course is not None and "decided" in facts:
        refusal = training.course_refusal.on(as_of)
        if reason := refusal(course.first, facts["decided"], end if on_benefit else None, scale):
            return {"eligible": False, "reason": reason}
    results: Results = {
        "eligible": True,
        "decision_from": training.training_decision_from(free_until, holidays),
        "decision_to": training.training_decision_to(requested, holidays, scale),
    }
    if course is not None:
        supported = training.training_period(course, scale)
        results |= {"support_from": supported.first, "support_to": supported.last}
        results["support_months"] = training.training_months(supported, scale)
    return results


def _drawing(facts: Facts, requested: date) -> tuple[bool, date | None]:
    """Đang hưởng trợ cấp vào ngày nộp hồ sơ không: with the last day of the benefit when it is known."""
    if "benefit_start" not in facts:
        return False, None
    start: date = facts["benefit_start"]
    end = last_day_of(start, facts["benefit_months"]) if "benefit_months" in facts else None
    return start <= requested and (end is None or requested <= end), end


def training_fee(as_of: date, facts: Facts) -> Results:
    """Học phí được hỗ trợ: with meals from 2026 where the days attended are told."""
    scale = BOOK.on(as_of)
    course = _course(facts)
    months = training.training_months(training.training_period(course, scale), scale)
    fee = training.training_fee.on(as_of)(
        length(course.first, course.last), months, facts["monthly_fee"], scale
    )
    results: Results = {"support_months": months, "fee": fee, "amount": fee}
    if "days_attended" in facts and as_of in training.training_meals.period:
        results["meals"] = training.training_meals(facts["days_attended"], scale)
        results["amount"] += results["meals"]
    return results


def employer_training(as_of: date, facts: Facts) -> Results:
    """Kinh phí hỗ trợ người sử dụng lao động đào tạo."""
    scale = BOOK.on(as_of)
    months = training.employer_training_months(_course(facts), scale)
    amount = training.employer_training(facts["workers"], facts["support_per_month"], months, scale)
    return {"support_months": months, "amount": amount}


def _course(facts: Facts) -> Period:
    slots: Sequence[Slot] = tuple(calculators()["unemployment.training_support"].facts.values())
    lacking = [slot for slot in slots if slot.name in ("course_from", "course_to") and slot.name not in facts]
    if lacking:
        raise FactError.missing(*lacking)
    return _in_order("course_to", facts["course_from"], facts["course_to"])


def _period(where: str, row: Facts) -> Period:
    lacking = [
        FactProblem(f"{where}.{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")
        for name in ("from", "to")
        if name not in row
    ]
    if lacking:
        raise FactError(lacking)
    return _in_order(f"{where}.to", row["from"], row["to"])


def _in_order(where: str, first: date, last: date) -> Period:
    if last < first:
        raise fault(where, "kết thúc trước khi bắt đầu", "ends before it begins", "order")
    return Period(first, last)
