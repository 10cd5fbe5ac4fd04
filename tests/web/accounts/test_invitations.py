"""The first phone comes with a link from the administrator, and so do a new phone and a new password."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from tests.web.accounts.steps import PASSWORD, WAITS, code, password, said, sign_in

from ansinh.office.models import Invitation, SignInSession, User
from ansinh.office.rights import actor_of
from ansinh.office.signin import services

NEW = "Chi-Lang-1427-x"

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(officer: Callable[..., Any]) -> Any:
    return actor_of(officer("administrator"))


@pytest.fixture
def fresh(officer: Callable[..., Any]) -> Any:
    user = officer("collection", enrolled=False)
    user.set_unusable_password()
    user.save()
    return user


def open_link(client: Client, token: str) -> Any:
    return client.get(f"/account/invitation/{token}/")


def secret_on(answer: Any) -> str:
    return re.search(r'class="code">([A-Z2-7]{32})<', said(answer))[1]


def test_a_password_alone_enrols_no_phone(client: Client, officer: Callable[..., Any]) -> None:
    """Possible before: whoever knew the first password enrolled a phone of their own, and was the officer."""
    user = officer("collection", enrolled=False)
    answer = password(client, user.username)
    assert answer.status_code == 403
    assert "Hãy xin quản trị hệ thống của đơn vị một liên kết mời." in said(answer)
    assert "_auth_user_id" not in client.session
    assert client.get("/account/code/activate/")["Location"] == "/account/login/"
    client.force_login(user)
    for method in (client.get, client.post):
        assert method("/account/code/activate/", {"code": "123456"}).status_code == 403
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "address", ["password/", "recovery/", "recovery/generate/", "confirm/", "preferences/", "sessions/"]
)
def test_an_officer_without_a_phone_reaches_nothing_else(
    client: Client, officer: Callable[..., Any], address: str
) -> None:
    """Possible before: the library's own pages asked for a session only, not for the second factor."""
    client.force_login(officer("collection", enrolled=False))
    for method in (client.get, client.post):
        assert method(f"/account/{address}")["Location"].startswith("/account/code/activate/")


