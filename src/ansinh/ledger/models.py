"""Sổ cái: double entry by component fund, append-only. Notices and reports are read from here."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.ledger.carrying import carried
from ansinh.office.chain.fields import own_transaction, written_by
from ansinh.office.periods import in_open_month
from ansinh.office.privileges.declared import Grants


class Fund(models.TextChoices):
    """Quỹ thành phần (Luật 41/2024/QH15, Điều 118; Luật Việc làm; Luật BHYT)."""

    SICKNESS_MATERNITY = "sickness_maternity", _("Ốm đau, thai sản")
    PENSION_SURVIVORS = "pension_survivors", _("Hưu trí, tử tuất")
    HEALTH = "health", _("BHYT")
    UNEMPLOYMENT = "unemployment", _("BHTN")
    WORK_INJURY = "work_injury", _("BHTNLĐ, BNN")


class Account(models.Model):
    """Tài khoản: code such as `131.health` (contributions receivable by fund). Debit is positive."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    fund = models.CharField(max_length=20, choices=Fund, default="", blank=True)

    grants = Grants(update=False)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="account_stays", operation=pgtrigger.UpdateOf("code") | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Entry(models.Model):
    """Bút toán: one event of money. `key` names the event once and for all, so nothing posts twice."""

    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=16)  # due | charge | allocation | receipt | match | refund
    unit_id = models.BigIntegerField(help_text="province whose books these are")
    month = models.IntegerField(help_text="accounting month, year*12 + month - 1")
    posted_on = models.DateField()
    text = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())
    xid = written_by()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "month", "kind"], name="entry_month"),
            models.Index(fields=["xid"], name="entry_xid"),
        ]
        # as a constraint and not a unique field, which has an index for LIKE besides
        constraints = [models.UniqueConstraint(fields=["key"], name="entry_once")]
        triggers = [
            own_transaction("entry_own_transaction"),
            pgtrigger.Protect(name="entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            in_open_month("entry_open_month"),
        ]

    def __str__(self) -> str:
        return self.key


class Line(models.Model):
    """Định khoản: one side of an entry. The lines of an entry come in one statement and sum to zero.

    That entry and account are there, `line_balances` asks of all lines at once, which costs a tenth of asking
    for each; neither can be deleted or get another key.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines", db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, db_index=False, db_constraint=False)
    party_id = models.BigIntegerField(null=True, help_text="employer the money is owed by or to")
    amount = models.BigIntegerField(help_text="dong; debit positive, credit negative")
    unit_id = models.BigIntegerField()
    month = models.IntegerField()
    xid = written_by()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["xid"], name="line_xid"),
        ]
        triggers = [
            own_transaction("line_own_transaction"),
            pgtrigger.Protect(name="line_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="line_balances",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func="""
                    IF EXISTS (SELECT 1 FROM new_rows GROUP BY entry_id HAVING sum(amount) <> 0) THEN
                        RAISE EXCEPTION 'bút toán không cân / an entry does not balance'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM new_rows n LEFT JOIN ledger_entry e ON e.id = n.entry_id
                        WHERE e.id IS NULL OR e.month <> n.month OR e.unit_id <> n.unit_id
                    ) THEN
                        RAISE EXCEPTION 'định khoản sai kỳ / a line is not of its entry''s month'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM (SELECT DISTINCT account_id FROM new_rows) n
                        WHERE NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.code = n.account_id)
                    ) THEN
                        RAISE EXCEPTION 'không có tài khoản / an account is unknown'
                            USING ERRCODE = 'foreign_key_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            carried("line_carried"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


class Balance(models.Model):
    """Số dư cuối kỳ: of an account of a province's books, and of each party in it, in a month it moved.

    The posting keeps it (`carrying`). A month without a row has the balance of the last month with one; no
    page and no run adds up lines from the first month.
    """

    pk = models.CompositePrimaryKey("unit_id", "party_id", "account", "month")
    unit_id = models.BigIntegerField(help_text="province whose books these are")
    party_id = models.BigIntegerField(help_text="employer; 0 is the whole account")
    account = models.CharField(max_length=40, help_text="code of the account")
    month = models.IntegerField(help_text="accounting month, year*12 + month - 1")
    moved = models.BigIntegerField(help_text="dong posted in the month; debit positive")
    closing = models.BigIntegerField(help_text="dong at the end of the month; debit positive")

    grants = Grants(insert=False, update=False)

    def __str__(self) -> str:
        return f"{self.account} {self.month}: {self.closing}"
