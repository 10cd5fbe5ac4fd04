"""Đọc danh sách D02-LT (QĐ 366/QĐ-BHXH): rows with typed values, and every problem by its cell."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import TypeVar

from ansinh.forms.intake import codes, readings
from ansinh.forms.intake.changes import Change, change_of, plain, section_of
from ansinh.forms.intake.files import CellValue, Workbook, cell_name, open_table
from ansinh.forms.intake.heading import read_heading
from ansinh.forms.intake.layouts import layout
from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits
from ansinh.forms.intake.problems import MOST_PROBLEMS, Problem, too_many, value_of
from ansinh.forms.intake.tables import FoundTable, data_rows, find_table
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.identity import citizen_id_facts
from ansinh.kernel.months import Month

CODE = "d02-lt"
CONTRACTS = (
    ("contract_indefinite", "indefinite"),
    ("contract_fixed", "fixed_term"),
    ("contract_other", "other"),
)
DATA_OF_A_PERSON = frozenset(
    {
        "si_number",
        "citizen_id",
        "birth",
        "wage",
        "from_month",
        "to_month",
        "change",
        "effective_on",
        "other_pay",
    }
)
CLOSING_WORDS = (
    "don vi lap danh sach",
    "nguoi lap",
    "thu truong",
    "giam doc",
    "ky ghi ro ho ten",
    "dai dien don vi",
)
TOTAL_WORDS = ("cong", "tong", "tong cong", "tong so", "cong tang", "cong giam")
MOST_SIGNATURES = 4
LONGEST_JOB = 120
"""What the register holds of a job title."""
PLACES = frozenset({"row", "cells"})

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class D02Row:
    """Một người, một dòng của D02-LT.

    Money in dong a month; coefficients in thousandths; percentages as shares of one. ``change`` and
    ``groups`` are codes of the layout; ``direction`` is increase, decrease, suspend, adjust or back_pay.
    ``row`` and ``cells`` (column code → "B12") say where it stood and are no part of its content.
    """

    name: str = ""
    si_number: str | None = None
    citizen_id: str | None = None
    birth: PartialDate | None = None
    job: str = ""
    wage: int | None = None
    coefficient_milli: int | None = None
    reserve_milli: int | None = None
    position_milli: int | None = None
    beyond_frame: Fraction | None = None
    seniority: Fraction | None = None
    other_pay: int | None = None
    contract: str | None = None
    contract_from: date | None = None
    contract_to: date | None = None
    effective_on: date | None = None
    from_month: Month | None = None
    to_month: Month | None = None
    hospital_code: str | None = None
    hospital_name: str = ""
    result_form: str | None = None
    change: str | None = None
    direction: str | None = None
    groups: tuple[str, ...] = ()
    note: str = ""
    row: int = field(default=0, compare=False)
    cells: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def person(self) -> str:
        """Khóa của người: the citizen ID, else the SI number, else ""."""
        return self.citizen_id or self.si_number or ""

    def content(self) -> dict[str, object]:
        """Nội dung, không kèm vị trí: plain values for hashing, storing and comparing."""
        return {
            item.name: _plain_value(getattr(self, item.name))
            for item in fields(self)
            if item.name not in PLACES
        }

    @classmethod
    def from_mapping(
        cls,
        values: Mapping[str, CellValue],
        *,
        row: int = 0,
        sheet: str = "",
        cells: Mapping[str, str] | None = None,
        section: str | None = None,
        absent: Sequence[str] = (),
    ) -> "tuple[D02Row, list[Problem]]":
        """Đọc một dòng từ giá trị theo mã cột: the same checks for a file and for a typed grid.

        ``section`` is the change kind of rows whose column 18 is empty; ``absent`` are columns that the
        file lacks as a whole, for which rows are not blamed one by one. Never raises.
        """
        return _RowReader(values, row, sheet, cells or {}, section, frozenset(absent)).read()


def _plain_value(value: object) -> object:
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, Fraction | Month | date):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class D02File:
    """Danh sách D02-LT đã đọc. ``table`` tells ``annotate`` where the list stood; None when not found.

    ``ignored`` are headings of columns that are no part of the form, as (cell, heading).
    """

    unit_code: str
    unit_name: str
    number: str
    dated_on: date | None
    rows: list[D02Row]
    problems: list[Problem]
    ignored: tuple[tuple[str, str], ...] = ()
    table: FoundTable | None = None


class _RowReader:
    """Reads one row, keeping each reading's refusal at its cell."""

    def __init__(
        self,
        values: Mapping[str, CellValue],
        row: int,
        sheet: str,
        cells: Mapping[str, str],
        section: str | None,
        absent: frozenset[str],
    ) -> None:
        self._values = values
        self._row = row
        self._sheet = sheet
        self._cells = cells
        self._section = section
        self._absent = absent
        self.problems: list[Problem] = []

    def read(self) -> tuple[D02Row, list[Problem]]:
        birth = self._ask("birth", readings.birth_date, None)
        code = self._ask("si_number", lambda value: codes.person_code(value, birth), codes.PersonCode())
        citizen = self._ask("citizen_id", codes.citizen, None) or code.citizen_id
        wage = self._ask("wage", readings.wage, readings.Wage())
        hospital = self._ask("hospital", codes.hospital, codes.Hospital())
        change = self._ask("change", change_of, None) or self._from_section()
        contract, mark = self._contract()
        row = D02Row(
            name=self._ask("name", readings.name, ""),
            si_number=code.si_number,
            citizen_id=citizen or codes.citizen_in_note(self._values.get("note")),
            birth=birth,
            job=readings.text(self._values.get("job")),
            wage=wage.dong,
            coefficient_milli=wage.coefficient_milli,
            reserve_milli=self._ask("reserve", readings.coefficient, None),
            position_milli=self._ask("position", readings.coefficient, None),
            beyond_frame=self._ask("beyond_frame", readings.percent, None),
            seniority=self._ask("seniority", readings.percent, None),
            other_pay=self._ask("other_pay", readings.money, None) or None,
            contract=contract,
            contract_from=mark.from_on,
            contract_to=mark.to_on,
            effective_on=self._ask("effective_on", readings.full_date, None),
            from_month=self._ask("from_month", readings.month, None),
            to_month=self._ask("to_month", readings.month, None),
            hospital_code=hospital.code,
            hospital_name=hospital.name,
            result_form=self._ask("result_form", readings.result_form, None),
            change=change.kind.code if change else None,
            direction=change.kind.direction if change else None,
            groups=change.groups if change else (),
            note=readings.text(self._values.get("note")),
            row=self._row,
            cells=self._cells,
        )
        self._require(row, change)
        self._compare(row)
        return row, self.problems

    def _ask(self, code: str, reading: Callable[[CellValue], V], otherwise: V) -> V:
        value = self._values.get(code)
        try:
            return reading(value)
        except BilingualError as error:
            self._blame(code, error.vi, error.en)
            return otherwise

    def _blame(self, code: str, vi: str, en: str) -> None:
        cell = self._cells.get(code, "")
        value = value_of(self._values.get(code))
        self.problems.append(Problem(self._sheet, cell, self._row, code, vi, en, value))

    def _from_section(self) -> Change | None:
        return Change(layout(CODE).change(self._section)) if self._section else None

    def _contract(self) -> tuple[str | None, readings.ContractMark]:
        marked = []
        for column, kind in CONTRACTS:
            mark = self._ask(column, readings.contract_mark, readings.ContractMark())
            if mark.marked:
                marked.append((column, kind, mark))
        if len(marked) > 1:
            self._blame(
                marked[1][0],
                "Đánh dấu nhiều loại hợp đồng; chỉ được chọn một (cột 10, 11, 12).",
                "More than one kind of contract is marked; choose one (columns 10, 11, 12).",
            )
        return (marked[0][1], marked[0][2]) if marked else (None, readings.ContractMark())

    def _blamed(self, code: str) -> bool:
        return code in self._absent or any(problem.column_code == code for problem in self.problems)

    def _require(self, row: D02Row, change: Change | None) -> None:
        wanted = {
            "name": bool(row.name),
            "si_number": bool(row.person) or self._blamed("citizen_id"),
            "from_month": row.from_month is not None,
            "change": row.change is not None,
        }
        has = {
            "wage": row.wage is not None or row.coefficient_milli is not None,
            "hospital": bool(row.hospital_code or row.hospital_name),
            "job": bool(row.job),
        }
        for code in change.kind.needs if change else ():
            wanted[code] = has[code]
        for code, present in wanted.items():
            if not present and not self._blamed(code):
                column = layout(CODE).column(code)
                reason = f" ({change.kind.vi})" if change and code in has else ""
                reason_en = f" ({change.kind.en})" if change and code in has else ""
                self._blame(
                    code, f"Thiếu {column.header[-1]}{reason}.", f"{_english(code)} is missing{reason_en}."
                )

    def _compare(self, row: D02Row) -> None:
        if len(row.job) > LONGEST_JOB:
            self._blame(
                "job",
                f"Chức danh dài hơn {LONGEST_JOB} ký tự.",
                f"The job title has more than {LONGEST_JOB} characters.",
            )
        if row.from_month and row.to_month and row.to_month < row.from_month:
            self._blame("to_month", "Đến tháng trước từ tháng.", "The last month is before the first.")
        if row.contract_from and row.contract_to and row.contract_to < row.contract_from:
            column = next(code for code, kind in CONTRACTS if kind == row.contract)
            self._blame(column, "Ngày kết thúc trước ngày bắt đầu.", "The contract ends before it begins.")
        if row.birth and row.from_month and row.birth.earliest() >= row.from_month.first_day:
            self._blame("birth", "Ngày sinh sau tháng tham gia.", "Born after the month of participation.")
        if row.birth and row.citizen_id:
            _, _, year = citizen_id_facts(row.citizen_id)
            if year != row.birth.year:
                self._blame(
                    "birth",
                    f"Năm sinh {row.birth.year} khác năm sinh trong số định danh ({year}).",
                    f"The birth year {row.birth.year} differs from the citizen ID's ({year}).",
                )


