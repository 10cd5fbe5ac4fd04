"""Việc đang chờ: the queues features register, for the work list and the start page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse

from ansinh.office.rights import Actor
from ansinh.web import features
from ansinh.web.features import Queue, Rows


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
        for part in _sets(actor, queue):
            if isinstance(part, list):
                found[queue.name] += len(part)
            elif _is_plain(part):
                parts.append(_counted(queue, part))
            else:
                found[queue.name] += part.count()
    if parts:
        for name, waiting in parts[0].union(*parts[1:], all=True):
            found[name] += waiting
    return found


def _sets(actor: Actor, queue: Queue) -> Iterable[Rows]:
    return queue.counted(actor) if queue.counted else [queue.rows(actor)]


def _counted(queue: Queue, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """One line, (name, how many), to be put below those of the other queues."""
    named: QuerySet[Any, Any] = rows.order_by().annotate(of_queue=Value(queue.name)).values("of_queue")
    counted: QuerySet[Any, Any] = named.annotate(waiting=Count("pk")).values_list("of_queue", "waiting")
    return counted


def _is_plain(rows: QuerySet[Any]) -> bool:
    """Whether its keys can be counted as they are; a union, a slice, sums and distinct rows cannot."""
    query = rows.query
    return not (query.combinator or query.is_sliced or query.distinct or query.group_by is not None)
