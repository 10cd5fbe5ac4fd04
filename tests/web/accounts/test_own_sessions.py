"""One's own sessions: seen, ended, over when nobody works; none outlives the sign-out or a new password."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.accounts.steps import PASSWORD, code, password, said, sign_in

from ansinh.office.models import SignInSession
from ansinh.web.accounts.agents import described

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1"
NEW = "Chi-Lang-1427-x"

pytestmark = pytest.mark.django_db


def key(client: Client) -> str:
    return client.cookies["ansinh_session"].value


def test_left_alone_it_is_over_and_one_comes_back(client: Client, officer: Callable[..., Any]) -> None:
    """Possible before: a browser left open was the officer's for eight hours."""
    user = officer("collection")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, user)
        clock.shift(29 * 60)
        assert client.get("/ui/").status_code == 200
        clock.shift(31 * 60)
        answer = client.get("/ui/?only=field")
        assert answer["Location"] == "/account/login/?next=%2Fui%2F%3Fonly%3Dfield"
        assert "Bản nháp chưa gửi vẫn còn trên máy này." in said(client.get(answer["Location"]))
        client.post(
            answer["Location"], {"login": user.username, "password": PASSWORD, "next": "/ui/?only=field"}
        )
        assert client.post("/account/code/", {"code": code()})["Location"] == "/ui/?only=field"


def test_a_box_that_asks_by_itself_is_nobody_at_work(client: Client, officer: Callable[..., Any]) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, officer("collection"))
        for _ in range(3):
            clock.shift(14 * 60)
            answer = client.get("/ui/job/", HTTP_HX_REQUEST="true", HTTP_HX_TRIGGER="job-7")
        assert "HX-Redirect" in answer


def test_seen_is_written_once_a_minute(client: Client, officer: Callable[..., Any]) -> None:
    def written() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/ui/job/").status_code == 200
        asked = [q["sql"] for q in caught if "signinsession" in q["sql"]]
        assert len([q for q in asked if q.startswith("SELECT")]) == 1
        return len([q for q in asked if q.startswith("UPDATE")])

    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, officer("collection"))
        client.get("/ui/job/")
        assert written() == 0
        clock.shift(59)
        assert written() == 0
        clock.shift(2)
        assert written() == 1
        assert written() == 0


