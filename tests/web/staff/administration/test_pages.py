"""Administration on screen: who sees which page, two people, what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.collection import casework
from tests.collection.declarations.scenery import Scenery
from tests.office.people import People

from ansinh.kernel.text import fold, sort_key
from ansinh.office.alarms.models import Alert
from ansinh.office.models import DayOff, Mandate, Reading, RoleAssignment, SignInSession, User
from ansinh.office.staff import giving
from ansinh.registers.models import CollectingAccount, Employer

TODAY = timezone.localdate()
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')
Seat = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def seen(client: Client, address: str) -> str:
    return SEEN.findall(text(client.get(address)))[0]


def proposed(people: People, by: User, user: User, role: str = "collection", **more: Any) -> RoleAssignment:
    asked = {"unit": people.a, "valid_from": TODAY, "valid_to": None, "decision": "12/QĐ", **more}
    return giving.propose_role(actor=people.actor(by), user=user, role=role, **asked)


def employer(people: People) -> Employer:
    return Employer.objects.create(
        unit_code="TS0001A", name="Công ty Hoa Hồi", name_fold=fold("Công ty Hoa Hồi"),
        name_sort=sort_key("Công ty Hoa Hồi"), commune=people.a, office=people.a, region=3,
        opened_on=date(2020, 1, 1),
    )  # fmt: skip


PAGES = {
    "/quan-tri/": "ad",
    "/quan-tri/tai-khoan/": "a",
    "/quan-tri/tai-khoan/mo/": "a",
    "/quan-tri/quyen/vai-tro/": "ad",
    "/quan-tri/quyen/uy-quyen/": "ad",
    "/quan-tri/co-quan/": "ad",
    "/quan-tri/canh-bao/": "a",
    "/nhat-ky/": "a",
}


@pytest.mark.parametrize(("address", "who"), PAGES.items())
def test_pages_are_for_whoever_holds_the_verb(people: People, seat: Seat, address: str, who: str) -> None:
    for user, letter in (
        (people.admin, "a"), (people.admin_a, "a"), (people.director, "d"), (people.director_a, "d"),
        (people.collector, ""),
    ):  # fmt: skip
        expected = 200 if letter and letter in who else 403
        assert seat(user).get(address).status_code == expected, user
    citizen = seat(people.citizen).get(address)
    assert citizen.status_code == 403


def test_the_calendar_is_a_province_s(people: People, seat: Seat) -> None:
    for address in ("/quan-tri/lich/", "/quan-tri/lich/ghi/"):
        assert seat(people.admin).get(address).status_code == 200
        assert seat(people.admin_a).get(address).status_code == 404
        assert seat(people.director).get(address).status_code == 403
    assert "Lịch nghỉ" not in text(seat(people.admin_a).get("/quan-tri/"))


def test_nothing_outside_the_scope_exists(people: People, seat: Seat) -> None:
    right = proposed(people, people.admin, people.newcomer)
    account = CollectingAccount.objects.create(
        office=people.a, bank="NH", bank_bin="970405", number="1234567890", holder="BHXH",
        valid_from=TODAY, state="confirmed",
    )  # fmt: skip
    addresses = [
        f"/quan-tri/tai-khoan/{people.newcomer.pk}/",
        f"/quan-tri/tai-khoan/{people.newcomer.pk}/viec/phien/",
        f"/quan-tri/tai-khoan/{people.newcomer.pk}/vai-tro/",
        f"/quan-tri/quyen/vai-tro/{right.pk}/",
        f"/quan-tri/co-quan/{people.a.pk}/",
        f"/quan-tri/co-quan/{people.a.pk}/sua/",
        f"/quan-tri/co-quan/{people.a.pk}/tai-khoan/",
        f"/quan-tri/tai-khoan-thu/{account.pk}/",
    ]
    for address in addresses:
        assert seat(people.admin_a).get(address).status_code == 200, address
        for outsider in (people.admin_b, people.admin_q):
            client = seat(outsider)
            assert client.get(address).status_code == 404, address
            assert client.post(address, {"confirmed": "1", "reason": "x"}).status_code in {404, 405}, address
            for key in (10**30, 999999999):
                foreign = re.sub(r"/\d+/", f"/{key}/", address, count=1)
                assert client.get(foreign).status_code == 404
    for act in ("dong-y", "tu-choi", "thu-hoi"):
        answer = seat(people.admin_b).post(
            f"/quan-tri/quyen/vai-tro/{right.pk}/{act}/", {"thu-hoi-reason": "x"}
        )
        assert answer.status_code == 404


class TestAccounts:
    def test_an_account_is_opened_and_its_link_shown_once(self, people: People, seat: Seat) -> None:
        client = seat(people.admin_a)
        asked = {"full_name": "Lục Thị Bình", "name": "binh.luc", "kind": "staff", "unit": people.a.pk}
        answer = client.post("/quan-tri/tai-khoan/mo/", asked)
        link = re.search(r"http://testserver(/account/invitation/[\w-]{40,}/)", text(answer))
        assert link
        assert "no-store" in answer["Cache-Control"]
        user = User.objects.get(username="binh.luc")
        assert (user.unit, user.kind, user.has_usable_password()) == (people.a, "staff", False)
        assert link[1] not in text(client.get(f"/quan-tri/tai-khoan/{user.pk}/"))
        assert Client().get(link[1]).status_code == 302
        again = client.post("/quan-tri/tai-khoan/mo/", asked)
        assert "đã có người dùng" in text(again)
        assert User.objects.filter(username="binh.luc").count() == 1

    def test_no_account_is_opened_elsewhere(self, people: People, seat: Seat) -> None:
        """The choice of the form is the administrator's own units; another key is no choice."""
        asked = {"full_name": "Lục Thị Bình", "name": "binh.luc", "kind": "staff", "unit": people.p.pk}
        seat(people.admin_a).post("/quan-tri/tai-khoan/mo/", asked)
        assert not User.objects.filter(username="binh.luc").exists()

    def test_the_list_finds_exports_and_writes_down(self, people: People, seat: Seat) -> None:
        client = seat(people.admin_a)
        listed = text(client.get("/quan-tri/tai-khoan/?ten=hoang thi yen"))
        assert people.collector.full_name in listed
        assert people.newcomer.full_name not in listed
        assert people.admin_b.full_name not in text(client.get("/quan-tri/tai-khoan/"))
        for query in ("vai-tro=collection", "loai=outside", "tinh-trang=active", f"co-quan={people.a.pk}"):
            assert client.get(f"/quan-tri/tai-khoan/?{query}").status_code == 200
        book = client.get("/quan-tri/tai-khoan/?export=xlsx")
        assert b"".join(book.streaming_content).startswith(b"PK")
        assert Reading.objects.filter(subject="user", subject_id=people.collector.pk).exists()

    def test_the_list_costs_the_same_for_many(self, people: People, seat: Seat) -> None:
        from django.db import connection

        client = seat(people.admin_a)

        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                client.get("/quan-tri/tai-khoan/")
            return len(asked)

        cost()
        before = cost()
        for _ in range(5):
            people.officer("reception", people.a)
        assert cost() == before

    def test_one_account_tells_all(self, people: People, seat: Seat) -> None:
        proposed(people, people.admin, people.collector, "reception")
        shown = text(seat(people.admin_a).get(f"/quan-tri/tai-khoan/{people.collector.pk}/"))
        for expected in (
            "Quản lý thu", "Đang có hiệu lực", "Chờ người thứ hai", "Khớp", people.a.name, "Tạm ngừng tài khoản",
        ):  # fmt: skip
            assert expected in shown, expected
        assert people.collector.password not in shown

    @pytest.mark.parametrize("act", ["tam-ngung", "xac-thuc", "mat-khau"])
    def test_acts_say_what_they_do_and_ask_for_a_reason(self, people: People, seat: Seat, act: str) -> None:
        client, address = seat(people.admin_a), f"/quan-tri/tai-khoan/{people.collector.pk}/viec/{act}/"
        assert 'name="reason"' in text(client.get(address))
        assert User.objects.get(pk=people.collector.pk).is_active
        assert "Có lỗi cần sửa" in text(client.post(address, {"reason": ""}))
        answer = client.post(address, {"reason": "Mất điện thoại"})
        if act == "tam-ngung":
            assert not User.objects.get(pk=people.collector.pk).is_active
        else:
            assert "/account/invitation/" in text(answer)
        history = text(client.get(f"/quan-tri/tai-khoan/{people.collector.pk}/"))
        assert "Mất điện thoại" in history

    def test_sessions_are_ended_for_others_only(self, people: People, seat: Seat) -> None:
        """An administrator of one office could end the sessions of somebody of another province."""
        theirs = seat(people.collector)
        handle = str(SignInSession.objects.get(user=people.collector).handle)
        client = seat(people.admin_a)
        assert theirs.get("/viec/").status_code in {200, 302, 404}
        client.post(f"/quan-tri/tai-khoan/{people.collector.pk}/viec/phien/", {"handle": handle})
        assert not SignInSession.objects.filter(user=people.collector).exists()
        assert (
            client.post(f"/quan-tri/tai-khoan/{people.collector.pk}/viec/phien/", {"handle": "x"}).status_code
            == 404
        )
        own = client.post(f"/quan-tri/tai-khoan/{people.admin_a.pk}/viec/phien/")
        assert own.status_code == 403
        assert client.post(f"/quan-tri/tai-khoan/{people.admin_q.pk}/viec/phien/").status_code == 404

    def test_a_director_of_the_province_with_a_seat_here_is_out_of_reach(
        self, people: People, seat: Seat
    ) -> None:
        people.give(people.director, "reception", people.a)
        client, address = seat(people.admin_a), f"/quan-tri/tai-khoan/{people.director.pk}/"
        shown = text(client.get(address))
        assert "quản trị cấp trên" in shown
        assert f"{address}viec/" not in shown
        assert client.post(f"{address}viec/tam-ngung/", {"reason": "x"}).status_code == 403
        assert User.objects.get(pk=people.director.pk).is_active


