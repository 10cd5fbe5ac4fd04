"""Tháng đã đóng: which months count for maternity, and the pay of each.

Months of maternity leave on a running contract count as contributed, at the pay of the month before the leave
(58/2014/QH13, Điều 39 khoản 2; 59/2015/TT-BLĐTBXH, Điều 12 khoản 4; 41/2024/QH15, Điều 53 khoản 8).
Voluntary months do not count.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.law.careers import Career, Scheme, SpellKind, contributed_months
from ansinh.law.careers.counted import COUNTED


class Contributions:
    """Các tháng đóng BHXH bắt buộc của một người: with their pay where it is on record.

    `certain` overrides what the career shows of single months.
    """

    def __init__(self, career: Career | None, certain: Iterable[tuple[Month, bool]] = ()) -> None:
        self._career = career
        counted = set() if career is None else set(contributed_months(career, Scheme.COMPULSORY))
        for month, contributed in certain:
            (counted.add if contributed else counted.discard)(month)
        self.months = sorted(counted)

    def __contains__(self, month: Month) -> bool:
        return month in self.months

    def within(self, first: Month, last: Month) -> int:
        """Số tháng đóng từ `first` đến `last`."""
        return sum(first <= month <= last for month in self.months)

    def until(self, last: Month) -> int:
        """Tổng số tháng đóng đến hết tháng `last`."""
        return sum(month <= last for month in self.months)

    def latest_pays(self, last: Month, number: int, base_salary: Callable[[Month], int]) -> list[Fraction]:
        """Tiền lương của `number` tháng đóng gần nhất đến `last`: latest first; fewer where there are fewer.

        Empty where the pay of one of these months is not on record.
        """
        latest = [month for month in reversed(self.months) if month <= last][:number]
        pays = [self._pay(month, base_salary) for month in latest]
        return [pay for pay in pays if pay is not None] if None not in pays else []

    def _pay(self, month: Month, base_salary: Callable[[Month], int]) -> Fraction | None:
        spells = () if self._career is None else self._career.spells
        counted = [s for s in spells if s.scheme == Scheme.COMPULSORY and s.kind in COUNTED and month in s]
        pays = [pay for spell in counted if (pay := spell.pay(base_salary(month))) is not None]
        if pays:
            return sum(pays, Fraction(0))
        if any(spell.kind == SpellKind.MATERNITY for spell in counted):
            before = [one for one in self.months if one < month]
            return self._pay(before[-1], base_salary) if before else None
        return None