ENGLISH = {
    "name": "The name",
    "si_number": "The SI number or citizen ID",
    "from_month": "The first month",
    "change": "The kind of change",
    "wage": "The wage or coefficient",
    "hospital": "The first-care facility",
    "job": "The job title",
}


def _english(code: str) -> str:
    return ENGLISH[code]


def read_d02(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> D02File:
    """Đọc tệp D02-LT: everything that can be read, and all problems at once.

    Raises ``BilingualError`` only for a file that cannot be opened at all (see ``open_table``).
    """
    return read_workbook(open_table(data, filename, limits))


def read_workbook(book: Workbook) -> D02File:
    """Đọc D02-LT từ tệp đã mở. Never raises; a workbook without the list answers one problem."""
    try:
        table = find_table(book, layout(CODE).columns)
    except BilingualError as error:
        name = book.sheets[0].name if book.sheets else ""
        return D02File("", "", "", None, [], [Problem(name, "A1", 1, "", error.vi, error.en)])
    heading = read_heading(table.sheet, table.header_row)
    problems = [*heading.problems, *_missing_columns(table)]
    rows: list[D02Row] = []
    section: str | None = None
    for number, values in data_rows(table):
        role = _role(table, number, values)
        if role == "end":
            break
        if role == "section":
            section = section_of(_label(values))
        if role != "person":
            continue
        cells = {code: cell_name(number, column) for code, column in table.columns.items()}
        row, found = D02Row.from_mapping(
            values, row=number, sheet=table.sheet.name, cells=cells, section=section, absent=table.missing
        )
        rows.append(row)
        problems += found
        if len(problems) >= MOST_PROBLEMS:
            # A list that wrong is not a list; the rows after it are not read.
            problems.append(too_many(table.sheet.name))
            break
    if not rows:
        problems.append(_no_rows(table))
    problems += _repeated(rows, table.sheet.name)[:MOST_PROBLEMS]
    return D02File(
        heading.unit_code,
        heading.unit_name,
        heading.number,
        heading.dated_on,
        rows,
        problems,
        table.unknown,
        table,
    )


def _missing_columns(table: FoundTable) -> list[Problem]:
    place = cell_name(table.header_row, 1)
    problems = []
    for code in table.missing:
        column = layout(CODE).column(code)
        problems.append(
            Problem(
                table.sheet.name,
                place,
                table.header_row,
                code,
                f"Thiếu cột {column.number} “{column.title}”.",
                f"Column {column.number} “{column.title}” is missing.",
            )
        )
    return problems


def _no_rows(table: FoundTable) -> Problem:
    place = cell_name(table.first_row, 1)
    vi, en = "Danh sách không có người nào.", "The list names nobody."
    return Problem(table.sheet.name, place, table.first_row, "", vi, en)


def _label(values: Mapping[str, CellValue]) -> str:
    parts = [readings.text(values.get(code)) for code in ("line", "name")]
    return " ".join(part for part in parts if part)


def _role(table: FoundTable, row: int, values: Mapping[str, CellValue]) -> str:
    """Loại dòng dưới tiêu đề: "person", "section", "skip" or "end"."""
    if _closes(table, row, values):
        return "end"
    if any(not readings.is_empty(values.get(code)) for code in DATA_OF_A_PERSON):
        words = plain(_label(values))
        # A total shows sums in money columns only.
        named = any(
            not readings.is_empty(values.get(code))
            for code in ("si_number", "citizen_id", "from_month", "change")
        )
        return "skip" if words in TOTAL_WORDS and not named else "person"
    label = _label(values)
    if section_of(label):
        return "section"
    words = plain(label)
    if not readings.text(values.get("name")) or any(
        words.startswith(f"{start} ") or words == start for start in TOTAL_WORDS
    ):
        return "skip"
    return "person"


def _closes(table: FoundTable, row: int, values: Mapping[str, CellValue]) -> bool:
    """Phần ký tên: a row of words only, one of which opens the signatures, under whatever columns."""
    filled = [value for value in table.sheet.rows[row - 1] if not readings.is_empty(value)]
    if not all(isinstance(value, str) for value in filled) or len(filled) > MOST_SIGNATURES:
        return False
    if not readings.is_empty(values.get("si_number")) and not readings.is_empty(values.get("name")):
        return False
    return any(plain(readings.text(value)).startswith(CLOSING_WORDS) for value in filled)


def _repeated(rows: Sequence[D02Row], sheet: str) -> list[Problem]:
    first: dict[tuple[str, str | None, Month | None, Month | None], int] = {}
    problems = []
    for row in rows:
        key = (row.person, row.change, row.from_month, row.to_month)
        if not row.person:
            continue
        if key in first:
            cell = row.cells.get("si_number") or row.cells.get("name", "")
            problems.append(
                Problem(
                    sheet,
                    cell,
                    row.row,
                    "si_number",
                    f"Trùng với dòng {first[key]} (cùng người, cùng loại, cùng tháng).",
                    f"Repeats row {first[key]} (same person, kind and months).",
                    row.person,
                )
            )
        first.setdefault(key, row.row)
    return problems


def content_hash(file: D02File) -> str:
    """Dấu nội dung của danh sách: SHA-256, hex, of unit, number, date and rows whatever their order.

    Two files with the same content have the same hash, however they were typed or saved.
    """
    rows = sorted(json.dumps(row.content(), ensure_ascii=False, sort_keys=True) for row in file.rows)
    dated_on = file.dated_on.isoformat() if file.dated_on else None
    text = json.dumps(["D02-LT", file.unit_code, file.number, dated_on, rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