class TestRights:
    def test_two_people_give_a_role(self, people: People, seat: Seat) -> None:
        admin = seat(people.admin_a)
        address = f"/quan-tri/tai-khoan/{people.newcomer.pk}/vai-tro/"
        asked = {
            "role": "collection", "unit": people.a.pk, "valid_from": f"{TODAY:%d/%m/%Y}", "valid_to": "",
            "decision": "12/QĐ-BHXH",
        }  # fmt: skip
        first = text(admin.post(address, asked))
        assert "Chưa có gì được ghi" in first
        assert "Quyền này cho phép" in first
        assert not RoleAssignment.objects.filter(user=people.newcomer).exists()
        answer = admin.post(address, asked | {"confirmed": "1"})
        right = RoleAssignment.objects.get(user=people.newcomer)
        assert answer.url == f"/quan-tri/quyen/vai-tro/{right.pk}/"
        assert "Ông/bà đã đề nghị" in text(admin.get(answer.url))
        admin.post(f"{answer.url}dong-y/", {"seen": giving.seen(right)})
        right.refresh_from_db()
        assert right.state == "proposed", "granted by whoever proposed it"
        director = seat(people.director_a)
        queue = text(director.get("/viec/quyen-cho-dong-y/"))
        assert people.newcomer.full_name in queue
        director.post(f"{answer.url}dong-y/", {"seen": seen(director, answer.url)})
        right.refresh_from_db()
        assert (right.state, right.granted_by) == ("granted", people.director_a)
        assert people.newcomer.full_name not in text(director.get("/viec/quyen-cho-dong-y/"))

    def test_a_base_office_proposes_nothing_for_the_province(self, people: People, seat: Seat) -> None:
        client = seat(people.admin_a)
        for unit in (people.p, people.b, people.q):
            answer = client.post(
                f"/quan-tri/tai-khoan/{people.newcomer.pk}/vai-tro/",
                {
                    "role": "director",
                    "unit": unit.pk,
                    "valid_from": "1/1/2026",
                    "decision": "x",
                    "confirmed": "1",
                },
            )
            assert "Có lỗi cần sửa" in text(answer)
        assert not RoleAssignment.objects.filter(user=people.newcomer).exists()

    def test_no_page_gives_a_citizen_a_role(self, people: People, seat: Seat) -> None:
        client = seat(people.admin_a)
        assert client.get(f"/quan-tri/tai-khoan/{people.citizen.pk}/vai-tro/").status_code == 404
        assert client.get(f"/quan-tri/tai-khoan/{people.newcomer.pk}/uy-quyen/").status_code == 404

    def test_a_stale_page_decides_nothing(self, people: People, seat: Seat) -> None:
        right = proposed(people, people.admin, people.newcomer)
        director, address = seat(people.director), f"/quan-tri/quyen/vai-tro/{right.pk}/"
        old = seen(director, address)
        people.give(people.newcomer, "finance", people.b)
        for digest in (old, "", "x"):
            answer = director.post(f"{address}dong-y/", {"seen": digest})
            assert "đã thay đổi" in text(answer)
            refused = director.post(f"{address}tu-choi/", {"seen": digest, "tu-choi-reason": "x"})
            assert "đã thay đổi" in text(refused)
        right.refresh_from_db()
        assert right.state == "proposed"

    def test_for_oneself_nothing_is_granted(self, people: People, seat: Seat) -> None:
        own = seat(people.admin).post(
            f"/quan-tri/tai-khoan/{people.admin.pk}/vai-tro/",
            {
                "role": "director",
                "unit": people.p.pk,
                "valid_from": "1/1/2026",
                "decision": "x",
                "confirmed": "1",
            },
        )
        assert own.status_code == 403
        right = proposed(people, people.admin, people.second, "director", unit=people.p)
        client = seat(people.second)
        address = f"/quan-tri/quyen/vai-tro/{right.pk}/"
        assert "chính ông/bà" in text(client.get(address))
        assert client.post(f"{address}dong-y/", {"seen": giving.seen(right)}).status_code == 403

    def test_a_right_is_taken_away_at_once(self, people: People, seat: Seat) -> None:
        right = people.collector.roles.get()
        theirs = seat(people.collector)
        assert theirs.get("/don-vi/").status_code == 200
        address = f"/quan-tri/quyen/vai-tro/{right.pk}/"
        client = seat(people.admin_a)
        assert "Có lỗi" in text(client.post(f"{address}thu-hoi/", {"thu-hoi-reason": ""}))
        client.post(f"{address}thu-hoi/", {"thu-hoi-reason": "Chuyển công tác"})
        assert theirs.get("/don-vi/").status_code == 403
        assert seat(people.director_a).post(f"{address}thu-hoi/", {"thu-hoi-reason": "x"}).status_code == 403

    def test_a_mandate_is_found_by_number_within_the_scope(self, people: People, seat: Seat) -> None:
        firm = employer(people)
        outsider = people.account("outside", name="Kế toán", unit=people.b)
        asked = {
            "role": "clerk", "number": "ts 0001a", "valid_from": f"{TODAY:%d/%m/%Y}", "valid_to": "",
            "decision": "1/UQ",
        }  # fmt: skip
        address = f"/quan-tri/tai-khoan/{outsider.pk}/uy-quyen/"
        foreign = text(seat(people.admin_b).post(address, asked))
        unknown = text(seat(people.admin_b).post(address, asked | {"number": "TS9999Z"}))
        for page in (foreign, unknown):
            assert "Không khớp với sổ" in page
            assert firm.name not in page
        given = {"user": people.citizen, "unit": people.a}
        client, address = seat(people.admin_a), f"/quan-tri/tai-khoan/{given['user'].pk}/uy-quyen/"
        assert firm.name in text(client.post(address, asked))
        answer = client.post(address, asked | {"confirmed": "1"})
        mandate = Mandate.objects.get(user=people.citizen)
        assert (mandate.party, mandate.unit, mandate.state) == (firm.pk, people.a, "proposed")
        director = seat(people.director_a)
        assert firm.name in text(director.get(answer.url))
        director.post(f"{answer.url}dong-y/", {"seen": seen(director, answer.url)})
        mandate.refresh_from_db()
        assert mandate.state == "granted"
        looks = Reading.objects.filter(subject="employer", subject_id=firm.pk, look__purpose="mandate")
        assert {line.look.user for line in looks} == {people.admin_a, people.director_a}


