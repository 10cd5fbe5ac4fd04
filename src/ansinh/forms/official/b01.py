"""Mẫu B01-TS: báo cáo chỉ tiêu quản lý thu — people, employers and money of a month, by fund.

Sheet a is the base office's, b the province's, c the nation's: the same rows. Part 1 is carried.
Source: 366/QĐ-BHXH, guide of B01-TS, parts I, II.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Signature, date_line
from ansinh.forms.official.sheet import Sheet
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month

SHEET = "B01a-TS"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """Dòng của biểu: what is printed and the measure of a section it is filled from (empty: not held)."""

    order: str
    text: str
    unit: str = ""
    section: str = ""
    measure: str = ""
    note: str = ""

    @property
    def heading(self) -> bool:
        """A row that only names what follows."""
        return not self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class B01Line:
    """Một chỉ tiêu: brought forward, arising, carried forward; None where the books hold no figure."""

    row: PlanRow
    before: int | None = None
    arising: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class B01:
    """Báo cáo của một cơ quan BHXH trong một tháng."""

    agency: Agency
    month: Month
    lines: Sequence[B01Line]
    issued_on: date
    level: Literal["a", "b", "c"] = "a"
    signature: Signature = field(default_factory=Signature)

    def check(self) -> list[str]:
        """Column 7 = 5 + 6 wherever the three are known."""
        return [
            f"{line.row.section} dòng {line.row.order}: cuối kỳ {format_dong(line.after)}, "
            f"cột 5 + cột 6 là {format_dong(line.before + line.arising)}"
            for line in self.lines
            if line.before is not None
            and line.arising is not None
            and line.after is not None
            and line.before + line.arising != line.after
        ]


def raw(code: str) -> dict[str, Any]:
    """Khuôn của biểu như đã viết: with the keys the common layout does not know."""
    text = (files("ansinh.forms") / "layouts" / f"{code.lower()}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def plan() -> tuple[PlanRow, ...]:
    """Các dòng của Phần 1: in the order of the form."""
    return tuple(_plan())


def _plan() -> Iterator[PlanRow]:
    source = raw(SHEET)
    notes = source["notes"]
    for entry in source["sections"]:
        section = entry.get("section", "")
        yield PlanRow(
            order=entry.get("order", ""),
            text=entry["text"],
            unit=entry.get("unit", ""),
            section=section,
            measure=entry.get("measure", ""),
            note=notes.get(entry.get("note"), ""),
        )
        for row in source["blocks"][entry["block"]] if "block" in entry else ():
            yield PlanRow(
                order=row["order"],
                text=row["text"],
                unit=row["unit"],
                section=section,
                measure=row.get("measure", ""),
                note=notes.get(row.get("note"), ""),
            )


def to_xlsx(form: B01) -> bytes:
    """Tệp B01-TS của cơ sở (a) hoặc tỉnh (b)."""
    sheet = Sheet(replace(layout(SHEET), code=f"B01{form.level}-TS"), issued_on=form.issued_on)
    sheet.head(form.agency, f"Tháng {form.month.month:02d} năm {form.month.year}")
    sheet.header()
    for line in form.lines:
        row = line.row
        values = [row.order, row.text, None, row.unit, line.before, line.arising, line.after]
        sheet.row(values, "bold" if row.heading else "plain")
    sheet.line("Ô để trống: sổ sách chưa có số liệu của chỉ tiêu này.", italic=True)
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature, "(ký, ghi rõ họ tên)")
    return sheet.close()
