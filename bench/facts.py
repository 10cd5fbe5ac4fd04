"""Dữ kiện giả lập: employee-months drawn by a seed, twelve months a worker, from 2016 to 2026."""

from __future__ import annotations

import duckdb

from bench.figures import FIRST

MONTHS = 12
YEARS = 11


def make(con: duckdb.DuckDBPyConnection, rows: int, seed: int) -> None:
    """Make the table `facts` of `rows` employee-months; the same seed gives the same rows on every machine."""

    def draw(unit: str, mark: int) -> str:
        """A whole number that looks random, of a worker (`w`) or of a row (`i`)."""
        return f"(hash({unit} * 1000003 + {seed + mark}) >> 20)::BIGINT"

    def one_in(n: int, unit: str, mark: int) -> str:
        return f"{draw(unit, mark)} % {n} = 0"

    con.execute(f"""
        CREATE OR REPLACE TABLE facts AS
        WITH worker AS (
            SELECT i, i // {MONTHS} AS w FROM range({rows}) t(i)
        ), drawn AS (
            SELECT i, w, {draw("w", 1)} % 1000 AS g, {draw("w", 2)} AS r FROM worker
        ), grouped AS (
            SELECT *, CASE WHEN g < 820 THEN 1 WHEN g < 940 THEN 2 WHEN g < 960 THEN 3 WHEN g < 975 THEN 4
                WHEN g < 980 THEN 5 WHEN g < 984 THEN 6 WHEN g < 988 THEN 7 WHEN g < 995 THEN 8
                ELSE 9 END AS worker_group FROM drawn
        )
        SELECT i::BIGINT AS row_id,
            ({FIRST.index} + {draw("w", 3)} % {YEARS} * {MONTHS} + i % {MONTHS})::INTEGER AS month,
            worker_group::SMALLINT AS worker_group, (1 + r % 4)::SMALLINT AS region,
            (worker_group = 2)::SMALLINT AS pay_kind,
            CASE WHEN worker_group = 2 OR (worker_group = 9 AND r % 3 = 0) THEN 0
                 WHEN r % 50 = 0 THEN 30000000 + {draw("w", 4)} % 120000000
                 ELSE 3000000 + {draw("w", 4)} % 17000000 END::BIGINT AS wage,
            CASE WHEN worker_group = 2 THEN 1860 + {draw("w", 5)} % 6000 ELSE 0 END::INTEGER AS coefficient_milli,
            CASE WHEN worker_group = 2 AND {one_in(20, "w", 6)} THEN 330 ELSE 0 END::INTEGER AS reserve_milli,
            CASE WHEN worker_group = 2 AND {one_in(5, "w", 7)} THEN 400 ELSE 0 END::INTEGER AS position_milli,
            CASE WHEN worker_group = 2 AND {one_in(10, "w", 8)} THEN 100 * (5 + r % 9) ELSE 0
                END::INTEGER AS beyond_frame_bp,
            CASE WHEN worker_group = 2 AND {one_in(4, "w", 9)} THEN 100 * (5 + r % 30) ELSE 0
                END::INTEGER AS seniority_bp,
            CASE WHEN worker_group <> 9 AND {one_in(3, "w", 10)} THEN 1 + {draw("w", 11)} % 2000000 ELSE 0
                END::BIGINT AS other_pay,
            {one_in(50, "w", 12)} AS part_time, {one_in(30, "w", 13)} AS low_injury_rate,
            worker_group = 2 OR {one_in(40, "w", 14)} AS budget_employer, {one_in(200, "w", 15)} AS ui_relief,
            CASE WHEN {one_in(40, "i", 16)} THEN {draw("i", 17)} % 27 ELSE 0 END::SMALLINT AS unpaid_days,
            CASE WHEN {one_in(60, "i", 18)} THEN {draw("i", 19)} % 23 ELSE 0 END::SMALLINT AS sick_days,
            CASE WHEN {one_in(50, "i", 20)} THEN {draw("i", 21)} % 27 ELSE 0 END::SMALLINT AS maternity_days,
            {one_in(100, "i", 22)} AS agreed, i % {MONTHS} = 0 AS first_month,
            {draw("w", 23)} % 50 <> 0 AS si, {draw("w", 24)} % 50 <> 0 AS hi,
            {draw("w", 25)} % 50 <> 0 AS ui, {draw("w", 26)} % 100 <> 0 AS wi
        FROM grouped""")
