"""C69a-HD and C83a-HD: their columns, their invariants, and long lists."""

import time
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.forms.official.statements import AGENCY

from ansinh.forms.official import c69a, c83a
from ansinh.forms.official.c69a import C69a, C69Line
from ansinh.forms.official.c83a import C83a, C83Line
from ansinh.forms.official.funds import PARTS, Group, Position
from ansinh.forms.official.layouts import layout
from ansinh.kernel.months import Month

POSITIONS = st.builds(Position, **{name: st.integers(0, 10**13) for name in PARTS})
ISSUED = date(2026, 8, 3)


def body(made: bytes) -> list[list[object]]:
    lines = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()
    start = next(index for index, line in enumerate(lines) if line[:3] == ["A", "B", "C"])
    return lines[start + 1 :]


@given(POSITIONS)
def test_position_survives_its_twelve_columns(position: Position) -> None:
    assert Position.from_figures(position.figures()) == position
    assert position.total == sum(getattr(position, name) for name in PARTS)


def test_columns_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Position.from_figures((4, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0))


def keyed(code: str, figures: tuple[int, ...]) -> dict[int, int]:
    columns = [column for column in layout(code).columns if column.kind == "money"]
    assert [int(column.number) for column in columns] == list(range(1, len(figures) + 1))
    return dict(enumerate(figures, start=1))


@given(POSITIONS, POSITIONS)
def test_c69a_columns_obey_the_formulas_of_the_layout(opening: Position, arising: Position) -> None:
    line = C69Line(code="0123456789", name="A", opening=opening, arising=arising)
    value = keyed("C69a-HD", line.figures())
    for column in layout("C69a-HD").columns:
        if column.equals:
            assert value[int(column.number)] == sum(sign * value[int(name)] for sign, name in column.equals)


@given(POSITIONS, st.integers(0, 10**13), st.integers(0, 10**13))
def test_c83a_columns_obey_the_formulas_of_the_layout(allocated: Position, before: int, more: int) -> None:
    line = C83Line(
        code="0123456789",
        name="A",
        surplus_before=before,
        received=allocated.total + more,
        allocated=allocated,
        health_years=(0, allocated.due_health, 0),
        surplus_after=before + more,
    )
    assert line.check() == []
    value = keyed("C83a-HD", line.figures())
    for column in layout("C83a-HD").columns:
        if column.equals:
            assert value[int(column.number)] == sum(sign * value[int(name)] for sign, name in column.equals)
    assert replace(line, surplus_after=line.surplus_after + 1).check()
    assert replace(line, received=line.received + 1).check()


def test_short_money_is_receivable_less_allocated_and_opens_the_next_period() -> None:
    due = C69Line(code="0123456789", name="A", arising=Position(due_health=238_950, due_retirement=1_168_200))
    paid = C83Line(
        code="0123456789",
        name="A",
        received=238_950,
        allocated=Position(due_health=238_950),
        health_years=(0, 238_950, 0),
        short=Position(due_retirement=1_168_200),
    )
    assert paid.check(due) == []
    assert replace(paid, short=Position()).check(due)[0].startswith("0123456789 cột 18")
    following = C69Line(code="0123456789", name="A", opening=paid.short)
    assert following.check(paid) == []
    assert "C83a-HD kỳ trước cột 18" in replace(following, opening=Position()).check(paid)[0]


def test_c83a_refuses_negative_balances_and_a_health_split_that_loses_money() -> None:
    assert any(
        "không được âm" in line for line in C83Line(code="1", name="A", received=-5, surplus_after=-5).check()
    )
    split = C83Line(
        code="1", name="A", received=10, allocated=Position(due_health=10), health_years=(1, 2, 3)
    )
    assert any("cột 13" in line for line in split.check())


def test_back_payment_of_past_years_is_part_of_health_dues() -> None:
    line = C69Line(code="1", name="A", arising=Position(due_health=100), health_of_past_years=101)
    assert line.check()
    assert replace(line, health_of_past_years=100).check() == []


def test_header_is_merged_as_the_official_one() -> None:
    made = c69a.to_xlsx(C69a(agency=AGENCY, month=Month(2026, 7), lines=[], issued_on=ISSUED))
    sheet = openpyxl.load_workbook(BytesIO(made)).worksheets[0]
    top = next(cell.row for cell in sheet["A"] if cell.value == "STT")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    for columns, first, last in (
        ("A:A", 0, 4), ("D:O", 0, 0), ("P:AB", 0, 0), ("AC:AN", 0, 0), ("AO:AO", 0, 4), ("D:K", 1, 1),
        ("D:G", 2, 2), ("D:D", 3, 4), ("E:G", 3, 3), ("L:L", 2, 4), ("AA:AA", 2, 4),
    ):  # fmt: skip
        left, right = columns.split(":")
        assert f"{left}{top + first}:{right}{top + last}" in merged
    assert sheet.freeze_panes == f"D{top + 6}"


def test_ten_thousand_people_stream_with_exact_values() -> None:
    people = 10_000
    biggest = 9_007_199_254_740_991 // people // 4
    lines = (
        C69Line(
            code=f"{order:010d}",
            name=f"Người {order}",
            opening=Position(charge_retirement=order),
            arising=Position(due_retirement=biggest - order, due_health=order),
            first_in_line=order % 100 == 0,
        )
        for order in range(people)
    )
    started = time.process_time()
    made = c69a.to_xlsx(
        C69a(
            agency=AGENCY,
            month=Month(2026, 7),
            lines=(item for part in ([Group("I", "Đơn vị")], lines) for item in part),
            issued_on=ISSUED,
        )
    )
    assert time.process_time() - started < 30
    rows = body(made)
    assert rows[0][:3] == ["I", "", "Đơn vị"]
    for order in (0, 1, 4_321, people - 1):
        row = rows[order + 1]
        assert row[:3] == [str(order + 1), f"{order:010d}", f"Người {order}"]
        assert row[2 + 16] == biggest - order
        assert row[2 + 29] == biggest - order
        assert row[2 + 33] == order
        assert row[2 + 38] == ("x" if order % 100 == 0 else "")
    total = rows[people + 1]
    assert total[2] == "Cộng"
    assert total[2 + 16] == people * biggest - sum(range(people))


def test_c83a_workbook_carries_thirty_columns() -> None:
    line = C83Line(
        code="0123456789", name="Nông Ngọc Bảo Uyên", received=15, allocated=Position(due_health=10),
        health_years=(1, 8, 1), surplus_after=5,
    )  # fmt: skip
    made = c83a.to_xlsx(
        C83a(agency=AGENCY, month=Month(2026, 7), lines=[Group("I", "Đơn vị"), line, line], issued_on=ISSUED)
    )
    rows = body(made)
    assert rows[1][3:33] == list(line.figures())
    assert rows[3][2 + 30] == 10
    assert [row[0] for row in rows[1:3]] == ["1", "2"]
