"""Trợ cấp ốm đau của chính người lao động: days, months and amounts, by group, illness and day of the law.

Ordinary illness: working days within the cap of each calendar year. Long-term diseases: under the law of 2014
180 calendar days, then at the lower rate as long as was contributed, in months and odd days; under that of
2024 the cap of each year, then the lower rate without limit, in working days. Armed forces: the whole
treatment at 100%, in months and odd working days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.rounding import half_up
from ansinh.law.absences import (
    ONE_DAY,
    Absence,
    Rest,
    months_after,
    months_and_odd_days,
    runs,
    working_days,
    working_days_by_year,
)
from ansinh.law.engine import NotInForce
from ansinh.law.sickness import amounts, limits
from ansinh.law.sickness.book import BOOK
from ansinh.law.sickness.coverage import covered
from ansinh.law.sickness.facts import Conditions, Insured

NOT_COVERED = "not_covered"
ANNUAL_CAP_USED = "annual_cap_used"
NO_WORKING_DAYS = "no_working_days"
TIME_LIMIT_USED = "time_limit_used"


class NeededFactError(BilingualError):
    """Thiếu dữ kiện mà luật cần: ``fact`` is its name."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        super().__init__(f"Thiếu dữ kiện: {fact}", f"A fact is missing: {fact}", code="sickness.missing")


class Leave(NamedTuple):
    """Lần nghỉ: its periods and the days of rest, or only its length `days` in working days."""

    absences: tuple[Absence, ...] = ()
    rest: Rest = Rest()
    days: int | None = None

    @property
    def started(self) -> date | None:
        """Ngày đầu nghỉ."""
        return min(self.absences).first if self.absences else None

    def by_year(self, as_of: date) -> dict[int, int] | None:
        """Số ngày làm việc theo năm; a bare length is of the year of `as_of`. None when nothing is said."""
        if self.absences:
            return working_days_by_year(self.absences, self.rest)
        return None if self.days is None else {as_of.year: self.days}


@dataclass(frozen=True, slots=True)
class Worker:
    """Người nghỉ ốm: at the moment the absence began; None for what nobody has told."""

    group: Insured = Insured.EMPLOYEE
    conditions: Conditions = Conditions.NORMAL
    hard_region: bool = False
    contributed_months: int | None = None
    taken_days: int = 0
    wage: int | None = None


@dataclass(frozen=True, slots=True)
class SickPay:
    """Trợ cấp ốm đau; None for what the facts do not tell. Where two rates apply, `rate` is None."""

    eligible: bool = True
    reason: str | None = None
    cap_days: int | None = None
    days: int | None = None
    months: int | None = None
    odd_days: int | None = None
    rate: Fraction | None = None
    month_amount: int | None = None
    odd_amount: int | None = None
    amount: int | None = None
    first_stage_days: int | None = None
    second_stage_months: int | None = None
    second_stage_capped: bool | None = None
    adjusted: bool | None = None


def law_day(started: date | None, as_of: date, *, long_term: bool) -> date:
    """Ngày áp dụng luật: `as_of`, but the old law's last day for a long illness that began under it."""
    if not long_term or started is None or as_of not in limits.long_term_law.period:
        return as_of
    return limits.long_term_law(started, as_of)


def sick_pay(worker: Worker, leave: Leave, as_of: date, *, long_term: bool = False) -> SickPay:
    """Trợ cấp ốm đau của một lần nghỉ. Raises `NeededFactError` where a missing fact would decide."""
    if not covered.on(as_of)(worker.group):
        return SickPay(eligible=False, reason=NOT_COVERED)
    if worker.group == Insured.ARMED_FORCES:
        return _treatment(worker, leave, as_of)
    if not long_term:
        return _within_cap(worker, leave, as_of)
    day = law_day(leave.started, as_of, long_term=True)
    if day not in limits.first_stage.period:
        return _cap_and_beyond(worker, leave, day)
    if leave.started is not None and leave.started < limits.first_stage.period.since:
        return _running_since_before(worker, leave, leave.started, day)
    return _two_stages(worker, leave, day)


class PartDays(NamedTuple):
    """Hưởng theo phần ngày: days and halves counted and payable; None for what the facts do not tell."""

    eligible: bool
    reason: str | None
    cap_days: int | None
    counted_days: Fraction
    payable_days: Fraction
    rate: Fraction | None = None
    amount: int | None = None


