from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.workdays import (
    FIRST_YEAR,
    LAST_YEAR,
    OFFICE,
    SUNDAY_ONLY,
    WorkWeek,
    add_working_days,
    holiday_entries,
    holidays_of,
    is_working_day,
    swapped_working_days,
    working_days_between,
    working_days_in,
)

days = st.dates(date(2017, 1, 1), date(2048, 12, 31))
weeks = st.sampled_from([OFFICE, SUNDAY_ONLY, WorkWeek(frozenset()), WorkWeek(frozenset({0}))])
steps = st.integers(-60, 60)


def weekdays_off(year, week=OFFICE):
    return {day for day in holidays_of(year, week=week) if day.weekday() not in week.rest}


@pytest.mark.parametrize("year", range(FIRST_YEAR, 2028))
def test_the_table_agrees_with_the_package(year):
    ours = weekdays_off(year)
    theirs = {day for day in holidays.country_holidays("VN", years=year) if day.weekday() < 5}
    # The package lacks the swap of 2 January 2026 (12729/VPCP-KGVX).
    assert ours - theirs == ({date(2026, 1, 2)} if year == 2026 else set())
    assert theirs - ours == set()


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_every_year_has_the_days_the_law_gives(year):
    statutory = [entry for entry in holiday_entries(year) if entry.in_lieu is None]
    assert len(statutory) == 10 + (year >= 2021) + (year >= 2026)
    assert len({entry.day for entry in statutory}) == len(statutory)
    assert sum(entry.name.startswith("Tết Âm lịch") for entry in statutory) == 5
    assert any(entry.name == "Tết Âm lịch (mùng 1)" for entry in statutory)
    assert all(entry.day.year == year and entry.source for entry in statutory)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
@pytest.mark.parametrize("week", [OFFICE, SUNDAY_ONLY], ids=["office", "sunday"])
def test_each_holiday_on_a_day_of_rest_is_made_up_once(year, week):
    entries = holiday_entries(year, week=week)
    on_rest = {entry.day for entry in entries if entry.in_lieu is None and entry.day.weekday() in week.rest}
    made_up = [entry for entry in entries if entry.name.startswith("Nghỉ bù")]
    assert {entry.in_lieu for entry in made_up} == on_rest
    assert len(made_up) == len(on_rest)
    assert all(entry.day > entry.in_lieu and entry.day.weekday() not in week.rest for entry in made_up)
    assert len({entry.day for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2017, 1, 26), date(2017, 2, 1)),
        (date(2018, 2, 14), date(2018, 2, 20)),
        (date(2019, 2, 2), date(2019, 2, 10)),
        (date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2022, 1, 29), date(2022, 2, 6)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2023, 4, 29), date(2023, 5, 3)),  # Hùng Vương, 30/4 and 1/5 in a row, two of them at a weekend
        (date(2022, 4, 30), date(2022, 5, 3)),
        (date(2025, 4, 30), date(2025, 5, 4)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_long_rests_of_the_office(first, last):
    assert working_days_in(first, last) == 0
    assert is_working_day(first - timedelta(days=1))
    assert is_working_day(last + timedelta(days=1))


@pytest.mark.parametrize(
    "day",
    [
        date(2019, 1, 5),
        date(2019, 5, 4),
        date(2024, 5, 4),
        date(2025, 4, 26),
        date(2026, 1, 10),
        date(2026, 8, 22),
    ],
)
def test_swapped_saturdays(day):
    assert day in swapped_working_days(day.year)
    assert is_working_day(day)
    assert not is_working_day(day + timedelta(days=7))
    assert not is_working_day(day, week=WorkWeek(OFFICE.rest))  # an employer that does not follow swaps


def test_a_week_that_rests_on_sunday_follows_no_swap():
    assert is_working_day(date(2026, 8, 31), week=SUNDAY_ONLY)
    assert is_working_day(date(2026, 8, 29), week=SUNDAY_ONLY)
    assert not is_working_day(date(2026, 8, 30), week=SUNDAY_ONLY)
    # 1 May 2021 was a Saturday: nothing to make up where Saturday is worked.
    assert is_working_day(date(2021, 5, 3), week=SUNDAY_ONLY)
    assert not is_working_day(date(2021, 5, 3))
    assert not is_working_day(date(2021, 5, 1), week=SUNDAY_ONLY)


def test_culture_day_begins_in_2026():
    assert is_working_day(date(2025, 11, 24))
    assert not is_working_day(date(2026, 11, 24))


def test_second_day_of_september_begins_in_2021():
    assert is_working_day(date(2020, 9, 3))
    assert not is_working_day(date(2021, 9, 3))


def test_what_was_not_seen_in_a_notice_says_so():
    unverified = {entry.day for entry in holiday_entries(2026) if entry.unverified}
    assert {
        date(2026, 1, 2),
        date(2026, 2, 16),
        date(2026, 4, 26),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 11, 24),
    } <= unverified
    assert not unverified & {date(2026, 1, 1), date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 2)}
    for year in (2016, 2020, 2028):
        assert all(entry.unverified for entry in holiday_entries(year))


