"""The record on screen: households, who looked and what for, changes in words, notices, search, exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import Scenery

from ansinh.office.models import Reading
from ansinh.registers import households, records
from ansinh.registers.models import Household, Person
from ansinh.registers.services import RegisterError

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


def test_two_people_never_share_a_citizen_id(scene: Scenery) -> None:
    one, other = scene.person(), scene.person()
    facts = records.PersonFacts(
        full_name="Đặng  Thị Ánh", sex="F", birth=records.PartialDate(1990), citizen_id=other.citizen_id,
        ethnicity="Tày", nationality="VN", phone="", email="", address="", commune=scene.office,
        office=scene.office, bank_account="",
    )  # fmt: skip
    with pytest.raises(RegisterError, match="định danh"):
        records.save_person(actor=scene.officer(), person=one, facts=facts)
    saved = records.save_person(actor=scene.officer(), person=other, facts=facts)
    assert (saved.full_name, saved.birth_month, saved.identity) == ("Đặng Thị Ánh", None, "unverified")
