"""Phiên trong cơ sở dữ liệu: Django's sessions in our table, ended when idle, never older than a working day.

This is the module that `SESSION_ENGINE` names. The row that every request reads anyway carries whose session
it is and when it was last seen, so neither costs a statement.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from ansinh.office.signin.models import SignInSession

NOTED = timedelta(minutes=1)  # how often it is written that a session was seen


class SessionStore(DatabaseStore):
    """Kho phiên: `row` is the session as read, None for a visitor without one."""

    row: SignInSession | None = None

    @classmethod
    def get_model_class(cls) -> type[SignInSession]:
        return SignInSession

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, when it is unknown, over or left idle."""
        key = self.session_key or ""
        known = key.isascii() and key.isalnum()  # a cookie may carry what the database cannot even compare
        self.row = (
            SignInSession.objects.filter(pk=key, expire_date__gt=timezone.now()).first() if known else None
        )
        if self.row is not None and self.row.user_id is not None and is_idle(self.row):
            from ansinh.office.security import security

            SignInSession.objects.filter(pk=self.row.pk).delete()
            security("session.idle", user=self.row.user_id)
            self.row = None
        if self.row is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(self.row.session_data)
        return held

    def create_model_instance(self, data: dict[str, Any]) -> SignInSession:
        """The row to write: what is known of the browser stays, and a new sign-in starts the day anew."""
        made = cast("SignInSession", super().create_model_instance(data))
        user = data.get(SESSION_KEY)
        made.user_id = int(user) if user else None
        made.seen_at = timezone.now()
        before = self.row
        if before is not None and before.user_id == made.user_id:
            made.opened_at = before.opened_at
        if before is not None and (before.pk == made.pk or before.user_id == made.user_id):
            made.address, made.agent = before.address, before.agent
        if before is not None and before.pk == made.pk:
            made.handle = before.handle  # a key that is replaced stands beside the new one for a moment
        made.expire_date = min(
            made.expire_date, made.opened_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        )
        self.row = made
        return made

    def flush(self) -> None:
        """Forget the row together with the key."""
        super().flush()
        self.row = None


def is_idle(row: SignInSession) -> bool:
    """Whether nothing was done in the session for longer than the office allows."""
    return row.seen_at < timezone.now() - timedelta(seconds=settings.IDLE_SECONDS)


def note(row: SignInSession, *, address: str, agent: str) -> bool:
    """Ghi nhận phiên còn dùng: once a minute or from a new address; returns whether it was written."""
    now = timezone.now()
    agent = agent[:200]
    if now - row.seen_at < NOTED and (row.address, row.agent) == (address, agent):
        return False
    row.seen_at, row.address, row.agent = now, address, agent
    SignInSession.objects.filter(pk=row.pk).update(seen_at=now, address=address, agent=agent)
    return True


def of(user_id: int) -> list[SignInSession]:
    """Các phiên đang mở: those of an account, the last seen first."""
    now = timezone.now()
    return list(
        SignInSession.objects.filter(
            user=user_id, expire_date__gt=now, seen_at__gte=now - timedelta(seconds=settings.IDLE_SECONDS)
        )
        .defer("session_data")
        .order_by("-seen_at")
    )


def end(user_id: int, *, handle: uuid.UUID | None = None, keep: str | None = None) -> int:
    """Kết thúc phiên: of an account, one, or all but the key to keep; returns how many ended."""
    ended = SignInSession.objects.filter(user=user_id)
    if handle is not None:
        ended = ended.filter(handle=handle)
    if keep:
        ended = ended.exclude(pk=keep)
    return ended.delete()[0]


def purge() -> int:
    """Bỏ các phiên đã hết; returns how many."""
    now = timezone.now()
    idle = now - timedelta(seconds=settings.IDLE_SECONDS)
    gone = SignInSession.objects.filter(expire_date__lt=now).delete()[0]
    return gone + SignInSession.objects.filter(user__isnull=False, seen_at__lt=idle).delete()[0]
