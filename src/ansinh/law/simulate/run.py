"""Chạy thử: both sides of a reform over one population, each by its own compiled law, then side by side."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.engine import ParameterBook
from ansinh.law.engine.check import books
from ansinh.law.pensions import columns
from ansinh.law.simulate import population
from ansinh.law.simulate.reform import Change, Reform, applied
from ansinh.law.simulate.results import Results, results

__all__ = ["all_books", "simulate"]

MOST_YEARS = 9
"""Columns look pensions up by month: a file may span so many years of first pension months."""

FIELDS = ("pension", "lump_sum", "health", "one_time", "rate", "average_wage", "eligible")


def all_books() -> dict[str, ParameterBook[Any]]:
    """Mọi sổ tham số: by name, and the one that the run reads; what a reform may change."""
    return {**books(), columns.BOOK.name: columns.BOOK}


def simulate(reform: Reform, path: Path, *, years: int, people_to: Path | None = None) -> Results:
    """Thử một cải cách trên tệp dân số `path`; `people_to` keeps both sides of every person as Parquet.

    Raises ``BilingualError`` for a population that is not valid, or one whose people retire too far apart.
    """
    known = all_books()
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = false")
        population.load(con, path)
        first, last = _months(con)
        _side(con, "before", reform.before, known, first, last)
        _side(con, "after", reform.after, known, first, last)
        sides = ", ".join(
            f"{side}.{name} AS {side}_{name}" for side in ("before", "after") for name in FIELDS
        )
        con.execute(f"""
            CREATE OR REPLACE TABLE compared AS
            SELECT p.person_id, p.sex, p.birth, p.month, after.months, after.average_wage, {sides}
            FROM people p JOIN before ON before.person_id = p.person_id
                JOIN after ON after.person_id = p.person_id""")
        if people_to is not None:
            target = str(people_to).replace("'", "''")
            con.execute(f"COPY (SELECT * FROM compared ORDER BY person_id) TO '{target}' (FORMAT parquet)")
        return results(con, years)


def _side(
    con: Any, name: str, change: Change, known: Mapping[str, ParameterBook[Any]], first: Month, last: Month
) -> None:
    with applied(change, known):
        run = columns.careers(first, last)
        run.prepare(con)
        con.execute(f"CREATE OR REPLACE TABLE {name} AS {run.sql()}")


def _months(con: Any) -> tuple[Month, Month]:
    low, high = con.execute("SELECT min(month), max(month) FROM people").fetchall()[0]
    if low is None:
        raise BilingualError("Tệp dân số trống", "The population is empty", code="simulate.population")
    first, last = Month.from_index(low), Month.from_index(high)
    if last.year - first.year >= MOST_YEARS:
        raise BilingualError(
            f"Dân số nghỉ hưu từ {first.vi()} đến {last.vi()}, mỗi lần thử tối đa {MOST_YEARS} năm",
            f"People retire from {first} to {last}: a simulation spans {MOST_YEARS} years at most",
            code="simulate.population",
        )
    return first, last
