"""Who guesses waits, at every place where something can be guessed; who does not, does not."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone
from tests.web.accounts.steps import PASSWORD, WAITS, WRONG, WRONG_CODE, code, password, said, sign_in

from ansinh.office.models import SignInCounter, User
from ansinh.office.signin import factors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def still(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock stands still: a wait of one second must not end because the machine is slow."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    with time_machine.travel(timezone.now(), tick=False):
        yield


def guess(name: str, times: int, **more: Any) -> list[str]:
    stranger = Client()
    return [said(password(stranger, name, f"sai-{n}", **more)) for n in range(times)]


def test_a_stranger_does_not_lock_out_the_owner(client: Client, officer: Callable[..., Any]) -> None:
    """Possible before: five wrong passwords from anywhere shut an account for everybody, its owner included."""
    user = officer("collection")
    sign_in(client, user)
    client.post("/account/logout/")
    answers = guess(user.username, 12)
    assert WRONG in answers[0]
    assert WAITS in answers[-1]
    assert WAITS in said(password(Client(), user.username)), "a stranger with the right password waits too"
    sign_in(client, user)
    assert client.get("/ui/").status_code == 200


def test_nobody_is_locked_out_behind_one_address(client: Client, officer: Callable[..., Any]) -> None:
    """Possible before: ten wrong passwords a minute from an office's address shut out the whole office."""
    user = officer("collection")
    for n in range(40):
        assert WRONG in guess(f"khong-co-{n}", 1, REMOTE_ADDR="203.0.113.7")[0]
    assert password(client, user.username, REMOTE_ADDR="203.0.113.7")["Location"] == "/account/code/"


def test_another_address_does_not_help_the_guesser(officer: Callable[..., Any]) -> None:
    user = officer("collection")
    for n in range(4):
        assert WRONG in said(password(Client(), user.username, "sai", REMOTE_ADDR=f"203.0.113.{n}"))
    assert WAITS in said(password(Client(), user.username, "sai", REMOTE_ADDR="198.51.100.9"))


def test_a_wait_ends_by_itself(client: Client, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guess(user.username, 4)
        assert "(còn 1 giây)" in said(password(client, user.username))
        clock.shift(1)
        assert password(client, user.username).status_code == 302
        client.cookies.clear()
        for _ in range(9):
            guess(user.username, 1)
            clock.shift(900)
        guess(user.username, 5)
        assert re.search(
            r"Thử lại được từ \d\d:\d\d:\d\d \(còn \d+ (giây|phút)\)", said(password(client, user.username))
        )


def test_an_unknown_name_is_treated_like_a_known_one(officer: Callable[..., Any], monkeypatch: Any) -> None:
    user = officer("collection")
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, word, salt: hashed.append(word) or encode(self, word, salt)
    )

    def seen(name: str) -> tuple[list[str], int, list[str]]:
        hashed.clear()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            words = guess(name, 5)
        statements = [re.sub(r"'[^']*'|\b\d+\b", "?", q["sql"]) for q in caught]
        texts = [re.sub(r'value="[^"]*"|\d\d:\d\d:\d\d', "", w) for w in words]
        return statements, len(hashed), texts

    known, unknown = seen(user.username), seen("khong.co")
    assert known == unknown
    assert known[1] == 4, "one hash a guess, none while one waits"


