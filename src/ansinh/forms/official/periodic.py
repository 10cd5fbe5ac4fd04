"""Báo cáo kỳ C69b-HD, C83b-HD, B03-TS, B04-TS: rows under a layout, of a month, a quarter or a year.

Source: 366/QĐ-BHXH, guides of C69-HD, C83-HD, B03-TS and B04-TS.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.forms.official.layouts import Layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Cell, Sheet, Style
from ansinh.kernel.money import format_dong


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng: one value per column of the layout, None where the form has or the books hold none."""

    values: tuple[Cell, ...]
    style: Style = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """Báo cáo của một cơ quan trong một kỳ; `period` reads as the title block has it."""

    layout: Layout
    agency: Agency
    period: str
    lines: Sequence[Line]
    issued_on: date
    signature: Signature = field(default_factory=Signature)


def to_xlsx(form: Periodic) -> bytes:
    """Tệp xlsx của báo cáo."""
    sheet = Sheet(form.layout, issued_on=form.issued_on)
    sheet.head(form.agency, form.period)
    sheet.header()
    for line in form.lines:
        sheet.row(line.values, line.style)
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature)
    return sheet.close()


def broken(layout: Layout, lines: Sequence[Line]) -> list[str]:
    """Cột không khớp: every row whose columns disagree with the sums the form defines."""
    return [message for line in lines for message in _broken(layout, line)]


def _broken(layout: Layout, line: Line) -> Iterator[str]:
    by_number = {c.number: v for c, v in zip(layout.columns, line.values, strict=True)}
    for column in layout.columns:
        got = by_number[column.number]
        if not column.equals or not isinstance(got, int):
            continue
        due = sum(sign * int(by_number[number] or 0) for sign, number in column.equals)
        if got != due:
            yield f"{line.values[1]} cột {column.number}: ghi {format_dong(got)}, phải là {format_dong(due)}"
