"""Hoàn trả: money given back to whoever paid it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.collection.casestates import REFUND_SAYS
from ansinh.collection.declarations.models import Declaration
from ansinh.collection.receipts.models import Receipt
from ansinh.office.cases.triggers import agrees, follows
from ansinh.office.marks.columns import stamped, written_by
from ansinh.office.models import Unit, User
from ansinh.office.privileges.declared import Grants
from ansinh.registers.models import Employer, Person


class Refund(models.Model):
    """Hoàn trả C16-TS: prepared by one officer, approved by another.

    `state` is what its case says (`office.cases`), kept beside for reports and constraints: triggers let it
    change only with the case, and let no transaction end in which both differ.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("Đã lập")
        APPROVED = "approved", _("Đã duyệt")
        REFUSED = "refused", _("Không duyệt")

    office = models.ForeignKey(Unit, models.PROTECT)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True)
    declaration = models.ForeignKey(Declaration, models.PROTECT, null=True)
    reason = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    most = models.BigIntegerField(
        default=0, db_default=0, help_text="what the payer's record allows, dong, as of the preparing"
    )
    because = models.JSONField(default=list, help_text="how `most` was found: [Vietnamese, English] lines")
    account = models.CharField(
        max_length=40, default="338.surplus", help_text="ledger account the money is given back from"
    )
    payee = models.CharField(max_length=120)
    bank_account = models.CharField(max_length=60, default="", blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PREPARED)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    month = models.IntegerField(null=True, help_text="accounting month of the posting")
    written = written_by()

    grants = Grants(
        update=(
            "state", "amount", "most", "because", "bank_account", "prepared_by", "reason", "approved_by",
            "approved_at", "month",
        )
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="refund_amount"),
            models.CheckConstraint(condition=Q(amount__lte=models.F("most")), name="refund_most"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("prepared_by")),
                name="refund_two_people",
            ),
        ]
        indexes = [
            models.Index(fields=["written"], name="refund_written"),
            models.Index(fields=["prepared_at", "id"], name="refund_order"),
        ]
        triggers = [
            stamped("refund_stamped"),
            follows(
                "refund_follows_its_case",
                thing="refund",
                says=REFUND_SAYS,
                who="approved_by_id",
                decided=("approved",),
            ),
            agrees(
                "refund_has_its_case",
                thing="refund",
                table="collection_refund",
                says=REFUND_SAYS,
                of_case=False,
            ),
            pgtrigger.Protect(
                name="refund_unchangeable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="approved") | pgtrigger.Q(old__state="refused"),
            ),
            pgtrigger.Protect(name="refund_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"C16 {self.pk}"

    def places(self) -> tuple[str, ...]:
        """The office that gives the money back."""
        return (self.office.path,)
