"""Tài khoản: open, invite, suspend, restore, reset, end sessions; each with the line that says who and why.

What signing in needs is done by `office.signin.services`, which asks for the right at every place of the
account; here it gets its reason and its place in the account's history.
"""

from __future__ import annotations

import re
import uuid

from django.db import connection, transaction
from django.utils import timezone

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import clean_name
from ansinh.office.rights import Actor, Denied, actor_of, require, verb
from ansinh.office.rights.models import RoleAssignment, User
from ansinh.office.rights.units import OFFICES
from ansinh.office.security import security
from ansinh.office.signin import invitations
from ansinh.office.signin import services as signin
from ansinh.office.staff.models import AccountAct
from ansinh.office.staff.selectors import GRANT, MANAGE, may_manage
from ansinh.office.units.models import Unit

USERNAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
USERNAME_LEAST, USERNAME_MOST = 3, 30
FIRST_PEOPLE = 2
"""Two people give a right: until so many can, the server's own administrator opens their accounts."""

FIRST_LOCK = 0x46495253
Act = AccountAct.Act


class AccountError(BilingualError):
    """Không mở, không đổi được tài khoản: why, in both languages."""


def username(text: str) -> str:
    """Tên đăng nhập: as it is kept. Raises AccountError, code ``account.username``.

    >>> username(" Mai.LS ")
    'mai.ls'
    """
    name = text.strip().lower()
    if not USERNAME_LEAST <= len(name) <= USERNAME_MOST or not USERNAME.fullmatch(name):
        raise AccountError(
            f"Tên đăng nhập dài {USERNAME_LEAST}-{USERNAME_MOST} ký tự: chữ không dấu, chữ số, "
            "dấu chấm, gạch nối; bắt đầu bằng chữ.",
            f"A username has {USERNAME_LEAST} to {USERNAME_MOST} characters: letters without marks, digits, "
            "dots, dashes; it begins with a letter.",
            code="account.username",
        )
    return name


@transaction.atomic
def open_account(*, actor: Actor, name: str, full_name: str, kind: str, unit: Unit) -> tuple[User, str]:
    """Mở tài khoản: at a unit, without any right yet; returns it and the token of its invitation.

    Raises `Denied`, AccountError.
    """
    require(actor, MANAGE, at=unit)
    user = _opened(name, full_name, kind, unit)
    _note(user, Act.OPEN, actor)
    security("account.opened", user=user.pk, by=actor.user.pk, unit=unit.pk, kind=kind)
    return user, signin.invite(actor=actor, user=user)


