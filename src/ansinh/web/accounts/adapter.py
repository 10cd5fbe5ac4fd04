"""Allauth as the office wants it: no sign-up, no mail, attempts counted in the database, secrets sealed."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.office.models import User
from ansinh.office.security import security
from ansinh.office.signin import factors, sealing, waiting
from ansinh.office.signin.waiting import Purpose
from ansinh.web.accounts import attempts, devices

FRESH = 300  # seconds


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts: who may sign in, with which words, and what is remembered of it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "enter_current_password": _("Hãy nhập mật khẩu đang dùng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- the hook's signature
        """Accounts are given in writing by the administrator."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """A sign-in of the last minutes is as good as typing the password again."""
        records = get_authentication_records(self.request, self.request.user)
        if any(time.time() - record["at"] < FRESH for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Look at a password, unless this browser must wait; the same statements for a name nobody has."""
        made = attempts.attempt(request, Purpose.PASSWORD, credentials["username"])
        user = super().authenticate(request, **credentials)
        if user is None:
            attempts.failed(made)
        else:
            waiting.settle(made)
        return user

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        """Turn away who is suspended, and an officer without a phone: the password alone enrols none."""
        refused: HttpResponse | None = super().pre_login(request, user, **details)
        if refused is not None:
            security("signin.suspended", user=user.pk)
            return refused
        if user.kind == User.Kind.STAFF and not factors.is_enrolled(user):
            clear_login(request)
            return no_factor(request, user)
        return None

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Remember the browser: from now on its attempts are its own."""
        response: HttpResponse = super().post_login(request, user, **details)
        signed_in(request, response, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- the hook's signature
        """Back to where one's password is listed."""
        return reverse("preferences")

    def send_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Accounts have no mail address; nothing is sent."""

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """The page itself says what happened."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are sealed before they are written."""

    def encrypt(self, text: str) -> str:
        """Seal under the first key."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open with any key. Raises `SealBroken`."""
        return sealing.unseal(encrypted_text)


def signed_in(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """What every way of signing in ends with."""
    devices.remember(request, response, user.username)
    security("signin.succeeded", user=user.pk, account=waiting.account_key(user.username)[:12])


def no_factor(request: HttpRequest, user: User) -> HttpResponse:
    """Chưa có xác thực hai lớp: only an invitation from the administrator enrols a phone."""
    security("signin.no_factor", user=user.pk)
    return render(request, "account/no_factor.html", status=403)
