"""Một người, có diễn giải: what an officer's screen or a public calculator asks for."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from ansinh.kernel.months import Month
from ansinh.law.calc import compute
from ansinh.law.calc.casefile import read_cases
from ansinh.law.contributions import compulsory
from ansinh.law.engine import explain
from bench.table import Line, tell

NAME = "one"
TIMES = 2_000
MILLISECONDS = 1
CASES = Path("tests") / "law" / "cases"
ROUNDS = 20
MILLISECONDS_A_CASE = 2
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
    every_case()


def every_case() -> None:
    """The cases printed in official texts, one by one: the median of some warm rounds of each."""
    cases = [case for path in sorted(CASES.glob("*.yaml")) for case in read_cases(str(path))]
    spent = [median(lambda case=case: compute(case), ROUNDS) for case in cases]
    slowest = max(range(len(cases)), key=spent.__getitem__)
    tell(Line(NAME, f"all {len(cases):,} cases of official texts, mean of one", sum(spent) / len(spent), "ms",
              most=MILLISECONDS_A_CASE, note=f"median {sorted(spent)[len(spent) // 2]:.3f} ms, worst "
              f"{spent[slowest]:.2f} ms ({cases[slowest]['id']}); each the median of {ROUNDS}, warm"))  # fmt: skip


def median(work: Callable[[], object], times: int = TIMES) -> float:
    """The median in milliseconds, after as many tries as make it warm."""
    spent = []
    for _ in range(times + times // 10):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return sorted(spent[times // 10 :])[times // 2] * 1000


def _plain() -> object:
    return compulsory([12_345_678], Month(2026, 7), region=2)


def _explained() -> object:
    with explain() as explanation:
        _plain()
    return explanation


if __name__ == "__main__":
    main()
