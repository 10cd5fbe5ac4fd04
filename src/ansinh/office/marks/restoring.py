"""Đặt lại mốc sau khi khôi phục: numbers of another server are made this server's, and none is lost.

The owner's work, after the data are in and before anybody works.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from ansinh.office.marks import tables
from ansinh.office.marks.columns import BEFORE
from ansinh.office.marks.marks import NEWEST, SERVER
from ansinh.office.marks.tables import Table
from ansinh.office.relations import UNIT

# the newest run of each kind and unit has read everything of its books that its snapshot saw
LAST = f"""
CREATE TEMP TABLE last_mark ON COMMIT DROP AS
SELECT o.path, l.server, (l.snapshot)::pg_snapshot AS snapshot
FROM (SELECT DISTINCT ON (kind, unit_id) unit_id, frozen->>'snapshot' AS snapshot, frozen->>'server' AS server
      FROM office_run WHERE state = 'done' AND frozen ? 'snapshot'
      ORDER BY kind, unit_id, id DESC) l
JOIN {UNIT} o ON o.id = l.unit_id"""
# of this server; of the server the record comes from; of one before that, of which nothing can be told
UNREAD = f"""
CASE WHEN m.server = {SERVER} THEN t.{{column}} >= pg_snapshot_xmin(m.snapshot) AND t.{{column}} <= {NEWEST}
          AND NOT pg_visible_in_snapshot(t.{{column}}, m.snapshot)
     WHEN %(came_from)s IN ('', m.server) THEN NOT pg_visible_in_snapshot(t.{{column}}, m.snapshot)
     ELSE t.{{column}} > '{BEFORE}'::xid8 END"""


@dataclass(frozen=True, slots=True)
class Reset:
    """Kết quả: runs whose mark was set again, and by table how many rows stay unread."""

    runs: int
    unread: dict[str, int]


def reset(*, came_from: str = "") -> Reset:
    """Đặt lại mốc đã đọc: rows the last run of their books had not read stay unread, all others stay read.

    `came_from` is the `system_identifier` of the server the record was saved from, where that is known:
    marks of a server before that one are not trusted. In the server the runs were made in nothing changes,
    so it may be called twice. It switches triggers off and on again, in the caller's transaction if any.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LAST)
        cursor.execute(f"SELECT count(*) FROM last_mark WHERE server IS DISTINCT FROM {SERVER}")
        if cursor.fetchone()[0] == 0:
            cursor.execute("DROP TABLE last_mark")
            return Reset(0, {})
        cursor.execute("SELECT pg_current_xact_id()")
        cursor.execute("SELECT least(pg_snapshot_xmin(pg_current_snapshot()), pg_current_xact_id())::text")
        lowest = str(cursor.fetchone()[0])
        unread = {table.name: _rows(cursor, table, lowest, came_from) for table in tables.registered()}
        cursor.execute("DROP TABLE last_mark")
        cursor.execute(
            f"""UPDATE office_run SET frozen = frozen || jsonb_build_object('server', {SERVER},
                    'snapshot', %(lowest)s || ':' || %(lowest)s || ':')
                WHERE state = 'done' AND frozen ? 'snapshot'""",
            {"lowest": lowest},
        )
        runs = cursor.rowcount
        # a run that had read and not ended reads again
        cursor.execute(
            """UPDATE office_run SET frozen = frozen - ARRAY['files', 'snapshot', 'server']
               WHERE state <> 'done' AND frozen ? 'snapshot'"""
        )
        return Reset(runs, unread)


def _rows(cursor: object, table: Table, lowest: str, came_from: str) -> int:
    """One table: unread rows get this transaction's number, read ones that look new the lowest there is."""
    run = cursor.execute  # type: ignore[attr-defined]
    run(
        f"""CREATE TEMP TABLE unread_row ON COMMIT DROP AS
            SELECT DISTINCT t.{table.key} AS key FROM {table.name} t
            JOIN {UNIT} o ON o.id = {table.office}
            JOIN last_mark m ON starts_with(o.path, m.path)
            WHERE {UNREAD.format(column=table.column)}""",
        {"came_from": came_from},
    )
    run("ANALYZE unread_row")
    run(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
    run(
        f"""UPDATE {table.name} SET {table.column} = '{BEFORE}'::xid8
            WHERE {table.column} >= %s::xid8 AND {table.key} NOT IN (SELECT key FROM unread_row)""",
        [lowest],
    )
    run(
        f"""UPDATE {table.name} SET {table.column} = pg_current_xact_id()
            WHERE {table.key} IN (SELECT key FROM unread_row)"""
    )
    found = int(cursor.rowcount)  # type: ignore[attr-defined]
    run(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
    run("DROP TABLE unread_row")
    return found
