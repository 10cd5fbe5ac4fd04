"""What holds for every one-time payment: order, parts, floors."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law import one_time
from ansinh.law.calc import compute
from ansinh.law.engine import NotInForce
from ansinh.law.one_time import BOOK, Claim, ContributedYears, Ground, RegionalSpell
from ansinh.law.one_time.regional import regional_multiple

DAYS = st.sampled_from(["2016-01-01", "2025-06-30", "2025-07-01", "2026-07-01"])
MONTHS = st.integers(0, 480)
WAGES = st.integers(1, 100_000_000).map(Fraction)


@given(DAYS, MONTHS, MONTHS)
def test_a_month_more_is_never_less(day, before, since):
    scale = BOOK.on(day)

    def due(months, months_before):
        years = one_time.contributed_years.on(day)(months, months_before, scale)
        return one_time.average_months.on(day)(years, scale)

    assert due(before + since + 1, before) >= due(before + since, before)


@given(DAYS, MONTHS, MONTHS)
def test_years_differ_from_the_months_by_half_a_year_at_most(day, before, since):
    years = one_time.contributed_years.on(day)(before + since, before, BOOK.on(day))
    total = years.before_2014 + years.from_2014
    assert abs(total * 12 - before - since) <= 5
    assert total.denominator in (1, 2)


@given(DAYS, st.integers(1, 11), WAGES)
def test_under_a_year_is_what_was_paid_in_and_never_above_two_wages(day, months, wage):
    scale = BOOK.on(day)
    paid_in = one_time.paid_in.on(day)(months, wage, scale)
    amount = one_time.under_a_year(paid_in, wage, scale)
    assert 0 <= amount <= 2 * wage
    assert amount <= paid_in + 1


@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_what_is_paid_is_the_difference_and_never_negative(before_support, support):
    assert one_time.payable(before_support, support) == max(before_support - support, 0)


@given(DAYS, st.integers(0, 60), st.integers(0, 60), st.integers(0, 600), st.integers(0, 10**8))
def test_the_emigrant_has_three_pensions_at_least(day, before, since, drawn, pension):
    scale = BOOK.on(day)
    years = ContributedYears(Fraction(before), Fraction(since))
    months = one_time.pension_months(years, drawn, scale)
    amount = one_time.emigrant_pension(months, pension, scale)
    assert amount >= 3 * pension
    assert one_time.pension_months(years, drawn + 1, scale) < months


@given(DAYS, st.integers(1, 60), st.integers(1, 60), st.integers(1, 100))
def test_a_regional_period_may_be_split(day, first, second, hundredths):
    scale = BOOK.on(day)
    coefficient = Fraction(hundredths, 100)
    whole = [RegionalSpell(first + second, coefficient)]
    parts = [RegionalSpell(first, coefficient), RegionalSpell(second, coefficient)]
    assert one_time.regional_lump_sum(whole, scale) == one_time.regional_lump_sum(parts, scale)
    assert regional_multiple(RegionalSpell(first, coefficient, rank_pay=True), scale) < regional_multiple(
        RegionalSpell(first, coefficient), scale
    )


@pytest.mark.parametrize(
    ("day", "claim", "reason"),
    [
        ("2025-06-30", Claim(Ground.RETIREMENT_AGE, 239, of_age=True), ""),
        ("2025-06-30", Claim(Ground.RETIREMENT_AGE, 240, of_age=True), "enough_for_pension"),
        ("2025-06-30", Claim(Ground.RETIREMENT_AGE, 100, of_age=False), "under_age"),
        ("2025-07-01", Claim(Ground.RETIREMENT_AGE, 179, of_age=True), ""),
        ("2025-07-01", Claim(Ground.RETIREMENT_AGE, 180, of_age=True), "enough_for_pension"),
        ("2025-06-30", Claim(Ground.DISCHARGE, 100, can_retire=False), ""),
        ("2025-06-30", Claim(Ground.DISCHARGE, 240, can_retire=True), "enough_for_pension"),
        ("2025-07-01", Claim(Ground.DISCHARGE, 180, can_retire=True), "enough_for_pension"),
    ],
)
def test_grounds(day, claim, reason):
    verdict = one_time.entitled.on(day)(claim, BOOK.on(day))
    assert verdict.reason == reason
    assert verdict.eligible == (not reason)


def test_days_before_2016_have_no_encoded_law():
    with pytest.raises(NotInForce):
        one_time.contributed_years.on("2015-12-31")


def test_sum_by_years_rounds_once():
    assert one_time.sum_by_years(Fraction("6.5"), Fraction("1774052.70")) == 11_531_343


def test_bounds_of_support_and_regional_allowance():
    scale = BOOK.on("2026-01-01")
    assert str(one_time.first_supported_month(scale)) == "2018-01"
    assert str(one_time.regional_last_month(scale)) == "2006-12"


def test_state_time_without_pay_is_a_subsistence_only_for_conscripts():
    case = {
        "calculator": "retirement.one_time",
        "as_of": "2020-03-10",
        "facts": {"history": [{"from": "2016-01", "to": "2017-12", "sector": "state"}]},
    }
    assert "amount" not in compute(case).results
    case["facts"]["worker_group"] = "conscript"
    assert compute(case).results["amount"] == 4 * 1_490_000
