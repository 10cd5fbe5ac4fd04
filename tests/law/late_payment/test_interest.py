"""Lãi chậm đóng trước tháng 7/2025: the monthly interest of QĐ 595 and the compound one before it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.kernel.shares import share
from ansinh.law.engine import NotInForce, explain
from ansinh.law.late_payment import settlement


@pytest.mark.parametrize(
    ("yearly", "rate"),
    [("6.39%", "1.065%"), ("5.80%", "0.9666%"), ("6%", "1%")],
)
def test_rate_is_twice_the_return_cut_at_four_decimals(yearly, rate):
    assert settlement.fund_rate(date(2020, 3, 1), "late", share(yearly)) == share(rate)


def test_health_insurance_follows_the_interbank_rate():
    assert settlement.interbank_rate(date(2016, 3, 1), share("6.5%")) == share("1.0833%")


@pytest.mark.parametrize(
    ("as_of", "kind", "times"),
    [
        (date(2015, 12, 31), "late", 1),
        (date(2016, 1, 1), "late", 2),
        (date(2018, 6, 30), "arrears", 2),
        (date(2018, 7, 1), "arrears", 1),
        (date(2018, 7, 1), "evasion", 2),
        (date(2025, 6, 30), "late", 2),
    ],
)
def test_multiple_of_the_return_on_both_sides_of_each_change(as_of, kind, times):
    assert settlement.fund_rate(as_of, kind, Fraction(12, 100)) == Fraction(times, 100)


def test_published_return_of_2020_says_it_is_unverified():
    with explain() as explanation:
        assert settlement.fund_rate(date(2020, 3, 1), "late", None) == share("0.9666%")
    assert [use.name for use in explanation.unverified] == ["fund_return"]


def test_unpublished_return_is_refused():
    with pytest.raises(NotInForce):
        settlement.fund_rate(date(2021, 1, 1), "late", None)


@pytest.mark.parametrize(
    ("day", "method"),
    [
        (date(2015, 12, 31), "compound"),
        (date(2016, 1, 1), "monthly"),
        (date(2025, 6, 30), "monthly"),
        (date(2025, 7, 1), "daily"),
    ],
)
def test_method_changes_with_the_law(day, method):
    assert settlement.method(day) == method


def test_interest_bears_interest_only_until_2015():
    base, rate, carried = 100_000_000, Fraction(1, 100), 10_000_000
    assert settlement.month_interest(date(2015, 12, 1), base, rate, carried=carried) == 1_100_000
    assert settlement.month_interest(date(2016, 1, 1), base, rate, carried=carried) == 1_000_000


def test_several_rates_over_time():
    # 50 million from 01/2016 to 06/2017: 12 months at 1%, 6 at 1.2%.
    periods = [
        settlement.RatePeriod(Month(2016, 1), Month(2016, 12), share("1%")),
        settlement.RatePeriod(Month(2017, 1), None, share("1.2%")),
    ]
    found = settlement.spread_interest(50_000_000, periods, Month(2016, 1), Month(2017, 6))
    assert found == (18, 9_600_000)
    with pytest.raises(LookupError):
        settlement.spread_interest(50_000_000, periods, Month(2015, 12), Month(2016, 1))


def test_arrears_take_the_rate_of_the_evaded_month_and_2016_for_anything_older():
    rates = {2016: share("1%"), 2017: share("1.2%")}

    def rate_of(month):
        return rates[month.year]

    day, computed = date(2017, 6, 1), Month(2017, 6)
    old = settlement.arrears(day, computed, Month(2014, 6), 1_000_000, rate_of)
    assert old == settlement.Arrears(months=35, interest=350_000)
    recent = settlement.arrears(day, computed, Month(2017, 1), 1_000_000, rate_of)
    assert recent == settlement.Arrears(months=4, interest=48_000)


@given(amount=st.integers(0, 10**12), months=st.integers(0, 120), more=st.integers(0, 24))
def test_interest_never_falls_with_time(amount, months, more):
    def rate_of(_):
        return share("1.065%")

    day, computed = date(2024, 1, 1), Month(2024, 1)
    shorter = settlement.arrears(day, computed, computed - months, amount, rate_of)
    longer = settlement.arrears(day, computed, computed - (months + more), amount, rate_of)
    assert 0 <= shorter.interest <= longer.interest
    assert shorter.months <= longer.months
