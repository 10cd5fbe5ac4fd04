"""Văn bản đã phát hành."""

from __future__ import annotations

from django.db.models import QuerySet

from ansinh.collection.models import Urge
from ansinh.kernel.months import Month
from ansinh.office.rights import Actor
from ansinh.registers.models import Employer


def urges_of(employer: Employer) -> list[Urge]:
    """Các văn bản đôn đốc 01-ĐĐ: those of an employer, newest first."""
    return list(Urge.objects.filter(employer=employer).select_related("employer").order_by("-month"))


def urges_in_scope(actor: Actor) -> QuerySet[Urge]:
    """Các văn bản đôn đốc trong phạm vi: those of employers whose statements the actor may read."""
    return Urge.objects.filter(actor.within("statement.read", "employer__office__path"))


def urge_of(employer: Employer, month: Month) -> Urge | None:
    """Văn bản đôn đốc: that of an employer for a month; None when none was issued."""
    return Urge.objects.filter(employer=employer, month=month.index).select_related("employer").first()
