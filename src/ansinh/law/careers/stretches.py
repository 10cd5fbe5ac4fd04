"""Đoạn đóng: a career month by month, and runs of months of one year and one pay."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from ansinh.kernel.months import Month, months_between
from ansinh.law.careers.history import Career, Scheme, Spell

__all__ = ["MonthOnRecord", "months_on_record", "runs"]


@dataclass(frozen=True, slots=True)
class MonthOnRecord:
    """Một tháng đã đóng: the contracts of one scheme and one pay system in one month."""

    month: Month
    spells: tuple[Spell, ...]

    @property
    def has_allowance(self) -> bool:
        """Có phụ cấp thâm niên nghề."""
        return any(spell.allowance > 0 for spell in self.spells)

    @property
    def is_known(self) -> bool:
        """Có tiền lương hoặc hệ số; otherwise the month only counts."""
        return any(spell.wage is not None or spell.coefficient is not None for spell in self.spells)


def months_on_record(career: Career, scheme: Scheme, *, state: bool | None = None) -> list[MonthOnRecord]:
    """Các tháng đã đóng, each once, in order: of one scheme, of one pay system if `state` says which."""
    found: dict[Month, list[Spell]] = {}
    for spell in career.paid(scheme):
        if state is None or spell.is_state == state:
            for month in months_between(spell.first, spell.last):
                found.setdefault(month, []).append(spell)
    return [MonthOnRecord(month, tuple(found[month])) for month in sorted(found)]


def runs(months: Iterable[tuple[MonthOnRecord, Fraction]]) -> Iterator[tuple[int, int, Fraction]]:
    """Gộp các tháng liền nhau cùng năm, cùng tiền lương: (year, number of months, monthly pay)."""
    for (year, pay), run in groupby(months, key=lambda pair: (pair[0].month.year, pair[1])):
        yield year, sum(1 for _ in run), pay


def joined(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    """Các khoảng tháng liền nhau, first and last month of each.

    >>> [str(month) for run in joined([Month(2002, 11), Month(2002, 12), Month(2014, 1)]) for month in run]
    ['2002-11', '2002-12', '2014-01', '2014-01']
    """
    found: list[tuple[Month, Month]] = []
    for month in months:
        if found and month - found[-1][1] == 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found
