"""Các bộ tính ``voluntary.*``: what a participant pays, when the choice may change, what is paid back."""

from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law import voluntary
from ansinh.law.calc.contract import Slot, calculators
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.retirement import Sex, retirement_age
from ansinh.law.voluntary import BOOK, Category, Method
from ansinh.law.voluntary.book import VoluntaryScale

__all__ = ["RULES", "contribution", "refund"]

Results = dict[str, Any]

CONTRIBUTION = "voluntary.contribution"
ONE_SUM = (Method.YEARS_AHEAD, Method.MISSING_MONTHS)
SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}
LAST_YEAR_SEARCHED = 100


def contribution(as_of: date, facts: Facts) -> Results:
    """Mức đóng: by the law of ``as_of``, the day of payment; and when the choice may change."""
    method = Method(facts["method"])
    scale = BOOK.on(as_of)
    if "poverty_line" in facts:
        scale = scale.supposing(rural_poverty_line=facts["poverty_line"])
    months = _months(method, facts, scale)
    answer = _timing(as_of, method, months, facts, scale)
    if "monthly_income" in facts:
        answer |= _sums(method, months, facts, scale)
    if not answer:
        raise FactError.missing(_slot("monthly_income"))
    return answer


def refund(as_of: date, facts: Facts) -> Results:
    """Hoàn trả: what was paid for the months from ``stop_month`` to the end of the period."""
    method = Method(facts["method"])
    if method == Method.MISSING_MONTHS:
        raise fault(
            "method",
            "tiền đóng một lần cho thời gian còn thiếu không được hoàn trả",
            "missing months paid in one sum are not refunded",
            "range",
        )
    scale = BOOK.on(as_of)
    months = _months(method, facts, scale)
    assert months is not None  # noqa: S101 - prepaid_years is there
    start: Month = facts["period_start"]
    remaining = start + months - facts["stop_month"]
    if not 0 <= remaining <= months:
        raise fault(
            "stop_month",
            f"ngoài kỳ đã đóng, {start.vi()} đến {(start + months - 1).vi()}",
            f"is outside the period paid, {start} to {start + months - 1}",
            "order",
        )
    rate: Fraction = facts["fund_rate_month"] if method == Method.YEARS_AHEAD else Fraction(0)
    amount = voluntary.refund.on(as_of)(
        facts["monthly_income"], months, remaining, rate, facts.get("state_support", 0), scale
    )
    if amount < 0:
        raise fault(
            "state_support",
            "lớn hơn số tiền đã đóng của các tháng còn lại",
            "is more than was paid for the months that remain",
            "contradiction",
        )
    return {"refunded_months": remaining, "amount": amount}


def _sums(method: Method, months: int | None, facts: Facts, scale: VoluntaryScale) -> Results:
    """Số tiền: what is due, with interest where late, less what the State pays."""
    income: int = facts["monthly_income"]
    found = voluntary.income_standing.on(scale.day)(income, scale)
    if found != "allowed":
        return {"eligible": False, "reason": found}
    if months is None:
        name = "prepaid_years" if method == Method.YEARS_AHEAD else "missing_months_paid"
        raise FactError.missing(_slot(name))
    answer: Results = {"eligible": True}
    if method == Method.YEARS_AHEAD:
        due = voluntary.prepaid.on(scale.day)(income, months, _fund_rate(facts), scale)
    elif method == Method.MISSING_MONTHS:
        due = voluntary.missing.on(scale.day)(income, months, _fund_rate(facts), scale)
    else:
        due, lateness = _periodic(method, months, facts, scale)
        answer |= lateness
    answer["amount"] = due
    if "support_categories" in facts:
        state = _support(method, months, facts, scale)
        answer |= {"amount_before_support": due, "state_support": state, "amount": due - state}
    return answer


