"""Số đo theo khối và đơn vị: people and money of a period by group of employers, and by whom it lists.

A list is of employers, of their offices or of the provinces above those; each stands in a group (khối).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ansinh.collection.measures.books import IN_BOOKS, IN_FORCE, OURS, SUMMED, fetch
from ansinh.collection.month.columns import added
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.relations import UNIT
from ansinh.registers.relations import EMPLOYER

Members = Literal["employer", "office", "province"]
Key = tuple[str, int]
"""Group (khối) and the id of the member; 0 is the group itself."""
People = tuple[int | None, int | None, int | None, int | None]
"""Social, work injury, unemployment and health insurance."""
Years = tuple[int, int, int, int]
"""Health insurance: arisen for earlier years; given to last, this and next year."""
Cells = dict[str, list[int]]
"""Rows of C12-TS: code -> six cells."""

SCHEMES = ("si", "wi", "ui", "hi")
_GROUPING = {
    "employer": ("e.id", "e.name", "e.unit_code", "e.name_sort"),
    "office": ("o.id", "o.name", "o.code", "o.code"),
    "province": (
        "o.parent_id",
        *(f"(SELECT u.{c} FROM {UNIT} u WHERE u.id = o.parent_id)" for c in ("name", "code", "code")),
    ),
}


@dataclass(frozen=True, slots=True)
class Booked:
    """Kỳ đã có sổ của một cây đơn vị: the first and last month with statements, within what was asked."""

    path: str
    first: int
    last: int

    @property
    def terms(self) -> dict[str, Any]:
        """What the statements below are given; `year` is January of the last month."""
        return {
            "path": self.path,
            "first": self.first,
            "last": self.last,
            "year": self.last - self.last % 12,
        }


def booked(unit: Unit, first: Month, last: Month) -> Booked | None:
    """Kỳ đã có sổ; None without any statement in it."""
    row = fetch(
        f"""SELECT min(month) AS first, max(month) AS last FROM collection_statement
            WHERE {IN_BOOKS} AND month BETWEEN %(first)s AND %(last)s AND employer_id IN ({OURS})""",
        {"path": unit.path, "first": first.index, "last": last.index},
    )[0]
    return None if row["last"] is None else Booked(unit.path, row["first"], row["last"])


def names(period: Booked, members: Members) -> dict[Key, tuple[str, str]]:
    """Tên và mã: those of every member with a statement in the period, in the order of the list."""
    key, name, code, order = _GROUPING[members]
    rows = fetch(
        f"""
        SELECT DISTINCT e.health_group AS kind, {key} AS id, {name} AS name, {code} AS code, {order} AS place
        FROM {EMPLOYER} e JOIN {UNIT} o ON o.id = e.office_id
        WHERE e.id IN ({OURS}) AND EXISTS (SELECT 1 FROM collection_statement s
          WHERE s.{IN_BOOKS} AND s.employer_id = e.id AND s.month BETWEEN %(first)s AND %(last)s)
        ORDER BY kind, place, id""",
        period.terms,
    )
    return {(r["kind"], r["id"]): (r["name"], r["code"]) for r in rows}


def people(period: Booked, members: Members) -> dict[Key, People]:
    """Số người cuối kỳ: by member; key (kind, 0) counts the kind, a person once."""
    counts = ", ".join(f"count(DISTINCT person_id) FILTER (WHERE {s} > 0) AS {s}" for s in SCHEMES)
    rows = fetch(
        f"""
        SELECT kind, coalesce(id, 0) AS id, {counts} FROM (
            SELECT e.health_group AS kind, {_GROUPING[members][0]} AS id, d.person_id, d.employer_id,
                   {", ".join(f"sum(d.{s}_base) AS {s}" for s in SCHEMES)}
            FROM collection_due d JOIN {EMPLOYER} e ON e.id = d.employer_id
            JOIN {UNIT} o ON o.id = e.office_id
            WHERE d.{IN_BOOKS} AND d.month = %(last)s AND d.for_month = %(last)s AND d.employer_id IN ({OURS})
            GROUP BY 1, 2, 3, 4) x
        GROUP BY GROUPING SETS ((kind), (kind, id))""",
        period.terms,
    )
    return {(r["kind"], r["id"]): (r["si"], r["wi"], r["ui"], r["hi"]) for r in rows}


def statements(
    period: Booked,
    members: Members,
    *,
    opening: Sequence[str],
    flows: Sequence[str],
    closing: Sequence[str],
) -> dict[Key, Cells]:
    """Dòng C12-TS cộng dồn: by member; opening rows of the first month, closing of the last, flows of all."""
    rows = fetch(
        f"""
        WITH s AS ({IN_FORCE})
        SELECT e.health_group AS kind, {_GROUPING[members][0]} AS id, c.key AS code, {SUMMED}
        FROM s CROSS JOIN jsonb_each(s.rows) c
        JOIN {EMPLOYER} e ON e.id = s.employer_id JOIN {UNIT} o ON o.id = e.office_id
        WHERE (c.key = ANY(%(opening)s) AND s.month = %(first)s)
           OR (c.key = ANY(%(closing)s) AND s.month = %(last)s) OR c.key = ANY(%(flows)s)
        GROUP BY 1, 2, 3""",
        {**period.terms, "opening": list(opening), "closing": list(closing), "flows": list(flows)},
    )
    found: dict[Key, Cells] = defaultdict(dict)
    for r in rows:
        found[r["kind"], r["id"]][r["code"]] = [r[f"c{i}"] for i in range(6)]
    return found


def health_years(period: Booked, members: Members) -> dict[Key, Years]:
    """BHYT theo năm: back payments of earlier years; allocated to last, this and next year."""
    rows = fetch(
        f"""
        SELECT e.health_group AS kind, {_GROUPING[members][0]} AS id, sum(earlier)::bigint AS earlier,
               sum(last)::bigint AS last, sum(this)::bigint AS this, sum(following)::bigint AS following
        FROM (
            SELECT employer_id, 0 AS earlier,
                   CASE WHEN for_month < %(year)s THEN health ELSE 0 END AS last,
                   CASE WHEN for_month BETWEEN %(year)s AND %(year)s + 11 THEN health ELSE 0 END AS this,
                   CASE WHEN for_month > %(year)s + 11 THEN health ELSE 0 END AS following
            FROM collection_allocation
            WHERE {IN_BOOKS} AND month BETWEEN %(first)s AND %(last)s AND employer_id IN ({OURS})
            UNION ALL
            SELECT employer_id, sum(health), 0, 0, 0 FROM collection_due
            WHERE {IN_BOOKS} AND month BETWEEN %(first)s AND %(last)s AND for_month < %(year)s
              AND employer_id IN ({OURS})
            GROUP BY employer_id, person_id, for_month, month HAVING sum({added()}) > 0) x
        JOIN {EMPLOYER} e ON e.id = x.employer_id JOIN {UNIT} o ON o.id = e.office_id
        GROUP BY 1, 2""",
        period.terms,
    )
    return {(r["kind"], r["id"]): (r["earlier"], r["last"], r["this"], r["following"]) for r in rows}
