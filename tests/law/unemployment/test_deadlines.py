"""Thời hạn: the office's calendar, before the official one begins and where a case names its holidays."""

from datetime import date

from ansinh.law.unemployment.deadlines import months_deadline, working_days_after, works


def test_the_year_before_the_calendar_has_its_own_holidays():
    assert works(date(2015, 4, 27))
    assert not works(date(2015, 4, 28))
    assert working_days_after(date(2015, 4, 27), 1) == date(2015, 5, 4)


def test_holidays_of_the_case_replace_the_calendar():
    assert not works(date(2022, 5, 3))
    assert works(date(2022, 5, 3), holidays=[])
    assert not works(date(2022, 5, 7), holidays=[])
    assert not works(date(2022, 5, 4), holidays=[date(2022, 5, 4)])


def test_a_deadline_of_months_ends_on_a_working_day():
    assert months_deadline(date(2022, 5, 7), 3) == date(2022, 8, 8)
    assert months_deadline(date(2021, 11, 30), 3) == date(2022, 2, 28)
