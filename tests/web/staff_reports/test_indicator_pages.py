"""The pages of B01, B02 and B06: read well on a wide and a narrow screen, say why a cell is empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.collection.month.books import Books

from ansinh.collection.month import services
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account

JANUARY = Month(2026, 1)


@pytest.fixture
def books(transactional_db: None) -> Books:
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    made = Books()
    services.open_month(unit=made.province, month=JANUARY)
    made.paying, made.late = made.employer(workers=3), made.employer(workers=2)
    made.pay(made.paying, date(2026, 1, 20), 9_000_000)
    services.run_month(actor=None, unit=made.province, month=JANUARY)
    return made


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
