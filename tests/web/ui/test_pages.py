"""The shell's own pages in a browser: axe, desk and phone width, keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sign_in_page(page: Any, axe: Callable[..., None], screenshot: Callable[..., None]) -> None:
    page.goto("/")
    assert page.url.endswith("/account/login/?next=%2F")
    assert page.locator("html").get_attribute("lang") == "vi"
    axe(page)
    screenshot(page, "sign-in")


@pytest.fixture
def signed_in(staff_page: Callable[..., Any]) -> Any:
    return staff_page("collection")


def test_stories(signed_in: Any, axe: Callable[..., None], screenshot: Callable[..., None]) -> None:
    signed_in.goto("/ui/")
    screenshot(signed_in, "ui")
    axe(signed_in)


def test_own_pages(signed_in: Any, axe: Callable[..., None], screenshot: Callable[..., None]) -> None:
    for name, address in {
        "table": "/ui/table/",
        "table-empty": "/ui/table/?q=khong-co",
        "form": "/ui/form/",
        "preferences": "/account/preferences/",
        "password": "/account/password/",
        "recovery": "/account/recovery/generate/",
        "missing": "/khong-co/",
    }.items():
        signed_in.goto(address)
        axe(signed_in)
        screenshot(signed_in, name, full=False)


def test_refusal_page(
    staff_page: Callable[..., Any], axe: Callable[..., None], screenshot: Callable[..., None]
) -> None:
    page = staff_page("administrator")
    assert page.goto("/ui/").status == 200
    page.context.clear_cookies()
    page.goto("/ui/table/")
    assert "/account/login/" in page.url


def test_table_by_keyboard(signed_in: Any) -> None:
    page = signed_in
    page.goto("/ui/table/?sort=-due")
    focused = "document.activeElement.textContent.trim() || document.activeElement.name"
    page.keyboard.press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    second = page.evaluate(focused)
    assert first.startswith("TC")
    assert second.startswith("TC")
    assert first != second
    page.keyboard.press("k")
    assert page.evaluate(focused) == first
    page.keyboard.press("x")
    assert page.locator("input[name=pick]:checked").count() == 1
    assert "Đã chọn 1" in page.locator("[data-bulk-count]").inner_text()
    assert page.locator("#announcer").inner_text().startswith("Đã chọn 1")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert "Đã chọn 2" in page.locator("[data-bulk-count]").inner_text()
    page.keyboard.press("/")
    page.keyboard.type("bac son")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**q=bac+son**")
    assert "sort=-due" in page.url
    assert "theo bộ lọc" in page.content()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**code=TC**")


def test_other_keys(signed_in: Any) -> None:
    page = signed_in
    page.goto("/ui/table/")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/ui/")
    page.goto("/account/preferences/")
    page.get_by_role("group", name="Phím tắt").get_by_label("Tắt").check()
    page.get_by_role("button", name="Lưu tùy chọn").click()
    page.get_by_text("Đã lưu tùy chọn.").wait_for()
    page.goto("/ui/table/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-open')") is False


def test_bulk_sum_is_the_servers(signed_in: Any) -> None:
    page = signed_in
    page.goto("/ui/table/?state=late")
    page.locator("[data-pick-all]").check()
    assert "Đã chọn 25" in page.locator("[data-bulk-count]").inner_text()
    page.locator("[data-everything]").check()
    said = page.locator("[data-bulk-count]").inner_text()
    assert said.startswith("Đã chọn 30")
    page.get_by_role("button", name="Lập 01-ĐĐ").click()
    answered = page.locator(".notice--green").inner_text().replace("\u00a0", " ")
    assert answered.startswith("Đã chọn 30 dòng")
    assert said.split("tổng ")[1] in answered


def test_columns_are_remembered(signed_in: Any) -> None:
    page = signed_in
    page.goto("/ui/table/")
    assert not page.locator("th[data-column=since]").is_visible()
    page.locator("[data-chooser] summary").click()
    page.get_by_label("Tham gia từ").check()
    page.get_by_label("Số lao động").uncheck()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Cột"
    page.reload()
    assert page.locator("th[data-column=since]").is_visible()
    assert not page.locator("th[data-column=people]").is_visible()


def test_frozen_columns_stay(signed_in: Any) -> None:
    page = signed_in
    page.set_viewport_size({"width": 900, "height": 600})
    page.goto("/ui/table/")
    cell = page.locator("tbody tr:first-child td[data-column=name]")
    before = cell.bounding_box()["x"]
    page.evaluate("document.querySelector('.table-region').scrollLeft = 200")
    assert abs(cell.bounding_box()["x"] - before) < 2
    header = page.locator("th[data-column=due]")
    top = header.bounding_box()["y"]
    page.evaluate("document.querySelector('.table-region').scrollTop = 200")
    assert abs(header.bounding_box()["y"] - top) < 2


def test_form_errors_take_the_focus(
    signed_in: Any, axe: Callable[..., None], screenshot: Callable[..., None]
) -> None:
    page = signed_in
    page.goto("/ui/form/")
    page.get_by_role("button", name="Gửi").click()
    page.locator("[data-error-summary]").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert page.title().startswith("Lỗi:")
    axe(page)
    screenshot(page, "form-errors", full=False)
    page.get_by_role("link", name="Từ ngày").click()
    assert page.evaluate("document.activeElement.name") == "since"


def test_typing_is_never_lost(signed_in: Any) -> None:
    page = signed_in
    page.goto("/ui/form/")
    page.get_by_label("Họ và tên").fill("Đặng Thị Ánh")
    page.wait_for_timeout(600)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/ui/")
    assert asked == ["beforeunload"]
    page.goto("/ui/form/")
    page.get_by_role("button", name="Khôi phục bản nháp").click()
    assert page.get_by_label("Họ và tên").input_value() == "Đặng Thị Ánh"


def test_job_reports_its_end(signed_in: Any) -> None:
    page = signed_in
    page.goto("/ui/?only=progress-job")
    page.locator("#job-live .tag--green").wait_for()
    assert "100 %" in page.locator("#announcer").inner_text()


def test_print(signed_in: Any) -> None:
    page = signed_in
    page.goto("/ui/table/")
    page.emulate_media(media="print")
    assert page.locator(".print-header").is_visible()
    for gone in (".masthead", ".service-nav", ".filter-bar", ".bulk-bar"):
        assert not page.locator(gone).is_visible(), gone


def test_phone_navigation_folds(signed_in: Any) -> None:
    page = signed_in
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/ui/table/")
    link = page.locator(".service-nav a", has_text="Mẫu giao diện")
    assert not link.is_visible()
    page.locator(".service-nav > details > summary").click()
    assert not link.is_visible()
    page.locator(".service-nav summary", has_text="Người phát triển").click()
    assert link.is_visible()


def test_without_script(chromium_browser: Any, signed_in: Any, live_server: Any) -> None:
    kept = signed_in.context.storage_state()
    context = chromium_browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=kept, locale="vi-VN"
    )
    page = context.new_page()
    page.goto("/ui/table/")
    page.locator("input[name=pick]").first.check()
    page.get_by_role("button", name="Giao cán bộ").click()
    assert "Đã chọn 1 dòng" in page.locator(".notice--green").inner_text()
    page.locator("th[data-column=due] a").click()
    assert page.locator("th[data-column=due]").get_attribute("aria-sort") == "ascending"
    assert page.locator(".service-nav a").first.is_visible()
    context.close()


def test_language_switch(signed_in: Any, axe: Callable[..., None]) -> None:
    page = signed_in
    page.goto("/account/preferences/")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Preferences and security").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/account/preferences/")
    axe(page)
