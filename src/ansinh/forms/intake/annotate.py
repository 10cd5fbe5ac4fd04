"""Trả tệp có cột "Lỗi": the sender's own workbook with a red column of errors and the faulty cells in red.

An xlsx is edited part by part inside its package: only the sheet and the styles are rewritten, everything
else (pictures, charts, validations, print settings, cached values of formulas) stays byte for byte.
Other formats, and workbooks of more than a million and a half cells, come back as an xlsx with the same
cells.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter
from lxml import etree

from ansinh.forms.intake.d02 import D02File
from ansinh.forms.intake.files import CellValue, Sheet, Workbook, cell_name, open_table
from ansinh.forms.intake.layouts import Layout, layout
from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits
from ansinh.forms.intake.markup import damaged
from ansinh.forms.intake.problems import Problem
from ansinh.forms.intake.tables import FoundTable, is_our_column

TITLE = "Lỗi"
RED_FILL = "FFFFC7CE"
RED_TEXT = "FF9C0006"
COLUMN_WIDTH = 60
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
LONGEST_TEXT = 32_767
"""What Excel holds in one cell."""
EDITABLE_AREA = 1_500_000
"""Cells of a workbook up to which its parts are edited in place, in memory."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """Điều phải ghi vào một bảng: texts by row, faulty cells, and the column they go to (from 1)."""

    sheet: str
    header_row: int
    header_last: int
    column: int
    texts: Mapping[int, str]
    cells: frozenset[tuple[int, int]]


def annotate(data: bytes, filename: str, read: D02File, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Ghi lỗi vào tệp: the workbook (xlsx) with the column "Lỗi" at the right of the list.

    ``read`` is what ``read_d02`` answered for the same bytes. Texts never become formulas.
    Raises ``BilingualError`` as ``open_table`` does; macros are never returned, such files are refused.
    """
    book = open_table(data, filename, limits)
    remarks = remarks_of(book, read.problems, read.table, layout("d02-lt"))
    area = sum(len(sheet.rows) * sheet.width for sheet in book.sheets)
    if book.kind == "xlsx" and area <= EDITABLE_AREA:
        return _Package(data).annotate(remarks)
    return _rewrite(book, remarks)


def remarks_of(
    book: Workbook, problems: Sequence[Problem], table: FoundTable | None, form: Layout
) -> Remarks:
    """Ghi chú theo dòng: problems gathered per row, those of no row at the heading."""
    sheet = table.sheet if table else book.sheets[0]
    header = table.header_row if table else 1
    last = table.header_last if table else 1
    numbers = {column.code: column.number for column in form.columns}
    by_row: dict[int, list[str]] = {}
    cells = set()
    for problem in problems:
        if problem.sheet == sheet.name:
            by_row.setdefault(problem.row or header, []).append(_words(problem, numbers))
            place = re.fullmatch(r"([A-Z]+)(\d+)", problem.cell)
            if place and problem.row:
                cells.add((int(place[2]), _column_number(place[1])))
    # The heading row carries the title; what concerns it follows after the title.
    texts = {row: " | ".join(dict.fromkeys(words)) for row, words in by_row.items() if row != header}
    texts[header] = " | ".join([TITLE, *dict.fromkeys(by_row.get(header, ()))])
    return Remarks(sheet.name, header, last, _free_column(sheet, header, last), texts, frozenset(cells))


def _words(problem: Problem, numbers: Mapping[str, str]) -> str:
    number = numbers.get(problem.column_code, "")
    where = f"Cột {number} (ô {problem.cell})" if number else f"Ô {problem.cell}"
    return f"{where}: {problem.vi}"


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _free_column(sheet: Sheet, header: int, last: int) -> int:
    """The column of errors from an earlier round, else the first to the right of every cell."""
    for row in range(header, last + 1):
        for column in range(1, sheet.width + 1):
            if is_our_column(sheet.value(row, column)):
                return column
    widest = 1
    for values in sheet.rows[header - 1 :]:
        filled = [place for place, value in enumerate(values, start=1) if value is not None]
        widest = max(widest, filled[-1] if filled else 1)
    return widest + 1


