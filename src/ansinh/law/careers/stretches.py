"""Đoạn đóng: a career month by month, and runs of months of one year and one pay."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ansinh.kernel.months import Month
from ansinh.law.careers.book import BOOK
from ansinh.law.careers.history import Career, Scheme, Spell

__all__ = ["MonthOnRecord", "joined", "months_on_record", "runs"]

BASE_SALARY_CHANGES = [Month.of(one.period.since).index for one in BOOK.base_salary.values]


@dataclass(frozen=True, slots=True)
class MonthOnRecord:
    """Một tháng đã đóng: the contracts of one scheme and one pay system in one month."""

    month: Month
    spells: tuple[Spell, ...]

    @property
    def contracts(self) -> tuple[int, ...]:
        """Các hợp đồng của tháng: to tell whether the next month has the same."""
        return tuple(id(spell) for spell in self.spells)

    @property
    def has_allowance(self) -> bool:
        """Có phụ cấp thâm niên nghề."""
        return any(spell.allowance > 0 for spell in self.spells)

    @property
    def is_known(self) -> bool:
        """Có tiền lương hoặc hệ số; otherwise the month only counts."""
        return any(spell.wage is not None or spell.coefficient is not None for spell in self.spells)


def months_on_record(career: Career, scheme: Scheme, *, state: bool | None = None) -> list[MonthOnRecord]:
    """Các tháng đã đóng: each once, in order; of one scheme, of one pay system if `state` says which."""
    found: dict[int, list[Spell]] = {}
    for spell in career.paid(scheme):
        if state is None or spell.is_state == state:
            for index in range(spell.first.index, spell.last.index + 1):
                found.setdefault(index, []).append(spell)
    return [MonthOnRecord(Month.from_index(index), tuple(found[index])) for index in sorted(found)]


def runs(months: Sequence[MonthOnRecord], *, by_year: bool) -> Iterator[tuple[int, MonthOnRecord]]:
    """Gộp các tháng cùng hợp đồng liền nhau: how many, and the first of them.

    A run ends with the year if `by_year`, and where a new base salary changes what the record says.
    """
    for _, run in groupby(months, key=_by_year if by_year else _by_contract):
        first, *others = run
        yield 1 + len(others), first


def _by_year(one: MonthOnRecord) -> tuple[object, ...]:
    scaled = any(spell.wage is None for spell in one.spells)
    return one.contracts, one.month.year, scaled and _base_salary_number(one.month)


def _by_contract(one: MonthOnRecord) -> tuple[object, ...]:
    in_dong = any(spell.wage is not None for spell in one.spells)
    return one.contracts, in_dong and _base_salary_number(one.month)


def _base_salary_number(month: Month) -> int:
    return bisect(BASE_SALARY_CHANGES, month.index)


def joined(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    """Các khoảng tháng liền nhau: first and last month of each.

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
