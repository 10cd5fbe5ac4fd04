"""Điều 38, 39 Luật 41/2024: not due, late, evaded, at every threshold and at the change of law."""

from contextlib import contextmanager
from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.kernel.shares import share
from ansinh.law.engine import NotInForce
from ansinh.law.late_payment import (
    classify,
    classify_unregistered,
    delay_days,
    due_day,
    registration_deadline,
    settlement,
)
from ansinh.law.late_payment.book import BOOK
from ansinh.law.simulate.reform import Change, applied

DUE = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("month", "cycle", "last_day"),
    [
        (Month(2026, 1), 1, date(2026, 2, 28)),
        (Month(2026, 12), 1, date(2027, 1, 31)),
        (Month(2028, 1), 1, date(2028, 2, 29)),
        (Month(2026, 1), 3, date(2026, 4, 30)),
        (Month(2026, 3), 3, date(2026, 4, 30)),
        (Month(2026, 4), 3, date(2026, 7, 31)),
        (Month(2026, 6), 6, date(2026, 7, 31)),
        (Month(2026, 7), 6, date(2027, 1, 31)),
        # The law of 2014: the last day of the month, or of the cycle, itself.
        (Month(2025, 6), 1, date(2025, 6, 30)),
        (Month(2025, 7), 1, date(2025, 8, 31)),
        (Month(2025, 4), 3, date(2025, 6, 30)),
        (Month(2016, 1), 1, date(2016, 1, 31)),
    ],
)
def test_last_day_for_payment(month, cycle, last_day):
    assert due_day(month, cycle) == last_day


def test_only_three_ways_of_paying():
    with pytest.raises(BilingualError, match="1, 3 hoặc 6"):
        due_day(Month(2026, 1), 12)


def test_no_last_day_before_the_law_of_2014():
    with pytest.raises(NotInForce):
        due_day(Month(2015, 12))


@pytest.mark.parametrize(
    ("days", "urged", "force_majeure", "expected"),
    [
        (-1, True, False, "not_due"),
        (0, True, False, "not_due"),
        (1, False, False, "late"),
        (60, True, False, "late"),
        (61, True, False, "evaded"),
        (61, False, False, "late"),
        (61, True, True, "late"),
        (400, True, False, "evaded"),
    ],
)
def test_standing_by_days(days, urged, force_majeure, expected):
    assert classify(DUE, DUE + timedelta(days=days), urged, force_majeure) == expected


def test_evasion_by_the_calendar_begins_with_the_law_of_2024():
    long_ago = date(2024, 1, 31)
    assert classify(long_ago, date(2025, 6, 30), urged=True, force_majeure=False) == "late"
    assert classify(long_ago, date(2025, 7, 1), urged=True, force_majeure=False) == "evaded"


def test_registration_limit_is_thirty_days_and_evasion_sixty_more():
    liable = date(2026, 1, 1)
    limit = registration_deadline(liable)
    assert limit == date(2026, 1, 31)
    assert classify_unregistered(liable, limit, force_majeure=False) == "not_due"
    assert classify_unregistered(liable, limit + timedelta(days=1), force_majeure=False) == "late"
    assert classify_unregistered(liable, limit + timedelta(days=60), force_majeure=False) == "late"
    assert classify_unregistered(liable, limit + timedelta(days=61), force_majeure=False) == "evaded"
    assert classify_unregistered(liable, limit + timedelta(days=61), force_majeure=True) == "late"


def test_days_count_from_the_day_after_the_last_day():
    assert delay_days(DUE, DUE, "not_due") == (0, 0)
    assert delay_days(DUE, DUE + timedelta(days=1), "late") == (1, 0)


def test_first_sixty_days_of_evasion_are_an_open_choice():
    as_of = DUE + timedelta(days=90)
    assert delay_days(DUE, as_of, "evaded") == (60, 30)
    assert delay_days(DUE, as_of, "evaded", first_days="left_out") == (0, 30)


@pytest.mark.parametrize(
    ("due_on", "as_of", "state", "expected"),
    [
        (date(2025, 5, 31), date(2025, 7, 1), "late", (1, 0)),
        (date(2025, 6, 30), date(2025, 7, 31), "late", (31, 0)),
        (date(2024, 1, 31), date(2025, 7, 31), "evaded", (0, 31)),
        # 60 days end on 30 July: thirty of them and the day after fall under the daily charge.
        (date(2025, 5, 31), date(2025, 7, 31), "evaded", (30, 1)),
    ],
)
def test_old_debts_are_charged_from_the_first_day_of_the_law(due_on, as_of, state, expected):
    assert delay_days(due_on, as_of, state) == expected


def test_no_daily_charge_before_the_law_of_2024():
    with pytest.raises(NotInForce):
        delay_days(date(2025, 1, 31), date(2025, 6, 30), "late")


@given(overdue=st.integers(-40, 900), urged=st.booleans(), excused=st.booleans())
def test_every_day_after_the_last_day_is_charged_once(overdue, urged, excused):
    as_of = DUE + timedelta(days=overdue)
    days = delay_days(DUE, as_of, classify(DUE, as_of, urged, excused))
    assert days.late + days.evaded == max(overdue, 0)
    assert min(days) >= 0


@given(overdue=st.integers(0, 900), more=st.integers(0, 200))
def test_time_never_takes_a_charged_day_back(overdue, more):
    earlier, later = (DUE + timedelta(days=n) for n in (overdue, overdue + more))
    before = delay_days(DUE, earlier, classify(DUE, earlier, urged=True, force_majeure=False))
    after = delay_days(DUE, later, classify(DUE, later, urged=True, force_majeure=False))
    assert after.late >= before.late
    assert after.evaded >= before.evaded


def test_where_the_last_day_itself_is_counted_it_is_one_day_more():
    with _read_as(days_counted_from="due_day"):
        assert delay_days(DUE, DUE, "not_due") == (0, 0)
        assert delay_days(DUE, DUE + timedelta(days=1), "late") == (2, 0)
        assert delay_days(DUE, DUE + timedelta(days=90), "evaded") == (60, 31)
    assert delay_days(DUE, DUE + timedelta(days=1), "late") == (1, 0)


def test_where_each_month_bears_its_own_rate_arrears_are_charged_month_by_month():
    rates = {Month(2016, 1): "1%", Month(2016, 2): "1.1%", Month(2016, 3): "1.4%"}

    def arrears(computed, month):
        return settlement.arrears(date(2016, 4, 30), computed, month, 1_000_000, lambda at: share(rates[at]))

    with _read_as(date(2016, 1, 1), arrears_rate_of="month_charged"):
        # The months after the one owed, to the one before the computation: February and March.
        assert astuple(arrears(Month(2016, 4), Month(2016, 1))) == (2, 25_000)
        # What lies before 2016 takes the rate of January 2016: twice, for December and January.
        assert astuple(arrears(Month(2016, 2), Month(2015, 11))) == (2, 20_000)
        assert astuple(arrears(Month(2016, 3), Month(2016, 1))) == (1, 11_000)
        assert astuple(arrears(Month(2016, 2), Month(2016, 1))) == (0, 0)
    assert astuple(arrears(Month(2016, 4), Month(2016, 1))) == (2, 20_000)


@contextmanager
def _read_as(since=date(2025, 7, 1), **choices):
    changed = {f"late_payment.{name}": {"since": since, "value": value} for name, value in choices.items()}
    with applied(Change(changed, {}, Path()), {"late_payment": BOOK}):
        yield
