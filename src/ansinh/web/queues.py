"""Việc đang chờ: the queues features register, for the work list and the start page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse

from ansinh.office.rights import Actor
from ansinh.web import features
from ansinh.web.features import Queue


def every() -> list[Queue]:
    """All queues, in their order."""
    return sorted(
        (queue for one in features.of_face("staff") for queue in one.queues), key=lambda queue: queue.order
    )


def held(actor: Actor) -> list[Queue]:
    """The queues this actor has."""
    return [queue for queue in every() if actor.somewhere(queue.verb)]


def links(actor: Actor, queues: Iterable[Queue], *, chosen: Queue | None = None) -> list[dict[str, Any]]:
    """Queues as drawn: where each leads, how many wait, whether the reader is there."""
    shown = list(queues)
    waiting = counts(actor, shown)
    return [
        {
            "label": queue.label,
            "url": reverse("work_queue", args=[queue.name]),
            "count": waiting[queue.name],
            "current": queue is chosen,
        }
        for queue in shown
    ]


def counts(actor: Actor, queues: Sequence[Queue]) -> dict[str, int]:
    """How many wait in each, in one statement however many queues there are."""
    found = {queue.name: 0 for queue in queues}
    parts: list[QuerySet[Any, Any]] = []
    for queue in queues:
        rows = queue.counted(actor) if queue.counted else queue.rows(actor)
        if isinstance(rows, QuerySet):
            rows = [rows]
        parts += [
            rows_of.order_by()
            .annotate(queue=Value(queue.name))
            .values("queue")
            .annotate(waiting=Count("pk"))
            .values_list("queue", "waiting")
            for rows_of in rows
        ]
    if parts:
        for name, waiting in parts[0].union(*parts[1:], all=True):
            found[name] += waiting
    return found
