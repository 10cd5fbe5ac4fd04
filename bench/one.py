"""Một người, có diễn giải: what an officer's screen or a public calculator asks for."""

from __future__ import annotations

import time
from collections.abc import Callable

from ansinh.kernel.months import Month
from ansinh.law.calc import compute
from ansinh.law.contributions import compulsory
from ansinh.law.engine import explain
from bench.table import Line, tell

NAME = "one"
TIMES = 2_000
MILLISECONDS = 1
CASE = {
    "calculator": "contribution.late_interest",
    "as_of": "2026-01-31",
    "facts": {"kind": "late", "amount": 10_000_000, "days_late": 30},
}


def main() -> None:
    """Warm medians of the two ways to ask."""
    steps = len(_explained().steps)
    tell(Line(NAME, "a month's dues of a worker, explained", median(_explained), "ms", most=MILLISECONDS,
              note=f"{steps} steps with their articles; median of {TIMES:,}, warm"))  # fmt: skip
    tell(Line(NAME, "the same without explanation", median(_plain), "ms", note="the oracle of the columns"))
    tell(Line(NAME, "a calculator's answer from a case file", median(lambda: compute(CASE)), "ms",
              most=MILLISECONDS, note="late interest: facts checked, computed, explained"))  # fmt: skip


def median(work: Callable[[], object]) -> float:
    """The median in milliseconds, after as many tries as make it warm."""
    spent = []
    for _ in range(TIMES + TIMES // 10):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return sorted(spent[TIMES // 10 :])[TIMES // 2] * 1000


def _plain() -> object:
    return compulsory([12_345_678], Month(2026, 7), region=2)


def _explained() -> object:
    with explain() as explanation:
        _plain()
    return explanation


if __name__ == "__main__":
    main()
