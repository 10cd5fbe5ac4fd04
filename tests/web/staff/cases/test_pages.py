"""Pages of cases, on an invented procedure and on refunds: tabs, the next one, acts, stand-ins, bars."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.collection import casework
from tests.collection.declarations.scenery import Scenery
from tests.office.cases.desk import Desk, registered

from ansinh.collection.models import Refund
from ansinh.office.cases import procedures, rosters, services
from ansinh.office.cases.models import Case, CaseQuestion, CaseWait
from ansinh.office.cases.papers import CaseBar, CaseStandIn, CaseVerdict
from ansinh.office.rights import actor_of, verb
from ansinh.web import features

SignIn = Callable[..., Any]
TODAY = timezone.localdate()


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with registered() as made:
        yield made


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def act(client: Client, case: Case, name: str, **given: str) -> Any:
    return client.post(f"/giai-quyet/ho-so/{case.pk}/{name}/", given, follow=True)


def test_whoever_does_a_step_has_the_pages_and_nobody_else() -> None:
    """A procedure registered later brings its roles to `case.work`, or this fails."""
    steps = {step.verb for one in procedures.registered() for step in one.steps}
    assert set(verb("case.work").roles) == {role for name in steps for role in verb(name).roles}
    assert {one.thing for one in procedures.registered()} <= set(features.things())


def test_tabs_show_what_is_mine_what_waits_and_what_is_done(desk: Desk, staff_client: SignIn) -> None:
    client = staff_client(user=desk.clerk.user)
    mine, waits, done, free = desk.open(many=4)
    for case in (mine, waits):
        services.take(actor=desk.clerk, case=case)
    services.wait(
        actor=desk.clerk, case=waits,
        waiting=services.Waiting("agency", "agency", "Công an xã", "Xác minh", TODAY + timedelta(9), "nhắc"),
    )  # fmt: skip
    services.give_back(actor=desk.clerk, case=done, reason="thiếu")
    for address, case, more in (
        ("/giai-quyet/", mine, "Kiểm tra giấy tờ"),
        ("/giai-quyet/dang-cho/", waits, "Chờ cơ quan khác trả lời · Công an xã"),
        ("/giai-quyet/da-xong/", done, "Trả lại"),
    ):
        told = words(client.get(address))
        assert str(case.number) in told
        assert more in told
        assert [one for one in (mine, waits, done, free) if str(one.number) in told] == [case]
        assert "1 hồ sơ chưa ai nhận" in told
    assert str(mine.number) in words(client.get("/giai-quyet/?thu-tuc=trial"))
    assert str(mine.number) not in words(client.get("/giai-quyet/?thu-tuc=collection.refund"))
    assert client.get("/giai-quyet/?export=xlsx").status_code == 200


def test_a_list_costs_as_many_queries_however_long(desk: Desk, scene: Scenery, staff_client: SignIn) -> None:
    """With the words of things that have a page, and of things that have none."""
    client, actor = staff_client(user=desk.clerk.user), desk.clerk
    costs = []
    for many in (1, 8):
        with transaction.atomic():
            opened = desk.open(many=many)
        for case in opened:
            services.take(actor=actor, case=case)
        for _ in range(many):
            refund = casework.refund(
                office=desk.people.a,
                reason="x",
                amount=0,
                most=5,
                payee="Nguyễn Văn A",
                person=scene.person("A"),
            )
            services.take(actor=actor, case=services.of_thing("refund", refund.pk))
        client.get("/giai-quyet/")
        with CaptureQueriesContext(connection) as asked:
            told = words(client.get("/giai-quyet/"))
        costs.append(len(asked))
        assert "Nguyễn Văn A" in told
    assert costs[0] == costs[1]


def test_the_next_one_opens_the_page_of_its_thing(
    scene: Scenery, officer: SignIn, staff_client: SignIn
) -> None:
    user = officer("collection", unit=scene.province)
    client = staff_client(user=user)
    assert "Không còn hồ sơ nào chờ người nhận." in words(client.post("/giai-quyet/nhan-viec/", follow=True))
    assert client.get("/giai-quyet/nhan-viec/").status_code == 405
    refund = casework.refund(office=scene.office, reason="x", amount=0, most=5, payee="Lý A")
    none = client.post("/giai-quyet/nhan-viec/", {"thu-tuc": "collection.declaration"}, follow=True)
    assert "Không còn hồ sơ nào" in words(none)
    answer = client.post("/giai-quyet/nhan-viec/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/tien-nop/hoan-tra/{refund.pk}/"
    assert "Lý A. Bước: Xác định số tiền." in words(answer)
    assert services.of_thing("refund", refund.pk).assigned_to == user


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two(officer: SignIn, staff_client: SignIn, scene: Scenery) -> None:
    refunds = [
        casework.refund(office=scene.office, reason="x", amount=0, most=5, payee="A") for _ in range(2)
    ]
    clients = []
    for role in ("collection", "finance"):
        signed = staff_client(user=officer(role, unit=scene.province))
        other = Client()
        other.cookies = signed.cookies.copy()
        signed.cookies.clear()
        clients.append(other)
    start = threading.Barrier(2)

    def press(client: Client) -> None:
        start.wait()
        client.post("/giai-quyet/nhan-viec/")
        connection.close()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = {services.of_thing("refund", refund.pk).assigned_to_id for refund in refunds}
    assert len(held - {None}) == 2


def test_a_case_is_taken_given_and_released(desk: Desk, staff_client: SignIn) -> None:
    (case,) = desk.open()
    client = staff_client(user=desk.clerk.user)
    address = f"/giai-quyet/ho-so/{case.pk}/"
    assert "Nhận hồ sơ này" in words(client.get(address))
    assert "Giao việc" not in words(client.get(address))
    assert "Đã nhận hồ sơ." in words(act(client, case, "nhan"))
    assert "Hồ sơ đã có người nhận" in words(act(client, case, "nhan"))
    assert act(client, case, "giao", **{"assign-to": str(desk.other.user.pk)}).status_code == 403
    assert "Có lỗi cần sửa" in words(act(client, case, "tra-hang-doi"))
    assert desk.again(case).assigned_to == desk.clerk.user
    act(client, case, "tra-hang-doi", **{"release-reason": "nghỉ"})
    assert desk.again(case).assigned_to is None
    director = staff_client(user=desk.director.user)
    told = act(director, case, "giao", **{"assign-to": str(desk.other.user.pk), "assign-reason": "gấp"})
    assert "Đã giao hồ sơ." in words(told)
    assert f"Giao cho {desk.other.user.full_name}. gấp" in words(told)
    assert desk.again(case).assigned_to == desk.other.user
    strange = act(director, case, "giao", **{"assign-to": str(desk.people.admin.pk)})
    assert desk.again(case).assigned_to == desk.other.user
    assert strange.status_code == 200


def test_a_step_is_judged_by_another_and_sent_back_with_its_cause(desk: Desk, staff_client: SignIn) -> None:
    case = desk.ready()
    client = staff_client(user=desk.clerk.user)
    mine = words(client.get(f"/giai-quyet/ho-so/{case.pk}/"))
    assert "Trả lại bước này" not in mine
    assert "không có quyền làm việc ấy" in words(act(client, case, "dong-y/assess"))
    assert not CaseVerdict.objects.exists()
    director = staff_client(user=desk.director.user)
    assert "Đồng ý" in words(director.get(f"/giai-quyet/ho-so/{case.pk}/"))
    assert "Đã thẩm định: đồng ý" in words(act(director, case, "dong-y/assess"))
    told = act(director, case, "tra-lai/reason", **{"judge-reason-cause": "reasoning"})
    assert CaseVerdict.objects.count() == 1
    assert "Trả lại bước này" in words(told)
    sent = {"judge-reason-cause": "reasoning", "judge-reason-note": "viết rõ điều luật"}
    told = words(act(director, case, "tra-lai/reason", **sent))
    assert "Trả lại: Lý do chưa rõ" in told
    assert "viết rõ điều luật" in told
    assert "Phải làm lại" in told
    assert desk.again(case).step == "reason"


def test_waits_and_questions(desk: Desk, staff_client: SignIn) -> None:
    (case,) = desk.open(income=1000, account="")
    client = staff_client(user=desk.clerk.user)
    told = words(client.get(f"/giai-quyet/ho-so/{case.pk}/"))
    assert "Thu nhập cao bất thường." in told
    assert told.count("Tự đóng khi dữ kiện đã đủ.") == 1
    told = words(act(client, case, "ket-luan/no_account", **{"question-no_account-reason": "kệ"}))
    assert "chỉ đóng khi dữ kiện đã đủ" in told
    act(client, case, "ket-luan/high", **{"question-high-reason": "thưởng cuối năm"})
    assert list(CaseQuestion.objects.filter(how="hand").values_list("code", "reason")) == [
        ("high", "thưởng cuối năm")
    ]
    wait = {"reason": "supplement", "on_name": "Ông A", "asked": "Giấy khai sinh", "then": "trả lại hồ sơ"}
    past = {f"wait-{name}": value for name, value in {**wait, "until": "1/1/2020"}.items()}
    told = act(client, case, "cho", **past)
    assert "không trước hôm nay" in words(told)
    assert 'value="Ông A"' in told.content.decode()
    until = TODAY + timedelta(days=9)
    told = words(act(client, case, "cho", **{**past, "wait-until": f"{until:%d/%m/%Y}"}))
    assert f"Chờ Ông A từ {TODAY:%d/%m/%Y} đến hết {until:%d/%m/%Y}." in told
    assert "Yêu cầu bổ sung giấy tờ" in told
    told = words(act(client, case, "het-cho/supplement", **{"resume-supplement-how": "đã nộp"}))
    assert "Hết chờ: đã nộp" in told
    assert not CaseWait.objects.filter(ended_at__isnull=True).exists()


def test_a_changed_fact_is_told_where_it_was_read(desk: Desk, staff_client: SignIn) -> None:
    case = desk.ready()
    desk.facts[case.thing_id]["income"] = 11
    told = words(staff_client(user=desk.clerk.user).get(f"/giai-quyet/ho-so/{case.pk}/"))
    assert "Phải làm lại" in told
    assert "Dữ kiện đã thay đổi: thu nhập. Trở lại bước “Tính”." in told


def test_the_panel_stands_on_the_page_of_the_thing(
    scene: Scenery, officer: SignIn, staff_client: SignIn
) -> None:
    refund = casework.refund(office=scene.office, reason="x", amount=5, most=5, payee="A", bank_account="1")
    told = words(
        staff_client(user=officer("director", unit=scene.province)).get(f"/tien-nop/hoan-tra/{refund.pk}/")
    )
    for said in (
        "Giải quyết hồ sơ",
        "Đang xử lý",
        "Số tiền 5.",
        "Diễn biến",
        "Trả lại bước này",
        "Giao việc",
    ):
        assert said in told
    told = words(
        staff_client(user=officer("checks", unit=scene.province)).get(f"/tien-nop/hoan-tra/{refund.pk}/")
    )
    assert "Giải quyết hồ sơ" in told
    for said in ("Trả lại bước này", "Giao việc", "Ghi việc chờ", "Nhận hồ sơ này", "/giai-quyet/"):
        assert said not in told


def test_a_refund_sent_back_is_looked_at_again(scene: Scenery, officer: SignIn, staff_client: SignIn) -> None:
    """Nobody approves it meanwhile; whoever assesses may let the amount stand, and it goes on."""
    refund = casework.refund(
        office=scene.office,
        reason="x",
        amount=5,
        most=5,
        payee="A",
        bank_account="1",
        employer=scene.employer(),
    )
    case = services.of_thing("refund", refund.pk)
    director = staff_client(user=officer("director", unit=scene.province))
    sent = {"judge-assess-cause": "facts", "judge-assess-note": "xem lại"}
    told = words(act(director, case, "tra-lai/assess", **sent))
    assert "số tiền phải được xem lại" in told
    assert "giữ nguyên kết quả" not in told
    clerk = staff_client(user=officer("collection", unit=scene.province))
    assert "Đã giữ nguyên kết quả." in words(act(clerk, case, "giu-nguyen/assess"))
    again = services.of_thing("refund", refund.pk)
    assert (again.step, again.state) == ("decide", "processing")
    assert "không giữ nguyên được" in words(act(clerk, case, "giu-nguyen/assess"))


def test_who_stands_in_and_who_keeps_away(desk: Desk, scene: Scenery, staff_client: SignIn) -> None:
    director = staff_client(user=desk.director.user)
    unit = str(desk.people.a.pk)
    sent = {
        "at": unit, "officer": str(desk.clerk.user.pk), "by": str(desk.clerk.user.pk), "reason": "nghỉ phép",
        "valid_from": f"{TODAY:%d/%m/%Y}", "valid_to": f"{TODAY + timedelta(5):%d/%m/%Y}",
    }  # fmt: skip
    address = "/giai-quyet/phan-cong/"
    given = {f"stand-in-{name}": value for name, value in sent.items()}
    assert "Người thay phải là người khác" in words(director.post(f"{address}thay/", given))
    given["stand-in-by"] = str(desk.other.user.pk)
    assert "nghỉ phép" in words(director.post(f"{address}thay/", given, follow=True))
    row = CaseStandIn.objects.get()
    director.post(f"{address}thay/{row.pk}/thoi/")
    row.refresh_from_db()
    assert row.ended_at is not None

    employer = scene.employer()
    type(employer).objects.filter(pk=employer.pk).update(office=desk.people.a)
    refund = casework.refund(office=desk.people.a, employer=employer, reason="x", amount=0, most=5, payee="A")
    services.take(actor=desk.clerk, case=services.of_thing("refund", refund.pk))
    bar = {
        "bar-at": unit, "bar-officer": str(desk.clerk.user.pk), "bar-kind": "employer",
        "bar-number": "KHONGCO", "bar-reason": "vợ là giám đốc",
    }  # fmt: skip
    director = staff_client(user=desk.director.user)
    assert "Không có người hay đơn vị số này" in words(director.post(f"{address}tranh/", bar))
    bar["bar-number"] = employer.unit_code
    told = words(director.post(f"{address}tranh/", bar, follow=True))
    assert employer.name in told
    assert services.of_thing("refund", refund.pk).assigned_to is None
    theirs = staff_client(user=desk.clerk.user)
    assert "Ông/bà phải tránh hồ sơ" in words(theirs.get(f"/tien-nop/hoan-tra/{refund.pk}/"))
    assert theirs.get(address).status_code == 403
    line = CaseBar.objects.get()
    staff_client(user=desk.director.user).post(f"{address}tranh/{line.pk}/thoi/")
    line.refresh_from_db()
    assert line.ended_by == desk.director.user
    assert not rosters.bars(actor_of(desk.director.user)).exists()
    assert Refund.objects.get().state == "prepared"


def test_the_menu_shows_the_pages_to_whoever_has_cases(officer: SignIn, staff_client: SignIn) -> None:
    for role, sees in (("collection", True), ("planning", False), ("benefits", False)):
        client = staff_client(user=officer(role))
        assert ("/giai-quyet/" in client.get("/", follow=True).content.decode()) is sees
        assert client.get("/giai-quyet/").status_code == (200 if sees else 403)