class _Package:
    """An xlsx package of which the sheet and the styles are rewritten."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def annotate(self, remarks: Remarks) -> bytes:
        sheet_part = self._sheet_part(remarks.sheet)
        styles_part = self._related("xl/workbook.xml", "/styles") or "xl/styles.xml"
        styles = _Styles(self._parse(styles_part) if self._has(styles_part) else None)
        sheet = _SheetPart(self._parse(sheet_part), styles)
        sheet.apply(remarks)
        changed = {sheet_part: _serialise(sheet.root)}
        if self._has(styles_part):
            changed[self._names[styles_part.lower()]] = _serialise(styles.root)
        return self._pack(changed)

    def _has(self, name: str) -> bool:
        return name.lower() in self._names

    def _parse(self, name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(self._zip.read(self._names[name.lower()]), parser)
        except (KeyError, etree.XMLSyntaxError) as error:
            raise damaged(name) from error

    def _relations(self, part: str) -> Iterable[Any]:
        folder, _, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels"
        return self._parse(name) if self._has(name) else ()

    def _related(self, part: str, kind: str) -> str | None:
        for relation in self._relations(part):
            if relation.get("Type", "").endswith(kind):
                return _resolve(part, relation.get("Target", ""))
        return None

    def _sheet_part(self, name: str) -> str:
        workbook = self._parse("xl/workbook.xml")
        identifiers = {sheet.get("name"): _relation_id(sheet) for sheet in workbook.iter("{*}sheet")}
        for relation in self._relations("xl/workbook.xml"):
            if relation.get("Id") == identifiers.get(name):
                return self._names[_resolve("xl/workbook.xml", relation.get("Target", "")).lower()]
        raise damaged(name)

    def _pack(self, changed: Mapping[str, bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for entry in self._zip.infolist():
                content = changed.get(entry.filename)
                package.writestr(entry.filename, self._zip.read(entry) if content is None else content)
        return buffer.getvalue()


def _relation_id(sheet: Any) -> str | None:
    found = [sheet.get(f"{{{space}}}id") for space in RELATIONS]
    return next((identifier for identifier in found if identifier), None)


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _serialise(root: Any) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


class _Styles:
    """styles.xml: red twins of cell formats, made on demand."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self._red: dict[int, int] = {}
        self._remark: int | None = None
        if root is None:
            return
        self._space = etree.QName(root).namespace
        self._formats = root.find(f"{{{self._space}}}cellXfs")
        fills = root.find(f"{{{self._space}}}fills")
        fonts = root.find(f"{{{self._space}}}fonts")
        if self._formats is None or fills is None or fonts is None:
            raise damaged("styles")
        self._fill, self._fill_is_old = self._red_fill(fills)
        self._font = self._red_font(fonts)

    def _element(self, parent: Any, tag: str, **attributes: str) -> Any:
        return etree.SubElement(parent, f"{{{self._space}}}{tag}", **attributes)

    def _red_fill(self, fills: Any) -> tuple[int, bool]:
        for place, fill in enumerate(fills):
            colour = fill.find(f".//{{{self._space}}}fgColor")
            if colour is not None and colour.get("rgb") == RED_FILL:
                return place, True
        pattern = self._element(self._element(fills, "fill"), "patternFill", patternType="solid")
        self._element(pattern, "fgColor", rgb=RED_FILL)
        self._element(pattern, "bgColor", indexed="64")
        fills.set("count", str(len(fills)))
        return len(fills) - 1, False

    def _red_font(self, fonts: Any) -> int:
        font = self._element(fonts, "font")
        self._element(font, "b")
        self._element(font, "sz", val="11")
        self._element(font, "color", rgb=RED_TEXT)
        self._element(font, "name", val="Times New Roman")
        fonts.set("count", str(len(fonts)))
        return len(fonts) - 1

    def _add(self, element: Any) -> int:
        self._formats.append(element)
        self._formats.set("count", str(len(self._formats)))
        return len(self._formats) - 1

    def red(self, style: int) -> int:
        """The number of the format that is ``style`` on red."""
        if self.root is None or style >= len(self._formats):
            return style
        if style not in self._red:
            twin = etree.fromstring(etree.tostring(self._formats[style]))
            twin.set("fillId", str(self._fill))
            twin.set("applyFill", "1")
            self._red[style] = self._add(twin)
        return self._red[style]

    def plain(self, style: int) -> int:
        """``style`` without the red of an earlier round."""
        if self.root is None or not self._fill_is_old or style >= len(self._formats):
            return style
        if self._formats[style].get("fillId") != str(self._fill):
            return style
        twin = etree.fromstring(etree.tostring(self._formats[style]))
        twin.set("fillId", "0")
        return self._add(twin)

    def remark(self) -> int:
        """The format of the texts in the column of errors."""
        if self.root is None:
            return 0
        if self._remark is None:
            element = etree.Element(
                f"{{{self._space}}}xf",
                numFmtId="49",
                fontId=str(self._font),
                fillId=str(self._fill),
                borderId="0",
                xfId="0",
                applyNumberFormat="1",
                applyFont="1",
                applyFill="1",
                applyAlignment="1",
            )
            self._element(element, "alignment", vertical="top", wrapText="1")
            self._remark = self._add(element)
        return self._remark


