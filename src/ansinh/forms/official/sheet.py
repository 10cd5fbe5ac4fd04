"""Trang tính của biểu: the frame every official workbook shares.

Rows are written from the top down and nothing is kept, so a list of 100,000 people streams through a fixed
amount of memory. `merge_range` would write the lower rows of a merged header at once and so close the row it
started in; the header's cells are therefore written row by row and the merged areas only declared at the end.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Literal

import xlsxwriter

from ansinh.forms.official.layouts import Column, Layout
from ansinh.forms.official.parties import Agency, Signature

MONEY = "#,##0"
Style = Literal["plain", "bold", "italic"]
Cell = int | str | bool | None

_FONT = {"font_name": "Times New Roman", "font_size": 10, "valign": "vcenter"}
_ALIGN = {"text": "left", "code": "left", "money": "right", "count": "right", "flag": "center"}
_NUMBERS = frozenset({"money", "count"})


class Sheet:
    """Một biểu trên một trang tính: title block, header, streamed rows, signature block."""

    def __init__(self, layout: Layout, *, issued_on: date | None = None) -> None:
        self.layout = layout
        self._buffer = BytesIO()
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self.book = xlsxwriter.Workbook(self._buffer, options)
        stamp = datetime(*(issued_on or date(2026, 4, 29)).timetuple()[:3])  # noqa: DTZ001 - a document date, no clock
        self.book.set_properties({"title": layout.title, "subject": layout.code, "created": stamp})
        self.page = self.book.add_worksheet(layout.code)
        self.at = 0
        self._merges: list[list[int]] = []
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._row_formats: dict[Style, list[tuple[Any, bool, Any, Any]]] = {}
        for index, column in enumerate(layout.columns):
            self.page.set_column(index, index, column.width)
        self._set_page()

    @property
    def last(self) -> int:
        """Index of the last column."""
        return len(self.layout.columns) - 1

    def _set_page(self) -> None:
        if self.layout.page == "landscape":
            self.page.set_landscape()
        self.page.set_paper(9)
        self.page.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.5)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&C&9&P/&N")

    def format(self, **properties: Any) -> Any:
        """Định dạng ô: one workbook format per distinct set of properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**_FONT, **properties})
        return self._formats[key]

    def line(self, text: str, *, first: int = 0, last: int | None = None, **properties: Any) -> None:
        """Một dòng chữ trộn ô: from column `first` to `last`, then the next row."""
        self.put(text, first, self.last if last is None else last, **properties)
        self.at += 1

    def put(self, text: str, first: int, last: int, **properties: Any) -> None:
        """Text over columns `first`..`last` of the current row, without leaving the row."""
        chosen = self.format(**properties)
        self.page.write_string(self.at, first, text, chosen)
        if last > first:
            self._merges.append([self.at, first, self.at, last])

    def gap(self, rows: int = 1) -> None:
        """Bỏ trống dòng."""
        self.at += rows

    def head(self, agency: Agency, *lines: str) -> None:
        """Phần đầu: superior and issuing office left, the form's code right, title, then centred lines."""
        half = max(self.last // 2, 1)
        note = {"align": "center", "text_wrap": True}
        self.put(agency.parent.upper(), 0, half, align="left")
        self.put(f"Mẫu {self.layout.code}", half + 1, self.last, bold=True, **note)
        self.at += 1
        self.put(agency.name.upper(), 0, half, align="left", bold=True)
        self.put(self.layout.footing, half + 1, self.last, italic=True, font_size=9, **note)
        self.page.set_row(self.at, 26)
        self.at += 2
        self.page.set_row(self.at, 36 if self.layout.page == "landscape" else 20)
        self.line(self.layout.title, bold=True, font_size=13, align="center", text_wrap=True)
        for text in lines:
            self.line(text, bold=True, align="center")

    def header(self) -> None:
        """Đầu bảng nhiều tầng: the row of column numbers, frozen panes and repeated print rows."""
        columns, depth, top = self.layout.columns, self.layout.depth, self.at
        if self.layout.unit:
            self.line(f"Đơn vị tính: {self.layout.unit}", italic=True, align="right")
            top = self.at
        look = {"border": 1, "align": "center", "text_wrap": True}
        heading = self.format(bold=True, **look)
        for level in range(depth):
            self.page.set_row(self.at, 30 if level == depth - 1 else 18)
            for index, column in enumerate(columns):
                if level < len(column.path) and _starts(columns, index, level):
                    self.page.write_string(self.at, index, column.path[level], heading)
                else:
                    self.page.write_blank(self.at, index, None, heading)
            self.at += 1
        self._merges += [
            [top + level, first, top + bottom, last]
            for level, first, bottom, last in _spans(columns, depth)
            if (level, first) != (bottom, last)
        ]
        if self.layout.numbered:
            numbers = self.format(italic=True, **look)
            for index, column in enumerate(columns):
                self.page.write_string(self.at, index, column.number, numbers)
            self.at += 1
        self.page.freeze_panes(self.at, 3 if len(columns) > 15 else 0)
        self.page.repeat_rows(top, self.at - 1)

    def row(self, values: Sequence[Cell], style: Style = "plain") -> None:
        """Một dòng số liệu: ints as numbers, True as "x", None as an empty bordered cell."""
        at = self.at
        for index, ((write, numeric, chosen, blank), value) in enumerate(
            zip(self._writers(style), values, strict=True)
        ):
            if value is None or value is False or value == "":
                blank(at, index, None, chosen)
            elif numeric or not isinstance(value, int):
                write(at, index, value, chosen)
            else:
                write(at, index, "x" if value is True else str(value), chosen)
        self.at += 1

    def _writers(self, style: Style) -> list[tuple[Any, bool, Any, Any]]:
        if style not in self._row_formats:
            look: dict[str, Any] = {"border": 1} | ({} if style == "plain" else {style: True})
            self._row_formats[style] = [
                (
                    self.page.write_number if column.kind in _NUMBERS else self.page.write_string,
                    column.kind in _NUMBERS,
                    self._cell_format(column, look),
                    self.page.write_blank,
                )
                for column in self.layout.columns
            ]
        return self._row_formats[style]

    def _cell_format(self, column: Column, look: dict[str, Any]) -> Any:
        extra: dict[str, Any] = {"align": _ALIGN[column.kind]}
        if column.kind in _NUMBERS:
            extra["num_format"] = MONEY
        elif column.kind == "code":
            extra["num_format"] = "@"
        else:
            extra["text_wrap"] = True
        return self.format(**look, **extra)

    def sign(self, when: str, signature: Signature, note: str = "(ký, ghi rõ họ tên, đóng dấu)") -> None:
        """Khối chữ ký: in the right-hand part of the page."""
        first = self.last - min(4, self.last)
        self.gap()
        self.line(when, first=first, italic=True, align="center")
        titles = [signature.on_behalf, signature.title] if signature.on_behalf else [signature.title]
        for title in titles:
            self.line(title, first=first, bold=True, align="center", font_size=12)
        self.line(note, first=first, italic=True, align="center")
        self.gap(4)
        if signature.name:
            self.line(signature.name, first=first, bold=True, align="center")

    def close(self) -> bytes:
        """Kết thúc và trả về tệp xlsx."""
        self.page.merge.extend(self._merges)
        self.book.close()
        return self._buffer.getvalue()


def _starts(columns: Sequence[Column], index: int, level: int) -> bool:
    """Whether the header text of this level begins at this column (its left neighbour has another one)."""
    path = columns[index].path
    return index == 0 or len(path) <= level + 1 or columns[index - 1].path[: level + 1] != path[: level + 1]


def _spans(columns: Sequence[Column], depth: int) -> Iterable[tuple[int, int, int, int]]:
    """The header's cells as (top level, first column, bottom level, last column)."""
    for index, column in enumerate(columns):
        for level in range(len(column.path)):
            if not _starts(columns, index, level):
                continue
            leaf = level == len(column.path) - 1
            last = index
            while not leaf and last + 1 < len(columns) and not _starts(columns, last + 1, level):
                last += 1
            yield level, index, depth - 1 if leaf else level, last