def test_a_day_off_in_lieu_names_what_it_makes_up_for():
    (entry,) = (entry for entry in holiday_entries(2026) if entry.day == date(2026, 4, 27))
    assert (entry.name, entry.in_lieu) == ("Nghỉ bù Ngày Giỗ Tổ Hùng Vương", date(2026, 4, 26))
    assert holidays_of(2026)[date(2026, 8, 31)] == "Nghỉ hoán đổi cho ngày 22/08/2026"


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_years_without_a_calendar_are_refused(year):
    with pytest.raises(BilingualError) as caught:
        is_working_day(date(year, 6, 1))
    assert caught.value.code == "workdays.year"
    with pytest.raises(BilingualError):
        holidays_of(year)


@pytest.mark.parametrize("rest", [{7}, {-1}, set(range(7))])
def test_a_week_must_make_sense(rest):
    with pytest.raises(BilingualError) as caught:
        WorkWeek(frozenset(rest))
    assert caught.value.code == "workdays.rest"


@pytest.mark.parametrize(
    ("received", "n", "due"),
    [
        (date(2026, 7, 1), 1, date(2026, 7, 2)),
        (date(2026, 7, 3), 1, date(2026, 7, 6)),  # Friday
        (date(2026, 7, 4), 1, date(2026, 7, 6)),  # Saturday
        (date(2026, 7, 1), 5, date(2026, 7, 8)),
        (date(2026, 2, 13), 5, date(2026, 2, 27)),  # over Tết
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # a worked Saturday
        (date(2025, 12, 31), 1, date(2026, 1, 5)),  # over the end of the year
        (date(2026, 7, 4), 0, date(2026, 7, 4)),
        (date(2026, 7, 6), -1, date(2026, 7, 3)),
    ],
)
def test_deadlines(received, n, due):
    assert add_working_days(received, n) == due


@given(days, steps, weeks)
def test_a_deadline_is_a_working_day_that_many_days_away(day, n, week):
    due = add_working_days(day, n, week=week)
    assert n == 0 or is_working_day(due, week=week)
    assert (due > day) == (n > 0)
    # Counting back leaves out the day itself, so both ends are compared from a working day.
    start = add_working_days(day, 1, week=week)
    end = add_working_days(start, n, week=week)
    assert working_days_between(start, end, week=week) == n
    assert add_working_days(end, -n, week=week) == start


@given(days, st.integers(0, 90), st.integers(0, 90), weeks)
def test_counts_add_up(day, m, n, week):
    middle, end = day + timedelta(days=m), day + timedelta(days=m + n)
    count = working_days_between(day, middle, week=week) + working_days_between(middle, end, week=week)
    assert count == working_days_between(day, end, week=week)
    assert working_days_in(day, end, week=week) == count + is_working_day(day, week=week)
    assert working_days_between(day, day, week=week) == 0


def test_a_leave_written_backwards_has_no_days():
    assert working_days_in(date(2026, 7, 2), date(2026, 7, 1)) == 0
