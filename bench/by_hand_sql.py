"""Cùng phép tính, viết tay bằng SQL: the best DuckDB text we could write for the same facts."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from bench import figures

FLAGS = (
    "new_law",
    "on_base_salary",
    "insured",
    "in_hi",
    "in_ui",
    "in_wi",
    "by_the_day",
    "may_agree",
    "alone",
)


def register(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table `terms`: floors, caps, rates and who is insured, one row a month, group and region."""
    rows = pa.Table.from_pylist(figures.all_terms())  # noqa: F841 -- read by name below
    flags = ", ".join(f"{f}::BOOLEAN AS {f}" for f in FLAGS)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE terms AS
        SELECT ((month - {figures.FIRST.index}) * 9 + worker_group - 1) * 4 + region - 1 AS k,
               * EXCLUDE (month, worker_group, region) REPLACE ({flags})
        FROM rows""")


def dues_sql() -> str:
    """SELECT of every row of `facts`: one join, four plain steps, whole numbers only."""
    return f"""
    SELECT row_id, si_base, hi_base, ui_base, wi_base, sm AS sickness_maternity, ps AS pension_survivors,
           inj AS work_injury, job AS unemployment, med AS health, worker AS worker_total,
           sm + ps + inj + job + med - worker AS employer_total, sm + ps + inj + job + med AS total, counted
    FROM (
        SELECT row_id, si_base, hi_base, ui_base, wi_base, counted,
            (si_base * sickness + 5000) // 10000 AS sm,
            (si_base * pension + 5000) // 10000 AS ps,
            (wi_base * wi_rate + 5000) // 10000 AS inj,
            (ui_base * ui_rate + 5000) // 10000 AS job,
            (hi_base * medical + 5000) // 10000 AS med,
            (si_base * sickness_worker + 5000) // 10000 + (si_base * pension_worker + 5000) // 10000
                + (ui_base * jobless_worker + 5000) // 10000 + (hi_base * medical_worker + 5000) // 10000
                AS worker
        FROM (
            SELECT row_id, sickness, pension, medical, sickness_worker, pension_worker, jobless_worker,
                medical_worker, wi_rate, ui_rate, si AND covered AND (due OR long_leave) AS counted,
                CASE WHEN si AND covered AND due THEN social ELSE 0 END AS si_base,
                CASE WHEN hi AND in_hi AND (covered OR NOT new_law)
                      AND (alone OR (sick_days < limit_days AND maternity_days < limit_days))
                     THEN CASE WHEN on_base_salary THEN base_salary ELSE social END ELSE 0 END AS hi_base,
                CASE WHEN ui AND in_ui AND covered AND away < limit_days
                     THEN least(greatest(pay, lowest), ui_highest) ELSE 0 END AS ui_base,
                CASE WHEN wi AND in_wi AND covered AND due
                     THEN CASE WHEN on_base_salary THEN base_salary ELSE social END ELSE 0 END AS wi_base
            FROM (
                SELECT *,
                    insured AND NOT (new_law AND part_time AND pay < base_salary) AS covered,
                    NOT by_the_day OR (NOT (maternity_days >= limit_days) AND (
                        away < limit_days OR (new_law AND first_month AND sick_days >= limit_days)
                        OR (may_agree AND agreed))) AS due,
                    by_the_day AND maternity_days >= limit_days AS long_leave,
                    least(greatest(CASE WHEN pay = 0 THEN nothing_earned ELSE pay END, lowest), highest)
                        AS social
                FROM (
                    SELECT row_id, si, hi, ui, wi, part_time, first_month, agreed, sick_days, maternity_days,
                        unpaid_days + sick_days + maternity_days AS away,
                        CASE WHEN pay_kind = 0 THEN wage + other_pay ELSE other_pay + (base_salary * (
                            (coefficient_milli + reserve_milli + position_milli) * 100000000::BIGINT
                            + coefficient_milli * 10000::BIGINT * beyond_frame_bp
                            + ((coefficient_milli + position_milli) * 10000::BIGINT
                                + coefficient_milli * beyond_frame_bp) * seniority_bp
                            ) + 50000000000) // 100000000000 END AS pay,
                        CASE WHEN budget_employer OR injury_charged = 1
                             THEN CASE WHEN low_injury_rate THEN injury_low ELSE injury END ELSE 0 END AS wi_rate,
                        jobless_worker + CASE WHEN (budget_employer OR jobless_charged = 1)
                             AND (NOT ui_relief OR jobless_disabled = 1) THEN jobless_employer ELSE 0 END AS ui_rate,
                        t.* EXCLUDE (k)
                    FROM facts f JOIN terms t
                      ON t.k = ((f.month - {figures.FIRST.index}) * 9 + f.worker_group - 1) * 4 + f.region - 1
                )
            )
        )
    )"""
