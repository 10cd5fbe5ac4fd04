"""Lệnh ``ansinh simulate``: tries a reform on a population, or makes a population of synthetic careers."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.simulate import population
from ansinh.law.simulate.reform import read_reform
from ansinh.law.simulate.report import lines, page
from ansinh.law.simulate.run import all_books, simulate

__all__ = ["main"]

EXAMPLES = Path(__file__).with_name("reforms")
PEOPLE, SEED, YEARS, MOST_YEARS = 100_000, 20260701, 5, 30


def main(argv: Sequence[str]) -> int:
    """Chạy ``ansinh simulate``: 0 if all is well, 2 for a file that is not valid."""
    asked = _parser().parse_args(argv)
    try:
        if asked.make_population is not None:
            return _make(asked)
        if asked.reform is None or asked.population is None:
            sys.stderr.write("Cần --reform và --population / --reform and --population are needed\n")
            return 2
        return _try(asked)
    except BrokenPipeError:
        raise  # the reader of the output is gone: no fault of a file
    except (BilingualError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _try(asked: argparse.Namespace) -> int:
    reform = read_reform(_reform_path(asked.reform), all_books())
    out: Path | None = asked.out
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    people_to = None if out is None else out / "people.parquet"
    found = simulate(reform, asked.population, years=asked.years, people_to=people_to)
    if out is not None:
        (out / "report.html").write_text(page(reform, found), encoding="utf-8")
        (out / "results.json").write_text(
            json.dumps(asdict(found), ensure_ascii=False, indent=2), encoding="utf-8"
        )
        sys.stderr.write(f"{out / 'report.html'}\n{out / 'results.json'}\n{people_to}\n")
    if asked.json:
        sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(reform, found))
    return 0


def _make(asked: argparse.Namespace) -> int:
    with duckdb.connect() as con:
        population.synthetic(con, asked.people, asked.seed, first=asked.first, last=asked.last)
        population.write(con, asked.make_population)
    sys.stdout.write(f"{asked.make_population}: {asked.people} người / people\n")
    return 0


def _reform_path(text: str) -> Path:
    """A file, or the name of a reform that ships with the product."""
    shipped = EXAMPLES / f"{text}.yaml"
    path = Path(text)
    if not path.is_file() and shipped.is_file():
        return shipped
    if not path.is_file():
        names = ", ".join(sorted(one.stem for one in EXAMPLES.glob("*.yaml")))
        raise BilingualError(
            f"Không có tệp cải cách {text}; có sẵn: {names}",
            f"There is no reform {text}; shipped: {names}",
            code="simulate.reform",
        )
    return path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ansinh simulate",
        description="Thử một cải cách trên cả dân số / Try a reform on a whole population.",
    )
    parser.add_argument(
        "--reform", metavar="FILE", help="tệp cải cách, hoặc tên có sẵn / a file, or a shipped name"
    )
    parser.add_argument("--population", type=Path, metavar="FILE.parquet", help="tệp dân số / the population")
    parser.add_argument("--years", type=_years, default=YEARS, help="số năm tính chi / years of cost (5)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="ghi report.html, results.json, people.parquet"
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON / print JSON")
    parser.add_argument(
        "--make-population", type=Path, metavar="FILE.parquet", help="tạo dân số giả lập / make one"
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help="số người / how many people (100000)")
    parser.add_argument("--seed", type=int, default=SEED, help="hạt giống / seed")
    parser.add_argument(
        "--first", type=Month.parse, default=Month(2026, 1), help="tháng hưởng sớm nhất / first month"
    )
    parser.add_argument(
        "--last", type=Month.parse, default=Month(2026, 12), help="tháng hưởng muộn nhất / last month"
    )
    return parser


def _years(text: str) -> int:
    years = int(text)
    if not 1 <= years <= MOST_YEARS:
        raise argparse.ArgumentTypeError(f"từ 1 đến {MOST_YEARS} / 1 to {MOST_YEARS}")
    return years
