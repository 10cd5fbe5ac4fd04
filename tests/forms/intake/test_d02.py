"""D02-LT: what is written is read back, however roughly; every error is told by its cell, at once."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.intake.lists import CALM, UNIT, lists, styles

from ansinh.forms.intake.changes import change_of
from ansinh.forms.intake.d02 import D02Row, content_hash, read_d02
from ansinh.forms.intake.files import open_table
from ansinh.forms.intake.layouts import layout
from ansinh.forms.intake.synthetic import RoughStyle, write_d02
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month

ROW = D02Row(
    name="Nguyễn Văn Đức",
    si_number="0123456789",
    birth=PartialDate(1980, 7, 1),
    job="Công nhân",
    wage=5_310_000,
    other_pay=1_000_000,
    contract="indefinite",
    effective_on=date(2026, 7, 1),
    from_month=Month(2026, 7),
    hospital_code="01001",
    result_form="electronic",
    change="join",
    direction="increase",
)
DAY = date(2026, 7, 10)


def table(*lines: list[object], top: int = 0) -> bytes:
    """A workbook of bare rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("S")
        for row, line in enumerate(lines, start=top):
            for column, value in enumerate(line):
                if value is not None:
                    sheet.write(row, column, value)
    return buffer.getvalue()


UNIT_LINE = [f"Mã đơn vị: {UNIT}"]
HEAD = ["STT", "Họ tên", "Mã số BHXH", "Ngày sinh", "Mức lương", "Từ tháng", "Phương án", "Ghi chú"]


@settings(CALM, max_examples=40)
@given(lists, styles)
def test_round_trip_under_every_rough_style(rows, style):
    read = read_d02(write_d02(rows, UNIT, "Công ty TNHH Ánh Dương", "05/2026", DAY, style), "ds.xlsx")
    assert [str(problem) for problem in read.problems] == []
    assert read.rows == rows
    assert (read.unit_code, read.unit_name) == (UNIT, "Công ty TNHH Ánh Dương")
    assert (read.number, read.dated_on) == ("05/2026", DAY)


@settings(CALM, max_examples=8)
@given(lists, st.tuples(styles, styles))
def test_the_same_content_has_the_same_hash(rows, pair):
    one, other = (write_d02(rows, UNIT, "A", "05/2026", DAY, style) for style in pair)
    turned = write_d02(rows[::-1], UNIT, "A", "05/2026", DAY)
    first = content_hash(read_d02(one, "a.xlsx"))
    assert first == content_hash(read_d02(other, "b.xlsx")) == content_hash(read_d02(turned, "c.xlsx"))


def test_any_difference_changes_the_hash():
    def hashed(row: D02Row, number: str = "05") -> str:
        return content_hash(read_d02(write_d02([row], UNIT, "A", number, DAY), "a.xlsx"))

    hashes = {
        hashed(ROW),
        hashed(replace(ROW, wage=5_310_001)),
        hashed(replace(ROW, from_month=Month(2026, 8))),
        hashed(replace(ROW, note="x")),
        hashed(ROW, "06"),
    }
    assert len(hashes) == 5


def test_both_codes_go_through_the_note():
    row = replace(ROW, citizen_id="001080001234")
    read = read_d02(write_d02([row], UNIT, "A", "05", DAY), "a.xlsx")
    assert (read.rows[0].si_number, read.rows[0].citizen_id) == ("0123456789", "001080001234")
    assert "001080001234" in read.rows[0].note
    column = read_d02(write_d02([row], UNIT, "A", "05", DAY, RoughStyle(citizen_column=True)), "a.xlsx")
    assert column.rows == [row]


def test_the_layout_is_the_official_one():
    official = [column for column in layout("d02-lt").columns if column.official]
    assert [column.number for column in official] == ["A", "B", *map(str, range(1, 20))]
    opened = open_table(write_d02([ROW], UNIT, "A", "05", DAY), "a.xlsx").sheets[0]
    head = next(row for row in range(1, 31) if opened.value(row, 1) == "STT")
    assert [opened.value(head + 3, column) for column in (1, 2, 3, 21)] == ["A", "B", 1.0, 19.0]
    assert opened.value(head + 2, 9) == "Thâm niên VK (%)"


