"""Lists taken away as workbooks: what is filtered, with its conditions, written down."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.collection.declarations.scenery import Scenery

from ansinh.office.models import Reading

Desk = Callable[[str], Any]


LISTS = {
    "/nguoi/": ("director", {"ten": "dang"}, ("Họ và tên", "dang")),
    "/don-vi/": ("director", {"tinh-trang": "suspended"}, ("Tình trạng", "Tạm ngừng kinh doanh")),
    "/ho-so-thu/": ("director", {"trang-thai": "draft"}, ("Trạng thái", "Lưu nháp")),
    "/tien-nop/": ("director", {"trang-thai": "suspense"}, ("Trạng thái", "Treo, chưa rõ đơn vị")),
    "/tien-nop/hoan-tra/": ("director", {"trang-thai": "prepared"}, ("Trạng thái", "Đã lập")),
    "/viec/cua-phong/": ("collection", {"ten": "anh"}, ("Tên đơn vị", "anh")),
    "/viec/sap-qua-han/": ("collection", {"ten": "anh"}, ("Tên đơn vị", "anh")),
    "/viec/hoan-tra-xac-dinh/": ("collection", {}, ("Danh sách", "Hoàn trả chờ xác định")),
    "/thong-bao/2026-06/": ("director", {"dien": "thieu"}, ("Diện", "Còn thiếu")),
    "/nhat-ky/": ("administrator", {"loai": "person"}, ("Loại hồ sơ", "Người tham gia")),
}


@pytest.mark.parametrize("address", LISTS)
def test_every_list_exports_what_is_filtered_and_says_so(scene: Scenery, desk: Desk, address: str) -> None:
    role, asked, condition = LISTS[address]
    answer = desk(role).get(address, {**asked, "export": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    assert book.sheet_names[-1] == "Điều kiện lọc"
    said = {row[0]: row[1] for row in book.get_sheet_by_name("Điều kiện lọc").to_python()}
    assert said[condition[0]] == condition[1]
    assert said["Người xuất"] == "Hoàng Thị Mai"
    assert said["Lúc"][:2].isdigit()
    assert "Số dòng" in said


def test_taking_a_list_of_people_away_is_written_down(scene: Scenery, desk: Desk) -> None:
    employer, person = scene.employer(), scene.person()
    scene.works(person, employer)
    client = desk("collection")
    for address in ("/nguoi/", f"/don-vi/{employer.pk}/"):
        b"".join(client.get(address, {"export": "xlsx", "ten": "nguyen"}).streaming_content)
    kept = Reading.objects.filter(subject="person", subject_id=person.pk).order_by("pk")
    assert [(r.look.address, r.look.purpose) for r in kept] == [
        ("/nguoi/", "export"),
        (f"/don-vi/{employer.pk}/", "export"),
    ]
