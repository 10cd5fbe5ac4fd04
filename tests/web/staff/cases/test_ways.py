"""Ways out of a case: shown first, offered only where they lead somewhere, done once, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.collection import casework
from tests.collection.declarations.scenery import Scenery
from tests.office.cases.desk import Desk, registered

from ansinh.collection.models import Refund
from ansinh.office import hands
from ansinh.office.cases import services, waits
from ansinh.office.cases.models import Case, CaseEvent
from ansinh.office.models import Reading

SignIn = Callable[..., Any]
TODAY = timezone.localdate()


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with registered() as made:
        yield made


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def address(case: Case, way: str = "") -> str:
    return f"/giai-quyet/ho-so/{case.pk}/{way}"


def offered(client: Client, case: Case) -> set[str]:
    """The ways whose buttons stand on the page of the case."""
    text = client.get(address(case)).content.decode()
    return {found for found in re.findall(rf'href="{address(case)}([^"]+)"', text) if found}


def send(client: Client, case: Case, way: str, **given: str) -> Any:
    """What the page holds and what is typed, as a browser sends it."""
    page = client.get(address(case, way)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]+)"', page))
    return client.post(address(case, way), {**hidden, **given}, follow=True)


def ask(desk: Desk, case: Case) -> None:
    until = TODAY + timedelta(days=9)
    waiting = services.Waiting("supplement", "filer", "Nông Văn A", "Giấy khai sinh", until, "trả lại hồ sơ")
    services.wait(actor=desk.clerk, case=case, waiting=waiting)


def test_each_way_stands_where_it_leads_somewhere(desk: Desk, staff_client: SignIn) -> None:
    case = desk.ready()
    clerk, director = Client(), Client()
    for client, actor in ((clerk, desk.clerk), (director, desk.director)):
        signed = staff_client(user=actor.user)
        client.cookies = signed.cookies.copy()
        signed.cookies.clear()
    assert (offered(clerk, case), offered(director, case)) == ({"rut/"}, {"dung/"})
    services.ask_withdrawal(actor=desk.clerk, case=case, reason="Nộp nhầm")
    assert (offered(clerk, case), offered(director, case)) == (set(), {"rut/dong-y/", "rut/khong-rut/"})
    case = services.keep(actor=desk.director, case=case, reason="đổi ý")
    case = desk.decide(case)
    assert (offered(clerk, case), offered(director, case)) == ({"tra-ket-qua/"}, {"mo-lai/"})
    case = services.hand_over(actor=desk.clerk, case=case, to="A")
    services.reopen(actor=desk.director, case=case, reason="x")
    assert (offered(clerk, case), offered(director, case)) == (set(), set())  # of a round gone by


def test_stopping_is_shown_first_and_asks_for_a_reason(desk: Desk, staff_client: SignIn) -> None:
    case = desk.ready()
    services.ask_withdrawal(actor=desk.clerk, case=case, reason="x")
    services.keep(actor=desk.director, case=case, reason="x")
    director = staff_client(user=desk.director.user)
    told = words(director.get(address(case, "dung/")))
    for said in (
        "Việc này sẽ làm gì",
        "Hồ sơ khép lại, không có quyết định.",
        "Cổng dịch vụ công quốc gia: “Dừng xử lý”.",
        "Người giao việc mở lại được, thành lần sau.",
    ):
        assert said in told
    assert "Có lỗi cần sửa" in words(send(director, case, "dung/"))
    desk.facts[case.thing_id]["family"] = ["B"]  # changed while the reason was typed: seen again, then done
    stale = director.post(address(case, "dung/"), {"seen": "0" * 64, "reason": "Người nộp đã mất"})
    assert "Nội dung đã thay đổi" in words(stale)
    assert desk.again(case).state == "processing"
    told = words(send(director, case, "dung/", reason="Người nộp đã mất"))
    assert "Đã dừng giải quyết hồ sơ." in told
    assert "Dừng giải quyết: Người nộp đã mất" in told
    assert desk.again(case).state == "stopped"
    again = words(send(director, case, "dung/", reason="lần nữa"))
    assert "Không làm được khi hồ sơ ở trạng thái “Dừng giải quyết”." in again
    assert CaseEvent.objects.filter(case=case, act="stop").count() == 1


def test_who_may_not_is_told_why_and_nothing_happens(desk: Desk, staff_client: SignIn) -> None:
    both = desk.officer("collection", "director")
    case = desk.ready(both)
    maker = staff_client(user=both.user)
    assert "dung/" not in offered(maker, case)
    assert "nên không được dừng; người khác phải quyết định" in words(maker.get(address(case, "dung/")))
    sent = {"reason": "x", "seen": desk.seen(case.thing_id)}
    assert "người khác phải quyết định" in words(maker.post(address(case, "dung/"), sent))
    clerk = staff_client(user=desk.clerk.user)
    assert "không có quyền làm việc ấy" in words(clerk.get(address(case, "dung/")))
    assert "không có quyền làm việc ấy" in words(clerk.post(address(case, "dung/"), sent))
    assert Reading.objects.filter(look__user=desk.clerk.user, look__verb="case.assign").exists()
    services.bar(actor=desk.director, at=desk.people.a, officer=desk.clerk.user, party_kind="employer",
                 party=77, reason="x")  # fmt: skip
    assert "phải tránh hồ sơ" in words(clerk.get(address(case, "rut/")))
    assert "phải tránh hồ sơ" in words(clerk.post(address(case, "rut/"), {"reason": "x"}))
    assert offered(clerk, case) == set()
    assert desk.again(case).state == "processing"
    stranger = staff_client(user=desk.people.admin_q)
    assert stranger.get(address(case, "dung/")).status_code == 403


def test_withdrawn_when_the_filer_asks_and_an_officer_agrees(desk: Desk, staff_client: SignIn) -> None:
    (case,) = desk.open()
    ask(desk, case)
    client = staff_client(user=desk.clerk.user)
    told = words(client.get(address(case, "rut/")))
    assert "Không còn chờ ai nữa." in told
    assert "người làm bước “Kiểm tra giấy tờ” đồng ý cho rút, hoặc giải quyết tiếp" in told
    assert "Đã ghi người nộp xin rút hồ sơ." in words(send(client, case, "rut/", reason="Nộp nhầm"))
    assert "Xin rút hồ sơ: Nộp nhầm" in words(client.get(address(case, "rut/dong-y/")))
    assert "Hồ sơ được giải quyết tiếp." in words(send(client, case, "rut/khong-rut/", reason="Đổi ý"))
    assert desk.again(case).state == "processing"
    send(client, case, "rut/", reason="Nộp nhầm thật")
    assert "Đã cho rút hồ sơ." in words(send(client, case, "rut/dong-y/"))
    assert desk.again(case).state == "withdrawn"


def test_handed_over_then_reopened_as_the_next_round(desk: Desk, staff_client: SignIn) -> None:
    case = desk.decide(desk.ready())
    client = staff_client(user=desk.clerk.user)
    assert "Có lỗi cần sửa" in words(send(client, case, "tra-ket-qua/", to=" "))
    assert "Đã trả kết quả cho Nông Văn A." in words(send(client, case, "tra-ket-qua/", to="Nông Văn A"))
    director = staff_client(user=desk.director.user)
    told = words(director.get(address(case, "mo-lai/")))
    assert f"Mở lần 2 của cùng việc, vẫn mã {case.number}; lần 1 giữ nguyên như đã xong." in told
    assert "nhận hôm nay thì hạn là" in told
    future = {"reason": "Có giấy tờ mới", "received_on": f"{TODAY + timedelta(1):%d/%m/%Y}"}
    assert "đến hôm nay" in words(send(director, case, "mo-lai/", **future))
    answer = send(director, case, "mo-lai/", reason="Có giấy tờ mới", received_on=f"{TODAY:%d/%m/%Y}")
    made = services.of_thing("trial", case.thing_id)
    assert (made.round, made.received_on, made.number) == (2, TODAY, case.number)
    assert answer.redirect_chain[-1][0] == address(made)
    assert "Mở lại (lần 2): Có giấy tờ mới" in words(answer)
    assert "Việc này đã có lần sau." in words(director.get(address(case, "mo-lai/")))


def test_a_refund_is_stopped_and_its_procedure_does_not_reopen(
    scene: Scenery, officer: SignIn, staff_client: SignIn
) -> None:
    refund = casework.refund(office=scene.office, reason="x", amount=5, most=5, payee="A", bank_account="1")
    case = services.of_thing("refund", refund.pk)
    user = officer("director", unit=scene.province)
    director = staff_client(user=user)
    told = words(director.get(address(case, "dung/")))
    assert "Khoản hoàn trả không được chi và không còn giữ số tiền ấy." in told
    assert "Hồ sơ của thủ tục này không mở lại được." in told
    answer = send(director, case, "dung/", reason="Đơn vị đã giải thể")
    assert answer.redirect_chain[-1][0] == f"/tien-nop/hoan-tra/{refund.pk}/"
    assert Refund.objects.get(pk=refund.pk).state == "refused"
    assert [hand.user for hand in hands.of("refund", refund.pk) if hand.part == "decider"] == [user]
    assert offered(director, case) == set()
    assert "không mở lại" in words(director.get(address(case, "mo-lai/")))
    sent = {"reason": "x", "received_on": f"{TODAY:%d/%m/%Y}"}
    assert "không mở lại" in words(director.post(address(case, "mo-lai/"), sent))
    assert services.of_thing("refund", refund.pk).round == 1


def test_past_its_day_the_panel_says_what_is_to_be_done_until_it_is(desk: Desk, staff_client: SignIn) -> None:
    (case,) = desk.open()
    ask(desk, case)
    later = datetime.combine(TODAY + timedelta(days=10), datetime.min.time(), UTC)
    with time_machine.travel(later, tick=False):
        waits.lapse()
        services.take(actor=desk.other, case=case)
    client = staff_client(user=desk.clerk.user)
    said = re.compile(r'notice--yellow">Quá ngày chờ [\d/]+. Nay phải: trả lại hồ sơ. Đã chờ Nông Văn A')
    told = client.get(address(case)).content.decode()
    assert said.search(told)
    assert "Đang xử lý" in told
    services.answer(actor=desk.clerk, case=case, step="receive", answer={})
    assert not said.search(client.get(address(case)).content.decode())


def test_they_speak_english(desk: Desk, staff_client: SignIn) -> None:
    case = desk.ready()
    client = staff_client(user=desk.director.user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    told = words(client.get(address(case, "dung/")))
    assert "The case is closed without a decision." in told
    assert "Stop the case" in told
