"""What tests of signing in do over and over, through the pages."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from ansinh.office.models import UsedStep

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "Lang-Son-2026-thu"
WAITS = "Đã thử sai nhiều lần."
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
WRONG_CODE = "Mã không đúng hoặc đã hết hạn."


def code(secret: str = SECRET, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def password(client: Any, name: str, word: str = PASSWORD, **more: Any) -> Any:
    return client.post("/account/login/", {"login": name, "password": word}, **more)


def said(answer: Any) -> str:
    return answer.content.decode()


def sign_in(client: Any, user: Any) -> Any:
    """Password and code; a code used in an earlier step of the test may be used again."""
    UsedStep.objects.filter(user=user).delete()
    password(client, user.username)
    answer = client.post("/account/code/", {"code": code()})
    assert answer.status_code == 302, said(answer)
    return answer
