"""Lương hưu trên cột: the same clauses compiled give, row by row, what they give for one person."""

from typing import Annotated, NamedTuple

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law import pensions
from ansinh.law.engine import Scale
from ansinh.law.engine.columns import Column, compile_columns

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
@settings(max_examples=20, deadline=None)
def test_columns_equal_the_plain_functions(some):
    fields = ", ".join(f"{name} {column.type}" for name, column in PROGRAM.inputs.items())
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE facts ({fields})")
        con.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * len(Row._fields))})", some)
        found = PROGRAM.run(con).fetchall()
    assert sorted(found) == sorted(tuple(paid(row, pensions.BOOK.on(row.month))) for row in some)
