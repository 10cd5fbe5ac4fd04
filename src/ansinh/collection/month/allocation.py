"""Phân bổ: money of a month given to people's months, fund by fund, and the charges for what came late.

Item = (employer, person, month it is for, fund, part). Parts, in the order money reaches them within a fund:
0 principal brought forward, 1 principal of this month's posting, 2 late charge, 3 evasion charge.
Money and items of an employer lie on one line each, by cumulated dong; where the two overlap, that money on
that day pays that item. So a month is one set-based pass, whatever the number of payments.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import duckdb

from ansinh.collection.month.columns import ALLOCATION_RANK, CLOSING, EVADED, FUNDS, LATE, each, funds_when
from ansinh.collection.month.terms import Terms, urged

KEY = "employer_id, person_id, for_month"


def items(con: duckdb.DuckDBPyConnection, *, month: int, terms: Terms) -> None:
    """Make `item` (wide: brought forward, new, released, charges) and `owed` (long, one row a part)."""
    con.execute(f"""
        CREATE OR REPLACE TABLE new_due AS
        SELECT {KEY}, {each("sum({})::BIGINT AS {}")} FROM (
            SELECT {KEY}, {each("{}")} FROM due_month UNION ALL SELECT {KEY}, {each("{}")} FROM due_delta
        ) GROUP BY {KEY}""")
    # a decrease first eats what is still owed for that month; what was already paid for it is released
    con.execute(f"""
        CREATE OR REPLACE TABLE item AS
        SELECT {KEY},
               {each("greatest(coalesce(b.{}, 0) + least(coalesce(n.{}, 0), 0), 0)::BIGINT AS before_{}")},
               {each("greatest(coalesce(n.{}, 0), 0)::BIGINT AS new_{}")},
               {each("greatest(-coalesce(b.{}, 0) - least(coalesce(n.{}, 0), 0), 0)::BIGINT AS released_{}")},
               {each("coalesce(b.{}, 0)::BIGINT AS {}", (*LATE, *EVADED))}
        FROM open_before b FULL JOIN new_due n USING ({KEY})""")
    con.execute("""
        CREATE OR REPLACE TABLE first AS
        SELECT DISTINCT employer_id, person_id FROM priority
        UNION
        SELECT DISTINCT i.employer_id, i.person_id FROM item i
        WHERE NOT EXISTS (SELECT 1 FROM active a
                          WHERE a.employer_id = i.employer_id AND a.person_id = i.person_id)""")
    monthly = _monthly_interest(terms, month)
    con.execute(f"CREATE OR REPLACE TABLE interest AS {monthly}")
    con.execute(
        "CREATE OR REPLACE TABLE owed AS SELECT * FROM ("
        + funds_when(
            lambda f: (
                f"""
            SELECT {KEY}, '{f}' AS fund, {ALLOCATION_RANK[f]}::TINYINT AS rank, unnest([
                {{'part': 0::TINYINT, 'amount': before_{f}}}, {{'part': 1::TINYINT, 'amount': new_{f}}},
                {{'part': 2::TINYINT, 'amount': late_{f} + coalesce(x.amount, 0)}},
                {{'part': 3::TINYINT, 'amount': evaded_{f}}}], recursive := true)
            FROM item LEFT JOIN (SELECT * FROM interest WHERE fund = '{f}') x USING ({KEY})"""
            )
        )
        + ") WHERE amount > 0"
    )


def money(con: duckdb.DuckDBPyConnection, *, first_day: date) -> None:
    """Make `money`: what each employer can spend, by day, as intervals of cumulated dong."""
    released = each("released_{}", FUNDS, " + ")
    con.execute(f"""
        CREATE OR REPLACE TABLE money AS
        WITH event AS (
            SELECT employer_id, DATE '{first_day}' AS paid_on, before + refunds AS amount FROM surplus
            UNION ALL
            SELECT employer_id, DATE '{first_day}', sum({released})::BIGINT FROM item GROUP BY 1
            UNION ALL SELECT employer_id, paid_on::DATE, amount FROM receipt
        ), day AS (
            SELECT employer_id, paid_on, sum(amount)::BIGINT AS amount FROM event GROUP BY 1, 2
        )
        SELECT *, (sum(amount) OVER w)::BIGINT AS upto, (sum(amount) OVER w - amount)::BIGINT AS from_
        FROM day WHERE amount <> 0
        WINDOW w AS (PARTITION BY employer_id ORDER BY paid_on)""")
    con.execute("""
        CREATE OR REPLACE TABLE purse AS
        SELECT employer_id, greatest(sum(amount), 0)::BIGINT AS cash FROM money GROUP BY 1""")


def allocate(con: duckdb.DuckDBPyConnection, *, terms: Terms) -> None:
    """Make `line` (each item part with the dong it got and its place on the employer's line)."""
    # Only where money is short, or payment days bear on a charge, does the order matter: the rest is direct.
    con.execute(f"""
        CREATE OR REPLACE TABLE contested AS
        SELECT employer_id FROM (SELECT employer_id, sum(amount) AS owed FROM owed GROUP BY 1) o
        LEFT JOIN purse p USING (employer_id)
        WHERE coalesce(p.cash, 0) BETWEEN 1 AND o.owed - 1
        UNION
        SELECT DISTINCT employer_id FROM owed JOIN employer USING (employer_id)
        WHERE part <= 1 AND {terms.due_on} < {terms.end}""")
    con.execute(f"""
        CREATE OR REPLACE TABLE line AS
        SELECT {KEY}, fund, part, amount,
               CASE WHEN coalesce(p.cash, 0) > 0 THEN amount ELSE 0 END AS got, 0::BIGINT AS place
        FROM owed LEFT JOIN purse p USING (employer_id)
        WHERE employer_id NOT IN (SELECT employer_id FROM contested)
        UNION ALL
        SELECT {KEY}, fund, part, amount, greatest(least(coalesce(p.cash, 0) - place, amount), 0), place
        FROM (
            SELECT o.*, (sum(o.amount) OVER w - o.amount)::BIGINT AS place
            FROM owed o LEFT JOIN first f USING (employer_id, person_id)
            WHERE o.employer_id IN (SELECT employer_id FROM contested)
            WINDOW w AS (PARTITION BY o.employer_id ORDER BY
                (f.person_id IS NULL), rank, part >= 2, for_month, o.person_id, fund, part
                ROWS UNBOUNDED PRECEDING)
        ) LEFT JOIN purse p USING (employer_id)""")


def charge(con: duckdb.DuckDBPyConnection, *, terms: Terms) -> None:
    """Make `charged`: what the month's days of delay cost, by person's month, fund, state (1 late, 2 evaded).

    Each part of an item is charged to the day it was paid, the rest to the end of the month. The charge of
    an employer's month and fund is rounded once and shared out by largest remainder: people, and in a person
    what was brought forward and what was posted now, add up to it. `back` is the share of the principal
    posted now, the charge of a back-payment.
    """
    if not terms.daily:
        con.execute(f"""
            CREATE OR REPLACE TABLE charged AS
            SELECT {KEY}, fund, 1::SMALLINT AS state, amount, 0::BIGINT AS back, 0 AS days
            FROM interest WHERE amount > 0""")
        return
    standing = terms.standing("due_on", "urged", "excused", day="end_on")

    def days(kind: Literal["late", "evaded"]) -> str:
        return terms.days(kind, "due_on", "standing", day="end_on", charged_to="charged_to")

    con.execute(f"""
        CREATE OR REPLACE TABLE delay AS
        WITH dated AS (
            SELECT l.*, {terms.due_on} AS due_on, urged_on, excused
            FROM line l JOIN employer e USING (employer_id) WHERE part <= 1
        ), late AS (
            SELECT * EXCLUDE (urged_on), {urged("urged_on", "due_on")} AS urged,
                   CASE WHEN part = 0 THEN {terms.eve} ELSE due_on END AS charged_to
            FROM dated WHERE due_on < {terms.end}
        ), piece AS (
            SELECT l.*, least(l.place + l.amount, m.upto) - greatest(l.place, m.from_) AS dong,
                   m.paid_on AS end_on
            FROM late l JOIN money m ON m.employer_id = l.employer_id
             AND m.from_ < l.place + l.amount AND m.upto > l.place
            UNION ALL
            SELECT l.*, l.amount - l.got, {terms.end} FROM late l WHERE l.amount > l.got
        ), stood AS (
            SELECT *, {standing} AS standing FROM piece WHERE dong > 0
        )
        SELECT {KEY}, fund, part, unnest([1::SMALLINT, 2::SMALLINT]) AS state, dong,
               unnest([{days("late")}, {days("evaded")}]) AS days
        FROM stood""")
    rate = terms.daily_rate
    con.execute(f"""
        CREATE OR REPLACE TABLE charged AS
        WITH portion AS (
            SELECT {KEY}, fund, state, part, sum(dong * days)::BIGINT AS dong_days, max(days)::INTEGER AS days
            FROM delay WHERE days > 0 GROUP BY ALL
        ), grouped AS (
            SELECT *, (sum(dong_days) OVER g)::BIGINT AS whole_dong_days FROM portion
            WINDOW g AS (PARTITION BY employer_id, for_month, fund, state)
        ), share AS (
            SELECT *, dong_days * {rate.numerator} // {rate.denominator} AS base,
                   dong_days * {rate.numerator} % {rate.denominator} AS rest,
                   {terms.charge("whole_dong_days")} AS whole
            FROM grouped
        ), shared AS (
            SELECT {KEY}, fund, state, part, days, base + CASE WHEN row_number() OVER (
                       PARTITION BY employer_id, for_month, fund, state ORDER BY rest DESC, person_id, part)
                     <= whole - sum(base) OVER (PARTITION BY employer_id, for_month, fund, state)
                   THEN 1 ELSE 0 END AS amount
            FROM share
        )
        SELECT {KEY}, fund, state, max(days) AS days, sum(amount)::BIGINT AS amount,
               coalesce(sum(amount) FILTER (WHERE part = 1), 0)::BIGINT AS back
        FROM shared GROUP BY ALL""")


def spend_rest(con: duckdb.DuckDBPyConnection, *, terms: Terms) -> None:
    """Make `late_line`: money left over pays the charges that arose in the month itself."""
    if not terms.daily:  # monthly interest arose on the first day and was in the items already
        con.execute(
            f"CREATE OR REPLACE TABLE late_line AS SELECT {KEY}, fund, state, 0::BIGINT AS got FROM charged"
        )
        return
    rank = " ".join(f"WHEN '{f}' THEN {r}" for f, r in ALLOCATION_RANK.items())
    con.execute(f"""
        CREATE OR REPLACE TABLE late_line AS
        WITH rest AS (
            SELECT p.employer_id, p.cash - coalesce(g.got, 0) AS left_over FROM purse p
            LEFT JOIN (SELECT employer_id, sum(got) AS got FROM line GROUP BY 1) g USING (employer_id)
        )
        SELECT {KEY}, fund, state, greatest(least(r.left_over - place, c.amount), 0)::BIGINT AS got
        FROM (
            SELECT c.*, sum(c.amount) OVER w - c.amount AS place
            FROM charged c LEFT JOIN first f USING (employer_id, person_id)
            WINDOW w AS (PARTITION BY c.employer_id ORDER BY (f.person_id IS NULL),
                CASE fund {rank} END, for_month, c.person_id, fund, state ROWS UNBOUNDED PRECEDING)
        ) c JOIN rest r USING (employer_id)""")


def close(con: duckdb.DuckDBPyConnection, *, terms: Terms) -> None:
    """Make `allocation`, `charge` and `closing` of the month: wide, whole (not yet differences)."""

    def got(fund: str, parts: str) -> str:
        return f"coalesce(sum(got) FILTER (WHERE fund = '{fund}' AND {parts}), 0)"

    spent = ", ".join(
        [f"{got(f, 'part <= 1')} AS {f}" for f in FUNDS]
        + [f"{got(f, 'part = 2')} AS late_{f}" for f in FUNDS]
        + [f"{got(f, 'part = 3')} AS evaded_{f}" for f in FUNDS]
    )
    con.execute(f"""
        CREATE OR REPLACE TABLE paid AS
        SELECT {KEY}, {spent} FROM (
            SELECT {KEY}, fund, part, got FROM line WHERE got > 0
            UNION ALL SELECT {KEY}, fund, state + 1, got FROM late_line WHERE got > 0
        ) GROUP BY {KEY}""")
    con.execute(f"""
        CREATE OR REPLACE TABLE allocation AS
        SELECT {KEY}, {each("(coalesce(p.{}, 0) - i.released_{})::BIGINT AS {}")},
               {each("coalesce(p.late_{}, 0)::BIGINT AS late_{}")},
               {each("coalesce(p.evaded_{}, 0)::BIGINT AS evaded_{}")}
        FROM item i LEFT JOIN paid p USING ({KEY})
        WHERE p.employer_id IS NOT NULL OR {each("i.released_{} <> 0", FUNDS, " OR ")}""")
    arose = each("coalesce(sum(amount) FILTER (WHERE fund = '{}'), 0)::BIGINT AS {}")
    back = each("coalesce(sum(back) FILTER (WHERE fund = '{}'), 0)::BIGINT AS back_{}")
    con.execute(f"""
        CREATE OR REPLACE TABLE charge AS
        SELECT {KEY}, state, max(days)::INTEGER AS days, {arose}, {back} FROM charged WHERE amount > 0
        GROUP BY {KEY}, state""")

    def left(fund: str) -> str:
        return (
            f"(before_{fund} + new_{fund} - coalesce(p.{fund}, 0))::BIGINT AS {fund}, "
            f"(i.late_{fund} + coalesce(l.{fund}, 0) - coalesce(p.late_{fund}, 0))::BIGINT AS late_{fund}, "
            f"(i.evaded_{fund} + coalesce(v.{fund}, 0) - coalesce(p.evaded_{fund}, 0))::BIGINT "
            f"AS evaded_{fund}"
        )

    con.execute(f"""
        CREATE OR REPLACE TABLE closing AS
        WITH whole AS (
            SELECT {KEY}, {", ".join(left(f) for f in FUNDS)}
            FROM item i LEFT JOIN paid p USING ({KEY})
            LEFT JOIN (SELECT * FROM charge WHERE state = 1) l USING ({KEY})
            LEFT JOIN (SELECT * FROM charge WHERE state = 2) v USING ({KEY})
        ), dated AS (
            SELECT w.*, {terms.due_on} AS due_on, e.urged_on, e.excused
            FROM whole w JOIN employer e USING (employer_id)
            WHERE {each("w.{} <> 0", CLOSING, " OR ")}
        )
        SELECT * EXCLUDE (due_on, urged_on, excused), {terms.state("due_on", "urged_on", "excused")} AS state,
               greatest({terms.end} - due_on, 0)::INTEGER AS days_late
        FROM dated""")


def _monthly_interest(terms: Terms, month: int) -> str:
    """Interest of the law to 2025-06: on day 1, on debts older than the last period, not on interest.

    Which debts are overdue is told item by item here: the clause `interest_base` takes from an employer's
    whole debt the whole that is not yet overdue, which is the same sum where the items add up to it.
    """
    none = f"SELECT {KEY}, NULL::VARCHAR AS fund, 0::BIGINT AS amount FROM item WHERE FALSE"
    if terms.daily:
        return none
    return funds_when(
        lambda f: (
            f"""
        SELECT {KEY}, '{f}' AS fund, {terms.interest(f"before_{f}", f)}::BIGINT AS amount
        FROM item JOIN employer e USING (employer_id)
        WHERE before_{f} > 0 AND for_month <= {month} - 1 - e.cycle"""
        )
    )
