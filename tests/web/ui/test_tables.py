"""Tables without a browser: the address is the state, the workbook is exactly what was found."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from types import SimpleNamespace as Row
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.safestring import SafeString

from ansinh.office.models import Unit
from ansinh.web.staff.stories.pages import sample_table
from ansinh.web.ui import export, markup, words
from ansinh.web.ui.tables import Action, Column, Filter, Table, choice, search

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
    return [str(made.columns[0].read(row)) for row in made.shown]


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
    assert len(first.shown) == 10
    assert len(last.shown) == 5
    assert shown(beyond) == shown(last)
    assert first.previous_url == ""
    assert first.next_url == "?page=2"
    assert ("…", "") in first.page_links


def test_markup_in_a_row_is_shown_and_never_obeyed() -> None:
    hostile = '<script>alert("x")</script>&\'"><img src=x>'
    rows = [Row(pk=hostile, name=hostile, note=hostile, state=hostile, left=-1, due=1), Row(
        pk=2, name="", note=SafeString("<b>"), state="", left=None, due=None)]  # fmt: skip
    columns = [
        Column("name", hostile, url=lambda r: f"/{r.name}"),
        Column("note", "x", url=lambda r: r.note, sort="note"),
        Column("state", "x", "tag", tone=lambda r: r.state),
        Column("left", "x", "due"),
        Column("due", "x", "money"),
    ]
    filters = [choice("co", hostile, [(hostile, hostile)]), Filter("q", hostile, lambda rows, value: rows)]
    made = table(
        "/?" + urlencode({"q": hostile, "co": hostile, "sort": f"-note{hostile}"}),
        [],
        columns=columns,
        filters=filters,
        actions=[Action("a", "A")],
        page_size=1,
    )
    made.rows = rows * 30
    made.filters = filters[1:]
    parts = [
        draw(made) for draw in (markup.filter_bar, markup.chooser, markup.head, markup.body, markup.pages)
    ]
    made.filters = filters
    del made.__dict__["controls"]
    parts.append(markup.filter_bar(made))
    page = Parsed()
    page.feed("".join(parts))
    assert page.tags <= {
        "form", "div", "label", "input", "select", "option", "button", "a", "details", "summary", "tr", "th",
        "td", "span", "strong", "nav", "ul", "li",
    }  # fmt: skip
    assert page.attributes.isdisjoint({"src", "onerror", "onclick"})
    assert page.text.count(hostile) >= 5
    assert page.values.count(hostile) >= 3  # what is looked for, the key of a row


class Parsed(HTMLParser):
    """What a browser makes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.values += [value for _name, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_first_address_of_a_row_opens_it() -> None:
    columns = [
        Column("code", "Mã", "code", url=lambda r: "" if r.code == "A" else f"/{r.code}/", frozen=True),
        Column("due", "Nợ", "money", url=lambda r: "/due/"),
    ]
    made = table("/", ROWS[:2], columns=columns)
    first, second = markup.body(made).splitlines()
    assert first == (
        '<tr data-row><th scope="row" class="cell--code cell--frozen cell--first" data-column="code">'
        '<a href="/B/" data-open>B</a></th>'
        '<td class="cell--money" data-column="due"><a href="/due/">5</a></td></tr>'
    )
    assert second == (
        '<tr data-row><td class="cell--code cell--frozen cell--first" data-column="code">A</td>'
        '<th scope="row" class="cell--money" data-column="due"><a href="/due/" data-open>—</a></th></tr>'
    )


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
