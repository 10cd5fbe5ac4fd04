"""Hiệp định Việt Nam - Hàn Quốc: certificates never outlast the agreement's time; months never hurt."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.engine import NotInForce

DAYS = st.dates(date(2018, 1, 1), date(2035, 1, 1))


def asked(calculator, on="2026-01-01", **facts):
    return compute({"calculator": f"coverage.{calculator}", "as_of": on, "facts": facts}).results


@given(DAYS, st.integers(0, 5000), st.booleans())
def test_a_certificate_covers_no_more_than_asked_or_allowed(sent, days, extension):
    until = sent + timedelta(days=days)
    found = asked(
        "certificate",
        worker="sent_to_korea",
        sent=sent,
        until=until,
        insured_at_home=True,
        same_employer=True,
        extension=extension,
    )
    if found["eligible"]:
        assert max(sent, date(2024, 1, 1)) == found["certificate_from"] <= found["certificate_to"]
        assert found["certificate_to"] <= min(until, found["latest_day"])
    else:
        assert until < date(2024, 1, 1)
        assert found["reason"] == "before_agreement"


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(["vietnam", "korea"]))
def test_more_months_never_close_a_pension(vietnam, korea, country):
    def found(vietnam, korea):
        return asked("totalisation", vietnam_months=vietnam, korea_months=korea, country=country)

    less = found(vietnam, korea)
    assert found(vietnam + 1, korea)["eligible"] >= less["eligible"]
    assert found(vietnam, korea + 1)["eligible"] >= less["eligible"]


def test_an_unverified_figure_is_marked():
    answer = compute(
        {
            "calculator": "coverage.certificate",
            "as_of": "2026-01-01",
            "facts": {
                "worker": "sent_to_korea",
                "sent": "2026-01-01",
                "until": "2026-12-31",
                "insured_at_home": True,
            },
        }
    )
    assert {use.name for use in answer.unverified} == {"agreement_start", "detached_months"}


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({}, "insured_at_home"),
        ({"extension": True, "insured_at_home": True}, "same_employer"),
        ({"insured_at_home": True, "from": "2025-12-31"}, "from"),
        ({"insured_at_home": True, "from": "2028-01-01"}, "until"),
    ],
)
def test_what_is_missing_or_wrong_is_named(facts, fact):
    with pytest.raises(FactError) as error:
        asked("certificate", worker="sent_to_korea", sent="2026-01-01", until="2027-12-31", **facts)
    assert error.value.problems[0].fact == fact


def test_no_agreement_before_2024():
    with pytest.raises(NotInForce):
        asked(
            "certificate",
            on="2023-12-31",
            worker="vietnamese_hired_in_korea",
            sent="2023-01-01",
            until="2024-01-01",
        )