class _SheetPart:
    """sheetN.xml: cells found, coloured, and added in their order."""

    def __init__(self, root: Any, styles: _Styles) -> None:
        self.root = root
        self._styles = styles
        self._space = etree.QName(root).namespace
        data = root.find(f"{{{self._space}}}sheetData")
        if data is None:
            raise damaged("sheet")
        self._data = data
        self._rows = self._index_rows()

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def _index_rows(self) -> dict[int, Any]:
        rows = {}
        number = 0
        for row in self._data.iterchildren(self._tag("row")):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            rows[number] = row
            self._name_cells(row, number)
        return rows

    def _name_cells(self, row: Any, number: int) -> None:
        column = 0
        for cell in row.iterchildren(self._tag("c")):
            reference = cell.get("r")
            column = _column_number(reference.rstrip("0123456789")) if reference else column + 1
            cell.set("r", cell_name(number, column))

    def apply(self, remarks: Remarks) -> None:
        """Colour the faulty cells, clear an earlier round, write the texts, widen the column."""
        self._clear(remarks)
        for row, column in sorted(remarks.cells):
            cell = self._cell(row, column)
            cell.set("s", str(self._styles.red(int(cell.get("s", "0")))))
        for row, words in sorted(remarks.texts.items()):
            self._write(row, remarks.column, words)
        self._widen(remarks.column)
        self._stretch(remarks)

    def _clear(self, remarks: Remarks) -> None:
        plain: dict[int, int] = {}
        for number, row in self._rows.items():
            if number < remarks.header_row:
                continue
            for cell in list(row.iterchildren(self._tag("c"))):
                if cell.get("r") == cell_name(number, remarks.column):
                    row.remove(cell)
                elif cell.get("s"):
                    style = int(cell.get("s"))
                    if style not in plain:
                        plain[style] = self._styles.plain(style)
                    cell.set("s", str(plain[style]))

    def _row(self, number: int) -> Any:
        if number not in self._rows:
            row = etree.Element(self._tag("row"), r=str(number))
            following = [at for at in self._rows if at > number]
            if following:
                self._rows[min(following)].addprevious(row)
            else:
                self._data.append(row)
            self._rows[number] = row
        return self._rows[number]

    def _cell(self, number: int, column: int) -> Any:
        row = self._row(number)
        row.attrib.pop("spans", None)
        cell = etree.Element(self._tag("c"), r=cell_name(number, column))
        for other in row.iterchildren(self._tag("c")):
            place = _column_number(other.get("r").rstrip("0123456789"))
            if place == column:
                return other
            if place > column:
                other.addprevious(cell)
                return cell
        row.append(cell)
        return cell

    def _write(self, number: int, column: int, words: str) -> None:
        cell = self._cell(number, column)
        cell.set("s", str(self._styles.remark()))
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
        text.text = _printable(words)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _widen(self, column: int) -> None:
        columns = self.root.find(self._tag("cols"))
        if columns is None:
            columns = etree.Element(self._tag("cols"))
            self._data.addprevious(columns)
        for existing in columns:
            # A range that spans the column would have to be cut in three; its width is kept instead.
            if int(existing.get("min", "0")) <= column <= int(existing.get("max", "0")):
                return
        added = etree.Element(
            self._tag("col"), min=str(column), max=str(column), width=str(COLUMN_WIDTH), customWidth="1"
        )
        for existing in columns:
            if int(existing.get("min", "0")) > column:
                existing.addprevious(added)
                return
        columns.append(added)

    def _stretch(self, remarks: Remarks) -> None:
        dimension = self.root.find(self._tag("dimension"))
        if dimension is not None and ":" in dimension.get("ref", ""):
            first, _, last = dimension.get("ref").partition(":")
            letters = last.rstrip("0123456789")
            row = max(int(last[len(letters) :] or 1), *remarks.texts)
            column = max(_column_number(letters), remarks.column)
            dimension.set("ref", f"{first}:{cell_name(row, column)}")


