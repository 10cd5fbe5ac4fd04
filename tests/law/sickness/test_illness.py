"""Trợ cấp ốm đau: what holds for every leave, and what is asked when a fact is missing."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.law.absences import Absence, weekly_rest
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.sickness import BOOK, Insured, Leave, Worker, part_day, sick_pay
from ansinh.law.sickness.amounts import by_days, month, odd_days, rate, reduced_rate
from ansinh.law.sickness.limits import cap, payable_days, seniority

DAYS = st.dates(date(2016, 1, 4), date(2027, 6, 30))
LENGTHS = st.integers(1, 400)
WAGES = st.integers(1, 60_000_000)
MONTHS = st.integers(0, 480)
GROUPS = st.sampled_from([Insured.EMPLOYEE, Insured.ARMED_FORCES])


def leave_of(first, length):
    return Leave((Absence(first, first + timedelta(days=length - 1)),), weekly_rest())


@given(DAYS, LENGTHS, WAGES, MONTHS, GROUPS, st.booleans(), st.integers(0, 200))
def test_nothing_is_negative_and_days_lie_within_the_leave(first, length, wage, months, group, long, taken):
    worker = Worker(group, contributed_months=months, wage=wage, taken_days=taken)
    found = sick_pay(worker, leave_of(first, length), first, long_term=long)
    if not found.eligible:
        assert found.reason
        assert found.amount is None
        return
    assert 0 < found.days <= length
    assert found.amount >= 0
    if found.odd_amount is not None:
        assert found.odd_amount <= found.amount
    if found.month_amount is not None and found.months is not None:
        whole = found.months * found.month_amount + found.odd_amount
        # Each figure is rounded once by itself.
        assert abs(whole - found.amount) <= found.months + 1


@given(DAYS, LENGTHS, WAGES, MONTHS, MONTHS, st.booleans())
def test_more_contributed_months_never_pay_less(first, length, wage, some, more, long):
    leave = leave_of(first, length)
    few, many = (
        sick_pay(Worker(contributed_months=months, wage=wage), leave, first, long_term=long)
        for months in sorted((some, more))
    )
    assert (few.days or 0) <= (many.days or 0)
    assert (few.amount or 0) <= (many.amount or 0)


@given(DAYS, LENGTHS, st.integers(0, 399), WAGES, MONTHS, GROUPS)
def test_a_leave_written_in_two_parts_is_the_same_leave(first, length, cut, wage, months, group):
    worker = Worker(group, contributed_months=months, wage=wage)
    last = first + timedelta(days=length - 1)
    turn = first + timedelta(days=min(cut, length - 1))
    parts = (Absence(first, turn), Absence(min(turn + timedelta(days=1), last), last))
    for long in (False, True):
        whole = sick_pay(worker, leave_of(first, length), first, long_term=long)
        assert sick_pay(worker, Leave(parts, weekly_rest()), first, long_term=long) == whole


@given(st.dictionaries(st.integers(2016, 2026), st.integers(0, 366), max_size=3), st.integers(0, 70), MONTHS)
def test_days_within_the_cap_never_exceed_it_in_a_year(by_year, taken, cap_days):
    for day in (date(2025, 6, 30), date(2025, 7, 1)):
        paid = payable_days.on(day)(by_year, cap_days, taken)
        assert 0 <= paid <= min(sum(by_year.values()), cap_days * len(by_year))


@given(MONTHS, st.booleans(), WAGES, st.integers(0, 60))
def test_the_law_of_2024_kept_caps_rates_and_the_day_of_24(months, hard, wage, days):
    old, new = date(2025, 6, 30), date(2025, 7, 1)
    old_scale, new_scale = BOOK.on(old), BOOK.on(new)
    assert cap.on(old)(months, "normal", hard, old_scale) == cap.on(new)(months, "normal", hard, new_scale)
    assert reduced_rate.on(old)(months, old_scale) == reduced_rate.on(new)(months, new_scale)
    share = rate.on(new)(Insured.EMPLOYEE, new_scale)
    assert by_days.on(old)(wage, share, days, old_scale) == by_days.on(new)(wage, share, days, new_scale)
    assert by_days.on(new)(wage, share, 24, new_scale) == month.on(new)(wage, share)


@given(WAGES, st.integers(0, 31))
def test_odd_days_are_capped_from_september_2021_only(wage, days):
    before, after = date(2021, 8, 31), date(2021, 9, 1)
    share = Fraction(3, 4)
    free = odd_days.on(before)(wage, share, days, BOOK.on(before))
    assert odd_days.on(after)(wage, share, days, BOOK.on(after)) == min(free, wage * share)


@given(st.fractions(0, 1))
def test_part_of_a_day_counts_half_or_whole(share_off):
    paid = part_day(share_off, BOOK.on(date(2025, 7, 1)))
    assert paid in (0, Fraction(1, 2), 1)
    assert share_off <= paid <= share_off + Fraction(1, 2)


@given(MONTHS)
def test_seniority_is_never_rounded_up(months):
    assert seniority({0: 1, 15: 2, 30: 3}, months) * 12 <= months


def asked(facts, calculator="sickness.benefit", as_of="2026-01-05"):
    with pytest.raises(FactError) as error:
        compute({"calculator": calculator, "as_of": as_of, "facts": facts})
    return [(problem.fact, problem.code) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        ({}, [("absences | absence_days | contributed_months", "missing_fact")]),
        ({"absence_days": 31}, [("contributed_months", "missing_fact")]),
        ({"absence_days": 31, "long_term_disease": True}, [("contributed_months", "missing_fact")]),
        (
            {"absences": [{"from": "2026-01-05", "to": "2026-01-06"}], "absence_days": 3},
            [("absence_days", "contradiction")],
        ),
        (
            {
                "absence_days": 3,
                "wage_before_leave": 1,
                "history": [{"from": "2025-12", "to": "2025-12", "wage": 2}],
            },
            [("wage_before_leave", "contradiction")],
        ),
        ({"absences": [{"from": "2026-01-06", "to": "2026-01-05"}]}, [("absences[0].to", "order")]),
    ],
)
def test_what_decides_is_asked_for(facts, problems):
    assert asked(facts) == problems


def test_a_long_disease_of_the_old_law_needs_its_dates():
    facts = {"long_term_disease": True, "absence_days": 10, "wage_before_leave": 1}
    assert asked(facts, as_of="2020-01-06")[0][0].startswith("absences")


def test_the_second_stage_needs_the_contributed_time():
    facts = {
        "long_term_disease": True,
        "absences": [{"from": "2020-01-01", "to": "2020-12-31"}],
        "wage_before_leave": 1,
    }
    assert asked(facts, as_of="2020-12-31") == [("contributed_months", "missing_fact")]
    del facts["wage_before_leave"]
    answer = compute({"calculator": "sickness.benefit", "as_of": "2020-12-31", "facts": facts})
    assert answer.results == {"eligible": True, "first_stage_days": 180, "second_stage_capped": True}


@pytest.mark.parametrize(
    ("as_of", "parts", "fault"),
    [
        ("2025-06-30", ["0.5"], "part_day"),
        ("2026-01-05", [], "day_parts"),
        ("2026-01-05", ["1.5"], "day_parts[0]"),
    ],
)
def test_parts_of_days_before_their_law_and_beyond_a_day(as_of, parts, fault):
    case = {"calculator": "sickness.part_days", "as_of": as_of, "facts": {"day_parts": parts}}
    with pytest.raises(BilingualError) as caught:
        compute(case)
    assert fault in caught.value.en


def test_the_contributed_time_is_asked_for_only_where_it_decides():
    facts = {"day_parts": ["0.5"], "wage_before_leave": 9_600_000}
    found = compute({"calculator": "sickness.part_days", "as_of": "2026-01-05", "facts": facts})
    assert found.results["amount"] == 300_000
    with pytest.raises(BilingualError, match="contributed_months"):
        compute(
            {"calculator": "sickness.part_days", "as_of": "2026-01-05", "facts": {**facts, "taken_days": 30}}
        )
