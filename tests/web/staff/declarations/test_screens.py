"""The other intake screens in a browser: typed list, declarations of person and employer, refunds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery

from ansinh.collection.models import Declaration

pytestmark = pytest.mark.browser


def test_a_list_typed_on_the_grid(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any, screenshot: Any
) -> None:
    employer = scene.employer("Công ty TNHH May Ánh Dương")
    raised, joins = scene.person("Hoàng Thị Cúc"), scene.person("Đặng Thị Ánh")
    scene.works(raised, employer)
    page = staff_page(user=officer("collection", unit=scene.province))
    page.goto("/ho-so-thu/luoi/")
    seek = page.get_by_role("search", name="Tìm đơn vị")
    seek.get_by_label("Tên, mã đơn vị").fill("cong ty")
    seek.get_by_role("button").click()
    page.wait_for_url("**/ho-so-thu/luoi/?k=*")
    axe(page)
    screenshot(page, "grid-start")
    page.get_by_role("link", name=employer.name).click()
    page.get_by_label("Hoàng Thị Cúc").check()
    page.get_by_label("Loại", exact=True).select_option("Điều chỉnh tiền lương")
    page.get_by_role("button", name="Đưa vào danh sách").click()
    assert page.get_by_label("Dòng 1, [B] Họ và tên").input_value() == "Hoàng Thị Cúc"
    page.get_by_label("Dòng 1, [4]").fill("10.000.000")
    page.get_by_role("button", name="Thêm 5 dòng").click()
    assert page.locator("[data-grid-row]").count() == 6
    page.get_by_label("Dòng 2, [B] Họ và tên").fill(joins.full_name)
    page.get_by_label("Dòng 2, [1] Mã số BHXH").fill(joins.si_number)
    page.get_by_label("Dòng 2, [14]").fill("13/2026")
    page.get_by_role("button", name="Kiểm tra và nhận hồ sơ").click()
    page.get_by_role("heading", name="Có lỗi cần sửa").wait_for()
    assert not Declaration.objects.exists()
    assert page.get_by_label("Dòng 2, [14]").get_attribute("aria-invalid") == "true"
    axe(page)
    screenshot(page, "grid-errors")
    page.get_by_role("button", name="Lưu tạm").click()
    page.get_by_text("Lưu nháp").wait_for()
    page.get_by_role("link", name="Sửa trên lưới").click()
    page.get_by_text("Đang sửa hồ sơ").wait_for()
    assert page.get_by_label("Dòng 2, [14]").input_value() == "13/2026"
    for number, value in (
        ("2", "17/5/1990"),
        ("4", "9.000.000"),
        ("14", "06/2026"),
        ("16", "20001"),
        ("18", "Tăng mới"),
    ):
        page.get_by_label(f"Dòng 2, [{number}]").fill(value)
    page.get_by_label("Dòng 2, [10]").fill("x")
    page.get_by_role("button", name="Kiểm tra và nhận hồ sơ").click()
    page.get_by_text("Chờ xác nhận").wait_for()
    states = list(Declaration.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["returned", "checked"]
    assert page.get_by_role("cell", name="10.000.000").count() == 1
