"""The one-time payment by its facts: what is asked for, and what contradicts itself."""

import pytest

from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError


def answer(facts, calculator="retirement.one_time", as_of="2026-01-10"):
    return compute({"calculator": calculator, "as_of": as_of, "facts": facts}).results


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"contributed_months": 6}, "average_wage"),
        ({"contributed_months": 200}, "contributed_months_before_2014"),
        ({"contributed_months": 24, "ground": "left_insurance"}, "last_contribution"),
        (
            {"contributed_months": 24, "ground": "left_insurance", "last_contribution": "2024-01"},
            "first_contribution",
        ),
        ({"contributed_months": 24, "ground": "capacity_loss"}, "loss_rate"),
        ({"voluntary_months": 24, "average_wage": 1, "supported_months": 3}, "support_rate"),
        (
            {"voluntary_months": 24, "average_wage": 1, "supported_months": 3, "support_rate": "10%"},
            "poverty_line",
        ),
        ({"contributed_months": 0}, "contributed_months"),
        (
            {"voluntary_months": 24, "average_wage": 1, "supported_months": 25, "support_rate": "10%"},
            "supported_months",
        ),
        ({"contributed_months": 24, "ground": "retirement_age"}, "birth | birth_month | birth_year"),
        ({"contributed_months": 24, "ground": "discharge", "birth": "1990-01-01"}, "sex"),
        ({"contributed_months": 24, "contributed_months_before_2014": 25}, "contributed_months_before_2014"),
        ({"contributed_months": 24, "requested": "2026-01-11"}, "requested"),
        (
            {"contributed_months": 5, "history": [{"from": "2020-01", "to": "2020-12"}]},
            "contributed_months",
        ),
    ],
)
def test_faults_are_named(facts, named):
    with pytest.raises(FactError) as caught:
        answer(facts)
    assert named in {problem.fact for problem in caught.value.problems}


def test_the_regional_allowance_was_contributed_on_to_2006_only():
    late = {"allowance_periods": [{"from": "2006-01", "to": "2007-01", "coefficient": 0.5}]}
    with pytest.raises(FactError, match="2006-12"):
        answer(late, "regional_allowance.lump_sum")


@pytest.mark.parametrize("missing", ["contributed_months", "drawn_months"])
def test_the_emigrant_is_asked_for_the_time(missing):
    facts = {"benefit_kind": "pension", "monthly_benefit": 1, "contributed_months": 12, "drawn_months": 1}
    with pytest.raises(FactError, match=missing):
        answer(
            {name: value for name, value in facts.items() if name != missing}, "retirement.emigration_lump"
        )


def test_maternity_leave_counts_and_unpaid_leave_does_not():
    paid = {"from": "2020-01", "to": "2020-12"}
    leave = {"from": "2021-01", "to": "2021-06"}
    assert answer({"history": [paid, {**leave, "kind": "maternity"}]})["years_from_2014"] == 1.5
    assert answer({"history": [paid, {**leave, "kind": "unpaid"}]})["years_from_2014"] == 1


def test_history_and_counts_say_the_same():
    history = [
        {"from": "2013-01", "to": "2013-12"},
        {"from": "2014-01", "to": "2015-03", "scheme": "voluntary"},
    ]
    counts = {"contributed_months": 12, "contributed_months_before_2014": 12, "voluntary_months": 15}
    assert answer({"history": history}) == answer(counts)


def test_the_decision_may_be_later_than_the_day_asked():
    assert (
        answer({"contributed_months": 24, "decided": "2026-02-01"})["calculation_date"].isoformat()
        == "2026-02-01"
    )


@pytest.mark.parametrize("pay", [{"coefficient": 1}, {}])
def test_a_conscripts_service_counts_at_the_base_salary(pay):
    # 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 16 khoản 7, ví dụ 44: two years, four base salaries of 1,210,000.
    service = {"from": "2014-09", "to": "2016-08", "sector": "state", **pay}
    facts = {"worker_group": "conscript", "history": [service]}
    assert answer(facts, as_of="2016-08-31")["amount"] == 4_840_000


def test_work_before_service_is_not_paid_as_service():
    before = {"from": "2010-09", "to": "2014-08"}
    service = {"from": "2014-09", "to": "2016-08", "sector": "state"}
    facts = {"worker_group": "conscript", "history": [before, service]}
    assert "amount" not in answer(facts, as_of="2016-08-31")
