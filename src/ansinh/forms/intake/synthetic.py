"""Lập tệp D02-LT: a list in the official column order, and the rough ways people keep it.

Used by the demonstration and by tests: a file written here is read back to the same rows.
"""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import xlsxwriter

from ansinh.forms.intake.d02 import CODE, CONTRACTS, D02Row
from ansinh.forms.intake.files import CellValue
from ansinh.forms.intake.layouts import Column, layout
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month

DateShape = Literal["excel", "dmy", "dashes", "dots", "iso", "compact", "words"]
MoneyShape = Literal["number", "dots", "commas", "spaces", "dong"]


@dataclass(frozen=True, slots=True)
class RoughStyle:
    """Cách ghi của người dùng: how far a file departs from the official form.

    ``down`` and ``right`` shift the table; ``shuffle`` is a seed for the order of columns; ``flat`` puts
    the headings in one row; ``misspelt`` drops diacritics and spaces from them; ``extra`` adds columns
    nobody asked for; ``citizen_column`` adds one for the citizen ID.
    """

    down: int = 0
    right: int = 0
    shuffle: int | None = None
    flat: bool = False
    numbers_row: bool = True
    misspelt: bool = False
    extra: bool = False
    citizen_column: bool = False
    codes_as_numbers: bool = False
    dates: DateShape = "dmy"
    money: MoneyShape = "number"
    comma_decimals: bool = False
    sections: bool = False


OFFICIAL = RoughStyle()


def write_d02(
    rows: Sequence[D02Row],
    unit_code: str,
    unit_name: str,
    number: str,
    dated_on: date | None,
    rough: RoughStyle | None = None,
) -> bytes:
    """Ghi danh sách D02-LT ra tệp xlsx: official form, or as ``rough`` says.

    A person with both codes has the SI number in column 1 and the citizen ID in the note (or in its own
    column when ``rough.citizen_column``).
    """
    return _Writer(rough or OFFICIAL).write(rows, unit_code, unit_name, number, dated_on)


