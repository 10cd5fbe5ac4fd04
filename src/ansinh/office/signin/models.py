"""Tables of signing in: counters of wrong attempts, the last code used, sessions, invitations."""

from __future__ import annotations

import uuid
from importlib import import_module

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User


class SignInCounter(models.Model):
    """Bộ đếm thử sai: wrong attempts on one account from one known device, or from all unknown ones.

    `account` is a keyed digest of the name as typed, so that an unknown name counts like a known one and the
    table tells nobody which names exist. `device` is the nonce of a signed cookie, "" without one.
    """

    class Purpose(models.TextChoices):
        PASSWORD = "password", _("Mật khẩu")
        CODE = "code", _("Mã xác thực")

    purpose = models.CharField(max_length=8, choices=Purpose)
    account = models.CharField(max_length=64)
    device = models.CharField(max_length=32, default="", blank=True)
    failures = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)
    waits_until = models.DateTimeField()

    grants = Grants(delete=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "purpose", "device"], name="counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.account[:8]} {self.failures}"


class UsedStep(models.Model):
    """Mã đã dùng: the latest half minute whose code an account has shown; only a later one is taken."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="used_step")
    step = models.BigIntegerField(help_text="Unix time divided by the period of the code")

    grants = Grants(delete=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.step}"


class SignInSession(AbstractBaseSession):
    """Phiên làm việc: one browser's session, with whose it is and when it was last seen.

    `handle` names a session to its owner; the key itself never leaves the cookie.
    """

    handle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    address = models.CharField(max_length=45, default="", blank=True)
    agent = models.CharField(max_length=200, default="", blank=True)

    grants = Grants(delete=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that the settings name; it reads this model, so the model does not import it."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["token_hash"])
class Invitation(models.Model):
    """Thư mời: a link that works once, from an administrator to the owner of an account.

    The link alone opens a new account only. To replace one proof of an account that is in use, its owner
    must show the other: the password for a new phone, a code for a new password. So no administrator can
    take over an account alone.
    """

    class Purpose(models.TextChoices):
        ACCOUNT = "account", _("Mở tài khoản")
        FACTOR = "factor", _("Cấp lại xác thực hai lớp")
        PASSWORD = "password", _("Đặt lại mật khẩu")

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=8, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="null: on the server, for the first ones"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(user=F("made_by")), name="invitation_by_another"),
        ]
        triggers = [pgtrigger.Protect(name="invitation_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_purpose_display()} · {self.made_at:%d/%m/%Y %H:%M}"
