"""Lương hưu trên cột: the same clauses compiled give, row by row, what they give for one person."""

from typing import Annotated, NamedTuple

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.pensions.careers_both_ways import mixed, plain

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law import pensions
from ansinh.law.engine import Scale
from ansinh.law.engine.columns import Column, GateError, compile_columns
from ansinh.law.pensions.columns import careers

FIRST, LAST = Month(2016, 1), Month(2035, 12)


class Row(NamedTuple):
    """A claim as columns."""

    month: Annotated[int, Column("INTEGER", FIRST.index, LAST.index, "tháng", key=True)]
    sex: Annotated[int, Column("SMALLINT", 1, 2, "giới tính", key=True)]
    worker_group: Annotated[int, Column("SMALLINT", 1, 5, "nhóm", key=True)]
    contributed_months: Annotated[int, Column("INTEGER", 0, 720, "tháng bắt buộc")]
    voluntary_months: Annotated[int, Column("INTEGER", 0, 720, "tháng tự nguyện")]
    early_months: Annotated[int, Column("INTEGER", 0, 240, "nghỉ trước tuổi")]
    average_wage: Annotated[int, Column("BIGINT", 0, 10**9, "mức bình quân")]
    begun_before_2025_07: Annotated[bool, Column("BOOLEAN", 0, 1, "tham gia trước 07/2025")]


class Paid(NamedTuple):
    """Rate in thousandths, pension in dong."""

    rate_milli: int
    pension: int
    minimum_applied: bool


def paid(row: Row, scale: Scale) -> Paid:
    found = pensions.award(row, scale)
    return Paid(half_up(found.rate * 1000), found.pension, found.minimum_applied)


PROGRAM = compile_columns(paid, name="law_pension_test", book=pensions.BOOK)
rows = st.builds(
    Row,
    month=st.integers(FIRST.index, LAST.index),
    sex=st.integers(1, 2),
    worker_group=st.integers(1, 5),
    contributed_months=st.integers(0, 720),
    voluntary_months=st.integers(0, 720),
    early_months=st.integers(0, 240),
    average_wage=st.integers(0, 10**9),
    begun_before_2025_07=st.booleans(),
)


@given(st.lists(rows, min_size=1, max_size=50))
@settings(max_examples=20)
def test_columns_equal_the_plain_functions(some):
    fields = ", ".join(f"{name} {column.type}" for name, column in PROGRAM.inputs.items())
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE facts ({fields})")
        con.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * len(Row._fields))})", some)
        found = PROGRAM.run(con).fetchall()
    assert sorted(found) == sorted(tuple(paid(row, pensions.BOOK.on(row.month))) for row in some)


@pytest.fixture(scope="module")
def program():
    return careers(Month(2025, 1), Month(2026, 12))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (Month(2016, 1), Month(2020, 12)),
        (Month(2021, 1), Month(2025, 6)),
        (Month(2025, 1), Month(2026, 12)),
    ],
    ids=str,
)
def test_careers_equal_the_functions_for_one_person(first, last):
    run = careers(first, last)
    for seed in (1, 2):
        with duckdb.connect() as con:
            mixed(con, 200, seed, first=first, last=last)
            run.prepare(con)
            found = con.execute(f"{run.sql()} ORDER BY person_id").fetchall()
            assert found == plain(con)
        assert {True, False} == {row[3] for row in found} == {row[6] for row in found}
        assert min(row[1] for row in found) < 12


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("wage", "-1"),
        ("wage", "NULL"),
        ("multiple_milli", "10000000"),
        ("kind", "3"),
        ('"last"', '"first" - 1'),
    ],
)
def test_impossible_spells_are_refused(program, column, value):
    with duckdb.connect() as con:
        mixed(con, 20, 3, first=Month(2025, 1), last=Month(2026, 12))
        program.prepare(con)
        con.execute(f"UPDATE spells SET {column} = {value} WHERE kind = 1")
        with pytest.raises(GateError):
            program.prepare(con)


def test_a_career_longer_than_a_life_is_refused(program):
    with duckdb.connect() as con:
        mixed(con, 20, 3, first=Month(2025, 1), last=Month(2026, 12))
        con.execute("INSERT INTO spells SELECT s.* FROM spells s, range(20)")
        with pytest.raises(GateError, match="nhiều nhất 720"):
            program.prepare(con)
