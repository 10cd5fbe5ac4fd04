"""Số phải đóng của cả tháng: the clauses of `dues` over a relation of facts, one SQL text, DuckDB or Spark.

    with duckdb.connect() as con:
        gate(con, "facts")                  # nothing empty, nothing impossible
        register_parameters(con)            # the figures of the law as joined tables
        con.execute(f"CREATE TABLE dues AS {dues_sql('facts')}")

A run that knows its months says so (`first`, `last`, to all three): the text is then shorter and faster, and
the gate refuses a row of any other month.
"""

from functools import lru_cache
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.contributions.book import BOOK
from ansinh.law.contributions.dues import dues
from ansinh.law.contributions.facts import FIRST_MONTH, LAST_MONTH
from ansinh.law.engine.columns import Column, Columns, compile_columns
from ansinh.law.engine.sql import Dialect

_ROW_ID = {"row_id": Column("BIGINT", 0, 2**63 - 1, "số thứ tự dòng, giữ nguyên trong kết quả")}


@lru_cache(maxsize=32)
def program(first: Month = FIRST_MONTH, last: Month = LAST_MONTH) -> Columns:
    """Các quy định đã dịch cho những tháng từ `first` đến `last`."""
    name = f"law_contribution_{first.year:04d}{first.month:02d}_{last.year:04d}{last.month:02d}"
    return compile_columns(dues, name=name, book=BOOK, passing=_ROW_ID, months=(first, last))


PROGRAM: Columns = program()

INPUT: dict[str, Column] = PROGRAM.inputs
"""Các cột vào, in order: SQL type, lowest and highest value, meaning."""

OUTPUT: tuple[str, ...] = PROGRAM.outputs
"""Các cột ra: `row_id`, then the fields of `Dues`."""


def dues_sql(
    source: str = "facts",
    dialect: Dialect = "duckdb",
    *,
    first: Month = FIRST_MONTH,
    last: Month = LAST_MONTH,
) -> str:
    """SELECT số phải đóng: that of every row of `source` (columns `INPUT`), giving the columns `OUTPUT`."""
    return program(first, last).sql(source, dialect)


def gate_sql(source: str = "facts") -> str:
    """Câu lệnh kiểm tra dữ kiện; its one row goes to `program(first, last).judge`."""
    return PROGRAM.gate_sql(source)


def gate(con: Any, source: str = "facts", *, first: Month = FIRST_MONTH, last: Month = LAST_MONTH) -> None:
    """Kiểm tra dữ kiện trong DuckDB: raises `GateError` naming a column that is empty or out of range."""
    program(first, last).gate(con, source)


def register_parameters(con: Any, *, first: Month = FIRST_MONTH, last: Month = LAST_MONTH) -> None:
    """Tạo các bảng tham số mà `dues_sql` nối vào: as temporary tables of a DuckDB connection."""
    program(first, last).register(con)


def register_parameters_spark(session: Any, *, first: Month = FIRST_MONTH, last: Month = LAST_MONTH) -> None:
    """Tạo các bảng tham số trong một phiên Spark: as temporary views."""
    program(first, last).register_spark(session)
