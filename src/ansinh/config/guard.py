"""Khi nào không được chạy: a production site that would not be safe does not start, and says why.

`unsafe` looks at the settings alone and holds for every command of the production profile; `unfit` adds what
only matters to a site that answers strangers (the profile itself, demonstration accounts). `ansinh serve`
tells both lists at once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

PROFILES = ("demo", "test", "production")
NAMES_OF_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]", "::1", "0.0.0.0", "testserver"})  # noqa: S104 -- refused, not bound

SECRET_LENGTH = 50
SECRET_BITS = 128
SECRET_CHARACTERS = 8
LEAST_TOKEN = 32
# words of the examples people copy; a random secret of 50 characters does not hold one of these by chance
WORDS_OF_EXAMPLES = ("change-me", "changeme", "example", "insecure", "demo-only", "password", "secret")


class UnsafeSettings(SystemExit):
    """Cấu hình không an toàn: every reason at once, in Vietnamese and English."""

    def __init__(self, reasons: Iterable[str]) -> None:
        super().__init__("Không khởi động / refused to start:\n" + "\n".join(f"  - {r}" for r in reasons))


class Kept:
    """Lý do chờ nói: what the settings found, kept for `ansinh serve` to tell with its own reasons."""

    asked = False
    reasons: tuple[str, ...] = ()


@contextmanager
def kept_for_serving() -> Iterator[None]:
    """Within it the settings keep their reasons instead of ending: the caller tells them itself and ends."""
    Kept.asked = True
    try:
        yield
    finally:
        Kept.asked = False


def refuse_unsafe(
    *, profile: str, secret: str, default_secret: bool, debug: bool, secure_cookies: bool, hosts: list[str]
) -> None:
    """Raise `UnsafeSettings` with all that `unsafe` finds, or keep it for a caller who will tell it."""
    if profile not in PROFILES:
        raise UnsafeSettings([f"ANSINH_PROFILE={profile}: {' | '.join(PROFILES)}"])
    reasons = unsafe(
        profile=profile,
        secret=secret,
        default_secret=default_secret,
        debug=debug,
        secure_cookies=secure_cookies,
        hosts=hosts,
    )
    if reasons and not Kept.asked:
        raise UnsafeSettings(reasons)
    Kept.reasons = tuple(reasons)


def unsafe(
    *, profile: str, secret: str, default_secret: bool, debug: bool, secure_cookies: bool, hosts: list[str]
) -> list[str]:
    """Reasons in the settings why a production process must not start; none in the other profiles."""
    if profile != "production":
        return []
    reasons = []
    if default_secret:
        reasons.append("ANSINH_SECRET_KEY còn mặc định / is the default secret")
    elif weakness := weakness_of(secret):
        reasons.append(f"ANSINH_SECRET_KEY {weakness}")
    if debug:
        reasons.append("ANSINH_DEBUG đang bật / debug is on")
    if not secure_cookies:
        reasons.append("ANSINH_SECURE_COOKIES đang tắt / cookies are not secure")
    if any("*" in host for host in hosts):
        reasons.append("ANSINH_HOSTS chứa '*' / hosts are not named")
    elif not {host.strip().lower() for host in hosts} - NAMES_OF_THIS_MACHINE - {""}:
        reasons.append(
            "ANSINH_HOSTS chưa nêu tên máy chủ, chỉ có máy này / hosts are not named, only this machine is"
        )
    return reasons


def unfit(
    *,
    profile: str,
    profile_given: bool,
    database_given: bool,
    proxies: int,
    https_demanded: bool,
    field_keys: bool,
) -> list[str]:
    """Reasons why a site must not be served that other commands need not care about."""
    reasons = []
    if not profile_given and database_given:
        reasons.append(
            "ANSINH_PROFILE chưa đặt trong khi DATABASE_URL đã đặt / "
            "the profile is unset while DATABASE_URL is set"
        )
    if profile == "test":
        reasons.append("ANSINH_PROFILE=test chỉ dành cho kiểm thử / is for tests only")
    if profile == "production" and https_demanded and proxies < 1:
        reasons.append(
            "ANSINH_PROXIES=0: không máy chủ nào phía trước nhận https, mọi trang sẽ chuyển hướng mãi / "
            "nothing in front speaks https, every page would redirect for ever"
        )
    if profile == "production" and not field_keys:
        reasons.append(
            "ANSINH_FIELD_KEYS chưa đặt hoặc không phải khóa Fernet: không niêm phong được mã bí mật / "
            "is unset or holds no Fernet key: secrets of second factors cannot be sealed"
        )
    return reasons


def weakness_of(secret: str) -> str:
    """What is wrong with a secret, in both languages; empty when it looks like 50 random characters.

    Randomness cannot be proved from one text. Refused are short ones, few different characters, a repeated
    piece, runs of neighbours ("abcdef", "1234"), and the words of examples that people copy.

    >>> weakness_of("k9Xv2mQz7RtLw4NpYs8BdHf3JgUc6TaEe5ViOxqZrKyMnWbPhS")
    ''
    >>> weakness_of("0123456789" * 6) != ""
    True
    """
    if len(secret) < SECRET_LENGTH:
        return (
            f"có {len(secret)} ký tự, cần ít nhất {SECRET_LENGTH} ký tự ngẫu nhiên / "
            f"has {len(secret)} characters, needs {SECRET_LENGTH} random ones"
        )
    if any(word in secret.lower() for word in WORDS_OF_EXAMPLES):
        return "chép từ ví dụ / is copied from an example"
    counts = Counter(secret)
    bits = -sum(n * math.log2(n / len(secret)) for n in counts.values())
    pieces = [secret[at : at + 3] for at in range(len(secret) - 2)]
    repeated = len(set(pieces)) < 0.7 * len(pieces)
    neighbours = sum(abs(ord(a) - ord(b)) <= 1 for a, b in pairwise(secret)) > 0.6 * len(secret)
    if len(counts) < SECRET_CHARACTERS or bits < SECRET_BITS or repeated or neighbours:
        return "không ngẫu nhiên: ký tự lặp hoặc nối tiếp nhau / is not random: it repeats or runs in order"
    return ""


def demonstration_accounts() -> int:
    """Tài khoản mẫu còn mở: how many accounts in the record that `ansinh demo` made can sign in."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.filter(demo=True, is_active=True).count()


