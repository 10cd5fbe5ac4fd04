"""Provisions: dates, versions, citations; what is wrong fails when it is written, not when it is used."""

import pickle
from datetime import date

import pytest

from ansinh.kernel.months import Month
from ansinh.law.engine import LawBookError, NotInForce, citations, provision, resolve, versions


def write(name, clause="58/2014/QH13, Điều 85", since="2016-01-01", until=None, function="rate"):
    def rate(amount: int) -> int:
        """A rate."""
        return amount

    rate.__qualname__ = f"{function}_{since}_{until}"
    return provision(name, clause=clause, since=since, until=until, term="tỷ lệ")(rate)


def test_each_day_has_its_version():
    first = write("test.days", until="2025-06-30")
    second = write("test.days", since="2025-07-01", clause="41/2024/QH15, Điều 33")
    assert resolve("test.days", date(2016, 1, 1)) is first
    assert resolve("test.days", date(2025, 6, 30)) is first
    assert resolve("test.days", date(2025, 7, 1)) is second
    assert resolve("test.days", Month(2030, 1)) is second
    assert versions(second, first).on(Month(2025, 6).index) is first


def test_outside_its_dates_a_clause_refuses():
    write("test.refuses", until="2025-06-30")
    for day in (date(2015, 12, 31), date(2025, 7, 1)):
        with pytest.raises(NotInForce) as refused:
            resolve("test.refuses", day)
        assert refused.value.day == day
        assert day.isoformat() in refused.value.en
        assert f"{day:%d/%m/%Y}" in refused.value.vi
    with pytest.raises(NotInForce):
        resolve("test.nobody_wrote_this", date(2026, 1, 1))


def test_a_gap_between_versions_refuses_too():
    rate = versions(write("test.gap", until="2020-12-31"), write("test.gap", since="2022-01-01"))
    with pytest.raises(NotInForce):
        rate.on(date(2021, 6, 1))


@pytest.mark.parametrize(
    ("since", "until"), [("2025-06-30", None), ("2016-01-01", "2016-01-01"), ("2010-01-01", None)]
)
def test_versions_in_force_at_once_are_refused(since, until):
    write("test.overlap" + since, until="2025-06-30")
    with pytest.raises(LawBookError, match="two versions are in force at once"):
        write("test.overlap" + since, since=since, until=until, function="other")


def test_the_same_function_read_again_is_not_a_second_version():
    write("test.reload")
    again = write("test.reload")
    assert resolve("test.reload", date(2020, 1, 1)) is again


def test_an_unknown_instrument_is_refused():
    with pytest.raises(LawBookError, match="999/2014/QH13"):
        write("test.unknown", clause="999/2014/QH13, Điều 1")


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(LawBookError, match="ends before it begins"):
        write("test.backwards", until="2015-12-31")


def test_versions_of_two_clauses_do_not_mix():
    with pytest.raises(LawBookError, match="share one id"):
        versions(write("test.one"), write("test.two"))


def test_citations_name_instrument_and_place():
    first, second = citations("58/2014/QH13, Điều 85 khoản 1, 3; 595/QĐ-BHXH")
    assert (first.instrument.number, first.place) == ("58/2014/QH13", "Điều 85 khoản 1, 3")
    assert (second.instrument.title, second.place) == ("Quy trình thu, cấp sổ, thẻ 2017", "")


def test_refusals_survive_a_trip_between_processes():
    error = pickle.loads(pickle.dumps(NotInForce("x", date(2020, 1, 1))))  # noqa: S301 - our own bytes
    assert (error.name, error.day) == ("x", date(2020, 1, 1))
