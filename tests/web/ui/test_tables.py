"""Tables without a browser: the address is the state, the workbook is exactly what was found."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from types import SimpleNamespace as Row
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.test import RequestFactory

from ansinh.office.models import Unit
from ansinh.web.staff.stories.pages import sample_table
from ansinh.web.ui import export, words
from ansinh.web.ui.tables import Action, Column, Filter, Table, search

CODE = Column("code", "Mã", "code", sort="code")
DUE = Column("due", "Phải nộp", "money", sort="due")


def table(address: str = "/", rows: Any = (), **more: Any) -> Table:
    request = RequestFactory().get(address)
    request.user = Row(__str__=lambda self: "Hoàng Thị Mai")
    return Table(
        request, name="t", caption="Bảng", rows=rows, columns=more.pop("columns", [CODE, DUE]), **more
    )


ROWS = [Row(pk=1, code="B", due=5), Row(pk=2, code="A", due=None), Row(pk=3, code="C", due=9)]


def shown(made: Table) -> list[str]:
    return [line.cells[0].text for line in made.lines]


@pytest.mark.parametrize(
    ("address", "expected"),
    [("/", "BAC"), ("/?sort=code", "ABC"), ("/?sort=-code", "CBA"), ("/?sort=due", "BCA"), ("/?sort=-due", "CBA"),
     ("/?sort=secret", "BAC")],
)  # fmt: skip
def test_order(address: str, expected: str) -> None:
    assert "".join(shown(table(address, ROWS))) == expected


def test_heading_turns_the_order_and_keeps_the_filter() -> None:
    heading = table("/?sort=code&page=3&q=x", ROWS).headings[0]
    assert heading.sorted == "ascending"
    assert QueryDict(heading.url[1:]).dict() == {"sort": "-code", "q": "x"}


def test_pages() -> None:
    many = [Row(pk=i, code=f"{i:03d}", due=i) for i in range(95)]
    first, last, beyond = (table(f"/?page={n}", many, page_size=10) for n in (1, 10, 99))
    assert len(first.lines) == 10
    assert len(last.lines) == 5
    assert shown(beyond) == shown(last)
    assert first.previous_url == ""
    assert first.next_url == "?page=2"
    assert ("…", "") in first.page_links


def test_filter_name_may_not_be_a_word_of_the_table() -> None:
    with pytest.raises(ValueError, match="page"):
        Filter("page", "x", lambda rows, value: rows)


def test_selection_by_tick_or_all_found() -> None:
    narrowed = Filter("q", "x", lambda rows, v: [r for r in rows if r.due])
    made = table("/?q=1", ROWS, filters=[narrowed], actions=[Action("a", "A")])
    assert [r.pk for r in made.selected(QueryDict("pick=3&pick=2"))] == [3]  # 2 is not among what was found
    assert [r.pk for r in made.selected(QueryDict("everything=1"))] == [1, 3]
    assert made.selected(QueryDict("")) == []


@pytest.mark.django_db
def test_queryset_costs_two_queries(django_assert_num_queries: Any) -> None:
    for i in range(30):
        name = f"Xã Đồng {i}"
        Unit.objects.create(kind="commune", code=str(i), name=name, name_fold=f"xa dong {i}", name_sort=name,
                            path=f"/1/{i}/", valid_from=date(2025, 7, 1))  # fmt: skip
    columns = [Column("code", "Mã", "code", sort="code"), Column("name", "Tên", sort="name_sort")]
    made = table("/?q=Đồng 2&sort=-code", Unit.objects.all(), columns=columns, page_size=5,
                 filters=[search("q", "Tên", "name_fold__contains")])  # fmt: skip
    with django_assert_num_queries(2):
        assert made.count == 11
        assert shown(made) == ["29", "28", "27", "26", "25"]
    keys = QueryDict(mutable=True)
    keys.setlist("pick", [str(Unit.objects.get(code="29").pk), "x; drop", str(Unit.objects.get(code="1").pk)])
    assert [u.code for u in made.selected(keys)] == ["29"]


def test_workbook_is_what_was_found() -> None:
    columns = [
        Column("code", "Mã", "code", frozen=True), Column("due", "Phải nộp", "money"), Column("on", "Ngày", "date"),
        Column("month", "Tháng", "month"), Column("rate", "Tỷ lệ", "percent"), Column("note", "Ghi chú"),
    ]  # fmt: skip
    rows = [
        Row(pk=1, code="0012345678", due=12_345_678, on=date(2026, 7, 1), month=2026 * 12 + 6, rate=Fraction(8, 100),
            note='=HYPERLINK("http://x")'),
        Row(pk=2, code="+84", due=None, on=None, month=None, rate=None, note="http://example.com"),
        Row(pk=3, code="hidden", due=1, on=None, month=None, rate=None, note="no"),
    ]  # fmt: skip
    narrowed = Filter("q", "Mã", lambda all_, v: [r for r in all_ if r.code != v])
    made = table("/?q=hidden&export=xlsx", rows, columns=columns, filters=[narrowed])
    assert made.export_asked
    answer = export.workbook(made)
    assert answer["Content-Disposition"].endswith('.xlsx"')
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Mã", "Phải nộp", "Ngày", "Tháng", "Tỷ lệ", "Ghi chú"]
    first = sheet[2]
    assert (first[0].value, first[0].data_type) == ("0012345678", "s")
    assert (first[1].value, first[1].data_type) == (12_345_678, "n")
    assert first[2].value.date() == date(2026, 7, 1)
    assert first[3].value == "07/2026"
    assert first[4].value == pytest.approx(0.08)
    assert (first[5].value, first[5].data_type) == ('=HYPERLINK("http://x")', "s")  # text, never a formula
    assert sheet[3][5].hyperlink is None
    assert sheet.max_row == 3
    assert sheet.freeze_panes == "B2"
    conditions = {row[0].value: row[1].value for row in book["Điều kiện lọc"].rows}
    assert conditions["Mã"] == "hidden"
    assert conditions["Số dòng"] == "2"


@pytest.mark.django_db
def test_sample_exports_all_pages(staff_client: Callable[..., Any]) -> None:
    answer = staff_client("collection").get("/ui/table/", {"export": "xlsx", "state": "late", "page": "2"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.worksheets[0].max_row == 31
    assert sample_table(RequestFactory().get("/")).count == 120


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(Fraction(866, 1000), 1, "86,6%"), (Fraction(1, 3), 2, "33,33%"), (Fraction(-5, 1000), 1, "-0,5%"), (0, 1, "0,0%"),
     (Fraction(9996, 10000), 0, "100%"), (None, 1, "")],
)  # fmt: skip
def test_percent(value: Any, digits: int, expected: str) -> None:
    assert words.percent(value, digits) == expected