def _periodic(method: Method, months: int, facts: Facts, scale: VoluntaryScale) -> tuple[int, Results]:
    income: int = facts["monthly_income"]
    due = voluntary.periodic(income, months, scale)
    if "paid_month" not in facts:
        return due, {}
    if "period_start" not in facts:
        raise FactError.missing(_slot("period_start"))
    since = max(facts["paid_month"] - facts["period_start"], 0)
    late = voluntary.late_months(method, since, scale)
    answer: Results = {"amount_before_interest": due, "late_months": late}
    if late:
        due = voluntary.late(income, months, late, _fund_rate(facts), scale)
    return due, answer


def _support(method: Method, months: int, facts: Facts, scale: VoluntaryScale) -> int:
    """Tiền Nhà nước hỗ trợ: for the months of the period in which the State supports at all."""
    rate = voluntary.support_rate.on(scale.day)([Category(one) for one in facts["support_categories"]], scale)
    if method == Method.MISSING_MONTHS:
        return voluntary.support_missing(months, rate, _fund_rate(facts), scale)
    supported = months
    start: Month | None = facts.get("period_start")
    if start is not None:
        first, end = voluntary.supported_period(start.index, scale)
        supported = max(min(start.index + months, end) - first, 0)
    return voluntary.support(supported, rate, scale)


def _timing(as_of: date, method: Method, months: int | None, facts: Facts, scale: VoluntaryScale) -> Results:
    """Các mốc: the change of method or income, the payment of the missing months, the end of the support."""
    answer: Results = {}
    start: Month | None = facts.get("period_start")
    if start is not None and months is not None and method != Method.MISSING_MONTHS:
        answer["next_change"] = start + months
    if start is not None and facts.get("support_categories"):
        answer["support_stops"] = Month.from_index(voluntary.supported_period(start.index, scale)[1])
    if {"sex", "birth_month", "voluntary_months"} <= facts.keys():
        allowed = _lump_allowed_from(as_of, facts, start)
        if allowed is not None:
            answer["lump_allowed_from"] = allowed
    return answer


def _lump_allowed_from(as_of: date, facts: Facts, start: Month | None) -> Month | None:
    """Tháng đầu được đóng một lần: the months contributed grow by one a month from ``period_start``."""
    of_age = retirement_age(SEXES[facts["sex"]], facts["birth_month"], on=as_of).reached
    first = start or Month.of(as_of)
    contributed: int = facts["voluntary_months"]
    month = max(of_age - 1, first)
    while month < first + LAST_YEAR_SEARCHED * 12:
        by_then = contributed + (month - first)
        if voluntary.lump_allowed.on(month)(of_age - month, by_then, BOOK.on(month)):
            return month
        month += 1
    return None


def _months(method: Method, facts: Facts, scale: VoluntaryScale) -> int | None:
    """Số tháng của lần đóng; None while the number of years or missing months is not given."""
    if method == Method.MISSING_MONTHS:
        missing: int | None = facts.get("missing_months_paid")
        if missing is not None and not voluntary.missing_allowed(missing, scale):
            raise _out_of_range("missing_months_paid", missing, 1, scale.missing_months_most)
        return missing
    if method == Method.YEARS_AHEAD:
        years: int | None = facts.get("prepaid_years")
        if years is None:
            return None
        if not voluntary.years_ahead_allowed(years, scale):
            raise _out_of_range("prepaid_years", years, scale.prepaid_years_least, scale.prepaid_years_most)
        return voluntary.method_months(method, years, scale)
    return voluntary.method_months(method, 0, scale)


def _out_of_range(name: str, value: int, least: int, most: int) -> FactError:
    return fault(
        name,
        f"{value}, phải từ {least} đến {most}",
        f"is {value}, must be from {least} to {most}",
        "range",
    )


def _fund_rate(facts: Facts) -> Fraction:
    if "fund_rate_month" not in facts:
        raise FactError.missing(_slot("fund_rate_month"))
    rate: Fraction = facts["fund_rate_month"]
    return rate


def _slot(name: str) -> Slot:
    return calculators()[CONTRIBUTION].facts[name]


RULES = {CONTRIBUTION: contribution, "voluntary.refund": refund}
