"""The production profile starts only when it would be safe; settings come from the environment."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ansinh.config.guard import UnsafeSettings, refuse_unsafe

SAFE = {"default_secret": False, "debug": False, "secure_cookies": True, "hosts": ["bhxh.example"]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"default_secret": True}, "ANSINH_SECRET_KEY"),
        ({"debug": True}, "ANSINH_DEBUG"),
        ({"secure_cookies": False}, "ANSINH_SECURE_COOKIES"),
        ({"hosts": ["*"]}, "ANSINH_HOSTS"),
    ],
)
def test_production_refuses_each_unsafe_setting_by_its_name(wrong, said):
    with pytest.raises(UnsafeSettings, match=said):
        refuse_unsafe(profile="production", **{**SAFE, **wrong})


def test_production_starts_when_nothing_is_unsafe():
    refuse_unsafe(profile="production", **SAFE)


def test_every_reason_is_told_at_once():
    with pytest.raises(UnsafeSettings) as refused:
        refuse_unsafe(
            profile="production", default_secret=True, debug=True, secure_cookies=False, hosts=["*"]
        )
    assert str(refused.value).count("\n  - ") == 4


def test_an_unknown_profile_is_refused():
    with pytest.raises(UnsafeSettings, match="demo \\| test \\| production"):
        refuse_unsafe(profile="prod", **SAFE)


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    """The settings read by a process of its own; the database is not reached."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANSINH_", "DJANGO_", "DATABASE_URL"))}
    address = "postgresql://nobody@127.0.0.1:1/ansinh"
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from ansinh.config import settings as s; print(s.SECRET_KEY, s.SESSION_COOKIE_SECURE)",
        ],
        env={**kept, "DATABASE_URL": address, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_real_process_in_production():
    refused = started(ANSINH_PROFILE="production", ANSINH_DEBUG="true", ANSINH_SECURE_COOKIES="false")
    assert refused.returncode != 0
    assert [name in refused.stderr for name in ("SECRET_KEY", "DEBUG", "SECURE_COOKIES")] == [True] * 3
    safe = started(
        ANSINH_PROFILE="production", ANSINH_SECRET_KEY="a-secret-of-its-own", ANSINH_HOSTS="bhxh.example"
    )
    assert (safe.returncode, safe.stdout.split()) == (0, ["a-secret-of-its-own", "True"])
