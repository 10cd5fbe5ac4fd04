"""Tính tháng: from the frozen files to everything the run will post. Pure: same files, same figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from ansinh.collection.month import allocation, dues, statement
from ansinh.collection.month.columns import BASES, CLOSING, FUNDS, each
from ansinh.collection.month.terms import Terms
from ansinh.kernel.months import Month

INPUTS = (
    "employer",
    "stopped",
    "span",
    "dirty",
    "work_month",
    "posted",
    "due_month",
    "charge_month",
    "allocation_month",
    "open_month",
    "open_before",
    "surplus",
    "receipt",
    "priority",
    "workers_before",
    "statement_month",
)
KEY = allocation.KEY
AT_ONCE = 1_000_000
"""Spans of a part: what much more of them come to on the way would be spilled, and read back."""


def open_inputs(folder: Path, *, memory: str = "1400MB") -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with the frozen files as views; spills into the run's folder."""
    con = duckdb.connect(
        config={"memory_limit": memory, "threads": 2, "temp_directory": str(folder / "spill")}
    )
    con.execute("SET preserve_insertion_order = false")
    for name in INPUTS:
        con.execute(f"CREATE VIEW whole_{name} AS SELECT * FROM read_parquet('{folder / name}.parquet')")
    _look_at(con, 0, 1)
    con.execute("CREATE VIEW active AS SELECT DISTINCT employer_id, person_id FROM span WHERE active")
    return con


