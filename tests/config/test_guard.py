"""The production profile starts only when it would be safe; settings come from the environment."""

from __future__ import annotations

import os
import secrets
import socket
import stat
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as in_force

from ansinh.config import guard
from ansinh.config.database import libpq
from ansinh.config.guard import UnsafeSettings, refuse_unsafe, unfit, weakness_of

RANDOM = "k9Xv2mQz7RtLw4NpYs8BdHf3JgUc6TaEe5ViOxqZrKyMnWbPhS"
SAFE: dict[str, Any] = {
    "secret": RANDOM, "default_secret": False, "debug": False, "secure_cookies": True, "hosts": ["bhxh.example"],
}  # fmt: skip
FIT: dict[str, Any] = {
    "profile": "production", "profile_given": True, "database_given": True, "proxies": 1, "https_demanded": True,
    "field_keys": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"default_secret": True}, "ANSINH_SECRET_KEY"),
        ({"secret": "a-key-of-its-own"}, "ANSINH_SECRET_KEY.*16"),
        ({"debug": True}, "ANSINH_DEBUG"),
        ({"secure_cookies": False}, "ANSINH_SECURE_COOKIES"),
        ({"hosts": ["*"]}, "ANSINH_HOSTS"),
        ({"hosts": ["bhxh.example", "*.example"]}, "ANSINH_HOSTS"),
        ({"hosts": []}, "ANSINH_HOSTS"),
        ({"hosts": ["127.0.0.1", "localhost", "[::1]", "testserver"]}, "ANSINH_HOSTS"),
    ],
)
def test_production_refuses_each_unsafe_setting_by_its_name(wrong, said):
    with pytest.raises(UnsafeSettings, match=said):
        refuse_unsafe(profile="production", **{**SAFE, **wrong})


def test_production_starts_when_nothing_is_unsafe():
    refuse_unsafe(profile="production", **SAFE)


@pytest.mark.parametrize(
    "secret",
    [
        "a" * 60,
        "ab" * 40,
        "0123456789" * 6,
        "k9Xv2mQz7R" * 6,
        "Lang-Son-2026-thu-" * 4,
        string.ascii_letters + string.digits,
        "django-insecure-" + RANDOM,
        "demo-only-not-a-secret-change-me-before-production",
        RANDOM[:49],
    ],
)
def test_what_is_no_random_text(secret):
    """A secret of one letter fifty times was good enough: only the default one was refused."""
    assert weakness_of(secret)


@pytest.mark.parametrize(
    "alphabet", [string.digits, "0123456789abcdef", string.ascii_letters + string.digits]
)
def test_random_texts_of_any_alphabet_are_taken(alphabet):
    for _ in range(500):
        assert weakness_of("".join(secrets.choice(alphabet) for _ in range(50))) == ""


def test_every_reason_is_told_at_once():
    with pytest.raises(UnsafeSettings) as refused:
        refuse_unsafe(
            profile="production",
            secret="",
            default_secret=True,
            debug=True,
            secure_cookies=False,
            hosts=["*"],
        )
    assert str(refused.value).count("\n  - ") == 4


def test_an_unknown_profile_is_refused():
    with pytest.raises(UnsafeSettings, match="demo \\| test \\| production"):
        refuse_unsafe(profile="prod", **SAFE)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"profile": "demo", "profile_given": False}, "ANSINH_PROFILE"),
        ({"profile": "test"}, "ANSINH_PROFILE=test"),
        ({"proxies": 0}, "ANSINH_PROXIES"),
        ({"field_keys": False}, "ANSINH_FIELD_KEYS"),
    ],
)
def test_a_site_is_not_served_with(wrong, said):
    assert [said in reason for reason in unfit(**{**FIT, **wrong})] == [True]


def test_a_site_is_served_when_fit():
    assert unfit(**FIT) == []
    assert unfit(**{**FIT, "profile": "demo", "database_given": False, "profile_given": False}) == []


