"""Xuất bảng: any list on screen as a workbook or a csv file, exactly as filtered.

Cells are typed: money and counts are numbers, dates are dates, codes stay text with their leading zeros.
Text is always written as text, so a name that begins like a formula is not one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any, Literal

import xlsxwriter

from ansinh.forms.intake.inert import FORMULA_STARTS
from ansinh.forms.official.sheet import MONEY
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month

Kind = Literal["text", "code", "money", "count", "number", "percent", "date", "instant", "month", "flag"]
Value = str | int | float | bool | date | datetime | Month | PartialDate | Fraction | None

ROW_LIMIT = 1_048_576
_TEXT_LIMIT = 32_767
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]|^\s')
_WIDTHS: dict[Kind, int] = {"text": 28, "code": 15, "money": 17, "instant": 17, "flag": 8}
_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"text_wrap": False},
    "code": {"num_format": "@"},
    "money": {"num_format": MONEY},
    "count": {"num_format": MONEY},
    "number": {"num_format": "#,##0.##"},
    "percent": {"num_format": "0.00%"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "instant": {"num_format": "dd/mm/yyyy hh:mm", "align": "center"},
    "month": {"num_format": "@", "align": "center"},
    "flag": {"align": "center"},
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """Cột của bảng xuất: heading, kind of value, width in characters (by kind when 0)."""

    title: str
    kind: Kind = "text"
    width: int = 0


def export(
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    filters: Mapping[str, str],
    user: str,
    at: datetime,
) -> bytes:
    """Tệp xlsx của một bảng: one row per given row, plus a sheet "Điều kiện lọc" saying what was filtered.

    `rows` may be an iterator of any length; beyond a sheet's limit the list goes on in the next sheet.
    `filters` maps the filter's name to its value as shown; `at` is the office's local time of the export.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "remove_timezone": True,
        },
    )
    book.set_properties({"title": title, "author": user, "created": at.replace(tzinfo=None)})
    formats = [book.add_format({"valign": "top", **_FORMATS[column.kind]}) for column in columns]
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
    source, count, part = iter(rows), 0, 1
    while True:
        page = book.add_worksheet("Dữ liệu" if part == 1 else f"Dữ liệu {part}")
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width or _WIDTHS.get(column.kind, 12))
            page.write_string(0, index, column.title, heading)
        written = _fill(page, columns, formats, source)
        count += written
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, written, len(columns) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        if written < ROW_LIMIT - 1:
            break
        part += 1
    _conditions(book, title, filters, user, at, count)
    book.close()
    return buffer.getvalue()


def _fill(
    page: Any, columns: Sequence[TableColumn], formats: Sequence[Any], rows: Iterator[Sequence[Value]]
) -> int:
    """Write rows below the heading until they or the sheet end; how many were written."""
    kinds = [column.kind for column in columns]
    at = 0
    while at < ROW_LIMIT - 1:
        row = next(rows, None)
        if row is None:
            break
        at += 1
        for index, (kind, chosen, value) in enumerate(zip(kinds, formats, row, strict=True)):
            _write(page, at, index, kind, value, chosen)
    return at


def _write(page: Any, at: int, index: int, kind: Kind, value: Value, chosen: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        page.write_datetime(at, index, value.replace(tzinfo=None), chosen)
    elif isinstance(value, date):
        page.write_datetime(at, index, value, chosen)
    elif isinstance(value, bool) or kind in {"text", "code", "flag", "month", "date", "instant"}:
        page.write_string(at, index, _text(value)[:_TEXT_LIMIT], chosen)
    elif isinstance(value, int | float | Fraction):
        page.write_number(at, index, float(value) if isinstance(value, Fraction) else value, chosen)
    else:
        page.write_string(at, index, _text(value)[:_TEXT_LIMIT], chosen)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, Month | PartialDate):
        return value.vi()
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _conditions(
    book: Any, title: str, filters: Mapping[str, str], user: str, at: datetime, count: int
) -> None:
    page = book.add_worksheet("Điều kiện lọc")
    bold, plain = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 70)
    lines = [
        ("Bảng", title),
        *(filters.items() or [("Bộ lọc", "Không lọc")]),
        ("Người xuất", user),
        ("Thời điểm xuất", _text(at)),
    ]
    for index, (name, value) in enumerate(lines):
        page.write_string(index, 0, name, bold)
        page.write_string(index, 1, value, plain)
    page.write_string(len(lines), 0, "Số dòng", bold)
    page.write_number(len(lines), 1, count, book.add_format({"num_format": MONEY, "align": "left"}))


def neutral(text: str) -> str:
    """Vô hiệu hoá công thức trong csv: text a spreadsheet would run gets an apostrophe in front.

    >>> neutral("=HYPERLINK()")
    "'=HYPERLINK()"
    """
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _line(fields: Iterable[str]) -> str:
    quoted = (_quoted(field) if _NEEDS_QUOTES.search(field) else field for field in fields)
    return ",".join(quoted) + "\r\n"


def _quoted(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'


def export_csv(columns: Sequence[TableColumn], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Tệp csv từng khúc: UTF-8 with a byte-order mark so that Excel reads Vietnamese, formulas neutralised.

    Negative amounts stay numbers; only text is prefixed. A text with a semicolon or a tab is quoted, too: a
    spreadsheet set up for Viet Nam cuts lines at semicolons, and "a;=1" would become a formula.
    """
    buffer = StringIO()
    yield b"\xef\xbb\xbf"
    buffer.write(_line(neutral(column.title) for column in columns))
    for row in rows:
        buffer.write(
            _line(
                "" if value is None else neutral(value) if isinstance(value, str) else _text(value)
                for value in row
            )
        )
        if buffer.tell() > 65_536:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