def test_the_page_lists_and_ends(client: Client, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    sign_in(client, user)
    client.get("/ui/", HTTP_USER_AGENT=CHROME, REMOTE_ADDR="203.0.113.7")
    phone = Client()
    sign_in(phone, user)
    phone.get("/ui/", HTTP_USER_AGENT=PHONE, REMOTE_ADDR="198.51.100.9")
    page = client.get("/account/sessions/", HTTP_USER_AGENT=CHROME, REMOTE_ADDR="203.0.113.7")
    here, there = page.context["lines"]
    assert (here.device, here.address, here.here) == ("Chrome · Windows", "203.0.113.7", True)
    assert (there.device, there.address, there.here) == ("Safari · iPhone", "198.51.100.9", False)
    assert "phiên này" in said(page)
    assert key(phone) not in said(page)
    assert key(client) not in said(page)
    ended = client.post("/account/sessions/", {"end": there.handle}, follow=True)
    assert "Đã kết thúc 1 phiên." in said(ended)
    assert "/account/login/" in phone.get("/ui/")["Location"]
    assert client.get("/ui/").status_code == 200


def test_ending_all_others(client: Client, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    others = [Client(), Client()]
    for browser in (*others, client):
        sign_in(browser, user)
    assert "Đã kết thúc 2 phiên." in said(client.post("/account/sessions/", {"others": "1"}, follow=True))
    assert all("/account/login/" in o.get("/ui/")["Location"] for o in others)
    assert client.get("/ui/").status_code == 200


def test_nobody_ends_somebody_else_s(client: Client, officer: Callable[..., Any]) -> None:
    mine, theirs = officer("collection"), officer("finance")
    other = Client()
    sign_in(other, theirs)
    sign_in(client, mine)
    handle = SignInSession.objects.get(user=theirs).handle
    assert "Đã kết thúc 0 phiên." in said(
        client.post("/account/sessions/", {"end": str(handle)}, follow=True)
    )
    assert other.get("/ui/").status_code == 200
    for wrong in ("", "x", "²", str(uuid.uuid4())[:-1]):
        assert client.post("/account/sessions/", {"end": wrong}).status_code == 404


def test_strangers_attempts_are_told(client: Client, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    sign_in(client, user)
    stranger = Client()
    for _ in range(3):
        password(stranger, user.username, "sai")
    assert "Mật khẩu: 3 lần thử sai từ thiết bị lạ" in said(client.get("/account/sessions/"))


def test_a_new_password_ends_the_other_sessions(client: Client, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    other = Client()
    sign_in(other, user)
    sign_in(client, user)
    before = key(client)
    answer = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True
    )
    assert answer.request["PATH_INFO"] == "/account/preferences/"
    assert "Các phiên làm việc khác đã kết thúc." in said(answer)
    assert key(client) != before
    assert client.get("/ui/").status_code == 200
    assert "/account/login/" in other.get("/ui/")["Location"]
    assert SignInSession.objects.filter(user=user).count() == 1


def test_a_session_is_not_planted(client: Client, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    password(client, user.username)
    planted = key(client)
    client.post("/account/code/", {"code": code()})
    assert key(client) != planted
    thief = Client()
    thief.cookies["ansinh_session"] = planted
    assert "/account/login/" in thief.get("/ui/")["Location"]


def test_a_cookie_is_worth_nothing_after_signing_out(client: Client, officer: Callable[..., Any]) -> None:
    sign_in(client, officer("collection"))
    kept = key(client)
    client.post("/account/logout/")
    thief = Client()
    thief.cookies["ansinh_session"] = kept
    assert "/account/login/" in thief.get("/ui/")["Location"]
    assert not SignInSession.objects.filter(pk=kept).exists()


def test_an_account_without_password_has_none_to_change(client: Client) -> None:
    """Possible before: the page answered 500."""
    from ansinh.office.models import User

    client.force_login(User.objects.create_user(username="dan", full_name="Lý A Sìn", kind="outside"))
    assert client.get("/account/password/")["Location"] == "/account/preferences/"


def test_cookies_of_production() -> None:
    """Names that a neighbouring host cannot plant, over TLS only."""
    import os
    import subprocess
    import sys

    names = (
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_SAMESITE",
        "CSRF_COOKIE_SAMESITE",
    )
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from ansinh.config import settings as s; print(*(getattr(s, n) for n in {names}))",
        ],
        env={**os.environ, "ANSINH_PROFILE": "test", "ANSINH_SECURE_COOKIES": "true"},
        capture_output=True,
        text=True,
    )
    assert told.stdout.split() == [
        "__Host-ansinh_session",
        "__Host-ansinh_csrf",
        *["True"] * 2,
        *["Lax"] * 2,
    ], told.stderr


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome · Windows"),
        (PHONE, "Safari · iPhone"),
        (CHROME + " Edg/142.0.0.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox · Linux"),
        ("curl/8", ""),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert described(agent) == words


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    def test_the_page(
        self,
        staff_page: Callable[..., Any],
        officer: Callable[..., Any],
        axe: Callable[..., None],
        screenshot: Callable[..., None],
    ) -> None:
        user = officer("collection")
        for agent, address in ((CHROME, "203.0.113.7"), (PHONE, "2001:db8:1234:5678:9abc:def0:1234:5678")):
            other = Client()
            sign_in(other, user)
            other.get("/ui/", HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
        page = staff_page(user=user)
        for _ in range(3):
            password(Client(), user.username, "sai")
        page.goto("/account/preferences/")
        page.get_by_role("link", name="Xem và kết thúc").click()
        page.get_by_role("heading", name="Phiên làm việc").wait_for()
        axe(page)
        screenshot(page, "sessions")
        page.get_by_role("button", name="Kết thúc mọi phiên khác").click()
        page.get_by_text("Đã kết thúc 2 phiên.").wait_for()

    def test_a_draft_outlives_the_session(
        self, staff_page: Callable[..., Any], officer: Callable[..., Any]
    ) -> None:
        """Signed out by the clock in the middle of typing: sign in again, in place, and the words are there."""
        user = officer("collection")
        page = staff_page(user=user)
        page.goto("/ui/form/")
        field = page.locator("main form[data-draft] input[type=text]").first
        name = field.get_attribute("name")
        field.fill("Hoàng Văn Thụ")
        page.wait_for_timeout(1500)
        SignInSession.objects.filter(user=user).update(seen_at=timezone.now() - timedelta(minutes=31))
        page.locator("main form[data-draft] button[type=submit]").first.click()
        page.get_by_text("Bản nháp chưa gửi vẫn còn trên máy này.").wait_for()
        page.get_by_label("Tên đăng nhập").fill(user.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        from tests.conftest import current_code

        page.get_by_label("Mã xác thực").fill(current_code(user))
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("button", name="Khôi phục bản nháp").click()
        assert page.locator(f"main [name='{name}']").input_value() == "Hoàng Văn Thụ"
