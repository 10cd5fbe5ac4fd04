"""Phần đầu danh sách: unit code, unit name, number and date of a list, found above its table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice

from ansinh.forms.intake.files import Cell, Sheet
from ansinh.forms.intake.problems import Problem
from ansinh.forms.intake.readings import full_date, text
from ansinh.kernel.errors import BilingualError, excerpt
from ansinh.kernel.identity import unit_code
from ansinh.kernel.text import composed, fold

UNIT_CODE = r"ma\s*(?:so\s*)?don\s*vi"
UNIT_NAME = r"ten\s*don\s*vi"
NUMBER = r"^\s*so"
WRITTEN_DATE = r"ngay\s*([0-9]{1,2})\s*thang\s*([0-9]{1,2})\s*nam\s*([0-9]{4})"
VALUE_ENDS = r";|\n|\s[0-9]{1,2}\s*[.)]\s*[^\W\d][^:;]{0,60}:"
"""Where a value stops: a semicolon, the end of the line, or the next numbered label ("2. Tên đơn vị:")."""
SHORT_DATE = r"ngay\s*:?\s*([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{4})"
LONGEST_LABEL, MOST_LABELS, MOST_CELLS, FARTHEST = 500, 5, 2_000, 50
"""Signs and labels read of a cell, cells read over the table, columns looked at to the right of a label."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Phần đầu đã đọc; what the file leaves out is "" or None, and the unit code then a problem."""

    unit_code: str = ""
    unit_name: str = ""
    number: str = ""
    dated_on: date | None = None
    problems: tuple[Problem, ...] = field(default=())


def read_heading(sheet: Sheet, above: int) -> Heading:
    """Đọc phần đầu của bảng: the cells over row ``above`` (from 1). Never raises."""
    filled = (
        Cell(sheet.name, row, column, value)
        for row in range(1, min(above, len(sheet.rows) + 1))
        for column, value in enumerate(sheet.rows[row - 1], start=1)
        if value is not None
    )
    cells = list(islice(filled, MOST_CELLS))
    problems: list[Problem] = []
    code = _unit_code(sheet, cells, problems)
    name = next((value for _, value in _labelled(sheet, cells, UNIT_NAME) if value), "")
    dated_on = _dated_on(cells, problems)
    return Heading(code, name, _number(sheet, cells), dated_on, tuple(problems))


def _folded(cell: Cell) -> tuple[str, str]:
    """The cell's text and its folded twin, letter by letter, so that places agree."""
    if not isinstance(cell.value, str):
        return "", ""
    raw = composed(cell.value[:LONGEST_LABEL])
    return raw, "".join(map(_fold_letter, raw))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    return " " if letter.isspace() else (fold(letter) or " ")[:1]


def _labelled(sheet: Sheet, cells: list[Cell], label: str) -> Iterator[tuple[Cell, str]]:
    """Values after a label, in the same cell up to where a value ends, or in the cell to its right."""
    for cell in cells:
        raw, folded = _folded(cell)
        for match in islice(re.finditer(label + r"\s*:?", folded), MOST_LABELS):
            value = _without_dots(re.split(VALUE_ENDS, raw[match.end() :])[0])
            if value:
                yield cell, value
            elif ":" not in raw[match.end() :]:
                yield cell, _beside(sheet, cell)


def _beside(sheet: Sheet, cell: Cell) -> str:
    for column in range(cell.column + 1, min(cell.column + FARTHEST, sheet.width) + 1):
        value = text(sheet.value(cell.row, column), LONGEST_LABEL)
        if value:
            return "" if ":" in value else _without_dots(value)
    return ""


def _without_dots(value: str) -> str:
    """What is written over the dotted line; "" when nobody wrote."""
    return " ".join(re.sub(r"…|\.{2,}|_{2,}", " ", value).split()).strip(" .,;:/")


def _unit_code(sheet: Sheet, cells: list[Cell], problems: list[Problem]) -> str:
    found: dict[str, Cell] = {}
    label: Cell | None = None
    for cell, value in _labelled(sheet, cells, UNIT_CODE):
        label = label or cell
        compact = re.sub(r"[\s.\-]", "", value).upper()
        if compact:
            found.setdefault(compact, cell)
    place = label or Cell(sheet.name, 1, 1, None)
    if not found:
        problems.append(
            _problem(place, "unit_code", "Thiếu mã đơn vị ở đầu danh sách.", "The unit code is missing.", "")
        )
        return ""
    code, cell = next(iter(found.items()))
    if len(found) > 1:
        codes = excerpt(", ".join(found), 200)
        problems.append(
            _problem(
                cell,
                "unit_code",
                f"Ghi nhiều mã đơn vị khác nhau: {codes}.",
                f"Different unit codes: {codes}.",
                codes,
            )
        )
    try:
        parsed = unit_code(code)
    except BilingualError as error:
        problems.append(_problem(cell, "unit_code", error.vi, error.en, code))
        return ""
    return str(parsed)


def _problem(cell: Cell, column: str, vi: str, en: str, value: str) -> Problem:
    return Problem(cell.sheet, cell.name, cell.row, column, vi, en, excerpt(value, 200))


def _number(sheet: Sheet, cells: list[Cell]) -> str:
    for cell in cells:
        raw, folded = _folded(cell)
        match = re.search(NUMBER + r"\s*:", folded)
        if match:
            end = re.search(r";|,|\bngay\b", folded[match.end() :])
            value = _without_dots(raw[match.end() : match.end() + end.start() if end else None])
            return value or _beside(sheet, cell)
    return ""


def _dated_on(cells: list[Cell], problems: list[Problem]) -> date | None:
    for cell in cells:
        _, folded = _folded(cell)
        written = re.search(WRITTEN_DATE, folded)
        short = re.search(SHORT_DATE, folded)
        if written or short:
            words = "/".join(written.groups()) if written else short[1] if short else ""
            try:
                return full_date(words)
            except BilingualError as error:
                problems.append(_problem(cell, "dated_on", error.vi, error.en, words))
    return None
