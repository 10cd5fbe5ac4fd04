"""Whatever is left out or changed in a case, the answer is an answer or a fault that names its place."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from tests.law.cases.test_cases import CASES

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc import calculators, compute
from ansinh.law.calc.explained import Line, explained

DAYS = ("2015-12-31", "2016-01-01", "2020-12-31", "2021-01-01", "2025-06-30", "2025-07-01", "2026-12-31")


def variations(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    facts = case.get("facts") or {}
    for name, value in facts.items():
        rest = {other: held for other, held in facts.items() if other != name}
        yield {**case, "facts": rest}
        for changed in _changed(value):
            yield {**case, "facts": {**rest, name: changed}}
    for day in DAYS:
        yield {**case, "as_of": day}


def _changed(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (0, 1, 10**13)
    elif isinstance(value, str) and value.endswith("%"):
        yield from ("0%", "100%", "250%")
    elif isinstance(value, list):
        yield []
        if value and isinstance(value[0], dict):
            for key in value[0]:
                rows = copy.deepcopy(value)
                del rows[0][key]
                yield rows
    elif isinstance(value, dict):
        for key in value:
            yield {other: held for other, held in value.items() if other != key}


@pytest.mark.parametrize("calculator", calculators())
def test_no_case_breaks_its_calculator(calculator):
    for case in (case for case in CASES if case["calculator"] == calculator):
        for changed in variations(case):
            told = told_of(changed)
            negative = [line.name for line in told if line.value.vi.startswith("-")]
            # What the formula gives before its floor may be below nothing; an amount, a day, a month never.
            assert set(negative) <= {"pension_months"}, changed


def told_of(case: dict[str, Any]) -> tuple[Line, ...]:
    try:
        return explained(compute(case)).results
    except BilingualError as error:
        said = error
    assert said.vi
    assert said.en
    return ()
