"""The page of the period reports on real books: reads well, keeps to the scope, costs the same at any size."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.collection.month.books import Books

from ansinh.collection.month import services
from ansinh.kernel.months import Month

JANUARY = Month(2026, 1)
CODES = ("C69b-HD", "C83b-HD", "B03-TS", "B04-TS")


def address(code: str, books: Books, unit: Any = None, more: str = "") -> str:
    return f"/bao-cao/?mau={code}&don-vi={(unit or books.office).pk}&ky=month&thang=2026-01{more}"


@pytest.mark.browser
def test_the_page_reads_well(books: Books, staff_page: Any, axe: Any, screenshot: Any) -> None:
    page = staff_page("director")
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    page.get_by_label("Mẫu biểu").select_option("B03-TS")
    page.get_by_label("Cơ quan").select_option(str(books.office.pk))
    page.get_by_role("button", name="Xem").click()
    page.get_by_role("heading", name="B03a-TS").wait_for()
    for code in CODES:
        page.goto(address(code, books))
        axe(page)
        screenshot(page, f"report-{code}")
    page.locator(".table-region").evaluate("r => { r.scrollLeft = 2000 }")
    name = page.get_by_role("rowheader", name="Trốn đóng", exact=True)
    assert name.bounding_box()["x"] == pytest.approx(page.locator(".table-region").bounding_box()["x"], abs=2)
    with page.expect_download() as waited:
        page.get_by_role("link", name="Tải tệp Excel").click()
    assert waited.value.suggested_filename == "B04a-TS-20.01-2026-01.xlsx"


def test_the_screen_and_the_file_say_the_same(books: Books, staff_client: Callable[..., Any]) -> None:
    client = staff_client("director")
    body = client.get(address("B03-TS", books)).content.decode()
    assert books.late.name in body
    assert "6.400.000" in body
    answer = client.get(address("B03-TS", books, more="&export=xlsx"))
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert next(r for r in rows if r[2] == books.late.unit_code)[5] == 6_400_000


def test_what_is_not_there_is_not_found(books: Books, staff_client: Callable[..., Any]) -> None:
    elsewhere = Books("27")
    client = staff_client("director")
    assert client.get(address("B03-TS", books)).status_code == 200
    for wrong in (
        address("B03-TS", books, elsewhere.office),
        address("B99-TS", books),
        address("B03-TS", books).replace("2026-01", "2031-01"),
        address("B03-TS", books).replace("2026-01", "hom-qua"),
    ):
        assert client.get(wrong).status_code == 404, wrong


def test_the_cost_does_not_grow_with_the_employers(books: Books, staff_client: Callable[..., Any]) -> None:
    client = staff_client("director")

    def cost(code: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address(code, books)).status_code == 200
        return len(seen)

    cost("B03-TS")
    before = {code: cost(code) for code in CODES}
    for _ in range(5):
        books.employer(workers=2)
    services.run_month(actor=None, unit=books.province, month=JANUARY)
    assert {code: cost(code) for code in CODES} == before
