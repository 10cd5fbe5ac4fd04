"""Mở tệp danh sách: a workbook or csv file as raw cells that keep their place.

Everything hostile is refused before a reader touches the file; see ``archives``, ``ole``, ``markup``.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import PurePath
from typing import Final

from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

from ansinh.forms.intake.archives import survey
from ansinh.forms.intake.limits import (
    DEFAULT_LIMITS,
    Limits,
    check_size,
    refuse_area,
    refuse_merged,
    refuse_sheets,
    refuse_text,
)
from ansinh.forms.intake.markup import damaged
from ansinh.forms.intake.ole import MAGIC as OLE_MAGIC
from ansinh.forms.intake.ole import survey_ole
from ansinh.forms.intake.surveys import Survey, refuse_password
from ansinh.kernel.errors import BilingualError, excerpt
from ansinh.kernel.text import composed

CellValue = str | int | float | bool | date | datetime | time | timedelta | None

ZIP_MAGIC: Final = b"PK\x03\x04"
LETTERS = 26
KNOWN_CONTENTS: Final = (
    (b"%PDF", "PDF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
)
LONGEST_LINE = 1024 * 1024
LONGEST_SHEET_NAME = 100
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DELIMITERS = ",;\t"


def column_letter(column: int) -> str:
    """Chữ cột của Excel: 1 is "A", 27 is "AA"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Tên ô: row 12, column 2 is "B12"."""
    return f"{column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class Cell:
    """Một ô: where it is (from 1) and what the file holds there, untouched."""

    sheet: str
    row: int
    column: int
    value: CellValue

    @property
    def name(self) -> str:
        """Tên ô: such as "B12"."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Một bảng: rows from A1; ``merged`` are (first row, first column, last row, last column), from 1."""

    name: str
    rows: list[list[CellValue]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    width: int = field(init=False, repr=False, compare=False)
    """Số cột: of the widest row."""

    def __post_init__(self) -> None:
        # Asked for in many loops; a search through all the rows each time would be their square.
        object.__setattr__(self, "width", max(map(len, self.rows), default=0))

    def value(self, row: int, column: int) -> CellValue:
        """The raw value at a place; None outside the sheet and for empty cells."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place, from 1."""
        return Cell(self.name, row, column, self.value(row, column))


@dataclass(frozen=True, slots=True)
class Workbook:
    """Tệp đã mở: ``kind`` is "xlsx", "xlsb", "xls" or "csv".

    ``dropped`` counts what the file holds beside values (formulas, links…), which nobody here follows.
    """

    filename: str
    kind: str
    sheets: list[Sheet] = field(default_factory=list)
    dropped: Mapping[str, int] = field(default_factory=dict)


def open_table(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Mở tệp xls, xlsx, xlsb hoặc csv: sheets of raw cells.

    ``filename`` is the name the sender gave; its suffix must agree with the content.
    Raises ``BilingualError`` with code ``file-too-large``, ``file-empty``, ``wrong-extension``, ``macro``,
    ``encrypted``, ``zip-bomb``, ``xml-entities``, ``external-links``, ``too-many-rows``,
    ``too-many-columns``, ``too-many-sheets``, ``too-many-elements``,
    ``too-many-merged``, ``text-too-long`` or ``damaged``.
    """
    check_size(len(data), limits)
    found = recognise(data, filename, limits)
    if found.kind == "csv":
        return Workbook(filename, found.kind, [Sheet(PurePath(filename).stem, _read_csv(data, limits))])
    return Workbook(filename, found.kind, list(_read_workbook(data, limits)), dict(found.live))


def recognise(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> Survey:
    """Nhận dạng tệp: "xlsx", "xlsb", "xls" or "csv" by content, surveyed and found harmless.

    Raises ``BilingualError`` as ``open_table`` does.
    """
    suffix = PurePath(filename).suffix.lower().lstrip(".")
    if suffix in {"xlsm", "xltm", "xlam", "xla", "xlt"}:
        raise BilingualError(
            f"Tệp .{suffix} có thể chứa macro. Hãy lưu lại dạng .xlsx rồi gửi lại.",
            f"A .{suffix} file may carry macros. Save it as .xlsx and send it again.",
            code="macro",
        )
    if suffix not in {"xlsx", "xlsb", "xls", "csv", "txt"}:
        raise BilingualError(
            f"Không nhận tệp .{suffix or '(không đuôi)'}. Chỉ nhận .xlsx, .xls, .xlsb, .csv.",
            f"Files named .{suffix or '(no suffix)'} are not taken. Send .xlsx, .xls, .xlsb or .csv.",
            code="wrong-extension",
        )
    if data.startswith(ZIP_MAGIC):
        found = survey(data, limits)
    elif data.startswith(OLE_MAGIC):
        found = survey_ole(data, limits)
    else:
        found = Survey(_recognise_text(data, suffix))
    expected = "csv" if suffix == "txt" else suffix
    if found.kind != expected:
        raise _wrong_suffix(suffix, found.kind)
    return found


def _wrong_suffix(suffix: str, content: str) -> BilingualError:
    return BilingualError(
        f"Tệp mang đuôi .{suffix} nhưng nội dung là {content}. Hãy mở bằng Excel, lưu lại dạng .xlsx.",
        f"The file is named .{suffix} but holds {content}. Open it in Excel and save it as .xlsx.",
        code="wrong-extension",
    )


def _recognise_text(data: bytes, suffix: str) -> str:
    for magic, content in KNOWN_CONTENTS:
        if data.startswith(magic):
            raise _wrong_suffix(suffix, content)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<head", b"<meta")):
        raise _wrong_suffix(suffix, "HTML")
    if head.startswith(b"<"):
        raise _wrong_suffix(suffix, "XML")
    if suffix not in {"csv", "txt"}:
        raise _wrong_suffix(suffix, "văn bản/khác")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong_suffix(suffix, "nhị phân/binary")
    return "csv"


def _read_workbook(data: bytes, limits: Limits) -> Iterator[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            refuse_sheets(len(book.sheets_metadata), limits)
            area = 0
            for place, about in enumerate(book.sheets_metadata):
                sheet = book.get_sheet_by_index(place)
                # A workbook may name one sheet many times: what is read counts, not what was stored.
                area += sheet.total_height * sheet.total_width
                refuse_area(sheet.total_height, sheet.total_width, area, limits)
                ranges = sheet.merged_cell_ranges or ()
                refuse_merged(len(ranges), limits)
                merged = tuple(
                    (top + 1, left + 1, bottom + 1, right + 1)
                    for (top, left), (bottom, right) in ranges
                    if right < limits.columns
                )
                rows = [
                    [_cleaned(value, limits) for value in row]
                    for row in sheet.to_python(skip_empty_area=False)
                ]
                name = excerpt(sheet.name, LONGEST_SHEET_NAME)
                yield Sheet(name, rows, about.visible != SheetVisibleEnum.Visible, merged)
    except BilingualError:
        raise
    except PasswordError as error:
        raise refuse_password() from error
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException as error:
        # A panic of the reader is no Exception; whatever it was, the file cannot be read.
        raise damaged(type(error).__name__) from error


def _cleaned(value: CellValue, limits: Limits) -> CellValue:
    if isinstance(value, str):
        refuse_text(len(value), limits)
        # "_x0000_" in a workbook is a NUL, which neither a database nor XML takes.
        return CONTROL.sub("\ufffd", value) or None
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value


def decode_text(data: bytes) -> str:
    """Bảng mã văn bản: UTF-8, UTF-16 (with its mark), else Windows-1258; composed (NFC).

    Raises ``BilingualError`` (code ``damaged``).
    """
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("cp1258")
    except UnicodeDecodeError as error:
        raise damaged("bảng mã/encoding") from error
    return composed(text)


def _read_csv(data: bytes, limits: Limits) -> list[list[CellValue]]:
    text = decode_text(data)
    if max(map(len, re.split(r"[\r\n]", text)), default=0) > LONGEST_LINE:
        raise refuse_long_line()
    text, delimiter = _choose_delimiter(text)
    rows: list[list[CellValue]] = []
    area = 0
    try:
        for fields in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_cleaned(value, limits) if value.strip() else None for value in fields])
            area += len(fields)
            refuse_area(len(rows), len(fields), area, limits)
    except (csv.Error, ValueError, TypeError) as error:
        if isinstance(error, BilingualError):
            raise
        raise damaged(str(error)) from error
    return rows


def refuse_long_line() -> BilingualError:
    """Dòng quá dài: the refusal of a text file without lines (code ``too-many-columns``)."""
    return BilingualError(
        "Tệp có dòng quá dài, không phải danh sách.",
        "The file has a line too long for a list.",
        code="too-many-columns",
    )


def _choose_delimiter(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    hint = re.fullmatch(r"sep=([,;:|\t])\r?", first.strip("\ufeff"), re.IGNORECASE)
    if hint:
        return "\n" + rest, hint.group(1)
    lines = text[:200_000].splitlines()[:40]
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    # The separator of a table fills most lines; a comma inside a sentence does not.
    scores = {
        mark: (sum(mark in line for line in bare), sum(line.count(mark) for line in bare))
        for mark in DELIMITERS
    }
    best = max(DELIMITERS, key=lambda mark: (scores[mark][1], scores[mark][0]))
    return text, best
