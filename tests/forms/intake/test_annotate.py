"""The file sent back: same cells, a red column of errors, nothing lost, nothing come alive."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from tests.forms.intake import packages
from tests.forms.intake.lists import CALM, UNIT, lists, styles
from tests.forms.intake.test_d02 import DAY, HEAD, ROW, UNIT_LINE

from ansinh.forms.intake.annotate import annotate
from ansinh.forms.intake.d02 import read_d02
from ansinh.forms.intake.files import open_table
from ansinh.forms.intake.synthetic import write_d02
from ansinh.kernel.errors import BilingualError

RED_ARGB = "FFFFC7CE"
BAD = [1, "=HYPERLINK(1)", "12345", "31/02/1980", 5310000, "07/2026", "Tăng mới"]
GOOD = [2, "Trần B", "7912345678", 1990, 5310000, "07/2026", "Tăng mới"]


def workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("DS")
        bold = book.add_format({"bold": True, "bg_color": "#00FF00"})
        for row, line in enumerate([UNIT_LINE, HEAD, BAD, GOOD]):
            for column, value in enumerate(line):
                sheet.write(row, column, value, bold if row == 1 else None)
        sheet.write_formula("E5", "=SUM(E3:E4)", None, 10620000)
        sheet.set_column("B:B", 30.29)
        sheet.insert_chart("K2", chart(book))
        sheet.data_validation("G3:G9", {"validate": "list", "source": ["Tăng mới", "Giảm"]})
        other = book.add_worksheet("Khác")
        other.write("A1", "giữ")
        other.write_number("B1", 1500000, book.add_format({"num_format": "#,##0"}))
        other.merge_range("A2:B2", "Ghi chú")
    return buffer.getvalue()


def chart(book):
    made = book.add_chart({"type": "column"})
    made.add_series({"values": "=DS!$E$3:$E$4"})
    return made


def grid(data: bytes, name: str = "a.xlsx") -> dict[str, dict[tuple[int, int], object]]:
    return {
        sheet.name: {
            (row, column): value
            for row, values in enumerate(sheet.rows, start=1)
            for column, value in enumerate(values, start=1)
            if value is not None
        }
        for sheet in open_table(data, name).sheets
    }


def test_the_annotated_file_keeps_every_cell_and_adds_one_column():
    data = workbook()
    back = annotate(data, "a.xlsx", read_d02(data, "a.xlsx"))
    before, after = grid(data), grid(back)
    added = {place: value for place, value in after["DS"].items() if place not in before["DS"]}
    assert {place: after["DS"][place] for place in before["DS"]} == before["DS"]
    assert after["Khác"] == before["Khác"]
    assert {column for _, column in added} == {9}
    assert added[2, 9] == "Lỗi"
    assert "Cột 1 (ô C3)" in added[3, 9]
    assert "Cột 2 (ô D3)" in added[3, 9]
    assert (4, 9) not in added


def test_the_look_stays_and_what_could_act_goes():
    data = workbook()
    back = annotate(data, "a.xlsx", read_d02(data, "a.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(back))
    sheet = book["DS"]
    assert sheet["E5"].value == 10620000
    assert sheet["A2"].font.b
    assert sheet["A2"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["C3"].fill.fgColor.rgb == RED_ARGB
    assert sheet["C4"].fill.fgColor.rgb != RED_ARGB
    assert sheet["I3"].font.color.rgb == "FF9C0006"
    assert sheet.column_dimensions["B"].width == pytest.approx(31, abs=0.01)
    assert book["Khác"]["B1"].number_format == "#,##0"
    assert str(next(iter(book["Khác"].merged_cells.ranges))) == "A2:B2"
    assert len(sheet.data_validations.dataValidation) == 0
    with zipfile.ZipFile(io.BytesIO(back)) as package:
        assert not [name for name in package.namelist() if "chart" in name or "drawing" in name]


def test_text_that_looks_like_a_formula_stays_text():
    data = workbook()
    back = annotate(data, "a.xlsx", read_d02(data, "a.xlsx"))
    cell = openpyxl.load_workbook(io.BytesIO(back))["DS"]["B3"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_corrected_file_loses_its_old_remarks():
    data = workbook()
    once = annotate(data, "a.xlsx", read_d02(data, "a.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(once))
    sheet = book["DS"]
    for column, value in enumerate([*GOOD[:3], "01/02/1980"], start=1):
        sheet.cell(3, column).value = value
    sheet["C3"].value = "7912345679"
    sheet["E5"].value = None
    buffer = io.BytesIO()
    book.save(buffer)
    again = read_d02(buffer.getvalue(), "a.xlsx")
    assert again.problems == []
    assert again.ignored == ()
    twice = annotate(buffer.getvalue(), "a.xlsx", again)
    sheet = openpyxl.load_workbook(io.BytesIO(twice))["DS"]
    assert sheet["I2"].value == "Lỗi"
    assert sheet["I3"].value is None
    assert sheet["J2"].value is None
    assert sheet["C3"].fill.fgColor.rgb != RED_ARGB


def test_errors_of_the_whole_list_stand_beside_the_title():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("DS")
        sheet.write_row(0, 0, HEAD[:4])
        sheet.write_row(1, 0, [1, "Trần B", "7912345678", 1990])
    data = buffer.getvalue()
    after = grid(annotate(data, "a.xlsx", read_d02(data, "a.xlsx")))["DS"]
    assert after[1, 5].startswith("Lỗi | ")
    assert "Thiếu mã đơn vị" in after[1, 5]
    assert "Thiếu cột 14" in after[1, 5]


def test_csv_comes_back_as_a_workbook_and_its_formulas_stay_dead():
    lines = [*UNIT_LINE, ";".join(HEAD), '1;=cmd|"/c calc"!A0;+1;@x;-2+3;07/2026;\tTăng mới']
    data = "\n".join(lines).encode()
    back = annotate(data, "a.csv", read_d02(data, "a.csv"))
    before, after = grid(data, "a.csv"), grid(back)
    assert {place: after["a"][place] for place in before["a"]} == before["a"]
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(back))["a"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_xls_comes_back_as_a_workbook_with_the_same_cells():
    cells = b"".join(
        packages.label_cell(row, column, str(value))
        if isinstance(value, str)
        else packages.number_cell(row, column, value)
        for row, line in enumerate([UNIT_LINE, HEAD, BAD, GOOD])
        for column, value in enumerate(line)
    )
    data = packages.ole({"Workbook": packages.xls_stream(cells)})
    read = read_d02(data, "a.xls")
    assert len(read.rows) == 2
    before, after = grid(data, "a.xls"), grid(annotate(data, "a.xls", read))
    assert {place: after["S"][place] for place in before["S"]} == before["S"]
    assert after["S"][2, 9] == "Lỗi"


def test_a_file_without_a_list_is_annotated_at_its_first_cell():
    data = packages.xlsx()
    after = grid(annotate(data, "a.xlsx", read_d02(data, "a.xlsx")))["S"]
    assert after[2, 2] == "An"
    assert any(isinstance(value, str) and "tiêu đề" in value for value in after.values())


def test_macros_are_refused_never_returned():
    data = packages.repacked(workbook(), {"xl/vbaProject.bin": b"x"})
    with pytest.raises(BilingualError) as caught:
        annotate(data, "a.xlsx", read_d02(workbook(), "a.xlsx"))
    assert caught.value.code == "macro"


@settings(CALM, max_examples=8)
@given(lists, styles)
def test_an_annotated_list_reads_as_before(rows, style):
    data = write_d02([*rows, ROW, ROW], UNIT, "A", "05", DAY, style)
    first = read_d02(data, "a.xlsx")
    back = annotate(data, "a.xlsx", first)
    again = read_d02(back, "a.xlsx")
    assert first.problems
    assert again.rows == first.rows
    assert again.problems == first.problems
    assert again.ignored == first.ignored
