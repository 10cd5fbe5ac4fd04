"""`python -m bench [NAME …] [--quick] [--growth] [--keep]`: measure, one after the other, and print one table.

Each measure runs in a process of its own, so that one's memory is not another's. Scratch databases are
dropped at the end unless `--keep` is given. Exit code 1 when a goal is missed or a measure breaks.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys

from bench import contributions, pensions, province
from bench.table import Line, read, text

QUARTER, WHOLE, FOURFOLD = 0.25, 1.0, 4.0
QUICK_SHARE = 0.05


def main() -> int:
    """Run the measures asked for."""
    options = _parser().parse_args()
    lines: list[Line] = []
    broken = []
    try:
        for name, module, arguments in _plan(options):
            print(f"== {name} {' '.join(arguments)}", file=sys.stderr, flush=True)
            if not _measure(module, arguments, lines):
                broken.append(name)
    finally:
        if not options.keep and {"month", "print", "pages", "lists", "crowd"} & set(options.names):
            province.clean()
    print(f"\n{_machine()}\n\n{text(lines)}")
    missed = [line for line in lines if line.verdict == "✗"]
    print(f"\n{sum(x.verdict == '✓' for x in lines)} goals met, {len(missed)} missed", *broken)
    return 1 if missed or broken else 0


def _plan(options: argparse.Namespace) -> list[tuple[str, str, list[str]]]:
    """The processes to start, in order: (name, module, arguments)."""
    rows = contributions.QUICK if options.quick else contributions.ROWS
    people = pensions.QUICK if options.quick else pensions.PEOPLE
    share = QUICK_SHARE if options.quick else WHOLE
    shares = [QUICK_SHARE] if options.quick else [QUARTER, WHOLE, *([FOURFOLD] if options.growth else [])]
    whole = ["--share", str(share)]
    plan = {
        "contributions": [("bench.contributions", ["--rows", str(rows)])],
        "pensions": [("bench.pensions", ["--people", str(people)])],
        "one": [("bench.one", [])],
        "month": [("bench.month", ["--share", str(s)]) for s in shares],
        "print": [("bench.printing", whole)],
        "pages": [("bench.pages", whole)],
        "lists": [("bench.lists", whole)],
        "crowd": [("bench.crowd", whole)],
    }
    return [(name, *part) for name in options.names for part in plan[name]]


def _measure(module: str, arguments: list[str], lines: list[Line]) -> bool:
    """Run one process, keep the lines it tells; answers whether it came to its end."""
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for output in process.stdout or ():
            line = read(output)
            if line is None:
                print(output, end="", file=sys.stderr)
            else:
                lines.append(line)
                print(text([line]).splitlines()[-1], file=sys.stderr, flush=True)
    return process.returncode == 0


def _machine() -> str:
    """Cores, memory and the load when the measuring ends; nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB memory, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; load at the end {load}"
    )


def _parser() -> argparse.ArgumentParser:
    names = ["contributions", "pensions", "one", "month", "print", "pages", "lists", "crowd"]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", default=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="smaller, for a look: figures do not count")
    parser.add_argument("--growth", action="store_true", help="the month at four times its size too")
    parser.add_argument("--keep", action="store_true", help="keep the scratch databases")
    return parser


if __name__ == "__main__":
    sys.exit(main())
