"""Mẫu D15-TS: danh sách đơn vị trốn đóng công khai — the monthly public list of evading employers.

Amounts and head counts are those at the day of publication. Source: 366/QĐ-BHXH, guide of D15-TS.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Sheet
from ansinh.kernel.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class D15Line:
    """Một đơn vị trốn đóng: workers and the dong late or evaded, all funds."""

    name: str
    code: str
    address: str
    workers: int
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class D15List:
    """Danh sách công khai của một tháng."""

    agency: Agency
    month: Month
    lines: Sequence[D15Line]
    issued_on: date
    signature: Signature = field(default_factory=Signature)

    def check(self) -> list[str]:
        """Nobody is published without an amount or an address, and nobody twice."""
        codes = [line.code for line in self.lines]
        found = [
            f"{line.code} {line.name}: số tiền phải lớn hơn 0" for line in self.lines if line.amount <= 0
        ]
        found += [f"{line.code} {line.name}: thiếu địa chỉ" for line in self.lines if not line.address]
        found += [
            f"{line.code} {line.name}: số lao động không được âm" for line in self.lines if line.workers < 0
        ]
        found += [f"{code}: có nhiều dòng" for code in sorted(set(codes)) if codes.count(code) > 1]
        return found


def to_xlsx(form: D15List) -> bytes:
    """Tệp D15-TS."""
    sheet = Sheet(layout("D15-TS"), issued_on=form.issued_on)
    sheet.head(form.agency, f"Tháng {form.month.month:02d} năm {form.month.year}")
    sheet.header()
    for order, line in enumerate(form.lines, start=1):
        sheet.row([str(order), line.name, line.code, line.address, line.workers, line.amount, line.note])
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature)
    return sheet.close()
