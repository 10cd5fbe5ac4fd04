"""Lương hưu và trợ cấp một lần: what must hold of every career."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.law import pensions
from ansinh.law.careers import years
from ansinh.law.engine import explain
from ansinh.law.retirement import Group, Sex

months_of_law = st.integers(Month(2016, 1).index, Month(2035, 12).index)
sexes = st.sampled_from(Sex)
groups = st.sampled_from(Group)
claims = st.builds(
    pensions.Claim,
    month=months_of_law,
    sex=sexes,
    worker_group=groups,
    contributed_months=st.integers(180, 600),
    voluntary_months=st.integers(0, 100),
    early_months=st.integers(0, 130),
    average_wage=st.integers(1, 100_000_000),
    begun_before_2025_07=st.booleans(),
)


def award(claim):
    return pensions.award(claim, pensions.BOOK.on(claim.month))


@given(claims)
def test_rates_lie_between_nothing_and_three_quarters(claim):
    found = award(claim)
    assert 0 <= found.rate <= found.rate_before_reduction <= Fraction(3, 4)
    assert found.rate_before_reduction == min(found.uncapped_rate, Fraction(3, 4))
    assert found.rate_before_reduction - found.rate == found.reduction


@given(claims)
def test_the_pension_is_rate_by_wage_or_the_base_salary(claim):
    found = award(claim)
    exact = found.rate * claim.average_wage
    if found.minimum_applied:
        assert found.pension == pensions.BOOK.base_salary.on(claim.month) > exact - 1
    else:
        assert abs(found.pension - exact) <= Fraction(1, 2)


@given(claims, st.integers(1, 24))
def test_more_months_never_give_less(claim, more):
    longer = claim._replace(contributed_months=claim.contributed_months + more)
    assert award(longer).rate >= award(claim).rate
    assert award(longer).pension >= award(claim).pension


@given(claims, st.integers(0, 100))
def test_months_may_be_of_either_scheme(claim, moved):
    other = claim._replace(
        contributed_months=claim.contributed_months - moved, voluntary_months=claim.voluntary_months + moved
    )
    assert award(other).rate == award(claim).rate


@given(claims, st.integers(1, 12))
def test_retiring_earlier_never_gives_more(claim, earlier):
    assert award(claim._replace(early_months=claim.early_months + earlier)).rate <= award(claim).rate


@given(claims)
def test_rate_and_amount_apart_are_the_award(claim):
    scale = pensions.BOOK.on(claim.month)
    found = pensions.entitled_rate(claim, scale)
    paid = pensions.entitled_amount(claim, found.rate, scale)
    assert (*found, *paid) == tuple(award(claim))


@given(months_of_law, sexes, st.integers(180, 700), st.data())
def test_lump_sum_is_the_sum_of_its_parts(month, sex, months, data):
    scale = pensions.BOOK.on(month)
    at_eligibility = data.draw(st.integers(180, months))
    full = int(pensions.full_rate_months.on(month)(sex, scale))
    found = pensions.excess.on(month)(months, at_eligibility, full, scale)
    average_wages = pensions.lump_sum_months(found.excess_years, found.late_years, scale)
    assert found.excess_years >= 0 <= found.late_years
    assert average_wages == found.excess_years / 2 + 2 * found.late_years
    assert (average_wages > 0) == (months > full)
    assert pensions.lump_sum(average_wages, 2) == average_wages * 2 or average_wages.denominator > 2
    # Each part is rounded up at most by less than half a year.
    exact = Fraction(max(months - full, 0), 12)
    assert exact <= found.excess_years + found.late_years < exact + 1


@given(st.integers(0, 800))
def test_one_scale_serves_years_and_rates(months):
    assert years(months, pensions.BOOK.on(date(2026, 1, 1))) >= Fraction(months, 12)


@pytest.mark.parametrize("month", ["2016-01", "2018-01", "2022-01", "2025-07", "2026-11"])
def test_every_version_is_explained_by_its_article(month):
    claim = pensions.Claim(Month.parse(month).index, Sex.MALE, Group.EMPLOYEE, 300, 0, 12, 5_000_000, True)
    with explain() as explanation:
        award(claim)
    names = {step.name for step in explanation.steps}
    assert {"pensions.base_years", "pensions.yearly_rate", "pensions.rate", "pensions.amount"} <= names
