"""Pages of cases in a browser: the next one taken, a wait, a point sent back, who keeps away; both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection import casework
from tests.collection.declarations.scenery import Scenery

from ansinh.office.cases import services

pytestmark = pytest.mark.browser


def test_cases_are_worked_on(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any, screenshot: Any
) -> None:
    """The clerk takes the next one and waits; the director sends a point back with its cause."""
    refund = casework.refund(
        office=scene.office, reason="Đóng trùng", amount=450_000, most=450_000, payee="Nông Văn A",
        bank_account="1020304050", person=scene.person("Nông Văn A"),
    )  # fmt: skip
    casework.refund(office=scene.office, reason="Đóng trùng", amount=0, most=5, payee="Lý Thị B")
    page = staff_page(user=officer("collection", unit=scene.province))
    page.goto("/giai-quyet/")
    page.get_by_role("button", name="Nhận việc tiếp theo").click()
    page.get_by_text("Lý Thị B. Bước: Xác định số tiền.").wait_for()
    page.locator("summary", has_text="Ghi việc chờ").click()
    axe(page)
    screenshot(page, "case-wait")
    page.get_by_label("Chờ vì").select_option("agency")
    page.get_by_label("Chờ ai").fill("Công an xã")
    page.get_by_role("button", name="Ghi việc chờ").click()
    page.get_by_role("heading", name="Có lỗi cần sửa").wait_for()
    axe(page)
    screenshot(page, "case-wrong")
    page.get_by_label("Chờ điều gì").fill("Xác minh nhân thân")
    page.get_by_label("Đến hết ngày").fill("31/12/2099")
    page.get_by_label("Quá ngày thì làm gì").fill("nhắc lại")
    page.get_by_role("button", name="Ghi việc chờ").click()
    page.get_by_text("Chờ Công an xã").wait_for()
    page.goto("/giai-quyet/dang-cho/")
    axe(page)
    screenshot(page, "cases-waiting")
    page.context.clear_cookies()
    page = staff_page(user=officer("director", unit=scene.province))
    page.goto(f"/tien-nop/hoan-tra/{refund.pk}/")
    page.locator("summary", has_text="Trả lại bước này").click()
    axe(page)
    page.get_by_label("Nguyên nhân").select_option("facts")
    page.get_by_label("Lời ghi cho người làm").fill("xem lại tháng 3")
    page.get_by_role("button", name="Trả lại Xác định số tiền").click()
    page.get_by_text("Trả lại: Sai dữ kiện").wait_for()
    assert services.of_thing("refund", refund.pk).step == "assess"
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Case work").wait_for()
    axe(page)
    screenshot(page, "case-returned-en")
    page.goto("/giai-quyet/phan-cong/")
    for summary in page.locator("main summary").all():
        summary.click()
    axe(page)
    screenshot(page, "case-people-en")
