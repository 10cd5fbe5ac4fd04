"""Bảng chỉ tiêu dạng xlsx: one row a unit, one column an indicator, read by name and written the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ansinh.forms.intake.files import CellValue, cell_name, open_table
from ansinh.forms.intake.layouts import Column
from ansinh.forms.intake.problems import Problem
from ansinh.forms.intake.readings import is_empty, shown, text
from ansinh.forms.intake.tables import FoundTable, data_rows, find_table
from ansinh.forms.official.tables import TableColumn, Value, export
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import parse_dong
from ansinh.kernel.text import fold
from ansinh.office.models import Unit
from ansinh.steering.targets.models import Indicator, PlanVersion
from ansinh.steering.targets.plans import Allocation, lasts

UNIT_NAME = "unit.name"
UNIT_CODE = "unit.code"
TOTAL_ROWS = frozenset({"tong", "tong cong", "cong", "toan tinh", "tong so"})
PREFIXES = (
    "bhxh co so ",
    "bhxh tinh ",
    "bhxh ",
    "xa ",
    "phuong ",
    "dac khu ",
    "tinh ",
    "thanh pho ",
    "huyen ",
)


@dataclass(frozen=True, slots=True)
class Read:
    """Bảng đã đọc: allocations with the rows they stand in, and every problem by its cell."""

    allocations: tuple[Allocation, ...]
    rows: tuple[int, ...]
    problems: tuple[Problem, ...]


def read(data: bytes, filename: str, version: PlanVersion) -> Read:
    """Đọc bảng giao chỉ tiêu (xls, xlsx, xlsb, csv): for a version of a plan.

    Units are known by code, else by name with or without diacritics and titles, within the plan's unit; the
    columns by the indicators' names. An empty cell sets nothing; a total row is left out.
    Raises `BilingualError` when the file cannot be opened or holds no such table.
    """
    indicators = list(Indicator.objects.filter(planned=True))
    table = find_table(open_table(data, filename), columns(indicators))
    names = _Names(version)
    allocations: list[Allocation] = []
    rows: list[int] = []
    problems = list(_missing(table))
    for row, values in data_rows(table):
        name, code = text(values.get(UNIT_NAME)), text(values.get(UNIT_CODE))
        if fold(name) in TOTAL_ROWS:
            continue
        place = UNIT_CODE if code else UNIT_NAME
        try:
            unit = names.find(name, code)
        except BilingualError as error:
            problems.append(_problem(error, table, row, place, values.get(place)))
            continue
        for indicator in indicators:
            value = values.get(indicator.code)
            if is_empty(value):
                continue
            try:
                amount = _amount(value)
            except BilingualError as error:
                problems.append(_problem(error, table, row, indicator.code, value))
                continue
            allocations.append(Allocation(indicator.code, unit.pk, amount))
            rows.append(row)
    return Read(tuple(allocations), tuple(rows), tuple(problems))


def columns(indicators: Sequence[Indicator]) -> tuple[Column, ...]:
    """Các cột của bảng: the unit's code and name, then each indicator under its names."""
    return (
        Column(UNIT_CODE, "", ("Mã đơn vị",), "text", aliases=("Mã", "Mã cơ quan", "Unit code")),
        Column(
            UNIT_NAME,
            "",
            ("Tên đơn vị",),
            "text",
            required=True,
            aliases=("Đơn vị", "Cơ quan BHXH", "BHXH cơ sở", "Xã, phường", "Unit"),
        ),
        *(
            Column(i.code, "", (i.short_vi,), "count", aliases=(i.name_vi, i.name_en, i.code))
            for i in indicators
        ),
    )


def write(version: PlanVersion, *, user: str, at: datetime, units: Sequence[Unit] | None = None) -> bytes:
    """Xuất bảng chỉ tiêu năm: what `read` reads; `units` limits the rows (default: all with a target)."""
    indicators = list(Indicator.objects.filter(planned=True))
    wanted = version.targets.filter(month=None)
    if units is not None:
        wanted = wanted.filter(unit__in=units)
    amounts: dict[int, dict[int, int]] = {}
    found: dict[int, Unit] = {}
    for target in wanted.select_related("unit"):
        found[target.unit_id] = target.unit
        amounts.setdefault(target.unit_id, {})[target.indicator_id] = target.amount
    body: list[Sequence[Value]] = [
        (unit.code, unit.name, *(amounts[unit.pk].get(i.pk) for i in indicators))
        for unit in sorted(found.values(), key=lambda u: u.path)
    ]
    heads = [TableColumn("Mã đơn vị", "code"), TableColumn("Tên đơn vị")]
    heads += [TableColumn(i.short_vi, "money" if i.measure == "money" else "count", 16) for i in indicators]
    plan = version.plan
    filters = {
        "Kế hoạch": f"{plan.unit} năm {plan.year}",
        "Nguồn giao": plan.get_source_display(),
        "Quyết định": f"{version.decision} ngày {version.decided_on:%d/%m/%Y}"
        if version.decision
        else version.note,
        "Phiên bản": f"{version.number} ({version.get_state_display()})",
    }
    return export("Bảng giao chỉ tiêu", heads, body, filters, user, at)


class _Names:
    """Units of a plan by code and by the ways their names are written."""

    def __init__(self, version: PlanVersion) -> None:
        plan = version.plan
        self._by_code: dict[str, list[Unit]] = {}
        self._by_name: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(path__startswith=plan.unit.path):
            if not lasts(unit, plan.year):
                continue
            self._by_code.setdefault(unit.code.lstrip("0"), []).append(unit)
            for name in {fold(unit.name), bare(unit.name)}:
                self._by_name.setdefault(name, []).append(unit)

    def find(self, name: str, code: str) -> Unit:
        found = self._by_code.get(code.lstrip("0"), []) if code else []
        if name and len(found) != 1:
            # a code may be a commune's and an office's at once: the name tells them apart
            named = self._by_name.get(fold(name)) or self._by_name.get(bare(name), [])
            found = [unit for unit in named if not code or unit in found]
        if len(found) == 1:
            return found[0]
        what = " ".join(part for part in (code, name) if part) or "—"
        if found:
            raise BilingualError(
                f"Có {len(found)} đơn vị tên “{what}”: hãy ghi mã",
                f"{len(found)} units are named “{what}”: give the code",
            )
        raise BilingualError(f"Không có đơn vị “{what}” trong kế hoạch", f"No unit “{what}” in this plan")


def bare(name: str) -> str:
    """Tên đơn vị không dấu, bỏ danh xưng: "BHXH cơ sở Tràng Định" is "trang dinh"."""
    folded = fold(name)
    for prefix in PREFIXES:
        folded = folded.removeprefix(prefix)
    return folded


def _amount(value: CellValue) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BilingualError(f"“{shown(value)}” không phải số", f"“{shown(value)}” is not a number")
    amount = parse_dong(value)
    if amount < 0:
        raise BilingualError(
            f"Số giao không được âm: {shown(value)}", f"A target is not negative: {shown(value)}"
        )
    return amount


def _problem(error: BilingualError, table: FoundTable, row: int, code: str, value: CellValue) -> Problem:
    cell = cell_name(row, table.columns.get(code, 1))
    return Problem.of(error, sheet=table.sheet.name, cell=cell, row=row, column_code=code, value=value)


def _missing(table: FoundTable) -> list[Problem]:
    cell = cell_name(table.header_row, 1)
    names: Mapping[str, str] = {UNIT_NAME: "Tên đơn vị"}
    return [
        Problem(table.sheet.name, cell, 0, code, f"Thiếu cột {names[code]}", f"Column {code} is missing")
        for code in table.missing
    ]
