"""`ansinh run`: a month from the command line, with progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from tqdm import tqdm

from ansinh.collection.month import services
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.runs.engine import Watch
from ansinh.office.runs.kinds import Step


class Bar(Watch):
    """Thanh tiến độ on stderr: one for all steps."""

    def __init__(self, bar: tqdm[Any]) -> None:
        self.bar = bar

    def did(self, step: Step, what: str, count: int) -> None:
        """So many more rows."""
        self.bar.set_description(f"{step.name} {what}")
        self.bar.update(count)


def main(argv: Sequence[str]) -> int:
    """Run one month of a province; prints what was posted. Exit code 1 when it is refused."""
    parser = argparse.ArgumentParser(prog="ansinh run")
    parser.add_argument("month", type=Month.parse, help="kỳ / month, 2026-06")
    parser.add_argument("--province", default="20", help="mã tỉnh / province code (20 = Lạng Sơn)")
    args = parser.parse_args(argv)
    unit = Unit.objects.get(kind="province", code=args.province, valid_to=None)
    with tqdm(unit=" dòng", unit_scale=True, desc="chạy tháng", file=sys.stderr) as bar:
        try:
            run = services.run_month(actor=None, unit=unit, month=args.month, watch=Bar(bar))
        except BilingualError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if run.state != run.State.DONE:
        sys.stderr.write("Lượt chạy đã bị hủy / the run was cancelled\n")
        return 1
    for table, rows in run.result.items():
        sys.stdout.write(f"{table:24} {rows:>12,}\n")
    return 0
