"""Việc đang chờ: the queues features register, for the work list and the start page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from ansinh.office.rights import Actor
from ansinh.web import features
from ansinh.web.features import Queue, Rows
from ansinh.web.ui.words import COUNTED


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
    """How many wait in each, in one statement however many queues there are.

    Of more than are counted in a table (`COUNTED`), one more than those.
    """
    found = {queue.name: 0 for queue in queues}
    parts: list[str] = []
    values: list[Any] = []
    for queue in queues:
        for part in _sets(actor, queue):
            if isinstance(part, list):
                found[queue.name] += len(part)
            elif _is_plain(part):
                statement, bound = _counted(part)
                parts.append(f"SELECT %s, count(*) FROM ({statement}) AS waiting")
                values += [queue.name, *bound]
            else:
                found[queue.name] += part.count()
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for name, waiting in cursor.fetchall():
                found[name] += waiting
    return found


def _sets(actor: Actor, queue: Queue) -> Iterable[Rows]:
    return queue.counted(actor) if queue.counted else [queue.rows(actor)]


def _counted(rows: QuerySet[Any]) -> tuple[str, Sequence[Any]]:
    """The statement that gives as many keys as are counted, and one more; nothing at all for no rows."""
    keys = rows.order_by().values("pk")[: COUNTED + 1]
    try:
        statement, bound = keys.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE false", ()
    return statement, bound


def _is_plain(rows: QuerySet[Any]) -> bool:
    """Whether its keys can be counted as they are; a union, a slice, sums and distinct rows cannot."""
    query = rows.query
    return not (query.combinator or query.is_sliced or query.distinct or query.group_by is not None)
