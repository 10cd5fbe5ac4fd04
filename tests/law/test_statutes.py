"""Boundary cases by article: files `tests/law/<statute>/*.yaml`.

`of: calc` is asked of the calculators: clause (the id of a provision that must have been applied), title,
calculator, as_of, facts, expect (results by name) or absent (results that must not be there), or asks: the facts that
are asked for, in order. `of: clause` is asked of the clause alone: clause, as_of, facts, expect.
"""

from pathlib import Path

import pytest
import yaml

from ansinh.law.calc import compute
from ansinh.law.calc.checking import check
from ansinh.law.calc.exercised import agrees, applied, asked_for


def cases(kind):
    for path in sorted(Path(__file__).parent.glob("*/*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, dict) and content.get("of") == kind:
            for number, case in enumerate(content["cases"], 1):
                yield pytest.param(case, id=f"{path.parent.name}/{path.stem}-{number}")


@pytest.mark.parametrize("case", cases("calc"))
def test_case(case):
    if "asks" in case:
        assert asked_for(case) == case["asks"]
        return
    (verdict,) = check([case])
    assert verdict.passed, verdict
    assert case["clause"] in {step.name for step in compute(case).steps}, "the clause named was not applied"


@pytest.mark.parametrize("case", cases("clause"))
def test_clause(case):
    value, _ = applied(case)
    assert agrees(case["expect"], value), value
