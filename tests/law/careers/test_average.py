"""Mức bình quân tiền lương: what holds for every record, and what is asked when a fact is missing."""

import doctest
import importlib
import pkgutil
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ansinh.law.careers
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.careers import (
    BOOK,
    Career,
    PastSeniority,
    Scheme,
    Spell,
    average_wage,
    income_adjustment,
    wage_adjustment,
    weighted_average,
)
from ansinh.law.careers.adjustment import adjusted
from ansinh.law.careers.average import average, seniority_allowance, state_pay, weighted_total
from ansinh.law.careers.stretches import joined, months_on_record
from ansinh.law.careers.windows import higher_average, is_price_adjusted, whole_career_average, window_months

LAST = Month(2025, 12).index
STARTS = st.integers(Month(1990, 1).index, LAST)
LENGTHS = st.integers(1, 120)
WAGES = st.integers(1, 100_000_000)
COEFFICIENTS = st.decimals("0.01", "12", places=2).map(Fraction)
ALLOWANCES = st.integers(0, 40).map(lambda percent: Fraction(percent, 100))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def private_careers(draw):
    months = sorted(draw(st.sets(STARTS, min_size=1, max_size=6)))
    return Career.of(
        Spell(
            Month.from_index(first), Month.from_index(min(first + draw(LENGTHS), end) - 1), wage=draw(WAGES)
        )
        for first, end in zip(months, [*months[1:], LAST + 1], strict=True)
    )


@st.composite
def state_careers(draw):
    months = sorted(draw(st.sets(STARTS, min_size=1, max_size=6)))
    return Career.of(
        Spell(
            Month.from_index(first),
            Month.from_index(min(first + draw(LENGTHS), end) - 1),
            coefficient=draw(COEFFICIENTS),
            allowance=draw(ALLOWANCES),
        )
        for first, end in zip(months, [*months[1:], LAST + 1], strict=True)
    )


@given(private_careers(), DAYS)
def test_employer_pay_is_summed_month_by_month(career, on):
    found = average_wage(career, on)
    scale = BOOK.on(on)
    by_month = sum(
        spell.wage * wage_adjustment.on(on)(month.year, scale)
        for spell in career.spells
        for month in career.months()
        if month in spell
    )
    assert found.total_months == len(career.months())
    assert found.wage_total == half_up(by_month)
    assert found.exact == by_month / found.total_months
    assert found.average_wage == half_up(found.exact)
    assert not found.state_months


@given(private_careers(), DAYS, st.integers(0, 119))
def test_splitting_a_period_changes_nothing(career, on, cut):
    first, *others = career.spells
    at = min(first.first.index + cut, first.last.index)
    parts = [Spell(first.first, Month.from_index(at), wage=first.wage)]
    if at < first.last.index:
        parts.append(Spell(Month.from_index(at + 1), first.last, wage=first.wage))
    assert average_wage(Career.of([*parts, *others]), on) == average_wage(career, on)


@given(private_careers(), DAYS, WAGES)
def test_a_higher_wage_never_lowers_the_average(career, on, more):
    raised = Career.of(Spell(one.first, one.last, wage=one.wage + more) for one in career.spells)
    assert average_wage(raised, on).average_wage > average_wage(career, on).average_wage


@given(private_careers())
def test_a_wage_of_the_last_years_counts_as_it_is(career):
    # Coefficients are never below one, so prices never cut a wage.
    plain = sum(spell.wage * spell.months for spell in career.spells)
    assert average_wage(career, date(2026, 1, 1)).wage_total >= plain


@given(state_careers(), DAYS)
def test_state_pay_is_never_below_its_last_years(career, on):
    found = average_wage(career, on)
    months = months_on_record(career, Scheme.COMPULSORY, state=True)
    assert found.state_months == len(months)
    assert sum(last - first + 1 for first, last in found.windows) == found.window_months == found.total_months
    assert found.window_months <= found.state_months
    first_year = months[0].month.year
    least = window_months.on(on)(first_year, len(months), BOOK.on(on))
    assert found.window_months in {least, len(months)}
    assert found.average_wage == half_up(found.state_average + (found.seniority_allowance or 0))
    if not is_price_adjusted(first_year, BOOK.on(on)):
        base_salary = BOOK.on(on).base_salary
        multiples = [one.spells[0].multiple for one in months]
        assert min(multiples) * base_salary <= found.state_average <= max(multiples) * base_salary
        last = sum(multiples[len(multiples) - least :]) / least
        assert found.state_average >= last * base_salary


@given(state_careers(), private_careers(), DAYS)
def test_state_and_employer_pay_are_weighted_by_their_months(state, private, on):
    # The private record is put before the other one in time, so that no month is in both.
    shift = state.spells[0].first - private.spells[-1].last - 1
    earlier = [
        Spell(one.first + min(shift, 0), one.last + min(shift, 0), wage=one.wage) for one in private.spells
    ]
    first = min(earlier[0].first, state.spells[0].first)
    found = average_wage(Career.of([*state.spells, *earlier]), on)
    alone = average_wage(state, on, first_contribution=first)
    other = average_wage(Career.of(earlier), on)
    assert found.total_months == alone.state_months + other.total_months
    low, high = sorted((alone.exact, other.exact))
    assert low <= found.exact <= high


@given(WAGES, st.integers(1, 480), st.integers(0, 10**11), st.integers(1, 480))
def test_parts_already_averaged(compulsory, months, total, voluntary):
    found = weighted_average(compulsory, months, total, voluntary)
    assert found.wage_total == compulsory * months + total
    assert found.total_months == months + voluntary
    assert abs(found.average_wage * found.total_months - found.wage_total) * 2 <= found.total_months


