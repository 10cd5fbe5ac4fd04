"""Quá trình đóng: what a person contributed, period by period, and what it comes to month by month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ansinh.kernel.months import Month, months_between


class Scheme(StrEnum):
    """Loại hình."""

    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"


class Sector(StrEnum):
    """Chế độ tiền lương: who fixes the pay."""

    STATE = "state"
    PRIVATE = "private"


class SpellKind(StrEnum):
    """Loại thời gian: paid months carry contributions; the others do not."""

    PAID = "paid"
    MATERNITY = "maternity"
    SICK = "sick"
    UNPAID = "unpaid"
    PRESCRIBED_REST = "prescribed_rest"


@dataclass(frozen=True, slots=True)
class Spell:
    """Một dòng của quá trình: months `first` to `last`, with a wage in dong or a coefficient.

    `allowance` is the seniority allowance and `over_grade` the seniority beyond the grade, both shares of the
    coefficient pay. A spell with neither wage nor coefficient counts months only. `region` is 1 to 4.
    """

    first: Month
    last: Month
    wage: int | None = None
    coefficient: Fraction | None = None
    allowance: Fraction = Fraction(0)
    over_grade: Fraction = Fraction(0)
    scheme: Scheme = Scheme.COMPULSORY
    sector: Sector | None = None
    region: int | None = None
    employer: str = ""
    kind: SpellKind = SpellKind.PAID

    @property
    def months(self) -> int:
        """Số tháng, both ends counted.

        >>> Spell(Month(2016, 1), Month(2016, 3)).months
        3
        """
        return self.last - self.first + 1

    @property
    def is_state(self) -> bool:
        """Lương do Nhà nước quy định: as said, else told by the coefficient."""
        if self.sector is None:
            return self.coefficient is not None
        return self.sector == Sector.STATE

    @property
    def multiple(self) -> Fraction | None:
        """Hệ số cả phụ cấp: pay in base salaries, None for a wage in dong."""
        if self.coefficient is None:
            return None
        return self.coefficient * (1 + self.over_grade) * (1 + self.allowance)

    def pay(self, base_salary: int) -> Fraction | None:
        """Tiền lương tháng, dong, exact; None when the record has no pay.

        >>> month = Month(2016, 2)
        >>> Spell(month, month, coefficient=Fraction("4.4"), allowance=Fraction("0.14")).pay(1_150_000)
        Fraction(5768400, 1)
        """
        if self.wage is not None:
            return Fraction(self.wage)
        multiple = self.multiple
        return None if multiple is None else multiple * base_salary

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last


@dataclass(frozen=True, slots=True)
class Career:
    """Cả quá trình: oldest spell first; spells that overlap are several contracts at once."""

    spells: tuple[Spell, ...]

    @classmethod
    def of(cls, spells: Iterable[Spell]) -> "Career":
        """Xếp các dòng theo thời gian."""
        return cls(tuple(sorted(spells, key=lambda spell: (spell.first, spell.last))))

    def paid(self, scheme: Scheme | None = None) -> Iterator[Spell]:
        """Các dòng có đóng: of one scheme or of both."""
        return (
            spell for spell in self.spells if spell.kind == SpellKind.PAID and scheme in (None, spell.scheme)
        )

    def months(self, scheme: Scheme | None = None) -> list[Month]:
        """Các tháng đã đóng: each once, in order.

        >>> career = Career.of([Spell(Month(2016, 1), Month(2016, 3)), Spell(Month(2016, 3), Month(2016, 4))])
        >>> len(career.months())
        4
        """
        return sorted(
            {month for spell in self.paid(scheme) for month in months_between(spell.first, spell.last)}
        )