def test_a_device_counts_for_its_own_account_only(client: Client, officer: Callable[..., Any]) -> None:
    mine, theirs = officer("collection"), officer("finance")
    sign_in(client, mine)
    client.post("/account/logout/")
    for _ in range(4):
        password(client, theirs.username, "sai")
    assert WAITS in said(password(Client(), theirs.username)), "counted among the strangers"
    cookie = client.cookies["ansinh_device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert mine.username not in cookie.value


@pytest.mark.parametrize(
    "forged",
    ["", "x", signing.dumps({"a": "b"}), signing.dumps([1], salt="ansinh.signin.device")],
    ids=["empty", "letters", "other-salt", "other-shape"],  # a signature carries the time
)
def test_a_forged_device_is_a_stranger(client: Client, officer: Callable[..., Any], forged: str) -> None:
    user = officer("collection")
    guess(user.username, 4)
    client.cookies["ansinh_device"] = forged
    assert WAITS in said(password(client, user.username))


def test_a_shared_browser_remembers_several_accounts(client: Client, officer: Callable[..., Any]) -> None:
    mine, theirs = officer("collection"), officer("finance")
    for user in (mine, theirs):
        sign_in(client, user)
        client.post("/account/logout/")
    for user in (mine, theirs):
        guess(user.username, 5)
        assert password(client, user.username).status_code == 302
        client.post("/account/logout/")


class TestCodes:
    def test_codes_are_not_tried_through(self, client: Client, officer: Callable[..., Any]) -> None:
        """Possible before: five codes in five minutes for each process, whoever knew the password."""
        user = officer("collection")
        for n in range(4):
            password(client, user.username)
            assert WRONG_CODE in said(client.post("/account/code/", {"code": f"00000{n}"}))
        other = Client()
        password(other, user.username)
        assert WAITS in said(other.post("/account/code/", {"code": code()})), "a new start buys no more codes"
        assert "_auth_user_id" not in other.session

    def test_recovery_codes_are_counted_with_them(self, client: Client, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        password(client, user.username)
        for n in range(4):
            client.post("/account/code/", {"code": f"1234567{n}"})
        assert WAITS in said(client.post("/account/code/", {"code": code()}))

    def test_nor_in_a_session_that_has_shown_none(self, client: Client, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        client.force_login(user)
        for n in range(4):
            assert WRONG_CODE in said(client.post("/account/code/confirm/", {"code": f"00000{n}"}))
        assert WAITS in said(client.post("/account/code/confirm/", {"code": code()}))

    def test_the_owner_s_device_is_not_held_up_by_them(
        self, client: Client, officer: Callable[..., Any]
    ) -> None:
        user = officer("collection")
        sign_in(client, user)
        client.post("/account/logout/")
        stranger = Client()
        password(stranger, user.username)
        for n in range(6):
            stranger.post("/account/code/", {"code": f"00000{n}"})
        sign_in(client, user)

    def test_a_used_code_confirms_nothing(self, client: Client, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        sign_in(client, user)
        again = said(client.post("/account/code/confirm/", {"code": code()}))
        assert "Mã này đã dùng; chờ mã sau" in again


class TestWithinASession:
    def test_the_password_is_not_guessed_where_it_is_confirmed(
        self, staff_client: Callable[..., Any], officer: Callable[..., Any]
    ) -> None:
        client = staff_client(user=officer("collection"))
        for _ in range(4):
            assert "Mật khẩu không đúng." in said(client.post("/account/confirm/", {"password": "sai"}))
        assert WAITS in said(client.post("/account/confirm/", {"password": PASSWORD}))

    def test_nor_where_it_is_changed(
        self, staff_client: Callable[..., Any], officer: Callable[..., Any]
    ) -> None:
        client = staff_client(user=officer("collection"))
        new = {"password1": "Chi-Lang-1427-x", "password2": "Chi-Lang-1427-x"}
        for _ in range(4):
            client.post("/account/password/", {"oldpassword": "sai", **new})
        assert WAITS in said(client.post("/account/password/", {"oldpassword": PASSWORD, **new}))
        assert User.objects.get().check_password(PASSWORD)


def test_an_attempt_is_counted_even_when_the_page_fails(
    client: Client, transactional_db: None, officer: Callable[..., Any], monkeypatch: Any
) -> None:
    """An attempt that is undone with its page would be one more guess for free."""
    user = officer("collection")

    def fails(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(User, "check_password", fails)
    client.raise_request_exception = False
    assert password(client, user.username).status_code == 500
    assert SignInCounter.objects.get().failures == 1


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "mfa_authenticate",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_change_password",
        "invitation",
        "mfa_activate_totp",
    ],
)
def test_every_page_that_counts_stands_outside_the_page_s_transaction(name: str) -> None:
    assert getattr(resolve(reverse(name)).func, "_non_atomic_requests", None) == {"default"}


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "²", "'; --"])
def test_any_name_is_answered(client: Client, name: str) -> None:
    assert password(client, name, "sai").status_code in {200, 400}


@pytest.mark.parametrize("value", ['"aaaaaaaa\\000"', "²²²²²²²²", "x" * 3000, '"aaaaaaaa\\012"'])
@pytest.mark.parametrize("cookie", ["ansinh_session", "ansinh_device", "ansinh_csrf"])
def test_any_cookie_is_answered(client: Client, cookie: str, value: str) -> None:
    answer = client.get("/ui/", HTTP_COOKIE=f"{cookie}={value}")
    assert answer.status_code in {302, 400}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    def test_waiting_and_a_used_code(
        self,
        page: Any,
        officer: Callable[..., Any],
        axe: Callable[..., None],
        screenshot: Callable[..., None],
    ) -> None:
        user = officer("collection")
        guess(user.username, 4)
        SignInCounter.objects.update(waits_until=timezone.now() + timedelta(minutes=4))

        def send() -> None:
            page.get_by_label("Tên đăng nhập").fill(user.username)
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            page.get_by_role("button", name="Đăng nhập").click()

        page.goto("/account/login/?next=/ui/")
        axe(page)
        screenshot(page, "sign-in-again")
        send()
        page.get_by_text(WAITS).first.wait_for()
        axe(page)
        screenshot(page, "sign-in-waits")
        SignInCounter.objects.all().delete()
        send()
        page.get_by_label("Mã xác thực").wait_for()
        assert factors.take(user, int(time.time()) // 30 + 1)  # whichever half minute it is, it was used
        page.get_by_label("Mã xác thực").fill(code())
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_text("Mã này đã dùng; chờ mã sau").first.wait_for()
        axe(page)
        screenshot(page, "code-used")
        page.get_by_role("button", name="Đăng nhập bằng tài khoản khác").click()
        page.get_by_label("Tên đăng nhập").wait_for()