def test_rows_know_their_cells():
    read = read_d02(write_d02([ROW], UNIT, "A", "05", DAY, RoughStyle(down=4, right=2)), "a.xlsx")
    row = read.rows[0]
    assert row.cells["name"] == f"D{row.row}"
    assert (
        open_table(write_d02([ROW], UNIT, "A", "05", DAY, RoughStyle(down=4, right=2)), "a.xlsx")
        .sheets[0]
        .value(row.row, 4)
        == ROW.name
    )


def test_all_errors_at_once_by_cell():
    data = table(
        UNIT_LINE,
        HEAD,
        [1, "Lê Văn 3", "12345", "31/02/1980", "5.310", "13/2026", "bay màu"],
        [2, None, None, None, None, None, None, "ghi chú"],
        [3, "Trần B", "7912345678", 1990, 5310000, "07/2026", "Tăng mới"],
    )
    read = read_d02(data, "a.xlsx")
    places = {(problem.cell, problem.column_code) for problem in read.problems}
    assert {
        ("B3", "name"),
        ("C3", "si_number"),
        ("D3", "birth"),
        ("E3", "wage"),
        ("F3", "from_month"),
        ("G3", "change"),
    } <= places
    assert [row.name for row in read.rows] == ["", "Trần B"]
    assert all(problem.row == 3 for problem in read.problems)
    assert next(problem for problem in read.problems if problem.cell == "C3").value == "12345"


def test_missing_columns_are_told_together_and_rows_not_blamed_for_them():
    read = read_d02(table(UNIT_LINE, ["STT", "Họ tên", "Ngày sinh"], [1, "Trần B", 1990]), "a.xlsx")
    assert {problem.column_code for problem in read.problems} == {"wage", "from_month", "change", "si_number"}
    assert {problem.row for problem in read.problems} == {2}


def test_a_file_without_a_list():
    read = read_d02(table(["Xin chào"], ["a", "b"]), "a.xlsx")
    assert len(read.problems) == 1
    assert read.table is None
    assert read.rows == []


def test_an_empty_list_and_a_missing_unit_code():
    read = read_d02(table(HEAD, [1], [2]), "a.xlsx")
    assert [problem.column_code for problem in read.problems] == ["unit_code", ""]


@pytest.mark.parametrize("row", [29, 30])
def test_the_header_may_stand_down_to_row_30(row):
    line = [1, "Trần B", "7912345678", 1990, 5310000, "07/2026", "Tăng mới"]
    assert len(read_d02(table(HEAD, line, top=row - 1), "a.xlsx").rows) == 1


def test_the_header_below_row_30_is_not_looked_for():
    assert read_d02(table(HEAD, top=30), "a.xlsx").table is None


def test_spelling_differences_and_unknown_columns():
    head = [
        "tt",
        "HỌ VÀ TÊN NGƯỜI LAO ĐỘNG",
        "Mã sô BHXH",
        "Ngày thang năm sinh",
        "Mức lưong",
        "Từ thangnăm",
        "Loại tăng, giảm điều chĩnh",
        "Zalo",
    ]
    read = read_d02(
        table(UNIT_LINE, head, [1, "Trần B", "7912345678", 1990, 5310000, "07/2026", "Tăng mới", "0912"]),
        "a.xlsx",
    )
    assert read.problems == []
    assert read.ignored == (("H2", "Zalo"),)
    assert read.rows[0].wage == 5_310_000


def test_column_numbers_settle_a_garbled_heading():
    head = ["STT", "Họ tên", "Mã số BHXH", "Tiền lương cơ bản HĐ", "Từ tháng", "Loại"]
    numbers = ["A", "B", "[1]", "[4]", "[14]", "[18]"]
    read = read_d02(
        table(UNIT_LINE, head, numbers, [1, "Trần B", "7912345678", 5310000, "07/2026", "Tăng"]), "a.xlsx"
    )
    assert read.table is not None
    assert read.table.first_row == 4
    assert read.rows[0].name == "Trần B"