def part_days_pay(worker: Worker, shares_off: Sequence[Fraction], as_of: date) -> PartDays:
    """Trợ cấp của những ngày nghỉ không trọn ngày: `shares_off` of one working day each, from 07/2025.

    Raises `NotInForce` before, and `NeededFactError` for the contributed time where it decides the cap.
    """
    if as_of not in amounts.part_day.period:
        raise NotInForce(amounts.part_day.id, as_of)
    scale = BOOK.on(as_of)
    counted = sum((amounts.part_day(share, scale) for share in shares_off), Fraction(0))
    cap = None
    if worker.contributed_months is not None:
        cap = limits.cap.on(as_of)(worker.contributed_months, worker.conditions, worker.hard_region, scale)
    elif worker.taken_days + counted > min(limits.caps(worker.conditions, worker.hard_region, scale)):
        raise NeededFactError("contributed_months")
    if not covered.on(as_of)(worker.group):
        return PartDays(False, NOT_COVERED, cap, counted, Fraction(0))
    payable = counted if cap is None else min(counted, Fraction(max(cap - worker.taken_days, 0)))
    if payable == 0:
        return PartDays(False, ANNUAL_CAP_USED if counted else NO_WORKING_DAYS, cap, counted, payable)
    rate = amounts.rate.on(as_of)(worker.group, scale)
    amount = None
    if worker.wage is not None:
        amount = half_up(amounts.by_days.on(as_of)(worker.wage, rate, payable, scale))
    return PartDays(True, None, cap, counted, payable, rate, amount)


def _within_cap(worker: Worker, leave: Leave, as_of: date) -> SickPay:
    scale = BOOK.on(as_of)
    by_year = leave.by_year(as_of)
    cap = _cap(worker, by_year, as_of)
    known = None if worker.contributed_months is None else cap
    if by_year is None:
        if known is None and worker.wage is None:
            raise NeededFactError("absences")
        if known is not None and known <= worker.taken_days:
            return SickPay(eligible=False, reason=ANNUAL_CAP_USED, cap_days=known)
        return SickPay(cap_days=known, rate=amounts.rate.on(as_of)(worker.group, scale))
    days = limits.payable_days.on(as_of)(by_year, cap, worker.taken_days)
    if days == 0:
        reason = ANNUAL_CAP_USED if sum(by_year.values()) else NO_WORKING_DAYS
        return SickPay(eligible=False, reason=reason, cap_days=known, days=0)
    rate = amounts.rate.on(as_of)(worker.group, scale)
    amount = None
    if worker.wage is not None:
        amount = half_up(amounts.by_days.on(as_of)(worker.wage, rate, days, scale))
    return SickPay(cap_days=known, days=days, rate=rate, amount=amount)


def _cap(worker: Worker, by_year: Mapping[int, int] | None, as_of: date) -> int:
    """The cap; the lowest one when the contributed time is not told and no higher one would pay more."""
    scale = BOOK.on(as_of)
    if worker.contributed_months is not None:
        cap: int = limits.cap.on(as_of)(
            worker.contributed_months, worker.conditions, worker.hard_region, scale
        )
        return cap
    caps = limits.caps(worker.conditions, worker.hard_region, scale)
    if by_year is not None:
        paid = {limits.within_caps(by_year, cap, worker.taken_days) for cap in caps}
        if len(paid) > 1:
            raise NeededFactError("contributed_months")
    return min(caps)


def _cap_and_beyond(worker: Worker, leave: Leave, as_of: date) -> SickPay:
    scale = BOOK.on(as_of)
    by_year = leave.by_year(as_of)
    cap = _cap(worker, by_year, as_of)
    known = None if worker.contributed_months is None else cap
    if by_year is None:
        return SickPay(cap_days=known, second_stage_capped=False)
    total = sum(by_year.values())
    if total == 0:
        return SickPay(eligible=False, reason=NO_WORKING_DAYS, cap_days=known, days=0)
    within = limits.payable_days.on(as_of)(by_year, cap, worker.taken_days)
    beyond = limits.continued_days(by_year, within)
    parts = []
    if within:
        parts.append((within, amounts.rate.on(as_of)(worker.group, scale)))
    if beyond:
        if worker.contributed_months is None:
            raise NeededFactError("contributed_months")
        parts.append((beyond, amounts.reduced_rate.on(as_of)(worker.contributed_months, scale)))
    amount = None
    if worker.wage is not None:
        pay = amounts.by_days.on(as_of)
        amount = half_up(sum((pay(worker.wage, rate, days, scale) for days, rate in parts), Fraction(0)))
    return SickPay(
        cap_days=known,
        days=total,
        rate=parts[0][1] if len(parts) == 1 else None,
        amount=amount,
        second_stage_capped=limits.second_stage_limited.on(as_of)(leave.started or as_of),
    )


def _two_stages(worker: Worker, leave: Leave, day: date) -> SickPay:
    scale = BOOK.on(day)
    first_days = limits.first_stage(scale)
    limited = limits.second_stage_limited.on(day)(leave.started or day)
    contributed = worker.contributed_months
    months = None if contributed is None else limits.second_stage(contributed)
    told = SickPay(first_stage_days=first_days, second_stage_months=months, second_stage_capped=limited)
    if not leave.absences:
        if leave.days is not None and worker.wage is not None:
            raise NeededFactError("absences")
        return told
    first, second = _stages(runs(leave.absences), max(first_days - worker.taken_days, 0))
    if second and months is None:
        if worker.wage is not None:
            raise NeededFactError("contributed_months")
        return told
    parts = [(one, amounts.rate.on(day)(worker.group, scale)) for one in first]
    if second and contributed is not None:
        reduced = amounts.reduced_rate.on(day)(contributed, scale)
        parts += [(one, reduced) for one in _limited(second, contributed)]
    if not parts:
        return SickPay(
            eligible=False,
            reason=TIME_LIMIT_USED,
            days=0,
            first_stage_days=first_days,
            second_stage_months=months,
            second_stage_capped=limited,
        )
    return _monthly(worker.wage, parts, day, told)


