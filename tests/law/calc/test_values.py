"""Giá trị: exact out, and compared whatever the spelling."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.law.calc.contract import Kind
from ansinh.law.calc.values import canonical, exact_decimal, plain

PERCENT = Kind("percent")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=7, min_value=-(10**6), max_value=10**6))
def test_a_decimal_comes_back_as_it_went_in(number):
    assert Fraction(exact_decimal(Fraction(number))) == Fraction(number)


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(139, 200), "69.5%"), (Fraction(10833, 10**6), "1.0833%"), (Fraction(22, 100), "22%")],
)
def test_percentages_keep_every_digit(share, text):
    assert plain(PERCENT, share) == text


def test_days_and_months_are_iso():
    assert plain(Kind("date"), date(2026, 7, 1)) == "2026-07-01"
    steps = Kind("list", fields={"from": Kind("month"), "rate": PERCENT})
    assert plain(steps, [{"from": Month(2026, 7), "rate": Fraction(22, 100)}]) == [
        {"from": "2026-07", "rate": "22%"}
    ]


def test_spelling_does_not_matter_in_comparison():
    assert canonical(PERCENT, "1.0650%") == canonical(PERCENT, Fraction(1065, 10**5))
    assert canonical(Kind("decimal"), "2.50") == canonical(Kind("decimal"), Fraction(5, 2))
    assert canonical(PERCENT, "1.07%") != canonical(PERCENT, Fraction(1065, 10**5))
