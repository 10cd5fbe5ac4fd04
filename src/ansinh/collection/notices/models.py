"""Đôn đốc: letters sent to employers that owe."""

from __future__ import annotations

from django.db import models

from ansinh.office.marks.columns import stamped, written_by
from ansinh.office.models import Run
from ansinh.office.privileges.declared import Grants
from ansinh.registers.models import Employer


class Urge(models.Model):
    """Văn bản đôn đốc 01-ĐĐ sent: to an employer for the debts standing at the end of a month."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="urges")
    month = models.IntegerField(help_text="accounting month whose statement it follows")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    amount = models.BigIntegerField()
    run = models.ForeignKey(Run, models.PROTECT)
    written = written_by()

    grants = Grants(update=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer", "month"], name="urge_once")]
        indexes = [models.Index(fields=["written"], name="urge_written")]
        triggers = [stamped("urge_stamped")]

    def __str__(self) -> str:
        return self.number
