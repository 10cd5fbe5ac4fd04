"""Trang đăng nhập: allauth's steps under our rules; what counts an attempt is not undone with the page."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from ansinh.office.security import security
from ansinh.office.signin import sessions
from ansinh.web.accounts import samples
from ansinh.web.gate import rule


class _Durable:
    """Outside the page's transaction: an attempt is counted even when the page fails afterwards."""

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


@rule(public=True)
class SignIn(_Durable, account.LoginView):  # type: ignore[misc]
    """Đăng nhập; the demo lists its accounts below the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's accounts."""
        return {**super().get_context_data(**kwargs), "demo_accounts": samples.listed()}


@rule(public=True)
class SignInCode(_Durable, mfa.AuthenticateView):  # type: ignore[misc]
    """Bước 2: the code, for who has just shown the password."""


@rule(signed_in=True)
class ConfirmPassword(_Durable, account.ReauthenticateView):  # type: ignore[misc]
    """Nhập lại mật khẩu: before a change of one's security."""


@rule(signed_in=True, second_factor=False)
class ConfirmCode(_Durable, mfa.ReauthenticateView):  # type: ignore[misc]
    """Nhập mã: in a session that has not shown one."""


@rule(public=True)
class SignOut(account.LogoutView):  # type: ignore[misc]
    """Đăng xuất: the session is deleted, so that its cookie is worth nothing afterwards."""

    def logout(self) -> None:
        """Tell the log of a session that ends."""
        user = self.request.user.pk
        super().logout()
        if user is not None:
            security("session.signed_out", user=user)


@rule(public=True)
class Suspended(account.AccountInactiveView):  # type: ignore[misc]
    """Tài khoản đã ngừng hoạt động."""


@rule(signed_in=True)
class ChangePassword(_Durable, account.PasswordChangeView):  # type: ignore[misc]
    """Đổi mật khẩu: whoever else is signed in to the account is no longer."""

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An account that was given no password has none to change."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("preferences")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, and end the other sessions."""
        response: HttpResponse = super().form_valid(form)
        ended = sessions.end(self.request.user.pk, keep=self.request.session.session_key)
        security("password.changed", user=self.request.user.pk, sessions=ended)
        messages.success(self.request, _("Đã đổi mật khẩu. Các phiên làm việc khác đã kết thúc."))
        return response


@rule(signed_in=True)
class RecoveryCodes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """Mã dự phòng còn lại."""


@rule(signed_in=True)
class NewRecoveryCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Tạo bộ mã dự phòng mới."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Tell the log."""
        response: HttpResponse = super().form_valid(form)
        security("factor.recovery_codes_made", user=self.request.user.pk)
        return response


@rule(signed_in=True)
class RecoveryCodesFile(codes.DownloadRecoveryCodesView):  # type: ignore[misc]
    """Tải mã dự phòng."""


@rule(signed_in=True)
def to_preferences(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """Allauth's own overview pages lead to ours."""
    return redirect("preferences")


@rule(public=True)
def to_sign_in(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 -- a view
    """Sign-up and mail are closed: back to the sign-in page."""
    return redirect("account_login")
