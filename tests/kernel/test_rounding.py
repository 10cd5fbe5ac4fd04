from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.rounding import down, half_up, truncate_percent, up

fractions = st.fractions(max_denominator=10**9)
units = st.sampled_from([1, 10, 100, 500, 1_000])


@pytest.mark.parametrize(
    ("x", "nearest", "cut", "raised"),
    [
        (Fraction(0), 0, 0, 0),
        (Fraction(49, 100), 0, 0, 1),
        (Fraction(1, 2), 1, 0, 1),
        (Fraction(3, 2), 2, 1, 2),
        (Fraction(5, 2), 3, 2, 3),  # not to the even neighbour
        (Fraction(-1, 2), -1, 0, -1),
        (Fraction(-5, 2), -3, -2, -3),
        (7, 7, 7, 7),
        (-7, -7, -7, -7),
        (Fraction(10**30 + 1, 2), (10**30 + 2) // 2, 10**30 // 2, (10**30 + 2) // 2),
    ],
)
def test_at_the_boundaries(x, nearest, cut, raised):
    assert (half_up(x), down(x), up(x)) == (nearest, cut, raised)


@given(fractions, units)
def test_half_up_is_the_nearest_and_a_half_goes_away_from_zero(x, to):
    rounded = half_up(x, to=to)
    assert rounded % to == 0
    gap = abs(rounded - x)
    assert gap <= Fraction(to, 2)
    if gap == Fraction(to, 2):
        assert abs(rounded) > abs(x)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_agrees_with_decimal_arithmetic(x):
    exact = Fraction(x)
    assert half_up(exact) == int(x.quantize(Decimal(1), ROUND_HALF_UP))
    assert down(exact) == int(x.quantize(Decimal(1), ROUND_DOWN))
    assert up(exact) == int(x.quantize(Decimal(1), ROUND_UP))


@given(fractions, units)
def test_a_reversal_gives_back_what_was_booked(x, to):
    for rounding in (half_up, down, up):
        assert rounding(-x, to=to) == -rounding(x, to=to)


@given(fractions, units)
def test_down_and_up_enclose(x, to):
    assert abs(down(x, to=to)) <= abs(x) <= abs(up(x, to=to))
    assert abs(up(x, to=to)) - abs(down(x, to=to)) in {0, to}


def test_percent_is_cut_never_raised():
    assert truncate_percent(Fraction(19999, 30000), 2) == Fraction(6666, 10000)
    assert truncate_percent(Fraction(2, 3), 0) == Fraction(66, 100)
    assert truncate_percent(Fraction(3, 4), 2) == Fraction(3, 4)


@given(st.fractions(0, 10), st.integers(0, 6))
def test_cut_percent_loses_less_than_one_last_digit(x, digits):
    cut = truncate_percent(x, digits)
    assert 0 <= x - cut < Fraction(1, 100 * 10**digits)
    assert (cut * 100 * 10**digits).denominator == 1


@pytest.mark.parametrize("x", [0.5, True, "1", None])
def test_only_exact_numbers_are_rounded(x):
    with pytest.raises(BilingualError) as caught:
        half_up(x)
    assert caught.value.code == "rounding.type"


def test_units_and_digits_are_checked():
    with pytest.raises(BilingualError) as caught:
        half_up(5, to=0)
    assert caught.value.code == "rounding.unit"
    with pytest.raises(BilingualError) as caught:
        truncate_percent(Fraction(1, 2), -1)
    assert caught.value.code == "rounding.digits"
