"""Điều kiện và thời điểm hưởng lương hưu: what holds for everybody, and what is asked for."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.engine import NotInForce
from ansinh.law.retirement import (
    CapacityLoss,
    Conditions,
    Filled,
    Group,
    Hazard,
    Insured,
    Sex,
    TooShort,
    WorkSpell,
    first_month,
    hazard_months,
    month_of_age,
    pension_eligibility,
)

months = st.integers(0, 500)
days = st.dates(date(2016, 1, 1), date(2040, 12, 31))
people = st.builds(
    lambda sex, born, group, compulsory, voluntary, hazard, voluntary_first: Insured(
        sex, Month.from_index(born), group, compulsory, voluntary, hazard, voluntary_first, Month(2008, 1)
    ),
    sex=st.sampled_from(Sex),
    born=st.integers(Month(1950, 1).index, Month(1985, 12).index),
    group=st.sampled_from(Group),
    compulsory=months,
    voluntary=months,
    hazard=st.tuples(months, months, months).map(lambda three: Hazard(*sorted(three, reverse=True))),
    voluntary_first=st.booleans(),
)
losses = st.none() | st.builds(
    CapacityLoss, rate=st.integers(0, 100).map(lambda n: Fraction(n, 100)), concluded=st.none()
)


@given(people, st.integers(0, 1000), days, losses)
def test_refused_with_a_reason_or_entitled_without(insured, age_months, on, loss):
    found = pension_eligibility(insured, age_months, on, loss)
    assert found.verdict.eligible == (not found.verdict.reason)
    assert found.missing >= 0
    if found.verdict.eligible:
        assert found.missing == 0
        assert age_months >= found.min_age


@given(people, st.integers(0, 1000), days, losses)
def test_an_older_person_is_never_refused_what_a_younger_one_has(insured, age_months, on, loss):
    if pension_eligibility(insured, age_months, on, loss).verdict.eligible:
        assert pension_eligibility(insured, age_months + 1, on, loss).verdict.eligible


@given(people, st.integers(0, 1000), days, losses)
def test_more_compulsory_months_never_take_it_away(insured, age_months, on, loss):
    if pension_eligibility(insured, age_months, on, loss).verdict.eligible:
        more = insured._replace(compulsory=insured.compulsory + 1)
        assert pension_eligibility(more, age_months, on, loss).verdict.eligible


@given(people, st.integers(0, 1000), days, st.integers(0, 100))
def test_a_loss_of_capacity_never_takes_it_away(insured, age_months, on, percent):
    if pension_eligibility(insured, age_months, on).verdict.eligible:
        loss = CapacityLoss(Fraction(percent, 100))
        assert pension_eligibility(insured, age_months, on, loss).verdict.eligible


@given(people.filter(lambda one: one.compulsory >= 240), days, st.integers(2016, 2030))
def test_start_with_a_loss_is_after_the_conclusion_and_never_later_than_by_age(insured, on, year):
    loss = CapacityLoss(Fraction(61, 100), Month(year, 3))
    by_age = first_month(insured, on)
    with_loss = first_month(insured, on, loss=loss)
    assert with_loss <= by_age
    assert with_loss == by_age or with_loss > Month(year, 3)


@given(people.filter(lambda one: one.compulsory >= 240), days, st.integers(0, 400), st.booleans())
def test_paying_later_never_brings_the_start_forward(insured, on, later, voluntary):
    paid = Month(2016, 1) + later
    one = first_month(insured, on, filled=Filled(paid, voluntary))
    assert one >= first_month(insured, on) or one == paid
    assert first_month(insured, on, filled=Filled(paid + 1, voluntary)) >= one


@given(people, st.integers(61, 100), st.integers(Month(2016, 1).index, Month(2040, 12).index))
def test_the_age_of_the_year_is_reached_and_was_not_before(insured, percent, since):
    first = Month.from_index(since)
    reached, needed = month_of_age(insured, Fraction(percent, 100), first)
    assert reached >= first
    assert reached - insured.born >= needed
    if reached > first and reached.month > 1:
        assert reached - 1 - insured.born < needed


spells = st.builds(
    lambda first, length, conditions, region: WorkSpell(
        Month.from_index(first), Month.from_index(first + length), conditions, region
    ),
    first=st.integers(Month(1990, 1).index, Month(2020, 1).index),
    length=st.integers(0, 80),
    conditions=st.sampled_from(Conditions),
    region=st.booleans(),
)


@given(st.lists(spells, max_size=6), st.integers(1, 80))
def test_splitting_a_period_changes_nothing(work, after):
    split = []
    for spell in work:
        cut = spell.first + after
        if cut > spell.last:
            split.append(spell)
        else:
            split += [spell._replace(last=cut - 1), spell._replace(first=cut)]
    assert hazard_months(split) == hazard_months(work)
    found = hazard_months(work)
    assert found.hazardous >= found.extremely_heavy >= found.coal >= 0


def test_too_short_a_time_has_no_start():
    insured = Insured(
        Sex.MALE, Month(1960, 1), Group.EMPLOYEE, 179, 0, Hazard(0, 0, 0), False, Month(2026, 1)
    )
    with pytest.raises(TooShort):
        first_month(insured, date(2026, 1, 1))


def asked(calculator, as_of="2018-06-01", **facts):
    with pytest.raises(FactError) as error:
        compute({"calculator": calculator, "as_of": as_of, "facts": facts})
    return [(problem.fact, problem.code) for problem in error.value.problems]


def test_what_the_law_needs_is_asked_for():
    assert asked("retirement.start", sex="male", contributed_months=240) == [
        ("birth | birth_month | birth_year | age_months", "missing_fact")
    ]
    assert asked("retirement.start", sex="male", birth="1958-01-01", missing_months_paid=6) == [
        ("paid_month", "missing_fact")
    ]
    assert asked("retirement.start", sex="male", birth="1958-01-01", loss_rate="61%") == [
        ("loss_date", "missing_fact")
    ]
    assert asked(
        "retirement.eligibility", sex="male", age_months=700, contributed_months=240, conditions_months=180
    ) == [("conditions", "missing_fact")]
    assert asked(
        "retirement.eligibility",
        sex="male",
        age_months=700,
        contributed_months=240,
        work_history=[{"conditions": "heavy"}],
    ) == [("work_history[0].from", "missing_fact"), ("work_history[0].to", "missing_fact")]


def answered(as_of, **facts):
    return compute({"calculator": "retirement.eligibility", "as_of": as_of, "facts": facts}).results


def test_without_an_age_the_time_is_judged():
    short = answered("2018-06-01", sex="male", contributed_months=239)
    assert (short["eligible"], short["reason"]) == (False, "insufficient_contribution")
    assert short["missing_months"] == 1
    enough = answered("2018-06-01", sex="male", contributed_months=240)
    assert "eligible" not in enough
    assert (enough["required_months"], enough["min_age_months"]) == (240, 720)
    assert answered("2026-06-01", sex="female", contributed_months=180)["min_age_months"] == 684


def test_without_an_age_a_loss_is_judged_beside_the_full_pension():
    short = answered("2026-06-01", sex="male", contributed_months=179, loss_rate="61%")
    assert (short["reason"], short["required_months"]) == ("insufficient_contribution", 240)
    assert short["min_age_months"] == 678
    weak = answered("2026-06-01", sex="male", contributed_months=179, loss_rate="60%")
    assert weak["reason"] == "insufficient_capacity_loss"
    # At the retirement age he has a pension with 15 years, so nothing is refused yet.
    later = answered("2026-06-01", sex="male", contributed_months=239, loss_rate="61%")
    assert "eligible" not in later
    assert (later["required_months"], later["missing_months"]) == (240, 1)


def test_what_contradicts_itself_is_named():
    assert asked(
        "retirement.eligibility",
        sex="male",
        age_months=700,
        contributed_months=240,
        work_history=[{"from": "2016-02", "to": "2016-01"}],
    ) == [("work_history[0].to", "order")]
    assert asked(
        "retirement.eligibility", sex="male", birth="1958-01-01", age_months=719, contributed_months=240
    ) == [("age_months", "contradiction")]
    history = [{"from": "2000-01", "to": "2019-12"}]
    assert asked(
        "retirement.start", sex="male", birth="1958-01-01", contributed_months=239, history=history
    ) == [("contributed_months", "contradiction")]
    assert asked(
        "retirement.start",
        sex="male",
        birth="1958-01-01",
        contributed_months=233,
        missing_months_paid=7,
        paid_month="2018-05",
    ) == [("missing_months_paid", "above_maximum")]
    assert asked("retirement.start", sex="male", birth="1958-01-01", contributed_months=200) == [
        ("contributed_months", "insufficient_contribution")
    ]


def test_five_years_of_missing_voluntary_months_from_2025_07():
    facts = {"sex": "male", "birth_month": "1964-10", "voluntary_months": 119, "missing_months_paid": 61}
    assert asked("retirement.start", "2026-08-01", **facts, paid_month="2026-07") == [
        ("missing_months_paid", "above_maximum")
    ]


def test_nothing_is_encoded_before_2016():
    with pytest.raises(NotInForce):
        compute(
            {
                "calculator": "retirement.eligibility",
                "as_of": "2015-12-31",
                "facts": {"sex": "male", "age_months": 720, "contributed_months": 240},
            }
        )
