"""Thay đổi mới hơn lượt chạy: what a month's run has not read, told by the snapshot it read and by no clock.

Postgres writes into every row which transaction made it (`xmin`). A row is newer than a run when that
transaction was not yet to be seen in the run's snapshot: one that was under way then and committed later
counts, and a clock that was set back changes nothing. Where the snapshot tells nothing (a run made before
snapshots were kept, a record restored into a younger server), everything counts as newer: running once more
costs a minute, a month closed over a change cannot be opened again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from ansinh.kernel.months import Month
from ansinh.office.models import Run, Unit
from ansinh.office.relations import RUN_WRITTEN, UNIT
from ansinh.registers.relations import COLLECTING_ACCOUNT, EMPLOYER, EMPLOYER_WRITTEN

NOW = """greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
                 coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0))"""
# a transaction in 64 bits: a 32-bit number above the present one is of the round before
WIDE = """(n.now - (n.now & 4294967295) + {written}::text::bigint
           - CASE WHEN {written}::text::bigint > (n.now & 4294967295) THEN 4294967296 ELSE 0 END)"""
NEWER = f"""(%(snapshot)s = '' OR NOT pg_visible_in_snapshot(
    greatest({WIDE}, 3)::text::xid8, nullif(%(snapshot)s, '')::pg_snapshot))"""

LISTS = f"""
    SELECT d.id, d.form || ' ' || d.number, d.booked_at::date, NULL::bigint, d.employer_id
    FROM collection_declaration d JOIN {UNIT} o ON o.id = d.office_id CROSS JOIN now n
    WHERE starts_with(o.path, %(path)s) AND d.state = 'booked' AND {NEWER.format(written="d.xmin")}"""
RECEIPTS = f"""
    SELECT r.id, r.reference, r.booked_on, r.amount, r.employer_id
    FROM collection_receipt r JOIN {COLLECTING_ACCOUNT} a ON a.id = r.account_id
    JOIN {UNIT} o ON o.id = a.office_id CROSS JOIN now n
    WHERE starts_with(o.path, %(path)s) AND r.state = 'matched' AND r.matched_month = %(month)s
      AND {NEWER.format(written="r.xmin")}"""
REFUNDS = f"""
    SELECT r.id, r.reason, r.approved_at::date, r.amount, r.employer_id
    FROM collection_refund r JOIN {UNIT} o ON o.id = r.office_id CROSS JOIN now n
    WHERE starts_with(o.path, %(path)s) AND r.state = 'approved' AND r.month = %(month)s
      AND {NEWER.format(written="r.xmin")}"""
# everything else the run reads of an employer: itself, its states, its people's spans and days, its letters
RECORDS = f"""
    SELECT e.id, e.unit_code, NULL::date, NULL::bigint, e.id
    FROM {EMPLOYER} e JOIN {UNIT} o ON o.id = e.office_id
    WHERE starts_with(o.path, %(path)s) AND e.id IN (
        SELECT t.employer_id FROM {EMPLOYER_WRITTEN} t CROSS JOIN now n
            WHERE (t.month IS NULL OR t.month <= %(month)s) AND {NEWER.format(written="t.written")}
        UNION SELECT t.employer_id FROM collection_priorityflag t CROSS JOIN now n
            WHERE t.from_month <= %(month)s AND {NEWER.format(written="t.xmin")}
        UNION SELECT t.employer_id FROM collection_urge t CROSS JOIN now n
            WHERE t.issued_on <= %(last)s AND {NEWER.format(written="t.xmin")})"""


@dataclass(frozen=True, slots=True)
class Change:
    """Một thay đổi mới hơn: the row's key, what it is, its day, its money, its employer."""

    key: int
    text: str
    on: Any
    amount: int | None
    employer: int | None


def changes(what: str, *, unit: Unit, month: Month, run: Run | None, most: int | None = None) -> list[Change]:
    """The rows of one query above that a run has not read, the first `most`; none where there is no run."""
    if run is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH now AS (SELECT {NOW} AS now) {what} ORDER BY 1 {f'LIMIT {most}' if most else ''}",
            _facts(unit, month, run),
        )
        return [Change(*row) for row in cursor.fetchall()]


def count(what: str, *, unit: Unit, month: Month, run: Run | None) -> tuple[int, int]:
    """How many rows a run has not read, and their money."""
    if run is None:
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH now AS (SELECT {NOW} AS now) SELECT count(*), coalesce(sum(amount), 0)::bigint "
            f"FROM ({what}) AS changed(id, text, day, amount, employer)",
            _facts(unit, month, run),
        )
        found = cursor.fetchone()
        return int(found[0]), int(found[1])


def _facts(unit: Unit, month: Month, run: Run) -> dict[str, Any]:
    return {"path": unit.path, "month": month.index, "last": month.last_day, "snapshot": _snapshot(run)}


def _snapshot(run: Run) -> str:
    """What the run had in sight; empty where that can no longer be said of today's rows.

    The run's own row was written after its snapshot: with a number below it, the record was restored into a
    server that counts transactions from lower down.
    """
    kept = str(run.frozen.get("snapshot", ""))
    if not kept:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH now AS (SELECT {NOW} AS now)
                SELECT {WIDE.format(written="r.written")} >= pg_snapshot_xmin(%s::pg_snapshot)::text::bigint
                FROM {RUN_WRITTEN} r CROSS JOIN now n WHERE r.id = %s""",
            [kept, run.pk],
        )
        row = cursor.fetchone()
        return kept if row and row[0] else ""
