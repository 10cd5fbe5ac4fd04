"""Các bộ tính ``retirement.wage_coefficient``, ``retirement.average_wage``: the career behind a benefit."""

from datetime import date
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import careers
from ansinh.law.calc.contract import Slot, calculators
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.careers import BOOK, AverageWage, Career, PastSeniority, Scheme
from ansinh.law.careers.readings import career
from ansinh.law.engine import NotInForce

__all__ = ["RULES", "average_wage", "results", "wage_coefficient"]

Results = dict[str, Any]

AVERAGE = "retirement.average_wage"


def wage_coefficient(as_of: date, facts: Facts) -> Results:
    """Mức điều chỉnh của một năm: ``as_of`` picks the table, the year its column."""
    year: int = facts["year"]
    scale = BOOK.on(as_of)
    if year > as_of.year:
        raise fault(
            "year",
            f"năm {year} sau năm hưởng {as_of.year}",
            f"{year} is after the year of the benefit, {as_of.year}",
            "order",
        )
    if facts.get("scheme") != Scheme.VOLUNTARY:
        return {"coefficient": careers.wage_adjustment.on(as_of)(year, scale)}
    first = min(scale.income_adjustment)
    if year < first:
        raise fault(
            "year",
            f"chưa có bảo hiểm xã hội tự nguyện trước năm {first}",
            f"there was no voluntary insurance before {first}",
            "range",
        )
    return {"coefficient": careers.income_adjustment.on(as_of)(year, scale)}


def average_wage(as_of: date, facts: Facts) -> Results:
    """Mức bình quân: of a record month by month, or of parts that are already averaged."""
    record = career(facts)
    beside = _beside(facts)
    if record is None:
        found = _of_parts(facts, beside)
    elif "compulsory_average" in facts:
        raise fault(
            "compulsory_average",
            "đã có history, chỉ dùng một trong hai",
            "history is given too, use one of them",
            "contradiction",
        )
    else:
        found = _of_record(as_of, facts, record, beside)
    return results(found)


def results(found: AverageWage) -> Results:
    """Kết quả theo tên: only what the record allows to be said."""
    answer: Results = {
        "average_wage": found.average_wage,
        "wage_total": found.wage_total,
        "total_months": found.total_months,
    }
    if found.state_months:
        answer |= {
            "state_average_wage": found.state_average_wage,
            "state_months": found.state_months,
            "window_months": found.window_months,
            "windows": [{"from": first, "to": last} for first, last in found.windows],
            "seniority_allowance": found.seniority_allowance_rounded,
        }
    return {name: value for name, value in answer.items() if value is not None}


def _of_parts(facts: Facts, beside: tuple[int, int] | None) -> AverageWage:
    months = facts.get("contributed_months")
    if months is None:
        raise FactError.missing(_slot("contributed_months"))
    if months == 0:
        raise fault("contributed_months", "phải từ 1 tháng", "at least one month is needed", "range")
    return careers.weighted_average(facts["compulsory_average"], months, *(beside or (0, 0)))


def _of_record(as_of: date, facts: Facts, record: Career, beside: tuple[int, int] | None) -> AverageWage:
    months = record.months()
    if not months:
        raise fault("history", "không có tháng nào đã đóng", "no month is contributed", "empty")
    first = facts.get("first_contribution")
    compulsory = record.months(Scheme.COMPULSORY)
    if first is not None and compulsory and first > compulsory[0]:
        raise fault(
            "first_contribution",
            f"sau tháng đóng đầu tiên trong history ({compulsory[0].vi()})",
            f"is after the first month of history ({compulsory[0]})",
            "contradiction",
        )
    if compulsory and compulsory[-1] > Month.of(as_of):
        raise fault(
            "history",
            f"có tháng đóng {compulsory[-1].vi()} sau tháng hưởng {Month.of(as_of).vi()}",
            f"has the month {compulsory[-1]}, after that of the benefit, {Month.of(as_of)}",
            "order",
        )
    past = facts.get("past_seniority")
    if past is not None:
        missing = [name for name in ("coefficient", "allowance_pct") if name not in past]
        if missing:
            raise fault(f"past_seniority.{missing[0]}", "thiếu dữ kiện", "missing fact", "missing_fact")
    state_months = _state_months(facts, record, len(compulsory))
    try:
        return careers.average_wage(
            record,
            as_of,
            first_contribution=first,
            base_salary=facts.get("base_salary"),
            past_seniority=past and PastSeniority(past["coefficient"], past["allowance_pct"]),
            voluntary=beside,
            state_months=state_months,
        )
    except NotInForce as outside:
        if outside.name != "base_salary":
            raise
        raise _unscaled(Month.of(outside.day)) from outside


def _unscaled(month: Month) -> FactError:
    """Không đổi được giữa hệ số và tiền: no base salary is known so far back."""
    return fault(
        "history",
        f"chưa có mức lương cơ sở tháng {month.vi()}: lương Nhà nước ghi coefficient, lương khác ghi wage",
        f"no base salary is known for {month}: give State-scale pay as coefficient, other pay as wage",
        "missing_fact",
    )


def _state_months(facts: Facts, record: Career, on_record: int) -> int | None:
    """Tổng số tháng khi history chỉ ghi những năm cuối: only of State-scale pay, averaged over a window."""
    total: int | None = facts.get("contributed_months")
    if total is None or total == on_record:
        return None
    only_state = all(spell.is_state for spell in record.paid(Scheme.COMPULSORY))
    if total > on_record and on_record and only_state:
        return total
    raise fault(
        "contributed_months",
        f"{total} tháng, khác {on_record} tháng trong history",
        f"is {total}, but history has {on_record} months",
        "contradiction",
    )


def _beside(facts: Facts) -> tuple[int, int] | None:
    """Phần tự nguyện cho sẵn: the total and its months go together."""
    total, months = facts.get("voluntary_income_total"), facts.get("voluntary_months")
    if total is None and not months:
        return None
    if total is None:
        raise FactError.missing(_slot("voluntary_income_total"))
    if not months:
        raise FactError.missing(_slot("voluntary_months"))
    return total, months


def _slot(name: str) -> Slot:
    return calculators()[AVERAGE].facts[name]


RULES = {
    "retirement.wage_coefficient": wage_coefficient,
    AVERAGE: average_wage,
}
