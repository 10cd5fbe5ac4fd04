"""Biểu mẫu đăng nhập: every place where a password or a code is typed counts the attempt."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ansinh.office.models import User
from ansinh.office.signin import factors, sealing, waiting
from ansinh.office.signin.invitations import Purpose
from ansinh.office.signin.models import Invitation
from ansinh.office.signin.waiting import Purpose as Counted
from ansinh.web.accounts import attempts

ENROLMENT = "enrolment"  # the sealed secret of a phone that has not shown a code yet
CODE = {"autocomplete": "one-time-code"}
NEW_PASSWORD = {"autocomplete": "new-password"}


class _CodeCheck:
    """The code field of the sign-in steps, checked by us instead of the library's cache."""

    def clean_code(self: Any) -> str:
        """Remember the authenticator whose code was shown, for the library to note its use."""
        code: str = self.cleaned_data["code"]
        self.authenticator = attempts.check_code(context.request, self.user, code)
        self.authenticator.user = self.user
        return code


class AuthenticateForm(_CodeCheck, AllauthAuthenticateForm):  # type: ignore[misc]
    """Bước 2 khi đăng nhập."""


class ReauthenticateForm(_CodeCheck, AllauthReauthenticateForm):  # type: ignore[misc]
    """Nhập lại mã: in a session that has none yet, or before a change of one's security."""


class ChangePasswordForm(AllauthChangePasswordForm):  # type: ignore[misc]
    """Đổi mật khẩu: guessing the old one in a session left open is counted like at the door."""

    def clean_oldpassword(self) -> str:
        """The old password, an attempt of this browser."""
        made = attempts.attempt(context.request, Counted.PASSWORD, self.user.username)
        try:
            old: str = super().clean_oldpassword()
        except ValidationError:
            attempts.failed(made)
            raise
        waiting.settle(made)
        return old


class _NewPassword(forms.Form):
    """Two fields for a new password; `password_hash` once they are right."""

    password1 = forms.CharField(
        label=_("Mật khẩu mới"), strip=False, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu mới"), strip=False, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )
    password_hash = ""

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password1(self) -> str:
        """Long enough, and not one that everybody uses."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập mật khẩu không giống nhau."))
        elif first and second:
            self.password_hash = make_password(first)
        return cleaned


class NewAccountForm(_NewPassword):
    """Mở tài khoản: the link alone opens it."""


class ForgottenPasswordForm(_NewPassword):
    """Đặt lại mật khẩu: a code of the phone proves whose account it is, where there is a phone."""

    code = forms.CharField(label=_("Mã xác thực"), widget=forms.TextInput(attrs=CODE))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not factors.is_enrolled(self.user):
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """The code is looked at last, so that a password that is too short does not use it up."""
        cleaned = super().clean()
        if "code" in self.fields and not self.errors:
            try:
                attempts.check_code(self.request, self.user, cleaned["code"])
            except ValidationError as error:
                self.add_error("code", error)
        return cleaned


class NewPhoneForm(forms.Form):
    """Cấp lại xác thực hai lớp: the password proves whose account it is."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password_hash = ""

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        """The account's password, an attempt like any other."""
        from allauth.account.adapter import get_adapter

        password: str = self.cleaned_data["password"]
        if not get_adapter(self.request).reauthenticate(self.user, password):
            raise get_adapter(self.request).validation_error("incorrect_password")
        return password


def invitation_form(request: HttpRequest, invitation: Invitation) -> Any:
    """The first page of an invitation, by its purpose."""
    kind = {
        Purpose.ACCOUNT: NewAccountForm,
        Purpose.FACTOR: NewPhoneForm,
        Purpose.PASSWORD: ForgottenPasswordForm,
    }[Purpose(invitation.purpose)]
    return kind(request.POST or None, request=request, user=invitation.user)


class EnrolForm(forms.Form):
    """Kích hoạt: the secret waits in the session, sealed, until the phone has shown a code of it."""

    code = forms.CharField(label=_("Mã xác thực"), widget=forms.TextInput(attrs=CODE))
    step: int | None = None

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sealed = request.session.get(ENROLMENT, "")
        if not sealed or not self.is_bound:
            sealed = request.session[ENROLMENT] = sealing.seal(factors.new_secret())
        self.secret = sealing.unseal(sealed)

    def clean_code(self) -> str:
        """A code of that secret, now."""
        code: str = self.cleaned_data["code"]
        self.step = factors.matching_step(self.secret, code)
        if self.step is None:
            raise ValidationError(_("Mã không đúng hoặc đã hết hạn."), code="incorrect_code")
        return code
