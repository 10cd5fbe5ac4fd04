"""Phân bổ: money of a month given to people's months, fund by fund, and the charges for what came late.

Item = (employer, person, month it is for, fund, part). Parts, in the order money reaches them within a fund:
0 principal brought forward, 1 principal of this month's posting, 2 late charge, 3 evasion charge.
Money and items of an employer lie on one line each, by cumulated dong; where the two overlap, that money on
that day pays that item. So a month is one set-based pass, whatever the number of payments.

Only where the order of paying matters are there rows for every fund and part (`owed`, `line`): employers who
cannot pay everything, or whose days of payment bear on a charge. All others pay all or nothing, in one row.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import duckdb

from ansinh.collection.month.columns import (
    ALLOCATION_RANK,
    CLOSING,
    EVADED,
    FUND_NUMBER,
    FUNDS,
    LATE,
    added,
    each,
    funds_when,
)
from ansinh.collection.month.terms import Terms, urged

KEY = "employer_id, person_id, for_month"
MONTHS, PEOPLE = 2**16, 2**37
"""What fits into a seat: months (year 5461), and numbers of people."""
SEAT = """(((f.person_id IS NULL)::BIGINT << 62) | (rank::BIGINT << 59) | ((part >= 2)::BIGINT << 58)
    | (o.for_month::BIGINT << 42) | (o.person_id << 5) | (fund::BIGINT << 2) | part::BIGINT)"""
"""Chỗ trong hàng: where a part stands in its employer's line, as one number that sorts as it is paid: those
paid first, the fund's rank, charges after principal, the month, the person; fund and part tell apart."""
SEATED = f"""(seat >> 5) % {PEOPLE} AS person_id, ((seat >> 42) % {MONTHS})::INTEGER AS for_month,
    ((seat >> 2) % 8)::TINYINT AS fund, (seat % 4)::TINYINT AS part"""
"""The same, read back."""


def items(con: duckdb.DuckDBPyConnection, *, month: int, terms: Terms) -> None:
    """Make `item`: brought forward, new, released and charges of a person's month; and who comes `first`."""
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
    """Make `line` for the employers where order matters: each item part, what it got and its place."""
    _seats_suffice(con)
    parts = (*each("before_{}").split(", "), *each("new_{}").split(", "), *LATE, *EVADED)
    principal = each("before_{} > 0 OR new_{} > 0", FUNDS, " OR ")
    con.execute(f"""
        CREATE OR REPLACE TABLE contested AS
        SELECT employer_id FROM (SELECT employer_id, sum({added(parts)}) AS owed FROM item GROUP BY 1) o
        JOIN purse p USING (employer_id) WHERE p.cash BETWEEN 1 AND o.owed - 1
        UNION
        SELECT employer_id FROM item JOIN employer USING (employer_id)
        WHERE {terms.due_on} < {terms.end} AND ({principal})
        UNION
        SELECT employer_id FROM interest""")
    owed = funds_when(
        lambda f: (
            f"""
        SELECT {KEY}, {FUND_NUMBER[f]}::TINYINT AS fund, {ALLOCATION_RANK[f]}::TINYINT AS rank, unnest([
            {{'part': 0::TINYINT, 'amount': before_{f}}}, {{'part': 1::TINYINT, 'amount': new_{f}}},
            {{'part': 2::TINYINT, 'amount': late_{f} + coalesce(x.amount, 0)}},
            {{'part': 3::TINYINT, 'amount': evaded_{f}}}], recursive := true)
        FROM disputed LEFT JOIN (SELECT * FROM interest WHERE fund = {FUND_NUMBER[f]}) x USING ({KEY})"""
        )
    )
    con.execute(f"""
        CREATE OR REPLACE TABLE line AS
        WITH disputed AS (
            SELECT * FROM item SEMI JOIN contested USING (employer_id)
        ), owed AS ({owed}
        ), seated AS (
            SELECT employer_id, {SEAT} AS seat, amount
            FROM owed o LEFT JOIN first f USING (employer_id, person_id) WHERE amount > 0
        ), placed AS (
            SELECT *, (sum(amount) OVER w - amount)::BIGINT AS place FROM seated
            WINDOW w AS (PARTITION BY employer_id ORDER BY seat ROWS UNBOUNDED PRECEDING)
        )
        SELECT employer_id, {SEATED}, amount,
               greatest(least(coalesce(p.cash, 0) - place, amount), 0) AS got, place
        FROM placed LEFT JOIN purse p USING (employer_id)""")


def _seats_suffice(con: duckdb.DuckDBPyConnection) -> None:
    """Raise OverflowError where a person or a month is beyond what a seat holds: two might share one."""
    person, least, month = con.execute(
        "SELECT coalesce(max(person_id), 0), coalesce(min(least(person_id, for_month)), 0), "
        "coalesce(max(for_month), 0) FROM item"
    ).fetchall()[0]
    if person >= PEOPLE or month >= MONTHS or least < 0:
        raise OverflowError(f"person {person} or month {month} is beyond what a seat holds")


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
    rank = " ".join(f"WHEN {FUND_NUMBER[f]} THEN {r}" for f, r in ALLOCATION_RANK.items())
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
        return f"coalesce(sum(got) FILTER (WHERE fund = {FUND_NUMBER[fund]} AND {parts}), 0)::BIGINT"

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
        ) GROUP BY {KEY}
        UNION ALL
        SELECT {KEY}, {each("before_{} + new_{}")}, {each("{}", (*LATE, *EVADED))}
        FROM item ANTI JOIN contested USING (employer_id) JOIN purse p USING (employer_id)
        WHERE p.cash > 0 AND ({each("before_{} > 0 OR new_{} > 0", FUNDS, " OR ")}
           OR {each("{} > 0", (*LATE, *EVADED), " OR ")})""")
    con.execute(f"""
        CREATE OR REPLACE TABLE spent AS
        SELECT employer_id, sum({added(CLOSING)})::BIGINT AS got FROM paid GROUP BY employer_id""")
    con.execute(f"""
        CREATE OR REPLACE TABLE allocation AS
        SELECT {KEY}, {each("(coalesce(p.{}, 0) - i.released_{})::BIGINT AS {}")},
               {each("coalesce(p.late_{}, 0)::BIGINT AS late_{}")},
               {each("coalesce(p.evaded_{}, 0)::BIGINT AS evaded_{}")}
        FROM item i LEFT JOIN paid p USING ({KEY})
        WHERE p.employer_id IS NOT NULL OR {each("i.released_{} <> 0", FUNDS, " OR ")}""")

    def charged(column: str, name: str) -> str:
        return ", ".join(
            f"coalesce(sum({column}) FILTER (WHERE fund = {FUND_NUMBER[f]}), 0)::BIGINT AS {name}{f}"
            for f in FUNDS
        )

    con.execute(f"""
        CREATE OR REPLACE TABLE charge AS
        SELECT {KEY}, state, max(days)::INTEGER AS days, {charged("amount", "")},
               {charged("back", "back_")} FROM charged WHERE amount > 0
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
    none = f"SELECT {KEY}, NULL::TINYINT AS fund, 0::BIGINT AS amount FROM item WHERE FALSE"
    if terms.daily:
        return none
    return funds_when(
        lambda f: (
            f"""
        SELECT {KEY}, {FUND_NUMBER[f]}::TINYINT AS fund, {terms.interest(f"before_{f}", f)}::BIGINT AS amount
        FROM item JOIN employer e USING (employer_id)
        WHERE before_{f} > 0 AND for_month <= {month} - 1 - e.cycle"""
        )
    )
