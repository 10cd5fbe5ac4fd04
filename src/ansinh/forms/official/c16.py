"""Mẫu C16-TS: danh sách hoàn trả tiền thu BHXH, BHYT, BHTN — money to give back.

Paid in excess or into the wrong account.
Source: 366/QĐ-BHXH, guide of C16-TS.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class C16Line:
    """Một người hoặc đơn vị được hoàn: base and months are empty when money was simply sent by mistake."""

    name: str
    code: str
    office: str
    amount: int
    base: int | None = None
    months: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class C16List:
    """Một danh sách hoàn trả."""

    agency: Agency
    lines: Sequence[C16Line]
    issued_on: date
    number: str = ""
    signature: Signature = field(default_factory=lambda: Signature(title="GIÁM ĐỐC BHXH CƠ SỞ"))

    @property
    def total(self) -> int:
        """Tổng số tiền hoàn trả."""
        return sum(line.amount for line in self.lines)

    def check(self) -> list[str]:
        """Every refund is above zero and covers at least one month where months are given."""
        found = [
            f"{line.code} {line.name}: số tiền hoàn trả phải lớn hơn 0"
            for line in self.lines
            if line.amount <= 0
        ]
        found += [
            f"{line.code} {line.name}: số tháng hoàn trả phải lớn hơn 0"
            for line in self.lines
            if line.months is not None and line.months <= 0
        ]
        return found


def to_xlsx(form: C16List) -> bytes:
    """Tệp C16-TS: with its total row."""
    sheet = Sheet(layout("C16-TS"), issued_on=form.issued_on)
    sheet.head(form.agency, *([f"Số: {form.number}"] if form.number else []))
    sheet.header()
    for order, line in enumerate(form.lines, start=1):
        sheet.row(
            [str(order), line.name, line.code, line.office, line.base, line.months, line.amount, line.note]
        )
    sheet.row([None, "Tổng cộng:", None, None, None, None, form.total, None], "bold")
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature, "(ký, ghi rõ họ tên)")
    return sheet.close()
