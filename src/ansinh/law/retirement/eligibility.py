"""Có được hưởng lương hưu hay không: the age and the months of a person against what the law asks on a day.

Codes of refusal: insufficient_capacity_loss, under_age, insufficient_contribution, the first that applies.
"""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.retirement.age import LADDER, age_by
from ansinh.law.retirement.book import BOOK, RetirementScale
from ansinh.law.retirement.capacity import (
    capacity_age,
    capacity_age_2006,
    capacity_requirement,
    month_of_age,
    year_age,
)
from ansinh.law.retirement.facts import CapacityLoss, Insured, Verdict
from ansinh.law.retirement.requirements import requirement


class Eligibility(NamedTuple):
    """Kết quả xét: `min_age` in months, 0 where any age will do; `law` is the number of the law applied."""

    verdict: Verdict
    law: str
    min_age: int
    required: int
    missing: int


@provision(
    "retirement.law",
    clause="58/2014/QH13, Điều 124; 115/2015/NĐ-CP, Điều 28 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="luật được áp dụng",
)
def law_2014(by_former_law: bool) -> str:
    """The law of 2014, but for who is still judged by the law before it."""
    return "71/2006/QH11" if by_former_law else "58/2014/QH13"


@provision(
    "retirement.law",
    clause="41/2024/QH15, Điều 140",
    since="2025-07-01",
    term="luật được áp dụng",
)
def law_2024(by_former_law: bool) -> str:  # noqa: ARG001 - as its first version
    """The law of 2024."""
    return "41/2024/QH15"


law_applied = versions(law_2014, law_2024)


@provision(
    "retirement.eligible",
    clause="58/2014/QH13, Điều 54, Điều 55, Điều 73; 41/2024/QH15, Điều 64, Điều 65, Điều 98",
    since="2016-01-01",
    term="được hưởng lương hưu",
)
def eligible(is_of_age: bool, required_months: int, counted_months: int) -> Verdict:
    """Both the age and the time of contribution are needed."""
    if not is_of_age:
        return Verdict(False, "under_age")
    if counted_months < required_months:
        return Verdict(False, "insufficient_contribution")
    return Verdict(True)


@provision(
    "retirement.capacity_loss_suffices",
    clause="58/2014/QH13, Điều 55; 41/2024/QH15, Điều 65",
    since="2016-01-01",
    term="mức suy giảm khả năng lao động đủ để hưởng lương hưu",
)
def capacity_loss_suffices(loss_rate: Fraction, scale: RetirementScale) -> Verdict:
    """From 61% on."""
    if loss_rate < scale.capacity_loss:
        return Verdict(False, "insufficient_capacity_loss")
    return Verdict(True)


def pension_eligibility(
    insured: Insured, age_months: int, on: date, loss: CapacityLoss | None = None
) -> Eligibility:
    """Xét điều kiện hưởng lương hưu: on a day on which the person is `age_months` old.

    With a loss of working capacity the pension before the age is judged; who does not get it may have what
    the full one needs. Raises `NotInForce` before 2016.
    """
    scale = BOOK.on(on)
    full = requirement.on(on)(insured, scale)
    age = full.fixed_age
    if age is None:
        age = age_by(insured.sex, insured.born, full.lower, on).months
    law = law_applied.on(on)(False)
    judged = eligible(age_months >= age, full.required_months, full.counted_months)
    whole = Eligibility(judged, law, age, full.required_months, full.missing)
    if loss is None:
        return whole
    enough = capacity_loss_suffices(loss.rate, scale)
    if not enough.eligible:
        return whole if judged.eligible else whole._replace(verdict=enough)
    early = _before_the_age(insured, age_months, on, loss, age)
    return whole if judged.eligible and not early.verdict.eligible else early


def contribution_eligibility(insured: Insured, on: date, loss: CapacityLoss | None = None) -> Eligibility:
    """Xét thời gian đóng (và mức suy giảm) khi không rõ tuổi: refused whatever the age, or not refused yet.

    Who has the time for the full pension is not refused for lacking what the one before the age needs.
    `min_age` is the one for who retires in the year of `on`.
    """
    scale = BOOK.on(on)
    need = requirement.on(on)(insured, scale)
    age = need.fixed_age
    if age is None:
        on_ladder = on >= LADDER.first_day
        age = year_age(insured.sex, on.year, scale) if on_ladder else _former(insured, scale)
        age -= need.lower
    verdict = eligible(True, need.required_months, need.counted_months)
    if loss is not None:
        enough = capacity_loss_suffices(loss.rate, scale)
        if enough.eligible:
            age = min(age, capacity_age.on(on)(insured, loss.rate, on.year, scale))
            need = capacity_requirement(insured, age, scale)
        elif not verdict.eligible:
            verdict = enough
    law = law_applied.on(on)(False)
    return Eligibility(verdict, law, age, need.required_months, need.missing)


def _former(insured: Insured, scale: RetirementScale) -> int:
    age: int = scale.former_age[insured.sex]
    return age


def _before_the_age(
    insured: Insured, age_months: int, on: date, loss: CapacityLoss, whole_age: int
) -> Eligibility:
    former = capacity_age_2006(insured, loss, BOOK.on(on)) if on in capacity_age_2006.period else None
    age = min(_age_with_loss(insured, on, loss), whole_age) if former is None else former
    need = capacity_requirement(insured, age, BOOK.on(on))
    law = law_applied.on(on)(former is not None)
    judged = eligible(age_months >= age, need.required_months, need.counted_months)
    return Eligibility(judged, law, age, need.required_months, need.missing)


def _age_with_loss(insured: Insured, on: date, loss: CapacityLoss) -> int:
    month = Month.of(on)
    if loss.concluded is not None and loss.concluded < month:
        reached, age = month_of_age(insured, loss.rate, loss.concluded)
        # Who met the conditions in an earlier month keeps the right when the age rises.
        if reached < month:
            return age
    return capacity_age.on(on)(insured, loss.rate, on.year, BOOK.on(on))
