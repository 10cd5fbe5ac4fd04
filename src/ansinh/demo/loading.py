"""Đưa cột vào sổ: the result of a DuckDB query as CSV text, for the register's own loader."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from ansinh.registers import loading

BLOCK = 1 << 20


def copy(con: duckdb.DuckDBPyConnection, sql: str, kind: str) -> int:
    r"""COPY the result of a DuckDB query into a table of the register, columns by name; returns rows.

    Runs in the caller's transaction. Values are written as CSV with `\N` for nothing, so that an empty text
    stays an empty text.
    """
    columns = [str(c[0]) for c in con.execute(f"DESCRIBE {sql}").fetchall()]
    with tempfile.TemporaryDirectory(prefix="ansinh-demo-") as folder:
        path = Path(folder) / "rows.csv"
        con.execute(f"COPY ({sql}) TO '{path}' (FORMAT csv, HEADER false, NULLSTR '\\N')")
        return loading.copy(kind, columns, _blocks(path))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            yield block
