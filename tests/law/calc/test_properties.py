"""What holds for every benefit: cutting a record changes nothing, more months never pay less, parts make wholes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.cases.test_cases import CASES

from ansinh.kernel.months import Month
from ansinh.law.calc import compute

WITH_HISTORY = [
    case
    for case in CASES
    if any(row.get("from") != row.get("to") for row in (case.get("facts") or {}).get("history", ()))
]
# Separate leaves are separate for convalescence and for the short leaves of maternity.
WITH_ABSENCES = [
    case
    for case in CASES
    if (case.get("facts") or {}).get("absences")
    and not case["calculator"].startswith(("maternity.short", "convalescence"))
]
DAYS = ("2016-05-01", "2018-01-01", "2021-06-01", "2022-01-01", "2025-06-01", "2025-07-01", "2026-11-01")


def asked(calculator, as_of, **facts):
    return compute({"calculator": calculator, "as_of": as_of, "facts": facts}).results


def cut(row, chance):
    """A row of a record as two, one ending the month before the other begins."""
    first, last = Month.parse(row["from"]), Month.parse(row["to"])
    if first == last:
        return [row]
    middle = first + chance.randrange(last - first)
    return [{**row, "to": str(middle)}, {**row, "from": str(middle + 1)}]


@pytest.mark.parametrize("case", WITH_HISTORY, ids=[case["id"] for case in WITH_HISTORY])
def test_cutting_a_period_changes_nothing(case):
    whole = compute(case).results
    chance = random.Random(case["id"])  # noqa: S311 - test data
    for _ in range(3):
        rows = [part for row in case["facts"]["history"] for part in cut(row, chance)]
        assert compute({**case, "facts": {**case["facts"], "history": rows}}).results == whole


@pytest.mark.parametrize("case", WITH_ABSENCES, ids=[case["id"] for case in WITH_ABSENCES])
def test_an_absence_given_twice_counts_once(case):
    facts = case["facts"]
    doubled = {**facts, "absences": [*facts["absences"], facts["absences"][0]]}
    assert compute({**case, "facts": doubled}).results == compute(case).results


@given(
    st.sampled_from(["male", "female"]),
    st.sampled_from(DAYS),
    st.integers(min_value=240, max_value=598),
    st.integers(min_value=1_000_000, max_value=60_000_000),
)
def test_a_pension_never_falls_with_more_months(sex, as_of, months, wage):
    less, more = (
        asked("retirement.pension", as_of, sex=sex, contributed_months=count, average_wage=wage)
        for count in (months, months + 1)
    )
    assert less["rate"] <= more["rate"]
    assert less["pension"] <= more["pension"]


@given(
    st.sampled_from(["male", "female"]),
    st.integers(min_value=180, max_value=238),
    st.integers(min_value=1_000_000, max_value=60_000_000),
)
def test_nor_between_fifteen_and_twenty_years_by_the_new_law(sex, months, wage):
    less, more = (
        asked("retirement.pension", "2026-01-01", sex=sex, contributed_months=count, average_wage=wage)
        for count in (months, months + 1)
    )
    assert less["pension"] <= more["pension"]


@given(
    st.sampled_from(DAYS),
    st.integers(min_value=0, max_value=300),
    st.integers(min_value=12, max_value=240),
    st.integers(min_value=1_000_000, max_value=60_000_000),
)
def test_a_one_time_payment_never_falls_with_more_months(as_of, before, after, wage):
    less, more = (
        asked(
            "retirement.one_time",
            as_of,
            contributed_months=before + count,
            contributed_months_before_2014=before,
            average_wage=wage,
        )["amount"]
        for count in (after, after + 1)
    )
    assert less <= more


@given(
    st.sampled_from(DAYS),
    st.lists(st.integers(min_value=0, max_value=120_000_000), min_size=1, max_size=6),
    st.sampled_from(["I", "II", "III", "IV"]),
)
def test_payers_and_funds_are_two_ways_to_one_total(as_of, wages, region):
    found = asked("contribution.compulsory", as_of, wages=wages, region=region)
    funds = sum(found[name] for name in ("si", "hi", "ui", "work_injury"))
    assert found["total"] == funds == found["employee_total"] + found["employer_total"]


@given(
    st.sampled_from(["2020-01-01", "2026-01-01"]),
    st.integers(min_value=5, max_value=99),
    st.integers(min_value=1, max_value=500),
    st.integers(min_value=1_000_000, max_value=40_000_000),
)
def test_the_parts_of_an_injury_benefit_make_it(as_of, loss, months, wage):
    found = asked(
        "work_injury.benefit",
        as_of,
        assessment="first",
        loss_rate=f"{loss}%",
        accident_date=as_of,
        injury_fund_months=months,
        injury_wage=wage,
    )
    paid = found.get("monthly", found.get("lump_sum"))
    assert paid == found["by_loss"] + found["by_years"]
    assert min(found["by_loss"], found["by_years"]) > 0


@given(st.integers(min_value=1, max_value=40), st.sampled_from(DAYS))
def test_premiums_of_a_household_add_up_and_never_rise_by_member(members, as_of):
    found = asked("health.household_premium", as_of, members=members)
    assert sum(found["premiums"]) == found["total"]
    assert len(found["premiums"]) == members
    assert sorted(found["premiums"], reverse=True) == found["premiums"]
