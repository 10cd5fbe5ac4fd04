"""Dãy số và số đã cấp."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User
from ansinh.office.units.models import Unit


class Series(models.Model):
    """Dãy số: the last number given of one kind in one unit and year.

    `began` is where the series stood when it was taken over; the numbers up to it were given elsewhere.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.IntegerField()
    began = models.IntegerField(default=0, db_default=0)

    grants = Grants(update=("last",))

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year"], name="series_once"),
            models.CheckConstraint(condition=Q(began__gte=0, last__gte=F("began")), name="series_last"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="series_grows",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__last__lt=pgtrigger.F("old__last")),
            ),
            pgtrigger.Protect(name="series_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="series_bound",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                declare=[("before", "integer := NEW.began")],
                func="""
                    IF TG_OP = 'UPDATE' THEN before := OLD.last; END IF;
                    IF (SELECT count(*) FROM office_officialnumber
                        WHERE series_id = NEW.id AND value > before AND value <= NEW.last)
                       <> NEW.last - before THEN
                        RAISE EXCEPTION 'số đã lấy mà không gắn văn bản / a number taken stands on nothing'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'series_bound';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"

    def places(self) -> tuple[str, ...]:
        """The unit whose numbers they are."""
        return (self.unit.path,)


class OfficialNumber(models.Model):
    """Số đã cấp: one number and the one document that bears it; never changed, never given again.

    Nobody gave what the software numbered of itself, nor what was given before that was written down.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    value = models.IntegerField()
    text = models.CharField(max_length=60, help_text="as it stands on the document")
    thing = models.CharField(max_length=30, help_text="what the document is")
    key = models.BigIntegerField()
    given_at = models.DateTimeField(db_default=models.functions.Now())
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "value"], name="number_once"),
            models.UniqueConstraint(fields=["thing", "key", "series"], name="number_of_thing"),
            models.CheckConstraint(condition=Q(value__gt=0), name="number_value"),
        ]
        triggers = [
            pgtrigger.Protect(name="number_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="number_taken",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func="""
                    IF EXISTS (SELECT 1 FROM new_rows n JOIN office_series s ON s.id = n.series_id
                               WHERE n.value > s.last) THEN
                        RAISE EXCEPTION 'số chưa được lấy từ dãy / a number the series has not reached'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_taken';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.text
