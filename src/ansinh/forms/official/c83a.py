"""Mẫu C83a-HD: bảng phân bổ chi tiết số tiền đã thu — money received, by person (30 columns).

The invariant of the form: column 30 = column 1 + column 2 - columns 3 to 17. Columns 3, 7 and 13 are totals
of the columns beside them, so
"3 to 17" is read as 3 + 7 + 11 + 12 + 13 + 17: every dong once.
Source: 366/QĐ-BHXH, guide of C83-HD, part I.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ansinh.forms.official.c69a import C69Line
from ansinh.forms.official.funds import Group, Position
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Cell, Sheet
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class C83Line:
    """Một người tham gia: surplus brought forward, received, allocated, still short, surplus left.

    `health_years` splits the allocated health dues over last, this and next year (columns 14-16).
    """

    code: str
    name: str
    surplus_before: int = 0
    received: int = 0
    allocated: Position = field(default_factory=Position)
    health_years: tuple[int, int, int] = (0, 0, 0)
    short: Position = field(default_factory=Position)
    surplus_after: int = 0

    def figures(self) -> tuple[int, ...]:
        """Cột 1-30."""
        allocated = self.allocated.figures()
        return (
            self.surplus_before,
            self.received,
            *allocated[:11],
            *self.health_years,
            allocated[11],
            *self.short.figures(),
            self.surplus_after,
        )

    def check(self, receivable: C69Line | None = None) -> list[str]:
        """Column 30 = 1 + 2 - (3..17); 13 = 14 + 15 + 16; no negative balance.

        With `receivable`, the person's line in C69a-HD of the period: columns 18-29 are its 26-37 less 3-17.
        """
        found = []
        left = self.surplus_before + self.received - self.allocated.total
        if self.surplus_after != left:
            found.append(
                f"{self.code} cột 30: ghi {format_dong(self.surplus_after)}, "
                f"cột 1 + cột 2 - cột 3 đến 17 là {format_dong(left)}"
            )
        if sum(self.health_years) != self.allocated.due_health:
            found.append(
                f"{self.code} cột 13: ghi {format_dong(self.allocated.due_health)}, "
                f"cột 14 + 15 + 16 là {format_dong(sum(self.health_years))}"
            )
        signed = zip(
            (1, 30, *range(18, 30)),
            (self.surplus_before, self.surplus_after, *self.short.figures()),
            strict=True,
        )
        found += [f"{self.code} cột {number}: không được âm" for number, value in signed if value < 0]
        if receivable is not None:
            due = (receivable.closing - self.allocated).figures()
            found += [
                f"{self.code} cột {number}: ghi {format_dong(got)}, "
                f"phải thu trừ phân bổ là {format_dong(expected)}"
                for number, (got, expected) in enumerate(
                    zip(self.short.figures(), due, strict=True), start=18
                )
                if got != expected
            ]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class C83a:
    """Biểu C83a-HD của một kỳ; `lines` may be an iterator and is read once, in order."""

    agency: Agency
    month: Month
    lines: Iterable[C83Line | Group]
    issued_on: date
    department: str = ""
    signature: Signature = field(default_factory=Signature)


def to_xlsx(form: C83a) -> bytes:
    """Tệp C83a-HD: people numbered within their group, a total row; memory does not grow with the list."""
    sheet = Sheet(layout("C83a-HD"), issued_on=form.issued_on)
    sheet.head(form.agency, f"Tháng {form.month.month:02d} năm {form.month.year}")
    if form.department:
        sheet.line(f"Bộ phận: {form.department}", bold=True)
    sheet.header()
    totals = [0] * 30
    for values, bold in _rows(form.lines, totals):
        sheet.row(values, "bold" if bold else "plain")
    sheet.row([None, None, "Cộng", *totals], "bold")
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature)
    return sheet.close()


def _rows(lines: Iterable[C83Line | Group], totals: list[int]) -> Iterator[tuple[list[Cell], bool]]:
    order = 0
    for line in lines:
        if isinstance(line, Group):
            order = 0
            yield [line.order, line.code, line.name, *[None] * 30], True
            continue
        order += 1
        figures = line.figures()
        for index, value in enumerate(figures):
            totals[index] += value
        yield [str(order), line.code, line.name, *figures], False
