"""The boundary cases of each article, kept in folders named after the statutes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansinh.kernel.months import Month
from ansinh.kernel.shares import percent
from ansinh.law import contributions
from ansinh.law.contributions import BOOK, PayKind, WorkerGroup
from ansinh.law.engine import explain

ENUMS = {"worker_group": WorkerGroup, "pay_kind": PayKind}


def cases():
    for path in sorted(Path(__file__).parents[1].glob("*/*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, dict) and content.get("of") == "contributions":
            for number, case in enumerate(content["cases"], 1):
                yield pytest.param(case, id=f"{path.parent.name}/{path.stem}-{number}")


def ask(case: dict[str, Any]) -> Any:
    facts = {name: ENUMS[name][value] if name in ENUMS else value for name, value in case["facts"].items()}
    call = getattr(contributions, case["call"])
    if case["call"] == "trainee_steps":
        steps = call(Month.parse(facts["enlisted"]), Month.parse(facts["until"]))
        return [[str(s.first), str(s.last), s.months, percent(s.rate), str(s.multiple), s.of] for s in steps]
    month = Month.parse(facts.pop("month"))
    if case["call"] == "compulsory":
        return call(facts.pop("wages"), month, **facts)
    if case["call"] in {"job_minimum", "unemployment_state_ceiling"}:
        return call(**facts, scale=BOOK.on(month))
    return call(month, **facts)


@pytest.mark.parametrize("case", cases())
def test_case(case):
    with explain() as explanation:
        answer = ask(case)
    expected = case["expect"]
    if isinstance(expected, dict):
        assert {name: getattr(answer, name) for name in expected} == expected
    else:
        assert answer == expected
    assert case["clause"] in {step.name for step in explanation.steps}, "the clause named was not applied"
