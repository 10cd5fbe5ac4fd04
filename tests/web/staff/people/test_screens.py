"""TK1-TS and TK3-TS in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery

pytestmark = pytest.mark.browser


def test_declarations_of_person_and_employer(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any, screenshot: Any
) -> None:
    scene.unit("commune", "06001", scene.province)
    person, employer = (
        scene.person("Đặng Thị Ánh", birth_month=None, birth_day=None),
        scene.employer("Công ty Ánh Dương"),
    )
    page = staff_page(user=officer("collection", unit=scene.province))
    page.goto(f"/nguoi/{person.pk}/tk1/")
    assert page.get_by_label("[03]").input_value() == "1990"
    page.get_by_label("[03]").fill("31/02/1990")
    page.get_by_label("Nam").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("heading", name="Có lỗi cần sửa").wait_for()
    axe(page)
    screenshot(page, "tk1-errors")
    page.get_by_label("[03]").fill("5/1990")
    page.get_by_label("Nữ").check()
    page.get_by_label("[07]").fill("0912 345 678")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("heading", name="Kiểm tra lại tờ khai").wait_for()
    page.get_by_text("đang ghi: 1990").wait_for()
    axe(page)
    screenshot(page, "tk1-check")
    page.get_by_role("link", name="Thay đổi [07]").click()
    assert page.get_by_label("[07]").input_value() == "0912 345 678"
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Lưu tờ khai TK1-TS").click()
    page.get_by_text("Đã lưu tờ khai TK1-TS.").wait_for()
    person.refresh_from_db()
    assert (person.birth_month, person.birth_day, person.phone) == (5, None, "0912345678")
    assert person.identity == "unverified"

    page.goto(f"/don-vi/{employer.pk}/tk3/")
    assert page.get_by_label("Mã đơn vị").is_disabled()
    page.get_by_label("[03]").fill("Số 1 đường Trần Đăng Ninh")
    page.get_by_label("3 tháng một lần").check()
    axe(page)
    screenshot(page, "tk3")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Lưu tờ khai TK3-TS").click()
    page.get_by_text("Đã lưu tờ khai TK3-TS.").wait_for()
    employer.refresh_from_db()
    assert (employer.cycle, employer.address) == (3, "Số 1 đường Trần Đăng Ninh")

    page.goto(f"/don-vi/{employer.pk}/tinh-trang/")
    page.get_by_label("Tình trạng", exact=True).select_option("suspended")
    page.get_by_label("Từ ngày").fill("1/7/26")
    page.get_by_role("button", name="Ghi tình trạng").click()
    axe(page)
    screenshot(page, "employer-status")
    page.get_by_label("Căn cứ").fill("Thông báo 12/TB-ĐKKD ngày 25/6/2026, Sở Tài chính")
    page.get_by_role("button", name="Ghi tình trạng").click()
    page.get_by_text("Đã ghi tình trạng đơn vị.").wait_for()
    assert employer.statuses.get().valid_from == date(2026, 7, 1)