def test_a_new_account(client: Client, admin: Any, fresh: Any) -> None:
    token = services.invite(actor=admin, user=fresh)
    assert open_link(client, token)["Location"] == "/account/invitation/"
    page = said(client.get("/account/invitation/"))
    assert fresh.full_name in page
    assert "Bước 1/2" in page
    assert token not in page
    short = said(client.post("/account/invitation/", {"password1": "ngan", "password2": "ngan"}))
    assert "Mật khẩu quá ngắn, cần ít nhất 12 ký tự." in short
    differ = said(client.post("/account/invitation/", {"password1": NEW, "password2": NEW + "y"}))
    assert "Hai lần nhập mật khẩu không giống nhau." in differ
    answer = client.post("/account/invitation/", {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/account/code/activate/"
    assert not User.objects.get(pk=fresh.pk).has_usable_password(), "nothing is set before the phone is there"

    first = client.get("/account/code/activate/")
    assert "data:image/svg+xml;base64," in said(first)
    secret = secret_on(first)
    wrong = client.post("/account/code/activate/", {"code": "000000"})
    assert "Mã không đúng hoặc đã hết hạn." in said(wrong)
    assert secret_on(wrong) == secret
    assert secret not in SignInSession.objects.get().get_decoded().get("enrolment", "")
    done = client.post("/account/code/activate/", {"code": code(secret)}, follow=True)
    assert done.request["PATH_INFO"] == "/account/recovery/"
    codes = re.findall(r"<li>(\d{8})</li>", said(done))
    assert len(codes) == 10
    assert client.get("/ui/").status_code == 200  # signed in, with the code just shown
    assert "ansinh_device" in client.cookies

    client.post("/account/logout/")
    password(client, fresh.username, NEW)
    used = client.post("/account/code/", {"code": code(secret)})
    assert "Mã này đã dùng" in said(used), "the code that enrolled counts as used"
    assert client.post("/account/code/", {"code": codes[0]})["Location"] == "/"
    client.post("/account/logout/")
    password(client, fresh.username, NEW)
    assert client.post("/account/code/", {"code": codes[0]}).status_code == 200  # once only


def test_a_link_works_once(client: Client, admin: Any, fresh: Any) -> None:
    token = services.invite(actor=admin, user=fresh)
    other = Client()
    for browser in (client, other):
        open_link(browser, token)
        browser.post("/account/invitation/", {"password1": NEW, "password2": NEW})
    second = secret_on(other.get("/account/code/activate/"))
    secret = secret_on(client.get("/account/code/activate/"))
    assert client.post("/account/code/activate/", {"code": code(secret)}).status_code == 302
    late = other.post("/account/code/activate/", {"code": code(second)})
    assert late["Location"] == "/account/login/"
    assert "_auth_user_id" not in other.session
    assert open_link(Client(), token).status_code == 404


@pytest.mark.parametrize("hours", [71, 73])
def test_for_three_days(client: Client, admin: Any, fresh: Any, hours: int) -> None:
    token = services.invite(actor=admin, user=fresh)
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        assert open_link(client, token).status_code == (302 if hours < 72 else 404)


@pytest.mark.parametrize("token", ["x", "a" * 43])
def test_any_other_link_says_the_same(client: Client, token: str) -> None:
    answer = open_link(client, token)
    assert answer.status_code == 404
    assert "Liên kết mời không còn hiệu lực" in said(answer)
    assert client.get("/account/invitation/").status_code == 404


@pytest.mark.parametrize("token", ["²", "a" * 5000, "%20"])
def test_what_is_no_link_is_no_page(client: Client, token: str) -> None:
    assert open_link(client, token).status_code == 404


def test_a_new_phone_needs_the_password(client: Client, admin: Any, officer: Callable[..., Any]) -> None:
    """With the link alone an administrator could become anybody."""
    user = officer("collection")
    sign_in(Client(), user)
    token = services.reset_factor(actor=admin, user=user)
    assert password(Client(), user.username).status_code == 403, "signed out, and not in without the link"
    open_link(client, token)
    assert client.get("/account/code/activate/")["Location"] == "/account/login/"
    for _ in range(4):
        assert "Mật khẩu không đúng." in said(client.post("/account/invitation/", {"password": "sai"}))
    assert WAITS in said(client.post("/account/invitation/", {"password": PASSWORD}))
    services.forgive(actor=admin, user=user)
    assert client.post("/account/invitation/", {"password": PASSWORD}).status_code == 302
    secret = secret_on(client.get("/account/code/activate/"))
    client.post("/account/code/activate/", {"code": code(secret)})
    assert client.get("/ui/").status_code == 200
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_a_new_password_needs_the_phone(client: Client, admin: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    open_link(client, services.reset_password(actor=admin, user=user))
    new = {"password1": NEW, "password2": NEW}
    assert "code" in client.get("/account/invitation/").context["form"].fields
    assert "Mã không đúng" in said(client.post("/account/invitation/", {**new, "code": "000000"}))
    shown = code()
    short = said(
        client.post("/account/invitation/", {"password1": "ngan", "password2": "ngan", "code": shown})
    )
    assert "12" in short
    answer = client.post("/account/invitation/", {**new, "code": shown})
    assert answer["Location"] == "/", "the short password had not used the code up"
    assert client.get("/ui/").status_code == 200
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert Invitation.objects.get().used_at is not None


def test_somebody_from_outside_needs_no_phone(client: Client, admin: Any) -> None:
    outsider = User.objects.create_user(username="ketoan", full_name="Lương Thị Nhung", kind="outside")
    open_link(client, services.invite(actor=admin, user=outsider, at=admin.user.roles.get()))
    answer = client.post("/account/invitation/", {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/"
    assert client.get("/account/preferences/").status_code == 200
    # and may enrol one of their own accord
    secret = secret_on(client.get("/account/code/activate/"))
    assert client.post("/account/code/activate/", {"code": code(secret)})["Location"] == "/account/recovery/"
    assert client.get("/account/code/activate/")["Location"] == "/account/preferences/"
    assert password(Client(), "ketoan", NEW)["Location"] == "/account/code/"


def test_a_link_is_not_opened_within_another_account(
    staff_client: Callable[..., Any], admin: Any, fresh: Any
) -> None:
    client = staff_client("finance")
    answer = open_link(client, services.invite(actor=admin, user=fresh))
    assert "finance.ls" in said(answer)
    assert client.get("/account/invitation/").status_code == 404


def test_a_suspended_account(client: Client, admin: Any, officer: Callable[..., Any]) -> None:
    user = officer("collection")
    sign_in(client, user)
    services.suspend(actor=admin, user=user)
    assert client.get("/ui/")["Location"].startswith("/account/login/")
    assert password(client, user.username)["Location"] == "/account/inactive/"
    assert "Liên hệ quản trị hệ thống" in said(client.get("/account/inactive/"))
    assert "_auth_user_id" not in client.session


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    def test_the_pages(
        self,
        page: Any,
        officer: Callable[..., Any],
        axe: Callable[..., None],
        screenshot: Callable[..., None],
    ) -> None:
        admin, fresh = actor_of(officer("administrator")), officer("collection", enrolled=False)
        page.goto("/account/login/")
        page.get_by_label("Tên đăng nhập").fill(fresh.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_role("heading", name="Cần thư mời của quản trị").wait_for()
        axe(page)
        screenshot(page, "invitation-missing")

        page.goto("/account/invitation/khong-co/")
        axe(page)
        screenshot(page, "invitation-over")

        fresh.set_unusable_password()
        fresh.save()
        page.goto(f"/account/invitation/{services.invite(actor=admin, user=fresh)}/")
        page.get_by_label("Mật khẩu mới", exact=True).fill("ngan")
        page.get_by_label("Nhập lại mật khẩu mới").fill("ngan")
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_text("Có lỗi cần sửa").wait_for()
        axe(page)
        screenshot(page, "invitation")
        page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
        page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_text("Không quét được?").click()
        secret = page.locator("details p.code").inner_text()
        axe(page)
        screenshot(page, "invitation-enrol")
        page.get_by_label("Mã xác thực").fill(code(secret))
        page.get_by_role("button", name="Kích hoạt").click()
        page.get_by_role("heading", name="Mã dự phòng").wait_for()
        axe(page)
        screenshot(page, "recovery-codes")

        page.goto(f"/account/invitation/{services.reset_factor(actor=admin, user=fresh)}/")
        page.get_by_label("Mật khẩu").wait_for()
        axe(page)
        screenshot(page, "invitation-factor")
