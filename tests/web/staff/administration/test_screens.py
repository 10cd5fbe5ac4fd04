"""Administration in the browser: every page at desk and phone width, no violation of WCAG 2.2 AA, one journey."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.office.people import People

from ansinh.office.alarms.models import Alert
from ansinh.office.staff import calendar, giving
from ansinh.registers import services as registers
from ansinh.registers.models import CollectingAccount

TODAY = timezone.localdate()


@pytest.fixture
def people(transactional_db: None) -> People:
    return People()


@pytest.mark.browser
def test_pages_read_well(people: People, staff_page: Any, axe: Any, screenshot: Any) -> None:
    right = giving.propose_role(
        actor=people.actor(people.admin), user=people.newcomer, role="collection", unit=people.a,
        valid_from=TODAY, valid_to=TODAY + timedelta(days=365), decision="12/QĐ-BHXH",
    )  # fmt: skip
    CollectingAccount.objects.create(
        office=people.a, bank="Ngân hàng thử", bank_bin="970405", number="980000010001", holder=people.a.name,
        valid_from=TODAY, state="confirmed",
    )  # fmt: skip
    account = registers.propose_account(
        actor=people.actor(people.admin), office=people.a, bank="Ngân hàng khác", bank_bin="970405",
        number="980000010002", holder=people.a.name, valid_from=TODAY,
    )  # fmt: skip
    calendar.announce(
        actor=people.actor(people.admin), at=people.p, day=TODAY + timedelta(days=3), kind="off",
        name="Nghỉ lễ", notice="99/TB-BNV ngày 01/12/2026",
    )  # fmt: skip
    alert = Alert.objects.create(
        kind="check", level="stop", whose="user", whose_id=people.collector.pk, user=people.collector,
        office=people.a, day=TODAY, count=200,
    )  # fmt: skip
    page = staff_page(user=people.second)
    user, unit = people.collector.pk, people.a.pk
    for name, address in {
        "overview": "/quan-tri/",
        "accounts": "/quan-tri/tai-khoan/",
        "account-open": "/quan-tri/tai-khoan/mo/",
        "account": f"/quan-tri/tai-khoan/{user}/",
        "account-suspend": f"/quan-tri/tai-khoan/{user}/viec/tam-ngung/",
        "role-propose": f"/quan-tri/tai-khoan/{user}/vai-tro/",
        "mandate-propose": f"/quan-tri/tai-khoan/{people.citizen.pk}/uy-quyen/",
        "roles": "/quan-tri/quyen/vai-tro/",
        "mandates": "/quan-tri/quyen/uy-quyen/",
        "role": f"/quan-tri/quyen/vai-tro/{right.pk}/",
        "rights-queue": "/viec/quyen-cho-dong-y/",
        "units": "/quan-tri/co-quan/",
        "unit": f"/quan-tri/co-quan/{unit}/",
        "unit-edit": f"/quan-tri/co-quan/{unit}/sua/",
        "collecting-propose": f"/quan-tri/co-quan/{unit}/tai-khoan/",
        "collecting": f"/quan-tri/tai-khoan-thu/{account.pk}/",
        "calendar": f"/quan-tri/lich/?nam={TODAY.year}",
        "calendar-announce": "/quan-tri/lich/ghi/",
        "alerts": "/quan-tri/canh-bao/",
        "alert": f"/quan-tri/canh-bao/{alert.pk}/",
        "readings": "/nhat-ky/",
    }.items():
        page.goto(address)
        axe(page)
        screenshot(page, f"admin-{name}")


@pytest.mark.browser
def test_a_right_is_proposed_and_granted(
    people: People, staff_page: Any, axe: Any, screenshot: Any, page: Any
) -> None:
    staff_page(user=people.admin_a)
    page.goto(f"/quan-tri/tai-khoan/{people.newcomer.pk}/")
    page.get_by_role("link", name="Đề nghị vai trò").click()
    page.get_by_label("Vai trò").select_option("collection")
    page.get_by_label("Tại cơ quan").select_option(str(people.a.pk))
    page.get_by_label("Từ ngày").fill(f"{TODAY:%d/%m/%Y}")
    page.get_by_label("Số văn bản giao quyền").fill("12/QĐ-BHXH")
    page.get_by_role("button", name="Xem lại trước khi đề nghị").click()
    page.get_by_text("Quyền này cho phép").wait_for()
    axe(page)
    screenshot(page, "admin-role-check")
    page.get_by_role("button", name="Đề nghị vai trò").click()
    page.get_by_text("Ông/bà đã đề nghị quyền này").wait_for()
    page.get_by_role("button", name="Đăng xuất").click()
    staff_page(user=people.director_a)
    page.goto("/viec/quyen-cho-dong-y/")
    page.get_by_role("link", name=people.newcomer.full_name).click()
    page.get_by_role("button", name="Đồng ý cấp quyền").click()
    page.get_by_text("Đã đồng ý; quyền có hiệu lực").wait_for()
    axe(page)
    screenshot(page, "admin-role-granted")


@pytest.mark.browser
def test_an_account_is_opened_and_its_link_shown(
    people: People, staff_page: Any, axe: Any, screenshot: Any
) -> None:
    page = staff_page(user=people.admin_a)
    page.goto("/quan-tri/tai-khoan/mo/")
    page.get_by_label("Họ và tên").fill("Lục Thị Bình")
    page.get_by_label("Tên đăng nhập").fill("binh.luc")
    page.get_by_label("Loại tài khoản").select_option("staff")
    page.get_by_label("Mở tại cơ quan").select_option(str(people.a.pk))
    page.get_by_role("button", name="Mở tài khoản và lập thư mời").click()
    page.locator("#link").wait_for()
    axe(page)
    screenshot(page, "admin-link")
