"""Các bộ tính unemployment.*: what is asked, what is refused, and laws that hold for every case."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calc import FactError, compute
from ansinh.law.engine import NotInForce


def answer(calculator, as_of="2022-01-01", **facts):
    return compute({"calculator": f"unemployment.{calculator}", "as_of": as_of, "facts": facts})


def faults(calculator, as_of="2022-01-01", **facts):
    with pytest.raises(FactError) as caught:
        answer(calculator, as_of, **facts)
    return {problem.fact: problem.code for problem in caught.value.problems}


YEAR = [{"from": "2021-01", "to": "2021-12", "wage": 60_000_000}]


def test_a_benefit_asks_for_something_to_go_by():
    assert faults("benefit", terminated="2021-12-31") == {
        "ui_months | history | benefit_months": "missing_fact"
    }


def test_the_region_is_asked_for_only_where_a_ceiling_might_bite():
    assert faults("benefit", terminated="2021-12-31", sector="private", history=YEAR) == {
        "region": "missing_fact"
    }
    # 5 x 3,070,000, the ceiling of the lowest region
    low = [{"from": "2021-01", "to": "2021-12", "wage": 25_583_333}]
    found = answer("benefit", terminated="2021-12-31", sector="private", history=low).results
    assert found["monthly"] == 15_350_000
    assert "cap" not in found


def test_without_scheme_and_region_no_ceiling_is_applied():
    found = answer("benefit", history=YEAR).results
    assert found["monthly"] == found["uncapped"] == 36_000_000


def test_the_end_of_the_contract_is_asked_for_with_the_ceiling():
    # 38/2022/NĐ-CP raised the minimum wage on 1 July 2022.
    assert faults("benefit", "2022-07-01", region="I", history=YEAR) == {"terminated": "missing_fact"}
    assert answer("benefit", "2022-06-30", region="I", history=YEAR).results["cap"] == 22_100_000
    # Law of 2025: the last contributed month decides.
    late = [{"from": "2025-08", "to": "2026-01", "wage": 60_000_000}]
    assert answer("benefit", "2026-08-01", region="I", history=late).results["cap"] == 26_550_000


def test_a_short_record_proves_no_months():
    found = answer("benefit", history=[{"from": "2021-07", "to": "2021-12", "wage": 5_000_000}]).results
    assert "ui_months_total" not in found
    assert found["monthly"] == 3_000_000


def test_records_that_cannot_be_averaged():
    assert faults("benefit", history=[{"from": "2021-08", "to": "2021-12", "wage": 5_000_000}]) == {
        "history": "too_short"
    }
    half = [{"from": "2021-01", "to": "2021-10"}, {"from": "2021-11", "to": "2021-12", "wage": 5_000_000}]
    assert faults("benefit", history=half) == {"history": "missing_fact"}
    found = answer("benefit", history=[{"from": "2021-01", "to": "2021-12"}]).results
    assert found["benefit_months"] == 3
    assert "monthly" not in found
    new = [{"from": "2021-10", "to": "2021-12", "wage": 5_000_000}]
    assert answer("benefit", ui_months=20, history=new).results["benefit_months"] == 3


def test_benefit_months_that_the_contribution_does_not_give():
    assert faults("benefit", ui_months=36, benefit_months=4) == {"benefit_months": "contradiction"}


def test_too_few_months_give_no_money():
    assert answer("benefit", ui_months=11, history=YEAR, benefit_start="2022-01-04").results == {
        "ui_months_total": 11,
        "benefit_months": 0,
    }


def test_before_the_law_there_is_no_answer():
    with pytest.raises(NotInForce):
        answer("benefit", "2014-12-31", ui_months=36)


def test_a_stop_asks_for_where_it_fell():
    stop = {"reason": "job", "date": "2021-12-20"}
    assert faults("preserve", ui_months=36, stop=stop) == {"benefit_start": "missing_fact"}
    assert faults("preserve", ui_months=36, stop={"reason": "job"}) == {"month_states": "missing_fact"}
    assert faults("preserve", ui_months=36, stop={"notified": "2021-12-20"}) == {
        "stop.reason": "missing_fact",
        "stop.date": "missing_fact",
    }


def test_contradictions_in_what_happened():
    start = {"ui_months": 36, "benefit_start": "2021-11-02"}
    stop = {"reason": "job", "date": "2021-11-20"}
    assert faults("preserve", **start, stop=stop, month_states=["paid", "paid"]) == {
        "month_states": "contradiction"
    }
    assert faults("preserve", **start, month_states=["paid"] * 4) == {"month_states": "contradiction"}
    assert faults("preserve", **start, stop=stop | {"date": "2021-11-01"}) == {"stop.date": "order"}
    assert faults("preserve", **start, stop=stop | {"date": "2022-02-02"}) == {"stop.date": "order"}
    assert faults("preserve", ui_months=11, month_states=["paid"]) == {"ui_months": "contradiction"}
    assert faults("preserve", ui_months=36, decision_collected=False, month_states=["paid"]) == {
        "decision_collected": "contradiction"
    }


def test_three_silent_months_end_the_benefit_and_keep_nothing():
    start = {"ui_months": 72, "benefit_start": "2021-07-02"}
    silent = ["paid", "suspended", "suspended", "suspended"]
    stop = {"reason": "job", "date": "2021-11-20"}
    for more in ({}, {"stop": stop}):
        found = answer("preserve", **start, month_states=silent, **more).results
        assert found["preserved_months"] == found["preserved_later_months"] == 0
        assert "stop_date" not in found
    assert faults("preserve", **start, month_states=[*silent, "paid"]) == {"month_states": "contradiction"}
    two = answer("preserve", **start, month_states=silent[:3], stop=stop | {"date": "2021-09-20"}).results
    assert two["preserved_later_months"] == 36


def test_too_few_months_simply_add_up():
    assert answer("preserve", ui_months=11).results["preserved_months"] == 11


def test_time_confirmed_later():
    assert faults("preserve", "2024-02-15", ui_months=20, late_confirmed_months=3) == {
        "month_states": "missing_fact"
    }
    with pytest.raises(NotInForce):
        answer("preserve", "2024-02-14", ui_months=40, late_confirmed_months=3)


def test_notices_need_windows_and_days_in_order():
    assert faults("job_search_notice", notice_windows=[]) == {"notice_windows": "empty"}
    assert faults("job_search_notice", notice_windows=[{"from": "2022-01-04"}]) == {
        "notice_windows[0].to": "missing_fact"
    }
    window = {"notice_windows": [{"from": "2022-01-04", "to": "2022-01-06"}]}
    assert faults("job_search_notice", **window, training={"from": "2022-02-01", "to": "2022-01-01"}) == {
        "training.to": "order"
    }
    moved = {"transfer_received": "2022-01-03", "transfer_filed": "2022-01-02"}
    assert faults("job_search_notice", **window, **moved) == {"transfer_filed": "order"}
    assert faults("job_search_notice", "2024-02-15", **window, transfer_requested="2022-01-03") == {
        "transfer_received": "missing_fact"
    }
    assert faults("job_search_notice", **window, transfer_filed="2022-01-12") == {
        "transfer_requested | transfer_received": "missing_fact"
    }


def test_a_course_has_two_ends():
    assert faults("training_support", requested="2022-01-04", course_from="2022-02-01") == {
        "course_to": "missing_fact"
    }
    assert faults(
        "employer_training", workers=1, support_per_month=1, course_from="2022-02-02", course_to="2022-02-01"
    ) == {"course_to": "order"}


def test_a_refusal_names_its_article():
    found = answer("training_support", requested="2022-01-04", job_found="2022-01-05")
    assert found.results == {"eligible": False, "reason": "found_job"}
    assert any("38/2013/QH13, Điều 55" in step.clause for step in found.steps)


DAYS = st.dates(date(2016, 1, 1), date(2026, 12, 31))


@given(months=st.integers(0, 400), as_of=st.sampled_from(["2015-01-01", "2024-02-15", "2026-01-01"]))
def test_more_contribution_never_buys_fewer_months(months, as_of):
    less, more = (
        answer("benefit", as_of, ui_months=n).results["benefit_months"] for n in (months, months + 1)
    )
    assert 0 <= less <= more <= 12


@given(start=DAYS, months=st.integers(1, 12))
def test_benefit_months_follow_each_other_without_gap(start, months):
    periods = answer("benefit", benefit_start=start.isoformat(), benefit_months=months).results[
        "benefit_periods"
    ]
    assert periods[0]["from"] == start
    for one, following in pairwise(periods):
        assert following["from"] == one["to"] + timedelta(days=1)
    assert all(one["from"] < one["to"] for one in periods)


@given(
    wage=st.integers(0, 200_000_000),
    more=st.integers(0, 50_000_000),
    region=st.sampled_from(["I", "II", "III", "IV"]),
)
def test_a_higher_wage_never_means_a_lower_benefit(wage, more, region):
    def monthly(amount):
        row = {"from": "2021-01", "to": "2021-12", "wage": amount, "region": region}
        found = answer("benefit", terminated="2021-12-31", region=region, history=[row]).results
        assert 0 <= found["monthly"] <= min(found["uncapped"], found["cap"])
        return found["monthly"]

    assert monthly(wage) <= monthly(wage + more)


@given(wage=st.integers(0, 100_000_000), cut=st.integers(1, 11))
def test_splitting_a_record_changes_nothing(wage, cut):
    whole = [{"from": "2021-01", "to": "2021-12", "wage": wage}]
    parts = [
        {"from": "2021-01", "to": f"2021-{cut:02}", "wage": wage},
        {"from": f"2021-{cut + 1:02}", "to": "2021-12", "wage": wage},
    ]
    assert answer("benefit", history=whole).results == answer("benefit", history=parts).results


STATES = st.lists(st.sampled_from(["paid", "suspended", "uncollected"]), min_size=1, max_size=12).filter(
    lambda states: "suspended,suspended,suspended" not in ",".join(states)
)


@given(months=st.integers(12, 144), states=STATES, stopped=st.booleans())
def test_what_is_preserved_was_contributed_and_not_used(months, states, stopped):
    facts = {"ui_months": months}
    states = states[: answer("preserve", **facts).results["benefit_months"]]
    facts |= {"month_states": states} | ({"stop": {"reason": "job"}} if stopped else {})
    found = answer("preserve", "2024-02-15", **facts).results
    assert 0 <= found["preserved_later_months"] <= months
    assert (
        found["preserved_months"] == found["preserved_in_decision_months"] + found["preserved_later_months"]
    )
    assert found["preserved_months"] <= months
    used = len(states)
    if stopped and "uncollected" not in states:
        assert found["preserved_months"] == max(0, months - 12 * used)


@given(months=st.integers(12, 60), late=st.integers(0, 60), states=STATES)
def test_time_confirmed_later_is_never_multiplied(months, late, states):
    states = states[: answer("preserve", ui_months=months).results["benefit_months"]]
    found = answer(
        "preserve", "2026-01-01", ui_months=months, month_states=states, late_confirmed_months=late
    ).results
    assert 0 <= found["preserved_extra_months"] <= late


@given(first=DAYS, days=st.integers(0, 400))
def test_support_of_a_longer_course_is_never_shorter(first, days):
    def months(length):
        facts = {"course_from": first.isoformat(), "course_to": (first + timedelta(days=length)).isoformat()}
        return answer("employer_training", workers=1, support_per_month=500_000, **facts).results

    shorter, longer = months(days), months(days + 1)
    assert 0 < shorter["support_months"] <= longer["support_months"] <= 6
    assert shorter["amount"] == shorter["support_months"] * 500_000


@given(requested=DAYS)
def test_the_decision_window_is_open(requested):
    found = answer("training_support", "2022-01-01", requested=requested.isoformat()).results
    assert requested < found["decision_from"] <= found["decision_to"]