def compute(
    con: duckdb.DuckDBPyConnection,
    *,
    month: Month,
    books_start: int,
    terms: Terms,
    report: Callable[[str, int], None],
) -> None:
    """Fill `due_delta`, `charge_delta`, `allocation_delta`, `closing_delta`, `posting`, `statement_row`.

    Nothing of one employer asks for anything of another: many are computed a part of the employers at a time.
    """
    parts = -(-_count(con, "whole_span") // AT_ONCE) or 1
    for part in range(parts):
        _look_at(con, part, parts)
        report("dues", dues.compute(con, month=month.index, books_start=books_start))
        settle(con, month=month, terms=terms, report=report)
        if parts > 1:
            _put_aside(con)
    if parts > 1:
        for table in RESULTS:
            con.execute(f"ALTER TABLE whole_{table} RENAME TO {table}")


def _look_at(con: duckdb.DuckDBPyConnection, part: int, parts: int) -> None:
    """Let the inputs be those of one part of the employers."""
    which = f" WHERE employer_id % {parts} = {part}" if parts > 1 else ""
    for name in INPUTS:
        con.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM whole_{name}{which}")


def _put_aside(con: duckdb.DuckDBPyConnection) -> None:
    """Add what a part came to to that of the parts before it."""
    for table in RESULTS:
        con.execute(f"CREATE TABLE IF NOT EXISTS whole_{table} AS SELECT * FROM {table} LIMIT 0")
        con.execute(f"INSERT INTO whole_{table} SELECT * FROM {table}")
        forget(con, table)


def settle(
    con: duckdb.DuckDBPyConnection, *, month: Month, terms: Terms, report: Callable[[str, int], None]
) -> None:
    """The part after the dues: needs `due_delta` and `present` and the views of the inputs.

    A table is dropped once nothing reads it any more: what is dead would be spilled, and read back, like
    what lives.
    """
    allocation.items(con, month=month.index, terms=terms)
    allocation.money(con, first_day=month.first_day)
    allocation.allocate(con, terms=terms)
    allocation.charge(con, terms=terms)
    forget(con, "delay")
    allocation.spend_rest(con, terms=terms)
    allocation.close(con, terms=terms)
    report("allocation", _count(con, "allocation"))
    report("charges", _count(con, "charge"))
    forget(con, "item", "line", "late_line", "charged", "paid", "first", "stretch", "money", "interest")
    statement.build(con, month=month.index)
    report("statements", _count(con, "statement_row"))
    forget(con, "form_row", "present", "new_due", "purse", "spent")
    _deltas(con)
    _posting(con)


def forget(con: duckdb.DuckDBPyConnection, *tables: str) -> None:
    """Drop tables that were read for the last time."""
    for table in tables:
        con.execute(f"DROP TABLE IF EXISTS {table}")


def _deltas(con: duckdb.DuckDBPyConnection) -> None:
    """Differences to what earlier runs of the month posted; the whole is dropped as soon as it is told."""
    con.execute(f"""
        CREATE OR REPLACE TABLE charge_delta AS
        SELECT {KEY}, state, coalesce(n.days, 0) AS days,
               {each("(coalesce(n.{}, 0) - coalesce(o.{}, 0))::BIGINT AS {}")}
        FROM charge n FULL JOIN charge_month o USING ({KEY}, state)
        WHERE {each("coalesce(n.{}, 0) <> coalesce(o.{}, 0)", FUNDS, " OR ")}""")
    forget(con, "charge")
    con.execute(f"""
        CREATE OR REPLACE TABLE allocation_delta AS
        SELECT {KEY}, {each("(coalesce(n.{}, 0) - coalesce(o.{}, 0))::BIGINT AS {}", CLOSING)}
        FROM allocation n FULL JOIN allocation_month o USING ({KEY})
        WHERE {each("coalesce(n.{}, 0) <> coalesce(o.{}, 0)", CLOSING, " OR ")}""")
    forget(con, "allocation")
    con.execute(f"""
        CREATE OR REPLACE TABLE closing_delta AS
        SELECT {KEY}, coalesce(n.state, 0)::SMALLINT AS state, coalesce(n.days_late, 0) AS days_late,
               {each("(coalesce(n.{}, 0) - coalesce(o.{}, 0))::BIGINT AS {}", CLOSING)}
        FROM closing n FULL JOIN open_month o USING ({KEY})
        WHERE {each("coalesce(n.{}, 0) <> coalesce(o.{}, 0)", CLOSING, " OR ")}
           OR (n.employer_id IS NOT NULL AND n.state <> o.state)""")
    forget(con, "closing")


def _posting(con: duckdb.DuckDBPyConnection) -> None:
    """Ledger lines of the differences: dues and charges become receivable, allocation settles them."""
    parts = []
    for f in FUNDS:
        parts += [
            f"SELECT 'due', employer_id, '131.{f}', sum({f}) FROM due_delta GROUP BY 2",
            f"SELECT 'due', employer_id, '531.{f}', -sum({f}) FROM due_delta GROUP BY 2",
            f"SELECT 'charge', employer_id, '132.{f}', sum({f}) FROM charge_delta GROUP BY 2",
            f"SELECT 'charge', employer_id, '532.{f}', -sum({f}) FROM charge_delta GROUP BY 2",
            f"SELECT 'allocation', employer_id, '131.{f}', -sum({f}) FROM allocation_delta GROUP BY 2",
        ]
        parts += [
            f"SELECT 'allocation', employer_id, '132.{f}', -sum({kind}_{f}) FROM allocation_delta GROUP BY 2"
            for kind in ("late", "evaded")
        ]
    everything = " + ".join(CLOSING)
    parts.append(
        f"SELECT 'allocation', employer_id, '338.surplus', sum({everything}) FROM allocation_delta GROUP BY 2"
    )
    con.execute(
        "CREATE OR REPLACE TABLE posting AS "
        "SELECT kind, employer_id, account, amount::BIGINT AS amount FROM ("
        + " UNION ALL ".join(parts)
        + ") t(kind, employer_id, account, amount) WHERE amount <> 0"
    )


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


OUTPUTS: dict[str, tuple[str, ...]] = {
    "due_delta": ("for_month", "employer_id", "person_id", "kind", "counted", *BASES, *FUNDS, "worker_total"),
    "charge_delta": ("for_month", "employer_id", "person_id", "state", "days", *FUNDS),
    "allocation_delta": ("for_month", "employer_id", "person_id", *CLOSING),
    "closing_delta": ("for_month", "employer_id", "person_id", "state", "days_late", *CLOSING),
}
RESULTS = (*OUTPUTS, "posting", "statement_row")
