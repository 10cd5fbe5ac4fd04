"""Phân bổ: money of a month given to people's months, fund by fund, and the charges for what came late.

Item = (employer, person, month it is for, fund, part). Parts, in the order money reaches them within a fund:
0 principal brought forward, 1 principal of this month's posting, 2 late charge, 3 evasion charge.
Money and items of an employer lie on one line each, by cumulated dong; where the two overlap, that money on
that day pays that item. So a month is one set-based pass, whatever the number of payments.

The line of an employer is laid out in stretches (`stretch`): those paid first and the others, the funds by
their rank, principal and charges, month by month. A stretch that one day's money covers, or none, needs no
order of its items; only the others, a few of a hundred, are laid out person by person (`line`).
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
STRETCH = "employer_id, later, for_month"
RANKS = tuple(sorted(set(ALLOCATION_RANK.values())))
NONE, WHOLE, APART = 0, 1, 2
"""What a stretch got: nothing, all of it, or to be told item by item."""


def items(con: duckdb.DuckDBPyConnection, *, month: int, terms: Terms) -> None:
    """Make `item` (brought forward, new, released, charges), who comes `first`, and `debt`.

    Debt is the items, with the interest that arose on the first day where the law charges by the month.
    """
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
    added_up = ", ".join(
        f"sum(amount) FILTER (WHERE fund = {n}) AS interest_{f}" for f, n in FUND_NUMBER.items()
    )
    owed = each("(late_{} + coalesce(interest_{}, 0))::BIGINT AS late_{}")
    con.execute(
        "CREATE OR REPLACE VIEW debt AS "
        + (
            "SELECT * FROM item"
            if terms.daily
            else f"""
            SELECT i.* REPLACE ({owed}) FROM item i
            LEFT JOIN (SELECT {KEY}, {added_up} FROM interest GROUP BY {KEY}) x USING ({KEY})"""
        )
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
    """Make `stretch`, with the dong each got, and `line`: the items of those late or told item by item."""

    def of(rank: int, principal: str, charges: str) -> str:
        funds = tuple(f for f in FUNDS if ALLOCATION_RANK[f] == rank)
        return (
            f"sum({each(principal, funds, ' + ')})::BIGINT AS p{rank}, "
            f"sum({each(charges, funds, ' + ')})::BIGINT AS c{rank}"
        )

    bulk = ", ".join(of(rank, "before_{} + new_{}", "late_{} + evaded_{}") for rank in RANKS)
    stretches = "\nUNION ALL\n".join(
        f"SELECT {STRETCH}, {rank}::TINYINT AS rank, {charges} AS charges, {name}{rank} AS amount FROM bulk"
        for rank in RANKS
        for name, charges in (("p", "FALSE"), ("c", "TRUE"))
    )
    con.execute(f"""
        CREATE OR REPLACE TABLE stretch AS
        WITH bulk AS MATERIALIZED (
            SELECT d.employer_id, f.person_id IS NULL AS later, d.for_month, {bulk}
            FROM debt d LEFT JOIN first f USING (employer_id, person_id) GROUP BY ALL
        ), placed AS (
            SELECT *, (sum(amount) OVER w - amount)::BIGINT AS place FROM ({stretches}) WHERE amount > 0
            WINDOW w AS (PARTITION BY employer_id ORDER BY later, rank, charges, for_month
                ROWS UNBOUNDED PRECEDING)
        ), spent AS (
            SELECT s.*, greatest(least(coalesce(p.cash, 0) - place, amount), 0)::BIGINT AS got,
                   coalesce(NOT charges AND {terms.due_on} < {terms.end}, FALSE) AS late
            FROM placed s LEFT JOIN purse p USING (employer_id) LEFT JOIN employer e USING (employer_id)
        ), days AS (
            SELECT s.employer_id, later, for_month, rank, charges, count(*) AS days,
                   bool_and(m.from_ <= s.place AND m.upto >= s.place + s.amount) AS covers
            FROM spent s JOIN money m ON m.employer_id = s.employer_id
             AND m.from_ < s.place + s.amount AND m.upto > s.place
            WHERE late GROUP BY ALL
        )
        SELECT s.*, (CASE
            WHEN got = amount AND (NOT late OR (d.days = 1 AND d.covers)) THEN {WHOLE}
            WHEN got = 0 AND (NOT late OR d.days IS NULL) THEN {NONE}
            ELSE {APART} END)::TINYINT AS state
        FROM spent s LEFT JOIN days d USING ({STRETCH}, rank, charges)""")
    owed = funds_when(
        lambda f: (
            f"""
        SELECT {KEY}, later, {FUND_NUMBER[f]}::TINYINT AS fund, {ALLOCATION_RANK[f]}::TINYINT AS rank,
            unnest([
            {{'part': 0::TINYINT, 'amount': before_{f}}}, {{'part': 1::TINYINT, 'amount': new_{f}}},
            {{'part': 2::TINYINT, 'amount': late_{f}}}, {{'part': 3::TINYINT, 'amount': evaded_{f}}}
        ], recursive := true) FROM wanted"""
        )
    )
    con.execute(f"""
        CREATE OR REPLACE TABLE line AS
        WITH told AS MATERIALIZED (
            SELECT * FROM stretch WHERE late OR state = {APART}
        ), wanted AS MATERIALIZED (
            SELECT d.*, f.person_id IS NULL AS later
            FROM debt d LEFT JOIN first f USING (employer_id, person_id)
            SEMI JOIN told t ON t.employer_id = d.employer_id AND t.for_month = d.for_month
             AND t.later = (f.person_id IS NULL)
        ), owed AS ({owed}
        ), laid AS MATERIALIZED (
            SELECT {KEY}, later, rank, charges, fund, part, o.amount, t.place, t.state
            FROM (SELECT *, part >= 2 AS charges FROM owed WHERE amount > 0) o
            JOIN (SELECT * EXCLUDE (amount, got, late) FROM told) t USING ({STRETCH}, rank, charges)
        ), apart AS (
            SELECT * EXCLUDE (place), (place + sum(amount) OVER w - amount)::BIGINT AS place FROM laid
            WHERE state = {APART}
            WINDOW w AS (PARTITION BY {STRETCH}, rank, charges ORDER BY person_id, fund, part
                ROWS UNBOUNDED PRECEDING)
        )
        SELECT {KEY}, fund, part, amount, CASE WHEN state = {WHOLE} THEN amount ELSE 0 END AS got, place,
               FALSE AS apart
        FROM laid WHERE state <> {APART}
        UNION ALL
        SELECT {KEY}, fund, part, amount, greatest(least(coalesce(p.cash, 0) - place, amount), 0), place, TRUE
        FROM apart LEFT JOIN purse p USING (employer_id)""")


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
            LEFT JOIN (SELECT employer_id, sum(got) AS got FROM stretch GROUP BY 1) g USING (employer_id)
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

    apart = ", ".join(
        [f"{got(f, 'part <= 1')} AS {f}" for f in FUNDS]
        + [f"{got(f, 'part = 2')} AS late_{f}" for f in FUNDS]
        + [f"{got(f, 'part = 3')} AS evaded_{f}" for f in FUNDS]
    )
    states = ", ".join(
        f"coalesce(bool_or(state = {WHOLE}) FILTER (WHERE rank = {rank} AND {which}), FALSE) AS {name}{rank}"
        for rank in RANKS
        for name, which in (("p", "NOT charges"), ("c", "charges"))
    )

    def spent(fund: str) -> str:
        rank = ALLOCATION_RANK[fund]
        whole = (
            (f"p{rank}", f"before_{fund} + new_{fund}", fund),
            *((f"c{rank}", f"d.{kind}_{fund}", f"{kind}_{fund}") for kind in ("late", "evaded")),
        )
        return ", ".join(
            f"(CASE WHEN s.{state} THEN {amount} ELSE 0 END + coalesce(x.{name}, 0))::BIGINT AS {name}"
            for state, amount, name in whole
        )

    con.execute(f"""
        CREATE OR REPLACE TABLE paid AS
        WITH state AS (
            SELECT {STRETCH}, {states} FROM stretch GROUP BY ALL
        ), extra AS (
            SELECT {KEY}, {apart} FROM (
                SELECT {KEY}, fund, part, got FROM line WHERE apart AND got > 0
                UNION ALL SELECT {KEY}, fund, state + 1, got FROM late_line WHERE got > 0
            ) GROUP BY {KEY}
        )
        SELECT * FROM (
            SELECT d.employer_id, d.person_id, d.for_month, {", ".join(spent(f) for f in FUNDS)}
            FROM debt d LEFT JOIN first f USING (employer_id, person_id)
            LEFT JOIN state s ON s.employer_id = d.employer_id AND s.for_month = d.for_month
             AND s.later = (f.person_id IS NULL)
            LEFT JOIN extra x ON x.employer_id = d.employer_id AND x.person_id = d.person_id
             AND x.for_month = d.for_month
        ) WHERE {each("{} > 0", CLOSING, " OR ")}""")
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
