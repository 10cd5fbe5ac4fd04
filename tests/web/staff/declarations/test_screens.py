"""The other intake screens in a browser: typed list, declarations of person and employer, refunds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.collection.declarations.scenery import NOW, Scenery

from ansinh.collection.models import Declaration, Receipt, Refund
from ansinh.ledger import services as ledger
from ansinh.registers.models import Participation

pytestmark = pytest.mark.browser


def suspense(scene: Scenery, amount: int = 1_200_000) -> Receipt:
    receipt = Receipt.objects.create(
        account=scene.account, reference="FT9", booked_on=date(2026, 6, 20), value_on=date(2026, 6, 20),
        month=NOW.index, amount=amount, text="chuyen tien", payer_name="NGUYEN VAN A", payer_account="0101",
        state="suspense",
    )  # fmt: skip
    ledger.post(
        key="receipt:FT9",
        kind="receipt",
        unit_id=scene.province.pk,
        month=NOW.index,
        posted_on=date(2026, 6, 20),
        sides=[ledger.Side(ledger.BANK, amount), ledger.Side(ledger.SUSPENSE, -amount)],
    )
    return receipt


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


def test_a_refund_takes_two_people(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any, screenshot: Any
) -> None:
    receipt = suspense(scene)
    page = staff_page(user=officer("finance", unit=scene.province))
    page.goto(f"/tien-nop/{receipt.pk}/")
    page.get_by_role("link", name="Lập hoàn trả").click()
    axe(page)
    page.get_by_label("Tài khoản nhận").fill("0101 Vietinbank")
    page.get_by_role("button", name="Lập hoàn trả").click()
    page.get_by_text("Chờ người có quyền duyệt").wait_for()
    assert page.get_by_role("button", name="Duyệt hoàn trả").count() == 0
    page.context.clear_cookies()
    page = staff_page(user=officer("director", unit=scene.province))
    page.goto("/viec/hoan-tra-cho-duyet/")
    axe(page)
    screenshot(page, "work-refunds")
    page.get_by_role("link", name="NGUYEN VAN A").click()
    axe(page)
    screenshot(page, "refund")
    page.get_by_role("button", name="Duyệt hoàn trả", exact=True).click()
    axe(page)
    page.get_by_role("button", name="Duyệt và ghi sổ").click()
    page.get_by_text("Đã duyệt và ghi sổ hoàn trả.").wait_for()
    receipt.refresh_from_db()
    assert (receipt.state, Refund.objects.get().state) == ("refunded", "approved")
    assert not Participation.objects.exists()
