"""Dưỡng sức: what holds for every leave, and what is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.absences import Absence
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.sickness import Illness, RestLeave, SickTime, after_sickness

DAYS = st.dates(date(2016, 3, 1), date(2026, 12, 31))


@given(DAYS, st.sampled_from(Illness), st.integers(0, 100), st.integers(0, 12), st.integers(1, 20))
def test_days_lie_within_the_most_and_the_sum_is_days_times_daily(day, illness, sick, taken, length):
    found = after_sickness(SickTime(illness, sick), RestLeave(day, length), day, taken_days=taken)
    if not found.eligible:
        assert found.reason in ("insufficient_sick_days", "annual_cap_used")
        return
    assert 0 < found.days <= min(found.max_days, length)
    assert found.amount == found.days * found.daily


@given(DAYS, st.integers(0, 70))
def test_too_late_is_30_days_after_going_back(ended, later):
    back = ended + timedelta(days=1)
    first = back + timedelta(days=later)
    found = after_sickness(SickTime(Illness.OTHER, 30), RestLeave(first, 1), first, returned=back)
    assert found.eligible == (later < 30)
    if found.eligible:
        assert found.counted_for_year == ended.year


def test_enough_days_in_neither_year_is_not_enough():
    sick = SickTime(Illness.OTHER, absences=(Absence(date(2025, 12, 8), date(2026, 1, 24)),))
    assert after_sickness(sick, RestLeave(), date(2026, 1, 26)).reason == "insufficient_sick_days"


def test_the_year_is_not_told_where_the_days_lie_just_after_new_year():
    found = after_sickness(SickTime(Illness.OTHER, 30), RestLeave(date(2026, 1, 20), 5), date(2026, 1, 20))
    assert found.eligible
    assert found.counted_for_year is None


def test_what_the_facts_allow_is_answered():
    facts = {"after": "sickness", "last_illness": "surgery", "leave_days": 9}
    answer = compute({"calculator": "convalescence.benefit", "as_of": "2026-08-03", "facts": facts})
    assert answer.results == {"max_days": 7, "days": 7, "daily": 759_000, "amount": 5_313_000}


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"after": "sickness", "sick_days_in_year": 30, "leave_days": 6}, ("last_illness", "missing_fact")),
        ({"after": "maternity", "leave_days": 6}, ("delivery", "missing_fact")),
        (
            {"after": "maternity", "leave_from": "2026-08-03", "leave_to": "2026-08-05", "leave_days": 4},
            ("leave_days", "contradiction"),
        ),
        ({"after": "maternity", "leave_from": "2026-08-03", "leave_to": "2026-08-02"}, ("leave_to", "order")),
        (
            {
                "after": "sickness",
                "returned": "2026-08-03",
                "absences": [{"from": "2026-06-01", "to": "2026-08-03"}],
            },
            ("returned", "order"),
        ),
    ],
)
def test_what_decides_is_asked_for(facts, problem):
    with pytest.raises(FactError) as error:
        compute({"calculator": "convalescence.benefit", "as_of": "2026-08-03", "facts": facts})
    assert [(one.fact, one.code) for one in error.value.problems] == [problem]
