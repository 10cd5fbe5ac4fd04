"""Thời gian làm nghề nặng nhọc, khai thác than, ở vùng khó khăn: which months count."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ansinh.kernel.months import Month, months_between
from ansinh.law.engine import provision
from ansinh.law.retirement.book import RetirementScale
from ansinh.law.retirement.facts import Conditions, Hazard


class WorkSpell(NamedTuple):
    """Một giai đoạn làm việc: first and last month included; `region` is one with the allowance of 0.7."""

    first: Month
    last: Month
    conditions: Conditions
    region: bool


@provision(
    "retirement.hazard_months",
    clause="59/2015/TT-BLĐTBXH, Điều 15 khoản 2; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 12 khoản 2 điểm a; "
    "12/2025/TT-BNV, Điều 12 khoản 1; 88/2025/TT-BCA, Điều 11 khoản 2",
    since="2016-01-01",
    term="thời gian làm việc trong điều kiện được xét tuổi thấp hơn",
)
def hazard_months(work: Sequence[WorkSpell]) -> Hazard:
    """Months of hazardous work and of work in a 0.7 region are added up, each calendar month once."""
    return Hazard(
        _months(spell for spell in work if spell.region or spell.conditions != Conditions.NORMAL),
        _months(spell for spell in work if spell.conditions >= Conditions.EXTREMELY_HEAVY),
        _months(spell for spell in work if spell.conditions == Conditions.COAL_UNDERGROUND),
    )


@provision(
    "retirement.conditions",
    clause="58/2014/QH13, Điều 54 khoản 1 điểm b, c, khoản 2 điểm b; 45/2019/QH14, Điều 219 khoản 1 điểm a; "
    "41/2024/QH15, Điều 64 khoản 1 điểm b, c, khoản 2 điểm b",
    since="2016-01-01",
    term="điều kiện lao động được xét",
)
def conditions_that_count(hazard: Hazard, scale: RetirementScale) -> Conditions:
    """The hardest conditions in which the person worked 15 years; a region counts as hazardous work.

    >>> from datetime import date
    >>> from ansinh.law.retirement.book import BOOK
    >>> scale = BOOK.on(date(2026, 1, 1))
    >>> [conditions_that_count(Hazard(180, months), scale).name for months in (179, 180)]
    ['HEAVY', 'EXTREMELY_HEAVY']
    """
    enough = scale.hazard_years * 12
    if hazard.coal >= enough:
        return Conditions.COAL_UNDERGROUND
    if hazard.extremely_heavy >= enough:
        return Conditions.EXTREMELY_HEAVY
    if hazard.hazardous >= enough:
        return Conditions.HEAVY
    return Conditions.NORMAL


def _months(spells: Iterable[WorkSpell]) -> int:
    return len({month for spell in spells for month in months_between(spell.first, spell.last)})
