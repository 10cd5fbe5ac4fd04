"""C12-TS: its arithmetic, its workbook, and that the workbook says what the statement says."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.forms.official.statements import statement, with_row

from ansinh.forms.official.c12 import FUNDS, C12Payment, C12Row, C12Statement, to_xlsx
from ansinh.forms.official.layouts import layout


def table(made: bytes) -> dict[str, list[object]]:
    """Rows of the workbook by their official code, read back by another library."""
    lines = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()
    found: dict[str, list[object]] = {}
    block = ""
    for line in lines:
        order = str(line[0])
        if order in {"A", "B", "C", "D", "Đ"} and line[1] != "B":
            block = order
            found[block] = line
        elif block and order:
            found.setdefault(f"{block}.{order}", line)
    return found


def test_the_sample_is_sound_and_its_closing_opens_the_next_month() -> None:
    july = statement()
    assert july.check() == []
    opening = {"A" + code[1:]: row for code, row in july.rows.items() if code.startswith("Đ.")}
    august = replace(
        july, rows={**opening, **{"Đ" + code[1:]: row for code, row in opening.items()}}, payments=()
    )
    august = with_row(august, "Đ.1", opening["A.1"])
    assert august.check(july) == []
    wrong = with_row(august, "A.2.1", C12Row.whole(499_999))
    assert any("A.2.1 cột 6" in line and "kỳ trước" in line for line in wrong.check(july))


@pytest.mark.parametrize(
    ("code", "row", "said"),
    [
        ("A.2.2", C12Row.money(90_001, 1_660_000, 135_000, 60_000, 15_000), "A.2.2 cột 1"),
        (
            "B.3",
            C12Row(1_433_700, 10_513_800, 2_150_550, 955_800, 238_950, 15_292_801),
            "cột 6 là 15.292.801",
        ),
        ("Đ.2.1", C12Row.whole(500_001), "Đ.2.1 cột 6"),
        ("Đ.2.1", C12Row.whole(-1), "Đ.2.1: không được âm"),
        ("Đ.2.1", C12Row(1, 0, 0, 0, 0, 500_000), "không phân bổ vào các quỹ"),
        ("Đ.2.2", C12Row.money(0, 1_000_001), "A.2.2 + B.3 + B.4"),
        ("Đ.3", C12Row.money(0, 18_601), "A.3 + B.5"),
        ("Đ.1", C12Row.count(9, 9, 9, 9, 10), "Đ.1 cột 5"),
        ("A.1", C12Row.money(9, 9, 9, 9, 9), "cột 6 gạch chéo"),
        ("A", C12Row.whole(1), "dòng tiêu đề"),
        ("C", C12Row.whole(1), "tổng chứng từ"),
        ("A.4.1", C12Row(0, 31, 0, 0, 0, 32), "số ngày dài nhất"),
        ("E.1", C12Row.whole(1), "không có dòng E.1"),
    ],
)
def test_check_names_the_broken_row(code: str, row: C12Row, said: str) -> None:
    found = with_row(statement(), code, row).check()
    assert any(said in line for line in found), found


@given(
    st.sampled_from([row.code for row in layout("C12-TS").rows if row.kind == "money"]),
    st.sampled_from(FUNDS),
    st.integers(min_value=1, max_value=10**12),
)
def test_no_single_money_cell_can_change_unseen(code: str, fund: str, more: int) -> None:
    base = statement()
    row = base.row(code)
    changed = replace(row, **{fund: (getattr(row, fund) or 0) + more, "total": (row.total or 0) + more})
    assert with_row(base, code, changed).check()


def test_charges_printed_among_dues_belong_to_the_charge_balance() -> None:
    charge = C12Row.money(0, 700, 0, 0, 0)
    dues = C12Row.money(1_433_700, 10_514_500, 2_150_550, 955_800, 238_950)
    changed = statement()
    for code in ("B.3.1.2", "B.3.1.2.2"):
        changed = with_row(changed, code, charge)
    for code in ("B.3", "B.3.1"):
        changed = with_row(changed, code, dues)
    assert any(line.startswith("Đ.3 ") for line in changed.check())
    for code in ("Đ.3", "Đ.3.1"):
        changed = with_row(changed, code, C12Row.money(0, 19_300, 0, 0, 0))
    assert changed.check() == []


def test_shortfall_is_net_of_surplus_and_never_negative() -> None:
    base = statement()
    assert base.shortfall == 1_000_000 + 18_600 - 500_000
    rich = with_row(base, "Đ.2.1", C12Row.whole(2_000_000))
    assert rich.shortfall == 0
    assert rich.payment_code is None


def test_workbook_reads_back_to_the_dong() -> None:
    base = statement()
    found = table(to_xlsx(base))
    for row in layout("C12-TS").rows:
        code = {"B.2.1": "B.1.1", "B.2.2": "B.1.2"}.get(row.code)
        if code is not None:
            continue  # the form prints these two under the numbers of B.1
        line = found[row.code]
        assert line[1] == row.text
        got = base.row(row.code)
        assert [None if value == "" else value for value in line[2:8]] == [*got.funds, got.total]
    assert found["C.1"][1] == "+ UNC số 0715/2026, ngày 15/07/2026"
    assert [found[f"C.{order}"][7] for order in (1, 2)] == [10_000_000, 6_752_800]


def test_workbook_has_the_form_around_the_figures() -> None:
    made = to_xlsx(statement())
    page = openpyxl.load_workbook(BytesIO(made)).worksheets
    assert [sheet.title for sheet in page] == ["C12-TS"]
    text = [str(cell) for line in page[0].iter_rows(values_only=True) for cell in line if cell is not None]
    joined = "\n".join(text)
    for wanted in (
        "Mẫu C12-TS",
        "366/QĐ-BHXH ngày 29/4/2026",
        "THÔNG BÁO KẾT QUẢ ĐÓNG BHXH, BHYT, BHTN, BHTNLĐ, BNN",
        "Tháng 07 năm 2026",
        "e) Tổng số nộp thiếu là 518.600 đồng",
        "trước ngày 15/08/2026",
        "+BHXH+103+00+TZ0123Z+02001+dong BHXH+",
        "Lạng Sơn, ngày 03 tháng 8 năm 2026",
    ):
        assert wanted in joined
    hatched = {
        (cell.row, cell.column) for line in page[0].iter_rows() for cell in line if cell.border.diagonalDown
    }
    assert (
        len(hatched) == 8 + 2 * 5
    )  # column 6 of eight rows of people and wages; columns 1-5 of both surpluses
    assert [name for name in ZipFile(BytesIO(made)).namelist() if "media" in name] == ["xl/media/image1.png"]


def test_a_statement_without_anything_is_still_a_form() -> None:
    base = statement()
    empty = C12Statement(
        agency=base.agency,
        employer=base.employer,
        month=base.month,
        rows={},
        account=base.account,
        issued_on=date(2026, 8, 3),
    )
    assert empty.check() == []
    assert len(table(to_xlsx(empty))) > 50
    paid = replace(empty, payments=(C12Payment("UNC 1", date(2026, 7, 1), 5),))
    assert paid.row("C").total == 5
    assert any("Đ.2.1" in line for line in paid.check())
