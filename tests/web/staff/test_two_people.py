"""Pages of decisions: what is decided is shown, what was not shown is not decided, makers have no button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.collection.receipts.test_receipts import sheet
from tests.collection.refunds.test_refunds import VOLUNTARY, money, owed
from tests.web.hidden import seen

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import BankFile, Declaration, Receipt, Refund
from ansinh.collection.refunds import services as refunds
from ansinh.office.models import Look, Reading, Unit
from ansinh.office.rights import actor_of

Desk = Callable[..., Any]


@pytest.fixture
def sits(scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Desk:
    """`sits("director")`: the client of one more officer with that role, and the officer."""

    def at(role: str) -> tuple[Any, Any]:
        actor = scene.officer(role)
        return staff_client(user=actor.user), actor

    return at


def text(answer: Any) -> str:
    return answer.content.decode()


def test_everything_of_a_refund_is_shown_before_it_is_approved(scene: Scenery, sits: Desk) -> None:
    """The interruption named an amount and an account, and approved whatever stood there by then."""
    booker = scene.officer()
    refund = owed(scene, booker, VOLUNTARY)
    assessor = scene.officer()
    refunds.assess(actor=assessor, refund=refund, amount=1_000)
    client, director = sits("director")
    address = f"/tien-nop/hoan-tra/{refund.pk}/"
    asked = client.post(f"{address}duyet/", {})
    shown = text(asked)
    for fact in (
        "1.000",
        "990.000",
        refund.payee,
        "123456789012 BIDV",
        "531.pension_survivors",
        scene.office.name,
        str(booker.user),
        "xác định số tiền",
        f"#{refund.declaration_id}",
    ):
        assert fact in shown, fact  # fmt: skip
    before = seen(asked)

    refunds.assess(actor=assessor, refund=refund, amount=990_000, bank_account="666 Ngân hàng khác")
    answer = client.post(f"{address}duyet/", {"confirmed": "1", "seen": before}, follow=True)
    assert "Nội dung đã thay đổi" in text(answer)
    assert Refund.objects.get().state == "prepared"
    for none in ({}, {"seen": ""}, {"seen": "x" * 64}, {"seen": "²"}):
        client.post(f"{address}duyet/", {"confirmed": "1", **none})
        client.post(f"{address}khong-duyet/", {"reason": "không", **none})
        assert Refund.objects.get().state == "prepared"
    again = seen(client.post(f"{address}duyet/", {}))
    answer = client.post(f"{address}duyet/", {"confirmed": "1", "seen": again}, follow=True)
    assert "Đã duyệt và ghi sổ hoàn trả." in text(answer)
    assert str(director.user) in text(answer)


def test_a_refund_is_refused_as_it_was_seen(scene: Scenery, sits: Desk) -> None:
    refund = owed(scene, scene.officer(), VOLUNTARY)
    refunds.assess(actor=scene.officer(), refund=refund, amount=1_000)
    client, director = sits("director")
    address = f"/tien-nop/hoan-tra/{refund.pk}/"
    answer = client.post(
        f"{address}khong-duyet/", {"reason": "Thiếu giấy", "seen": seen(client.get(address))}, follow=True
    )
    assert "Đã từ chối hoàn trả." in text(answer)
    assert str(director.user) in text(answer)


def test_the_bound_stands_where_the_amount_is_typed(scene: Scenery, sits: Desk) -> None:
    refund = owed(scene, scene.officer(), VOLUNTARY)
    client, _ = sits("collection")
    address = f"/tien-nop/hoan-tra/{refund.pk}/"
    assert "22% × thu nhập 1.500.000 × 3 tháng" in text(client.get(address))
    answer = client.post(f"{address}xac-dinh/", {"xac-dinh-amount": "9.000.000.000"})
    assert answer.status_code == 200
    assert "vượt mức nhiều nhất được hoàn trả (990.000)" in text(answer)
    client.cookies["django_language"] = "en"
    assert "22% × income 1.500.000 × 3 months" in text(client.get(address))
    employer = scene.employer()
    money(scene, 700, employer)
    client.cookies["django_language"] = "vi"
    form = f"/tien-nop/hoan-tra/lap/?don-vi={employer.pk}"
    assert "còn 700" in text(client.get(form))
    given = {"amount": "701", "reason": "x", "payee": "A", "bank_account": "1"}
    assert "vượt mức nhiều nhất được hoàn trả (700)" in text(client.post(form, given))


def test_a_statement_without_balances_waits_on_its_page(scene: Scenery, sits: Desk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    employer = scene.employer("Công ty TNHH Ánh Dương")
    client, _ = sits("finance")
    upload = {"account": scene.account.pk, "file": SimpleUploadedFile("sao ke.csv", sheet(employer))}
    answer = client.post("/tien-nop/sao-ke/", upload, follow=True)
    assert "Ông/bà đã nạp sao kê này nên không được xác nhận" in text(answer)
    assert not Receipt.objects.exists()
    file = BankFile.objects.get()
    address = f"/tien-nop/sao-ke/{file.pk}/"
    client.post(f"{address}xac-nhan/", {"seen": "0" * 64})
    assert BankFile.objects.get().state == "waiting"

    client, director = sits("director")
    assert "sao ke.csv" in text(client.get("/tien-nop/"))
    page = client.get(address)
    for fact in ("5.000.000", "20.000", employer.name, scene.account.number, file.digest, "phi chuyen tien"):
        assert fact in text(page), fact
    look = Look.objects.filter(user=director.user, view="receipt_file").latest("pk")
    lines = Reading.objects.filter(look__user=director.user, look__at__gte=look.at)
    assert {(line.subject, line.subject_id) for line in lines} >= {
        ("bank_file", file.pk), ("employer", employer.pk),
    }  # fmt: skip
    assert client.get(f"{address}?export=xlsx").status_code == 200
    client.post(f"{address}xac-nhan/", {})
    assert BankFile.objects.get().state == "waiting"
    done = client.post(f"{address}xac-nhan/", {"seen": seen(page)}, follow=True)
    assert "Đã xác nhận và ghi sổ sao kê." in text(done)
    assert str(director.user) in text(done)
    assert Receipt.objects.get().employer == employer


def test_a_statement_is_refused_with_a_reason(scene: Scenery, sits: Desk) -> None:
    from ansinh.collection.receipts import services as receipts

    file = receipts.read_bank_file(
        actor=scene.officer("finance"), account=scene.account, data=sheet(scene.employer()),
        file_name="sao-ke.csv", month=NOW,
    )  # fmt: skip
    client, _ = sits("director")
    address = f"/tien-nop/sao-ke/{file.pk}/"
    mark = seen(client.get(address))
    assert "Có lỗi cần sửa" in text(client.post(f"{address}khong-nhan/", {"reason": "", "seen": mark}))
    done = client.post(f"{address}khong-nhan/", {"reason": "Chưa có sao kê gốc", "seen": mark}, follow=True)
    assert "Chưa có sao kê gốc" in text(done)
    assert BankFile.objects.get().state == "refused"


def test_a_long_list_is_asked_for_and_booked_by_another(scene: Scenery, sits: Desk) -> None:
    Unit.objects.filter(pk=scene.province.pk).update(booking_people=0)
    client, receiver = sits("collection")
    employer = scene.employer()
    taken = declarations.receive(
        actor=actor_of(receiver.user), employer=employer, file_name="d02.xlsx",
        data=workbook(employer, [row(scene.person())]),
    )  # fmt: skip
    address = f"/ho-so-thu/{taken.pk}/ghi-nhan/"
    page = client.get(address)
    assert "1 người, trên mức 0 người" in text(page)
    assert "nên không được ghi nhận; người khác ghi nhận" in text(page)
    assert "Ghi nhận hồ sơ D02-LT</button>" not in text(page)
    client.post(address, {"seen": seen(page)})
    assert Declaration.objects.get().state == "checked"
    client.post(address, {"seen": seen(page), "action": "ask"})

    client, _ = sits("collection")
    page = client.get(address)
    assert f"{receiver.user} đã đề nghị ghi nhận" in text(page)
    answer = client.post(address, {"seen": "0" * 64}, follow=True)
    assert "Nội dung đã thay đổi" in text(answer)
    client.post(address, {"seen": seen(page)})
    assert Declaration.objects.get().state == "booked"


def test_no_name_or_number_stands_in_an_address(scene: Scenery, sits: Desk) -> None:
    employer = scene.employer("Công ty TNHH Ánh Dương", tax_code="4900123456")
    receipt = money(scene, 900)
    client, _ = sits("collection")
    for address in ("/tien-nop/hoan-tra/lap/", f"/tien-nop/{receipt.pk}/"):
        for words in ("anh duong", employer.unit_code, "4900123456"):
            found = client.post(address, {"q": words})
            assert found.status_code == 302
            assert words not in found.url
            assert employer.name in text(client.get(found.url))
        assert employer.name not in text(client.get(f"{address}?q=anh+duong"))


def test_an_employer_of_another_office_is_not_proposed(scene: Scenery) -> None:
    """A base office's officer was shown employers of the whole province, by name and code, for any receipt."""
    from ansinh.collection.receipts import services as receipts

    other = scene.unit("base_office", "20.02", scene.province)
    ours, theirs = scene.employer("Công ty Hoa Ban"), scene.employer("Công ty Hoa Ban Trắng", office=other)
    receipt = money(scene, 900)
    receipt.text = "CONG TY HOA BAN TRANG nop tien"
    local = scene.officer(unit=scene.office)
    assert [p.employer for p in receipts.proposals(actor=local, receipt=receipt)] == [ours]
    wide = {p.employer for p in receipts.proposals(actor=scene.officer(), receipt=receipt)}
    assert wide == {ours, theirs}


