"""The export of a table: typed cells, the filter sheet, and no formula gets through."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from ansinh.forms.official import tables
from ansinh.forms.official.tables import TableColumn, export, export_csv, neutral
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month

COLUMNS = [
    TableColumn("Tên", "text"),
    TableColumn("Mã số", "code"),
    TableColumn("Số tiền", "money"),
    TableColumn("Ngày", "date"),
    TableColumn("Tháng", "month"),
    TableColumn("Tỷ lệ", "percent"),
    TableColumn("Đã gửi", "flag"),
]
AT = datetime(2026, 8, 3, 16, 45, tzinfo=UTC)
ROW = ("Lý Thế Vỹ", "0012345678", 1_234_567_890_123, date(2026, 7, 31), Month(2026, 7), Fraction(1, 4), True)


def make(rows: object, filters: dict[str, str] | None = None) -> bytes:
    return export("Đơn vị chậm đóng", COLUMNS, rows, filters or {}, "Nguyễn Thị Hà", AT)  # type: ignore[arg-type]


def test_cells_are_typed_and_codes_keep_their_zeros() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(make([ROW])))
    heading, line = book.get_sheet_by_name("Dữ liệu").to_python()
    assert heading == [column.title for column in COLUMNS]
    assert line == ["Lý Thế Vỹ", "0012345678", 1_234_567_890_123, date(2026, 7, 31), "07/2026", 0.25, "x"]


def test_sheet_is_ready_to_work_with() -> None:
    sheet = openpyxl.load_workbook(BytesIO(make([ROW, ROW])))["Dữ liệu"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G3"
    assert sheet["C2"].number_format == "#,##0"
    assert sheet["B2"].number_format == "@"


def test_filters_user_and_time_are_written_down() -> None:
    made = make([ROW], {"Cơ sở": "Kỳ Lừa", "Trạng thái": "=CMD()"})
    lines = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_name("Điều kiện lọc").to_python()
    assert dict(lines) == {
        "Bảng": "Đơn vị chậm đóng",
        "Cơ sở": "Kỳ Lừa",
        "Trạng thái": "=CMD()",
        "Người xuất": "Nguyễn Thị Hà",
        "Thời điểm xuất": "03/08/2026 16:45",
        "Số dòng": 1,
    }


@pytest.mark.parametrize(
    "start", ["=1+1", "+84912345678", "-2", "@SUM(A1)", "\tx", "\r=x", "{=1}", "http://a.vn"]
)
def test_no_text_becomes_a_formula_or_link(start: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(make([(start, start, 1, None, None, None, None)])))["Dữ liệu"]
    assert (sheet["A2"].data_type, sheet["B2"].data_type) == ("s", "s")
    assert sheet["A2"].hyperlink is None
    raw = b"".join(export_csv(COLUMNS[:1], [(start,)])).decode("utf-8-sig").split("\r\n", 1)[1]
    assert not raw.lstrip('"').startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_cut_at_semicolons_holds_no_formula_either() -> None:
    """A name "a;=HYPERLINK(…)" came alive in a spreadsheet set up for Viet Nam, which cuts at semicolons."""
    raw = b"".join(export_csv(COLUMNS[:2], [('a;=HYPERLINK("http://x")', "b\t=1")])).decode("utf-8-sig")
    (row,) = csv.reader(raw.splitlines()[1:], delimiter=";")
    assert row == ['a;=HYPERLINK("http://x"),"b\t=1"']
    assert list(csv.reader(raw.splitlines()[1:])) == [['a;=HYPERLINK("http://x")', "b\t=1"]]


def test_neutral_leaves_ordinary_text_alone() -> None:
    assert neutral("Lý Thế Vỹ") == "Lý Thế Vỹ"
    assert neutral("-") == "'-"


def test_csv_is_read_by_excel_and_keeps_negative_money_a_number() -> None:
    made = b"".join(export_csv(COLUMNS[:5], [("Vỹ", "001", -500, date(2026, 7, 1), Month(2026, 7))]))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").splitlines()[1] == "Vỹ,001,-500,01/07/2026,07/2026"


def test_partial_dates_empty_cells_and_no_filter() -> None:
    columns = [TableColumn("Ngày sinh", "date"), TableColumn("Số", "count"), TableColumn("Lúc", "instant")]
    made = export("Bảng", columns, [(PartialDate(1980), None, AT)], {}, "Hà", AT)
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    assert book.get_sheet_by_index(0).to_python()[1] == ["1980", "", datetime(2026, 8, 3, 16, 45)]  # noqa: DTZ001
    assert ["Bộ lọc", "Không lọc"] in book.get_sheet_by_index(1).to_python()


def test_rows_are_drawn_from_an_iterator_and_go_on_in_the_next_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROW_LIMIT", 1_001)

    def rows() -> Iterator[tuple[str, int]]:
        for order in range(2_500):
            yield f"Người {order}", order

    columns = [TableColumn("Tên"), TableColumn("Số", "money")]
    book = CalamineWorkbook.from_filelike(BytesIO(export("Bảng", columns, rows(), {}, "Hà", AT)))
    assert book.sheet_names == ["Dữ liệu", "Dữ liệu 2", "Dữ liệu 3", "Điều kiện lọc"]
    values = [
        line[1] for name in book.sheet_names[:3] for line in book.get_sheet_by_name(name).to_python()[1:]
    ]
    assert values == list(range(2_500))
