"""Pace and forecast: by the months gone, by last year, and nothing where nothing can be said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ansinh.steering.targets import pace
from ansinh.steering.targets.pace import LastYear, Status

FEB = date(2023, 2, 28)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2023, 1, 31), Fraction(1, 12)),
        (FEB, Fraction(1, 6)),
        (date(2024, 2, 28), Fraction(57, 348)),
        (date(2023, 12, 15), (11 + Fraction(15, 31)) / 12),
        (date(2023, 12, 31), Fraction(1)),
    ],
)
def test_elapsed(day, share):
    assert pace.elapsed(day) == share


def test_february_of_the_published_figure_is_behind_the_even_pace():
    """11.4 % against 16.67 %."""
    due = pace.expected("year_to_date", 1_815_789, FEB, LastYear())
    assert due == Fraction(1_815_789, 6)
    assert pace.status(better="higher", target=1_815_789, actual=207_000, due=due) == Status.BEHIND


def test_last_year_shapes_the_pace_where_it_is_known():
    before = LastYear(same_month=100, end=1000)
    assert pace.seasonal(before) == Fraction(1, 10)
    assert pace.expected("year_to_date", 2000, FEB, before) == 200
    outlook = pace.forecast("year_to_date", 210, FEB, before)
    assert outlook.amount == 2100
    assert "năm trước" in outlook.vi


@pytest.mark.parametrize(
    "before", [LastYear(), LastYear(5, None), LastYear(None, 9), LastYear(0, 9), LastYear(10, 9)]
)
def test_a_last_year_that_tells_nothing_leaves_the_even_pace(before):
    assert pace.seasonal(before) is None
    assert pace.forecast("year_to_date", 100, FEB, before).amount == 600


def test_a_stock_grows_from_the_end_of_last_year():
    before = LastYear(end=900)
    assert pace.expected("point_in_time", 1200, FEB, before) == 950
    assert pace.forecast("point_in_time", 940, FEB, before).amount == 900 + 40 * 6


def test_a_stock_without_a_base_is_not_given_a_pace():
    assert pace.expected("point_in_time", 1200, FEB, LastYear()) is None
    assert pace.forecast("point_in_time", 940, FEB, LastYear()) is None
    grown = pace.forecast("point_in_time", 940, FEB, LastYear(), [(date(2023, 1, 31), 930)])
    assert grown.amount == 940 + 10 * 10
    assert "01/2023" in grown.vi
    assert pace.status(better="higher", target=1200, actual=940, due=None) == Status.NOT_REACHED


def test_a_month_has_no_year_end():
    assert pace.forecast("per_month", 5, FEB, LastYear(1, 2)) is None
    assert pace.expected("per_month", 5, FEB, LastYear()) == 5


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (100, Status.REACHED),
        (99, Status.ON_PACE),
        (80, Status.ON_PACE),
        (79, Status.SLIGHTLY_BEHIND),
        (76, Status.SLIGHTLY_BEHIND),
        (75, Status.BEHIND),
    ],
)
def test_status_at_every_threshold(actual, expected):
    assert pace.status(better="higher", target=100, actual=actual, due=Fraction(80)) == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(40, Status.ON_PACE), (41, Status.SLIGHTLY_BEHIND), (100, Status.SLIGHTLY_BEHIND), (101, Status.BEHIND)],
)
def test_where_lower_is_better_the_target_is_a_ceiling(actual, expected):
    assert pace.status(better="lower", target=100, actual=actual, due=Fraction(40)) == expected


def test_without_target_or_figure():
    assert pace.status(better="higher", target=None, actual=5, due=None) == Status.NO_TARGET
    assert pace.status(better="higher", target=5, actual=None, due=None) == Status.NO_FIGURE
    assert all(s.words[0] and s.words[1] and s.colour for s in Status)
