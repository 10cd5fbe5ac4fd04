"""Chờ sau khi thử sai: how long the next attempt on an account must wait, counted in the database.

After OWASP's "device cookies": attempts from a browser that has signed in to the account before are counted
apart from those of strangers, so that a stranger's attempts never make the owner wait. Nothing is counted by
address, so nobody locks out an office behind one address.

An attempt is counted before the password or code is looked at, in one statement: a hundred at the same moment
get as many tries as a hundred in a row, in whatever order they come to be counted. Nothing sleeps; who
must wait is told until when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ansinh.office.signin.models import SignInCounter

FREE = 3  # wrong attempts without a wait: a slip of the finger
LONGEST = 15 * 60  # seconds
FORGOTTEN = timedelta(hours=24)  # without any attempt

Purpose = SignInCounter.Purpose

# The wait after the n-th wrong attempt: none up to FREE, then 1, 2, 4 … seconds, at most LONGEST.
_CHARGE = """
INSERT INTO office_signincounter AS c (purpose, account, device, failures, last_at, waits_until)
VALUES (%(purpose)s, %(account)s, %(device)s, 1, %(now)s, %(now)s)
ON CONFLICT (account, purpose, device) DO UPDATE SET
  failures = CASE WHEN c.last_at < %(forgotten)s THEN 1 ELSE c.failures + 1 END,
  last_at = greatest(c.last_at, EXCLUDED.last_at),
  waits_until = EXCLUDED.last_at + interval '1 second' * CASE
    WHEN c.last_at < %(forgotten)s OR c.failures < %(free)s THEN 0
    ELSE least(power(2, least(c.failures - %(free)s, 30)), %(longest)s) END
WHERE c.failures <= %(free)s OR c.waits_until <= EXCLUDED.last_at
RETURNING failures, waits_until
"""


@dataclass(frozen=True)
class Attempt:
    """Một lần thử: counted as wrong until `settle`; when `allowed` is False it must not be looked at."""

    purpose: str
    account: str
    device: str
    allowed: bool
    failures: int
    waits_until: datetime

    @property
    def seconds(self) -> int:
        """Whole seconds still to wait, at least one."""
        return max(1, -int((timezone.now() - self.waits_until).total_seconds() // 1))


def account_key(username: str) -> str:
    """Khóa của tài khoản: the same for every spelling that signs in to it, and for names nobody has."""
    return salted_hmac("ansinh.signin.account", username.strip().lower(), algorithm="sha256").hexdigest()


def charge(*, purpose: str, username: str, device: str = "") -> Attempt:
    """Ghi một lần thử: as wrong and say whether it may be looked at; one statement for any name."""
    now = timezone.now()
    account = account_key(username)
    with connection.cursor() as cursor:
        cursor.execute(
            _CHARGE,
            {
                "purpose": str(purpose),
                "account": account,
                "device": device,
                "now": now,
                "forgotten": now - FORGOTTEN,
                "free": FREE,
                "longest": LONGEST,
            },
        )
        row = cursor.fetchone()
    if row:
        return Attempt(str(purpose), account, device, True, row[0], row[1])
    held = SignInCounter.objects.filter(purpose=purpose, account=account, device=device).first()
    if held is None:  # a success at the same moment has just cleared the counter
        return Attempt(str(purpose), account, device, False, 0, now)
    return Attempt(str(purpose), account, device, False, held.failures, held.waits_until)


def settle(attempt: Attempt) -> None:
    """Lần thử đúng: forget the wrong ones of this device (or of the unknown ones) on this account only."""
    SignInCounter.objects.filter(
        purpose=attempt.purpose, account=attempt.account, device=attempt.device
    ).delete()


def strangers(username: str) -> list[SignInCounter]:
    """Thử sai từ thiết bị lạ: those on an account of the last day, for its owner to see."""
    since = timezone.now() - FORGOTTEN
    return list(
        SignInCounter.objects.filter(account=account_key(username), device="", last_at__gte=since).order_by(
            "-last_at"
        )
    )


def forget(username: str) -> int:
    """Xóa mọi bộ đếm của một tài khoản; returns how many there were."""
    return SignInCounter.objects.filter(account=account_key(username)).delete()[0]


def purge() -> int:
    """Bỏ các bộ đếm cũ: those that no longer count; returns how many."""
    return SignInCounter.objects.filter(last_at__lt=timezone.now() - FORGOTTEN).delete()[0]
