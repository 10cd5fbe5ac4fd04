"""Trang của bản này và của một bản trước: processor time of pages, in turns in one run.

    python -m bench.against fe987dc --share 0.05

The older commit is checked out beside this one and answers from the same database: its columns must still be
there. The pages' own time is compared, reading log included; what the database works is the measure *lists*.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import pages, province, stock
from bench.table import Line, tell

NAME = "against"
ROUNDS, TIMES = 9, 5
MOST = 0.45
LISTS = ("list of people", "list of people, by name", "list of employers", "list of statements")
"""What the goal is about: a list with fifty rows, and whom it shows in the reading log."""


class Clicks:
    """A process that opens pages with the code of one tree."""

    def __init__(self, tree: Path, share: float) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "bench.clicks", "--share", str(share)]
        path = f"{tree / 'src'}{os.pathsep}{Path.cwd()}"
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": path, "ANSINH_PROFILE": "demo"},
        )

    def spent(self, address: str, times: int = TIMES) -> float:
        """Milliseconds a page."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{times} {address}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def end(self) -> None:
        """No more pages."""
        self._process.communicate()


def main() -> None:
    """Open each page with both, in turns; tell the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--share", type=float, default=0.05)
    given = parser.parse_args()
    size = province.Size.of(given.share)
    if not province.connect(size):
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.lists", "--share", str(given.share)], check=True
        )
    else:
        stock.fill(size)
    with before(given.commit) as tree:
        sides = {"before": Clicks(tree, given.share), "now": Clicks(Path.cwd(), given.share)}
        totals = dict.fromkeys(sides, 0.0)
        for name, addresses in pages.addresses(size).items():
            asked = [address for address in addresses if "#" not in address][:ROUNDS]
            if not asked:
                continue
            found: dict[str, list[float]] = {side: [] for side in sides}
            for clicks in sides.values():
                clicks.spent(asked[0], 2)
            for turn in range(ROUNDS):
                for side, clicks in sides.items():
                    found[side].append(clicks.spent(asked[turn % len(asked)]))
            middle = {side: statistics.median(spent) for side, spent in found.items()}
            for side in sides:
                totals[side] += middle[side]
            ratio = middle["now"] / middle["before"]
            note = (
                f"{middle['before']:.1f} ms to {middle['now']:.1f} ms of processor, medians of {ROUNDS} turns"
            )
            most = MOST if name in LISTS else None
            tell(Line(NAME, f"{name}: now / {given.commit}", ratio, "×", most=most, note=note))
        for clicks in sides.values():
            clicks.end()
    tell(Line(NAME, "all of them", totals["now"] / totals["before"], "×"))


@contextmanager
def before(commit: str) -> Iterator[Path]:
    """The tree of a commit, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), commit], check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], check=True)


if __name__ == "__main__":
    main()
