"""A month on the desk: the run's input tables laid out by hand, so that a worked example can be computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from unittest.mock import patch

import duckdb

from ansinh.collection.month import compute, terms
from ansinh.collection.month.columns import CLOSING, FUNDS
from ansinh.kernel.months import Month

KEY = ("employer_id", "person_id", "for_month")
ZERO = dict.fromkeys(CLOSING, 0)


@dataclass
class Desk:
    """One employer's month. Amounts by fund in dong; months as Month."""

    month: Month
    cycle: int = 1
    urged_on: date | None = None
    excused: bool = False
    owed: list[dict] = field(default_factory=list)
    dues: list[dict] = field(default_factory=list)
    receipts: list[tuple[date, int]] = field(default_factory=list)
    surplus: int = 0
    active: set[int] = field(default_factory=set)
    priority: set[int] = field(default_factory=set)
    monthly: dict[str, Fraction] | None = None

    def settle(self) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        wide = ", ".join(f"{c} BIGINT" for c in CLOSING)
        funds = ", ".join(f"{c} BIGINT" for c in FUNDS)
        key = "employer_id BIGINT, person_id BIGINT, for_month INTEGER"
        con.execute(
            "CREATE TABLE employer (employer_id BIGINT, cycle INTEGER, excused BOOLEAN, urged_on DATE)"
        )
        con.execute("INSERT INTO employer VALUES (1, ?, ?, ?)", [self.cycle, self.excused, self.urged_on])
        con.execute(f"CREATE TABLE open_before ({key}, state SMALLINT, days_late INTEGER, {wide})")
        con.execute(f"CREATE TABLE due_delta ({key}, {funds})")
        con.execute(f"CREATE TABLE due_month ({key}, {funds})")
        con.execute(f"CREATE TABLE charge_month ({key}, state SMALLINT, {funds})")
        con.execute(f"CREATE TABLE allocation_month ({key}, {wide})")
        con.execute(f"CREATE TABLE open_month ({key}, state SMALLINT, {wide})")
        con.execute("CREATE TABLE surplus (employer_id BIGINT, before BIGINT, refunds BIGINT)")
        con.execute("INSERT INTO surplus VALUES (1, ?, 0)", [self.surplus])
        con.execute("CREATE TABLE receipt (employer_id BIGINT, paid_on DATE, amount BIGINT)")
        con.execute("CREATE TABLE priority (employer_id BIGINT, person_id BIGINT)")
        con.execute("CREATE TABLE active (employer_id BIGINT, person_id BIGINT)")
        con.execute(
            """CREATE TABLE present (employer_id BIGINT, person_id BIGINT, si_base BIGINT, hi_base BIGINT,
                 ui_base BIGINT, wi_base BIGINT)"""
        )
        con.execute("CREATE TABLE workers_before (employer_id BIGINT, cells VARCHAR)")
        con.execute("CREATE TABLE statement_month (employer_id BIGINT, version SMALLINT, digest VARCHAR)")
        for row in self.owed:
            full = {**ZERO, **row}
            con.execute(
                f"INSERT INTO open_before VALUES (1, ?, ?, ?, ?, {', '.join('?' * len(CLOSING))})",
                [
                    row["person"],
                    row["month"].index,
                    row.get("state", 1),
                    row.get("days_late", 0),
                    *(full[c] for c in CLOSING),
                ],
            )
        for row in self.dues:
            con.execute(
                f"INSERT INTO due_delta VALUES (1, ?, ?, {', '.join('?' * len(FUNDS))})",
                [row["person"], row["month"].index, *(row.get(f, 0) for f in FUNDS)],
            )
        for day, amount in self.receipts:
            con.execute("INSERT INTO receipt VALUES (1, ?, ?)", [day, amount])
        for person in self.priority:
            con.execute("INSERT INTO priority VALUES (1, ?)", [person])
        for person in self.active:
            con.execute("INSERT INTO active VALUES (1, ?)", [person])
        with patch.object(compute, "forget"):  # a test looks at what a run has done with
            compute.settle(
                con, month=self.month, terms=terms.of(self.month, self.monthly), report=lambda *_: None
            )
        return con


def total(con: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...], where: str = "TRUE") -> int:
    """Sum of the columns over the rows."""
    return int(
        con.execute(f"SELECT coalesce(sum({' + '.join(columns)}), 0) FROM {table} WHERE {where}").fetchone()[
            0
        ]
    )
