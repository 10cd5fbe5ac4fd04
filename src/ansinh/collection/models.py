"""Collection: declarations in, dues, receipts, allocation, charges, statements.

The month's tables (`Due`, `Allocation`, `Charge`, `OpenItem`) are wide: one column per component fund, one
row per employer, person and month the contribution is for. They are only ever added to, by runs (C69a, C83a).
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.collection.casestates import DECLARATION_SAYS, REFUND_SAYS
from ansinh.office.cases.triggers import agrees, follows
from ansinh.office.documents.triggers import with_its_document
from ansinh.office.hands.triggers import by_another, by_somebody
from ansinh.office.models import Run, Unit, User
from ansinh.office.privileges.declared import Grants
from ansinh.registers.models import CollectingAccount, Employer, Person

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


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
        indexes = [models.Index(fields=["office", "state", "due_on"], name="declaration_work")]
        triggers = [
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


class BankFile(models.Model):
    """Sao kê ngân hàng: one statement file, read once.

    A file whose balances prove its entries (`balanced`) is posted as it is read. Another waits for somebody
    who did not hand it in; it is posted from the same bytes, or refused. The bytes are kept as a document.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ người thứ hai xác nhận")
        POSTED = "posted", _("Đã ghi sổ")
        REFUSED = "refused", _("Không nhận")

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
            models.Index(fields=["employer", "matched_month"], name="receipt_employer"),
            models.Index(fields=["state", "value_on"], name="receipt_state"),
        ]
        triggers = [
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


class Due(models.Model):
    """Số phải thu (C69a-HD): what a run found due, or the difference to what was posted before."""

    class Kind(models.IntegerChoices):
        ARISING = 1, _("Phát sinh trong kỳ")
        INCREASE = 2, _("Điều chỉnh tăng kỳ trước")
        DECREASE = 3, _("Điều chỉnh giảm kỳ trước")

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    month = models.IntegerField(help_text="accounting month")
    for_month = models.IntegerField(help_text="month the contribution is for")
    employer_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    kind = models.SmallIntegerField(choices=Kind)
    counted = models.BooleanField(help_text="the month counts as contributed time once paid")
    si_base = models.BigIntegerField()
    hi_base = models.BigIntegerField()
    ui_base = models.BigIntegerField()
    wi_base = models.BigIntegerField()
    sickness_maternity = models.BigIntegerField()
    pension_survivors = models.BigIntegerField()
    health = models.BigIntegerField()
    unemployment = models.BigIntegerField()
    work_injury = models.BigIntegerField()
    worker_total = models.BigIntegerField()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["employer_id", "month"], name="due_employer"),
            models.Index(fields=["person_id", "for_month"], name="due_person"),
            BrinIndex(fields=["month"], name="due_month", autosummarize=True),
        ]
        triggers = [pgtrigger.Protect(name="due_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.employer_id}/{self.person_id}/{self.for_month}"


class Charge(models.Model):
    """Số tiền xử lý chậm đóng, trốn đóng: what arose in a month, by fund (Luật 41/2024/QH15, Điều 40, 41)."""

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    month = models.IntegerField(help_text="accounting month")
    for_month = models.IntegerField(help_text="month the contribution is for")
    employer_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    state = models.SmallIntegerField(help_text="1 late, 2 evaded")
    days = models.IntegerField(help_text="days charged in the month")
    sickness_maternity = models.BigIntegerField()
    pension_survivors = models.BigIntegerField()
    health = models.BigIntegerField()
    unemployment = models.BigIntegerField()
    work_injury = models.BigIntegerField()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["employer_id", "month"], name="charge_employer"),
            models.Index(fields=["person_id", "for_month"], name="charge_person"),
            BrinIndex(fields=["month"], name="charge_month", autosummarize=True),
        ]
        triggers = [pgtrigger.Protect(name="charge_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.employer_id}/{self.person_id}/{self.for_month}"


class Allocation(models.Model):
    """Phân bổ (C83a-HD): money given to a person's month, principal and charges
    (`late_`, `evaded_`) by fund; negative = released.
    """

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    month = models.IntegerField(help_text="accounting month")
    for_month = models.IntegerField(help_text="month the contribution is for")
    employer_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    sickness_maternity = models.BigIntegerField()
    pension_survivors = models.BigIntegerField()
    health = models.BigIntegerField()
    unemployment = models.BigIntegerField()
    work_injury = models.BigIntegerField()
    late_sickness_maternity = models.BigIntegerField()
    late_pension_survivors = models.BigIntegerField()
    late_health = models.BigIntegerField()
    late_unemployment = models.BigIntegerField()
    late_work_injury = models.BigIntegerField()
    evaded_sickness_maternity = models.BigIntegerField()
    evaded_pension_survivors = models.BigIntegerField()
    evaded_health = models.BigIntegerField()
    evaded_unemployment = models.BigIntegerField()
    evaded_work_injury = models.BigIntegerField()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["employer_id", "month"], name="allocation_employer"),
            models.Index(fields=["person_id", "for_month"], name="allocation_person"),
            BrinIndex(fields=["month"], name="allocation_month", autosummarize=True),
        ]
        triggers = [pgtrigger.Protect(name="allocation_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.employer_id}/{self.person_id}/{self.for_month}"


class OpenItem(models.Model):
    """Số còn thiếu cuối kỳ: what is still owed for a person's month at the end of an accounting month.

    Rows of later runs of the same month hold differences: the sum over runs is what is owed.
    """

    class State(models.IntegerChoices):
        NOT_DUE = 0, _("Chưa đến hạn")
        LATE = 1, _("Chậm đóng")
        EVADED = 2, _("Trốn đóng")

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    month = models.IntegerField(help_text="accounting month")
    for_month = models.IntegerField(help_text="month the contribution is for")
    employer_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    state = models.SmallIntegerField(choices=State)
    days_late = models.IntegerField()
    sickness_maternity = models.BigIntegerField()
    pension_survivors = models.BigIntegerField()
    health = models.BigIntegerField()
    unemployment = models.BigIntegerField()
    work_injury = models.BigIntegerField()
    late_sickness_maternity = models.BigIntegerField()
    late_pension_survivors = models.BigIntegerField()
    late_health = models.BigIntegerField()
    late_unemployment = models.BigIntegerField()
    late_work_injury = models.BigIntegerField()
    evaded_sickness_maternity = models.BigIntegerField()
    evaded_pension_survivors = models.BigIntegerField()
    evaded_health = models.BigIntegerField()
    evaded_unemployment = models.BigIntegerField()
    evaded_work_injury = models.BigIntegerField()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["employer_id", "month"], name="open_item_employer"),
            models.Index(fields=["person_id", "for_month"], name="open_item_person"),
            BrinIndex(fields=["month"], name="open_item_month", autosummarize=True),
        ]
        triggers = [pgtrigger.Protect(name="open_item_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.employer_id}/{self.person_id}/{self.for_month}"


class Statement(models.Model):
    """Thông báo kết quả đóng C12-TS: one employer and month, the form's rows as figures, never edited."""

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    employer_id = models.BigIntegerField()
    month = models.IntegerField()
    version = models.SmallIntegerField(default=1)
    workers = models.IntegerField()
    opening = models.BigIntegerField(help_text="short minus surplus, with charges, brought forward")
    due = models.BigIntegerField()
    charged = models.BigIntegerField()
    received = models.BigIntegerField()
    allocated = models.BigIntegerField()
    short = models.BigIntegerField()
    short_late = models.BigIntegerField()
    short_evaded = models.BigIntegerField()
    charges_open = models.BigIntegerField()
    surplus = models.BigIntegerField()
    days_late = models.IntegerField()
    rows = models.JSONField(help_text="official row code -> five funds and column 6")
    digest = models.CharField(max_length=32, help_text="MD5 of the rows as the run wrote them")

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer_id", "month", "version"], name="statement_once"),
        ]
        indexes = [models.Index(fields=["month", "-short_evaded", "-short_late"], name="statement_worst")]
        triggers = [pgtrigger.Protect(name="statement_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"C12 {self.employer_id} {self.month}"


class Urge(models.Model):
    """Văn bản đôn đốc 01-ĐĐ sent: to an employer for the debts standing at the end of a month."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="urges")
    month = models.IntegerField(help_text="accounting month whose statement it follows")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    amount = models.BigIntegerField()
    run = models.ForeignKey(Run, models.PROTECT)

    grants = Grants(update=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer", "month"], name="urge_once")]

    def __str__(self) -> str:
        return self.number


class PriorityFlag(models.Model):
    """Phân bổ đủ để hưởng chế độ, nghỉ việc (C69a column 38): this person's debts are paid first."""

    employer = models.ForeignKey(Employer, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT)
    from_month = models.IntegerField()
    reason = models.CharField(max_length=120)

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "person", "from_month"], name="priority_once")
        ]

    def __str__(self) -> str:
        return self.reason


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
        triggers = [
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
