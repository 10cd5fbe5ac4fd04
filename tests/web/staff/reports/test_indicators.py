"""The pages of B01, B02 and B06: read well on a wide and a narrow screen, say why a cell is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.month.books import Books

from ansinh.kernel.months import Month

JANUARY = Month(2026, 1)


def address(code: str, books: Books, length: str = "month") -> str:
    return f"/bao-cao/?mau={code}&don-vi={books.province.pk}&ky={length}&thang=2026-01"


@pytest.mark.browser
def test_the_indicators_read_well(books: Books, staff_page: Any, axe: Any, screenshot: Any) -> None:
    page = staff_page("director")
    for code, length in (("B01-TS", "month"), ("B02-TS", "quarter"), ("B06-TS", "month")):
        page.goto(address(code, books, length))
        page.get_by_role("heading", name=code.replace("-TS", "b")).wait_for()
        axe(page)
        screenshot(page, f"report-{code}")


def test_amounts_have_their_unit_and_gaps_their_reason(
    books: Books, staff_client: Callable[..., Any]
) -> None:
    client = staff_client("director")
    body = client.get(address("B06-TS", books)).content.decode()
    assert "9.000.000" in body
    assert "triệu đồng" not in body
    assert "Sổ chưa có người tham gia bảo hiểm TNLĐ tự nguyện." in body
    empty = client.get(address("B01-TS", books) + "&page=2").content.decode()
    assert "Sổ chưa ghi tiền" in empty
