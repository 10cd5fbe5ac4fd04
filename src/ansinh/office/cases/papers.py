"""Thẩm định, văn bản, người phải tránh, người thay: verdicts and letters, who may not act, who may."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.cases import triggers
from ansinh.office.cases.models import Case
from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User
from ansinh.office.units.models import Unit

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class CaseVerdict(models.Model):
    """Thẩm định một điểm: approved as its answer stands (`version`), or returned with the cause."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Đồng ý")
        RETURNED = "returned", _("Trả lại")

    class Cause(models.TextChoices):
        FACTS = "facts", _("Sai dữ kiện")
        LAW = "law", _("Áp dụng sai quy định")
        DISCRETION = "discretion", _("Đánh giá chưa phù hợp")
        INQUIRY = "missing_inquiry", _("Thiếu xác minh")
        FLOW = "flow", _("Sai trình tự")
        REASONING = "reasoning", _("Lý do chưa rõ")

    case = models.ForeignKey(Case, models.PROTECT, related_name="verdicts")
    point = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    cause = models.CharField(max_length=16, choices=Cause, default="", blank=True)
    note = models.CharField(max_length=500, default="", blank=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=models.functions.Now())

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="approved", cause="")
                | Q(verdict="returned", cause__in=[
                    "facts", "law", "discretion", "missing_inquiry", "flow", "reasoning"
                ], note__gt=""),
                name="case_verdict_cause",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["case", "point", "-id"], name="case_verdict")]
        triggers = [
            pgtrigger.Protect(name="case_verdict_append_only", operation=APPEND_ONLY),
            triggers.of_the_open("case_verdict_of_open"),
            triggers.judged_by_another(),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.point} {self.verdict}"


class CaseLetter(models.Model):
    """Văn bản của hồ sơ: what was told to the filer, as it was told. Only ever added to."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 -- none before it is numbered
    data = models.JSONField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_on = models.DateField()
    at = models.DateTimeField(db_default=models.functions.Now())

    grants = Grants(update=False)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="case_letter")]
        triggers = [pgtrigger.Protect(name="case_letter_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"

    def places(self) -> tuple[str, ...]:
        """The office of its case."""
        return self.case.places()


class CaseBar(models.Model):
    """Người phải tránh: an officer who may not touch the matters of a person or an employer, and why."""

    office = models.ForeignKey(Unit, models.PROTECT, help_text="the office that wrote it down")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    party_kind = models.CharField(max_length=12)
    party = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=models.functions.Now())
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    grants = Grants(update=("ended_by", "ended_at"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="case_bar_days"
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="case_bar_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_by=F("officer"))),
                name="case_bar_ended_by_another",
            ),
        ]
        indexes = [models.Index(fields=["party_kind", "party"], name="case_bar_party")]
        triggers = [
            pgtrigger.Protect(name="case_bar_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="case_bar_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} ⊘ {self.party_kind} {self.party}"

    def places(self) -> tuple[str, ...]:
        """The office that wrote it down."""
        return (self.office.path,)


class CaseStandIn(models.Model):
    """Người thay: from one day to another, an absent officer's cases are also the stand-in's."""

    office = models.ForeignKey(Unit, models.PROTECT)
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(User, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=200)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    grants = Grants(update=("ended_at",))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="case_stand_in_days"),
            models.CheckConstraint(condition=~Q(officer=F("stand_in")), name="case_stand_in_another"),
        ]
        indexes = [models.Index(fields=["stand_in", "valid_from"], name="case_stand_in")]
        triggers = [pgtrigger.Protect(name="case_stand_in_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.stand_in} ← {self.officer}"

    def places(self) -> tuple[str, ...]:
        """The office they work at."""
        return (self.office.path,)
