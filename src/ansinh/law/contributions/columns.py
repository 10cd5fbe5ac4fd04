"""Số phải đóng của cả tháng: the clauses of `dues` over a relation of facts, one SQL text, DuckDB or Spark.

con.execute(f"CREATE TABLE dues AS {dues_sql('facts')}")   # after gate(con) and register_parameters(con)
"""

from typing import Any

from ansinh.law.contributions.book import BOOK
from ansinh.law.contributions.dues import dues
from ansinh.law.engine.columns import Column, Columns, compile_columns
from ansinh.law.engine.sql import Dialect

PROGRAM: Columns = compile_columns(
    dues,
    name="law_contribution",
    book=BOOK,
    passing={"row_id": Column("BIGINT", 0, 2**63 - 1, "số thứ tự dòng, giữ nguyên trong kết quả")},
)

INPUT: dict[str, Column] = PROGRAM.inputs
"""Các cột vào, in order: SQL type, lowest and highest value, meaning."""

OUTPUT: tuple[str, ...] = PROGRAM.outputs
"""Các cột ra: `row_id`, then the fields of `Dues`."""


def dues_sql(source: str = "facts", dialect: Dialect = "duckdb") -> str:
    """SELECT số phải đóng of every row of `source` (columns `INPUT`), giving the columns `OUTPUT`."""
    return PROGRAM.sql(source, dialect)


def gate_sql(source: str = "facts") -> str:
    """Câu lệnh kiểm tra dữ kiện; its one row goes to `PROGRAM.judge`."""
    return PROGRAM.gate_sql(source)


def gate(con: Any, source: str = "facts") -> None:
    """Kiểm tra dữ kiện trong DuckDB: raises `GateError` naming a column that is empty or out of range."""
    PROGRAM.gate(con, source)


def register_parameters(con: Any) -> None:
    """Tạo các bảng tham số mà `dues_sql` nối vào, as temporary tables of a DuckDB connection."""
    PROGRAM.register(con)


def register_parameters_spark(session: Any) -> None:
    """Tạo các bảng tham số trong một phiên Spark, as temporary views."""
    PROGRAM.register_spark(session)
