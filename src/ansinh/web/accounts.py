"""Đăng nhập: password, then for staff a time code; accounts are opened by the office, never by sign-up."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ansinh.web.gate import rule

FRESH = 300  # seconds


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth as the office wants it: no sign-up, no mail, messages in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "too_many_login_attempts": _("Đăng nhập sai quá nhiều lần. Hãy thử lại sau ít phút."),
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

    def send_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Accounts have no mail address; nothing is sent."""

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """The page itself says what happened."""


def demo_accounts() -> list[dict[str, str]]:
    """Tài khoản mẫu: username, password, role and current code, in the demo profile only."""
    if settings.PROFILE != "demo":
        return []
    try:
        # by name: the demo stands on top of this room, which must not depend on it
        listing = import_module("ansinh.demo.accounts").listing
    except ImportError:
        return []
    return list(listing())


@rule(public=True)
class SignIn(LoginView):  # type: ignore[misc]
    """Đăng nhập; the demo lists its accounts below the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's accounts."""
        return {**super().get_context_data(**kwargs), "demo_accounts": demo_accounts()}


@rule(signed_in=True, second_factor=False)
class Activate(ActivateTOTPView):  # type: ignore[misc]
    """Kích hoạt xác thực hai lớp: the code typed to enrol counts as shown in this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Enrol, and write the second factor into the session."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


@rule(signed_in=True)
def to_preferences(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """Allauth's own overview pages lead to ours."""
    return redirect("preferences")


@rule(public=True)
def to_sign_in(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """Sign-up and mail are closed: back to the sign-in page."""
    return redirect("account_login")
