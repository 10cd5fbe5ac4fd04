"""The main path in a browser: a rough list in, its errors, the corrected list, booked; a statement in, matched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.collection.declarations.scenery import NOW, Scenery, row

from ansinh.collection.models import Declaration
from ansinh.forms.intake.synthetic import RoughStyle, write_d02
from ansinh.registers.models import Participation

pytestmark = pytest.mark.browser
ROUGH = RoughStyle(
    down=2, right=1, shuffle=7, flat=True, misspelt=True, extra=True, money="dots", dates="words"
)


def test_a_list_is_corrected_and_booked(
    scene: Scenery,
    officer: Callable[..., Any],
    staff_page: Callable[..., Any],
    axe: Any,
    screenshot: Any,
    tmp_path: Path,
) -> None:
    employer = scene.employer("Công ty TNHH May Ánh Dương")
    joins, leaves, raised = (
        scene.person("Đặng Thị Ánh"),
        scene.person("Lê Văn Bình"),
        scene.person("Hoàng Thị Cúc"),
    )
    scene.works(leaves, employer)
    scene.works(raised, employer)
    rows = [
        row(joins),
        row(leaves, "leave_job", "decrease", wage=None),
        row(raised, "wage_change", "adjust", wage=10_000_000, from_month=NOW - 1),
    ]
    wrong = [
        *rows,
        row(scene.person("Vi Thị Dung"), wage=None),
        row(scene.person("Nông Văn Én"), from_month=NOW + 5),
    ]
    rough, good = tmp_path / "danh sach.xlsx", tmp_path / "da sua.xlsx"
    rough.write_bytes(write_d02(wrong, employer.unit_code, employer.name, "05/D02", date(2026, 6, 5), ROUGH))
    good.write_bytes(write_d02(rows, employer.unit_code, employer.name, "05/D02", date(2026, 6, 5), ROUGH))

    page = staff_page(user=officer("collection", unit=scene.province))
    page.goto("/viec/")
    assert page.url.endswith("/viec/cua-toi/")
    axe(page)
    page.goto("/ho-so-thu/nhan/")
    page.get_by_role("button", name="Nhận và kiểm tra").click()
    assert page.title().startswith("Lỗi:")
    axe(page)
    screenshot(page, "intake-upload")
    page.get_by_label("Tệp danh sách D02-LT").set_input_files(rough)
    page.get_by_role("button", name="Nhận và kiểm tra").click()
    page.get_by_text("Có 2 lỗi").wait_for()
    axe(page)
    screenshot(page, "intake-errors")
    with page.expect_download() as waited:
        page.get_by_role("link", name="Tải tệp có cột “Lỗi”").click()
    assert Path(waited.value.path()).read_bytes().startswith(b"PK")
    assert page.get_by_role("link", name="Ghi nhận").count() == 0

    page.get_by_role("link", name="Trả lại", exact=True).click()
    assert "Thiếu" in page.get_by_label("Lý do trả lại").input_value()
    axe(page)
    screenshot(page, "intake-return")
    page.get_by_role("button", name="Trả lại hồ sơ").click()
    page.get_by_text("Đã trả lại, lý do:").wait_for()

    page.goto("/ho-so-thu/nhan/")
    page.get_by_label("Tệp danh sách D02-LT").set_input_files(good)
    page.get_by_role("button", name="Nhận và kiểm tra").click()
    page.get_by_text("Chờ xác nhận").wait_for()
    axe(page)
    screenshot(page, "intake-preview")
    page.get_by_role("link", name="Ghi nhận").click()
    axe(page)
    screenshot(page, "intake-book")
    page.get_by_role("button", name="Ghi nhận hồ sơ D02-LT").click()
    page.get_by_text("Đã ghi nhận hồ sơ.").wait_for()
    assert page.get_by_text("Chấp thuận.", exact=True).count() == 1  # the case says so too
    assert Participation.objects.get(person=joins).wage == 9_000_000
    assert list(Declaration.objects.order_by("pk").values_list("state", flat=True)) == ["returned", "booked"]
    page.goto("/ho-so-thu/")
    axe(page)
    screenshot(page, "intake-list")
