"""Chăm sóc con ốm đau: days by child and year, and what is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.absences import Absence, weekly_rest
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.sickness import Leave, SickChild, child_care_pay
from ansinh.law.sickness.child_care import most_days

START = date(2026, 1, 1)
WINDOWS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


def child(age, window):
    return SickChild(age, age, *(START + timedelta(days=n) for n in window))


CHILDREN = st.lists(st.builds(child, st.integers(0, 6), WINDOWS), min_size=1, max_size=3)


def best(days, children, caps):
    """The most days by trying every way: for small cases only."""
    if not days:
        return 0
    found = best(days[1:], children, caps)
    for n, one in enumerate(children):
        if caps[n] and one.is_sick(days[0]):
            rest = [cap - (n == m) for m, cap in enumerate(caps)]
            found = max(found, 1 + best(days[1:], children, rest))
    return found


@given(
    st.sets(st.integers(0, 8), max_size=6),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).map(sorted), min_size=1, max_size=3),
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
)
def test_days_are_charged_in_the_best_way(numbers, windows, caps):
    days = [START + timedelta(days=n) for n in sorted(numbers)]
    children = [child(1, window) for window in windows]
    assert most_days(days, children, caps[: len(children)]) == best(days, children, caps[: len(children)])


@given(CHILDREN, st.integers(0, 60), st.integers(1, 60), st.integers(1, 60_000_000))
def test_paid_days_lie_within_the_working_days_and_the_caps(children, first, length, wage):
    away = Absence(START + timedelta(days=first), START + timedelta(days=first + length - 1))
    leave = Leave((away,), weekly_rest())
    found = child_care_pay(children, leave, START, wage=wage)
    if not found.eligible:
        assert found.days == 0
        return
    assert 0 < found.days <= found.working_days <= length
    assert found.days <= sum(20 if one.oldest < 3 else 15 for one in children)
    assert found.amount >= 0


def test_each_new_child_may_only_add_days():
    leave = Leave((Absence(date(2026, 3, 2), date(2026, 4, 18)),), weekly_rest())
    one = child_care_pay([SickChild(4, 4)], leave, START)
    two = child_care_pay([SickChild(4, 4), SickChild(1, 1)], leave, START)
    assert (one.days, two.days) == (15, 35)


def asked(facts):
    with pytest.raises(FactError) as error:
        compute({"calculator": "sickness.child_benefit", "as_of": "2026-01-05", "facts": facts})
    return [(problem.fact, problem.code) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        ({"children": []}, [("children", "empty")]),
        ({"children": [{}]}, [("children[0].age_years", "missing_fact")]),
        ({"children": [{"age_under": 7}], "absence_days": 16}, [("children", "missing_fact")]),
        ({"children": [{"age_under": 9}], "absence_days": 1}, [("children", "missing_fact")]),
        ({"children": [{"age_years": 3, "age_under": 3}]}, [("children[0].age_under", "contradiction")]),
        ({"children": [{"age_under": 0}]}, [("children[0].age_under", "contradiction")]),
        (
            {"children": [{"age_years": 3, "sick_from": "2026-01-06", "sick_to": "2026-01-05"}]},
            [("children[0].sick_to", "order")],
        ),
        (
            {"children": [{"age_years": 3}, {"age_years": 4}], "taken_days": 10, "absence_days": 25},
            [("taken_days", "ambiguous")],
        ),
    ],
)
def test_what_decides_is_asked_for(facts, problems):
    assert asked(facts) == problems


def test_the_cap_alone_may_be_asked():
    answer = compute(
        {
            "calculator": "sickness.child_benefit",
            "as_of": "2026-01-05",
            "facts": {"children": [{"age_years": 3}]},
        }
    )
    assert answer.results["cap_days"] == 15
    assert "days" not in answer.results


def test_days_off_when_no_child_is_ill_are_not_paid():
    facts = {
        "children": [{"age_years": 3, "sick_from": "2026-01-05", "sick_to": "2026-01-05"}],
        "absences": [{"from": "2026-01-06", "to": "2026-01-07"}],
    }
    answer = compute({"calculator": "sickness.child_benefit", "as_of": "2026-01-05", "facts": facts})
    assert answer.results["reason"] == "no_working_days"
