"""Số phải thu của hàng triệu người-tháng: the compiled clauses against three rivals with the same answers."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ansinh.law.contributions import columns as law
from bench import by_hand_sql, facts, openfisca
from bench.table import Line, tell

NAME = "contributions"
ROWS, QUICK = 10_000_000, 1_000_000
ROUNDS = 4
SEED = 20260701


@dataclass(frozen=True)
class Spent:
    """Giây đồng hồ và giây bộ xử lý of the best of several runs."""

    seconds: float
    cpu: float


def main() -> None:
    """Generate, compute by each, compare every row, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as scratch:
        measure(rows, Path(scratch))


def measure(rows: int, scratch: Path) -> None:
    """The whole comparison on `rows` employee-months."""
    con = duckdb.connect(config={"temp_directory": str(scratch / "spill")})
    con.execute("SET preserve_insertion_order = false")
    facts.make(con, rows, SEED)
    law.register_parameters(con)
    by_hand_sql.register(con)
    gate = best([lambda: law.gate(con)])[0]
    compiled, by_hand = best(
        [
            lambda: con.execute(f"CREATE OR REPLACE TABLE answer AS {law.dues_sql('facts')}"),
            lambda: con.execute(f"CREATE OR REPLACE TABLE rival AS {by_hand_sql.dues_sql()}"),
        ]
    )
    tell(
        Line(
            NAME,
            "compiled clauses on DuckDB",
            rows / compiled.seconds / 1e6,
            "million/s",
            note=f"{rows:,} employee-months in {said(compiled)}; gate {gate.seconds:.2f} s more",
        )
    )
    ratio(con, "compiled / hand-written DuckDB SQL, time", compiled, by_hand, most=1.2)
    con.execute("DROP TABLE rival")
    con.execute(f"COPY facts TO '{scratch / 'facts.parquet'}' (FORMAT parquet)")
    con.execute("DROP TABLE facts")
    spent = polars(scratch)
    ratio(con, "compiled / hand-written Polars, time", compiled, spent, read=scratch / "polars.parquet")
    print("OpenFisca …", file=sys.stderr)
    told = openfisca.run(scratch / "facts.parquet", scratch / "openfisca.parquet")
    ratio(
        con,
        f"OpenFisca-core {told['version']} / compiled, time",
        Spent(told["seconds"], told["cpu"]),
        compiled,
        least=4,
        read=scratch / "openfisca.parquet",
    )


def polars(scratch: Path) -> Spent:
    """Hand-written Polars, from data frame to data frame; its answer is left as Parquet."""
    import polars as pl

    from bench import by_hand_polars

    held, terms = pl.read_parquet(scratch / "facts.parquet"), by_hand_polars.terms()
    spent = best([lambda: by_hand_polars.dues(held, terms)])[0]
    by_hand_polars.dues(held, terms).write_parquet(scratch / "polars.parquet")
    return spent


def best(works: list[Callable[[], object]]) -> list[Spent]:
    """The best of a few runs of each, taken in turn so that whatever else runs disturbs all alike."""
    found: list[list[Spent]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, spent in zip(works, found, strict=True):
            wall, busy = time.perf_counter(), time.process_time()
            work()
            spent.append(Spent(time.perf_counter() - wall, time.process_time() - busy))
    return [Spent(min(s.seconds for s in x), min(s.cpu for s in x)) for x in found]


def ratio(
    con: duckdb.DuckDBPyConnection,
    what: str,
    above: Spent,
    below: Spent,
    *,
    most: float | None = None,
    least: float | None = None,
    read: Path | None = None,
) -> None:
    """Tell how many times `above` takes what `below` takes, and whether the rival's answer is ours."""
    rival = f"read_parquet('{read}')" if read else "rival"
    names = ", ".join(law.OUTPUT)
    rows = f"SELECT count(*), sum(hash({names})::HUGEINT), bit_xor(hash({names}))"
    sums = ", ".join(f"sum({n}::BIGINT)" for n in law.OUTPUT)
    ours, theirs = (con.execute(f"{rows}, {sums} FROM {t}").fetchone() for t in ("answer", rival))
    tell(Line(NAME, what, above.seconds / below.seconds, "×", most=most, least=least,
              note=f"{said(above)} to {said(below)}; CPU {above.cpu / below.cpu:.2f} ×"))  # fmt: skip
    wrong = 0 if ours == theirs else 1
    tell(Line(NAME, f"differences to the dong: {what.partition(',')[0]}", wrong, "", most=0,
              note=f"{ours[0]:,} rows: count, 14 column sums, hash over rows" if ours else ""))  # fmt: skip


def said(spent: Spent) -> str:
    """Seconds, and CPU seconds."""
    return f"{spent.seconds:.2f} s ({spent.cpu:.2f} CPU)"


if __name__ == "__main__":
    main()
