"""Đóng băng dữ liệu đầu vào: everything a month's run reads, of one instant, as Parquet files.

They hold everybody's wages: `office.runs.inputs` puts them away when the month closes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import pyarrow.parquet as pq

from ansinh.collection.month.columns import CLOSING, DUE, FUNDS, each
from ansinh.kernel.months import Month
from ansinh.ledger.relations import BALANCE, ENTRY, LINE
from ansinh.office.marks.marks import TAKEN, Mark, kept
from ansinh.office.relations import PERIOD
from ansinh.office.runs import inputs
from ansinh.registers.relations import (
    EMPLOYER,
    EMPLOYER_STATUS,
    PARTICIPATION,
    PARTICIPATION_TAKEN_BACK,
    WORK_MONTH,
    employers_below,
)

DIRTY = "pg_temp.month_dirty"
BESIDE = ("open_before",)
"""Read on a second connection at the same time: as much as all the rest, and nothing of the session's own."""
SPAN = (
    "id, person_id, employer_id, from_month, to_month, worker_group, pay_kind, wage, coefficient_milli, "
    "reserve_milli, position_milli, beyond_frame_bp, seniority_bp, other_pay, part_time, ui_relief, "
    "si, hi, ui, wi"
)


def freeze(
    *,
    uri: str,
    folder: Path,
    unit_id: int,
    unit_path: str,
    month: Month,
    mark: Mark | None,
    report: Callable[[str, int], None],
) -> tuple[dict[str, dict[str, int | str]], dict[str, str]]:
    """Read the inputs of a month in one snapshot; returns rows and SHA-256 by file, and the mark of this run.

    `mark` is that of the books' last run: what it has not read of earlier months is looked at again. None in
    the first run of the books: then only what came by a declaration is looked back at.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    described: dict[str, dict[str, int | str]] = {}
    asked = queries(unit_id=unit_id, unit_path=unit_path, month=month)

    def told(name: str, rows: int) -> None:
        described[name] = inputs.described(folder / f"{name}.parquet", rows)
        report(name, rows)

    with _reading(uri) as cursor, ThreadPoolExecutor(1, "frozen-beside") as beside:
        cursor.execute(TAKEN)
        taken = kept(*map(str, cursor.fetchone()))
        cursor.execute("SELECT pg_export_snapshot()")
        (instant,) = cursor.fetchone()

        def read_beside() -> dict[str, int]:
            with _reading(uri, instant) as other:
                return {name: _write(other, asked[name], folder / f"{name}.parquet") for name in BESIDE}

        coming = beside.submit(read_beside)
        for statement in gathering(unit_path=unit_path, mark=mark):
            cursor.execute(statement)
        for name in asked:
            if name not in BESIDE:
                told(name, _write(cursor, asked[name], folder / f"{name}.parquet"))
        for name, rows in coming.result().items():
            told(name, rows)
    return described, taken


@contextmanager
def _reading(uri: str, instant: str = "") -> Iterator[adbc.Cursor]:
    """A connection that sees one instant only: its own, or one that another still holds."""
    with adbc.connect(uri) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if instant:
            cursor.execute(f"SET TRANSACTION SNAPSHOT '{instant}'")
        cursor.execute("SET TIME ZONE 'Asia/Ho_Chi_Minh'")
        yield cursor
        connection.rollback()


def _write(cursor: adbc.Cursor, sql: str, target: Path) -> int:
    """What a query answers, as a file; the rows."""
    rows = 0
    cursor.execute(sql)
    reader = cursor.fetch_record_batch()
    with pq.ParquetWriter(target, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def gathering(*, unit_path: str, mark: Mark | None) -> tuple[str, ...]:
    """Người có thay đổi: who of which employer is looked at again, read once into a table of this session.

    What was written is found by its own index, before anybody asks whose it is. What joins the table needs
    its size: without ANALYZE the planner takes it for a thousand rows.
    """
    changed = "declaration_id IS NOT NULL" if mark is None else mark.unread("t.written")
    went = f"""
                UNION ALL SELECT employer_id, person_id FROM {PARTICIPATION_TAKEN_BACK} t
                WHERE scheme = 1 AND {changed}"""
    taken_back = went if mark else ""
    return (
        f"""
        CREATE TEMP TABLE {DIRTY} ON COMMIT DROP AS
            WITH changed AS MATERIALIZED (
                SELECT employer_id, person_id FROM {PARTICIPATION} t WHERE scheme = 1 AND {changed}
                UNION ALL SELECT employer_id, person_id FROM {WORK_MONTH} t WHERE {changed}{taken_back}
            )
            SELECT DISTINCT employer_id, person_id FROM changed
            WHERE employer_id IN ({employers_below(f"'{unit_path}%'")})""",
        f"ANALYZE {DIRTY}",
    )


def queries(*, unit_id: int, unit_path: str, month: Month) -> dict[str, str]:
    """The inputs by name, once `gathering` is done. Only integers and a path of ids enter the text."""
    m, first, last = month.index, month.first_day.isoformat(), month.last_day.isoformat()
    ours = employers_below(f"'{unit_path}%'")
    key = "t.employer_id, t.person_id, t.for_month"
    books = f"t.unit_id = {unit_id}"

    def sums(names: tuple[str, ...]) -> str:
        return each("sum(t.{})::bigint AS {}", names)

    def of_month(table: str) -> str:
        return f"FROM collection_{table} t WHERE {books} AND t.month = {m} AND t.employer_id IN ({ours})"

    return {
        "employer": f"""
            SELECT e.id AS employer_id, e.office_id, e.region, e.cycle, e.budget, e.low_injury_rate,
                   coalesce((SELECT s.state = 'not_evasion' FROM {EMPLOYER_STATUS} s
                     WHERE s.employer_id = e.id AND s.valid_from <= '{last}'
                       AND (s.valid_to IS NULL OR s.valid_to >= '{last}')), FALSE) AS excused,
                   (SELECT max(u.issued_on) FROM collection_urge u
                     WHERE u.employer_id = e.id AND u.issued_on <= '{last}') AS urged_on
            FROM {EMPLOYER} e WHERE e.id IN ({ours})""",
        "stopped": f"""
            SELECT employer_id, state,
                   (extract(year FROM valid_from) * 12 + extract(month FROM valid_from) - 1
                     + CASE WHEN extract(day FROM valid_from) > 1 THEN 1 ELSE 0 END)::int AS from_month,
                   coalesce(
                     (extract(year FROM valid_to) * 12 + extract(month FROM valid_to) - 1)::int, 100000
                   ) AS to_month
            FROM {EMPLOYER_STATUS} s
            WHERE state NOT IN ('active', 'not_evasion', 'in_bankruptcy', 'dissolving')
              AND employer_id IN ({ours})""",
        "span": f"""
            SELECT {SPAN}, declaration_id IS NOT NULL AS declared,
                   from_month <= {m} AND (to_month IS NULL OR to_month >= {m}) AS active,
                   d.person_id IS NOT NULL AS dirty
            FROM {PARTICIPATION} p LEFT JOIN {DIRTY} d USING (employer_id, person_id)
            WHERE scheme = 1 AND employer_id IN ({ours}) AND from_month <= {m}
              AND ((to_month IS NULL OR to_month >= {m}) OR d.person_id IS NOT NULL)""",
        "dirty": f"SELECT employer_id, person_id FROM {DIRTY}",
        "work_month": f"""
            SELECT employer_id, person_id, month, unpaid_days, sick_days, maternity_days, agreed, first_month
            FROM {WORK_MONTH} w WHERE month <= {m} AND employer_id IN ({ours})""",
        "posted": f"""
            SELECT {key}, {sums(DUE)}, bool_or(t.counted) AS counted FROM collection_due t
            WHERE {books} AND t.month = {m} AND t.for_month = {m} AND t.employer_id IN ({ours}) GROUP BY {key}
            UNION ALL
            SELECT {key}, {sums(DUE)}, bool_or(t.counted) FROM collection_due t
            JOIN {DIRTY} USING (employer_id, person_id)
            WHERE {books} AND t.month = ANY(ARRAY(
                SELECT month FROM {PERIOD} p WHERE p.unit_id = {unit_id} AND month <= {m}))
              AND t.for_month < {m} GROUP BY {key}""",
        "due_month": f"SELECT {key}, {sums(FUNDS)} {of_month('due')} GROUP BY {key}",
        "charge_month": f"SELECT {key}, t.state, {sums(FUNDS)} {of_month('charge')} GROUP BY {key}, t.state",
        "allocation_month": f"SELECT {key}, {sums(CLOSING)} {of_month('allocation')} GROUP BY {key}",
        "open_month": f"""
            SELECT {key}, (array_agg(t.state ORDER BY t.id DESC))[1] AS state, {sums(CLOSING)}
            {of_month("openitem")} GROUP BY {key}""",
        "open_before": f"""
            SELECT {key}, (array_agg(t.state ORDER BY t.id DESC))[1] AS state,
                   (array_agg(t.days_late ORDER BY t.id DESC))[1] AS days_late, {sums(CLOSING)}
            FROM collection_openitem t WHERE {books} AND t.month = {m - 1} AND t.employer_id IN ({ours})
            GROUP BY {key} HAVING {each("sum(t.{}) <> 0", CLOSING, " OR ")}""",
        "surplus": f"""
            SELECT f.id AS employer_id, coalesce(-b.closing, 0) AS before, coalesce(r.refunds, 0) AS refunds
            FROM ({ours}) f
            LEFT JOIN LATERAL (
                SELECT closing FROM {BALANCE} s
                WHERE unit_id = {unit_id} AND party_id = f.id AND account = '338.surplus' AND month < {m}
                ORDER BY month DESC LIMIT 1) b ON TRUE
            LEFT JOIN (
                SELECT l.party_id, -sum(l.amount)::bigint AS refunds
                FROM {ENTRY} e JOIN {LINE} l ON l.entry_id = e.id
                WHERE e.unit_id = {unit_id} AND e.month = {m} AND e.kind = 'refund'
                  AND l.account_id = '338.surplus'
                GROUP BY l.party_id) r ON r.party_id = f.id
            WHERE b.closing <> 0 OR r.refunds <> 0""",
        "receipt": f"""
            SELECT employer_id, greatest(value_on, '{first}') AS paid_on, sum(amount)::bigint AS amount
            FROM collection_receipt t
            WHERE {books} AND matched_month = {m} AND state = 'matched' AND employer_id IN ({ours})
            GROUP BY 1, 2""",
        "priority": f"""
            SELECT DISTINCT employer_id, person_id FROM collection_priorityflag
            WHERE from_month <= {m} AND employer_id IN ({ours})""",
        "workers_before": f"""
            SELECT DISTINCT ON (employer_id) employer_id, coalesce(rows->>'Đ.1', '[0,0,0,0,0,0]') AS cells
            FROM collection_statement t WHERE {books} AND month = {m - 1} AND employer_id IN ({ours})
            ORDER BY employer_id, version DESC""",
        "statement_month": f"""
            SELECT DISTINCT ON (employer_id) employer_id, version, digest FROM collection_statement t
            WHERE {books} AND month = {m} AND employer_id IN ({ours}) ORDER BY employer_id, version DESC""",
    }
