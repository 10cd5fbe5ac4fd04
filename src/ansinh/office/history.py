"""Lịch sử: who changed what, and when, as the database's triggers kept it of any tracked table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Change:
    """Thay đổi: what a trigger kept of one write: when, by whom, which fields held what before."""

    at: datetime
    who: str
    what: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class Trail:
    """Dấu vết của một bảng: where its triggers keep what a row was, and where the row of now stands."""

    events: str
    live: str


USER = Trail("office_userevent", "office_user")
UNIT = Trail("office_unitevent", "office_unit")
SHADOW = (
    "pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id", "pgh_written", "changed_at"
)  # fmt: skip


def changes(trail: Trail, keys: Iterable[int]) -> list[Change]:
    """Lịch sử thay đổi: that of the rows, newest first (one query).

    An event keeps the row as it was; what it became is the next event's row, or the row of now.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH e AS (
                SELECT pgh_created_at AS at, pgh_id AS n, pgh_label AS label, pgh_obj_id AS id,
                       pgh_context_id AS context, to_jsonb(x)::text AS row
                FROM {trail.events} x WHERE pgh_obj_id = ANY(%(keys)s)
                UNION ALL
                SELECT NULL, NULL, 'now', id, NULL, to_jsonb(t)::text
                FROM {trail.live} t WHERE id = ANY(%(keys)s)
            )
            SELECT e.at, e.label, u.full_name, e.row, lead(e.row) OVER w, e.id
            FROM e LEFT JOIN pghistory_context c ON c.id = e.context
            LEFT JOIN office_user u ON u.id = (c.metadata->>'user')::bigint
            WINDOW w AS (PARTITION BY e.id ORDER BY e.at NULLS LAST, e.n)
            ORDER BY e.at DESC NULLS FIRST, e.n DESC""",
            {"keys": list(keys)},
        )
        rows = cursor.fetchall()
    found = []
    for at, label, who, was, became, _ in rows:
        if at is None or became is None:
            continue
        before, after = json.loads(was), json.loads(became)
        differing = [k for k in after if k in before and k not in SHADOW and before[k] != after[k]]
        found.append(
            Change(
                at,
                who or "",
                label,
                {k: before.get(k) for k in differing},
                {k: after[k] for k in differing},
            )
        )
    return found
