"""Every fact a clause is given, and every reason of a refusal, has Vietnamese words for who reads it aloud."""

from pathlib import Path

import pytest
from tests.law.cases.test_cases import CASES

from ansinh.law.calc import calculators, compute
from ansinh.law.calc.explained import explained, said, unnamed
from ansinh.law.engine.branches import branches


def test_every_fact_of_a_clause_is_named():
    branches()
    assert list(unnamed()) == []


@pytest.mark.parametrize("calculator", calculators().values(), ids=lambda one: one.id)
def test_a_calculator_names_all_it_asks_and_answers(calculator):
    assert calculator.vi
    assert calculator.en
    assert calculator.law
    for slot in (*calculator.facts.values(), *calculator.results.values()):
        assert slot.vi, slot.name
        assert slot.en, slot.name


def test_every_reason_met_is_said_in_words():
    reasons = {str(reason) for case in CASES if (reason := compute(case).results.get("reason"))}
    assert reasons
    assert {reason for reason in reasons if said(reason).vi == reason} == set()


def test_every_case_is_told_whole():
    for case in CASES:
        answer = compute(case)
        told = explained(answer)
        assert len(told.results) == len(answer.results)
        assert all(line.words.vi and line.value.vi for line in (*told.given, *told.results)), case["id"]
        assert all(step.clause and step.words.vi and step.words.en for step in told.steps), case["id"]
        assert told.steps, case["id"]


def test_a_rule_stands_for_every_calculator():
    from importlib import import_module

    for calculator in calculators().values():
        assert calculator.id in import_module(f"ansinh.law.{calculator.branch}.answers").RULES


def test_the_public_folder_is_not_read():
    """What the product knows it carries: no case and no rule looks outside the project."""
    root = Path(__file__).parents[3]
    assert not any("/shared/" in path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py"))
