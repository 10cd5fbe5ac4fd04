"""Dữ kiện: every fault of a case at once, named, with type and unit, in both languages."""

import pickle
from fractions import Fraction

import pytest

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.calc import FactError, calculators, compute
from ansinh.law.calc.facts import read_facts


def late(**facts):
    return {"id": "t", "calculator": "contribution.late_interest", "as_of": "2026-01-31", "facts": facts}


def problems(case):
    with pytest.raises(FactError) as caught:
        compute(case)
    return {problem.fact: problem for problem in caught.value.problems}


def test_all_faults_at_once():
    found = problems(late(kind="slow", amount="10 triệu", days_late=-1, penalty=5, month="2026/01"))
    assert set(found) == {"kind", "amount", "days_late", "penalty", "month"}
    assert found["penalty"].code == "unknown_fact"
    assert "int (VND)" in found["amount"].vi
    assert "int (VND)" in found["amount"].en
    assert "int (days)" in found["days_late"].en
    assert "late, evasion, arrears" in found["kind"].vi


def test_missing_facts_are_named_with_type_and_unit_and_never_assumed():
    found = problems(late(kind="late"))
    assert set(found) == {"days_late", "amount"}
    assert {problem.code for problem in found.values()} == {"missing_fact"}
    assert "int (days)" in found["days_late"].vi


def test_required_facts_are_asked_for():
    found = problems({"calculator": "contribution.trainee", "as_of": "2026-01-01", "facts": {}})
    assert set(found) == {"enlisted", "until"}


def test_places_inside_lists_are_named():
    debts = [{"fund": "si", "debt": 1}, {"fund": "xx", "overdue": "5"}, {"fund": "hi", "sum": 1}, 7]
    found = problems(late(debts=debts, days_late=1))
    assert set(found) == {"debts[1].fund", "debts[1].overdue", "debts[2].sum", "debts[3]"}


def test_a_debt_needs_its_overdue_part():
    found = problems(late(debts=[{"fund": "si", "debt": 1}], days_late=1))
    assert set(found) == {"debts[0].overdue | debts[0].debt, debts[0].not_due"}


def test_rates_the_law_needs_are_asked_for():
    case = late(kind="late", debts=[{"fund": "hi", "overdue": 10}]) | {"as_of": "2017-03-01"}
    assert set(problems(case)) == {"interbank_rate_year | late_rate_month"}
    case = late(kind="evasion", amount=10, fund_rate_month="0.7%") | {"as_of": "2017-03-01"}
    assert set(problems(case)) == {"late_months"}


@pytest.mark.parametrize("value", [1.065, 0.01, "1,065%", "0.01065", True])
def test_a_rate_is_written_as_text_with_a_percent_sign(value):
    assert set(problems(late(late_rate_month=value))) == {"late_rate_month"}


def test_values_read_are_exact():
    spec = calculators()["contribution.late_interest"]
    read = read_facts(
        spec,
        {
            "late_rate_month": "1.0650%",
            "month": "2016-05",
            "amount": 7,
            "late_rates": [{"from": "2016-01", "rate": "1%"}],
            "principal": None,
        },
    )
    assert read == {
        "late_rate_month": Fraction(1065, 100_000),
        "month": Month(2016, 5),
        "amount": 7,
        "late_rates": [{"from": Month(2016, 1), "rate": Fraction(1, 100)}],
    }


@pytest.mark.parametrize("as_of", [None, "2026-01", "31/01/2026", 2026, "2026-02-30"])
def test_the_day_of_the_law_is_asked_for(as_of):
    assert set(problems(late(amount=1, days_late=1) | {"as_of": as_of})) == {"as_of"}


def test_unknown_calculator_is_told():
    with pytest.raises(BilingualError, match=r"no calculator 'contribution[.]unheard'") as caught:
        compute({"calculator": "contribution.unheard", "as_of": "2026-01-01", "facts": {}})
    assert caught.value.code == "calc.unknown_calculator"


def test_no_answer_outside_the_encoded_law():
    with pytest.raises(BilingualError) as caught:
        compute(late(amount=1, days_late=1) | {"as_of": "2006-12-31"})
    assert caught.value.code == "law.not_in_force"


def test_fact_errors_travel_between_processes():
    with pytest.raises(FactError) as caught:
        compute(late(amount="x"))
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(copy) == str(caught.value)
    assert copy.problems == caught.value.problems


@pytest.mark.parametrize(
    ("calculator", "facts", "place"),
    [
        ("contribution.late_interest", {"kind": "late", "amount": 10**16, "days_late": 1}, "amount"),
        ("contribution.late_interest", {"kind": "late", "amount": 1, "days_late": 10**9}, "days_late"),
        ("contribution.trainee", {"enlisted": "0001-01", "until": "2026-01"}, "enlisted"),
        ("contribution.compulsory", {"wages": [5_000_000] * 2_001, "region": "I"}, "wages"),
    ],
)
def test_a_fact_beyond_any_life_is_refused_at_once(calculator, facts, place):
    with pytest.raises(FactError) as caught:
        compute({"calculator": calculator, "as_of": "2026-01-31", "facts": facts})
    assert place in {problem.fact for problem in caught.value.problems}
