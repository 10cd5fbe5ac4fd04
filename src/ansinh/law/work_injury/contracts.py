"""Các hợp đồng trong quá trình đóng: months in the fund, and the pay of the month that the law takes."""

from collections import Counter

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
        """Các hợp đồng bắt đầu đóng trong tháng: rows that carry on a contract are none."""
        before = Counter(spell.employer for spell in self.running(month - 1))
        now = Counter(spell.employer for spell in self.running(month))
        return [
            spell
            for spell in self.running(month)
            if spell.first == month and now[spell.employer] > before[spell.employer]
        ]

    def number(self, month: Month) -> int:
        """Số hợp đồng đóng trong một tháng."""
        return len(self.running(month))
