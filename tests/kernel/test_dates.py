from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.dates import PartialDate, parse_date
from ansinh.kernel.errors import BilingualError

days = st.dates(date(1000, 1, 1))
partial_dates = st.one_of(
    st.builds(lambda day: PartialDate(day.year), days),
    st.builds(lambda day: PartialDate(day.year, day.month), days),
    st.builds(lambda day: PartialDate(day.year, day.month, day.day), days),
)


@pytest.mark.parametrize(
    "text",
    [
        "01/07/2026",
        "1/7/2026",
        "1-7-26",
        "1/7/26",
        "1.7.2026",
        "20260701",
        "2026-07-01",
        "2026/7/1",
        " 2026-07-01 ",
        "2026-07-01T00:00:00",
        "2026-07-01 00:00:00.000",
        "01/07/2026 08:30",
        "2026-07-01T00:00:00+07:00",
    ],
)
def test_reads(text):
    assert parse_date(text) == date(2026, 7, 1)


def test_takes_dates_as_they_are():
    assert parse_date(date(2026, 7, 1)) == date(2026, 7, 1)
    assert type(parse_date(datetime(2026, 7, 1, 8, 30))) is date  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "year"), [("1/7/00", 2000), ("1/7/68", 2068), ("1/7/69", 1969), ("1/7/99", 1999)]
)
def test_window_of_two_digit_years(text, year):
    assert parse_date(text) == date(year, 7, 1)


@pytest.mark.parametrize("text", ["29/2/2024", "29/02/2000"])
def test_leap_days(text):
    assert parse_date(text).day == 29


@pytest.mark.parametrize(
    "text", ["29/2/2023", "29/2/1900", "31/4/2026", "0/1/2026", "1/13/2026", "20260230", "2026-02-30"]
)
def test_impossible_dates(text):
    with pytest.raises(BilingualError) as caught:
        parse_date(text)
    assert caught.value.code == "date.impossible"


@pytest.mark.parametrize(
    "text", ["1/7", "7/2026", "2026", "hôm nay", "1/7/026", "2026-07-01x", "1/7-2026-3", "٠١/٠٧/٢٠٢٦"]
)
def test_unreadable_dates(text):
    with pytest.raises(BilingualError) as caught:
        parse_date(text)
    assert caught.value.code == "date.format"


@pytest.mark.parametrize("read", [parse_date, PartialDate.parse])
def test_missing_dates(read):
    with pytest.raises(BilingualError) as caught:
        read("  ")
    assert caught.value.code == "date.empty"


@given(days)
def test_dates_are_read_back(day):
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.day}/{day.month}/{day.year:04d}",
        f"{day} 00:00:00",
    ):
        assert parse_date(text) == day
        assert PartialDate.parse(text) == PartialDate(day.year, day.month, day.day)
    assert PartialDate.parse(day) == PartialDate.parse(datetime(day.year, day.month, day.day))  # noqa: DTZ001


@given(partial_dates)
def test_partial_dates_are_read_back(partial):
    assert PartialDate.parse(partial.iso()) == partial
    assert PartialDate.parse(partial.vi()) == partial
    assert PartialDate.parse(partial) == partial


@given(partial_dates)
def test_the_earliest_and_latest_day(partial):
    assert partial.earliest() <= partial.latest()
    assert partial.is_complete == (partial.earliest() == partial.latest())
    assert partial.earliest().year == partial.latest().year == partial.year


@given(partial_dates, partial_dates)
def test_order(a, b):
    assert (a < b) + (a == b) + (a > b) == 1
    if a < b:
        assert a.earliest() <= b.earliest()


@pytest.mark.parametrize(
    ("value", "iso", "vi", "latest"),
    [
        ("01/07/1980", "1980-07-01", "01/07/1980", date(1980, 7, 1)),
        ("7/1980", "1980-07", "07/1980", date(1980, 7, 31)),
        ("1980-02", "1980-02", "02/1980", date(1980, 2, 29)),
        ("198002", "1980-02", "02/1980", date(1980, 2, 29)),
        ("1980", "1980", "1980", date(1980, 12, 31)),
        (1980, "1980", "1980", date(1980, 12, 31)),
        ("00/00/1980", "1980", "1980", date(1980, 12, 31)),
        ("00/07/1980", "1980-07", "07/1980", date(1980, 7, 31)),
        ("19800700", "1980-07", "07/1980", date(1980, 7, 31)),
        ("19800000", "1980", "1980", date(1980, 12, 31)),
    ],
)
def test_births(value, iso, vi, latest):
    born = PartialDate.parse(value)
    assert (born.iso(), born.vi(), born.latest(), str(born)) == (iso, vi, latest, iso)


@pytest.mark.parametrize("value", ["1/7/80", "80", "sinh 1980", "1980-7-1-1", 19801])
def test_births_that_cannot_be_read(value):
    with pytest.raises(BilingualError) as caught:
        PartialDate.parse(value)
    assert caught.value.code == "date.format"


@pytest.mark.parametrize("value", ["31/02/1980", "13/1980", "0000", "01/00/1980", "19800010"])
def test_births_that_cannot_be(value):
    with pytest.raises(BilingualError) as caught:
        PartialDate.parse(value)
    assert caught.value.code == "date.impossible"


def test_a_day_needs_its_month():
    with pytest.raises(BilingualError) as caught:
        PartialDate(1980, None, 5)
    assert caught.value.code == "date.impossible"


def test_the_less_precise_comes_first():
    assert sorted(
        [PartialDate(1980, 1, 1), PartialDate(1980, 1), PartialDate(1980), PartialDate(1979, 12, 31)]
    ) == [
        PartialDate(1979, 12, 31),
        PartialDate(1980),
        PartialDate(1980, 1),
        PartialDate(1980, 1, 1),
    ]
