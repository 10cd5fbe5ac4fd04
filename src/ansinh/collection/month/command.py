"""`ansinh run`: a month from the command line, with progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tqdm import tqdm

from ansinh.collection.month import services
from ansinh.kernel.months import Month
from ansinh.office.models import Unit


def main(argv: Sequence[str]) -> int:
    """Run one month of a province; prints what was posted. Exit code 1 when it is refused."""
    parser = argparse.ArgumentParser(prog="ansinh run")
    parser.add_argument("month", type=Month.parse, help="kỳ / month, 2026-06")
    parser.add_argument("--province", default="20", help="mã tỉnh / province code (20 = Lạng Sơn)")
    args = parser.parse_args(argv)
    unit = Unit.objects.get(kind="province", code=args.province, valid_to=None)
    with tqdm(unit=" dòng", unit_scale=True, desc="chạy tháng", file=sys.stderr) as bar:

        def report(step: str, what: str, rows: int) -> None:
            bar.set_description(f"{step} {what}".strip())
            bar.update(rows)

        try:
            run = services.run_month(actor=None, unit=unit, month=args.month, report=report)
        except services.MonthError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    for table, rows in run.result.items():
        sys.stdout.write(f"{table:24} {rows:>12,}\n")
    return 0
