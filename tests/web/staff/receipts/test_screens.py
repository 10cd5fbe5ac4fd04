"""A bank's statement in a browser: taken in, its unmatched money matched."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.collection.declarations.scenery import Scenery

from ansinh.collection.models import Receipt

pytestmark = pytest.mark.browser


def statement(account: str, entries: list[tuple[str, int, str, str]]) -> bytes:
    """A bank's sheet with its balances: reference, amount, text, payer."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Sao ke")
    sheet.write(0, 0, f"Số tài khoản: {account}")
    sheet.write(1, 0, "Số dư đầu kỳ")
    sheet.write(1, 1, 0)
    for place, title in enumerate(
        ("Ngày giao dịch", "Số tham chiếu", "Ghi có", "Nội dung", "Tên người chuyển")
    ):
        sheet.write(2, place, title)
    for line, (reference, amount, text, payer) in enumerate(entries, start=3):
        for place, value in enumerate(("20/06/2026", reference, amount, text, payer)):
            sheet.write(line, place, value)
    sheet.write(3 + len(entries), 0, "Số dư cuối kỳ")
    sheet.write(3 + len(entries), 1, sum(amount for _, amount, _, _ in entries))
    book.close()
    return buffer.getvalue()


def test_unmatched_money_is_matched(
    scene: Scenery,
    officer: Callable[..., Any],
    staff_page: Callable[..., Any],
    axe: Any,
    screenshot: Any,
    tmp_path: Path,
) -> None:
    known, guessed = scene.employer("Công ty TNHH Ánh Dương"), scene.employer("Trường Tiểu học Đồng Đăng")
    file = tmp_path / "sao ke.xlsx"
    file.write_bytes(
        statement(
            scene.account.number,
            [
                ("FT1", 5_000_000, f"+BHXH+103+00+{known.unit_code}+02001+dong BHXH T6/2026+", known.name),
                (
                    "FT2",
                    7_500_000,
                    "truong tieu hoc dong dang nop tien bao hiem",
                    "TRUONG TIEU HOC DONG DANG",
                ),
                ("FT3", 1_200_000, "chuyen tien", "NGUYEN VAN A"),
            ],
        )
    )
    page = staff_page(user=officer("finance", unit=scene.province))
    page.goto("/tien-nop/sao-ke/")
    axe(page)
    screenshot(page, "money-upload")
    page.get_by_label("Tệp sao kê").set_input_files(file)
    page.get_by_role("button", name="Nạp sao kê").click()
    page.get_by_role("heading", name="Kết quả đọc sao kê").wait_for()
    axe(page)
    screenshot(page, "money-file")
    page.get_by_role("link", name="Khớp tiền treo").click()
    page.get_by_text("tên đơn vị có").wait_for()
    axe(page)
    screenshot(page, "money-match")
    page.get_by_role("button", name=f"Khớp với {guessed.name}").click()
    page.get_by_text("Đã khớp 7.500.000 đ với").wait_for()
    assert Receipt.objects.get(reference="FT2").employer == guessed

    seek = page.get_by_role("search", name="Tìm đơn vị")
    seek.get_by_label("Tên, mã đơn vị").fill("anh sao")
    seek.get_by_role("button").click()
    page.get_by_text("Không tìm thấy").wait_for()
    seek.get_by_label("Tên, mã đơn vị").fill("anh duong")
    seek.get_by_role("button").click()
    page.get_by_role("button", name=f"Khớp với {known.name}").click()
    page.get_by_role("heading", name="Không có căn cứ nào cho đơn vị này").wait_for()
    axe(page)
    screenshot(page, "money-interruption")
    page.get_by_role("button", name="Vẫn khớp").click()
    page.get_by_text("Đã khớp 1.200.000 đ với").wait_for()
    assert not Receipt.objects.filter(state="suspense").exists()
    page.goto("/tien-nop/")
    axe(page)
    screenshot(page, "money-list")
