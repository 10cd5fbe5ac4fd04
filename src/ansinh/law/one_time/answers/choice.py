"""Bộ tính ``retirement.one_time_choice``: take the sum now, or keep the time and retire.

The pension is estimated by the law of ``as_of``, at the prices and the average wage of that day: neither the
raises of pensions nor those of wages to come are foretold. Missing months are paid month by month to the
voluntary scheme, from the month after ``as_of``. Normal working conditions.
"""

from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law import one_time, pensions, retirement, survivors
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.calc.readings import birth
from ansinh.law.careers.readings import Contributed, contributed
from ansinh.law.one_time.answers.sums import one_time_sum
from ansinh.law.one_time.choice import (
    average_with_continued,
    break_even_months,
    continued_cost,
    given_up,
)
from ansinh.law.retirement.start import start_by_age

__all__ = ["one_time_choice"]

Results = dict[str, Any]

CHOICE = "retirement.one_time_choice"


def one_time_choice(as_of: date, facts: Facts) -> Results:
    """So sánh: the sum now against the pension that keeping (and completing) the time would bring."""
    time = contributed(facts, as_of)
    if time is None or not time.months:
        raise fault("contributed_months", "chưa đóng tháng nào", "no month was contributed", code="empty")
    wage: int = facts["average_wage"]
    scale = one_time.BOOK.on(as_of)
    amount: int = one_time_sum(CHOICE, facts, time, Fraction(wage), as_of, scale)["amount"]
    insured = _insured(facts, time, as_of)
    need = retirement.requirement.on(as_of)(insured, retirement.BOOK.on(as_of))
    reached = retirement.retirement_age(insured.sex, insured.born, on=as_of).reached
    completed = Month.of(as_of) + need.missing if need.missing else None
    start = start_by_age(reached, completed)
    results: Results = {
        "amount": amount,
        "required_months": need.required_months,
        "missing_months": need.missing,
        "start": start,
        "start_age_months": start - insured.born - 1,
        "given_up": [one.value for one in _given_up(time, need.missing, as_of)],
    }
    average: int = half_up(_average(facts, time, need.missing))
    award = pensions.award(_claim(insured, need.missing, average, as_of), pensions.BOOK.on(as_of))
    cost = _cost(facts, need.missing, as_of)
    results |= {
        "pension_average_wage": average,
        "rate": award.rate,
        "monthly": award.pension,
        "break_even_months": break_even_months(amount, award.pension),
    }
    if cost is not None:
        results["missing_cost"] = cost
        results["break_even_months_with_cost"] = break_even_months(amount + cost, award.pension)
    return {name: value for name, value in results.items() if value is not None}


def _insured(facts: Facts, time: Contributed, as_of: date) -> retirement.Insured:
    born = birth(facts)
    if born is None:
        names = ("birth", "birth_month", "birth_year")
        raise FactError.missing_one_of(*(slot(CHOICE, name) for name in names))
    return retirement.Insured(
        retirement.Sex[facts["sex"].upper()],
        Month.of(born),
        retirement.Group.EMPLOYEE,
        time.compulsory,
        time.voluntary,
        retirement.Hazard(),
        voluntary_first=time.compulsory == 0,
        voluntary_since=Month.of(as_of),
    )


def _average(facts: Facts, time: Contributed, missing: int) -> Fraction:
    wage: int = facts["average_wage"]
    if not missing or "monthly_income" not in facts:
        return Fraction(wage)
    return average_with_continued(wage, time.months, facts["monthly_income"], missing)


def _cost(facts: Facts, missing: int, as_of: date) -> int | None:
    """Tiền đóng cho thời gian còn thiếu; None where months are missing and no income was chosen."""
    if not missing:
        return 0
    if "monthly_income" not in facts:
        return None
    return continued_cost(missing, facts["monthly_income"], one_time.BOOK.on(as_of))


def _claim(insured: retirement.Insured, missing: int, average: int, as_of: date) -> pensions.Claim:
    return pensions.Claim(
        month=Month.of(as_of).index,
        sex=insured.sex,
        worker_group=insured.worker_group,
        contributed_months=insured.compulsory,
        voluntary_months=insured.voluntary + missing,
        early_months=0,
        average_wage=average,
        # Only twenty compulsory years ask for it, and those began before 07/2025.
        begun_before_2025_07=True,
    )


def _given_up(time: Contributed, missing: int, as_of: date) -> tuple[Any, ...]:
    pensioner = survivors.Deceased(
        time.compulsory, time.voluntary + missing, benefit_kind=one_time.MonthlyBenefit.PENSION
    )
    monthly = survivors.monthly_due.on(as_of)(pensioner, survivors.BOOK.on(as_of))
    return given_up.on(as_of)(missing, monthly)
