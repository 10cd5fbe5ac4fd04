"""Trả tệp có cột "Lỗi": the sender's list with a red column of errors and the faulty cells in red.

The file that goes back is written anew (see ``inert``): the values that were read, with the look of the
sender's sheets where it was an xlsx, and nothing that could act: no formula, link, connection, object.
"""

import re
from collections.abc import Mapping, Sequence

from ansinh.forms.intake.d02 import D02File
from ansinh.forms.intake.files import Sheet, Workbook, open_table
from ansinh.forms.intake.inert import Remarks, write_copy
from ansinh.forms.intake.layouts import Layout, layout
from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits
from ansinh.forms.intake.looks import looks_of
from ansinh.forms.intake.problems import Problem
from ansinh.forms.intake.tables import FoundTable, is_our_column

TITLE = "Lỗi"
LOOKED_AREA = 500_000
"""Cells of a workbook up to which its look is kept; a larger one comes back in plain cells."""


def annotate(data: bytes, filename: str, read: D02File, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Ghi lỗi vào tệp: the values of the workbook (xlsx) with the column "Lỗi" at the right of the list.

    ``read`` is what ``read_d02`` answered for the same bytes. Whatever came from outside is inert: formulas
    are values, texts never become formulas, links and the like are left out.
    Raises ``BilingualError`` as ``open_table`` does.
    """
    book = open_table(data, filename, limits)
    remarks = remarks_of(book, read.problems, read.table, layout("d02-lt"))
    area = sum(len(sheet.rows) * sheet.width for sheet in book.sheets)
    looks = looks_of(data) if book.kind == "xlsx" and area <= LOOKED_AREA else None
    return write_copy(book, looks=looks, remarks=remarks)


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
    return Remarks(sheet.name, header, _free_column(sheet, header, last), texts, frozenset(cells))


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
