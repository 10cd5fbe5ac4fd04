"""The explanation: the steps of the run itself, nested, with the figures each of them read."""

from datetime import date
from fractions import Fraction

import pytest
from tests.law.engine import small_law

from ansinh.law.engine import explain


def test_a_step_says_what_it_was_given_read_and_answered():
    with explain() as explanation:
        value = small_law.due.on(date(2024, 7, 1))(6_000_000, 1, small_law.BOOK.on(date(2024, 7, 1)))
    (step,) = explanation.steps
    assert (step.name, step.value, step.depth) == ("small.due", value, 0)
    assert step.clause == "58/2014/QH13, Điều 85"
    assert step.term == "tiền đóng"
    assert step.facts["wage"] == 6_000_000
    assert [(use.name, use.value) for use in step.parameters] == [
        ("floor[1]", 4_960_000),
        ("rate", Fraction(2, 25)),
    ]


def test_inner_steps_come_first_and_deeper():
    from ansinh.kernel.months import Month
    from ansinh.law.contributions import one_month

    with explain() as explanation:
        one_month(Month(2026, 7), 10_000_000, region=1)
    names = {step.name: step for step in explanation.steps}
    assert {"contribution.base", "contribution.pension_survivors", "contribution.health"} <= names.keys()
    assert names["contribution.pension_survivors"].value.total == 2_200_000
    assert "161/2026/NĐ-CP, Điều 3 khoản 2" in {use.source for use in explanation.parameters}


def test_without_explain_nothing_is_kept():
    with explain() as explanation:
        pass
    small_law.due_old(6_000_000, 1, small_law.BOOK.on(date(2024, 7, 1)))
    assert explanation.steps == []
    assert explanation.parameters == ()


def test_one_explanation_inside_another_keeps_to_itself():
    scale = small_law.BOOK.on(date(2024, 7, 1))
    with explain() as outer:
        with explain() as inner:
            small_law.due_old(6_000_000, 1, scale)
        small_law.due_old(7_000_000, 1, scale)
    assert [step.facts["wage"] for step in inner.steps] == [6_000_000]
    assert [step.facts["wage"] for step in outer.steps] == [7_000_000]


def test_a_step_that_fails_leaves_the_rest_in_order():
    scale = small_law.BOOK.on(date(2024, 7, 1))
    with explain() as explanation:
        with pytest.raises(KeyError):
            small_law.due_old(6_000_000, 9, scale)
        small_law.due_old(6_000_000, 1, scale)
    assert [step.depth for step in explanation.steps] == [0]