def test_csv_with_two_heading_rows():
    head = ["STT", "Họ và tên", "Mã số BHXH", "Tiền lương", "", "", "Từ tháng", "Loại tăng giảm điều chỉnh"]
    below = ["", "", "", "Hệ số/Mức lương", "Phụ cấp chức vụ", "Phụ cấp thâm niên nghề", "", ""]
    line = ["1", "Trần B", "7912345678", "2,34", "0,4", "5", "07/2026", "Điều chỉnh lương"]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([UNIT_LINE, head, below, line])
    read = read_d02(buffer.getvalue().encode("utf-8-sig"), "a.csv")
    assert read.problems == []
    row = read.rows[0]
    assert (row.coefficient_milli, row.position_milli, row.seniority, row.change) == (
        2340,
        400,
        row.seniority,
        "wage_change",
    )


def test_sections_totals_and_signatures():
    data = table(
        UNIT_LINE,
        HEAD,
        ["I", "Tăng"],
        [1, "Trần B", "7912345678", 1990, 5310000, "07/2026"],
        [None, "Cộng tăng", None, None, 5310000],
        ["II", "Giảm"],
        [1, "Lê C", "7912345679", 1990, None, "07/2026", None],
        ["Tổng cộng", None, None, None, 5310000],
        [],
        [None, None, None, None, "ĐƠN VỊ LẬP DANH SÁCH"],
        [None, "Phạm Văn Giám Đốc"],
    )
    read = read_d02(data, "a.xlsx")
    assert [(row.name, row.change, row.direction) for row in read.rows] == [
        ("Trần B", "join", "increase"),
        ("Lê C", "leave_job", "decrease"),
    ]
    assert read.problems == []


def test_the_same_person_twice():
    read = read_d02(write_d02([ROW, replace(ROW, wage=6_000_000)], UNIT, "A", "05", DAY), "a.xlsx")
    assert [problem.row for problem in read.problems] == [read.rows[1].row]
    later = replace(ROW, from_month=Month(2026, 8))
    assert read_d02(write_d02([ROW, later], UNIT, "A", "05", DAY), "a.xlsx").problems == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([["Mã đơn vị: 0123456789DNA03"]], ("0123456789DNA03", [])),
        ([["1. Mã đơn vị: 1234567hc ; 2. Tên đơn vị: UBND xã"]], ("1234567HC", [])),
        ([["1. Mã đơn vị: 1234567HC   2. Tên đơn vị: UBND xã"]], ("1234567HC", [])),
        ([["Mã đơn vị: 1234567HC"], ["1. Mã đơn vị: 1234567HC 2) Tên đơn vị: Sở Y tế"]], ("1234567HC", [])),
        ([["Mã đơn vị", "0123456789DN"]], ("0123456789DN", [])),
        ([["Mã đơn vị: ……………"]], ("", ["unit_code"])),
        ([["Mã đơn vị: TA0001A"]], ("", ["unit_code"])),
        ([["Mã đơn vị: 1234567HC"], ["Mã đơn vị: 7654321HC"]], ("1234567HC", ["unit_code"])),
    ],
)
def test_unit_codes_of_the_title_block(lines, expected):
    line = [1, "Trần B", "7912345678", 1990, 5310000, "07/2026", "Tăng mới"]
    read = read_d02(table(*lines, HEAD, line), "a.xlsx")
    assert (read.unit_code, [problem.column_code for problem in read.problems]) == expected


