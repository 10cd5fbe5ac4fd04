"""Hồ sơ kê khai: lists of employers and their rows, from reading to booking."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.collection.casestates import DECLARATION_SAYS
from ansinh.office.cases.triggers import agrees, follows
from ansinh.office.marks.columns import stamped, written_by
from ansinh.office.models import Unit, User
from ansinh.office.privileges.declared import Grants
from ansinh.registers.models import Employer, Person


def _of_the_undecided(name: str, operation: pgtrigger.Operation, **rows: str) -> pgtrigger.Trigger:
    """No row of a booked or returned declaration comes, changes or goes."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**rows),
        func="""
            IF EXISTS (
                SELECT 1 FROM (SELECT DISTINCT declaration_id FROM rows) r
                JOIN collection_declaration d ON d.id = r.declaration_id
                WHERE d.state IN ('booked', 'returned')
            ) THEN
                RAISE EXCEPTION 'hồ sơ đã ghi nhận hoặc trả lại / the declaration is booked or returned'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


class Declaration(models.Model):
    """Hồ sơ kê khai: one list of an employer (D02-LT, TK1-TS, TK3-TS), from reading to booking.

    `state` is what its case says, as of `Refund`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Lưu nháp")
        CHECKED = "checked", _("Chờ xác nhận")
        RETURNED = "returned", _("Trả lại")
        BOOKED = "booked", _("Đã ghi nhận")

    form = models.CharField(max_length=10)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="declarations")
    office = models.ForeignKey(Unit, models.PROTECT)
    number = models.CharField(max_length=40, default="", blank=True)
    dated_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    source = models.CharField(max_length=10)  # web | file | grid
    file_name = models.CharField(max_length=200, default="", blank=True)
    content_hash = models.CharField(max_length=64)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(null=True)
    booked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField(null=True)
    month = models.IntegerField(help_text="accounting month it falls in")
    header = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    preview = models.JSONField(default=dict)
    needs_second = models.BooleanField(
        default=False, db_default=False, help_text="above the unit's limits: no maker of it may book it"
    )
    written = written_by()

    grants = Grants(
        update=("state", "month", "problems", "preview", "needs_second", "booked_by", "booked_at")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "employer", "content_hash"],
                condition=Q(state__in=["checked", "booked"]),
                name="declaration_same_once",
            )
        ]
        indexes = [
            models.Index(fields=["office", "state", "due_on"], name="declaration_work"),
            models.Index(fields=["written"], name="declaration_written"),
            models.Index(fields=["received_at", "id"], name="declaration_order"),
            models.Index(fields=["due_on", "id"], name="declaration_due"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state__in=["draft", "checked"]),
                name="declaration_pending",
            ),
        ]
        triggers = [
            stamped("declaration_stamped"),
            follows(
                "declaration_follows_its_case",
                thing="declaration",
                says=DECLARATION_SAYS,
                who="booked_by_id",
                decided=("booked",),
            ),
            agrees(
                "declaration_has_its_case",
                thing="declaration",
                table="collection_declaration",
                says=DECLARATION_SAYS,
                of_case=False,
            ),
            pgtrigger.Protect(
                name="declaration_unchangeable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="booked") | pgtrigger.Q(old__state="returned"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"

    def places(self) -> tuple[str, ...]:
        """The office it was handed in to."""
        return (self.office.path,)

    def parties(self) -> tuple[tuple[str, int], ...]:
        """The employer whose list it is."""
        return (("employer", self.employer_id),) if self.employer_id else ()


class DeclarationRow(models.Model):
    """Dòng kê khai: one person of a list: what was typed, what the checks decided, what it changes."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Chấp nhận")
        RETURNED = "returned", _("Trả lại")
        ERROR = "error", _("Có lỗi")
        NO_CHANGE = "no_change", _("Không thay đổi")

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="rows")
    position = models.IntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    change = models.CharField(max_length=24)
    values = models.JSONField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    findings = models.JSONField(default=list)

    grants = Grants(update=False, delete=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["declaration", "position"], name="row_once")]
        triggers = [
            _of_the_undecided("row_not_added", pgtrigger.Insert, new="rows"),
            _of_the_undecided("row_not_changed", pgtrigger.Update, old="rows"),
            _of_the_undecided("row_not_deleted", pgtrigger.Delete, old="rows"),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id}/{self.position}"
