from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.shares import percent, share, split

weights = st.lists(st.fractions(0, 1000, max_denominator=1000), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ("10.5%", Fraction(21, 200)),
        ("10,5 %", Fraction(21, 200)),
        ("1/3", Fraction(1, 3)),
        ("50/3%", Fraction(1, 6)),
        ("0.03", Fraction(3, 100)),
        ("-2%", Fraction(-1, 50)),
        (" 100% ", Fraction(1)),
        ("0", Fraction(0)),
        (1, Fraction(1)),
        (Fraction(2, 7), Fraction(2, 7)),
    ],
)
def test_reads_exactly(written, exact):
    assert share(written) == exact


@pytest.mark.parametrize("written", ["", "%", "1/0", "một nửa", "1.2.3", "5%%", 0.105, True, None, "1e-2"])
def test_refuses_what_is_not_exact(written):
    with pytest.raises(BilingualError) as caught:
        share(written)
    assert caught.value.code == "share.format"


@pytest.mark.parametrize(
    ("x", "shown"),
    [
        (Fraction(139, 200), "69.5%"),
        (Fraction(3, 4), "75%"),
        (Fraction(0), "0%"),
        (Fraction(-1, 200), "-0.5%"),
        (Fraction(2, 3), "66.6667%"),
        (Fraction(1, 10**9), "0%"),
        (Fraction(105, 1000), "10.5%"),
    ],
)
def test_shows_percent(x, shown):
    assert percent(x) == shown
    assert percent(x, comma=True) == shown.replace(".", ",")


def test_percent_without_decimals():
    assert percent(Fraction(2, 3), digits=0) == "67%"


@given(st.integers(-(10**8), 10**8))
def test_percent_is_read_back_when_it_fits(hundredths_of_a_percent):
    x = Fraction(hundredths_of_a_percent, 10**4)
    assert share(percent(x)) == x
    assert share(percent(x, comma=True)) == x


@given(st.integers(-(10**15), 10**15), weights)
def test_parts_add_up_and_are_within_one_dong(total, parts):
    assume(any(parts))
    found = split(total, parts)
    assert sum(found) == total
    whole = sum(parts)
    for part, weight in zip(found, parts, strict=True):
        assert abs(part - total * weight / whole) < 1
        assert part == 0 or weight > 0


@given(st.integers(0, 10**12), weights)
def test_a_heavier_part_never_gets_less(total, parts):
    assume(any(parts))
    found = split(total, parts)
    for a, b in zip(
        sorted(zip(parts, found, strict=True)), sorted(zip(parts, found, strict=True))[1:], strict=False
    ):
        assert a[0] == b[0] or a[1] <= b[1]


@given(st.integers(-(10**12), 10**12), weights, st.integers(1, 1000))
def test_only_proportions_count_and_a_reversal_mirrors(total, parts, factor):
    assume(any(parts))
    assert split(total, [weight * factor for weight in parts]) == split(total, parts)
    assert split(-total, parts) == [-part for part in split(total, parts)]


def test_a_dong_left_over_goes_to_the_largest_remainder_then_to_the_first():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(10, [Fraction(1, 3), Fraction(2, 3)]) == [3, 7]
    assert split(1, [0, 1, 1]) == [0, 1, 0]


def test_nothing_to_divide():
    assert split(0, [0, 0]) == [0, 0]
    assert split(0, []) == []


@pytest.mark.parametrize("parts", [[], [0, 0], [2, -1]])
def test_weights_are_checked(parts):
    with pytest.raises(BilingualError) as caught:
        split(100, parts)
    assert caught.value.code == "split.weights"
