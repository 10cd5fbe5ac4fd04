"""Các đợt nghỉ: days, runs and months from day to day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.absences import (
    Absence,
    calendar_days,
    months_after,
    months_and_odd_days,
    runs,
    weekly_rest,
    working_days,
    working_days_by_year,
)

FIRST = st.dates(date(2016, 1, 1), date(2030, 1, 1))
PERIODS = st.builds(lambda first, n: Absence(first, first + timedelta(days=n)), FIRST, st.integers(0, 800))


@given(PERIODS)
def test_months_and_odd_days_fill_the_period(period):
    months, odd = months_and_odd_days(period)
    end = months_after(period.first, months) - timedelta(days=1)
    assert end <= period.last
    assert months_after(period.first, months + 1) - timedelta(days=1) > period.last
    assert (odd is None) == (end == period.last)
    if odd is not None:
        assert odd == (end + timedelta(days=1), period.last)
        assert (odd.last - odd.first).days + 1 <= 30


@given(st.lists(PERIODS, max_size=5))
def test_runs_hold_the_same_days_and_do_not_touch(periods):
    joined = runs(periods)
    assert calendar_days(joined) == calendar_days(periods)
    assert all(b.first - a.last > timedelta(days=1) for a, b in pairwise(joined))


@given(PERIODS)
def test_working_days_by_year_are_the_working_days(period):
    rest = weekly_rest(5, 6)
    assert sum(working_days_by_year([period], rest).values()) == len(working_days([period], rest))


def test_a_holiday_on_a_day_of_rest_is_made_up_for_by_the_next_working_day():
    # 26/4/2026, Hùng Vương day, is a Sunday.
    monday = [Absence(date(2026, 4, 27), date(2026, 4, 27))]
    assert working_days(monday, weekly_rest(6)) == []
    assert working_days(monday, weekly_rest(0, holidays=())) == []
    assert working_days(monday, weekly_rest(6, holidays=())) == [date(2026, 4, 27)]


def test_a_saturday_holiday_is_made_up_for_only_where_saturday_is_rest():
    # 16/4/2016, Hùng Vương day, is a Saturday.
    monday = [Absence(date(2016, 4, 18), date(2016, 4, 18))]
    assert working_days(monday, weekly_rest(6)) == [date(2016, 4, 18)]
    assert working_days(monday, weekly_rest(5, 6)) == []
