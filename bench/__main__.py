"""Run the measurements named, or all; print one line each with its goal."""

from __future__ import annotations

import argparse
import sys

from bench import contributions, month, one, printing

MEASURES = {
    "contributions": contributions.measure,
    "print": printing.measure,
    "one": one.measure,
    "month": month.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], default=[])
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    args = parser.parse_args()
    for name in args.names or MEASURES:
        for line in MEASURES[name](quick=args.quick):
            print(f"{name:14} {line}", flush=True)
    return 0


sys.exit(main())
