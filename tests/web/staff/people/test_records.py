"""The record on screen: households, who looked and what for, changes in words, notices, search, exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.collection.declarations.scenery import Scenery

from ansinh.collection.models import Refund
from ansinh.office import hands
from ansinh.office.models import Reading
from ansinh.registers import households
from ansinh.registers.models import Household, Person

Desk = Callable[[str], Any]


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_a_household_is_made_changed_and_left(scene: Scenery, desk: Desk) -> None:
    scene.unit("commune", "06001", scene.province)
    head, child = scene.person("Hoàng Văn Chủ"), scene.person("Hoàng Thị Con", birth_year=2015)
    client = desk("collection")
    assert "Chưa thuộc hộ nào" in text_of(client.get(f"/nguoi/{head.pk}/"))
    answer = client.post(f"/nguoi/{head.pk}/ho-gia-dinh/")
    household = Household.objects.get()
    here = f"/ho-gia-dinh/{household.pk}/"
    assert answer.url == here

    wrong = client.post(f"{here}them/", {"number": "0000000000", "relation": "child"})
    assert "không khớp với cơ sở dữ liệu" in text_of(wrong)
    assert client.post(f"{here}them/", {"number": child.citizen_id, "relation": "child"}).url == here
    page = text_of(client.get(here))
    page = page[page.index("<table") :]
    assert page.index("Hoàng Văn Chủ") < page.index("Hoàng Thị Con")
    assert child.si_number not in page
    assert child.citizen_id not in page
    assert child.si_number[-4:] in page
    assert Reading.objects.filter(subject="household", look__purpose="household").exists()

    client.post(f"{here}{child.pk}/quan-he/", {"relation": "grandchild"})
    child.refresh_from_db()
    assert child.relation == "grandchild"
    client.post(f"{here}dia-chi/", {"address": "Thôn 9", "commune": str(household.commune_id)})
    household.refresh_from_db()
    assert household.address == "Thôn 9"
    assert "Thôn 9" in text_of(client.get(f"/nguoi/{child.pk}/"))

    refused = client.post(f"{here}{head.pk}/ra-khoi-ho/", follow=True)
    assert "Chủ hộ ra khỏi hộ sau cùng" in text_of(refused)
    assert "Đưa Hoàng Thị Con ra khỏi hộ?" in text_of(client.get(f"{here}{child.pk}/ra-khoi-ho/"))
    assert client.post(f"{here}{child.pk}/ra-khoi-ho/").url == f"/nguoi/{child.pk}/"
    child.refresh_from_db()
    assert child.household is None


def test_a_household_belongs_to_those_who_may_see_and_change_it(
    scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any], desk: Desk
) -> None:
    head = scene.person()
    made = households.begin(actor=scene.officer(), head=head, address="Thôn 1", commune=scene.office)
    here = f"/ho-gia-dinh/{made.pk}/"
    client = desk("checks")
    page = text_of(client.get(here))
    assert "Thêm thành viên" not in page
    assert client.get(f"{here}them/").status_code == 403
    assert client.post(f"{here}{head.pk}/ra-khoi-ho/").status_code == 403
    stranger = staff_client(user=officer("director", unit=Scenery("24").province))
    assert stranger.get(here).status_code == 404


def test_a_household_costs_the_same_for_more_members(scene: Scenery, desk: Desk) -> None:
    head = scene.person()
    made = households.begin(actor=scene.officer(), head=head, address="", commune=scene.office)
    client = desk("director")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            text_of(client.get(f"/ho-gia-dinh/{made.pk}/"))
        return len(seen)

    cost()
    before = cost()
    for _ in range(4):
        person = scene.person()
        Person.objects.filter(pk=person.pk).update(household=made, relation="child")
    assert cost() == before


def test_a_purpose_is_chosen_and_who_looked_is_shown(
    scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    person = scene.person()
    clerk = staff_client(user=officer("collection", unit=scene.province))
    page = text_of(clerk.get(f"/nguoi/{person.pk}/?muc-dich=answer"))
    assert "mục đích: Trả lời người tham gia" in page
    assert person.citizen_id in page
    assert "Ai đã xem" not in page
    boss = staff_client(user=officer("director", unit=scene.province))
    boss.get(f"/nguoi/{person.pk}/")  # a look is written when its page is made: the next one shows it
    page = text_of(boss.get(f"/nguoi/{person.pk}/"))
    trace = page[page.index("Ai đã xem") :]
    assert "Trả lời người tham gia" in trace
    assert "Tra cứu hồ sơ" in trace
    purposes = Reading.objects.filter(subject="person", subject_id=person.pk).order_by("pk")
    assert [r.look.purpose for r in purposes] == ["answer", "lookup", "lookup"]


def test_changes_are_told_in_words_and_names(scene: Scenery, desk: Desk) -> None:
    person, employer = scene.person(), scene.employer()
    other = scene.unit("base_office", "20.02", scene.province)
    span = scene.works(person, employer)
    person.office, person.identity, person.identity_on = other, "mismatch", date(2026, 6, 1)
    person.save()
    span.to_month = span.from_month + 3
    span.save()
    client = desk("director")
    page = text_of(client.get(f"/nguoi/{person.pk}/"))
    assert "Cơ quan quản lý: base_office 20.01 → base_office 20.02" in page
    assert "Xác thực: Đã xác thực → Lệch với CSDL dân cư" in page
    assert "Ngày xác thực: trống → 01/06/2026" in page
    assert "Đến tháng: trống → 04/2026" in page
    employer.budget = True
    employer.save()
    assert "Hưởng lương từ ngân sách nhà nước: Không → Có" in text_of(client.get(f"/don-vi/{employer.pk}/"))


def test_a_refund_tells_the_person_by_vssid(scene: Scenery, desk: Desk) -> None:
    person = scene.person("Lê Thị Huyền")
    refund = Refund.objects.create(
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
    hands.decided(scene.officer("director"), "refund", refund.pk, act="refuse")
    Refund.objects.update(state="refused")
    assert "Cơ quan BHXH không hoàn trả" in text_of(client.get(f"/nguoi/{person.pk}/"))
    assert "Kính gửi" not in text_of(desk("reception").get(f"/nguoi/{person.pk}/"))


def test_one_box_opens_an_exact_number_and_lists_names(scene: Scenery, desk: Desk) -> None:
    person = scene.person("Đặng Thị Ánh", phone="0912345678")
    employer = scene.employer("Công ty Ánh Dương", tax_code="4900123456")
    scene.person("Đặng Thị Ánh")
    client = desk("reception")
    for text in (person.si_number, person.citizen_id, "0912 345 678"):
        assert client.get(client.post("/tim/", {"q": text}).url).url == f"/nguoi/{person.pk}/", text
    for text in (employer.unit_code, employer.unit_code.lower(), "4900123456"):
        assert client.get(client.post("/tim/", {"q": text}).url).url == f"/don-vi/{employer.pk}/", text
    for text in ("Đặng Thị Ánh", "dang thi anh"):
        found = text_of(client.post("/tim/", {"q": text}, follow=True))
        assert found.count("Đặng Thị Ánh</a>") == 2
        assert person.si_number not in found


def test_the_work_list_comes_back_as_it_was_left(scene: Scenery, desk: Desk) -> None:
    client = desk("collection")
    assert client.get("/viec/").url == "/viec/cua-toi/"
    text_of(client.get("/viec/cua-phong/", {"ten": "ánh dương", "sort": "-due", "page": "2"}))
    assert client.get("/viec/").url == "/viec/cua-phong/?ten=%C3%A1nh+d%C6%B0%C6%A1ng&sort=-due"
    text_of(client.get("/viec/sap-qua-han/"))
    assert client.get("/viec/").url == "/viec/sap-qua-han/"


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
