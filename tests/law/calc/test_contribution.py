"""Các bộ tính contribution.*: what is asked, what is refused, and that parts add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calc import FactError, compute


def answer(calculator, as_of="2026-01-01", **facts):
    return compute({"calculator": f"contribution.{calculator}", "as_of": as_of, "facts": facts})


def faults(calculator, as_of="2026-01-01", **facts):
    with pytest.raises(FactError) as caught:
        answer(calculator, as_of, **facts)
    return {problem.fact: problem.code for problem in caught.value.problems}


def test_region_is_asked_for_where_the_law_needs_it():
    assert faults("compulsory", wages=[80_000_000]) == {"region": "missing_fact"}
    assert faults("compulsory", wages=[80_000_000], sector="state") == {"region": "missing_fact"}
    assert faults("compulsory", "2025-06-30", wages=[4_000_000]) == {"region": "missing_fact"}
    # On the State scale the region first mattered with the Employment Law of 2025.
    found = answer("compulsory", "2025-12-31", wages=[60_000_000], sector="state")
    assert found.results["ui_base"] == 46_800_000
    assert answer("compulsory", wages=[5_000_000], worker_group="household_owner").results["eligible"]


@pytest.mark.parametrize(("as_of", "wage"), [("2025-06-30", 10_000_000), ("2026-01-01", 2_000_000)])
def test_the_region_is_not_asked_for_where_every_region_gives_the_same(as_of, wage):
    found = answer("compulsory", as_of, wages=[wage])
    assert found.results == answer("compulsory", as_of, wages=[wage], region="III").results
    assert len(found.steps) == len(answer("compulsory", as_of, wages=[wage], region="III").steps)


def test_an_empty_list_is_no_answer():
    assert faults("compulsory", wages=[], region="I") == {"wages": "empty"}


@pytest.mark.parametrize(("wage", "eligible"), [(2_339_999, False), (2_340_000, True)])
def test_part_time_refusal_is_an_answer_with_its_article(wage, eligible):
    found = answer("compulsory", wages=[wage], region="I", part_time=True)
    assert found.results["eligible"] is eligible
    assert any("41/2024/QH15, Điều 2 khoản 1" in step.clause for step in found.steps)
    if not eligible:
        assert found.results == {"eligible": False, "reason": "below_lowest_base"}


def test_owners_are_insured_from_the_law_of_2024():
    facts = {"wages": [5_000_000], "worker_group": "household_owner"}
    assert answer("compulsory", "2025-06-30", **facts).results == {
        "eligible": False,
        "reason": "group_not_covered",
    }
    assert answer("compulsory", "2025-07-01", **facts).results["total"] == 1_250_000 + 225_000


def test_a_supposed_base_salary_moves_the_cap():
    found = answer("compulsory", wages=[50_000_000], region="I", base_salary=2_000_000)
    assert found.results["si_base"] == 40_000_000


@given(
    wages=st.lists(st.integers(0, 500_000_000), min_size=1, max_size=5),
    region=st.sampled_from(["I", "II", "III", "IV"]),
    sector=st.sampled_from(["state", "private"]),
    as_of=st.sampled_from(
        ["2016-01-01", "2020-06-30", "2025-06-30", "2025-07-01", "2026-01-01", "2026-07-01"]
    ),
)
def test_payers_and_funds_come_to_the_same_total(wages, region, sector, as_of):
    found = answer("compulsory", as_of, wages=wages, region=region, sector=sector).results
    funds = found["si"] + found["hi"] + found["ui"] + found["work_injury"]
    assert funds == found["employee_total"] + found["employer_total"] == found["total"]
    assert all(value >= 0 for value in found.values() if isinstance(value, int))


def test_explanations_are_the_same_every_time():
    facts = {"wages": [10_000_000], "region": "I"}
    first = answer("compulsory", **facts).as_json(explained=True)
    assert first == answer("compulsory", **facts).as_json(explained=True)
    assert all("scale" not in step["facts"] for step in first["steps"])
    assert {"total", "worker"} <= next(
        step["value"].keys() for step in first["steps"] if step["name"].endswith("unemployment")
    )


def test_a_month_needs_its_days():
    assert faults("month_due", month="2026-05") == {
        "unpaid_days | sick_days | maternity_days | absences": "missing_fact"
    }


@pytest.mark.parametrize(("days", "due"), [(13, True), (14, False)])
def test_fourteen_days_of_sick_leave_counted_from_dates(days, due):
    # March 2026 begins on a Sunday; Saturday and Sunday are rest days, so days 2-18 hold 13 working days.
    last = {13: "2026-03-18", 14: "2026-03-19"}[days]
    found = answer(
        "month_due",
        month="2026-03",
        absences=[{"from": "2026-03-02", "to": last}],
        weekly_rest_day=["saturday", "sunday"],
    )
    assert found.results == {"due": due, "counted": due}


def test_contradicting_or_impossible_leave_is_told():
    leave = [{"from": "2026-03-02", "to": "2026-03-03"}]
    assert faults("month_due", month="2026-03", absences=leave, sick_days=3) == {"sick_days": "contradiction"}
    assert answer("month_due", month="2026-03", absences=leave, sick_days=2).results["due"]
    backwards = [{"from": "2026-03-03", "to": "2026-03-02"}, {"to": "2026-03-02"}]
    assert faults("month_due", month="2026-03", absences=backwards) == {
        "absences[0].to": "order",
        "absences[1].from": "missing_fact",
    }


def test_trainee_asked_until_before_enlistment():
    assert faults("trainee", enlisted="2025-09", until="2025-08") == {"until": "order"}
    (step,) = answer("trainee", enlisted="2025-09", until="2025-09").as_json()["results"][
        "contribution_steps"
    ]
    assert step == {
        "from": "2025-09",
        "to": "2025-09",
        "months": 1,
        "rate": "22%",
        "multiple": "2",
        "of": "reference_level",
    }
