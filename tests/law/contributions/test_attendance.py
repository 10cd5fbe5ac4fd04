"""Working days away, from the periods of leave."""

from datetime import date

from ansinh.kernel.months import Month
from ansinh.law.contributions import absent_working_days

APRIL = Month(2016, 4)


def test_two_leaves_of_the_circular_make_fourteen_days():
    leaves = [(date(2016, 4, 5), date(2016, 4, 11)), (date(2016, 4, 18), date(2016, 4, 26))]
    assert absent_working_days(APRIL, leaves) == 14


def test_only_the_days_of_the_month_count():
    assert absent_working_days(APRIL, [(date(2016, 3, 1), date(2016, 4, 1))]) == 1
    assert absent_working_days(APRIL, [(date(2016, 5, 1), date(2016, 5, 9))]) == 0


def test_a_day_in_two_leaves_counts_once():
    leaves = [(date(2016, 4, 4), date(2016, 4, 6)), (date(2016, 4, 6), date(2016, 4, 7))]
    assert absent_working_days(APRIL, leaves) == 4


def test_weekly_rest_and_holidays_do_not_count():
    week = [(date(2016, 4, 4), date(2016, 4, 10))]
    assert absent_working_days(APRIL, week) == 6
    assert absent_working_days(APRIL, week, weekly_rest=(5, 6)) == 5
    assert absent_working_days(APRIL, week, weekly_rest=(5, 6), holidays=[date(2016, 4, 5)]) == 4
