"""Months of the books and runs over them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.months import Month
from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User
from ansinh.office.units.models import Unit


class Period(models.Model):
    """Kỳ: a month of one province's books. A closed month never takes another posting."""

    class State(models.TextChoices):
        OPEN = "open", _("Đang mở")
        CLOSED = "closed", _("Đã khóa sổ")

    unit = models.ForeignKey(Unit, models.PROTECT)
    month = models.IntegerField(help_text="year*12 + month - 1")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    grants = Grants(update=("state", "closed_by", "closed_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="period_once")]
        triggers = [
            pgtrigger.FSM(name="period_state", field="state", transitions=[("open", "closed")]),
            pgtrigger.Protect(
                name="period_unchangeable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="closed"),
            ),
            pgtrigger.Protect(name="period_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.month // 12}-{self.month % 12 + 1:02d} {self.get_state_display()}"

    def places(self) -> tuple[str, ...]:
        """The unit whose books these are."""
        return (self.unit.path,)


class Run(models.Model):
    """Lượt chạy: one computation over everybody, of a kind some branch has declared.

    `key` is what there is one of at a time; `params` is what the kind needs beside unit and month. `frozen`
    describes the inputs the run reads (files, row counts, digests): a resumed run reads the same.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Chờ chạy")
        RUNNING = "running", _("Đang chạy")
        DONE = "done", _("Hoàn thành")
        FAILED = "failed", _("Lỗi")
        CANCELLED = "cancelled", _("Đã hủy")

    UNDER_WAY = ("queued", "running")

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=80, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    month = models.IntegerField(null=True)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    frozen = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(default="", blank=True)
    error_en = models.TextField(default="", db_default="", blank=True)
    cancel_asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancel_asked_at = models.DateTimeField(null=True)

    grants = Grants(
        update=(
            "state",
            "started_at",
            "finished_at",
            "attempts",
            "frozen",
            "result",
            "error",
            "error_en",
            "cancel_asked_by",
            "cancel_asked_at",
        )
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=["queued", "running"]),
                name="run_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(key=""), name="run_key"),
        ]
        indexes = [models.Index(fields=["kind", "unit", "month"], name="run_of_kind")]
        triggers = [
            pgtrigger.FSM(
                name="run_state",
                field="state",
                transitions=[
                    ("queued", "running"),
                    ("running", "running"),
                    ("running", "done"),
                    ("running", "failed"),
                    ("failed", "queued"),
                    ("queued", "cancelled"),
                    ("running", "cancelled"),
                ],
            )
        ]

    def __str__(self) -> str:
        month = "" if self.month is None else f" {self.month // 12}-{self.month % 12 + 1:02d}"
        return f"{self.kind}{month} #{self.pk}"

    def places(self) -> tuple[str, ...]:
        """The unit it computes; a run of no unit lies nowhere, so that nobody's right reaches it."""
        return (self.unit.path,) if self.unit else ()

    @property
    def whose(self) -> Unit:
        """The unit it computes. Raises ValueError for a run of no unit."""
        if self.unit is None:
            raise ValueError(f"{self} is no unit's")
        return self.unit

    @property
    def of_month(self) -> Month:
        """The month it computes. Raises ValueError for a run of no month."""
        if self.month is None:
            raise ValueError(f"{self} is of no month")
        return Month.from_index(self.month)


class RunStep(models.Model):
    """Bước: a part of a run that is done wholly or not at all; its commit is the mark to resume from."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    result = models.JSONField(default=dict)

    grants = Grants(update=("started_at", "finished_at", "done", "total", "result"))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="step_once")]

    def __str__(self) -> str:
        return self.name