@pytest.mark.browser
def test_pages_of_two_people_read_well(
    scene: Scenery, officer: Callable[..., Any], staff_page: Callable[..., Any], axe: Any, screenshot: Any
) -> None:
    from ansinh.collection.receipts import services as receipts

    Unit.objects.filter(pk=scene.province.pk).update(booking_people=0)
    employer = scene.employer("Công ty TNHH May Ánh Dương")
    taken = declarations.receive(
        actor=scene.officer(), employer=employer, file_name="d02.xlsx",
        data=workbook(employer, [row(scene.person()) for _ in range(3)]),
    )  # fmt: skip
    file = receipts.read_bank_file(
        actor=scene.officer("finance"), account=scene.account, data=sheet(employer), file_name="sao-ke.csv",
        month=NOW,
    )  # fmt: skip
    refund = owed(scene, scene.officer(), VOLUNTARY)
    refunds.assess(actor=scene.officer(), refund=refund, amount=990_000)
    page = staff_page(user=officer("director", unit=scene.province))
    for name, address in {
        "two-money": "/tien-nop/",
        "two-statement": f"/tien-nop/sao-ke/{file.pk}/",
        "two-book": f"/ho-so-thu/{taken.pk}/ghi-nhan/",
        "two-refund": f"/tien-nop/hoan-tra/{refund.pk}/",
    }.items():
        page.goto(address)
        axe(page)
        screenshot(page, name)
    page.get_by_role("button", name="Duyệt hoàn trả", exact=True).click()
    page.get_by_role("button", name="Duyệt và ghi sổ").wait_for()
    axe(page)
    screenshot(page, "two-refund-confirm")
