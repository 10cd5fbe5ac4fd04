"""Xuất Excel: exactly what a table found — typed cells, codes as text, header frozen, sheet of conditions."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.web.ui import words
from ansinh.web.ui.tables import Column, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"pdf": "application/pdf", "xlsx": XLSX}
ROWS_PER_SHEET = 1_000_000  # the format's own limit is 1,048,576
FORMATS = {"money": "#,##0", "number": "#,##0", "percent": "0.0%", "date": "dd/mm/yyyy"}
WIDTHS = {"text": 32, "code": 16, "money": 18, "number": 12, "percent": 10, "date": 12, "month": 10}


def workbook(table: Table) -> FileResponse:
    """The filtered rows as .xlsx, all pages, in the table's order, every column."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False, "strings_to_numbers": False,
                                      "remove_timezone": True})  # fmt: skip
    formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
    head = book.add_format({"bold": True, "bg_color": "#F3F4F6", "bottom": 1, "text_wrap": True})
    sheet, line, count = None, 0, 0
    for row in table.every():
        if sheet is None or line > ROWS_PER_SHEET:
            sheet, line = _sheet(book, table, head), 1
        for position, column in enumerate(table.columns):
            _write(sheet, line, position, column.read(row), column, formats)
        line += 1
        count += 1
    if sheet is None:
        _sheet(book, table, head)
    _conditions(book, table, count, head)
    book.close()
    file.seek(0)
    name = f"{table.name}-{timezone.localtime():%Y%m%d-%H%M}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _sheet(book: Any, table: Table, head: Any) -> Any:
    made = len(book.worksheets())
    sheet = book.add_worksheet(_("Danh sách") + (f" ({made + 1})" if made else ""))
    sheet.freeze_panes(1, sum(1 for c in table.columns if c.frozen))
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, WIDTHS.get(column.kind, 20))
        sheet.write_string(0, position, str(column.label), head)
    return sheet


def _write(sheet: Any, line: int, position: int, raw: Any, column: Column, formats: dict[str, Any]) -> None:
    """A figure as a figure, a day as a day, everything else as text: text never becomes a formula."""
    style = formats.get(column.kind)
    if raw is None:
        sheet.write_blank(line, position, None)
    elif column.kind in {"money", "number"}:
        sheet.write_number(line, position, int(raw), style)
    elif column.kind == "percent":
        sheet.write_number(line, position, float(Fraction(raw)), style)
    elif column.kind == "date" and hasattr(raw, "year"):
        sheet.write_datetime(line, position, raw, style)
    else:
        sheet.write_string(line, position, words.cell(raw, column.kind))


def _conditions(book: Any, table: Table, count: int, head: Any) -> None:
    """Sheet "Điều kiện lọc": what was asked, by whom, when."""
    sheet = book.add_worksheet(_("Điều kiện lọc"))
    sheet.set_column(0, 1, 32)
    rows = [(_("Danh sách"), str(table.caption)), (_("Số dòng"), str(count))]
    rows += [(str(c.filter.label), c.shown or _("Tất cả")) for c in table.controls]
    column, down = table.order
    if column is not None:
        rows.append((_("Sắp xếp"), f"{column.label} {'▼' if down else '▲'}"))
    rows += [(_("Người xuất"), str(table.request.user)), (_("Lúc"), words.day(timezone.now()))]
    for line, (label, value) in enumerate(rows):
        sheet.write_string(line, 0, label, head)
        sheet.write_string(line, 1, value)
