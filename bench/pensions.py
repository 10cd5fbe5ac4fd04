"""Lương hưu của một triệu quá trình: careers of twelve spells to pensions, compiled, against two rivals.

    python -m bench.pensions --people 1000000

First pensions of 2025-01 to 2026-12, so that both laws are in it. Spark, where it can run, computes fewer.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ansinh.law.pensions.columns import CareerRun, Retired, careers
from ansinh.law.simulate.population import synthetic
from bench import by_hand_pensions_sql, openfisca, pension_figures
from bench.contributions import Spent, best, said
from bench.table import Line, tell

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME = "pensions"
PEOPLE, QUICK = 1_000_000, 100_000
ON_SPARK = 50_000
SEED = 20260701
SCRIPT = Path(__file__).with_name("by_hand_openfisca_pensions.py")


def main() -> None:
    """Make the people, compute by each, compare every row, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as scratch:
        measure(people, Path(scratch))
        if can_spark():
            measure_spark(min(people, ON_SPARK), Path(scratch))


def measure(people: int, scratch: Path) -> None:
    """The whole comparison on `people` careers."""
    began = time.perf_counter()
    program = careers(pension_figures.FIRST, pension_figures.LAST)
    compiling = time.perf_counter() - began
    con = connect(people, scratch)
    program.register(con)
    by_hand_pensions_sql.register(con)
    before = peak()
    compiled, by_hand, gate = best(
        [
            lambda: con.execute(f"CREATE OR REPLACE TABLE answer AS {program.sql()}"),
            lambda: con.execute(f"CREATE OR REPLACE TABLE rival AS {by_hand_pensions_sql.pensions_sql()}"),
            lambda: program.gate(con),
        ]
    )
    tell(Line(NAME, f"{people:,} careers of 12 spells to a pension", compiled.seconds, "s",
              note=f"{said(compiled)}; gate {gate.seconds:.2f} s, compiling {compiling:.2f} s more"))  # fmt: skip
    tell(Line(NAME, "peak memory of it, the hand-written run and the data", peak(), "GiB",
              note=f"this process; {before:.2f} GiB with the data alone"))  # fmt: skip
    ratio("compiled / hand-written DuckDB SQL, time", compiled, by_hand, most=1.2)
    difference(con, "compiled / hand-written DuckDB SQL", "rival")
    con.execute("DROP TABLE rival")
    for grouping, words, least in (("library", "", 4), ("arrays", ", groups by numpy beneath it", None)):
        told = on_openfisca(con, scratch, grouping)
        spent = Spent(told["seconds"], told["cpu"])
        name = f"OpenFisca-core {told['version']}{words} / compiled"
        ratio(f"{name}, time", spent, compiled, least=least, more=f"; its peak {told['gib']:.1f} GiB")
        difference(con, name, f"read_parquet('{scratch / 'openfisca.parquet'}')")
    con.close()


def connect(people: int, scratch: Path) -> duckdb.DuckDBPyConnection:
    """A connection that holds the synthetic people."""
    con = duckdb.connect(config={"temp_directory": str(scratch / "spill")})
    con.execute("SET preserve_insertion_order = false")
    synthetic(con, people, SEED, first=pension_figures.FIRST, last=pension_figures.LAST)
    return con


def on_openfisca(con: duckdb.DuckDBPyConnection, scratch: Path, grouping: str) -> dict[str, object]:
    """The same people in the environment of OpenFisca, grouped in one of its two ways; its answer as Parquet."""
    print("OpenFisca …", file=sys.stderr)
    inputs = copied(con, scratch)
    figures = scratch / "pension_figures.json"
    figures.write_text(json.dumps(pension_figures.everything()))
    return openfisca.told(SCRIPT, figures, *inputs, scratch / "openfisca.parquet", grouping)


def copied(con: duckdb.DuckDBPyConnection, scratch: Path) -> Sequence[Path]:
    """People and spells as Parquet, in order of person and month."""
    found = []
    for table, order in (("people", "person_id"), ("spells", 'person_id, "first"')):
        path = scratch / f"{table}.parquet"
        con.execute(f"COPY (SELECT * FROM {table} ORDER BY {order}) TO '{path}' (FORMAT parquet)")
        found.append(path)
    return found


def can_spark() -> bool:
    """Whether Spark and the Java it needs are here."""
    return importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def measure_spark(people: int, scratch: Path) -> None:
    """The same text on Spark in local mode: the second run, and whether every row is the same."""
    from pyspark.sql import SparkSession

    print("Spark …", file=sys.stderr)
    program = careers(pension_figures.FIRST, pension_figures.LAST)
    con = connect(people, scratch)
    copied(con, scratch)
    program.prepare(con)
    con.execute(f"CREATE TABLE answer AS {program.sql()}")
    session = (
        SparkSession.builder.master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    try:
        for name in ("people", "spells"):
            session.read.parquet(str(scratch / f"{name}.parquet")).createOrReplaceTempView(name)
        program.register_spark(session)
        first, again = (on_spark(session, program, scratch) for _ in range(2))
    finally:
        session.stop()
    tell(Line(NAME, f"the same text on Spark, {people:,} careers", again, "s",
              note=f"local mode, Parquet to Parquet; {first:.0f} s the first time"))  # fmt: skip
    difference(con, "Spark / DuckDB", f"read_parquet('{scratch}/spark.parquet/*.parquet')")
    con.close()


def on_spark(session: SparkSession, program: CareerRun, scratch: Path) -> float:
    """Seconds of one run."""
    began = time.perf_counter()
    session.sql(program.sql("spark")).write.mode("overwrite").parquet(str(scratch / "spark.parquet"))
    return time.perf_counter() - began


def ratio(
    what: str,
    above: Spent,
    below: Spent,
    *,
    most: float | None = None,
    least: float | None = None,
    more: str = "",
) -> None:
    """Tell how many times `above` takes what `below` takes."""
    note = f"{said(above)} to {said(below)}; CPU {above.cpu / below.cpu:.2f} ×{more}"
    tell(Line(NAME, what, above.seconds / below.seconds, "×", most=most, least=least, note=note))


def difference(con: duckdb.DuckDBPyConnection, what: str, rival: str) -> None:
    """Tell how many people have another answer, or none, with the rival."""
    same = " AND ".join(f"a.{name} IS NOT DISTINCT FROM b.{name}" for name in Retired._fields)
    rows, wrong = con.execute(f"""
        SELECT count(*), count(*) FILTER (NOT ({same}))
        FROM answer a FULL JOIN {rival} b ON b.person_id = a.person_id""").fetchall()[0]
    tell(Line(NAME, f"people with a difference: {what}", wrong, "", most=0,
              note=f"{rows:,} people, {len(Retired._fields)} answers each, row by row"))  # fmt: skip


def peak() -> float:
    """The most memory that this process has held, GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main()
