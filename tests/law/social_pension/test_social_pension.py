"""Trợ cấp hưu trí xã hội và trợ cấp hằng tháng: what must hold, and what is asked for."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law import social_pension
from ansinh.law.calc import FactError, compute
from ansinh.law.engine import NotInForce, explain

SCALE = social_pension.BOOK.on(date(2026, 1, 1))
LEVEL = 500_000


@given(st.integers(1, 100_000_000), st.integers(1, 29), st.integers(1, 300))
def test_what_was_contributed_is_paid_out(wage, half_years, months_to_age):
    counted = Fraction(half_years, 2)
    earned = social_pension.bridging_months(wage, counted, SCALE)
    monthly = social_pension.bridging_amount(earned, months_to_age, SCALE)
    top_up = social_pension.bridging_top_up(earned, months_to_age, SCALE)
    assert monthly >= LEVEL
    assert earned * LEVEL >= 2 * wage * counted > (earned - 1) * LEVEL
    if top_up:
        assert monthly == LEVEL
        assert (earned * LEVEL + top_up) == months_to_age * LEVEL
    else:
        assert abs(monthly * months_to_age - earned * LEVEL) <= months_to_age


def problems(calculator, **facts):
    with pytest.raises(FactError) as caught:
        compute({"calculator": calculator, "as_of": "2026-03-01", "facts": facts})
    return {problem.fact for problem in caught.value.problems}


def test_the_household_is_asked_about_only_between_70_and_75():
    assert problems("social_pension.benefit", age_months=870, insured_benefit=0) == {"poor_household"}
    young = {"age_months": 839, "insured_benefit": 0}
    case = {"calculator": "social_pension.benefit", "as_of": "2026-03-01", "facts": young}
    assert compute(case).results["reason"] == "under_age"


def test_birth_and_what_is_drawn_are_asked_for():
    assert problems("social_pension.benefit", age_months=900) == {"insured_benefit"}
    assert problems("social_pension.bridging_allowance", sex="male", contributed_months=100) == {
        "birth | birth_month | birth_year"
    }


def test_without_a_wage_only_the_time_is_told():
    facts = {"sex": "male", "birth": "1964-03-10", "contributed_months": 100}
    case = {"calculator": "social_pension.bridging_allowance", "as_of": "2026-03-15", "facts": facts}
    assert compute(case).results == {"eligible": True, "months_to_age": 156}


def test_the_level_is_marked_as_not_read_in_the_decree():
    with explain() as explanation:
        social_pension.amount(0, SCALE)
    assert [use.unverified for step in explanation.steps for use in step.parameters] == [True]


def test_not_before_07_2025():
    with pytest.raises(NotInForce):
        social_pension.age(False, social_pension.BOOK.on(date(2025, 6, 30)))
