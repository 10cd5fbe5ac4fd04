"""Tiền nộp: statements of banks and the money in them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.documents.triggers import with_its_document
from ansinh.office.hands.triggers import by_another, by_somebody
from ansinh.office.marks.columns import stamped, written_by
from ansinh.office.models import User
from ansinh.office.privileges.declared import Grants
from ansinh.registers.models import CollectingAccount, Employer


class BankFile(models.Model):
    """Sao kê ngân hàng: one statement file, read once.

    A file whose balances prove its entries (`balanced`) is posted as it is read. Another waits for somebody
    who did not hand it in; it is posted from the same bytes, or refused. The bytes are kept as a document.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ người thứ hai xác nhận")
        POSTED = "posted", _("Đã ghi sổ")
        REFUSED = "refused", _("Không nhận")

    unit_id = models.BigIntegerField(help_text="province whose books these are")
    account = models.ForeignKey(CollectingAccount, models.PROTECT)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    statement = models.CharField(max_length=80, default="", blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True)
    read_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.POSTED, db_default=State.POSTED)
    balanced = models.BooleanField(
        default=True, db_default=True, help_text="opening and closing balance prove the entries"
    )
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    refused_because = models.CharField(max_length=200, default="", db_default="", blank=True)

    grants = Grants(update=("state", "counts", "confirmed_by", "confirmed_at", "refused_because"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=~Q(state="refused"), name="bank_file_once"),
        ]
        indexes = [models.Index(fields=["unit_id", "state"], name="bank_file_books")]
        triggers = [
            pgtrigger.FSM(
                name="bank_file_state",
                field="state",
                transitions=[("waiting", "posted"), ("waiting", "refused")],
            ),
            by_another(
                "bank_file_two_people",
                thing="bank_file",
                state="posted",
                who="confirmed_by_id",
                unless="balanced",
            ),
            by_somebody("bank_file_two_refuse", thing="bank_file", state="refused"),
            with_its_document("bank_file_bytes", thing="bank_file"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def places(self) -> tuple[str, ...]:
        """The office of the account."""
        return self.account.places()


class Receipt(models.Model):
    """Khoản tiền thu: one credit of a collecting account. Unmatched money waits in suspense."""

    class State(models.TextChoices):
        MATCHED = "matched", _("Đã khớp đơn vị")
        SUSPENSE = "suspense", _("Treo, chưa rõ đơn vị")
        REFUNDED = "refunded", _("Đã hoàn trả")

    unit_id = models.BigIntegerField(help_text="province whose books these are")
    account = models.ForeignKey(CollectingAccount, models.PROTECT)
    reference = models.CharField(max_length=60)
    bank_file = models.ForeignKey(BankFile, models.PROTECT, null=True)
    booked_on = models.DateField()
    value_on = models.DateField()
    month = models.IntegerField()
    amount = models.BigIntegerField()
    text = models.CharField(max_length=500, default="", blank=True)
    payer_name = models.CharField(max_length=200, default="", blank=True)
    payer_account = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=8, choices=State)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="receipts")
    matched_month = models.IntegerField(null=True, help_text="accounting month the match was posted in")
    matched_by = models.ForeignKey(User, models.PROTECT, null=True)
    matched_at = models.DateTimeField(null=True)
    match_note = models.CharField(max_length=200, default="", blank=True)
    written = written_by()

    grants = Grants(update=("state", "employer", "matched_month", "matched_by", "matched_at", "match_note"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "reference"], name="receipt_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_amount"),
            models.CheckConstraint(
                condition=~Q(state="matched") | Q(employer__isnull=False, matched_month__isnull=False),
                name="receipt_matched",
            ),
        ]
        indexes = [
            models.Index(fields=["unit_id", "matched_month", "employer"], name="receipt_books"),
            models.Index(fields=["state", "value_on"], name="receipt_state"),
            models.Index(fields=["value_on", "id"], name="receipt_order"),
            models.Index(fields=["written"], name="receipt_written"),
        ]
        triggers = [
            stamped("receipt_stamped"),
            pgtrigger.FSM(
                name="receipt_state",
                field="state",
                transitions=[("suspense", "matched"), ("suspense", "refunded")],
            ),
            pgtrigger.Protect(
                name="receipt_unchangeable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="matched") | pgtrigger.Q(old__state="refunded"),
            ),
            pgtrigger.Protect(name="receipt_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"

    def places(self) -> tuple[str, ...]:
        """The office of the account it came to."""
        return self.account.places()

    def parties(self) -> tuple[tuple[str, int], ...]:
        """The employer it is matched to."""
        return (("employer", self.employer_id),) if self.employer_id else ()
