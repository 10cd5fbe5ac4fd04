"""Xác thực hai lớp: a code counts once, whoever shows it first, on every process.

The secrets and the recovery codes are allauth's (`Authenticator`), sealed; which code was used is ours.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import connection, transaction

from ansinh.office.models import User
from ansinh.office.signin import sealing
from ansinh.office.signin.models import UsedStep

# One row an account: taking a step and refusing the same or an older one are the same statement.
_TAKE = """
INSERT INTO office_usedstep AS u (user_id, step) VALUES (%s, %s)
ON CONFLICT (user_id) DO UPDATE SET step = EXCLUDED.step WHERE u.step < EXCLUDED.step
RETURNING step
"""


@dataclass(frozen=True)
class Checked:
    """Kết quả kiểm tra mã: the authenticator when it is right; `wait` seconds when it was used before."""

    authenticator: Authenticator | None = None
    wait: int = 0


def new_secret() -> str:
    """A fresh secret, base32."""
    return str(generate_totp_secret())


def matching_step(secret: str, code: str) -> int | None:
    """The latest step within the tolerance whose code this is; None for a wrong code."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    tolerance = app_settings.TOTP_TOLERANCE
    found = [
        step
        for step in range(now + tolerance, now - tolerance - 1, -1)
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
    ]
    return found[0] if found else None


def take(user: User, step: int) -> bool:
    """Dùng một mã: True for the first that shows this step, False when it or a later one was used."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [user.pk, step])
        return cursor.fetchone() is not None


def check(user: User, code: str) -> Checked:
    """Kiểm tra mã: of an account, a time code, or a recovery code. What is right is used up by this call."""
    held = {a.type: a for a in Authenticator.objects.filter(user=user)}
    phone = held.get(Authenticator.Type.TOTP)
    if phone is not None:
        step = matching_step(sealing.unseal(phone.data["secret"]), code)
        if step is not None:
            return Checked(phone) if take(user, step) else Checked(wait=_wait(user, step))
    paper = held.get(Authenticator.Type.RECOVERY_CODES)
    # the library marks the code in the row it has locked, so one of two at once is refused
    if paper is not None and paper.wrap().validate_code(code):
        return Checked(paper)
    return Checked()


def is_enrolled(user: User) -> bool:
    """Whether the account has a phone to show codes."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def enrol(user: User, *, secret: str, step: int) -> None:
    """Gắn điện thoại: replace what the account had; the code just shown counts as used."""
    remove(user)
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    take(user, step)


def remove(user: User) -> bool:
    """Bỏ xác thực hai lớp: with its recovery codes; whether there was any."""
    UsedStep.objects.filter(user=user).delete()
    return bool(Authenticator.objects.filter(user=user).delete()[0])


def reseal() -> int:
    """Niêm phong lại: every secret under the first key, those in the clear included; returns how many."""
    done = 0
    with transaction.atomic():
        for held in Authenticator.objects.select_for_update().filter(type__in=["totp", "recovery_codes"]):
            sealed_again(held.data)
            held.save(update_fields=["data"])
            done += 1
    return done


def sealed_again(data: dict[str, object]) -> None:
    """The secrets within an authenticator's data, sealed under the first key."""
    for name in ("secret", "seed"):
        text = data.get(name)
        if isinstance(text, str):
            data[name] = sealing.resealed(text) if sealing.is_sealed(text) else sealing.seal(text)


def _wait(user: User, step: int) -> int:
    last = UsedStep.objects.filter(user=user).values_list("step", flat=True).first() or step
    left = (max(last, step) + 1) * int(app_settings.TOTP_PERIOD) - int(time.time())
    return max(1, left)
