"""Mức bình quân tiền lương, thu nhập tháng đóng: what pensions and lump sums are computed on.

Rounding: every sum is exact; the average is rounded half up to the dong once, at the end, as the printed
examples do (Thông tư liên tịch 105/2016, ví dụ 69; Thông tư 01/2016, ví dụ 7; Thông tư 88/2025, ví dụ 21).

Not encoded: pay before 10/2004 converted to the present scale (give the coefficient of the present scale);
officers who left the forces and workers of heavy jobs moved to lower pay (115/2015/NĐ-CP, Điều 9 khoản 4):
both take the average of before they moved, which is asked for by giving the record up to then; missing months
of voluntary insurance paid in one sum, whose coefficient is 1.
"""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.careers.adjustment import adjusted, income_adjustment, wage_adjustment
from ansinh.law.careers.book import BOOK, CareersScale
from ansinh.law.careers.history import Career, Scheme
from ansinh.law.careers.stretches import MonthOnRecord, joined, months_on_record, runs
from ansinh.law.careers.windows import (
    earlier_windows,
    higher_average,
    is_price_adjusted,
    whole_career_average,
    window_months,
)
from ansinh.law.engine import provision

__all__ = ["AverageWage", "PastSeniority", "average_wage", "weighted_average"]


class PastSeniority(NamedTuple):
    """Phụ cấp thâm niên nghề đã hưởng: its share of a coefficient, drawn before a job without it."""

    coefficient: Fraction
    allowance: Fraction


class AverageWage(NamedTuple):
    """Mức bình quân và các phần của nó; amounts are None where the record has no pay for a month needed.

    `exact` is the average before rounding, `total_months` its divisor, `windows` the months averaged of the
    State-scale time. `wage_total` is rounded for display only.
    """

    average_wage: int | None
    exact: Fraction | None
    wage_total: int | None
    total_months: int
    state_months: int = 0
    state_average: Fraction | None = None
    window_months: int = 0
    windows: tuple[tuple[Month, Month], ...] = ()
    seniority_allowance: Fraction | None = None

    @property
    def state_average_wage(self) -> int | None:
        """Bình quân những năm cuối: dong, before any seniority allowance is added."""
        return None if self.state_average is None else half_up(self.state_average)

    @property
    def seniority_allowance_rounded(self) -> int | None:
        """Phụ cấp thâm niên nghề cộng thêm, dong."""
        return None if self.seniority_allowance is None else half_up(self.seniority_allowance)


class _Part(NamedTuple):
    """Một phần của bình quân: a sum of adjusted pay, exact, and its months."""

    total: Fraction | None
    months: int


class _State(NamedTuple):
    months: int
    window: tuple[MonthOnRecord, ...]
    total: Fraction | None
    average: Fraction | None
    allowance: Fraction | None

    @property
    def with_allowance(self) -> Fraction | None:
        return None if self.average is None else self.average + (self.allowance or 0)


@provision(
    "careers.state_pay",
    clause="58/2014/QH13, Điều 63 khoản 1; 115/2015/NĐ-CP, Điều 10 khoản 1; "
    "41/2024/QH15, Điều 73 khoản 1 điểm a",
    since="2016-01-01",
    term="tiền lương các tháng theo mức lương cơ sở (mức tham chiếu) khi hưởng",
)
def state_pay(months: int, multiple: Fraction, scale: CareersScale) -> Fraction:
    """Pay of `months` months, each `multiple` base salaries (reference levels) of the day of the benefit."""
    return months * multiple * int(scale.base_salary)


@provision(
    "careers.seniority_allowance",
    clause="115/2015/NĐ-CP, Điều 9 khoản 6; 59/2015/TT-BLĐTBXH, Điều 20 khoản 4 điểm a; "
    "33/2016/NĐ-CP, Điều 11 khoản 3 điểm a; 158/2025/NĐ-CP, Điều 15 khoản 3 điểm a",
    since="2016-01-01",
    term="phụ cấp thâm niên nghề cộng thêm vào mức bình quân",
)
def seniority_allowance(coefficient: Fraction, allowance: Fraction, scale: CareersScale) -> Fraction:
    """Highest allowance drawn before the last years, at the base salary of the day of the benefit."""
    return int(scale.base_salary) * coefficient * allowance


@provision(
    "careers.weighted_total",
    clause="58/2014/QH13, Điều 62 khoản 3; 115/2015/NĐ-CP, Điều 9 khoản 3, Điều 11 khoản 4; "
    "134/2015/NĐ-CP, Điều 5 khoản 4; 41/2024/QH15, Điều 72 khoản 3; "
    "158/2025/NĐ-CP, Điều 15 khoản 4, Điều 17 khoản 5; 159/2025/NĐ-CP, Điều 11 khoản 4",
    since="2016-01-01",
    term="tổng tiền lương và thu nhập chung của các thời gian",
)
def weighted_total(
    average: Fraction, months: int, private_total: Fraction, income_total: Fraction
) -> Fraction:
    """Average of one time by its months, and the adjusted sums of employer pay and of voluntary incomes."""
    return average * months + private_total + income_total


