"""Thư mời: the link that opens an account, or replaces its phone or password; it works once, for three days.

The token is shown once to the administrator who made it, and its digest is kept. `accept` does everything
in one transaction: the link is used, the password set, the phone enrolled, every session ended.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import User
from ansinh.office.security import security
from ansinh.office.signin import factors, sessions, waiting
from ansinh.office.signin.models import Invitation

LIFE = timedelta(hours=72)
Purpose = Invitation.Purpose


class InvitationOver(BilingualError):  # noqa: N818 -- read as a sentence: raise InvitationOver()
    """Thư mời không còn hiệu lực: used, replaced by a newer one, too old, or never made."""

    def __init__(self) -> None:
        super().__init__(
            "Liên kết mời đã dùng hoặc đã hết hạn",
            "The invitation was used or has expired",
            code="invite.over",
        )


def make(*, user: User, purpose: str, by: User | None) -> str:
    """Lập thư mời: in the caller's transaction, replacing those not used yet; returns the token.

    `by` is None on the server, for the first people of an empty record.
    """
    revoke(user)
    token, now = secrets.token_urlsafe(32), timezone.now()
    Invitation.objects.create(
        user=user,
        purpose=purpose,
        token_hash=digest(token),
        made_by=by,
        made_at=now,
        expires_at=now + LIFE,
    )
    return token


def revoke(user: User) -> int:
    """Hủy các thư mời chưa dùng; returns how many."""
    now = timezone.now()
    return Invitation.objects.filter(user=user, used_at__isnull=True, expires_at__gt=now).update(
        expires_at=now
    )


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def live(token_hash: str) -> Invitation | None:
    """Thư mời còn hiệu lực behind a digest; None for any other, and for a suspended account."""
    return (
        Invitation.objects.select_related("user")
        .filter(
            token_hash=token_hash, used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
        )
        .first()
    )


def needs_phone(invitation: Invitation) -> bool:
    """Whether a phone is enrolled with it: for a new phone, and for the new account of an officer."""
    return invitation.purpose == Purpose.FACTOR or (
        invitation.purpose == Purpose.ACCOUNT and invitation.user.kind == User.Kind.STAFF
    )


@transaction.atomic
def accept(*, token_hash: str, password_hash: str = "", secret: str = "", step: int | None = None) -> User:
    """Nhận thư mời: use it up and set what its purpose says.

    `password_hash` is of the new password; `secret` and `step` are those of the phone that showed a code.
    The caller has seen the other proof (see `Invitation`). Raises `InvitationOver`.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(
            token_hash=token_hash, used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
        )
        .first()
    )
    if invitation is None:
        raise InvitationOver
    user = invitation.user
    if invitation.purpose != Purpose.FACTOR:
        if not password_hash:
            raise ValueError("this invitation sets a password")
        user.password = password_hash
        user.save(update_fields=["password"])
    if needs_phone(invitation):
        if not secret or step is None:
            raise ValueError("this invitation enrols a phone")
        factors.enrol(user, secret=secret, step=step)
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    sessions.end(user.pk)
    waiting.forget(user.username)
    security("invitation.accepted", user=user.pk, purpose=invitation.purpose, made_by=invitation.made_by_id)
    return user
