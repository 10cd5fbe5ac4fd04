"""A refund in a browser: prepared by one, approved by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery
from tests.web.staff.waiting import suspense

from ansinh.collection.models import Refund
from ansinh.registers.models import Participation

pytestmark = pytest.mark.browser


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
