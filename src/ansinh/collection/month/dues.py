"""Số phải thu: what the law asks of every person and month, and the difference to what was posted before."""

from __future__ import annotations

import duckdb

from ansinh.collection.month.columns import BASES, DUE, FUNDS, each
from ansinh.kernel.months import Month
from ansinh.law.contributions import columns as law

FACTS = (
    "worker_group, pay_kind, wage, coefficient_milli, reserve_milli, position_milli, beyond_frame_bp, "
    "seniority_bp, other_pay, part_time, ui_relief, si, hi, ui, wi"
)


def compute(con: duckdb.DuckDBPyConnection, *, month: int, books_start: int) -> int:
    """Make the tables `present` (the month's bases) and `due_delta` (what this run posts); how much is due.

    Rows are (employer_id, person_id, for_month). The month itself is computed for everybody, earlier months
    for people whose record changed. Legacy months before the books opened are nobody's debt here.
    """
    con.execute(f"""
        CREATE OR REPLACE TABLE facts AS
        WITH month_of AS (
            SELECT *, {month}::INTEGER AS month FROM span WHERE active
            UNION ALL
            SELECT *, unnest(range(
                greatest(from_month, CASE WHEN declared THEN from_month ELSE {books_start} END),
                least(coalesce(to_month, {month - 1}), {month - 1}) + 1))::INTEGER AS month
            FROM span WHERE dirty
        )
        SELECT row_number() OVER () AS row_id, m.employer_id, m.person_id, m.month, {FACTS},
               e.region, e.budget AS budget_employer, e.low_injury_rate,
               coalesce(w.unpaid_days, 0) AS unpaid_days, coalesce(w.sick_days, 0) AS sick_days,
               coalesce(w.maternity_days, 0) AS maternity_days, coalesce(w.agreed, FALSE) AS agreed,
               coalesce(w.first_month, FALSE) AS first_month
        FROM month_of m
        JOIN employer e USING (employer_id)
        LEFT JOIN work_month w USING (employer_id, person_id, month)
        WHERE NOT EXISTS (
            SELECT 1 FROM stopped s WHERE s.employer_id = m.employer_id AND s.state <> 'pension_suspension'
              AND m.month BETWEEN s.from_month AND s.to_month)""")
    oldest = con.execute("SELECT coalesce(min(month), 0) FROM facts").fetchall()[0][0] or month
    first, last = Month.from_index(oldest), Month.from_index(month)
    law.gate(con, first=first, last=last)
    law.register_parameters(con, first=first, last=last)
    # Luật 41/2024/QH15, Điều 37: while the pension fund is suspended its share is not due, the others are.
    con.execute(f"""
        CREATE OR REPLACE TABLE target AS
        SELECT f.employer_id, f.person_id, f.month AS for_month, d.counted, {each("d.{}", BASES)},
               {each("d.{}", tuple(x for x in FUNDS if x != "pension_survivors"))},
               CASE WHEN s.employer_id IS NULL THEN d.pension_survivors ELSE 0 END AS pension_survivors,
               d.worker_total
        FROM ({law.dues_sql("facts", first=first, last=last)}) d JOIN facts f USING (row_id)
        LEFT JOIN (SELECT * FROM stopped WHERE state = 'pension_suspension') s
          ON s.employer_id = f.employer_id AND f.month BETWEEN s.from_month AND s.to_month""")
    con.execute(f"""
        CREATE OR REPLACE TABLE due_delta AS
        SELECT employer_id, person_id, for_month,
               (CASE WHEN for_month = {month} THEN 1
                     WHEN coalesce(t.si_base + t.hi_base, 0) + {each("coalesce(t.{}, 0)", FUNDS, " + ")}
                       >= {each("coalesce(p.{}, 0)", FUNDS, " + ")} + coalesce(p.si_base + p.hi_base, 0)
                     THEN 2 ELSE 3 END)::SMALLINT AS kind,
               coalesce(t.counted, FALSE) AS counted,
               {each("(coalesce(t.{}, 0) - coalesce(p.{}, 0))::BIGINT AS {}", DUE)}
        FROM target t FULL JOIN posted p USING (employer_id, person_id, for_month)
        WHERE ({each("coalesce(t.{}, 0) <> coalesce(p.{}, 0)", DUE, " OR ")})
           OR (p.employer_id IS NULL AND t.counted)""")
    con.execute(f"""
        CREATE OR REPLACE TABLE present AS
        SELECT employer_id, person_id, {", ".join(BASES)} FROM target WHERE for_month = {month}""")
    told = int(con.execute("SELECT count(*) FROM target").fetchall()[0][0])
    con.execute("DROP TABLE facts")
    con.execute("DROP TABLE target")
    return told
