"""The office itself: units, staff and their rights, who read what, and the runs of a month."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """Đơn vị: a unit of the insurer or of the state's territory, with the days it exists.

    A code is unique within kind and time: 24 was Bắc Giang until 2025-06-30 and is Bắc Ninh since.
    `path` is the chain of ids from the root, "/1/24/310/": a subtree is one indexed prefix.
    """

    class Kind(models.TextChoices):
        VSS = "vss", _("BHXH Việt Nam")
        PROVINCE = "province", _("BHXH tỉnh")
        DISTRICT = "district", _("Huyện")
        BASE_OFFICE = "base_office", _("BHXH cơ sở")
        COMMUNE = "commune", _("Xã")

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    name_fold = models.CharField(max_length=120)
    name_sort = models.CharField(max_length=400)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=80, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="last day, inclusive")
    region = models.PositiveSmallIntegerField(null=True, help_text="minimum-wage region 1..4")
    phone = models.CharField(max_length=30, default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "valid_from"], name="unit_code_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_valid_days"
            ),
        ]
        indexes = [models.Index(fields=["path"], name="unit_path_like", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name


class UnitSuccession(models.Model):
    """Kế thừa: which unit took over which, on what day, by what instrument."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    effective_on = models.DateField()
    instrument = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["password", "last_login"])
class User(AbstractUser):
    """Tài khoản: an officer, an employer's clerk or a citizen."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Viên chức")
        EMPLOYER = "employer", _("Đơn vị sử dụng lao động")
        CITIZEN = "citizen", _("Người dân")

    first_name = None  # type: ignore[assignment]  # one full name in Vietnamese order
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind)
    # keys of registers above this floor: an employer's clerk sees only this employer, a citizen this person
    employer_key = models.BigIntegerField(null=True, blank=True)
    person_key = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="employer") | Q(employer_key__isnull=False), name="clerk_has_employer"
            ),
            models.CheckConstraint(
                condition=~Q(kind="citizen") | Q(person_key__isnull=False), name="citizen_has_person"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoleAssignment(models.Model):
    """Phân quyền: a role in a unit's subtree, given in writing (QĐ 366, Điều 6 khoản 1 điểm a)."""

    class Role(models.TextChoices):
        RECEPTION = "reception", _("Tiếp nhận và trả kết quả")
        COLLECTION = "collection", _("Quản lý thu")
        BENEFITS = "benefits", _("Chế độ BHXH")
        HEALTH_REVIEW = "health_review", _("Chế độ BHYT")
        FINANCE = "finance", _("Kế hoạch - Tài chính")
        CHECKS = "checks", _("Kiểm tra")
        PLANNING = "planning", _("Kế hoạch, chỉ tiêu")
        DIRECTOR = "director", _("Giám đốc")
        ADMINISTRATOR = "administrator", _("Quản trị hệ thống")

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=16, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=60, help_text="number of the written assignment")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit", "valid_from"], name="role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"


class Reading(models.Model):
    """Nhật ký truy cập: one read of a person's or an employer's record, and what for."""

    user = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)
    subject = models.CharField(max_length=12)  # person | employer | list
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=120)
    address = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "-at"], name="reading_subject")]
        triggers = [
            pgtrigger.Protect(name="reading_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%d/%m/%Y %H:%M} {self.subject} {self.subject_id}"


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="period_once")]
        triggers = [
            pgtrigger.FSM(name="period_state", field="state", transitions=[("open", "closed")]),
            pgtrigger.Protect(name="period_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.month // 12}-{self.month % 12 + 1:02d} {self.get_state_display()}"


class Run(models.Model):
    """Lượt chạy: one computation over everybody, for one month of one province.

    `frozen` describes the inputs the run reads (files, row counts, digests): a resumed run reads the same.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Chờ chạy")
        RUNNING = "running", _("Đang chạy")
        DONE = "done", _("Hoàn thành")
        FAILED = "failed", _("Lỗi")

    kind = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT)
    month = models.IntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    frozen = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit"],
                condition=Q(state__in=["queued", "running"]),
                name="run_one_at_a_time",
            )
        ]
        triggers = [
            pgtrigger.FSM(
                name="run_state",
                field="state",
                transitions=[
                    ("queued", "running"),
                    ("running", "running"),
                    ("running", "done"),
                    ("running", "failed"),
                    ("failed", "running"),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.month // 12}-{self.month % 12 + 1:02d} #{self.pk}"


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

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="step_once")]

    def __str__(self) -> str:
        return self.name
