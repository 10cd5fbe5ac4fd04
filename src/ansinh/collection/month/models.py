"""Bảng của kỳ: dues, charges, allocations, what is left open, statements.

The tables are wide: one column per component fund, one row per employer, person and month the contribution
is for. They are only ever added to, by runs (C69a, C83a). Rows stand in the books of a province, first in the
index that a month's run and pages use; a run writes its rows in the order of that index, so that it grows at
its end. Only dues are looked for by person alone: what was given for them is found through them.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.office.marks.columns import stamped, written_by
from ansinh.office.models import Run
from ansinh.office.privileges.declared import Grants
from ansinh.registers.models import Employer, Person

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class Due(models.Model):
    """Số phải thu (C69a-HD): what a run found due, or the difference to what was posted before."""

    class Kind(models.IntegerChoices):
        ARISING = 1, _("Phát sinh trong kỳ")
        INCREASE = 2, _("Điều chỉnh tăng kỳ trước")
        DECREASE = 3, _("Điều chỉnh giảm kỳ trước")

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    unit_id = models.BigIntegerField(help_text="province whose books these are")
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
            models.Index(fields=["unit_id", "month", "employer_id", "person_id"], name="due_person"),
        ]
        triggers = [pgtrigger.Protect(name="due_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.employer_id}/{self.person_id}/{self.for_month}"


class Charge(models.Model):
    """Số tiền xử lý chậm đóng, trốn đóng: what arose in a month, by fund (Luật 41/2024/QH15, Điều 40, 41)."""

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    unit_id = models.BigIntegerField(help_text="province whose books these are")
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
            models.Index(fields=["unit_id", "month", "employer_id"], name="charge_books"),
        ]
        triggers = [pgtrigger.Protect(name="charge_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.employer_id}/{self.person_id}/{self.for_month}"


class Allocation(models.Model):
    """Phân bổ (C83a-HD): money given to a person's month, principal and charges
    (`late_`, `evaded_`) by fund; negative = released.
    """

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    unit_id = models.BigIntegerField(help_text="province whose books these are")
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
            models.Index(fields=["unit_id", "month", "employer_id", "person_id"], name="allocation_person"),
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
    unit_id = models.BigIntegerField(help_text="province whose books these are")
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
            models.Index(fields=["unit_id", "month", "employer_id"], name="open_item_books"),
        ]
        triggers = [pgtrigger.Protect(name="open_item_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.employer_id}/{self.person_id}/{self.for_month}"


class Statement(models.Model):
    """Thông báo kết quả đóng C12-TS: one employer and month, the form's rows as figures, never edited."""

    run = models.ForeignKey(Run, models.PROTECT, db_index=False, db_constraint=False)
    unit_id = models.BigIntegerField(help_text="province whose books these are")
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
            models.UniqueConstraint(
                fields=["unit_id", "month", "employer_id", "version"], name="statement_once"
            ),
        ]
        indexes = [models.Index(fields=["employer_id", "month", "version"], name="statement_of_employer")]
        triggers = [pgtrigger.Protect(name="statement_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"C12 {self.employer_id} {self.month}"


class PriorityFlag(models.Model):
    """Phân bổ đủ để hưởng chế độ, nghỉ việc (C69a column 38): this person's debts are paid first."""

    employer = models.ForeignKey(Employer, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT)
    from_month = models.IntegerField()
    reason = models.CharField(max_length=120)
    written = written_by()

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "person", "from_month"], name="priority_once")
        ]
        indexes = [models.Index(fields=["written"], name="priority_written")]
        triggers = [stamped("priority_stamped")]

    def __str__(self) -> str:
        return self.reason
