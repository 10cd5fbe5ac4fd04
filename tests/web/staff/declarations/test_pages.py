"""Intake pages without a browser: queues and their counts, scope, rights, constant cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.collection import casework
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.web.hidden import seen
from tests.web.staff.waiting import declared, suspense

from ansinh.collection.declarations import services
from ansinh.collection.models import Declaration, Refund
from ansinh.collection.refunds import services as refunds
from ansinh.office import documents
from ansinh.registers import households


def test_an_unreadable_file_is_said_in_the_summary(scene: Scenery, desk: Callable[..., Any]) -> None:
    client = desk("collection")
    for name, data, words in (
        ("anh.png", b"\x89PNG", "Chỉ nhận tệp xlsx"),
        ("d02.xlsx", b"not a workbook", "Có lỗi cần sửa"),
        ("d02.csv", b"", "Tệp trống."),
    ):
        answer = client.post("/ho-so-thu/nhan/", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 200
        assert words in answer.content.decode(), name
    assert not Declaration.objects.exists()


def test_the_same_file_twice_is_said(scene: Scenery, desk: Callable[..., Any]) -> None:
    first = declared(scene)
    client = desk("collection")
    upload = SimpleUploadedFile(
        "lan hai.xlsx", documents.content(documents.of("declaration", first.pk).document)
    )
    answer = client.post("/ho-so-thu/nhan/", {"file": upload}, follow=True)
    assert "đã nhận trước đây" in answer.content.decode()
    assert Declaration.objects.count() == 1


def test_files_come_back(scene: Scenery, desk: Callable[..., Any]) -> None:
    wrong = declared(scene, wrong=True)
    client = desk("collection")
    assert client.get(f"/ho-so-thu/{wrong.pk}/loi.xlsx").content.startswith(b"PK")
    assert "Thiếu" in client.get(f"/ho-so-thu/{wrong.pk}/").content.decode()
    assert client.get(f"/ho-so-thu/{wrong.pk}/tep").content.startswith(b"PK")


def test_rights_decide_the_buttons(scene: Scenery, desk: Callable[..., Any]) -> None:
    good = declared(scene)
    reception = desk("reception")
    assert "Ghi nhận</a>" not in reception.get(f"/ho-so-thu/{good.pk}/").content.decode()
    assert reception.get(f"/ho-so-thu/{good.pk}/ghi-nhan/").status_code == 403
    director = desk("director")
    assert "Ghi nhận</a>" in director.get(f"/ho-so-thu/{good.pk}/").content.decode()
    mark = seen(director.get(f"/ho-so-thu/{good.pk}/ghi-nhan/"))
    assert director.post(f"/ho-so-thu/{good.pk}/ghi-nhan/", {"seen": mark}).status_code == 302
    assert Declaration.objects.get(pk=good.pk).state == "booked"


def test_outside_the_scope_nothing_exists(
    scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    here, money = declared(scene), suspense(scene)
    refund = casework.refund(office=scene.office, reason="x", amount=1, most=1, payee="A")
    stranger = officer("collection", unit=scene.unit("province", "24", None))
    client = staff_client(user=stranger)
    for address in (
        f"/ho-so-thu/{here.pk}/",
        f"/ho-so-thu/{here.pk}/loi.xlsx",
        f"/ho-so-thu/luoi/{here.employer_id}/",
        f"/tien-nop/{money.pk}/",
        f"/tien-nop/hoan-tra/{refund.pk}/",
        f"/don-vi/{here.employer_id}/tk3/",
    ):
        assert client.get(address).status_code == 404, address
    assert here.employer.name not in client.get("/ho-so-thu/").content.decode()


def test_pages_cost_a_constant_number_of_queries(scene: Scenery, desk: Callable[..., Any]) -> None:
    client = desk("collection")
    suspense(scene)
    first = declared(scene)
    addresses = [
        "/viec/cua-phong/",
        "/ho-so-thu/",
        "/tien-nop/",
        "/tien-nop/hoan-tra/",
        f"/ho-so-thu/{first.pk}/",
    ]

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    [cost(address) for address in addresses]
    before = [cost(address) for address in addresses]
    employer = scene.employer()
    many = [row(scene.person()) for _ in range(8)]
    longer = services.receive(
        actor=scene.officer(), employer=None, data=workbook(employer, many), file_name="d02.xlsx"
    )
    for _ in range(4):
        declared(scene)
    after = [cost(address) for address in [*addresses[:-1], f"/ho-so-thu/{longer.pk}/"]]
    assert after == before


def test_the_preparer_sees_why_there_is_no_button(
    scene: Scenery, desk: Callable[..., Any], officer: Any
) -> None:
    client = desk("director")
    user = client.get("/viec/", follow=True).wsgi_request.user
    refund = casework.refund(
        office=scene.office,
        reason="x",
        amount=5,
        most=5,
        payee="A",
        bank_account="1",
        by=user,
        prepared_by=user,
    )
    text = client.get(f"/tien-nop/hoan-tra/{refund.pk}/").content.decode()
    assert "đã lập hoặc sửa hoàn trả này nên không được duyệt" in text
    assert "Duyệt hoàn trả</button>" not in text
    mark = refunds.as_seen(refund)
    client.post(f"/tien-nop/hoan-tra/{refund.pk}/duyet/", {"confirmed": "1", "seen": mark})
    assert Refund.objects.get().state == "prepared"


def test_rows_are_added_picked_and_removed_without_a_script(scene: Scenery, desk: Callable[..., Any]) -> None:
    employer, person = scene.employer(), scene.person("Hoàng Thị Cúc")
    span = scene.works(person, employer, contract="indefinite", pay_kind=1, wage=0, coefficient_milli=2340)
    client = desk("collection")
    address = f"/ho-so-thu/luoi/{employer.pk}/"
    answer = client.post(address, {"rows": "1", "r0-name": "Vi Thị Dung", "action": "add"})
    assert len(answer.context["lines"]) == 6
    answer = client.post(
        address,
        {
            "rows": "6",
            "r0-name": "Vi Thị Dung",
            "pick": str(span.pk),
            "pick_change": "Nghỉ việc",
            "action": "pick",
        },
    )
    lines = [{c.column.code: c.value for c in line} for line in answer.context["lines"]]
    assert [line["name"] for line in lines] == ["Vi Thị Dung", "Hoàng Thị Cúc"]
    assert (lines[1]["wage"], lines[1]["contract_indefinite"], lines[1]["change"]) == (
        "2,34",
        "x",
        "Nghỉ việc",
    )
    answer = client.post(address, {"rows": "2", "r0-name": "A", "r1-name": "B", "action": "remove:0"})
    assert [line[0].value for line in answer.context["lines"]] == ["B"]
    answer = client.post(address, {"rows": "0", "action": "send"})
    assert "Chưa có dòng nào được nhập." in answer.content.decode()


def test_the_heading_is_that_of_the_paper_form() -> None:
    from ansinh.web.staff.declarations import grid

    top, middle, bottom = grid.heads()
    assert [(h.text, h.across) for h in top if h.across > 1] == [("Tiền lương", 6), ("Loại HĐLĐ", 3)]
    assert [h.text for h in bottom] == ["Chức vụ", "Thâm niên VK (%)", "Thâm niên nghề (%)"]
    assert sum(h.across for h in top) == len(grid.columns()) == 20
    assert len(middle) == 7


def test_every_page_speaks_english(scene: Scenery, desk: Callable[..., Any]) -> None:
    wrong, money, home = declared(scene, wrong=True), suspense(scene), scene.person()
    household = households.begin(actor=scene.officer(), head=home, address="", commune=scene.office)
    client = desk("collection")
    client.cookies["django_language"] = "en"
    for address, words in {
        "/viec/cua-phong/": "Money to match",
        f"/ho-so-thu/{wrong.pk}/": "Findings by cell",
        f"/ho-so-thu/luoi/{wrong.employer_id}/": "Add 5 rows",
        f"/tien-nop/{money.pk}/": "Employers proposed",
        f"/don-vi/{wrong.employer_id}/tk3/": "[12] Payment cycle",
        f"/nguoi/{home.pk}/": "This read is written down, purpose: Look up the record",
        f"/ho-gia-dinh/{household.pk}/": "Take out of the household",
    }.items():
        assert words in client.get(address).content.decode(), address


def test_a_finding_shows_the_value_of_its_cell(scene: Scenery, desk: Callable[..., Any]) -> None:
    ahead = declared(scene, from_month=NOW + 5)
    found = desk("collection").get(f"/ho-so-thu/{ahead.pk}/").context["problems"]
    assert found[0]["column"] == "[14] Từ tháng/ năm"
    assert (found[0]["value"], found[0]["words"]) == ("11/2026", "Từ tháng 11/2026 sau kỳ thu 06/2026.")