def environment(**given: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANSINH_", "DJANGO_", "DATABASE_URL"))}
    return {**kept, **given}


def started(**given: str) -> subprocess.CompletedProcess[str]:
    """The settings read by a process of its own; the database is not reached."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from ansinh.config import settings as s; print(s.SECRET_KEY, s.SESSION_COOKIE_SECURE)",
        ],
        env=environment(DATABASE_URL="postgresql://nobody@127.0.0.1:1/ansinh", **given),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_real_process_in_production(tmp_path):
    var = str(tmp_path)
    refused = started(
        ANSINH_VAR=var, ANSINH_PROFILE="production", ANSINH_DEBUG="true", ANSINH_SECURE_COOKIES="false"
    )
    assert refused.returncode != 0
    said = ("SECRET_KEY", "DEBUG", "SECURE_COOKIES", "HOSTS")
    assert [name in refused.stderr for name in said] == [True] * 4
    safe = started(
        ANSINH_VAR=var,
        ANSINH_PROFILE="production",
        ANSINH_SECRET_KEY=RANDOM,
        ANSINH_HOSTS="bhxh.example",
    )
    assert (safe.returncode, safe.stdout.split()) == (0, [RANDOM, "True"])


def served(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """`ansinh serve` as a process of its own on the test's database; it must end by itself."""
    from django.db import connection

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return subprocess.run(
        [sys.executable, "-m", "ansinh.cli", "serve", "--port", str(port), "--no-jobs"],
        env=environment(DATABASE_URL=libpq(connection.settings_dict), ANSINH_VAR=str(tmp_path), **given),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def demo_account(transactional_db: None) -> Any:
    from ansinh.office.models import User

    return User.objects.create_user(
        "mau", password="ansinh-mau-2026", full_name="Mẫu", kind="staff", demo=True
    )


@pytest.mark.django_db(transaction=True)
def test_serve_tells_every_reason_at_once(demo_account: Any, tmp_path: Path):
    """A short secret, no named host and accounts with printed passwords were served to the world."""
    refused = served(tmp_path, ANSINH_PROFILE="production", ANSINH_SECRET_KEY="short")
    assert refused.returncode == 1
    said = (
        "ANSINH_SECRET_KEY",
        "ANSINH_HOSTS",
        "ANSINH_PROXIES",
        "ANSINH_FIELD_KEYS",
        "tài khoản mẫu",
        "demonstration accounts",
    )
    assert [word for word in said if word not in refused.stderr] == []
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""


@pytest.mark.django_db(transaction=True)
def test_serve_refuses_a_record_without_a_profile(transactional_db: None, tmp_path: Path):
    """DATABASE_URL alone served the real record under the demonstration's secret and without TLS."""
    refused = served(tmp_path)
    assert (refused.returncode, "ANSINH_PROFILE" in refused.stderr) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_serve_refuses_the_profile_of_tests(transactional_db: None, tmp_path: Path):
    """It hashes passwords with MD5 and counts no attempts."""
    refused = served(tmp_path, ANSINH_PROFILE="test")
    assert (refused.returncode, "ANSINH_PROFILE=test" in refused.stderr) == (1, True)


@pytest.mark.django_db
def test_only_demonstration_accounts_that_can_sign_in_count(demo_account: Any):
    assert guard.demonstration_accounts() == 1
    demo_account.is_active = False
    demo_account.save()
    assert guard.demonstration_accounts() == 0


@pytest.mark.django_db(transaction=True)
def test_another_way_to_start_the_site_meets_the_same_refusals(transactional_db: None, tmp_path: Path):
    from django.db import connection

    refused = subprocess.run(
        [sys.executable, "-c", "import ansinh.config.wsgi"],
        env=environment(DATABASE_URL=libpq(connection.settings_dict), ANSINH_VAR=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (refused.returncode, "ANSINH_PROFILE" in refused.stderr) == (1, True)


def test_var_is_closed_to_others(tmp_path: Path):
    """Uploads and frozen inputs of a month, with every identity number, could be read by every account."""
    var = tmp_path / "var"
    var.mkdir(mode=0o755)
    (var / "runs").mkdir(mode=0o755)
    started(ANSINH_VAR=str(var), ANSINH_PROFILE="demo")
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (var, *var.iterdir())}
    names = ("var", "documents", "files", "runs", "static", "uploads")
    assert modes == dict.fromkeys(names, 0o700)


def test_the_var_of_this_run_lists_nothing_to_others():
    assert stat.S_IMODE(Path(in_force.VAR).stat().st_mode) & 0o066 == 0
