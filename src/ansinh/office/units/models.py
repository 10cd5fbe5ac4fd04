"""Units of two eras, what is known of each, and the days off that were announced."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Unit(models.Model):
    """Đơn vị: a unit of the insurer or of the state's territory, with the days it exists.

    A code is unique within kind and time: 24 was Bắc Giang until 2025-06-30 and is Bắc Ninh since.
    `path` is the chain of ids from the root, "/1/24/310/": a subtree is one indexed prefix.
    """

    class Kind(models.TextChoices):
        VSS = "vss", _("BHXH Việt Nam")
        PROVINCE = "province", _("BHXH tỉnh")
        DISTRICT = "district", _("Huyện")
        BASE_OFFICE = "base_office", _("BHXH cơ sở")
        COMMUNE = "commune", _("Xã")

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    name_fold = models.CharField(max_length=120)
    name_sort = models.CharField(max_length=400)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=80, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="last day, inclusive")
    region = models.PositiveSmallIntegerField(null=True, help_text="minimum-wage region 1..4")
    phone = models.CharField(max_length=30, default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)
    signer = models.CharField(max_length=100, default="", blank=True, help_text="who signs its papers")
    signer_title = models.CharField(max_length=60, default="", blank=True)
    booking_people = models.PositiveIntegerField(
        null=True, blank=True, help_text="people above which a list needs a second person; null: as above"
    )
    booking_money = models.BigIntegerField(
        null=True, blank=True, help_text="dong above which a list needs a second person; null: as above"
    )
    archives_inputs = models.BooleanField(
        default=False, help_text="frozen inputs of a closed month are archived instead of removed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "valid_from"], name="unit_code_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_valid_days"
            ),
        ]
        indexes = [models.Index(fields=["path"], name="unit_path_like", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name

    def places(self) -> tuple[str, ...]:
        """Where a right must be held to reach it: here, or above."""
        return (self.path,)


class UnitSuccession(models.Model):
    """Kế thừa: which unit took over which, on what day, by what instrument."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    effective_on = models.DateField()
    instrument = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class DayOff(models.Model):
    """Ngày nghỉ, ngày làm bù đã thông báo: a day off (or worked instead) that an official notice names.

    What was announced after the table of `kernel.workdays` was written, or goes against it.
    """

    class Kind(models.TextChoices):
        OFF = "off", _("Nghỉ lễ, tết")
        SWAPPED_OFF = "swapped_off", _("Nghỉ hoán đổi")
        WORKED = "worked", _("Làm bù")
        ORDINARY = "ordinary", _("Ngày thường (hủy thông báo trước)")

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=100)
    notice = models.CharField(max_length=120, help_text="number and day of the official notice")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
