"""Signing in: password, then a time code; enrolment, recovery codes, refusals, the demo's list."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from ansinh.web.accounts import samples

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "Lang-Son-2026-thu"

pytestmark = pytest.mark.django_db


def code(secret: str = SECRET, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def login(client: Any, user: Any, password: str = PASSWORD, follow: bool = False) -> Any:
    return client.post("/account/login/", {"login": user.username, "password": password}, follow=follow)


def test_password_then_code(client: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    assert login(client, user)["Location"] == "/account/code/"
    assert "_auth_user_id" not in client.session  # the password alone signs nobody in
    assert client.post("/account/code/", {"code": code()})["Location"] == "/"
    assert client.get("/ui/").status_code == 200


def test_where_one_was_going_is_kept(client: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    client.post("/account/login/?next=/ui/", {"login": user.username, "password": PASSWORD, "next": "/ui/"})
    assert client.post("/account/code/", {"code": code()})["Location"] == "/ui/"


def test_wrong_words_are_in_vietnamese(client: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in login(client, user, "sai").content.decode()
    login(client, user)
    assert (
        "Mã không đúng hoặc đã hết hạn." in client.post("/account/code/", {"code": "000000"}).content.decode()
    )


def test_a_code_is_used_once(client: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    shown = code()
    login(client, user)
    client.post("/account/code/", {"code": shown})
    client.post("/account/logout/")
    login(client, user)
    answer = client.post("/account/code/", {"code": shown}).content.decode()
    assert re.search(r"Mã này đã dùng; chờ mã sau \d+ giây\.", answer)


def test_old_code_is_refused(client: Any, officer: Callable[..., Any]) -> None:
    login(client, officer("collection"))
    assert client.post("/account/code/", {"code": code(steps=-4)}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed(client: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    said = [login(client, user, f"sai-{i}").content.decode() for i in range(5)]
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in said[3]
    assert "Đã thử sai nhiều lần. Thử lại được từ" in said[4]
    assert "(còn 1 giây)" in said[4]
    # even the right one waits now
    assert "Đã thử sai nhiều lần" in login(client, user).content.decode()


def test_second_factor_cannot_be_taken_off(
    staff_client: Callable[..., Any], officer: Callable[..., Any]
) -> None:
    user = officer("collection")
    client = staff_client(user=user)
    for method in (client.get, client.post):
        assert method("/account/security/code/")["Location"] == "/account/preferences/"
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_sign_up_is_closed(client: Any) -> None:
    from ansinh.web.accounts.adapter import Adapter

    assert client.get("/account/signup/")["Location"] == "/account/login/"
    assert Adapter().is_open_for_signup(None) is False


def test_new_password_must_be_long(staff_client: Callable[..., Any]) -> None:
    client = staff_client("collection")
    answer = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": "ngan", "password2": "ngan"}
    )
    assert "12" in answer.content.decode()
    answer = client.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": "Chi-Lang-1427-x", "password2": "Chi-Lang-1427-x"},
    )
    assert answer.status_code == 302


def test_demo_accounts_are_shown_in_the_demo_only(
    client: Any, officer: Callable[..., Any], settings: Any, monkeypatch: Any
) -> None:
    user = officer("collection")
    monkeypatch.setattr(samples, "_offered", [])
    samples.offer(
        lambda: [
            {"username": "thu.ls", "password": "demo", "role": "Quản lý thu", "code": "999999"},
            {"username": user.username, "password": "demo", "role": "Quản lý thu", "code": "123456"},
        ]
    )
    assert "thu.ls" not in client.get("/account/login/").content.decode()
    assert "123456" not in login(client, user, follow=True).content.decode()
    client.cookies.clear()
    settings.PROFILE = "demo"
    text = client.get("/account/login/").content.decode()
    assert "thu.ls" in text
    assert "123456" in text
    step_two = login(client, user, follow=True).content.decode()
    assert "123456" in step_two
    assert "999999" not in step_two


def test_vietnamese_unless_chosen(client: Any) -> None:
    from ansinh.web.language import LanguageMiddleware

    seen: list[str] = []

    def answer(request: Any) -> Any:
        from django.http import HttpResponse
        from django.utils.translation import get_language

        seen.append(get_language())
        return HttpResponse()

    from django.test import RequestFactory

    for cookie in ({}, {"django_language": "en"}, {"django_language": "xx"}):
        request = RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE="en-US")
        request.COOKIES.update(cookie)
        LanguageMiddleware(answer)(request)
    assert seen == ["vi", "en", "vi"]


def test_language_returns_only_to_us(client: Any) -> None:
    kept = client.post("/account/language/", {"language": "en", "next": "/ui/?only=field"})
    assert kept["Location"] == "/ui/?only=field"
    assert kept.cookies["django_language"].value == "en"
    assert (
        client.post("/account/language/", {"language": "en", "next": "https://evil.example/"})["Location"]
        == "/"
    )
    assert "django_language" not in client.post("/account/language/", {"language": "xx"}).cookies
    assert client.get("/account/language/").status_code == 405


def test_stale_session_asks_again_before_security_changes(client: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    login(client, user)
    client.post("/account/code/", {"code": code()})
    assert client.get("/account/recovery/generate/").status_code == 200
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": time.time() - 301} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert client.get("/account/recovery/generate/").status_code == 302
    assert client.get("/ui/").status_code == 200
