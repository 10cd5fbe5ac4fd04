"""What must hold of any maternity case; facts that are missing are named."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.law.calc import FactError, compute
from ansinh.law.engine import NotInForce
from ansinh.law.maternity import Leave
from ansinh.law.maternity.grants import voluntary_condition, voluntary_grant
from ansinh.law.maternity.leave import last_day_of, months_and_days, months_on

DAYS = st.dates(date(2016, 1, 1), date(2027, 12, 31))


def answer(calculator, as_of, **facts):
    return compute({"calculator": f"maternity.{calculator}", "as_of": as_of, "facts": facts}).results


@given(DAYS, st.integers(1, 12))
def test_whole_months_count_as_such(first, months):
    assert months_and_days(Leave(first, last_day_of(first, months))) == (months, 0)


@given(DAYS, st.integers(0, 400))
def test_months_and_days_lead_back_to_the_end(first, length):
    last = date.fromordinal(first.toordinal() + length)
    months, odd = months_and_days(Leave(first, last))
    odd_from = first.toordinal() if not months else last_day_of(first, months).toordinal() + 1
    assert odd_from + odd - 1 == last.toordinal()
    assert 0 <= odd <= 31
    assert months_on(first, months) <= date.fromordinal(last.toordinal() + 1)


@given(DAYS, st.integers(1, 3), st.integers(1, 3), st.integers(1, 50_000_000))
@settings(max_examples=100)
def test_more_children_never_less(birth, children, order, wage):
    facts = {"event": "birth", "child_birth": birth.isoformat(), "child_order": order, "average_wage": wage}
    one = answer("benefit", birth, children_count=children, **facts)
    more = answer("benefit", birth, children_count=children + 1, **facts)
    assert 0 < one["amount"] == wage * one["months"] < more["amount"]
    assert one["leave_to"] < more["leave_to"]


@given(DAYS, st.integers(0, 45), st.integers(1, 50_000_000))
@settings(max_examples=100)
def test_an_older_pregnancy_never_gives_fewer_days(day, weeks, wage):
    facts = {"event": "pregnancy_loss", "average_wage": wage}
    early = answer("benefit", day, pregnancy_weeks=weeks, **facts)
    late = answer("benefit", day, pregnancy_weeks=weeks + 1, **facts)
    assert 0 <= early["amount"] <= late["amount"]
    assert early["max_days"] <= late["max_days"]


@given(st.integers(1, 24), st.integers(1, 23))
@settings(max_examples=60)
def test_splitting_a_spell_changes_nothing(months, cut):
    def spells(*pairs):
        return [{"from": a, "to": b, "wage": 8_000_000} for a, b in pairs]

    names = [f"{2022 + i // 12}-{i % 12 + 1:02d}" for i in range(24)][-months:]
    whole = spells((names[0], names[-1]))
    parts = spells((names[0], names[cut - 1]), (names[cut], names[-1])) if cut < months else whole
    facts = {"event": "birth", "child_birth": "2024-01-10"}
    assert answer("benefit", "2024-01-10", history=whole, **facts) == answer(
        "benefit", "2024-01-10", history=parts, **facts
    )


@pytest.mark.parametrize(
    ("calculator", "as_of", "facts", "missing"),
    [
        ("benefit", "2026-07-01", {"event": "birth", "child_birth": "2026-07-01"}, "child_order"),
        ("benefit", "2026-07-01", {"event": "wife_birth"}, "child_order"),
        ("benefit", "2024-07-01", {"event": "pregnancy_loss"}, "pregnancy_weeks"),
        ("benefit", "2024-07-01", {"event": "adoption", "child_birth": "2024-05-01"}, "leave_from"),
        ("condition", "2024-07-01", {"child_birth": "2024-07-15"}, "birth_month_contributed"),
        ("condition", "2024-07-01", {"child_birth_month": "2024-07"}, "child_birth"),
        (
            "benefit",
            "2025-08-10",
            {
                "event": "birth",
                "child_birth_month": "2025-08",
                "history": [
                    {"from": "2024-01", "to": "2025-07", "wage": 9_000_000},
                    {"from": "2025-08", "to": "2025-08", "wage": 12_000_000},
                ],
            },
            "child_birth",
        ),
        ("condition", "2024-07-01", {}, "child_birth | child_birth_month"),
        ("lump_sum", "2024-07-01", {"claimant": "father", "child_birth": "2024-07-01"}, "mother_eligible"),
        ("short_leave", "2024-07-01", {"occasion": "checkup"}, "visits"),
    ],
)
def test_missing_facts_are_named(calculator, as_of, facts, missing):
    with pytest.raises(FactError) as caught:
        answer(calculator, as_of, **facts)
    assert [problem.fact for problem in caught.value.problems] == [missing]


@pytest.mark.parametrize(
    "facts",
    [
        {"event": "birth", "child_birth": "2024-07-01", "child_birth_month": "2024-08"},
        {"event": "birth", "child_birth": "2024-07-01", "children_count": 0},
        {"event": "birth", "child_birth": "2024-07-01", "child_death": "2024-06-01"},
        {"event": "wife_birth", "child_birth": "2024-07-01", "mother_death": "2024-06-01"},
        {"event": "adoption", "child_birth": "2024-07-01", "leave_from": "2024-06-01"},
    ],
)
def test_contradictions_are_refused(facts):
    with pytest.raises(FactError):
        answer("benefit", "2024-07-01", **facts)


def test_law_before_2016_is_not_encoded():
    with pytest.raises(NotInForce):
        answer("condition", "2015-12-31", child_birth="2015-12-31", birth_month_contributed=True)


def test_the_voluntary_grant_begins_with_law_41():
    for clause in (voluntary_condition, voluntary_grant):
        with pytest.raises(NotInForce):
            clause.on("2025-06-30")


def test_a_second_child_is_marked_unverified():
    facts = {"event": "birth", "child_birth": "2026-07-15", "child_order": 2}
    found = compute({"calculator": "maternity.benefit", "as_of": "2026-07-15", "facts": facts})
    assert [use.name for use in found.unverified] == ["second_child_leave_months"]


@pytest.mark.parametrize(
    ("as_of", "facts"),
    [
        ("2026-07-15", {"event": "birth", "child_birth": "2026-07-15"}),
        ("2020-05-13", {"event": "adoption"}),
    ],
)
def test_a_month_is_paid_the_average_however_long_the_leave(as_of, facts):
    found = answer("benefit", as_of, average_wage=6_000_000, **facts)
    assert found["month_amount"] == 6_000_000
    assert not found.keys() & {"months", "amount"}
