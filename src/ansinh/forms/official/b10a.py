"""Mẫu B10a-TS: báo cáo kết quả đôn đốc đơn vị chậm đóng — who was urged, in what state, what was done.

Columns 1-3 are marked by the system, 4-6 by the inspection department.
Source: 366/QĐ-BHXH, guide of B10-TS, part I.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Sheet
from ansinh.kernel.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class B10Line:
    """Một đơn vị: urged by 01-ĐĐ, late, evaded, checked, file sent for prosecution, prosecuted."""

    name: str
    code: str
    urged: bool = False
    late: bool = False
    evaded: bool = False
    checked: bool = False
    prosecution_requested: bool = False
    prosecuted: bool = False
    note: str = ""

    @property
    def marks(self) -> tuple[bool, ...]:
        """Cột 1-6."""
        return (
            self.urged,
            self.late,
            self.evaded,
            self.checked,
            self.prosecution_requested,
            self.prosecuted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class B10a:
    """Báo cáo của một cơ sở trong một tháng."""

    agency: Agency
    month: Month
    lines: Sequence[B10Line]
    issued_on: date
    signature: Signature = field(default_factory=Signature)

    def totals(self) -> tuple[int, ...]:
        """Tổng cộng: how many units carry each mark (columns 1-6)."""
        return tuple(sum(line.marks[column] for line in self.lines) for column in range(6))

    def check(self) -> list[str]:
        """A unit is listed once, is late or evading, and is prosecuted only after the file was sent."""
        found = []
        codes = [line.code for line in self.lines]
        for line in self.lines:
            if not (line.late or line.evaded):
                found.append(f"{line.code} {line.name}: không chậm đóng cũng không trốn đóng")
            if line.prosecuted and not line.prosecution_requested:
                found.append(f"{line.code} {line.name}: đã khởi tố nhưng chưa gửi hồ sơ kiến nghị")
        found += [f"{code}: có nhiều dòng" for code in sorted(set(codes)) if codes.count(code) > 1]
        return found


def to_xlsx(form: B10a) -> bytes:
    """Tệp B10a-TS: the totals first as the form has it."""
    sheet = Sheet(layout("B10a-TS"), issued_on=form.issued_on)
    sheet.head(form.agency, f"Tháng {form.month.month:02d} năm {form.month.year}")
    sheet.header()
    sheet.row([None, "Tổng cộng", None, *(str(total) for total in form.totals()), None], "bold")
    for order, line in enumerate(form.lines, start=1):
        sheet.row([str(order), line.name, line.code, *line.marks, line.note])
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature, "(ký, ghi rõ họ tên)")
    return sheet.close()
