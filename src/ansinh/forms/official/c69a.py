"""Mẫu C69a-HD: chi tiết số phải thu của người tham gia — what is receivable, person by person (38 columns).

Columns 1-12 are what C83a-HD of the period before left short (its 18-29); 13-25 arose in the period; 26-37
are their sums; 38 marks people who left or claim a benefit and are allocated first.
Source: 366/QĐ-BHXH, guide of C69-HD, part I.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from ansinh.forms.official.funds import Group, Position
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Cell, Sheet
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month


class LeftShort(Protocol):
    """Dòng C83a-HD của kỳ trước: all that is asked of it is what it left short, its columns 18-29."""

    @property
    def short(self) -> Position: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class C69Line:
    """Một người tham gia: SI number, name, what was brought forward, what arose.

    `health_of_past_years` (column 24) is the part of this period's health dues that collects earlier years.
    """

    code: str
    name: str
    opening: Position = field(default_factory=Position)
    arising: Position = field(default_factory=Position)
    health_of_past_years: int = 0
    first_in_line: bool = False

    @property
    def closing(self) -> Position:
        """Cột 26-37: số dư thiếu kỳ trước cộng số phát sinh."""
        return self.opening + self.arising

    def figures(self) -> tuple[int, ...]:
        """Cột 1-37."""
        arising = self.arising.figures()
        closing = self.closing.figures()
        return (*self.opening.figures(), *arising[:11], self.health_of_past_years, arising[11], *closing)

    def check(self, previous: LeftShort | None = None) -> list[str]:
        """Column 24 lies within column 23; with `previous`, columns 1-12 are its columns 18-29."""
        found = []
        if self.health_of_past_years and not 0 <= self.health_of_past_years <= self.arising.due_health:
            found.append(f"{self.code} cột 24: {format_dong(self.health_of_past_years)} vượt cột 23")
        if previous is not None and previous.short != self.opening:
            pairs = zip(self.opening.figures(), previous.short.figures(), strict=True)
            found += [
                f"{self.code} cột {number}: ghi {format_dong(got)}, "
                f"C83a-HD kỳ trước cột {number + 17} là {format_dong(due)}"
                for number, (got, due) in enumerate(pairs, start=1)
                if got != due
            ]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class C69a:
    """Biểu C69a-HD của một kỳ; `lines` may be an iterator and is read once, in order."""

    agency: Agency
    month: Month
    lines: Iterable[C69Line | Group]
    issued_on: date
    department: str = ""
    signature: Signature = field(default_factory=Signature)


def to_xlsx(form: C69a) -> bytes:
    """Tệp C69a-HD: people numbered within their group, a total row; memory does not grow with the list."""
    sheet = Sheet(layout("C69a-HD"), issued_on=form.issued_on)
    sheet.head(form.agency, f"Tháng {form.month.month:02d} năm {form.month.year}")
    if form.department:
        sheet.line(f"Bộ phận: {form.department}", bold=True)
    sheet.header()
    totals = [0] * 37
    for values, bold in _rows(form.lines, totals):
        sheet.row(values, "bold" if bold else "plain")
    sheet.row([None, None, "Cộng", *totals, None], "bold")
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature)
    return sheet.close()


def _rows(lines: Iterable[C69Line | Group], totals: list[int]) -> Iterator[tuple[list[Cell], bool]]:
    order = 0
    for line in lines:
        if isinstance(line, Group):
            order = 0
            yield [line.order, line.code, line.name, *[None] * 38], True
            continue
        order += 1
        figures = line.figures()
        for index, value in enumerate(figures):
            totals[index] += value
        yield [str(order), line.code, line.name, *figures, line.first_in_line], False