@provision(
    "careers.average",
    clause="58/2014/QH13, Điều 62, Điều 79 khoản 1; 59/2015/TT-BLĐTBXH, Điều 20; "
    "41/2024/QH15, Điều 72, Điều 104 khoản 1; 12/2025/TT-BNV, Điều 16",
    since="2016-01-01",
    term="mức bình quân tiền lương (thu nhập) tháng đóng bảo hiểm xã hội",
)
def average(total: Fraction, months: int, allowance: Fraction) -> int:
    """Total over months, the seniority allowance added where due, rounded half up to the dong."""
    return half_up(total / months + allowance)


def average_wage(
    career: Career,
    on: date | Month,
    *,
    first_contribution: Month | None = None,
    base_salary: int | None = None,
    past_seniority: PastSeniority | None = None,
    voluntary: tuple[int, int] | None = None,
    state_months: int | None = None,
) -> AverageWage:
    """Mức bình quân của cả quá trình: for a benefit of the day or month `on`.

    `base_salary` supposes that of the benefit; `first_contribution` is given where the record does not reach
    back to it; `voluntary` is an adjusted total and months beside the record; `state_months` counts the
    State-scale months where the record shows only the last ones.

    >>> from ansinh.law.careers.history import Spell
    >>> wages = Career.of([Spell(Month(2015, 1), Month(2015, 12), wage=2_000_000)])
    >>> average_wage(wages, date(2017, 9, 1))[:4]
    (2060000, Fraction(2060000, 1), 24720000, 12)
    """
    scale = BOOK.on(on)
    if base_salary is not None:
        scale = scale.supposing(base_salary=base_salary)
    state = _state(career, scale, first_contribution, past_seniority, state_months)
    private = _private(career, scale)
    incomes = _incomes(career, scale, voluntary)
    if not private.months and not incomes.months:
        # Of State-scale pay alone the window itself is summed and divided.
        return _answer(state, _Part(state.total, len(state.window)), state.allowance)
    return _answer(state, _mixed(state, private, incomes), None)


def weighted_average(
    compulsory_average: int, compulsory_months: int, voluntary_total: int = 0, voluntary_months: int = 0
) -> AverageWage:
    """Mức bình quân từ các phần đã biết: of the compulsory time, and of the voluntary time.

    >>> weighted_average(5_100_000, 186, 774_000_000, 129).average_wage
    5468571
    """
    total = weighted_total(
        Fraction(compulsory_average), compulsory_months, Fraction(0), Fraction(voluntary_total)
    )
    months = compulsory_months + voluntary_months
    return AverageWage(average(total, months, Fraction(0)), total / months, half_up(total), months)


def _answer(state: _State, whole: _Part, allowance: Fraction | None) -> AverageWage:
    total, months = whole
    found = None if total is None or not months else total / months + (allowance or 0)
    return AverageWage(
        average_wage=None
        if total is None or not months
        else average(total, months, allowance or Fraction(0)),
        exact=found,
        wage_total=None if total is None else half_up(total),
        total_months=months,
        state_months=state.months,
        state_average=state.average,
        window_months=len(state.window),
        windows=tuple(joined(one.month for one in state.window)),
        seniority_allowance=state.allowance,
    )


def _mixed(state: _State, private: _Part, incomes: _Part) -> _Part:
    """Bình quân chung: the State average by its months, the sums of the other two."""
    months = state.months + private.months + incomes.months
    if months in (private.months, incomes.months):
        return private if private.months else incomes
    if (state.months and state.with_allowance is None) or private.total is None or incomes.total is None:
        return _Part(None, months)
    by_state = state.with_allowance or Fraction(0)
    return _Part(weighted_total(by_state, state.months, private.total, incomes.total), months)


def _private(career: Career, scale: CareersScale) -> _Part:
    """Lương do người sử dụng lao động quyết định: every month, at the coefficient of its year."""
    months = months_on_record(career, Scheme.COMPULSORY, state=False)
    return _Part(_price_adjusted(months, scale), len(months))


def _incomes(career: Career, scale: CareersScale, beside: tuple[int, int] | None) -> _Part:
    """Thu nhập tháng đóng tự nguyện: every month, at the coefficient of its year."""
    months = months_on_record(career, Scheme.VOLUNTARY)
    total, count = beside or (0, 0)
    paid = _adjusted_by(income_adjustment.on(scale.day), months, scale)
    return _Part(None if paid is None else paid + total, len(months) + count)


