"""Các hợp đồng trong quá trình đóng: months in the fund, and the pay of the month that the law takes."""

from collections.abc import Callable
from fractions import Fraction

from ansinh.kernel.months import Month, months_between
from ansinh.law.careers import Career, Scheme, Spell, SpellKind

COUNTED = (SpellKind.PAID, SpellKind.MATERNITY)


class Contracts:
    """Quá trình đóng vào quỹ: months of several contracts count once; maternity leave counts."""

    def __init__(self, career: Career) -> None:
        self._spells = [s for s in career.spells if s.scheme == Scheme.COMPULSORY and s.kind in COUNTED]
        self.months = sorted(
            {month for spell in self._spells for month in months_between(spell.first, spell.last)}
        )

    @property
    def first(self) -> Month | None:
        """Tháng đầu tham gia."""
        return self.months[0] if self.months else None

    def before(self, accident: Month) -> int:
        """Số tháng đóng đến tháng liền kề trước tháng bị nạn."""
        return sum(month < accident for month in self.months)

    def running(self, month: Month) -> list[Spell]:
        """Các hợp đồng đóng trong một tháng."""
        return [spell for spell in self._spells if month in spell]

    def begun(self, month: Month) -> list[Spell]:
        """Các hợp đồng bắt đầu đóng trong tháng: of employers not yet paying the month before."""
        known = {spell.employer for spell in self.running(month - 1)}
        return [spell for spell in self.running(month) if spell.employer not in known]

    def number(self, month: Month) -> int:
        """Số hợp đồng đóng trong một tháng."""
        return len({spell.employer for spell in self.running(month)})


def pay_of(spells: list[tuple[Spell, Month]], base_salary: Callable[[Month], int]) -> Fraction | None:
    """Tổng tiền lương của các hợp đồng; None where the pay of one of them is not on record."""
    pays = [spell.pay(base_salary(month)) for spell, month in spells]
    known = [pay for pay in pays if pay is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(pays) else None
