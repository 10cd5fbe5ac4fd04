"""Bản sao vô hại: what an outsider sent, as a new workbook of values, and never the bytes that came in.

Everything is written anew by XlsxWriter from the cells that the reader saw: a formula becomes its value, a
text stays a text whatever it begins with, and nothing else of the file comes along - no links, connections,
macros, objects, names, validations, comments, custom parts or printer settings.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from ansinh.forms.intake.files import CellValue, Sheet, Workbook, open_table
from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits
from ansinh.forms.intake.looks import Looks, Properties, SheetLook
from ansinh.forms.intake.readings import shown

LONGEST_TEXT = 32_767
"""What Excel holds in one cell."""
LONGEST_SHEET_NAME = 31
EXACT = 10**15
"""From here on a spreadsheet loses digits of a whole number: it is kept as a text."""
IN_MEMORY = 1_500_000
"""Cells up to which the copy is made in memory; a larger one goes row by row through a private file."""
MERGED_AREA, MERGED_TOTAL = 10_000, 500_000
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
RED_FILL, RED_TEXT = "#FFC7CE", "#9C0006"
REMARK_WIDTH = 60
DROPPED_SHEET = "Đã bỏ"

KINDS: Final[Mapping[str, Properties]] = {
    "text": {"num_format": "@"},
    "number": {},
    "day": {"num_format": "dd/mm/yyyy"},
    "instant": {"num_format": "dd/mm/yyyy hh:mm:ss"},
    "clock": {"num_format": "hh:mm:ss"},
}
LIVE: Final[Mapping[str, tuple[str, str]]] = {
    "formula": ("công thức (giữ giá trị đã tính)", "formulas (their values are kept)"),
    "hyperlink": ("liên kết", "links"),
    "definedName": ("tên vùng", "defined names"),
    "dataValidation": ("kiểm tra nhập liệu", "data validations"),
    "conditionalFormatting": ("định dạng theo điều kiện", "conditional formats"),
    "oleObject": ("đối tượng nhúng", "embedded objects"),
    "control": ("nút điều khiển", "controls"),
    "comments": ("ghi chú", "comments"),
    "drawings": ("hình vẽ, biểu đồ", "drawings and charts"),
    "externalLinks": ("liên kết tới tệp khác", "links to other workbooks"),
    "pivots": ("bảng tổng hợp và dữ liệu của chúng", "pivot tables and their data"),
    "customXml": ("dữ liệu kèm theo (XML)", "attached data (XML)"),
    "printerSettings": ("cài đặt máy in", "printer settings"),
    "other": ("phần khác", "other parts"),
}
"""What a workbook may hold beside its values, as ``Workbook.dropped`` names it."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """Điều phải ghi vào một bảng: texts by row, faulty cells, and the column they go to (from 1)."""

    sheet: str
    header_row: int
    column: int
    texts: Mapping[int, str]
    cells: frozenset[tuple[int, int]]


def values_copy(data: bytes, file_name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Bản sao chỉ có giá trị (xlsx): to be served instead of the bytes an outsider sent, whatever the format.

    Every sheet, hidden ones shown; texts are texts, dates dates, numbers numbers. Where something was left
    out, a last sheet "Đã bỏ" says what and how often. Raises ``BilingualError`` as ``open_table`` does.
    """
    book = open_table(data, file_name, limits)
    return write_copy(book, listed=True)


def dropped(book: Workbook) -> list[tuple[str, str, int]]:
    """Những gì bị bỏ khi sao: Vietnamese, English, how many; empty for a workbook of values only."""
    return [(*LIVE[kind], count) for kind, count in book.dropped.items() if count]