def _state(
    career: Career,
    scale: CareersScale,
    first_contribution: Month | None,
    past: PastSeniority | None,
    counted: int | None,
) -> _State:
    """Lương do Nhà nước quy định: the last years by the first participation, and the allowance added."""
    months = months_on_record(career, Scheme.COMPULSORY, state=True)
    if not months:
        return _State(0, (), None, None, None)
    first = first_contribution or career.months(Scheme.COMPULSORY)[0]
    count = len(months) if counted is None else counted
    size = min(window_months.on(scale.day)(first.year, count, scale), len(months))
    price_adjusted = is_price_adjusted(first.year, scale)
    window = tuple(months[len(months) - size :])
    total = _state_total(window, scale, price_adjusted=price_adjusted)
    if total is None:
        return _State(count, window, None, None, None)
    with_it = [one.has_allowance for one in window]
    if any(with_it):
        if not all(with_it):
            window, total = _best_with_allowance(months, window, total, scale, price_adjusted=price_adjusted)
        allowance = None
    else:
        allowance = _allowance(months, past, scale)
    if scale.day in whole_career_average.period and len(months) > size and len(months) == count:
        window, total = _or_whole(months, window, total, allowance, scale, price_adjusted=price_adjusted)
    return _State(count, window, total, total / len(window), allowance)


def _best_with_allowance(
    months: list[MonthOnRecord],
    window: tuple[MonthOnRecord, ...],
    total: Fraction,
    scale: CareersScale,
    *,
    price_adjusted: bool,
) -> tuple[tuple[MonthOnRecord, ...], Fraction]:
    """Khoảng liền kề có phụ cấp: where it is higher than the last years."""
    choose = higher_average.on(scale.day)
    size = len(window)
    for other in earlier_windows(months, size):
        found = _state_total(other, scale, price_adjusted=price_adjusted)
        if found is not None and choose(total / size, found / size) > total / size:
            window, total = other, found
    return window, total


def _or_whole(
    months: list[MonthOnRecord],
    window: tuple[MonthOnRecord, ...],
    total: Fraction,
    allowance: Fraction | None,
    scale: CareersScale,
    *,
    price_adjusted: bool,
) -> tuple[tuple[MonthOnRecord, ...], Fraction]:
    """Toàn bộ thời gian: where it is higher than the last years and no allowance was added to them."""
    whole = _state_total(tuple(months), scale, price_adjusted=price_adjusted)
    if whole is None or allowance:
        return window, total
    last = total / len(window)
    if whole_career_average(last, whole / len(months)) > last:
        return tuple(months), whole
    return window, total


def _allowance(
    months: list[MonthOnRecord], past: PastSeniority | None, scale: CareersScale
) -> Fraction | None:
    """Phụ cấp thâm niên cao nhất đã hưởng: as said or as the record shows."""
    drawn = [
        PastSeniority(spell.coefficient * (1 + spell.over_grade), spell.allowance)
        for one in months
        for spell in one.spells
        if spell.coefficient is not None and spell.allowance > 0
    ]
    if past is not None:
        drawn.append(past)
    if not drawn:
        return None
    highest = max(drawn, key=lambda one: one.coefficient * one.allowance)
    return seniority_allowance(highest.coefficient, highest.allowance, scale)


def _state_total(
    window: tuple[MonthOnRecord, ...], scale: CareersScale, *, price_adjusted: bool
) -> Fraction | None:
    if price_adjusted:
        return _price_adjusted(window, scale)
    total = Fraction(0)
    for number, one in runs(window, by_year=False):
        if not one.is_known:
            return None
        total += state_pay(number, _multiple(one), scale)
    return total


def _price_adjusted(months: Sequence[MonthOnRecord], scale: CareersScale) -> Fraction | None:
    return _adjusted_by(wage_adjustment.on(scale.day), months, scale)


def _adjusted_by(
    coefficient: Callable[[int, CareersScale], Fraction], months: Sequence[MonthOnRecord], scale: CareersScale
) -> Fraction | None:
    total = Fraction(0)
    for number, one in runs(months, by_year=True):
        if not one.is_known:
            return None
        total += adjusted(number, _pay(one), coefficient(one.month.year, scale))
    return total


def _pay(one: MonthOnRecord) -> Fraction:
    """Tiền lương đã đóng của tháng: at the base salary of that month."""
    pays = (
        Fraction(spell.wage)
        if spell.wage is not None
        else (spell.multiple or Fraction(0)) * _base_salary(one.month)
        for spell in one.spells
    )
    return sum(pays, Fraction(0))


def _multiple(one: MonthOnRecord) -> Fraction:
    """Tiền lương của tháng, in base salaries; a wage in dong by the base salary of that month."""
    multiples = (
        Fraction(spell.wage, _base_salary(one.month))
        if spell.wage is not None
        else spell.multiple or Fraction(0)
        for spell in one.spells
    )
    return sum(multiples, Fraction(0))


def _base_salary(month: Month) -> int:
    return int(BOOK.on(month).base_salary)
