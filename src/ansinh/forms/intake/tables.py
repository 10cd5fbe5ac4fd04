"""Tìm bảng trong tệp: the header of a list, wherever it stands in the first rows.

Columns are known by what their headings say, not by where they are. Headings may span several rows with
merged cells; a row of column numbers ("A", "B", "1", "[2]", …) under them helps and is not data.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ansinh.forms.intake.files import CellValue, Sheet, Workbook, cell_name
from ansinh.forms.intake.layouts import Column
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.numbers import is_bounded
from ansinh.kernel.text import fold

WITHIN = 30
TALLEST = 4
LONGEST_TITLE = 160
MOST_SHEETS = 30
"""Sheets searched letter by letter: those with most known headings."""
MOST_HEADINGS = 150
"""Headings of one row that are looked at, the leftmost: no list has as many columns."""
MOST_COMPARED = 60_000
"""Spellings compared letter by letter in one file; an ordinary one needs a few thousand."""
ALIKE = 84
"""Two headings spelt this alike, in percent, are one."""
NUMBER_BONUS = 8
NUMBERED_ALIKE = 62
OUR_COLUMN = "loi"
"""The heading of the column that ``annotate`` adds: neither known nor worth a word."""


Areas = tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Tiêu đề một cột trong tệp: its place, the path of its texts, and the number printed under it."""

    column: int
    path: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class FoundTable:
    """Bảng đã tìm thấy: rows and columns count from 1.

    ``columns`` maps column codes to their place; ``unknown`` are headings nobody asked for; ``missing``
    the codes of required columns that are not there.
    """

    sheet: Sheet
    header_row: int
    header_last: int
    first_row: int
    columns: dict[str, int]
    unknown: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    last_column: int


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Chuẩn hóa tiêu đề: folded letters and digits only, "Hệ số lương/ Tiền lương" → "hesoluongtienluong"."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def is_our_column(value: CellValue) -> bool:
    """Cột "Lỗi" của lần gửi trước: the heading alone, or followed by remarks on the list as a whole."""
    return isinstance(value, str) and squeeze(value.partition("|")[0]) == OUR_COLUMN


def find_table(book: Workbook, columns: Sequence[Column], within: int = WITHIN) -> FoundTable:
    """Tìm bảng: the block of heading rows, in any sheet, that names most of ``columns``.

    Visible sheets come first. Raises ``BilingualError`` (code ``no-table``) when no row of any sheet
    names at least two of them.
    """
    names = _Names(columns)
    best: tuple[int, FoundTable] | None = None
    for sheet in _promising(book, names, within):
        found = _search(sheet, names, within)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        raise BilingualError(
            f"Không tìm thấy dòng tiêu đề của danh sách trong {within} dòng đầu của các bảng.",
            f"No heading row of the list was found in the first {within} rows of any sheet.",
            code="no-table",
        )
    return best[1]


