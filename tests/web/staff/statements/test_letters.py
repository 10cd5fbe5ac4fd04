"""Letters 01-ĐĐ on screen: how many go where with which sums is seen before anything goes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.month.books import Books
from tests.office.seats import seat
from tests.web.hidden import seen

from ansinh.collection.models import Statement, Urge
from ansinh.collection.month import closing, services
from ansinh.kernel.months import Month
from ansinh.office.models import RoleAssignment, Unit

ADDRESS = "/ky-thu/don-doc/"


@pytest.fixture
def books(books: Books) -> Books:
    """The books of two months closed, of March run: who owes January is late."""
    boss = seat(("director", books.province))
    for month in (Month(2026, 1), Month(2026, 2)):
        shown = closing.as_seen(books.province, month)
        services.close_month(actor=boss, unit=books.province, month=month, seen=shown)
        services.run_month(actor=None, unit=books.province, month=month + 1)
    return books


def collector(officer: Callable[..., Any], unit: Unit) -> Any:
    return officer("collection", unit=unit)


def test_letters_are_shown_before_they_go_out(
    books: Books, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    """One POST issued numbered letters to every employer of the province, before anybody had seen how many."""
    client = staff_client(user=collector(officer, books.province))
    client.post(ADDRESS, {"month": "2026-03"})
    client.post(ADDRESS, {"month": "2026-03", "confirmed": "1"})
    assert not Urge.objects.exists()
    page = client.get(f"{ADDRESS}?month=2026-03")
    behind = Statement.objects.filter(month=Month(2026, 3).index, short_late__gt=0)
    owed = sum(behind.values_list("short_late", flat=True))
    assert behind.count() == 2
    assert f"{owed:,}".replace(",", ".") in page.content.decode()
    assert books.office.name in page.content.decode()
    form = {"month": "2026-03", "don-vi": books.province.pk, "confirmed": "1", "seen": seen(page)}
    for strange in ("²", "0", str(books.office.parent_id + 999), "9" * 40):
        assert client.post(ADDRESS, {**form, "don-vi": strange}).status_code == 404, strange
    client.post(ADDRESS, {**form, "seen": "0" * 64})
    assert not Urge.objects.exists()
    client.post(ADDRESS, form)
    assert set(Urge.objects.values_list("employer_id", flat=True)) == {books.paying.pk, books.late.pk}
    assert "chưa được đôn đốc" in client.get(f"{ADDRESS}?month=2026-03").content.decode()


def test_an_office_issues_its_own_letters_only(
    books: Books, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    other = books._unit("base_office", "20.02", books.province, books.office.valid_from)
    client = staff_client(user=collector(officer, other))
    page = client.get(f"{ADDRESS}?month=2026-03").content.decode()
    assert books.office.name not in page
    for unit in (books.office, books.province):
        asked = client.get(f"{ADDRESS}?month=2026-03&don-vi={unit.pk}")
        assert asked.status_code == 404
    assert client.get("/ky-thu/").content.decode().count(ADDRESS) == 3


@pytest.mark.browser
def test_closing_and_urging_read_well(
    books: Books, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any, screenshot: Any
) -> None:
    user = officer("director", unit=books.province)
    RoleAssignment.objects.create(
        user=user, role="collection", unit=books.province, valid_from=books.office.valid_from,
        decision="2/QĐ", state="granted",
    )  # fmt: skip
    page = staff_page(user=user)
    page.goto("/ky-thu/")
    axe(page)
    screenshot(page, "two-months")
    page.get_by_role("link", name="Đôn đốc 01-ĐĐ 03/2026").click()
    page.get_by_role("button", name="Phát hành").wait_for()
    axe(page)
    screenshot(page, "two-letters")
    page.goto("/ky-thu/khoa/?month=2026-03")
    axe(page)
    screenshot(page, "two-close")
    page.get_by_role("button", name="Khóa sổ").click()
    page.get_by_text("Đã khóa sổ kỳ 03/2026.").wait_for()
