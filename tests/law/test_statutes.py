"""Boundary cases by article: files `tests/law/<statute>/*.yaml` with `of: calc`, asked of the calculators.

A case: clause (the id of a provision that must have been applied), title, calculator, as_of, facts, expect.
"""

from pathlib import Path

import pytest
import yaml

from ansinh.law.calc import compute
from ansinh.law.calc.checking import check


def cases():
    for path in sorted(Path(__file__).parent.glob("*/*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, dict) and content.get("of") == "calc":
            for number, case in enumerate(content["cases"], 1):
                yield pytest.param(case, id=f"{path.parent.name}/{path.stem}-{number}")


@pytest.mark.parametrize("case", cases())
def test_case(case):
    (verdict,) = check([case])
    assert verdict.passed, verdict
    assert case["clause"] in {step.name for step in compute(case).steps}, "the clause named was not applied"
