"""Ghi sổ kết quả: a run's differences go into the record in one transaction, by COPY."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import duckdb
import psycopg
import pyarrow as pa
from django.utils.translation import gettext_lazy as _
from pyarrow import csv

from ansinh.collection.month.compute import OUTPUTS
from ansinh.collection.month.statement import FIGURES
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.relations import ENTRY

TABLES = {
    "due_delta": "collection_due",
    "charge_delta": "collection_charge",
    "allocation_delta": "collection_allocation",
    "closing_delta": "collection_openitem",
}
WRITTEN = {
    "collection_due": _("Số phải thu (C69a)"),
    "collection_charge": _("Xử lý chậm đóng, trốn đóng"),
    "collection_allocation": _("Phân bổ (C83a)"),
    "collection_openitem": _("Số còn thiếu cuối kỳ"),
    "collection_statement": _("Thông báo C12"),
    ENTRY.name: _("Bút toán sổ cái"),
}
"""What a run tells of, by table, in words."""
BATCH = 50_000  # rows of a COPY made at once
STATEMENT = ("employer_id", "version", *FIGURES, "rows", "digest")


def write(
    cursor: psycopg.Cursor,
    con: duckdb.DuckDBPyConnection,
    *,
    run_id: int,
    unit_id: int,
    month: Month,
    report: Callable[[str, int], None],
) -> dict[str, int]:
    """Copy the computed differences; the caller's transaction makes them one event. Returns rows by table."""
    counts = {}
    for source, target in TABLES.items():
        columns = OUTPUTS[source]
        order = "employer_id, person_id, for_month"
        counts[target] = copy(
            cursor,
            con,
            f"SELECT {run_id}, {unit_id}, {month.index}, {', '.join(columns)} FROM {source} ORDER BY {order}",
            target,
            ("run_id", "unit_id", "month", *columns),
        )
        report(target, counts[target])
    counts["collection_statement"] = copy(
        cursor,
        con,
        f"SELECT {run_id}, {unit_id}, {month.index}, {', '.join(STATEMENT)} FROM statement_row "
        "ORDER BY employer_id",
        "collection_statement",
        ("run_id", "unit_id", "month", *STATEMENT),
    )
    report("collection_statement", counts["collection_statement"])
    cursor.execute("""
        CREATE TEMP TABLE staged_posting (
            key text, kind text, unit_id bigint, month int, posted_on date, text text,
            account text, party_id bigint, amount bigint) ON COMMIT DROP""")
    copy(
        cursor,
        con,
        f"""SELECT 'run:{run_id}:' || kind || ':' || employer_id, kind, {unit_id}, {month.index},
                   DATE '{month.last_day}', '', account, employer_id, amount FROM posting""",
        "staged_posting",
        ("key", "kind", "unit_id", "month", "posted_on", "text", "account", "party_id", "amount"),
    )
    counts[ENTRY.name] = ledger.post_columns(cursor, "staged_posting")
    report(ENTRY.name, counts[ENTRY.name])
    return counts


def copy(
    cursor: psycopg.Cursor, con: duckdb.DuckDBPyConnection, select: str, table: str, columns: Sequence[str]
) -> int:
    """Stream a DuckDB query into a Postgres table as CSV text; returns the rows copied.

    The next rows are made while the server writes these.
    """
    names = ", ".join(f'"{c}"' for c in columns)
    rows = 0
    reader = con.sql(select).to_arrow_reader(BATCH)
    with (
        ThreadPoolExecutor(1, "rows-ahead") as ahead,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as out,
    ):
        coming = ahead.submit(_next, reader)
        while (made := coming.result())[0]:
            coming = ahead.submit(_next, reader)
            rows += made[0]
            out.write(made[1])
    return rows


def _next(reader: pa.RecordBatchReader) -> tuple[int, bytes]:
    """How many rows, and their text; 0 at the end."""
    try:
        batch = reader.read_next_batch()
        while not batch.num_rows:
            batch = reader.read_next_batch()
    except StopIteration:
        return 0, b""
    sink = pa.BufferOutputStream()
    csv.write_csv(batch, sink, csv.WriteOptions(include_header=False))
    return batch.num_rows, sink.getvalue().to_pybytes()
