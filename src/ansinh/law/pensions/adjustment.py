"""Lương hưu, trợ cấp hằng tháng qua các lần điều chỉnh: which decrees apply to a person, month by month.

A decree applies from its starting month when that lies after the month of the amount given. Two decrees
reach back: 55/2016 (8% from the month the benefit began, the supplements from 01/2016 or that month) and
153/2018 (from the month the pension began). They are applied to an amount of a month before the decree was in
force, or of the very month the benefit began; later amounts already contain them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.careers.years import years
from ansinh.law.pensions.book import BOOK
from ansinh.law.pensions.increases import (
    BenefitKind,
    before_1995,
    increase,
    increase_2016,
    increase_2018,
    increase_2022,
    increase_2023,
    low_benefit_2016,
    preschool_teacher_lift,
    women_adjustment,
)
from ansinh.law.retirement import Sex

BY_DECREE_2016 = (Month(2015, 1), Month(2016, 4))  # those who began to draw then: +8%
LOW_FROM, LOW_UNTIL = Month(2016, 1), Month(2016, 12)
TEACHERS_AGAIN = Month(2016, 5)  # the base salary rose
IN_FORCE_2016 = Month(2016, 8)
WOMEN = (Month(2018, 1), Month(2021, 12))
IN_FORCE_WOMEN = Month(2019, 1)  # the first whole month after 24/12/2018
YEAR_1995 = Month(1995, 1)


class MissingFactError(Exception):
    """Thiếu dữ kiện mà việc điều chỉnh cần: any one of `facts` would do."""

    def __init__(self, *facts: str) -> None:
        self.facts = facts
        super().__init__(", ".join(facts))


@dataclass(frozen=True, slots=True)
class Drawn:
    """Chế độ hằng tháng đang hưởng: `monthly` dong for `month`."""

    kind: BenefitKind
    monthly: int
    month: Month
    drawn_from: Month | None = None
    preschool_teacher: bool = False
    raised_in_2022: bool | None = None
    sex: Sex | None = None
    contributed_months: int | None = None


class Stage(NamedTuple):
    """Mức hưởng của một giai đoạn, both months included."""

    first: Month
    last: Month
    monthly: int


class Adjusted(NamedTuple):
    """Mức hưởng sau điều chỉnh: `start` is the first month of the present amount, None if nothing changed."""

    monthly: int
    start: Month | None
    after_percent: int | None
    after_supplement: int | None
    stages: tuple[Stage, ...]


class Part(IntEnum):
    """Thứ tự trong một nghị định: the percentage, the supplement, the lift to the base salary."""

    PERCENT = 1
    SUPPLEMENT = 2
    LIFT = 3


class _Change(NamedTuple):
    month: Month
    part: Part
    apply: Callable[[int], int]


def adjusted(drawn: Drawn, until: Month) -> Adjusted:
    """Mức hưởng của tháng `until`: from the amount drawn. Raises `MissingFactError` for a fact it needs.

    >>> found = adjusted(Drawn(BenefitKind.PENSION, 4_500_000, Month(2017, 6)), Month(2017, 7))
    >>> found.monthly, str(found.start)
    (4834800, '2017-07')
    """
    changes = sorted(
        (one for one in _changes(drawn) if one.month <= until), key=lambda one: (one.month, one.part)
    )
    monthly, start = drawn.monthly, None
    after: dict[Part, int] = {}
    amounts = {min([drawn.month, *(one.month for one in changes)]): monthly}
    for change in changes:
        changed = change.apply(monthly)
        if change.part == Part.PERCENT:
            after = {}
        after[change.part] = changed
        if changed != monthly:
            start = change.month
        monthly = amounts[change.month] = changed
    return Adjusted(
        monthly, start, after.get(Part.PERCENT), after.get(Part.SUPPLEMENT), _stages(amounts, until)
    )


def _stages(amounts: dict[Month, int], until: Month) -> tuple[Stage, ...]:
    kept: list[tuple[Month, int]] = []
    for month, monthly in sorted(amounts.items()):
        if not kept or kept[-1][1] != monthly:
            kept.append((month, monthly))
    ends = [later - 1 for (_, _), (later, _) in pairwise(kept)]
    return tuple(
        Stage(first, last, monthly) for (first, monthly), last in zip(kept, [*ends, until], strict=True)
    )


def _changes(drawn: Drawn) -> Iterator[_Change]:
    yield from _decree_2016(drawn)
    yield from _women(drawn)
    for member in increase.members:
        start = Month.of(member.period.since)
        if member is not increase_2016 and start > drawn.month:
            yield _Change(start, Part.PERCENT, _percent(drawn, start))
            if start >= Month.of(increase_2022.period.since) and drawn.kind != BenefitKind.WORK_INJURY:
                yield _Change(start, Part.SUPPLEMENT, _supplement(drawn, start))


def _percent(drawn: Drawn, start: Month) -> Callable[[int], int]:
    def apply(monthly: int) -> int:
        # Only the decree of 2023 asks.
        raised = start != Month.of(increase_2023.period.since) or _raised_in_2022(drawn)
        return increase.on(start)(monthly, raised, BOOK.on(start))

    return apply


def _raised_in_2022(drawn: Drawn) -> bool:
    # Whoever drew before 01/2022 was raised by the decree of 2021.
    decree_2021 = Month.of(increase_2022.period.since)
    if drawn.raised_in_2022 is not None:
        return drawn.raised_in_2022
    if drawn.month < decree_2021:
        return True
    if drawn.drawn_from is None:
        raise MissingFactError("adjusted_by_decree_108_2021", "drawn_from")
    return drawn.drawn_from < decree_2021


def _supplement(drawn: Drawn, start: Month) -> Callable[[int], int]:
    def apply(monthly: int) -> int:
        supplemented = before_1995.on(start)
        scale = BOOK.on(start)
        if monthly >= scale.before_1995_floor:
            return monthly
        if drawn.drawn_from is None and drawn.month >= YEAR_1995:
            raise MissingFactError("drawn_from")
        if (drawn.drawn_from or drawn.month) >= YEAR_1995:
            return monthly
        return supplemented(monthly, scale)

    return apply


def _decree_2016(drawn: Drawn) -> Iterator[_Change]:
    """Nghị định 55/2016: its percentage, its supplements and its lift for pre-school teachers."""
    begun = drawn.drawn_from
    if begun is None:
        if drawn.month >= IN_FORCE_2016 or drawn.kind == BenefitKind.WORK_INJURY:
            return
        if drawn.month >= BY_DECREE_2016[0] and drawn.kind != BenefitKind.INVALIDITY:
            raise MissingFactError("drawn_from")
        begun = min(drawn.month, LOW_FROM)
    if drawn.kind == BenefitKind.WORK_INJURY or not (drawn.month < IN_FORCE_2016 or drawn.month == begun):
        return
    first, last = BY_DECREE_2016
    if first <= begun <= last and drawn.kind != BenefitKind.INVALIDITY:
        yield _Change(begun, Part.PERCENT, lambda monthly: increase_2016(monthly, True, BOOK.on(begun)))
    if begun > LOW_UNTIL:
        return
    month = max(LOW_FROM, begun)
    scale = BOOK.on(month)
    yield _Change(month, Part.SUPPLEMENT, lambda monthly: low_benefit_2016(drawn.kind, monthly, scale))
    if drawn.preschool_teacher and drawn.kind == BenefitKind.PENSION:
        yield _Change(month, Part.LIFT, lambda monthly: preschool_teacher_lift(monthly, scale))
        if begun < TEACHERS_AGAIN:
            later = BOOK.on(TEACHERS_AGAIN)
            yield _Change(TEACHERS_AGAIN, Part.LIFT, lambda monthly: preschool_teacher_lift(monthly, later))


def _women(drawn: Drawn) -> Iterator[_Change]:
    """Nghị định 153/2018: women who began to draw in 2018-2021."""
    begun, months = drawn.drawn_from, drawn.contributed_months
    if drawn.kind != BenefitKind.PENSION or drawn.sex != Sex.FEMALE or months is None:
        return
    first, last = WOMEN
    if begun is None:
        if first <= drawn.month <= last:
            raise MissingFactError("drawn_from")
        return
    if first <= begun <= last and (drawn.month < IN_FORCE_WOMEN or drawn.month == begun):
        scale = BOOK.on(begun)
        counted = years(months, scale)
        # An amount that the decree of 2018 has raised already can only be adjusted from that month on.
        raised_from = Month.of(increase_2018.period.since)
        month = raised_from if begun < raised_from <= drawn.month else begun
        yield _Change(month, Part.PERCENT, lambda monthly: women_adjustment(monthly, counted, scale))
