"""Cùng lương hưu, viết tay bằng SQL: the best DuckDB text we could write for the same careers.

One aggregation of every spell, one of the State scale's spells alone, whose last years need an order; months
of four kinds are packed into one sum. The adjusted pay of a spell is its pay times a difference of prefix sums.
"""

from __future__ import annotations

from itertools import accumulate

import duckdb
import pyarrow as pa

from ansinh.kernel.months import months_between
from bench import pension_figures as figures

BITS = 12
MASK = 2**BITS - 1
NEVER = 99_999


def register(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `prefix`, `terms` and `last_years` from the figures of the parameter books."""
    prefix = pa.Table.from_pylist(_prefix())  # noqa: F841 -- read by name below
    terms = pa.Table.from_pylist(_terms())  # noqa: F841
    last_years = pa.Table.from_pylist(_last_years())  # noqa: F841
    narrow = "k::INTEGER AS k, weight"
    con.execute(f"CREATE OR REPLACE TEMP TABLE hand_prefix AS SELECT {narrow} FROM prefix")
    con.execute("CREATE OR REPLACE TEMP TABLE hand_terms AS SELECT * REPLACE (k::INTEGER AS k) FROM terms")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE hand_years AS SELECT * REPLACE (k::INTEGER AS k) FROM last_years"
    )


def pensions_sql() -> str:
    """SELECT of every person of `people`, whole numbers of 64 bits only."""
    key = f"(kind * 2 + month // 12 - {figures.FIRST.year}) * {figures.WIDTH} - {figures.EARLIEST.index}"
    return f"""
    WITH everything AS MATERIALIZED (
        SELECT person_id, min(CASE WHEN kind = 2 THEN {NEVER} ELSE "first" END) AS begun,
            sum((months::BIGINT << (kind * {BITS})) + (before::BIGINT << {3 * BITS})) AS packed,
            sum(CASE WHEN kind = 1 THEN 0 ELSE wage * weight END) AS others
        FROM (
            SELECT s.person_id, kind, "first", wage, "last" - "first" + 1 AS months, b.weight - a.weight AS weight,
                greatest(least("last" + 1, 24168) - "first", 0) AS before
            FROM spells s JOIN people p ON p.person_id = s.person_id
                JOIN hand_prefix a ON a.k = {key} + "first"
                JOIN hand_prefix b ON b.k = {key} + "last" + 1
        ) GROUP BY person_id
    ), state AS (
        SELECT person_id, sum(averaged) AS window_months, sum(averaged * multiple_milli) AS window_milli,
            sum(months * multiple_milli) AS state_milli, sum(multiple_milli * weight) AS state_adjusted
        FROM (
            SELECT person_id, months, multiple_milli, weight, greatest(least(most - later, months), 0) AS averaged
            FROM (
                SELECT s.person_id, ("last" - "first" + 1)::BIGINT AS months, s.multiple_milli, y.most,
                    b.weight - a.weight AS weight,
                    sum("last" - "first" + 1) OVER (PARTITION BY s.person_id ORDER BY "first" DESC)
                        - ("last" - "first" + 1) AS later
                FROM spells s JOIN people p ON p.person_id = s.person_id
                    JOIN everything e ON e.person_id = s.person_id JOIN hand_years y ON y.k = e.begun // 12
                    JOIN hand_prefix a ON a.k = {key} + "first"
                    JOIN hand_prefix b ON b.k = {key} + "last" + 1
                WHERE kind = 1
            )
        ) GROUP BY person_id
    )
    SELECT person_id, months, average_wage, eligible, CASE WHEN eligible THEN rate ELSE 0 END AS rate,
        CASE WHEN eligible THEN paid ELSE 0 END AS pension, eligible AND by_rate < lowest AS minimum_applied,
        CASE WHEN eligible THEN (average_wage * {_halves("greatest(months - full_months, 0)")} * lump_rate
            + 10000) // 20000 ELSE 0 END AS lump_sum,
        CASE WHEN eligible THEN (paid * health_rate + 5000) // 10000 ELSE 0 END AS health,
        CASE WHEN eligible THEN 0
             WHEN months < 12 THEN (average_wage * least(months * paid_in_rate, most_paid) + 5000) // 10000
             WHEN months = before THEN (average_wage * {_halves("before")} * rate_before + 10000) // 20000
             ELSE (average_wage * (before // 12 * 2 * rate_before
                + {_halves("(months - before + before % 12)")} * rate_from) + 10000) // 20000 END AS one_time
    FROM (
        SELECT *, greatest(by_rate, lowest) AS paid FROM (
            SELECT *, (average_wage * rate + 5000) // 10000 AS by_rate FROM (
                SELECT *, months >= required_months AS eligible, (2 * top + bottom) // (2 * bottom) AS average_wage,
                    CASE WHEN state_months + private_months >= minimum_months THEN base_salary ELSE 0 END AS lowest,
                    least(highest, CASE WHEN halves >= base_halves
                        THEN first_rate + (halves - base_halves) * yearly // 2
                        ELSE short_rate + greatest(halves - short_halves, 0) * short_yearly // 2 END) AS rate
                FROM (
                    SELECT *, {_halves("months")} AS halves,
                        CASE WHEN late THEN state_adjusted + others * 1000
                             ELSE multiple * base_salary * state_months + others * 10 * averaged END AS top,
                        months * CASE WHEN late THEN 100000 ELSE 1000 * averaged END AS bottom
                    FROM (
                        SELECT *, state_months + private_months + voluntary_months AS months,
                            CASE WHEN whole AND state_milli * window_months > window_milli * state_months
                                THEN state_milli ELSE window_milli END AS multiple,
                            CASE WHEN whole AND state_milli * window_months > window_milli * state_months
                                THEN state_months ELSE greatest(window_months, 1) END AS averaged
                        FROM (
                            SELECT t.*, e.person_id, e.others::BIGINT AS others, e.begun >= t.late_from AS late,
                                packed::BIGINT & {MASK} AS private_months,
                                (packed::BIGINT >> {BITS}) & {MASK} AS state_months,
                                (packed::BIGINT >> {2 * BITS}) & {MASK} AS voluntary_months,
                                packed::BIGINT >> {3 * BITS} AS before,
                                coalesce(w.window_months, 0)::BIGINT AS window_months,
                                coalesce(w.window_milli, 0)::BIGINT AS window_milli,
                                coalesce(w.state_milli, 0)::BIGINT AS state_milli,
                                coalesce(w.state_adjusted, 0)::BIGINT AS state_adjusted
                            FROM everything e JOIN people p ON p.person_id = e.person_id
                                LEFT JOIN state w ON w.person_id = e.person_id
                                JOIN hand_terms t ON t.k = (p.month - {figures.FIRST.index}) * 2 + p.sex
                        )
                    )
                )
            )
        )
    )"""


def _halves(months: str) -> str:
    """Half years that months count for: one for 1 to 6 odd months, two for more."""
    return f"({months} // 12 * 2 + CASE WHEN {months} % 12 = 0 THEN 0 WHEN {months} % 12 <= odd THEN 1 ELSE 2 END)"


def _prefix() -> list[dict[str, int]]:
    """Sums of coefficients of the months before each month; of the State scale times the base salary."""
    paid, rows = figures.base_salaries(), []
    months = list(months_between(figures.EARLIEST, figures.LATEST))
    for year in range(figures.FIRST.year, figures.LAST.year + 1):
        wages, incomes = figures.wage_coefficients(year), figures.income_coefficients(year)
        weights = {
            0: [wages[m.year] for m in months],
            1: [wages[m.year] * paid.get(m.index, 0) for m in months],
            2: [incomes[m.year] for m in months],
        }
        for kind, one in weights.items():
            start = (kind * 2 + year - figures.FIRST.year) * figures.WIDTH
            rows += [{"k": start + i, "weight": w} for i, w in enumerate(accumulate(one, initial=0))]
    return rows


def _terms() -> list[dict[str, int | bool]]:
    """One row a month and sex: floors, rates and thresholds as plain columns."""
    rows: list[dict[str, int | bool]] = []
    for month in months_between(figures.FIRST, figures.LAST):
        f, new = figures.of(month), month.index >= figures.NEW_LAW
        for sex, who in ((1, "men"), (2, "women")):
            base, yearly = f[f"{who}_base_years"], f[f"{who}_yearly_rate"]
            further = (f["highest_rate"] - f["first_rate"]) * 12 // yearly
            short = new and sex == 1
            rows.append(
                {
                    "k": (month.index - figures.FIRST.index) * 2 + sex,
                    "base_salary": f["base_salary"],
                    "required_months": 12 * f["required_years"],
                    "minimum_months": 12 * f["minimum_pension_years"],
                    "full_months": 12 * f[f"{who}_lump_years"] if new else 12 * base + further,
                    "base_halves": 2 * base,
                    "first_rate": f["first_rate"],
                    "yearly": yearly,
                    "highest": f["highest_rate"],
                    "short_rate": f["short_first_rate"] if short else f["first_rate"],
                    "short_yearly": f["short_yearly_rate"] if short else 0,
                    "short_halves": 2 * f["short_first_years"],
                    "lump_rate": f["lump_sum_multiple"],
                    "health_rate": f["health_rate"],
                    "rate_before": f["months_per_year_before_2014"],
                    "rate_from": f["months_per_year_from_2014"],
                    "paid_in_rate": f["paid_in_rate"],
                    "most_paid": f["most_months_under_a_year"],
                    "odd": f["half_year_last_odd_month"],
                    "late_from": 12 * f["price_adjusted_from_year"],
                    "whole": new,
                }
            )
    return rows


def _last_years() -> list[dict[str, int]]:
    """Months averaged by the year of the first contribution; the two laws have one table."""
    (windows,) = {tuple(figures.windows(m).items()) for m in months_between(figures.FIRST, figures.LAST)}
    always = figures.of(figures.FIRST)["whole_career_from_year"]
    table = dict(windows)
    return [
        {"k": year, "most": 720 if year >= always else table[max(y for y in table if y <= year)]}
        for year in figures.YEARS
    ]
