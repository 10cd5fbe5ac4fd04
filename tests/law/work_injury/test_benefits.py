"""What must hold of any work injury; facts that are missing are named."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.law.calc import FactError, compute
from ansinh.law.engine import NotInForce

DAYS = st.dates(date(2016, 1, 1), date(2027, 12, 31))
POINTS = st.integers(5, 100)


def answer(calculator, as_of, **facts):
    return compute({"calculator": f"work_injury.{calculator}", "as_of": as_of, "facts": facts}).results


@given(DAYS, POINTS, st.integers(0, 500), st.integers(1, 60_000_000))
@settings(max_examples=150)
def test_the_total_is_the_sum_of_its_parts(day, points, months, wage):
    facts = {"loss_rate": f"{points}%", "injury_fund_months": months, "injury_wage": wage}
    found = answer("benefit", day, assessment="first", **facts)
    total = found.get("lump_sum", found.get("monthly"))
    assert total == found["by_loss"] + found["by_years"]
    assert ("monthly" in found) == (points >= 31) == (found["form"] == "monthly")
    assert found["by_loss"] > 0
    assert found["by_years"] >= 0


@given(DAYS, POINTS, st.integers(0, 500), st.integers(1, 60_000_000), st.integers(0, 24))
@settings(max_examples=100)
def test_more_months_or_points_never_less(day, points, months, wage, more):
    def paid(points, months):
        facts = {"loss_rate": f"{points}%", "injury_fund_months": months, "injury_wage": wage}
        found = answer("benefit", day, assessment="first", **facts)
        return found["form"], found.get("lump_sum", found.get("monthly"))

    form, amount = paid(points, months)
    assert paid(points, months + more)[1] >= amount
    next_form, next_amount = paid(min(points + 1, 100), months)
    assert next_form != form or next_amount >= amount


@given(DAYS, st.integers(5, 29), st.integers(1, 25))
@settings(max_examples=60)
def test_what_a_worse_injury_adds_makes_up_the_loss_part(day, before, more):
    after = min(before + more, 30)
    previous = {"accident_month": "2015-05", "loss_rate": f"{before}%", "form": "lump_sum"}
    added = answer("benefit", day, assessment="reassessment", loss_rate=f"{after}%", previous=previous)
    first = answer("benefit", day, assessment="first", loss_rate=f"{before}%")
    whole = answer("benefit", day, assessment="first", loss_rate=f"{after}%")
    assert first["by_loss"] + added["lump_sum"] == whole["by_loss"]


@given(st.integers(2, 23))
@settings(max_examples=30)
def test_splitting_a_contract_changes_nothing(cut):
    months = [f"{2022 + i // 12}-{i % 12 + 1:02d}" for i in range(24)]

    def found(*pairs):
        rows = [{"from": a, "to": b, "wage": 8_000_000, "employer": "X"} for a, b in pairs]
        facts = {"accident_date": "2023-12-10", "loss_rate": "33%", "history": rows}
        return answer("benefit", "2024-01-31", assessment="first", **facts)

    assert found((months[0], months[-1])) == found((months[0], months[cut - 1]), (months[cut], months[-1]))


@given(st.integers(5, 100))
@settings(max_examples=60)
def test_an_allowance_is_two_fifths_of_the_compensation(points):
    paid = {
        kind: answer("employer_payment", "2024-01-01", kind=kind, loss_rate=f"{points}%")["months_of_wage"]
        for kind in ("compensation", "allowance")
    }
    assert 5 * paid["allowance"] == 2 * paid["compensation"]


PREVIOUS = {"accident_month": "2016-08", "loss_rate": "40%", "form": "monthly"}
RECORD = [{"from": "2013-01", "to": "2018-03", "wage": 5_000_000, "employer": "X"}]
LATE_START = [*RECORD, {"from": "2018-03", "to": "2018-03", "wage": 5_000_000, "employer": "Y"}]


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"assessment": "first"}, "loss_rate"),
        ({"assessment": "reassessment", "loss_rate": "40%"}, "previous"),
        ({"assessment": "reassessment", "loss_rate": "45%", "previous": PREVIOUS}, "previous.by_years"),
        ({"assessment": "reassessment", "loss_rate": "45%", "previous": {}}, "previous.loss_rate"),
        (
            {"assessment": "reassessment", "loss_rate": "45%", "previous": {"loss_rate": "20%"}},
            "previous.accident_date",
        ),
        ({"assessment": "first", "loss_rate": "40%", "history": RECORD}, "accident_date"),
        (
            {"assessment": "first", "accident_date": "2018-03-09", "history": LATE_START},
            "accident_employer",
        ),
        ({"assessment": "first", "coefficient": 3}, "first_contribution"),
        (
            {
                "assessment": "combined",
                "loss_rate": "45%",
                "injury_fund_months": 12,
                "injury_wage": 3_000_000,
                "previous": {**PREVIOUS, "by_years": 500_000},
            },
            "history",
        ),
    ],
)
def test_missing_facts_are_named(facts, missing):
    with pytest.raises(FactError) as caught:
        answer("benefit", "2018-04-01", **facts)
    assert [problem.fact for problem in caught.value.problems] == [missing]


def test_contradictions_are_refused():
    for facts in (
        {"loss_rate": "101%"},
        {"loss_rate": "20%", "accident_date": "2018-03-01", "accident_month": "2018-04"},
    ):
        with pytest.raises(FactError):
            answer("benefit", "2018-04-01", assessment="first", **facts)


def test_days_before_the_laws_are_not_answered():
    with pytest.raises(NotInForce):
        answer("benefit", "2015-12-31", assessment="first", loss_rate="20%")
    with pytest.raises(NotInForce):
        answer("employer_payment", "2016-06-30", kind="compensation", loss_rate="20%")
    with pytest.raises(NotInForce):
        answer("voluntary_benefit", "2024-07-31", loss_rate="20%")


def test_a_contract_whose_pay_nobody_told_leaves_the_wage_open():
    rows = [{"employer": name, "from": "2025-01", "to": "2026-02"} for name in ("A", "B")]
    rows[0]["wage"] = 5_000_000
    facts = {"assessment": "first", "loss_rate": "10%", "accident_date": "2026-03-10", "history": rows}
    found = compute({"calculator": "work_injury.benefit", "as_of": "2026-03-20", "facts": facts}).results
    assert found["months"] == 14
    assert "wage" not in found
    assert "by_years" not in found