def test_number_and_date_of_the_title_block():
    line = [1, "Trần B", "7912345678", 1990, 5310000, "07/2026", "Tăng mới"]
    read = read_d02(table(UNIT_LINE, ["Số:  12/LĐTL ; ngày 5 tháng 7 năm 2026"], HEAD, line), "a.xlsx")
    assert (read.number, read.dated_on) == ("12/LĐTL", date(2026, 7, 5))
    empty = read_d02(table(UNIT_LINE, ["Số:       /………; ngày … tháng … năm …"], HEAD, line), "a.xlsx")
    assert (empty.number, empty.dated_on, empty.problems) == ("", None, [])
    wrong = read_d02(table(UNIT_LINE, ["Số: 1; ngày 31 tháng 2 năm 2026"], HEAD, line), "a.xlsx")
    assert [problem.column_code for problem in wrong.problems] == ["dated_on"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Tăng mới", "join"),
        ("TĂNG LAO ĐỘNG", "join"),
        ("tham gia lại sau thai sản", "return"),
        ("Nghỉ thai sản", "maternity_leave"),
        ("Giảm do nghỉ việc", "leave_job"),
        ("Giảm hẳn - nghỉ việc hưởng hưu trí", "retire"),
        ("nghỉ việc không hưởng lương", "unpaid_leave"),
        ("Tạm hoãn HĐLĐ", "contract_suspended"),
        ("điều chỉnh tiền lương", "wage_change"),
        ("Điều chỉnh chức danh nghề", "title_change"),
        ("Thay đổi nơi đăng ký khám chữa bệnh ban đầu", "hospital_change"),
        ("Truy thu tiền lương", "back_pay"),
        ("Giảm do chuyển đi", "transfer_out"),
        ("tăng do chuyển đến", "transfer_in"),
        ("TM", "join"),
        ("ts", "maternity_leave"),
        ("người khuyết tật", "join"),
    ],
)
def test_kinds_of_change(words, code):
    change = change_of(words)
    assert change is not None
    assert change.kind.code == code


def test_every_wording_of_the_layout_names_its_own_kind():
    for kind in layout("d02-lt").changes:
        for word in (*kind.words, kind.vi):
            change = change_of(word)
            assert change is not None
            assert change.kind.code == kind.code, word


@pytest.mark.parametrize("words", ["x", "lung tung", "atm", "2026"])
def test_words_that_name_no_change(words):
    with pytest.raises(BilingualError):
        change_of(words)


GRID = {
    "name": "Trần B",
    "si_number": "7912345678",
    "from_month": "07/2026",
    "change": "Tăng mới",
    "wage": "5.310.000",
}


def test_a_typed_grid_has_the_same_checks():
    row, problems = D02Row.from_mapping(GRID, row=1)
    assert (problems, row.wage, row.direction) == ([], 5_310_000, "increase")


@pytest.mark.parametrize(
    ("changes", "blamed"),
    [
        ({"wage": None}, "wage"),
        ({"name": " "}, "name"),
        ({"si_number": None}, "si_number"),
        ({"from_month": None}, "from_month"),
        ({"change": None}, "change"),
        ({"to_month": "06/2026"}, "to_month"),
        ({"change": "Thay đổi nơi KCB"}, "hospital"),
        ({"change": "Điều chỉnh chức danh"}, "job"),
        ({"birth": "01/08/2026"}, "birth"),
        ({"citizen_id": "001080001234", "birth": "1981"}, "birth"),
        ({"contract_indefinite": "x", "contract_fixed": "x"}, "contract_fixed"),
        ({"contract_fixed": "01/07/2026 - 30/06/2026"}, "contract_fixed"),
        ({"result_form": "fax"}, "result_form"),
        ({"citizen_id": "123"}, "citizen_id"),
    ],
)
def test_each_check_blames_its_cell_once(changes, blamed):
    _, problems = D02Row.from_mapping({**GRID, **changes}, row=1, cells={blamed: "Z9"})
    assert [(problem.column_code, problem.cell) for problem in problems] == [(blamed, "Z9")]


def test_leavers_need_no_wage():
    _, problems = D02Row.from_mapping({**GRID, "wage": None, "change": "Nghỉ việc"})
    assert problems == []
