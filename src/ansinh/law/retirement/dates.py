"""Tháng đầu hưởng lương hưu của một người: the clauses of `start` in their order.

Raises `TooShort` where the time contributed is never enough for a pension.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.engine import explain
from ansinh.law.retirement.age import LADDER, former_age, ladder_age, reached_on_ladder
from ansinh.law.retirement.book import BOOK
from ansinh.law.retirement.capacity import (
    FIRST_MONTH,
    capacity_age_2006,
    capacity_requirement,
    month_of_age,
)
from ansinh.law.retirement.facts import COMMUNE, CapacityLoss, Insured, Requirement, Sex
from ansinh.law.retirement.requirements import requirement
from ansinh.law.retirement.start import (
    LAW_2024,
    start_after_contributions,
    start_after_missing,
    start_by_age,
    start_by_capacity,
    start_not_before_law,
)


class TooShort(BilingualError):  # noqa: N818 - the name says what is the case
    """Chưa đủ thời gian đóng: there is no first month of pension."""


class Filled(NamedTuple):
    """Thời gian còn thiếu đã đóng một lần: in which month, and to which scheme."""

    paid: Month
    voluntary: bool


class Completed(NamedTuple):
    """Các tháng đã đóng: their indices in order; of both schemes, and of the compulsory one."""

    total: Sequence[int] = ()
    compulsory: Sequence[int] = ()


def first_month(
    insured: Insured,
    on: date,
    *,
    loss: CapacityLoss | None = None,
    completed: Completed = Completed(),  # noqa: B008 - a tuple, never changed
    filled: Filled | None = None,
    last_contribution: Month | None = None,
) -> Month:
    """Tháng đầu hưởng lương hưu: by the law of `on`, or of the ladder where the age is reached on it.

    `completed` lists the months contributed, where they are known. Months paid in one sum are part of
    `insured`. Raises `TooShort`.
    """
    found = _by_conditions(insured, on, loss, completed)
    if found is None:
        raise TooShort(
            f"thời gian đóng {insured.total} tháng chưa đủ để hưởng lương hưu",
            f"the {insured.total} months contributed are too few for a pension",
            code="insufficient_contribution",
        )
    if filled is not None:
        law = max(filled.paid, FIRST_MONTH)
        found = start_after_missing.on(law)(max(found, FIRST_MONTH), filled.paid, filled.voluntary)
    if last_contribution is not None:
        found = start_after_contributions(found, last_contribution)
    return found


def _by_conditions(
    insured: Insured, on: date, loss: CapacityLoss | None, completed: Completed
) -> Month | None:
    if loss is not None:
        with explain():  # both ways, to take the earlier one; only that one is a step of the answer
            by_age = _by_age(insured, on, completed.total)
            by_capacity = _by_capacity(insured, on, loss, completed.compulsory)
        if by_capacity is not None and (by_age is None or by_capacity <= by_age):
            return _by_capacity(insured, on, loss, completed.compulsory)
    return _by_age(insured, on, completed.total)


def _by_age(insured: Insured, on: date, contributed: Sequence[int]) -> Month | None:
    need = requirement.on(on)(insured, BOOK.on(on))
    on_ladder = reached_on_ladder(insured.sex, insured.born, need.lower)
    if on_ladder and on < LADDER.first_day:
        return _by_age(insured, LADDER.first_day, contributed)
    found = (
        ladder_age(insured.sex, insured.born, need.lower)
        if on_ladder
        else former_age(insured.sex, insured.born, need.lower, on)
    )
    reached = found.reached
    if on < LAW_2024.first_day <= reached.first_day:
        return _by_age(insured, LAW_2024.first_day, contributed)
    if need.missing:
        return None
    start = start_by_age(reached, _month_of(contributed, need.required_months))
    if on < LAW_2024.first_day:
        return start
    if need.fixed_age is not None and on_ladder:
        start = min(start, start_not_before_law(insured.born + need.fixed_age + 1))
    return start_not_before_law(start) if _needs_new_law(insured, need, on) else start


def _needs_new_law(insured: Insured, need: Requirement, on: date) -> bool:
    # 15 years are enough only since 07/2025, but for women who served in communes.
    years = BOOK.on(on).capacity_required_years
    if (
        insured.worker_group in COMMUNE
        and insured.sex == Sex.FEMALE
        and insured.compulsory >= need.required_months
    ):
        return False
    counted = insured.compulsory if need.lower else insured.total
    return bool(counted < years * 12)


def _by_capacity(insured: Insured, on: date, loss: CapacityLoss, contributed: Sequence[int]) -> Month | None:
    concluded = loss.concluded
    assert concluded is not None  # noqa: S101 - asked for before
    scale = BOOK.on(on)
    need = capacity_requirement(insured, 0, scale)
    if loss.rate < scale.capacity_loss or need.missing:
        return None
    done = _month_of(contributed, need.required_months)
    if on in capacity_age_2006.period:
        former = capacity_age_2006(insured, loss, scale)
        if former is not None:  # nobody born so early reaches it after 2015
            return max(start_by_capacity(insured.born + former, concluded, done), FIRST_MONTH)
    since = concluded if done is None else max(concluded, done)
    reached, _ = month_of_age(insured, loss.rate, since)
    return start_by_capacity(reached, concluded, done)


def _month_of(contributed: Sequence[int], required: int) -> Month | None:
    return Month.from_index(contributed[required - 1]) if len(contributed) >= required else None