class _Writer:
    def __init__(self, style: RoughStyle) -> None:
        self._style = style
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._sheet = self._book.add_worksheet(layout(CODE).sheet)
        frame = {"border": 1, "font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
        self._head = self._book.add_format({**frame, "bold": True, "text_wrap": True, "align": "center"})
        self._body = self._book.add_format(frame)
        self._text = self._book.add_format({**frame, "num_format": "@"})
        self._day = self._book.add_format({**frame, "num_format": "dd/mm/yyyy"})
        self._month = self._book.add_format({**frame, "num_format": "mm/yyyy"})
        self._bold = self._book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 12})

    def write(
        self, rows: Sequence[D02Row], unit_code: str, unit_name: str, number: str, dated_on: date | None
    ) -> bytes:
        columns = self._columns()
        top = self._title(unit_code, unit_name, number, dated_on)
        first = self._headings(columns, top)
        self._rows(columns, rows, first)
        for place, column in enumerate(columns):
            self._sheet.set_column(self._style.right + place, self._style.right + place, column.width)
        self._book.close()
        return self._buffer.getvalue()

    def _columns(self) -> list[Column]:
        columns = [
            column
            for column in layout(CODE).columns
            if column.official or (column.code == "citizen_id" and self._style.citizen_column)
        ]
        if self._style.extra:
            columns += [
                Column("extra_phone", "", ("Số điện thoại",), "text"),
                Column("extra_team", "", ("Tổ sản xuất",), "text"),
            ]
        if self._style.shuffle is not None:
            random.Random(self._style.shuffle).shuffle(columns)  # noqa: S311 - a seeded order, not a secret
        return columns

    def _title(self, unit_code: str, unit_name: str, number: str, dated_on: date | None) -> int:
        """Write the block over the table; answer the first heading row (from 0)."""
        put = self._sheet.write_string
        day = (
            f"ngày {dated_on.day:02d} tháng {dated_on.month:02d} năm {dated_on.year}"
            if dated_on
            else "ngày … tháng … năm …"
        )
        lines = [
            f"Tên đơn vị: {unit_name}",
            f"Mã đơn vị: {unit_code}",
            "",
            layout(CODE).title.upper(),
            f"Số: {number or '/………'}; {day}",
            "A. Đơn vị/Tổ chức quản lý người tham gia",
            f"1. Mã đơn vị: {unit_code}; 2. Tên đơn vị: {unit_name}",
            "B. Danh sách người tham gia",
        ]
        for place, line in enumerate(lines):
            if line:
                put(self._style.down + place, self._style.right, line, self._bold)
        return self._style.down + len(lines) + 1

    def _heading(self, words: str) -> str:
        if not self._style.misspelt:
            return words
        return words.replace("ố", "ô").replace("ệ", "ê").replace("/ ", "/").upper()

    def _headings(self, columns: Sequence[Column], top: int) -> int:
        depth = 1 if self._style.flat else 3
        paths = [self._path(column, depth) for column in columns]
        for level in range(depth):
            place = 0
            while place < len(columns):
                place = self._heading_cell(paths, top, level, place)
        first = top + depth
        if self._style.numbers_row:
            for place, column in enumerate(columns):
                self._number(first, self._style.right + place, column.number)
            first += 1
        return first

    def _path(self, column: Column, depth: int) -> list[str]:
        if depth == 1:
            # One row has no room for parents: "Chức vụ" alone would be another column.
            words = [column.header[-1] if column.code != "position" else "Phụ cấp chức vụ"]
        else:
            words = list(column.header)
        words += [words[-1]] * (depth - len(words))
        return [self._heading(word) for word in words]

    def _heading_cell(self, paths: list[list[str]], top: int, level: int, place: int) -> int:
        """Write one heading with the cells it spans; answer the next column at this level."""
        word = paths[place][level]
        last = place
        while last + 1 < len(paths) and paths[last + 1][: level + 1] == paths[place][: level + 1]:
            last += 1
        if level and paths[place][level - 1] == word:
            return last + 1
        bottom = level
        while bottom + 1 < len(paths[place]) and paths[place][bottom + 1] == word:
            bottom += 1
        area = (top + level, self._style.right + place, top + bottom, self._style.right + last)
        if area[0] == area[2] and area[1] == area[3]:
            self._sheet.write_string(area[0], area[1], word, self._head)
        else:
            self._sheet.merge_range(*area, word, self._head)
        return last + 1

    def _number(self, row: int, column: int, number: str) -> None:
        if number.isdigit():
            self._sheet.write_number(row, column, int(number), self._head)
        else:
            self._sheet.write_string(row, column, number, self._head)

    def _rows(self, columns: Sequence[Column], rows: Sequence[D02Row], first: int) -> None:
        line = first
        section = None
        for order, row in enumerate(rows, start=1):
            if self._style.sections and row.direction != section:
                section = row.direction
                title = {"increase": "I. Tăng", "decrease": "II. Giảm"}.get(section or "", "III. Điều chỉnh")
                place = next(at for at, column in enumerate(columns) if column.code == "name")
                self._sheet.write_string(line, self._style.right + place, title, self._bold)
                line += 1
            values = self._values(row, order)
            for place, column in enumerate(columns):
                self._cell(line, self._style.right + place, values.get(column.code))
            line += 1

    def _values(self, row: D02Row, order: int) -> dict[str, CellValue]:
        own_column = self._style.citizen_column
        si_number = row.si_number if own_column else row.si_number or row.citizen_id
        note = row.note
        if row.si_number and row.citizen_id and not own_column and row.citizen_id not in note:
            note = f"{note}; CCCD {row.citizen_id}".removeprefix("; ")
        form = {"electronic": "Bản điện tử", "paper": "Bản giấy"}.get(row.result_form or "")
        values: dict[str, CellValue] = {
            "line": order,
            "name": row.name,
            "si_number": self._code(si_number),
            "citizen_id": self._code(row.citizen_id),
            "birth": self._partial(row.birth),
            "job": row.job,
            "wage": self._money(row.wage) if row.wage else self._coefficient(row.coefficient_milli),
            "reserve": self._coefficient(row.reserve_milli),
            "position": self._coefficient(row.position_milli),
            "beyond_frame": self._percent(row.beyond_frame),
            "seniority": self._percent(row.seniority),
            "other_pay": self._money(row.other_pay),
            "effective_on": self._date(row.effective_on),
            "from_month": self._write_month(row.from_month),
            "to_month": self._write_month(row.to_month),
            "hospital": self._hospital(row),
            "result_form": form,
            "change": self._change(row),
            "note": note,
            "extra_phone": "0912000000",
            "extra_team": "Tổ 1",
        }
        for column, kind in CONTRACTS:
            values[column] = self._contract(row) if row.contract == kind else None
        return values

    def _change(self, row: D02Row) -> str | None:
        if row.change is None:
            return None
        names = {group.code: group.vi for group in layout(CODE).groups}
        return "; ".join([layout(CODE).change(row.change).vi, *(names[code] for code in row.groups)])

    def _contract(self, row: D02Row) -> str:
        if row.contract_from is None:
            return "x"
        days = [day.strftime("%d/%m/%Y") for day in (row.contract_from, row.contract_to) if day]
        return " - ".join(days)

    def _hospital(self, row: D02Row) -> CellValue:
        if row.hospital_code and not row.hospital_name:
            return self._code(row.hospital_code)
        return " - ".join(part for part in (row.hospital_code, row.hospital_name) if part) or None

    def _code(self, code: str | None) -> CellValue:
        return int(code) if code and code.isdigit() and self._style.codes_as_numbers else code

    def _coefficient(self, thousandths: int | None) -> CellValue:
        if thousandths is None:
            return None
        words = f"{thousandths // 1000}.{thousandths % 1000:03d}".rstrip("0").rstrip(".")
        # Three decimals in text may be thousands of dong: only a number says them without doubt.
        if self._style.comma_decimals and len(words.partition(".")[2]) < 3:
            return words.replace(".", ",")
        return thousandths / 1000

    def _percent(self, part: Fraction | None) -> CellValue:
        if part is None:
            return None
        hundredths = part * 100
        if hundredths.denominator == 1:
            return f"{hundredths}%" if self._style.comma_decimals else int(hundredths)
        return f"{float(hundredths)}%"

    def _money(self, amount: int | None) -> CellValue:
        if amount is None:
            return None
        grouped = format_dong(amount)
        shapes: dict[MoneyShape, CellValue] = {
            "number": amount,
            "dots": grouped,
            "commas": grouped.replace(".", ","),
            "spaces": grouped.replace(".", " "),
            "dong": f"{grouped} đồng",
        }
        return shapes[self._style.money]

    def _date(self, day: date | None) -> CellValue:
        if day is None or self._style.dates == "excel":
            return day
        pattern = {
            "dmy": "%d/%m/%Y",
            "dashes": "%d-%m-%Y",
            "dots": "%d.%m.%Y",
            "iso": "%Y-%m-%d",
            "compact": "%Y%m%d",
            "words": "ngày %d tháng %m năm %Y",
        }[self._style.dates]
        return day.strftime(pattern)

    def _partial(self, birth: PartialDate | None) -> CellValue:
        if birth is None:
            return None
        return self._date(birth.earliest()) if birth.day else birth.vi()

    def _write_month(self, month: Month | None) -> CellValue:
        if month is None:
            return None
        shapes: dict[DateShape, CellValue] = {
            "excel": month.first_day,
            "iso": str(month),
            "compact": f"{month.year}{month.month:02d}",
            "words": f"Tháng {month.month} năm {month.year}",
        }
        return shapes.get(self._style.dates, month.vi())

    def _cell(self, row: int, column: int, value: CellValue) -> None:
        sheet: Any = self._sheet
        if value is None or value == "":
            sheet.write_blank(row, column, None, self._body)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self._body)
        else:
            sheet.write_string(row, column, str(value), self._text)
