"""The menu: groups in their order, a role's own entries only, the place where one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

PEOPLE = ("people", ["Người tham gia", "Đơn vị"])
WORK = ("", ["Việc cần làm", "Giải quyết hồ sơ"])
LAW = ("benefits", ["Tính theo luật"])
STEERING = ("steering", ["Chỉ tiêu", "Báo cáo"])
MENUS = {
    "reception": [WORK, PEOPLE, ("collection", ["Hồ sơ thu"]), LAW, ("steering", ["Chỉ tiêu"])],
    "collection": [
        WORK,
        PEOPLE,
        ("collection", ["Hồ sơ thu", "Tiền nộp", "Hoàn trả", "Kỳ thu"]),
        LAW,
        STEERING,
    ],
    "director": [
        WORK,
        PEOPLE,
        ("collection", ["Hồ sơ thu", "Tiền nộp", "Hoàn trả", "Kỳ thu", "Sổ cái"]),
        LAW,
        STEERING,
        ("inspection", ["Sổ văn bản"]),
        ("administration", ["Tổng quan", "Quyền", "Cơ quan", "Thay người, tránh hồ sơ"]),
    ],
    "administrator": [
        ("", ["Việc cần làm"]),
        ("inspection", ["Cảnh báo", "Sổ văn bản", "Nhật ký truy cập"]),
        (
            "administration",
            ["Tổng quan", "Tài khoản", "Quyền", "Cơ quan", "Lịch nghỉ", "Thay người, tránh hồ sơ"],
        ),
    ],
}


@pytest.fixture(autouse=True)
def _no_developers(settings: Any) -> None:
    settings.DEVELOPER = False


def drawn(client: Any, address: str) -> list[tuple[str, list[str]]]:
    menus = client.get(address).context["shell"]["nav"]
    return [(menu.name, [str(link.label) for link in menu.links]) for menu in menus]


@pytest.mark.parametrize("role", MENUS)
def test_a_role_sees_its_own(role: str, staff_client: Callable[..., Any]) -> None:
    assert drawn(staff_client(role), "/") == MENUS[role]


@pytest.mark.parametrize(
    ("address", "label", "current"),
    [
        ("/nguoi/", "Người tham gia", "page"),
        ("/to-khai/tk1/", "Người tham gia", "true"),
        ("/to-khai/tk3/", "Đơn vị", "true"),
        ("/tien-nop/", "Tiền nộp", "page"),
        ("/tien-nop/hoan-tra/", "Hoàn trả", "page"),
        ("/tinh/contribution.compulsory/", "Tính theo luật", "true"),
    ],
)
def test_the_entry_of_a_page_is_marked(
    address: str, label: str, current: str, staff_client: Callable[..., Any]
) -> None:
    menus = staff_client("collection").get(address).context["shell"]["nav"]
    marked = [(str(link.label), link.current) for menu in menus for link in menu.links if link.current]
    assert marked == [(label, current)]
    assert [menu.current for menu in menus].count(True) == 1
