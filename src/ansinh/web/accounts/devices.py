"""Thiết bị quen: a signed cookie says that somebody has signed in to an account from this browser before.

One cookie holds a nonce for each of the accounts, under the account's digest: it names nobody, it is worth
nothing for another account, and without it one still signs in, counted among the strangers.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from ansinh.office.signin.waiting import account_key

SALT = "ansinh.signin.device"
LIFE = 400 * 24 * 3600  # as long as browsers keep a cookie
ACCOUNTS = 8  # on a counter's shared machine


def cookie_name() -> str:
    """With the prefix that binds it to this host where cookies are secure."""
    return "__Host-ansinh_device" if settings.SESSION_COOKIE_SECURE else "ansinh_device"


def nonce(request: HttpRequest, username: str) -> str:
    """The browser's nonce for an account; "" for a browser that has not signed in to it."""
    return _held(request).get(account_key(username), "")


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Note on the browser that it has signed in to the account."""
    held = _held(request)
    account = account_key(username)
    known = held.pop(account, "") or secrets.token_hex(16)
    held = {**dict(list(held.items())[-(ACCOUNTS - 1) :]), account: known}
    response.set_cookie(
        cookie_name(),
        signing.dumps(held, salt=SALT),
        max_age=LIFE,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
    )


def _held(request: HttpRequest) -> dict[str, str]:
    try:
        held = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}