def _printable(words: str) -> str:
    """What XML 1.0 and a cell can hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", words)[:LONGEST_TEXT]


def _rewrite(book: Workbook, remarks: Remarks) -> bytes:
    """The same cells in a new xlsx: for xls, xlsb and csv."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as made:
        writer = _Rewriter(made)
        for place, sheet in enumerate(book.sheets):
            page = made.add_worksheet(_sheet_name(sheet.name, place))
            if sheet.hidden and place:
                page.hide()
            writer.write(page, sheet, remarks if sheet.name == remarks.sheet else None)
    return buffer.getvalue()


def _sheet_name(name: str, place: int) -> str:
    safe = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31]
    return safe or f"Sheet{place + 1}"


class _Rewriter:
    def __init__(self, made: Any) -> None:
        red = {"bg_color": "#" + RED_FILL[2:]}
        self._formats = {
            (kind, faulty): made.add_format({**look, **(red if faulty else {})})
            for kind, look in {
                "text": {"num_format": "@"},
                "other": {},
                "day": {"num_format": "dd/mm/yyyy"},
                "instant": {"num_format": "dd/mm/yyyy hh:mm:ss"},
                "clock": {"num_format": "hh:mm:ss"},
            }.items()
            for faulty in (False, True)
        }
        look = {"bold": True, "font_color": "#" + RED_TEXT[2:], "text_wrap": True, "valign": "top"}
        self._remark = made.add_format({**red, **look})

    def write(self, page: Any, sheet: Sheet, remarks: Remarks | None) -> None:
        faulty = remarks.cells if remarks else frozenset()
        for row, values in enumerate(sheet.rows, start=1):
            for column, value in enumerate(values, start=1):
                if remarks and row >= remarks.header_row and column == remarks.column:
                    continue
                self._cell(page, row, column, value, (row, column) in faulty)
        for row, column in faulty:
            if sheet.value(row, column) is None:
                page.write_blank(row - 1, column - 1, None, self._formats["other", True])
        if remarks:
            page.set_column(remarks.column - 1, remarks.column - 1, COLUMN_WIDTH)
            for row, words in remarks.texts.items():
                page.write_string(row - 1, remarks.column - 1, _printable(words), self._remark)

    def _cell(self, page: Any, row: int, column: int, value: CellValue, faulty: bool) -> None:
        place = (row - 1, column - 1)
        if value is None:
            return
        if isinstance(value, bool):
            page.write_boolean(*place, value, self._formats["other", faulty])
        elif isinstance(value, int | float):
            page.write_number(*place, value, self._formats["other", faulty])
        elif isinstance(value, datetime | date | time | timedelta):
            kind = "instant" if isinstance(value, datetime) else "day" if isinstance(value, date) else "clock"
            page.write_datetime(*place, value, self._formats[kind, faulty])
        else:
            # As a string whatever it begins with: "=1+1" from a csv must not come alive.
            page.write_string(*place, value[:LONGEST_TEXT], self._formats["text", faulty])