@transaction.atomic
def first(*, name: str, full_name: str, role: str, unit: Unit, decision: str) -> tuple[User, str]:
    """Mở tài khoản đầu tiên: on the server; with its role, while fewer than two people can give rights there.

    Returns the account and the token of its invitation. Raises AccountError, code ``account.not_first``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_LOCK])
    there = _grantors(unit)
    administrators = [one for one in there if one.may(MANAGE, at=unit)]
    if len(there) >= FIRST_PEOPLE and administrators:
        raise AccountError(
            "Đã có hai người cấp được quyền; tài khoản tiếp theo do quản trị hệ thống mở trên trang.",
            "Two people can give rights already; an administrator opens further accounts on the site.",
            code="account.not_first",
        )
    if role not in {RoleAssignment.Role.ADMINISTRATOR, RoleAssignment.Role.DIRECTOR} or (
        role != RoleAssignment.Role.ADMINISTRATOR and not administrators
    ):
        raise AccountError(
            "Người đầu tiên là quản trị hệ thống; người thứ hai là quản trị hệ thống hoặc giám đốc.",
            "The first is an administrator, the second an administrator or a director.",
            code="account.first_role",
        )
    user = _opened(name, full_name, User.Kind.STAFF, unit)
    RoleAssignment.objects.create(
        user=user,
        role=role,
        unit=unit,
        valid_from=timezone.localdate(),
        decision=decision.strip()[:60],
        state=RoleAssignment.State.GRANTED,
    )
    AccountAct.objects.create(user=user, act=Act.OPEN)
    security("account.opened_on_the_server", user=user.pk, unit=unit.pk, role=role)
    return user, invitations.make(user=user, purpose=invitations.Purpose.ACCOUNT, by=None)


def _grantors(unit: Unit) -> list[Actor]:
    """People who can sign in, or have been invited, and may grant rights at the unit."""
    held = RoleAssignment.objects.filter(
        state=RoleAssignment.State.GRANTED, user__is_active=True, role__in=verb(GRANT).roles
    )
    users = {one.user for one in held.select_related("user")}
    return [one for one in map(actor_of, users) if one.may(GRANT, at=unit)]


@transaction.atomic
def invite(*, actor: Actor, user: User) -> str:
    """Mời lại người chưa mở tài khoản; returns the token, shown once."""
    token = signin.invite(actor=actor, user=user)
    _note(user, Act.INVITE, actor)
    return token


@transaction.atomic
def reset_factor(*, actor: Actor, user: User, reason: str) -> str:
    """Cấp lại xác thực hai lớp; returns the token, shown once."""
    token = signin.reset_factor(actor=actor, user=user)
    _note(user, Act.FACTOR, actor, _reason(reason))
    return token


@transaction.atomic
def reset_password(*, actor: Actor, user: User, reason: str) -> str:
    """Đặt lại mật khẩu; returns the token, shown once."""
    token = signin.reset_password(actor=actor, user=user)
    _note(user, Act.PASSWORD, actor, _reason(reason))
    return token


@transaction.atomic
def suspend(*, actor: Actor, user: User, reason: str) -> int:
    """Tạm ngừng; returns how many sessions ended. Raises AccountError when it is suspended already."""
    current = _locked(actor, user)
    if not current.is_active:
        raise AccountError("Tài khoản đã tạm ngừng.", "It is suspended already.", code="account.suspended")
    ended = signin.suspend(actor=actor, user=current)
    _note(user, Act.SUSPEND, actor, _reason(reason))
    return ended


@transaction.atomic
def restore(*, actor: Actor, user: User, reason: str) -> None:
    """Mở lại. Raises AccountError when it is in use."""
    current = _locked(actor, user)
    if current.is_active:
        raise AccountError("Tài khoản đang dùng.", "It is in use.", code="account.active")
    signin.restore(actor=actor, user=current)
    _note(user, Act.RESTORE, actor, _reason(reason))


@transaction.atomic
def end_sessions(*, actor: Actor, user: User, handle: uuid.UUID | None = None) -> int:
    """Kết thúc phiên làm việc: all of them, or one; returns how many ended."""
    ended = signin.end_sessions(actor=actor, user=user, handle=handle)
    _note(user, Act.SESSIONS, actor)
    return ended


@transaction.atomic
def forgive(*, actor: Actor, user: User) -> int:
    """Bỏ thời gian chờ đăng nhập; returns how many counters were cleared."""
    cleared = signin.forgive(actor=actor, user=user)
    _note(user, Act.FORGIVE, actor)
    return cleared


def _opened(name: str, full_name: str, kind: str, unit: Unit) -> User:
    name, full_name = username(name), clean_name(full_name)
    if not full_name or len(full_name) > 100:
        raise AccountError(
            "Ghi họ và tên, không quá 100 ký tự.",
            "Give the full name, at most 100 characters.",
            code="account.full_name",
        )
    if kind not in User.Kind.values:
        raise AccountError("Loại tài khoản không có.", "There is no such kind.", code="account.kind")
    if unit.kind not in OFFICES or (unit.valid_to is not None and unit.valid_to < timezone.localdate()):
        raise AccountError("Cơ quan không còn hoạt động.", "The unit is over.", code="account.unit")
    # one spelling is one account, whoever opens it at the same moment
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"username:{name}"])
    if User.objects.filter(username__iexact=name).exists():
        raise AccountError(
            "Tên đăng nhập này đã có người dùng; chọn tên khác.",
            "This username is taken; choose another.",
            code="account.taken",
        )
    user = User(username=name, full_name=full_name, kind=kind, unit=unit)
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


def _locked(actor: Actor, user: User) -> User:
    """The account as it stands, held until the transaction ends."""
    if not may_manage(actor, user):
        raise Denied(MANAGE)
    return User.objects.select_for_update().get(pk=user.pk)


def _reason(text: str) -> str:
    if not text.strip():
        raise AccountError("Ghi lý do.", "Give the reason.", code="account.reason")
    return text.strip()[:200]


def _note(user: User, act: str, actor: Actor, reason: str = "") -> None:
    AccountAct.objects.create(user=user, act=act, reason=reason, by=actor.user)
