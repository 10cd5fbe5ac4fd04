"""Các ví dụ của văn bản: every case of this folder, answered and compared."""

import time
from pathlib import Path

import pytest

from ansinh.law.calc import compute
from ansinh.law.calc.casefile import read_cases
from ansinh.law.calc.checking import check

CASES = [case for path in sorted(Path(__file__).parent.glob("*.yaml")) for case in read_cases(str(path))]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case):
    (verdict,) = check([case])
    assert verdict.passed, verdict


def test_ids_are_unique():
    assert len({case["id"] for case in CASES}) == len(CASES)


def test_a_warm_case_takes_less_than_two_milliseconds():
    for case in CASES:
        compute(case)
    best = min(_seconds(CASES) for _ in range(5))
    assert best / len(CASES) < 0.002


def _seconds(cases):
    start = time.process_time()
    for case in cases:
        compute(case)
    return time.process_time() - start
