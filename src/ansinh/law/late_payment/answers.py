"""Bộ tính ``contribution.late_interest``: facts to the clauses of late payment, results back by name."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.calc.contract import Slot, calculators
from ansinh.law.calc.facts import FactError, FactProblem, Facts
from ansinh.law.late_payment import settlement
from ansinh.law.late_payment.book import BOOK
from ansinh.law.late_payment.charges import daily_charge
from ansinh.law.late_payment.interest import interest_base

__all__ = ["RULES", "late_interest"]

Results = dict[str, Any]
SPAN = {"late_from", "late_to", "late_months"}


def late_interest(as_of: date, facts: Facts) -> Results:
    """Tiền lãi, số tiền phải nộp thêm: by the method of the law in force on ``as_of``.

    Facts decide the shape: ``items`` (months one by one), ``debts`` (by fund), else one ``amount``.
    """
    if settlement.method(as_of) == "daily":
        results = _by_day(as_of, facts)
    elif "items" in facts:
        results = _by_item(as_of, facts)
    elif "debts" in facts:
        results = _by_fund(as_of, facts)
    else:
        results = _one_amount(as_of, facts)
    arising: int = results["interest_amount"]
    results["interest_total"] = facts.get("carried_interest", 0) + arising
    if "principal" in facts:
        results["payable"] = facts["principal"] + results["interest_total"]
    return results


def _by_day(as_of: date, facts: Facts) -> Results:
    """0,03% a day: late payment, evasion and back-payment alike."""
    wanted = [name for name in ("days_late",) if name not in facts]
    if "debts" not in facts:
        wanted += [name for name in ("amount",) if name not in facts]
    if wanted:
        raise FactError.missing(*map(_slot, wanted))
    rate, days = BOOK.on(as_of).daily_rate, facts["days_late"]
    if "debts" not in facts:
        amount = facts["amount"]
        return {"interest_base": amount, "interest_amount": daily_charge(amount, days, rate)}
    results: Results = {"interest_base": 0, "interest_amount": 0}
    for fund, base in _bases(facts["debts"]):
        _add(results, fund, base, daily_charge(base, days, rate))
    return results


def _by_item(as_of: date, facts: Facts) -> Results:
    """Months not paid, one by one: arrears, or what late payment has come to month after month."""
    faults = [
        _field(f"items[{i}].{name}")
        for i, item in enumerate(facts["items"])
        for name in ("month", "amount")
        if name not in item
    ]
    if faults:
        raise FactError(faults)
    rate_of = _rate_of(as_of, facts)
    computed = facts.get("month", Month.of(as_of))
    found = [
        settlement.arrears(as_of, computed, item["month"], item["amount"], rate_of) for item in facts["items"]
    ]
    results: Results = {
        "interest_base": sum(item["amount"] for item in facts["items"]),
        "item_months": [one.months for one in found],
        "item_interests": [one.interest for one in found],
        "interest_amount": sum(one.interest for one in found),
    }
    if "late_rates" not in facts:
        results["late_rate_si"] = _si_rate(as_of, facts)
    return results


def _by_fund(as_of: date, facts: Facts) -> Results:
    """Debts by fund on the day of computation: each with its own rate."""
    if _over_periods(facts):
        return _by_fund_over_periods(facts)
    months = _months(facts, 1)
    results: Results = {"interest_base": 0, "interest_amount": 0, "months": months}
    for fund, base in _bases(facts["debts"]):
        rate = _si_rate(as_of, facts) if fund == "si" else _hi_rate(as_of, facts)
        results[f"late_rate_{fund}"] = rate
        carried = _carried_share(facts, results, base)
        _add(
            results, fund, base, settlement.month_interest(as_of, base, rate, months=months, carried=carried)
        )
    return results


def _over_periods(facts: Facts) -> bool:
    """Rates by period charge their whole time, unless one month of computation is asked for."""
    return "late_rates" in facts and ("month" not in facts or bool(facts.keys() & SPAN))


def _by_fund_over_periods(facts: Facts) -> Results:
    """Debts by fund under rates that changed: the same rates for each fund."""
    first, last = _span(facts)
    results: Results = {"interest_base": 0, "interest_amount": 0, "months": last - first + 1}
    for fund, base in _bases(facts["debts"]):
        _add(results, fund, base, _spread(facts, base, first, last)[1])
    return results


def _carried_share(facts: Facts, results: Results, base: int) -> int:
    # Carried interest is one sum for all funds; it is put with the first debt, never twice.
    first = results["interest_base"] == 0 and base > 0
    return facts.get("carried_interest", 0) if first else 0


def _one_amount(as_of: date, facts: Facts) -> Results:
    """One sum over months: an evasion found, or late payment over one or several periods of rates."""
    if "amount" not in facts:
        raise FactError.missing_one_of(*map(_slot, ("amount", "debts", "items")))
    amount = facts["amount"]
    if _over_periods(facts):
        months, interest = _spread(facts, amount, *_span(facts))
        return {"interest_base": amount, "months": months, "interest_amount": interest}
    # Interest on late payment is worked out every month for that month; an evasion is found for several.
    months = _months(facts, 1 if facts.get("kind") == "late" else None)
    rate = _rate_of(as_of, facts)(facts.get("month") or Month.of(as_of))
    carried = facts.get("carried_interest", 0)
    interest = settlement.month_interest(as_of, amount, rate, months=months, carried=carried)
    return {"interest_base": amount, "months": months, "late_rate_si": rate, "interest_amount": interest}


def _span(facts: Facts) -> tuple[Month, Month]:
    """Tháng đầu và tháng cuối chậm đóng; what nothing tells is read from the rates."""
    periods = _periods(facts)
    first: Month = facts.get("late_from", min(period.first for period in periods))
    last: Month | None = facts.get("late_to")
    if last is None and "late_months" in facts:
        last = first + facts["late_months"] - 1
    if last is None:
        ends = [period.last for period in periods if period.last is not None]
        if len(ends) < len(periods):
            raise FactError.missing_one_of(*map(_slot, ("late_to", "late_months")))
        last = max(ends)
    if last < first:
        raise _backwards()
    return first, last


def _spread(facts: Facts, base: int, first: Month, last: Month) -> tuple[int, int]:
    try:
        return settlement.spread_interest(base, _periods(facts), first, last)
    except LookupError as gap:
        raise _no_rate(gap) from None


def _add(results: Results, fund: str, base: int, interest: int) -> None:
    results["interest_base"] += base
    results[f"{fund}_interest"] = results.get(f"{fund}_interest", 0) + interest
    results["interest_amount"] += interest


def _bases(debts: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    faults = [_field(f"debts[{i}].fund") for i, debt in enumerate(debts) if "fund" not in debt]
    faults += [
        _field(f"debts[{i}].overdue | debts[{i}].debt, debts[{i}].not_due")
        for i, debt in enumerate(debts)
        if "overdue" not in debt and not {"debt", "not_due"} <= debt.keys()
    ]
    if faults:
        raise FactError(faults)
    for debt in debts:
        overdue = debt.get("overdue")
        yield debt["fund"], interest_base(debt["debt"], debt["not_due"]) if overdue is None else overdue


def _months(facts: Facts, otherwise: int | None) -> int:
    months: int | None = facts.get("late_months", otherwise)
    if "late_from" in facts and "late_to" in facts:
        span = facts["late_to"] - facts["late_from"] + 1
        if span < 1:
            raise _backwards()
        months = span
    if months is None:
        raise FactError.missing(_slot("late_months"))
    return months


def _si_rate(as_of: date, facts: Facts) -> Fraction:
    if "late_rate_month" in facts:
        given: Fraction = facts["late_rate_month"]
        return given
    yearly = facts.get("fund_rate_year")
    if "fund_rate_month" in facts:
        yearly = facts["fund_rate_month"] * 12
    if yearly is None and not BOOK.fund_return.is_known(as_of):
        raise FactError.missing_one_of(*map(_slot, ("fund_rate_year", "fund_rate_month", "late_rate_month")))
    return settlement.fund_rate(as_of, facts.get("kind", "late"), yearly)


def _hi_rate(as_of: date, facts: Facts) -> Fraction:
    if "interbank_rate_year" not in facts and "late_rate_month" in facts:
        given: Fraction = facts["late_rate_month"]
        return given
    yearly = facts.get("interbank_rate_year")
    if yearly is None and not BOOK.interbank_return.is_known(as_of):
        raise FactError.missing_one_of(*map(_slot, ("interbank_rate_year", "late_rate_month")))
    return settlement.interbank_rate(as_of, yearly)


def _rate_of(as_of: date, facts: Facts) -> settlement.RateOf:
    if "late_rates" not in facts:
        rate = _si_rate(as_of, facts)
        return lambda _: rate
    periods = _periods(facts)

    def of(month: Month) -> Fraction:
        try:
            return settlement.rate_in(periods, month)
        except LookupError as gap:
            raise _no_rate(gap) from None

    return of


def _periods(facts: Facts) -> list[settlement.RatePeriod]:
    faults = [
        _field(f"late_rates[{i}].{name}")
        for i, period in enumerate(facts["late_rates"])
        for name in ("from", "rate")
        if name not in period
    ]
    if not facts["late_rates"]:
        faults.append(_field("late_rates"))
    if faults:
        raise FactError(faults)
    return [
        settlement.RatePeriod(period["from"], period.get("to"), period["rate"])
        for period in facts["late_rates"]
    ]


def _backwards() -> FactError:
    return FactError(
        [
            FactProblem(
                "late_to",
                "tháng cuối chậm đóng trước tháng đầu",
                "the last month of delay is before the first",
                code="order",
            )
        ]
    )


def _no_rate(gap: LookupError) -> FactError:
    month = gap.args[0]
    return FactError(
        [
            FactProblem(
                "late_rates",
                f"không có lãi suất cho tháng {month.vi()}",
                f"gives no rate for {month}",
                code="missing_fact",
            )
        ]
    )


def _slot(name: str) -> Slot:
    return calculators()["contribution.late_interest"].facts[name]


def _field(path: str) -> FactProblem:
    return FactProblem(path, "thiếu dữ kiện", "missing fact", code="missing_fact")


RULES = {"contribution.late_interest": late_interest}
