"""Mẫu B06-TS: báo cáo tình hình thu — 85 coded rows, column 7 = 4 + 5 - 6.

Sheet a is the base office's, b the province's, c the nation's. Amounts are held in dong and
written in the form's unit, a million dong.
Source: 366/QĐ-BHXH, guide of B06-TS, parts I, II.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Literal

from ansinh.forms.official.b01 import raw
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Sheet
from ansinh.kernel.months import Month

SHEET = "B06a-TS"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """Dòng của biểu: code, text, unit, the measure it is filled from (empty: a heading, or not held)."""

    code: str
    text: str
    unit: str
    measure: str = ""
    note: str = ""

    @property
    def money(self) -> bool:
        """Whether its figures are amounts."""
        return "đồng" in self.unit

    @property
    def heading(self) -> bool:
        """A row that only names what follows, or opens one of the form's six parts."""
        return not self.unit or self.text.startswith(("I", "V", "TRONG"))


@dataclass(frozen=True, slots=True, kw_only=True)
class B06Line:
    """Một chỉ tiêu: columns 4 to 6, in dong or people; None where the books hold no figure."""

    row: PlanRow
    before: int | None = None
    up: int | None = None
    down: int | None = None
    current: int | None = None

    @property
    def after(self) -> int | None:
        """Cột 7 = 4 + 5 - 6; the current figure alone where what was brought forward is not known."""
        if self.before is None or self.up is None or self.down is None:
            return self.current
        return self.before + self.up - self.down


@dataclass(frozen=True, slots=True, kw_only=True)
class B06:
    """Báo cáo của một cơ quan BHXH trong một tháng."""

    agency: Agency
    month: Month
    lines: Sequence[B06Line]
    issued_on: date
    level: Literal["a", "b", "c"] = "a"
    signature: Signature = field(default_factory=Signature)

    def check(self) -> list[str]:
        """The form's own sums: 01 + 02 - 03 = 54; 03 and 55-57, 63, 69, 75 by their parts."""
        value = {line.row.code: line.after for line in self.lines}
        parts = {
            "54": ("01", "02", "-03"),
            "03": ("07", "20", "24", "34", "41", "52", "53"),
            "55": ("57", "63", "69", "75"),
            "56": ("59", "60", "65", "66", "71", "72", "77", "78"),
            "57": ("58", "59", "60", "62"),
            "63": ("64", "65", "66", "68"),
            "69": ("70", "71", "72", "74"),
            "75": ("76", "77", "78", "80"),
        }
        found = []
        for code, terms in parts.items():
            total = sum((-1 if t[0] == "-" else 1) * (value.get(t.lstrip("-")) or 0) for t in terms)
            if (value.get(code) or 0) != total:
                found.append(f"Mã {code}: ghi {value.get(code)}, {' + '.join(terms)} là {total}")
        return found


@cache
def plan() -> tuple[PlanRow, ...]:
    """Các dòng 01-85."""
    source = raw(SHEET)
    return tuple(
        PlanRow(
            code=r["code"],
            text=r["text"],
            unit=r["unit"],
            measure=r.get("measure", ""),
            note=source["notes"].get(r.get("note"), ""),
        )
        for r in source["rows"]
    )


def to_xlsx(form: B06) -> bytes:
    """Tệp B06-TS của cơ sở (a) hoặc tỉnh (b): amounts in millions, to the dong."""
    sheet = Sheet(replace(layout(SHEET), code=f"B06{form.level}-TS"), issued_on=form.issued_on)
    sheet.head(form.agency, f"Tháng {form.month.month:02d} năm {form.month.year}")
    sheet.header()
    for line in form.lines:
        cells = (line.before, line.up, line.down, line.after)
        _row(sheet, line.row, cells)
    sheet.line("Ô để trống: sổ sách chưa có số liệu của chỉ tiêu này.", italic=True)
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature, "(Ký, ghi rõ họ tên)")
    return sheet.close()


def _row(sheet: Sheet, row: PlanRow, cells: Sequence[int | None]) -> None:
    look = {"border": 1, "bold": row.heading}
    text = sheet.format(**look, align="left", text_wrap=True)
    figure = sheet.format(**look, align="right", num_format="#,##0.000000" if row.money else "#,##0")
    for index, value in enumerate((row.text, row.unit, row.code)):
        sheet.page.write_string(sheet.at, index, value, text)
    for index, amount in enumerate(cells, start=3):
        if amount is None:
            sheet.page.write_blank(sheet.at, index, None, figure)
        else:
            sheet.page.write_number(sheet.at, index, amount / MILLION if row.money else amount, figure)
    sheet.at += 1
