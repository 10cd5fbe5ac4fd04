"""The sum now against the pension: what follows whatever the facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.one_time.choice import GivenUp, break_even_months


def choice(**facts):
    base = {"sex": "female", "birth": "1976-05-10", "average_wage": 6_000_000}
    case = {"calculator": "retirement.one_time_choice", "as_of": "2026-11-25", "facts": base | facts}
    return compute(case).results


@given(st.integers(0, 10**11), st.integers(1, 10**8))
def test_at_break_even_the_pension_has_paid_more_and_a_month_before_it_has_not(amount, monthly):
    months = break_even_months(amount, monthly)
    assert months * monthly > amount >= (months - 1) * monthly


@given(st.integers(1, 155), st.integers(1_500_000, 46_800_000))
def test_the_cost_never_hastens_the_break_even(months, income):
    found = choice(contributed_months=months, monthly_income=income)
    assert found["break_even_months_with_cost"] >= found["break_even_months"]
    assert found["missing_months"] == max(180 - months, 0)
    assert set(found["given_up"]) <= {one.value for one in GivenUp}


def test_without_an_income_the_cost_is_left_open():
    found = choice(contributed_months=100)
    assert "missing_cost" not in found
    assert "break_even_months_with_cost" not in found


def test_voluntary_time_alone_leaves_no_monthly_allowance_to_the_family():
    assert "survivors_monthly" not in choice(voluntary_months=150, monthly_income=6_000_000)["given_up"]


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"contributed_months": 0}, "contributed_months"),
        ({"contributed_months": 100, "birth": None}, "birth | birth_month | birth_year"),
        ({"contributed_months": 200}, "contributed_months_before_2014"),
        ({}, "contributed_months | voluntary_months"),
    ],
)
def test_missing_facts_are_named(facts, named):
    with pytest.raises(FactError) as caught:
        choice(**facts)
    assert named in {problem.fact for problem in caught.value.problems}
