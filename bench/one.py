"""One person's explained computation, warm."""

from __future__ import annotations

from collections.abc import Iterator

from ansinh.law.calc import compute
from bench.contributions import best

CASE = {
    "id": "bench",
    "calculator": "contribution.compulsory",
    "as_of": "2026-07-01",
    "facts": {"wages": [12_345_678], "region": "II"},
}


def measure(*, quick: bool) -> Iterator[str]:
    """Milliseconds of one case with every step, clause and source."""
    compute(CASE)
    rounds = 100 if quick else 500
    seconds = best(lambda: [compute(CASE) for _ in range(rounds)]) / rounds
    yield f"one explained contribution {seconds * 1000:.2f} ms (goal < 1)"
