"""The links of the chains."""

from __future__ import annotations

import pgtrigger
from django.db import models

from ansinh.office.chain.fields import XidField
from ansinh.office.privileges.declared import Grants


class Seal(models.Model):
    """Niêm phong: one link of a chain, over the rows of all transactions from `after` up to before `until`.

    A new `epoch` begins where transaction numbers start again, after a restore into another server, with a
    link that covers nothing: its rows are those from `first_id` on. `head` is the digest of everything the
    link says and of the head before; whoever keeps a head can tell whether anything up to it was changed.
    """

    chain = models.CharField(max_length=40)
    number = models.IntegerField()
    day = models.DateField(help_text="day in Viet Nam on which it was sealed")
    epoch = models.IntegerField()
    first_id = models.BigIntegerField(help_text="lowest id of a row of the epoch")
    after = XidField(help_text="first transaction it covers")
    until = XidField(help_text="first transaction it does not cover")
    last_id = models.BigIntegerField(help_text="highest id of a row it covers; 0 where it covers nothing")
    rows = models.BigIntegerField()
    columns = models.TextField(help_text="columns the digest is made of, in order, parted by blanks")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the rows by id")
    head = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="seal_once"),
            models.CheckConstraint(
                condition=models.Q(rows__gt=0) | models.Q(after=models.F("until")), name="seal_of_rows"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="seal_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.head[:12]}"
