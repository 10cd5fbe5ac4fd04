"""Các gói hỗ trợ: what is asked, when a package lives, and that every package is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calc import FactError, compute
from ansinh.law.calc.contract import calculators
from ansinh.law.engine import NotInForce
from ansinh.law.support import PACKAGES
from ansinh.law.support.answers import RULES


def answer(as_of="2021-10-01", **facts):
    return compute({"calculator": "support.resolution_116", "as_of": as_of, "facts": facts})


def faults(**facts):
    with pytest.raises(FactError) as caught:
        answer(**facts)
    return {problem.fact: problem.code for problem in caught.value.problems}


def test_every_package_has_its_calculator():
    listed = {name for name, one in calculators().items() if one.branch == "support"}
    assert listed == set(RULES) == {f"support.{name}" for name in PACKAGES}


def test_status_and_the_end_of_the_contract_are_asked_for():
    assert faults(ui_months=12) == {"status": "missing_fact"}
    assert faults(ui_months=12, status="stopped") == {"terminated": "missing_fact"}


def test_what_would_not_change_the_refusal_is_not_asked_for():
    refused = answer(ui_months=12, state_funded_employer=True).results
    assert refused == {"eligible": False, "reason": "state_funded_employer"}
    refused = answer(ui_months=12, status="stopped", receives_pension=True).results
    assert refused == {"eligible": False, "reason": "receives_pension"}


@pytest.mark.parametrize(
    ("day", "alive"),
    [("2021-09-23", False), ("2021-09-24", True), ("2021-12-31", True), ("2022-01-01", False)],
)
def test_a_package_is_decided_while_it_lives(day, alive):
    if alive:
        assert answer(day, ui_months=12, status="insured").results["eligible"]
    else:
        with pytest.raises(NotInForce):
            answer(day, ui_months=12, status="insured")


def test_a_refusal_names_its_article():
    found = answer(ui_months=12, status="insured", state_funded_employer=True)
    assert found.results == {"eligible": False, "reason": "state_funded_employer"}
    assert any("28/2021/QĐ-TTg, Điều 1" in step.clause for step in found.steps)


@given(months=st.integers(0, 300))
def test_more_months_never_mean_less(months):
    less, more = (answer(ui_months=n, status="insured").results["amount"] for n in (months, months + 1))
    assert 1_800_000 <= less <= more <= 3_300_000
