"""The caller's address behind n proxies is what the outermost of them saw, whatever the caller wrote before."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from ansinh.config.addresses import settle
from ansinh.web.shield import EdgeMiddleware

PEER = "10.0.0.1"


def address(forwarded: str, *, proxies: int) -> str:
    meta: dict[str, Any] = {"REMOTE_ADDR": PEER, "HTTP_X_FORWARDED_FOR": forwarded}
    settle(meta, proxies=proxies)
    assert "HTTP_X_FORWARDED_FOR" not in meta
    return str(meta["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("203.0.113.7", 0, PEER),
        ("203.0.113.7", 1, "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7", 1, "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7, 198.51.100.2", 2, "203.0.113.7"),
        ("203.0.113.7", 2, PEER),  # one of our two did not write: nobody's word is left
        ("203.0.113.7:4711", 1, "203.0.113.7"),
        ("[2001:db8::7]:4711", 1, "2001:db8::7"),
        ("2001:db8::7", 1, "2001:db8::7"),
        ("unknown", 1, PEER),
        ("", 1, PEER),
        ("203.0.113.7,", 1, PEER),
        ("203.0.113.700", 1, PEER),
        ("1.1.1.1' OR 1=1", 1, PEER),
    ],
)
def test_the_address(forwarded, proxies, expected):
    assert address(forwarded, proxies=proxies) == expected


@given(
    st.lists(st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=20), max_size=6)
)
def test_what_a_caller_writes_in_front_changes_nothing(claims):
    forwarded = ", ".join([*claims, "203.0.113.7", "198.51.100.2"])
    assert address(forwarded, proxies=2) == "203.0.113.7"
    assert address(forwarded, proxies=0) == PEER


@pytest.mark.parametrize(
    ("proxies", "protocol", "secure"),
    [
        (0, "https", False),
        (1, "https", True),
        (1, "http", False),
        (1, "https, http", False),
        (2, "https,http", True),
    ],
)
def test_https_is_what_our_proxy_says(settings, proxies, protocol, secure):
    """X-Forwarded-Proto was believed from everybody in production."""
    settings.PROXIES = proxies
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxies else None
    request = RequestFactory().get("/", HTTP_X_FORWARDED_PROTO=protocol)
    settle(request.META, proxies=proxies)
    assert request.is_secure() is secure


def test_no_claim_is_left_for_anybody_to_read(settings, rf):
    settings.PROXIES = 1
    seen: dict[str, Any] = {}

    def page(request):
        from django.http import HttpResponse

        seen.update(request.META)
        return HttpResponse()

    claims = ("X_FORWARDED_FOR", "X_FORWARDED_HOST", "FORWARDED", "X_REAL_IP", "TRUE_CLIENT_IP", "CLIENT_IP")
    EdgeMiddleware(page)(rf.get("/", REMOTE_ADDR=PEER, **{f"HTTP_{c}": "203.0.113.9" for c in claims}))
    assert seen["REMOTE_ADDR"] == "203.0.113.9"
    assert [key for key in seen if key.removeprefix("HTTP_") in claims] == []
