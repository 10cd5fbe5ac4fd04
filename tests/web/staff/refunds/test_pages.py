"""Refunds without a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.collection import casework
from tests.collection.declarations.scenery import Scenery

from ansinh.collection.models import Refund
from ansinh.collection.refunds import services as refunds

Desk = Callable[[str], Any]


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_a_refund_tells_the_person_by_vssid(scene: Scenery, desk: Desk) -> None:
    person = scene.person("Lê Thị Huyền")
    refund = casework.refund(
        office=scene.office, person=person, reason="Đóng trùng BHYT", amount=0, payee=person.full_name
    )
    client = desk("collection")
    for page in (f"/tien-nop/hoan-tra/{refund.pk}/", f"/nguoi/{person.pk}/"):
        said = text_of(client.get(page))
        assert "Kính gửi ông/bà Lê Thị Huyền. Cơ quan BHXH đã lập hoàn trả, đang xác định số tiền." in said
        assert "Chưa có tài khoản nhận" in said
    Refund.objects.update(amount=1_263_600, most=1_263_600, bank_account="102030405060 Vietinbank")
    said = text_of(client.get(f"/tien-nop/hoan-tra/{refund.pk}/"))
    assert "đã lập hoàn trả 1.263.600 đồng, đang chờ duyệt. Lý do: Đóng trùng BHYT." in said
    assert "Tài khoản nhận: 1•••••••5060 Vietinbank." in said
    refund.refresh_from_db()
    director, seen = scene.officer("director"), refunds.as_seen(refund)
    refunds.refuse(actor=director, refund=refund, reason="Đã hoàn", seen=seen)
    assert "Cơ quan BHXH không hoàn trả" in text_of(client.get(f"/nguoi/{person.pk}/"))
    assert "Kính gửi" not in text_of(desk("reception").get(f"/nguoi/{person.pk}/"))