def reasons_not_to_serve(*, with_accounts: bool = True) -> list[str]:
    """Every reason why this site must not answer: settings, profile and, in production, the accounts."""
    import os

    from django.conf import settings

    from ansinh.office.backups import unfinished
    from ansinh.office.signin import sealing

    reasons = list(Kept.reasons)
    reasons += unfit(
        profile=settings.PROFILE,
        profile_given=bool(os.environ.get("ANSINH_PROFILE")),
        database_given=bool(os.environ.get("DATABASE_URL")),
        proxies=settings.PROXIES,
        https_demanded=settings.SECURE_SSL_REDIRECT,
        field_keys=sealing.has_keys(),
    )
    if unfinished.is_unfinished():
        reasons.append(
            "cơ sở dữ liệu đang khôi phục dở dang, hãy chạy lại `ansinh restore` / "
            "a restore into this database was not finished: run `ansinh restore` again"
        )
    if 0 < len(settings.METRICS_TOKEN) < LEAST_TOKEN:
        reasons.append(
            f"ANSINH_METRICS_TOKEN ngắn hơn {LEAST_TOKEN} ký tự / is shorter than {LEAST_TOKEN} characters"
        )
    if with_accounts and settings.PROFILE == "production" and (count := demonstration_accounts()):
        reasons.append(
            f"có {count} tài khoản mẫu còn mở trong cơ sở dữ liệu / "
            f"{count} demonstration accounts in the database can sign in"
        )
    return reasons
