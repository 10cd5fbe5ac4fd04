from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month, months_between

months = st.builds(Month, st.integers(3000, 7000), st.integers(1, 12))
spans = st.integers(-10_000, 10_000)


@given(months, spans, spans)
def test_arithmetic(month, m, n):
    assert month + m - month == m
    assert month + m + n == month + (m + n)
    assert month - m == month + -m
    assert month + 12 == Month(month.year + 1, month.month)


@given(months, months)
def test_order_is_the_order_of_the_index(a, b):
    assert (a < b) == (a.index < b.index)
    assert (a == b) == (a.index == b.index)
    assert a - b == a.index - b.index


@given(months)
def test_round_trips(month):
    assert Month.from_index(month.index) == month
    assert Month.parse(str(month)) == month
    assert Month.parse(month.vi()) == month
    assert Month.of(month.first_day) == Month.of(month.last_day) == month


@given(months)
def test_days(month):
    assert month.last_day - month.first_day == timedelta(days=month.days - 1)
    assert (month + 1).first_day == month.last_day + timedelta(days=1)
    assert month.first_day in month
    assert (month + 1).first_day not in month


def test_shapes():
    month = Month(2026, 7)
    assert (month.year, month.month, month.index, month.days) == (2026, 7, 24_318, 31)
    assert (str(month), month.vi()) == ("2026-07", "07/2026")
    assert (month.first_day, month.last_day) == (date(2026, 7, 1), date(2026, 7, 31))
    assert len({month, Month.parse("7/2026"), Month.of(datetime(2026, 7, 9, 8, 30))}) == 1  # noqa: DTZ001


@pytest.mark.parametrize(("year", "days"), [(1900, 28), (2000, 29), (2023, 28), (2024, 29)])
def test_february(year, days):
    assert Month(year, 2).days == days


@pytest.mark.parametrize(
    "text", ["2026-07", "2026/7", "07/2026", "7/2026", "07-2026", "7.2026", "202607", " 2026-07 "]
)
def test_reads(text):
    assert Month.parse(text) == Month(2026, 7)


@pytest.mark.parametrize("text", ["", "2026", "7/26", "2026-07-01", "20267", "tháng 7", "٠٧/٢٠٢٦"])
def test_refuses_what_is_no_month(text):
    with pytest.raises(BilingualError) as caught:
        Month.parse(text)
    assert caught.value.code == "month.format"


@pytest.mark.parametrize("text", ["2026-13", "00/2026", "0000-01"])
def test_refuses_months_that_do_not_exist(text):
    with pytest.raises(BilingualError) as caught:
        Month.parse(text)
    assert caught.value.code == "month.range"


def test_is_frozen_and_adds_whole_months_only():
    with pytest.raises(AttributeError):
        Month(2026, 7).year = 2027
    with pytest.raises(TypeError):
        Month(2026, 7) + 0.5
    with pytest.raises(TypeError):
        Month(2026, 7) - "1"


@given(months, st.integers(0, 60))
def test_months_between_are_consecutive_and_include_both_ends(first, count):
    found = list(months_between(first, first + count))
    assert found[0] == first
    assert found[-1] == first + count
    assert len(found) == count + 1
    assert found == sorted(set(found))


def test_months_between_backwards_is_empty():
    assert list(months_between(Month(2026, 2), Month(2026, 1))) == []
