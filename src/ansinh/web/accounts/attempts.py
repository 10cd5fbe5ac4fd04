"""Lần thử trên màn hình: count an attempt for the browser that makes it; say until when to wait."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.office.models import User
from ansinh.office.security import security
from ansinh.office.signin import factors, sealing, waiting
from ansinh.office.signin.waiting import Attempt, Purpose
from ansinh.web.accounts import devices


def attempt(request: HttpRequest, purpose: str, username: str) -> Attempt:
    """Count one more. Raises ValidationError, in the reader's words, when it must wait."""
    made = waiting.charge(purpose=purpose, username=username, device=devices.nonce(request, username))
    if not made.allowed:
        security("signin.waits", account=made.account[:12], purpose=made.purpose, known=bool(made.device))
        raise ValidationError(wait_words(made), code="waits")
    return made


def failed(made: Attempt) -> None:
    """Tell the log of a wrong password or code."""
    security(
        "signin.failed",
        account=made.account[:12],
        purpose=made.purpose,
        known=bool(made.device),
        failures=made.failures,
    )


def wait_words(made: Attempt) -> str:
    """Until when, and how long that is."""
    seconds = made.seconds
    wait = _("%(n)s giây") % {"n": seconds} if seconds < 60 else _("%(n)s phút") % {"n": -(-seconds // 60)}
    at = timezone.localtime(made.waits_until).strftime("%H:%M:%S")
    return _("Đã thử sai nhiều lần. Thử lại được từ %(time)s (còn %(wait)s).") % {"time": at, "wait": wait}


def check_code(request: HttpRequest, user: User, code: str) -> Any:
    """The authenticator whose code this is, used up. Raises ValidationError for a wrong or used code."""
    made = attempt(request, Purpose.CODE, user.username)
    try:
        checked = factors.check(user, code)
    except sealing.SealBroken:
        security("factor.unreadable", user=user.pk)
        checked = factors.Checked()
    if checked.authenticator is not None:
        waiting.settle(made)
        return checked.authenticator
    failed(made)
    if checked.wait:
        security("factor.code_used_again", user=user.pk)
        raise ValidationError(
            _("Mã này đã dùng; chờ mã sau %(seconds)s giây.") % {"seconds": checked.wait}, code="used"
        )
    raise ValidationError(_("Mã không đúng hoặc đã hết hạn."), code="incorrect_code")