def test_years_after_the_table_take_one():
    scale = BOOK.on("2025-07-01")
    assert wage_adjustment.on("2025-07-01")(2030, scale) == 1
    assert income_adjustment.on("2025-07-01")(2030, scale) == 1


@pytest.mark.parametrize("year", range(2016, 2027))
def test_tables_fall_from_year_to_year_but_for_the_deflation_of_2000(year):
    scale = BOOK.on(date(year, 1, 1))
    values = [wage_adjustment.on(scale.day)(one, scale) for one in range(2000, year + 1)]
    later = [value for one, value in enumerate(values) if one != 1]
    assert later == sorted(later, reverse=True)
    assert values[-1] == 1
    assert wage_adjustment.on(scale.day)(1975, scale) == wage_adjustment.on(scale.day)(1994, scale)
    assert [income_adjustment.on(scale.day)(one, scale) for one in range(2008, year + 1)] == values[8:]


def test_no_table_before_2016_nor_after_2026():
    for day in ("2015-12-31", "2027-01-01"):
        with pytest.raises(BilingualError):
            average_wage(Career.of([Spell(Month(2014, 1), Month(2014, 1), wage=1)]), date.fromisoformat(day))


def test_clauses_by_themselves():
    scale = BOOK.on("2016-05-01")
    assert adjusted(2, 100, Fraction(3, 2)) == 300
    assert state_pay(2, Fraction(3), scale) == 7_260_000
    assert seniority_allowance(Fraction(5), Fraction(1, 10), scale) == 605_000
    assert weighted_total(Fraction(2), 3, Fraction(4), Fraction(5)) == 15
    assert average(Fraction(5), 2, Fraction(0)) == 3
    assert average(Fraction(5), 2, Fraction(1, 3)) == 3
    assert higher_average.on("2016-05-01")(Fraction(1), Fraction(2)) == 2
    assert whole_career_average(Fraction(3), Fraction(2)) == 3


def test_the_higher_of_the_allowances_said_and_on_record():
    spells = [
        Spell(Month(2000, 1), Month(2000, 12), coefficient=Fraction(4), allowance=Fraction(1, 10)),
        Spell(Month(2001, 1), Month(2005, 12), coefficient=Fraction(4)),
    ]
    career = Career.of(spells)
    on = date(2016, 1, 1)
    plain = average_wage(career, on, first_contribution=Month(1990, 1))
    assert plain.seniority_allowance == 460_000
    higher = PastSeniority(Fraction(5), Fraction(1, 5))
    assert (
        average_wage(
            career, on, first_contribution=Month(1990, 1), past_seniority=higher
        ).seniority_allowance_rounded
        == 1_150_000
    )


def test_a_month_without_pay_leaves_the_average_open():
    career = Career.of(
        [Spell(Month(2024, 1), Month(2024, 12)), Spell(Month(2025, 1), Month(2025, 6), wage=5)]
    )
    found = average_wage(career, date(2025, 7, 1))
    assert (found.average_wage, found.exact, found.wage_total, found.total_months) == (None, None, None, 18)


def test_two_contracts_of_one_month_are_one_month():
    month = Month(2025, 1)
    found = average_wage(
        Career.of([Spell(month, month, wage=3), Spell(month, month, wage=4)]), date(2025, 7, 1)
    )
    assert (found.average_wage, found.total_months) == (7, 1)


def test_joined_months():
    assert joined([]) == []
    assert joined([Month(2025, 12), Month(2026, 1)]) == [(Month(2025, 12), Month(2026, 1))]


PRIVATE = {"from": "2024-01", "to": "2024-12", "wage": 5_000_000}
STATE = {"from": "2024-01", "to": "2024-12", "coefficient": 3}

FAULTS = [
    ({"compulsory_average": 5}, "contributed_months"),
    ({"compulsory_average": 5, "contributed_months": 0}, "contributed_months"),
    ({"compulsory_average": 5, "contributed_months": 1, "voluntary_months": 2}, "voluntary_income_total"),
    ({"compulsory_average": 5, "contributed_months": 1, "voluntary_income_total": 2}, "voluntary_months"),
    ({"compulsory_average": 5, "history": [PRIVATE]}, "compulsory_average"),
    ({"history": []}, "history"),
    ({"history": [PRIVATE], "first_contribution": "2024-02"}, "first_contribution"),
    ({"history": [PRIVATE], "contributed_months": 13}, "contributed_months"),
    ({"history": [STATE], "contributed_months": 11}, "contributed_months"),
    ({"history": [STATE], "past_seniority": {"coefficient": 3}}, "past_seniority.allowance_pct"),
    ({"history": [PRIVATE | {"to": "2025-08"}]}, "history"),
    ({"history": [{"from": "2011-01", "to": "2011-12", "sector": "state", "wage": 5}]}, "history"),
    ({"history": [{"from": "2011-01", "to": "2011-12", "sector": "private", "coefficient": 5}]}, "history"),
    ({}, "history | compulsory_average"),
]


@pytest.mark.parametrize(("facts", "named"), FAULTS)
def test_what_is_missing_or_contradictory_is_named(facts, named):
    with pytest.raises(FactError) as caught:
        compute({"calculator": "retirement.average_wage", "as_of": date(2025, 7, 1), "facts": facts})
    assert [problem.fact for problem in caught.value.problems] == [named]


@pytest.mark.parametrize(("year", "scheme"), [(2026, "compulsory"), (2007, "voluntary")])
def test_years_that_no_table_can_have(year, scheme):
    case = {"calculator": "retirement.wage_coefficient", "as_of": date(2025, 7, 1)}
    with pytest.raises(FactError):
        compute(case | {"facts": {"year": year, "scheme": scheme}})


PACKAGE = ansinh.law.careers
MODULES = [one.name for one in pkgutil.iter_modules(PACKAGE.__path__, f"{PACKAGE.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
