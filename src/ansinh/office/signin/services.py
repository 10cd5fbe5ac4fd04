"""Việc của quản trị hệ thống với tài khoản: invite, give a new phone or password, suspend, end sessions.

Whoever does it holds `staff.manage` at every place of the account (`places_of`), and is somebody else. For an
account that has none, the caller names one (`at`), e.g. the employer.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import User
from ansinh.office.rights import Actor, Denied, Placed, require
from ansinh.office.security import security
from ansinh.office.signin import factors, invitations, sessions, waiting
from ansinh.office.signin.invitations import Purpose
from ansinh.office.staff.selectors import places_of

VERB = "staff.manage"


class InUseError(BilingualError):
    """Tài khoản đã có mật khẩu: a link alone must not open it again."""

    def __init__(self) -> None:
        super().__init__(
            "Tài khoản đã được mở. Cấp lại điện thoại hoặc mật khẩu; nếu mất cả hai thì mở tài khoản mới",
            "The account is open already. Give a new phone or password; if both are lost, open a new account",
            code="invite.in_use",
        )


class NoFactorError(BilingualError):
    """Chưa có xác thực hai lớp: nothing would prove who sets the new password."""

    def __init__(self) -> None:
        super().__init__(
            "Tài khoản chưa có xác thực hai lớp nên không đặt lại mật khẩu được",
            "The account has no second factor, so its password cannot be reset",
            code="invite.no_factor",
        )


@transaction.atomic
def invite(*, actor: Actor, user: User, at: Placed | None = None) -> str:
    """Mời mở tài khoản: one never opened; its owner sets the password and, an officer, enrols a phone.

    Returns the token of the link, which is shown once. Raises `Denied`, `InUseError`.
    """
    _require_over(actor, user, at)
    if user.has_usable_password():
        raise InUseError
    return _made(actor, user, Purpose.ACCOUNT)


@transaction.atomic
def reset_factor(*, actor: Actor, user: User, at: Placed | None = None) -> str:
    """Cấp lại xác thực hai lớp: the old phone and every session end now; the owner enrols another one.

    With the link the owner must also know the password. Raises `Denied`.
    """
    _require_over(actor, user, at)
    factors.remove(user)
    ended = sessions.end(user.pk)
    security("factor.reset", user=user.pk, by=actor.user.pk, sessions=ended)
    return _made(actor, user, Purpose.FACTOR)


@transaction.atomic
def reset_password(*, actor: Actor, user: User, at: Placed | None = None) -> str:
    """Đặt lại mật khẩu đã quên: the owner sets another one, and must show a code of the phone.

    Raises `Denied`, and `NoFactorError` for an officer without one.
    """
    _require_over(actor, user, at)
    if user.kind == User.Kind.STAFF and not factors.is_enrolled(user):
        raise NoFactorError
    return _made(actor, user, Purpose.PASSWORD)


@transaction.atomic
def suspend(*, actor: Actor, user: User, at: Placed | None = None) -> int:
    """Tạm ngừng tài khoản: nobody signs in, sessions and invitations end; returns sessions ended."""
    _require_over(actor, user, at)
    user.is_active = False
    user.save(update_fields=["is_active"])
    invitations.revoke(user)
    ended = sessions.end(user.pk)
    security("account.suspended", user=user.pk, by=actor.user.pk, sessions=ended)
    return ended


@transaction.atomic
def restore(*, actor: Actor, user: User, at: Placed | None = None) -> None:
    """Mở lại tài khoản đã tạm ngừng."""
    _require_over(actor, user, at)
    user.is_active = True
    user.save(update_fields=["is_active"])
    security("account.restored", user=user.pk, by=actor.user.pk)


@transaction.atomic
def end_sessions(
    *, actor: Actor, user: User, at: Placed | None = None, handle: uuid.UUID | None = None
) -> int:
    """Kết thúc phiên làm việc: of somebody else's account, all, or the one of a handle; returns how many."""
    _require_over(actor, user, at)
    ended = sessions.end(user.pk, handle=handle)
    security("session.ended", user=user.pk, by=actor.user.pk, sessions=ended)
    return ended


@transaction.atomic
def forgive(*, actor: Actor, user: User, at: Placed | None = None) -> int:
    """Bỏ thời gian chờ: for an owner kept waiting on a new device; returns counters cleared."""
    _require_over(actor, user, at)
    cleared = waiting.forget(user.username)
    security("signin.forgiven", user=user.pk, by=actor.user.pk)
    return cleared


def _made(actor: Actor, user: User, purpose: str) -> str:
    token = invitations.make(user=user, purpose=purpose, by=actor.user)
    security("invitation.made", user=user.pk, by=actor.user.pk, purpose=str(purpose))
    return token


def _require_over(actor: Actor, user: User, at: Placed | None) -> None:
    """Raise `Denied` unless the actor manages accounts wherever this one belongs, and is not its owner."""
    if actor.user.pk == user.pk:
        raise Denied(VERB)
    held = places_of(user)
    if not held and at is not None:
        held = [at]
    if not held:
        raise Denied(VERB)
    for place in held:
        require(actor, VERB, at=place)