def write_copy(
    book: Workbook, *, looks: Looks | None = None, remarks: Remarks | None = None, listed: bool = False
) -> bytes:
    """Ghi bản sao của tệp đã mở: with the sender's look, with remarks, with a list of what was left out."""
    small = sum(len(sheet.rows) * sheet.width for sheet in book.sheets) <= IN_MEMORY
    options = {
        "in_memory": small,
        "constant_memory": not small,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as made:
        names = _SheetNames()
        formats = _Formats(made, looks or Looks())
        for place, sheet in enumerate(book.sheets):
            page = made.add_worksheet(names.of(sheet.name))
            if sheet.hidden and place and not listed:
                page.hide()
            look = looks.sheets.get(sheet.name, SheetLook()) if looks else SheetLook()
            own = remarks if remarks and sheet.name == remarks.sheet else None
            _Page(page, sheet, look, formats, own).write(merging=small)
        found = dropped(book) if listed else []
        if found:
            _list_dropped(made.add_worksheet(names.of(DROPPED_SHEET)), found)
    return buffer.getvalue()


def printable(words: str) -> str:
    """Chữ mà XML và một ô giữ được: what XML 1.0 does not know is replaced, the rest cut at 32,767."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", words)[:LONGEST_TEXT]


def _list_dropped(page: Any, found: list[tuple[str, str, int]]) -> None:
    page.set_column(0, 1, 45)
    page.write_row(0, 0, ["Đã bỏ khỏi bản sao", "Left out of this copy", "Số lượng / Count"])
    for row, (vi, en, count) in enumerate(found, start=1):
        page.write_string(row, 0, vi)
        page.write_string(row, 1, en)
        page.write_number(row, 2, count)


class _SheetNames:
    """Names as Excel takes them: without signs of its own, short, each once whatever its case."""

    def __init__(self) -> None:
        self._taken = {"history"}

    def of(self, name: str) -> str:
        bare = re.sub(r"[\[\]:*?/\\]", " ", printable(name)).strip("' ")[:LONGEST_SHEET_NAME].strip("' ")
        bare = bare or "Sheet"
        wanted, order = bare, 1
        while wanted.lower() in self._taken:
            order += 1
            suffix = f" ({order})"
            wanted = bare[: LONGEST_SHEET_NAME - len(suffix)] + suffix
        self._taken.add(wanted.lower())
        return wanted


class _Formats:
    """Formats of the copy, made on demand: the sender's look, the kind of value, and red for a fault."""

    def __init__(self, made: Any, looks: Looks) -> None:
        self._made = made
        self._looks = looks
        self._known: dict[tuple[int, str, bool, bool], Any] = {}
        self.remark = made.add_format(
            {"bg_color": RED_FILL, "bold": True, "font_color": RED_TEXT, "text_wrap": True, "valign": "top"}
            | {"num_format": "@"}
        )

    def of(self, number: int, kind: str, *, faulty: bool, quoted: bool = False) -> Any:
        key = (number, kind, faulty, quoted)
        if key not in self._known:
            look = self._looks.properties[number] if 0 < number < len(self._looks.properties) else {}
            if look.get("bg_color") == RED_FILL:
                # The red of an earlier round.
                look = {name: value for name, value in look.items() if name != "bg_color"}
            # A text is marked as one: typed again in its cell it would come alive.
            own = {} if "num_format" in look and kind != "text" else KINDS[kind]
            marks = ({"bg_color": RED_FILL} if faulty else {}) | ({"quote_prefix": True} if quoted else {})
            self._known[key] = self._made.add_format(look | own | marks)
        return self._known[key]


class _Page:
    """One sheet of the copy, written row by row."""

    def __init__(
        self, page: Any, sheet: Sheet, look: SheetLook, formats: _Formats, remarks: Remarks | None
    ) -> None:
        self._page = page
        self._sheet = sheet
        self._look = look
        self._formats = formats
        self._remarks = remarks
        self._faulty = remarks.cells if remarks else frozenset()

    def write(self, *, merging: bool) -> None:
        for first, last, width, hidden in self._look.columns:
            self._page.set_column(first - 1, last - 1, width, None, {"hidden": hidden})
        if merging:
            self._merge()
        last_row = max(len(self._sheet.rows), *(self._remarks.texts if self._remarks else ()), 0)
        blanks = self._blanks()
        for row in range(1, last_row + 1):
            self._row(row, blanks.get(row, set()))
        if self._remarks:
            self._page.set_column(self._remarks.column - 1, self._remarks.column - 1, REMARK_WIDTH)

    def _blanks(self) -> dict[int, set[int]]:
        """Columns, by row, of empty cells that have a look or a fault."""
        blanks: dict[int, set[int]] = {}
        for row, column in (*self._look.formats, *self._faulty):
            if row <= len(self._sheet.rows) and self._sheet.value(row, column) is None:
                blanks.setdefault(row, set()).add(column)
        return blanks

    def _merge(self) -> None:
        total = 0
        for top, left, bottom, right in self._sheet.merged:
            area = (bottom - top + 1) * (right - left + 1)
            if not 1 < area <= MERGED_AREA:
                continue
            total += area
            if total > MERGED_TOTAL:
                return
            form = self._format(top, left, "text")
            try:
                self._page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", form)
            except OverlappingRange:
                continue

    def _row(self, row: int, blanks: set[int]) -> None:
        if row in self._look.heights:
            self._page.set_row(row - 1, self._look.heights[row])
        values = self._sheet.rows[row - 1] if row <= len(self._sheet.rows) else []
        remark = self._remarks.texts.get(row) if self._remarks else None
        taken = self._remarks.column if self._remarks and row >= self._remarks.header_row else 0
        places = {at for at, value in enumerate(values, start=1) if value is not None} | blanks
        for column in sorted((places - {taken}) | ({taken} if remark is not None else set())):
            if column == taken and remark is not None:
                self._page.write_string(row - 1, column - 1, printable(remark), self._formats.remark)
            else:
                self._cell(row, column, values[column - 1] if column <= len(values) else None)

    def _format(self, row: int, column: int, kind: str, *, quoted: bool = False) -> Any:
        number = self._look.formats.get((row, column), 0)
        return self._formats.of(number, kind, faulty=(row, column) in self._faulty, quoted=quoted)

    def _cell(self, row: int, column: int, value: CellValue) -> None:
        place = (row - 1, column - 1)
        kind = _kind(value)
        if value is None:
            self._page.write_blank(*place, None, self._format(row, column, "number"))
        elif kind == "text":
            words = printable(value if isinstance(value, str) else shown(value))
            quoted = words.lstrip(" \u00a0").startswith(FORMULA_STARTS) or words.startswith(FORMULA_STARTS)
            # As a string whatever it begins with: "=1+1" from a csv must not come alive.
            self._page.write_string(*place, words, self._format(row, column, "text", quoted=quoted))
        elif isinstance(value, bool):
            self._page.write_boolean(*place, value, self._format(row, column, kind))
        elif kind == "number":
            self._page.write_number(*place, value, self._format(row, column, kind))
        else:
            self._page.write_datetime(*place, value, self._format(row, column, kind))


def _kind(value: CellValue) -> str:
    """How a value is written; what a spreadsheet has no room for is a text."""
    if isinstance(value, bool | float) or value is None:
        return "number"
    if isinstance(value, int):
        return "number" if abs(value) < EXACT else "text"
    if isinstance(value, datetime):
        return "instant" if value.year >= FIRST_YEAR else "text"
    if isinstance(value, date):
        return "day" if value.year >= FIRST_YEAR else "text"
    if isinstance(value, time):
        return "clock"
    return "clock" if isinstance(value, timedelta) and value >= timedelta(0) else "text"


FIRST_YEAR = 1900
"""A spreadsheet has no dates before."""
