"""Đọc nhật ký truy cập."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ansinh.office.reading.models import Reading
from ansinh.office.rights import Actor
from ansinh.office.rights.models import RoleAssignment


def in_scope(actor: Actor) -> QuerySet[Reading]:
    """Lines of the log of accounts whose rights lie where the actor may read the log.

    Officers by the units of their roles; people from outside, who have no unit, only for whoever may read
    the log of a whole province or above.
    """
    verb = "reading.read"
    theirs = RoleAssignment.objects.filter(actor.within(verb, "unit__path")).values("user")
    wide = actor.somewhere(verb, kinds=("vss", "province"))
    outside = Q(look__user__kind="outside") if wide else Q(pk__in=[])
    found = Reading.objects.filter(Q(look__user__in=theirs) | outside).select_related("look__user")
    return found.order_by("-id")


def of(subject: str, key: int) -> QuerySet[Reading]:
    """Ai đã xem một hồ sơ: newest first; those who were not let in too."""
    found = Reading.objects.filter(subject=subject, subject_id=key)
    return found.select_related("look__user").order_by("-id")
