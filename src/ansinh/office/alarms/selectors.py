"""Đọc cảnh báo: in the scope of whoever may handle them."""

from __future__ import annotations

from django.db.models import QuerySet

from ansinh.office.alarms.models import Alert
from ansinh.office.rights import Actor

VERB = "alert.read"


def in_scope(actor: Actor) -> QuerySet[Alert]:
    """Alerts of the units where the actor may handle them, the newest first."""
    found = Alert.objects.filter(actor.within(VERB)).select_related("user", "office", "lifted_by")
    return found.order_by("-raised_at", "-pk")


def open_alerts(actor: Actor) -> QuerySet[Alert]:
    """Cảnh báo chưa xử lý."""
    return in_scope(actor).filter(state=Alert.State.OPEN)
