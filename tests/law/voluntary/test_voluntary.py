"""Bảo hiểm xã hội tự nguyện: what holds for every contribution, and what is asked when a fact is missing."""

import doctest
import importlib
import pkgutil
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ansinh.law.voluntary
from ansinh.kernel.months import Month
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.voluntary import (
    BOOK,
    Category,
    Method,
    income_standing,
    late,
    late_months,
    lump_allowed,
    method_months,
    missing,
    missing_allowed,
    periodic,
    prepaid,
    refund,
    support,
    support_missing,
    support_rate,
    supported_period,
    years_ahead_allowed,
)
from ansinh.law.voluntary.dues import monthly

DAYS = st.dates(date(2016, 1, 1), date(2026, 12, 31))
INCOMES = st.integers(0, 100_000_000)
RATES = st.integers(0, 2000).map(lambda points: Fraction(points, 100_000))
PERIODIC = st.sampled_from([Method.MONTHLY, Method.THREE_MONTHS, Method.SIX_MONTHS, Method.TWELVE_MONTHS])
CATEGORIES = st.lists(st.sampled_from(list(Category)), max_size=5)


@given(DAYS, INCOMES, st.integers(2, 5), RATES)
def test_paying_ahead_is_never_dearer_than_month_by_month(day, income, years, rate):
    scale = BOOK.on(day)
    months = method_months(Method.YEARS_AHEAD, years, scale)
    assert months == 12 * years
    ahead = prepaid.on(day)(income, months, rate, scale)
    assert 0 <= ahead <= periodic(income, months, scale)


@given(DAYS, INCOMES, st.integers(1, 60), RATES)
def test_missing_months_are_never_cheaper(day, income, months, rate):
    scale = BOOK.on(day)
    found = missing.on(day)(income, months, rate, scale)
    assert found >= periodic(income, months, scale)
    assert found <= missing.on(day)(income, months + 1, rate, scale)


@given(DAYS, INCOMES, st.integers(2, 5), RATES, st.data())
def test_refund_and_what_was_used_make_the_whole(day, income, years, rate, data):
    scale = BOOK.on(day)
    months = years * 12
    remaining = data.draw(st.integers(0, months))
    back = refund.on(day)(income, months, remaining, rate, 0, scale)
    used = prepaid.on(day)(income, months - remaining, rate, scale)
    assert abs(back + used - prepaid.on(day)(income, months, rate, scale)) <= 1
    assert refund.on(day)(income, months, remaining, rate, back, scale) == 0


@given(DAYS, INCOMES, PERIODIC, st.integers(0, 60), RATES)
def test_delay_costs_interest_from_the_month_after_the_window(day, income, method, since, rate):
    scale = BOOK.on(day)
    months = method_months(method, 0, scale)
    delay = late_months(method, since, scale)
    assert delay >= 0
    assert late_months(method, since + 1, scale) - delay in (0, 1)
    assert late(income, months, 0, rate, scale) == periodic(income, months, scale)
    assert late(income, months, delay, rate, scale) >= periodic(income, months, scale)


@given(DAYS, CATEGORIES, st.integers(1, 120), RATES)
def test_support_is_at_most_half_and_the_highest_of_the_categories(day, categories, months, rate):
    scale = BOOK.on(day)
    share = support_rate.on(day)(categories, scale)
    assert 0 <= share <= Fraction(1, 2)
    assert share == max(support_rate.on(day)([one], scale) for one in categories or [Category.OTHER])
    line = int(scale.rural_poverty_line)
    found = support(months, share, scale)
    assert found <= periodic(line, months, scale)
    assert found <= support_missing(months, share, rate, scale)
    assert monthly(line, scale) * 100 == 22 * line
    if day < date(2018, 1, 1):
        assert found == 0


@given(st.integers(Month(2008, 1).index, Month(2030, 1).index), DAYS)
def test_support_lasts_120_months_and_begins_in_2018(first, day):
    start, end = supported_period(first, BOOK.on(day))
    assert end - start == 120
    assert start == max(first, Month(2018, 1).index)


@given(DAYS, INCOMES)
def test_an_income_is_refused_only_outside_the_limits(day, income):
    scale = BOOK.on(day)
    allowed = scale.rural_poverty_line <= income <= 20 * scale.base_salary
    assert (income_standing.on(day)(income, scale) == "allowed") is allowed