def _stages(periods: Sequence[Absence], left: int) -> tuple[list[Absence], list[Absence]]:
    """Split periods where the calendar days of the first stage run out."""
    first, second = [], []
    for period in periods:
        days = (period.last - period.first).days + 1
        inside = min(days, left)
        left -= inside
        turn = period.first + timedelta(days=inside)
        if inside:
            first.append(Absence(period.first, turn - ONE_DAY))
        if inside < days:
            second.append(Absence(turn, period.last))
    return first, second


def _limited(periods: Sequence[Absence], months: int) -> list[Absence]:
    """Cut periods to a number of months; the odd days of an earlier period do not use up a month."""
    kept = []
    for period in periods:
        last = min(period.last, months_after(period.first, months) - ONE_DAY)
        if last < period.first:
            break
        kept.append(Absence(period.first, last))
        months -= months_and_odd_days(kept[-1])[0]
    return kept


def _monthly(
    wage: int | None, parts: Sequence[tuple[Absence, Fraction]], day: date, told: SickPay
) -> SickPay:
    """Months and odd calendar days of each part, at its rate."""
    scale = BOOK.on(day)
    months = odd = calendar = 0
    month_sum = odd_sum = Fraction(0)
    for period, rate in parts:
        whole, rest = months_and_odd_days(period)
        days = 0 if rest is None else (rest.last - rest.first).days + 1
        months, odd = months + whole, odd + days
        calendar += (period.last - period.first).days + 1
        if wage is not None and whole:
            month_sum += whole * amounts.month.on(day)(wage, rate)
        if wage is not None and days:
            odd_sum += amounts.odd_days.on(day)(wage, rate, days, scale)
    rates = {rate for _, rate in parts}
    rate_of_all = rates.pop() if len(rates) == 1 else None
    one_month = None if wage is None or rate_of_all is None else half_up(wage * rate_of_all)
    return SickPay(
        days=calendar,
        months=months,
        odd_days=odd,
        rate=rate_of_all,
        month_amount=one_month,
        odd_amount=None if wage is None else half_up(odd_sum),
        amount=None if wage is None else half_up(month_sum + odd_sum),
        first_stage_days=told.first_stage_days,
        second_stage_months=told.second_stage_months,
        second_stage_capped=told.second_stage_capped,
    )


def _running_since_before(worker: Worker, leave: Leave, started: date, day: date) -> SickPay:
    """On benefit since before 2016: no limit, and at most the old rate; what was paid is not added up."""
    scale = BOOK.on(day)
    first_days = limits.first_stage(scale)
    limited = limits.second_stage_limited.on(day)(started)
    if worker.contributed_months is None:
        return SickPay(first_stage_days=first_days, second_stage_capped=limited)
    old_day = limits.first_stage.period.since - ONE_DAY
    rate = amounts.reduced_rate.on(old_day)(worker.contributed_months, BOOK.on(old_day))
    adjusted = limits.raised(worker.contributed_months, rate, scale)
    if (max(leave.absences, key=lambda one: one.last).last - started).days < first_days:
        rate = amounts.rate.on(day)(worker.group, scale)
    return SickPay(
        rate=rate,
        month_amount=None if worker.wage is None else half_up(amounts.month.on(day)(worker.wage, rate)),
        first_stage_days=first_days,
        second_stage_capped=limited,
        adjusted=adjusted,
    )


def _treatment(worker: Worker, leave: Leave, as_of: date) -> SickPay:
    """Armed forces: every run of a month or more in months and odd working days, the rest in working days."""
    scale = BOOK.on(as_of)
    rate = amounts.rate.on(as_of)(worker.group, scale)
    by_year = leave.by_year(as_of)
    if by_year is None:
        return SickPay(rate=rate)
    total = sum(by_year.values())
    if total == 0:
        return SickPay(eligible=False, reason=NO_WORKING_DAYS, days=0)
    months, odd = 0, 0 if leave.absences else total
    for run in runs(leave.absences):
        whole, left_over = months_and_odd_days(run)
        months += whole
        odd += 0 if left_over is None else len(working_days([left_over], leave.rest))
    found = SickPay(days=total, rate=rate)
    if months:
        found = replace(found, months=months, odd_days=odd)
    if worker.wage is None:
        return found
    exact = amounts.by_days.on(as_of)(worker.wage, rate, odd, scale)
    if not months:
        return replace(found, amount=half_up(exact))
    month = amounts.month.on(as_of)(worker.wage, rate)
    return replace(
        found, month_amount=half_up(month), odd_amount=half_up(exact), amount=half_up(months * month + exact)
    )