class TestUnits:
    def test_data_are_shown_before_they_are_written(self, people: People, seat: Seat) -> None:
        client, address = seat(people.admin_a), f"/quan-tri/co-quan/{people.a.pk}/"
        asked = {
            "address": "1 Hùng Vương", "phone": "", "signer": "Lý Văn Thắng", "signer_title": "Giám đốc",
            "booking_people": "30", "booking_money": "", "archives_inputs": "on",
        }  # fmt: skip
        assert "30" in text(client.post(f"{address}sua/", asked))
        people.a.refresh_from_db()
        assert people.a.signer == ""
        client.post(f"{address}sua/", asked | {"confirmed": "1"})
        people.a.refresh_from_db()
        assert (people.a.signer, people.a.booking_people, people.a.archives_inputs) == (
            "Lý Văn Thắng",
            30,
            True,
        )
        shown = text(client.get(address))
        assert "30 người" in shown
        assert "theo cơ quan cấp trên" in shown
        assert "1 Hùng Vương" in shown
        for value in ("9" * 30, "-1", "²", "1e9"):
            assert client.post(f"{address}sua/", asked | {"booking_people": value}).status_code == 200
            assert client.post(f"{address}sua/", asked | {"booking_money": value}).status_code == 200

    def test_where_employers_pay_needs_two(self, people: People, seat: Seat) -> None:
        """One person could have changed the account on every notice."""
        client = seat(people.admin_a)
        asked = {
            "bank": "Ngân hàng thử", "bank_bin": "970405", "number": "9800 1234 0001", "holder": "BHXH",
            "valid_from": f"{TODAY:%d/%m/%Y}",
        }  # fmt: skip
        client.post(f"/quan-tri/co-quan/{people.a.pk}/tai-khoan/", asked | {"confirmed": "1"})
        account = CollectingAccount.objects.get(number="980012340001")
        assert account.state == "proposed"
        address = f"/quan-tri/tai-khoan-thu/{account.pk}/"
        own = seen_of(account)
        assert "người khác phải xác nhận" in text(client.post(f"{address}xac-nhan/", {"seen": own}))
        account.refresh_from_db()
        assert account.state == "proposed"
        director = seat(people.director_a)
        stale = director.post(f"{address}xac-nhan/", {"seen": "0" * 64})
        assert "đã thay đổi" in text(stale)
        assert account.number in text(director.get("/quan-tri/co-quan/"))
        director.post(f"{address}xac-nhan/", {"seen": seen(director, address)})
        account.refresh_from_db()
        assert (account.state, account.decided_by) == ("confirmed", people.director_a)
        assert director.post(f"{address}ket-thuc/", {"ket-thuc-reason": "x"}).status_code == 403
        client.post(f"{address}ket-thuc/", {"ket-thuc-reason": "Đổi ngân hàng"})
        account.refresh_from_db()
        assert account.state == "ended"

    def test_the_database_wants_two_as_well(self, people: People) -> None:
        from django.db import DatabaseError, transaction

        row = {
            "office": people.a, "bank": "NH", "bank_bin": "970405", "number": "1", "holder": "X",
            "valid_from": TODAY,
        }  # fmt: skip
        for wrong in (
            {}, {"state": "confirmed", "proposed_by": people.admin},
            {"state": "confirmed", "proposed_by": people.admin, "decided_by": people.second},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                CollectingAccount.objects.create(**row, **wrong)
        made = CollectingAccount.objects.create(**row, proposed_by=people.admin)
        one = CollectingAccount.objects.filter(pk=made.pk)
        for change in (
            {"state": "confirmed"}, {"state": "confirmed", "decided_by": people.admin}, {"number": "2"},
            {"state": "confirmed", "decided_by": people.second, "number": "2"},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                one.update(**change)


def seen_of(account: CollectingAccount) -> str:
    from ansinh.registers.services import seen_of as digest

    return digest(account)


class TestCalendar:
    ASKED = {"day": "07/12/2026", "kind": "off", "name": "Nghỉ", "notice": "99/TB-BNV ngày 1/12/2026"}

    def test_a_notice_moves_new_dates_and_tells_of_old_ones(self, seat: Seat, transactional_db: None) -> None:

        people, scene = People(), Scenery("97")
        people.give(people.admin, "administrator", scene.province)
        listed = casework.declaration(
            form="D02-LT", employer=scene.employer(), office=scene.office, source="file", file_name="x",
            content_hash="0" * 64, received_by=people.collector, due_on=date(2026, 12, 8),
            month=scene.period.month, header={"received_on": "2026-12-03"},
        )  # fmt: skip
        client = seat(people.admin)
        shown = text(client.post("/quan-tri/lich/ghi/", self.ASKED))
        assert "08/12/2026" in shown
        assert "09/12/2026" in shown
        assert not DayOff.objects.exists()
        client.post("/quan-tri/lich/ghi/", self.ASKED | {"confirmed": "1"})
        assert DayOff.objects.get().notice == self.ASKED["notice"]
        listed.refresh_from_db()
        assert listed.due_on == date(2026, 12, 8), "recomputed silently"
        year = text(client.get("/quan-tri/lich/?nam=2026"))
        assert "theo thông báo đã ghi" in year
        assert "chưa xác minh" in year

    def test_a_notice_is_named(self, people: People, seat: Seat) -> None:
        client = seat(people.admin)
        for wrong in ({"notice": ""}, {"name": ""}, {"day": "32/1/2026"}, {"day": "1/1/2300"}, {"kind": "x"}):
            asked = self.ASKED | {"confirmed": "1"} | wrong
            assert "Có lỗi cần sửa" in text(client.post("/quan-tri/lich/ghi/", asked))
        assert not DayOff.objects.exists()

    @pytest.mark.parametrize("year", ["abc", "²", "9" * 40, "1900", "2051", "-1"])
    def test_any_year_is_answered(self, people: People, seat: Seat, year: str) -> None:
        assert seat(people.admin).get("/quan-tri/lich/", {"nam": year}).status_code in {200, 404}


class TestAlerts:
    def alert(self, people: People, about: User) -> Alert:
        return Alert.objects.create(
            kind="check", level="stop", whose="user", whose_id=about.pk, user=about, office=people.a,
            day=TODAY, count=200,
        )  # fmt: skip

    def test_an_alert_is_lifted_with_what_was_found(self, people: People, seat: Seat) -> None:
        alert = self.alert(people, people.collector)
        client, address = seat(people.admin_a), f"/quan-tri/canh-bao/{alert.pk}/"
        assert "Đã dừng" in text(client.get("/quan-tri/canh-bao/"))
        assert "Có lỗi" in text(client.post(address, {"note": ""}))
        client.post(address, {"note": "Nhập nhầm cột"})
        alert.refresh_from_db()
        assert (alert.state, alert.lifted_by, alert.note) == ("lifted", people.admin_a, "Nhập nhầm cột")
        assert "Nhập nhầm cột" in text(client.get(address))
        assert seat(people.admin_b).get(address).status_code == 404

    def test_nobody_lifts_their_own(self, people: People, seat: Seat) -> None:
        alert = self.alert(people, people.admin_a)
        client, address = seat(people.admin_a), f"/quan-tri/canh-bao/{alert.pk}/"
        assert "người quản trị khác" in text(client.get(address))
        assert client.post(address, {"note": "ổn"}).status_code == 403
        alert.refresh_from_db()
        assert alert.state == "open"


class TestReadings:
    def test_the_log_is_searched_by_number_and_day(self, people: People, seat: Seat) -> None:
        firm = employer(people)
        reader = seat(people.collector)
        reader.get(f"/don-vi/{firm.pk}/")
        client = seat(people.admin_a)
        answer = client.post("/nhat-ky/", {"q": "TS0001A"})
        assert answer.url == f"/nhat-ky/?loai=employer&so={firm.pk}"
        shown = text(client.get(answer.url))
        assert people.collector.full_name in shown
        for query, found in (
            (f"&tu={TODAY:%d/%m/%Y}", True), (f"&tu={TODAY + timedelta(days=1):%d/%m/%Y}", False),
            (f"&den={TODAY:%d/%m/%Y}", True), (f"&den={TODAY - timedelta(days=1):%d/%m/%Y}", False),
            ("&nguoi=yen", True), ("&nguoi=khong ai", False), ("&tu=hôm nay", False),
        ):  # fmt: skip
            page = text(client.get(answer.url + query))
            assert (people.collector.full_name in page) is found, query

    def test_a_number_out_of_reach_is_no_key(self, people: People, seat: Seat) -> None:
        employer(people)
        client = seat(people.admin_b)
        answers = [
            client.post("/nhat-ky/", {"q": q}, follow=True) for q in ("TS0001A", "TS9999Z", "0201900000")
        ]
        for answer in answers:
            assert answer.redirect_chain[-1][0] == "/nhat-ky/"
            assert "Không khớp với sổ" in text(answer)

    @pytest.mark.parametrize("value", ["²", "9" * 40, "\x00", "-1", "1e3"])
    def test_any_key_is_answered(self, people: People, seat: Seat, value: str) -> None:
        client = seat(people.admin)
        for name in ("so", "tu", "den", "nguoi", "loai"):
            assert client.get("/nhat-ky/", {name: value}).status_code in {200, 400, 404}


def test_the_first_two_are_opened_from_the_shell(db: None, capsys: Any) -> None:
    from ansinh.web.staff.administration import command

    asked = ["create", "--province", "20", "--decision", "1/QĐ", "--site", "https://bhxh.example"]
    assert command.main([*asked, "--username", "quantri", "--name", "Bế Công Thành"]) == 0
    said = capsys.readouterr().out
    link = re.search(r"https://bhxh.example(/account/invitation/[\w-]+/)", said)
    assert link
    assert Client().get(link[1]).status_code == 302
    more = ["--username", "giamdoc", "--name", "Nguyễn Thị Thảo", "--role", "director"]
    assert command.main([*asked, *more]) == 0
    assert command.main([*asked, "--username", "ba", "--name", "Người Ba"]) == 1
    assert "Đã có hai người" in capsys.readouterr().err
