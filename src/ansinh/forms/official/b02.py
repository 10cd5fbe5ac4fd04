"""Mẫu B02-TS: báo cáo tổng hợp thu BHXH, BHYT, BHTN — a quarter or a year by kind of employer (58 columns).

Under each kind sheets aq, an list employers (base office), bq, bn base offices (province), cq, cn provinces.
Source: 366/QĐ-BHXH, guide of B02-TS.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Self

from ansinh.forms.official.funds import Position
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Sheet

SHEET = "B02aq-TS"
Depth = Literal["section", "kind", "member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class B02Money:
    """Tiền của một dòng: brought forward, arising, allocated, carried forward, by fund.

    `earlier_years` is the part of arising health dues that is back payment of earlier years (column 29);
    `health_years` shares allocated health dues among the year before, this year and the next (42-44).
    """

    surplus_before: int = 0
    before: Position = field(default_factory=Position)
    arising: Position = field(default_factory=Position)
    earlier_years: int = 0
    allocated: Position = field(default_factory=Position)
    health_years: tuple[int, int, int] = (0, 0, 0)
    short: Position = field(default_factory=Position)
    surplus_after: int = 0

    def __add__(self, other: Self) -> "B02Money":
        last, this, following = (a + b for a, b in zip(self.health_years, other.health_years, strict=True))
        return B02Money(
            surplus_before=self.surplus_before + other.surplus_before,
            before=self.before + other.before,
            arising=self.arising + other.arising,
            earlier_years=self.earlier_years + other.earlier_years,
            allocated=self.allocated + other.allocated,
            health_years=(last, this, following),
            short=self.short + other.short,
            surplus_after=self.surplus_after + other.surplus_after,
        )

    def figures(self) -> tuple[int, ...]:
        """Cột 5-58."""
        arising, allocated = self.arising.figures(), self.allocated.figures()
        return (
            self.surplus_before,
            *self.before.figures(),
            *arising[:11],
            self.earlier_years,
            arising[11],
            *allocated[:11],
            *self.health_years,
            allocated[11],
            *self.short.figures(),
            self.surplus_after,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class B02Line:
    """Một dòng: a section, a kind of employer, or a member of it; None where the books hold no figure.

    `people`: social, work-injury, unemployment and health insurance at the end of the period (columns 1-4).
    """

    order: str
    text: str
    code: str = ""
    depth: Depth = "member"
    people: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    money: B02Money | None = None
    note: str = ""

    def figures(self) -> tuple[int | None, ...]:
        """Cột 1-58."""
        return (*self.people, *(self.money.figures() if self.money else (None,) * 54))

    def check(self) -> list[str]:
        """Short = brought forward + arising - allocated, fund by fund; columns 42-44 add up to 41."""
        if self.money is None:
            return []
        found = []
        if self.money.before + self.money.arising - self.money.allocated != self.money.short:
            found.append(f"{self.order} {self.text}: thiếu kỳ trước + phát sinh - phân bổ khác thiếu kỳ sau")
        if sum(self.money.health_years) != self.money.allocated.due_health:
            found.append(f"{self.order} {self.text}: cột 42 + 43 + 44 khác cột 41")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class B02:
    """Báo cáo của một cơ quan BHXH trong một quý (`quarter` 1-4) hoặc một năm (0)."""

    agency: Agency
    year: int
    quarter: int
    lines: Sequence[B02Line]
    issued_on: date
    level: Literal["a", "b", "c"] = "a"
    signature: Signature = field(default_factory=Signature)

    @property
    def code(self) -> str:
        """B02aq-TS, B02an-TS, B02bq-TS, B02bn-TS."""
        return f"B02{self.level}{'q' if self.quarter else 'n'}-TS"

    def check(self) -> list[str]:
        """Every line's own arithmetic."""
        return [text for line in self.lines for text in line.check()]


def to_xlsx(form: B02) -> bytes:
    """Tệp B02-TS của quý hoặc năm."""
    sheet = Sheet(replace(layout(SHEET), code=form.code), issued_on=form.issued_on)
    sheet.head(form.agency, f"Quý {form.quarter} Năm {form.year}" if form.quarter else f"Năm {form.year}")
    sheet.header()
    for line in form.lines:
        bold = line.depth != "member"
        sheet.row([line.order, line.text, line.code, *line.figures()], "bold" if bold else "plain")
    sheet.line("Ô để trống: sổ sách chưa có số liệu.", italic=True)
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature, "(ký, ghi rõ họ tên)")
    return sheet.close()