def test_the_last_month_before_the_lump_is_allowed():
    for day, to_age in (("2025-06-30", 0), ("2025-07-01", 1)):
        scale = BOOK.on(day)
        allowed = lump_allowed.on(day)
        assert allowed(to_age, 120, scale)
        assert not allowed(to_age + 1, 120, scale)
        assert not allowed(to_age, 119, scale)


@given(
    st.dates(date(2022, 1, 1), date(2026, 12, 31)),
    st.integers(1_500_000, 29_800_000),
    st.sampled_from(["monthly", "3_months", "6_months", "12_months"]),
    st.lists(st.sampled_from([one.value for one in Category]), min_size=1, max_size=5),
)
def test_what_the_participant_and_the_state_pay_is_the_whole(day, income, method, categories):
    facts = {"monthly_income": income, "method": method, "support_categories": categories}
    found = compute({"calculator": "voluntary.contribution", "as_of": day, "facts": facts}).results
    assert found["eligible"]
    assert found["amount"] + found["state_support"] == found["amount_before_support"]
    assert found["amount"] > 0


INCOME = {"monthly_income": 2_000_000}
MISSING = [
    ({"method": "monthly"}, "monthly_income"),
    (INCOME | {"method": "years_ahead"}, "prepaid_years"),
    (INCOME | {"method": "years_ahead", "prepaid_years": 1}, "prepaid_years"),
    (INCOME | {"method": "years_ahead", "prepaid_years": 6}, "prepaid_years"),
    (INCOME | {"method": "years_ahead", "prepaid_years": 2}, "fund_rate_month"),
    (INCOME | {"method": "missing_months"}, "missing_months_paid"),
    (INCOME | {"method": "missing_months", "missing_months_paid": 0}, "missing_months_paid"),
    (INCOME | {"method": "missing_months", "missing_months_paid": 61}, "missing_months_paid"),
    (INCOME | {"method": "missing_months", "missing_months_paid": 60}, "fund_rate_month"),
    (INCOME | {"method": "monthly", "paid_month": "2026-01"}, "period_start"),
    (INCOME | {"method": "monthly", "period_start": "2025-11", "paid_month": "2026-01"}, "fund_rate_month"),
]


@pytest.mark.parametrize(("facts", "named"), MISSING)
def test_what_is_missing_or_out_of_range_is_named(facts, named):
    with pytest.raises(FactError) as caught:
        compute({"calculator": "voluntary.contribution", "as_of": date(2026, 1, 1), "facts": facts})
    assert [problem.fact for problem in caught.value.problems] == [named]


def test_how_much_may_be_paid_in_one_sum():
    before, after = BOOK.on("2025-06-30"), BOOK.on("2025-07-01")
    assert [years_ahead_allowed(years, after) for years in (1, 2, 5, 6)] == [False, True, True, False]
    assert [missing_allowed(months, before) for months in (0, 1, 120, 121)] == [False, True, True, False]
    assert [missing_allowed(months, after) for months in (0, 1, 60, 61)] == [False, True, True, False]


def test_120_missing_months_on_the_last_day_of_the_former_law():
    facts = INCOME | {"method": "missing_months", "missing_months_paid": 120, "fund_rate_month": "0%"}
    case = {"calculator": "voluntary.contribution", "as_of": date(2025, 6, 30), "facts": facts}
    assert compute(case).results["amount"] == 52_800_000


PAID = {
    "monthly_income": 2_000_000,
    "method": "years_ahead",
    "prepaid_years": 2,
    "fund_rate_month": "0.5%",
    "period_start": "2025-01",
    "stop_month": "2026-01",
}
REFUND_FAULTS = [
    ({"stop_month": "2024-12"}, "stop_month"),
    ({"stop_month": "2027-02"}, "stop_month"),
    ({"state_support": 100_000_000}, "state_support"),
    ({"method": "missing_months"}, "method"),
    ({"prepaid_years": 6}, "prepaid_years"),
]


@pytest.mark.parametrize(("change", "named"), REFUND_FAULTS)
def test_a_refund_that_cannot_be(change, named):
    with pytest.raises(FactError) as caught:
        compute({"calculator": "voluntary.refund", "as_of": date(2026, 1, 1), "facts": PAID | change})
    assert [problem.fact for problem in caught.value.problems] == [named]


PACKAGE = ansinh.law.voluntary
MODULES = [one.name for one in pkgutil.iter_modules(PACKAGE.__path__, f"{PACKAGE.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
