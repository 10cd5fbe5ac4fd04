"""The officers' own lists by keyboard, the record on a phone, typing kept, columns kept per person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery

from ansinh.registers import households

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.textContent.trim()"


def test_a_list_is_walked_opened_and_left_by_keyboard(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any
) -> None:
    for name in ("Bế Văn An", "Chu Thị Ánh", "Đặng Thị Ánh"):
        scene.person(name)
    page = staff_page(user=officer("director", unit=scene.province))
    page.goto("/nguoi/")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == "Bế Văn An"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == "Chu Thị Ánh"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Chu Thị Ánh").wait_for()
    axe(page)
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/nguoi/")
    page.keyboard.press("/")
    page.keyboard.type("dang thi")
    page.keyboard.press("Enter")
    page.wait_for_url("**ten=dang+thi**")
    assert page.locator("tbody tr").count() == 1
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    axe(page)
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_a_household_by_screen_and_keyboard(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any, screenshot: Any
) -> None:
    scene.unit("commune", "06001", scene.province)
    head, child = scene.person("Hoàng Văn Chủ"), scene.person("Hoàng Thị Con", birth_year=2015)
    made = households.begin(actor=scene.officer(), head=head, address="Thôn 3", commune=scene.office)
    page = staff_page(user=officer("collection", unit=scene.province))
    page.goto(f"/nguoi/{head.pk}/")
    page.get_by_role("link", name=f"Hộ {made.code}").click()
    axe(page)
    screenshot(page, "household")
    page.get_by_role("link", name="Thêm thành viên").click()
    page.get_by_role("button", name="Thêm vào hộ").click()
    page.get_by_role("heading", name="Có lỗi cần sửa").wait_for()
    axe(page)
    screenshot(page, "household-errors")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(child.si_number)
    page.get_by_label("Quan hệ với chủ hộ").select_option("Con")
    page.get_by_role("button", name="Thêm vào hộ").click()
    page.get_by_text("Đã thêm Hoàng Thị Con vào hộ.").wait_for()
    page.get_by_role("link", name="Đưa ra khỏi hộ Hoàng Thị Con").click()
    axe(page)
    screenshot(page, "household-remove")
    page.keyboard.press("Escape")
    page.wait_for_url(f"**/ho-gia-dinh/{made.pk}/")
    page.get_by_role("link", name="Sửa quan hệ Hoàng Thị Con").click()
    page.get_by_label("Quan hệ với chủ hộ").select_option("Cháu")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/ho-gia-dinh/{made.pk}/")
    assert asked == ["beforeunload"]
    child.refresh_from_db()
    assert child.relation == "child"
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/nguoi/")


def test_a_grid_keeps_what_was_typed(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any]
) -> None:
    employer = scene.employer("Công ty Ánh Dương")
    page = staff_page(user=officer("collection", unit=scene.province))
    page.goto(f"/ho-so-thu/luoi/{employer.pk}/")
    page.get_by_label("Dòng 1, [B] Họ và tên").fill("Đặng Thị Ánh")
    page.wait_for_timeout(600)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/don-vi/")
    assert asked == ["beforeunload"]
    page.goto(f"/ho-so-thu/luoi/{employer.pk}/")
    page.get_by_role("button", name="Khôi phục bản nháp").click()
    assert page.get_by_label("Dòng 1, [B] Họ và tên").input_value() == "Đặng Thị Ánh"


def test_columns_are_kept_for_each_person(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any]
) -> None:
    scene.person()
    first, second = (officer(role, unit=scene.province) for role in ("collection", "checks"))
    page = staff_page(user=first)
    page.goto("/nguoi/")
    page.locator("[data-chooser] summary").click()
    page.get_by_label("Cơ quan quản lý", exact=True).last.check()
    page.reload()
    assert page.locator("th[data-column=office]").is_visible()
    page.context.clear_cookies()
    page = staff_page(user=second)
    page.goto("/nguoi/")
    assert not page.locator("th[data-column=office]").is_visible()
