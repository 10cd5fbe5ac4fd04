"""Counters of numbers that did not match, and the alerts they raise."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User
from ansinh.office.units.models import Unit


class Kind(models.TextChoices):
    """Cách hỏi: numbers checked against the register (lists, TK1-TS, households), or searched for."""

    CHECK = "check", _("Đối chiếu mã số với sổ")
    SEARCH = "search", _("Tìm theo số")


class Whose(models.TextChoices):
    """Đếm cho ai: an account, or an employer whose lists they are. `whose_id` is the key."""

    USER = "user", _("Tài khoản")
    EMPLOYER = "employer", _("Đơn vị")


class MismatchCounter(models.Model):
    """Bộ đếm một ngày: numbers that did not match, and until when the next check has to wait."""

    kind = models.CharField(max_length=8, choices=Kind)
    whose = models.CharField(max_length=8, choices=Whose)
    whose_id = models.BigIntegerField()
    day = models.DateField()
    count = models.IntegerField(default=0)
    forgiven = models.IntegerField(default=0, help_text="of the count, before an administrator lifted it")
    waits = models.IntegerField(default=0)
    waits_until = models.DateTimeField(null=True)

    grants = Grants(update=("count", "forgiven", "waits", "waits_until"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "whose", "whose_id", "day"], name="mismatch_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.whose} {self.whose_id} {self.day}: {self.count}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Alert(models.Model):
    """Cảnh báo: a threshold was crossed. An open alert of level `stop` keeps its account or employer out."""

    class Level(models.TextChoices):
        SLOW = "slow", _("Phải chờ giữa các lần")
        STOP = "stop", _("Đã dừng")

    class State(models.TextChoices):
        OPEN = "open", _("Chưa xử lý")
        LIFTED = "lifted", _("Đã xử lý")

    kind = models.CharField(max_length=8, choices=Kind)
    level = models.CharField(max_length=4, choices=Level)
    whose = models.CharField(max_length=8, choices=Whose)
    whose_id = models.BigIntegerField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="who asked last")
    office = models.ForeignKey(Unit, models.PROTECT, help_text="whose administrators it is for")
    day = models.DateField()
    count = models.IntegerField(help_text="numbers that had not matched that day")
    raised_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, default="", blank=True)

    grants = Grants(update=("state", "lifted_by", "lifted_at", "note"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "whose", "whose_id", "level", "day"],
                condition=Q(state="open"),
                name="alert_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | (Q(lifted_by__isnull=False) & ~Q(note="")),
                name="alert_lifted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(whose="user") | Q(lifted_by__isnull=True) | ~Q(lifted_by=F("whose_id")),
                name="alert_lifted_by_another",
            ),
        ]
        indexes = [models.Index(fields=["state", "office", "-raised_at"], name="alert_open")]
        triggers = [pgtrigger.FSM(name="alert_state", field="state", transitions=[("open", "lifted")])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.whose} {self.whose_id}: {self.count}"

    def places(self) -> tuple[str, ...]:
        """The office whose administrators it is for."""
        return self.office.places()
