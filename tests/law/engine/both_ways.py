"""A compiled clause answered both ways: plain Python row by row, and as columns on DuckDB or Spark."""

import random
from collections.abc import Callable, Iterable
from typing import Any

import duckdb
import pyarrow as pa

from ansinh.law.engine import ParameterBook
from ansinh.law.engine.columns import Column, Columns

ARROW = {
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR": pa.string(),
}


def around(values: Iterable[int], column: Column) -> list[int]:
    """Thresholds, one below and one above each, the ends of the column; all within its range."""
    near = {column.low, column.high, *(value + step for value in values for step in (-1, 0, 1))}
    return sorted(value for value in near if column.low <= value <= column.high)


def random_facts(
    program: Columns, rows: int, seed: int, thresholds: dict[str, list[int]] | None = None
) -> list[dict[str, Any]]:
    """Rows of random facts, half of the figures at a threshold of their column or one dong or day off it."""
    chance = random.Random(seed)  # noqa: S311 - test data
    edges = {name: around((thresholds or {}).get(name, []), one) for name, one in program.inputs.items()}

    def fact(name: str, column: Column) -> Any:
        if column.type == "BOOLEAN":
            return chance.random() < 0.5
        if chance.random() < 0.5:
            return chance.choice(edges[name])
        return chance.randint(column.low, column.high)

    made = [{name: fact(name, column) for name, column in program.inputs.items()} for _ in range(rows)]
    for number, row in enumerate(made):
        row.update(dict.fromkeys(program.passing, number))
    return made


def plain(
    program: Columns,
    function: Callable[..., Any],
    facts: type,
    book: ParameterBook,
    rows: list[dict[str, Any]],
) -> list[tuple[Any, ...]]:
    """The answers of the plain function, with the columns that pass through in front."""
    answers = []
    for row in rows:
        one = facts(**{name: value for name, value in row.items() if name not in program.passing})
        passed = [row[name] for name in program.passing]
        answers.append((*passed, *function(one, book.on(one.month))))
    return answers


def table(program: Columns, rows: list[dict[str, Any]]) -> pa.Table:
    """Facts as an Arrow table with the declared types."""
    return pa.table(
        {name: pa.array([row[name] for row in rows], ARROW[one.type]) for name, one in program.inputs.items()}
    )


def on_duckdb(program: Columns, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The answers of the compiled clause on DuckDB, in order of the first column."""
    with duckdb.connect() as con:
        con.execute("SET threads = 1")
        con.register("facts", table(program, rows))
        return sorted(program.run(con, "facts").fetchall())


def on_spark(program: Columns, rows: list[dict[str, Any]], session: Any) -> list[tuple[Any, ...]]:
    """The answers of the same text on Spark SQL, in order of the first column."""
    kinds = {"VARCHAR": "STRING"}
    schema = ", ".join(f"{name} {kinds.get(one.type, one.type)}" for name, one in program.inputs.items())
    data = [tuple(row[name] for name in program.inputs) for row in rows]
    session.createDataFrame(data, schema).createOrReplaceTempView("facts")
    program.register_spark(session)
    return sorted(tuple(row) for row in session.sql(program.sql("facts", "spark")).collect())