class _Names:
    """What each column may be called, squeezed; and how alike a heading is, in percent."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.numbers = {column.number.upper(): column.code for column in columns if column.number}
        self._spellings = {
            column.code: tuple(
                dict.fromkeys(
                    squeeze(text)
                    for text in (
                        column.header[-1],
                        " ".join(column.header[-2:]),
                        " ".join(column.header),
                        *column.aliases,
                    )
                )
            )
            for column in columns
        }
        self._compared: dict[tuple[str, str], int] = {}

    def _alike(self, one: str, other: str) -> int:
        known = self._compared.get((one, other))
        if known is None:
            known = self._compared[one, other] = _alike(one, other)
        return known

    def exact(self, text: str) -> bool:
        return any(text in spellings for spellings in self._spellings.values())

    def likeness(self, texts: Sequence[str], code: str) -> int:
        """From 0 to 100; the deeper the matched path, the better, so that nested headings win.

        ``texts`` are the heading's own words squeezed, then with those above it, one more each time.
        """
        best = 0
        spellings = self._spellings[code]
        for depth, text in enumerate(texts, start=1):
            if text in spellings:
                best = max(best, 96 + min(depth, 4))
            elif best < 96 and len(self._compared) < MOST_COMPARED:
                best = max(best, *(self._alike(text, spelling) for spelling in spellings))
        return best


def _alike(one: str, other: str) -> int:
    if not one or not other or abs(len(one) - len(other)) > 0.4 * max(len(one), len(other)):
        return 0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() * 100 < NUMBERED_ALIKE:
        return 0
    return min(95, int(matcher.ratio() * 100))


def _promising(book: Workbook, names: _Names, within: int) -> list[Sheet]:
    """Visible sheets first; of a workbook of very many those that name most of the columns."""
    sheets = sorted(book.sheets, key=lambda item: item.hidden)
    if len(sheets) <= MOST_SHEETS:
        return sheets
    hits = [min(_blocks(sheet, names, within), default=(0, 0))[0] for sheet in sheets]
    best = sorted(range(len(sheets)), key=lambda at: (sheets[at].hidden, hits[at], at))[:MOST_SHEETS]
    return [sheets[at] for at in sorted(best)]


def _blocks(sheet: Sheet, names: _Names, within: int) -> list[tuple[int, int]]:
    """Rows that may be headings, as (known headings negated, row)."""
    blocks = []
    for top in range(1, min(within, len(sheet.rows)) + 1):
        texts = [
            squeeze(value)
            for value in sheet.rows[top - 1]
            if isinstance(value, str) and len(value) <= LONGEST_TITLE
        ]
        hits = sum(names.exact(text) for text in texts)
        if len(texts) >= 2:
            blocks.append((-hits, top))
    return blocks


def _search(sheet: Sheet, names: _Names, within: int) -> tuple[int, FoundTable] | None:
    best: tuple[int, FoundTable] | None = None
    merged = tuple(area for area in sheet.merged if area[0] <= within + TALLEST)
    for _, top in sorted(_blocks(sheet, names, within))[:4]:
        # The row with most known headings may be any row of the block: try those that hold it.
        for first in range(max(1, top - TALLEST + 1), top + 1):
            for last in range(top, min(first + TALLEST, len(sheet.rows) + 1)):
                found = _match(sheet, names, first, last, merged)
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
    return best


def _match(
    sheet: Sheet, names: _Names, first: int, last: int, merged: Areas
) -> tuple[int, FoundTable] | None:
    headings, number_row = _headings(sheet, names, first, last, merged)
    offers: list[tuple[int, int, int, Heading]] = []
    squeezed = [
        [squeeze(" ".join(heading.path[-depth:])) for depth in range(1, len(heading.path) + 1)]
        for heading in headings
    ]
    for order, column in enumerate(names.columns):
        for heading, texts in zip(headings, squeezed, strict=True):
            likeness = names.likeness(texts, column.code)
            numbered = bool(heading.number) and names.numbers.get(heading.number) == column.code
            if likeness >= (NUMBERED_ALIKE if numbered else ALIKE):
                offers.append((-(likeness + NUMBER_BONUS * numbered), heading.column, order, heading))
    taken: dict[int, str] = {}
    score = 0
    for points, _, order, heading in sorted(offers, key=lambda offer: offer[:3]):
        code = names.columns[order].code
        if heading.column not in taken and code not in taken.values():
            taken[heading.column] = code
            score -= points
    if len(taken) < 2:
        return None
    # Every row of a header says something of it: a block that took in a title or data scores lower.
    score -= 12 * (last - first)
    unknown = tuple(
        (cell_name(first, heading.column), " > ".join(heading.path))
        for heading in headings
        if heading.column not in taken and not is_our_column(heading.path[0])
    )
    columns = {code: column for column, code in sorted(taken.items())}
    found = FoundTable(
        sheet=sheet,
        header_row=first,
        header_last=last,
        first_row=(number_row or last) + 1,
        columns=columns,
        unknown=unknown,
        missing=_missing(names.columns, columns),
        last_column=max(heading.column for heading in headings),
    )
    return score, found


def _missing(columns: Sequence[Column], found: dict[str, int]) -> tuple[str, ...]:
    missing = [column.code for column in columns if column.required and column.code not in found]
    groups: dict[str, list[str]] = {}
    for column in columns:
        if column.one_of:
            groups.setdefault(column.one_of, []).append(column.code)
    missing += [members[0] for members in groups.values() if not any(code in found for code in members)]
    return tuple(missing)


def _headings(
    sheet: Sheet, names: _Names, first: int, last: int, merged: Areas
) -> tuple[list[Heading], int | None]:
    grid = [_spread(sheet, row, first, last, merged) for row in range(first, last + 1)]
    number_row = _number_row(sheet, names, last + 1)
    headings = []
    for column in range(1, sheet.width + 1):
        path: list[str] = []
        for texts in grid:
            text = texts.get(column, "")
            if text and (not path or path[-1] != text):
                path.append(text)
        if path:
            number = _number(sheet.value(number_row, column)) if number_row else ""
            headings.append(Heading(column, tuple(path), number))
            if len(headings) == MOST_HEADINGS:
                break
    return headings, number_row


def _spread(sheet: Sheet, row: int, first: int, last: int, merged: Areas) -> dict[int, str]:
    """Texts of one heading row; a merged heading stands over every column (and row) it spans."""
    texts = {
        column: " ".join(value.split())
        for column, value in enumerate(sheet.rows[row - 1], start=1)
        if isinstance(value, str) and value.strip() and len(value) <= LONGEST_TITLE
    }
    for top, left, bottom, right in merged:
        if top <= row <= bottom and top >= first:
            value = sheet.value(top, left)
            if isinstance(value, str) and value.strip() and len(value) <= LONGEST_TITLE:
                texts.update(dict.fromkeys(range(left, right + 1), " ".join(value.split())))
    if not sheet.merged and row < last:
        texts = _reach_right(sheet, texts, row)
    return texts


def _reach_right(sheet: Sheet, texts: dict[int, str], row: int) -> dict[int, str]:
    """Without merges (csv) a heading reaches right while columns below it have their own heading."""
    reached = dict(texts)
    current = ""
    below = {column for column, value in enumerate(sheet.rows[row], start=1) if isinstance(value, str)}
    for column in range(1, sheet.width + 1):
        current = texts.get(column, current if column in below else "")
        if current:
            reached[column] = current
    return reached


def _number(value: CellValue) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return str(int(value)) if is_bounded(value) and value == int(value) else ""
    if isinstance(value, str):
        text = value.strip().strip("[]()").strip().upper()
        return text.partition("=")[0].strip() if len(text) <= 12 else ""
    return ""


def _number_row(sheet: Sheet, names: _Names, row: int) -> int | None:
    if row > len(sheet.rows):
        return None
    filled = [value for value in sheet.rows[row - 1] if value is not None and value != ""]
    marks = [number for number in map(_number, filled) if number in names.numbers]
    # A data row may begin with "1": a row of numbers has several, all different, and little else.
    enough = len(marks) >= 4 and len(set(marks)) == len(marks)
    return row if enough and len(marks) * 10 >= len(filled) * 7 else None


def data_rows(table: FoundTable) -> Iterator[tuple[int, dict[str, CellValue]]]:
    """Các dòng dữ liệu: row number and the values by column code, rows without any value left out."""
    for row in range(table.first_row, len(table.sheet.rows) + 1):
        values = {code: table.sheet.value(row, column) for code, column in table.columns.items()}
        if any(value is not None and value != "" for value in values.values()):
            yield row, values
