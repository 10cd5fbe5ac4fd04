"""Whose hands a thing went through."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User


class Hand(models.Model):
    """Người đã làm: who wrote a row or figure of a thing (maker), and who decided it.

    `thing` and `key` name the thing ("refund", 17). Nobody is both: the database refuses it either way.
    """

    class Part(models.TextChoices):
        MAKER = "maker", _("Người lập, sửa")
        DECIDER = "decider", _("Người quyết định")

    thing = models.CharField(max_length=24)
    key = models.BigIntegerField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part)
    act = models.CharField(max_length=30, help_text="what was done: prepare, assess, approve, …")
    seen = models.CharField(
        max_length=64, default="", db_default="", blank=True, help_text="digest of what a decision was shown"
    )
    at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())

    grants = Grants(update=False)

    class Meta:
        indexes = [models.Index(fields=["thing", "key"], name="hand_thing")]
        triggers = [
            pgtrigger.Protect(name="hand_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="hand_not_both",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.thing || ':' || NEW.key, 0));
                    IF EXISTS (
                        SELECT 1 FROM office_hand h WHERE h.thing = NEW.thing AND h.key = NEW.key
                          AND h.user_id = NEW.user_id AND h.part <> NEW.part
                    ) THEN
                        RAISE EXCEPTION 'người lập không được quyết định / a maker cannot decide'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_not_both';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.key}: {self.user} {self.part}"
