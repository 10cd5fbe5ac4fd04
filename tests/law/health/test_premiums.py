"""Mức đóng bảo hiểm y tế: parts add up for every group, households pay less with each member."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calc import compute
from ansinh.law.calc.contract import calculators
from ansinh.law.calc.facts import FactError
from ansinh.law.engine.instruments import citations
from ansinh.law.health import ARTICLES, BOOK, Group, household

DAYS = ["2015-01-01", "2018-12-01", "2024-07-01", "2025-06-30", "2025-07-01", "2026-07-01"]
PARTS = ("employer_part", "member_part", "agency_part", "state_part", "sponsor_part")


def premium(on, **facts):
    return compute({"calculator": "health.premium", "as_of": on, "facts": facts}).results


@given(st.sampled_from(DAYS), st.sampled_from(list(Group)), st.integers(0, 10**9), st.integers(1, 24))
def test_parts_make_the_total(day, group, pay, months):
    found = premium(
        day,
        group=group.name.lower(),
        pay=pay,
        position=1,
        support_from=day,
        premium_months=months,
    )
    if found["eligible"]:
        assert sum(found[part] for part in PARTS) == found["total"]
        assert min(found[part] for part in PARTS) >= 0
        # A later month costs no less, but on maternity leave, whose base changes in 07/2025.
        assert group == Group.MATERNITY_LEAVE or found["total"] >= found["premium"] * months
    else:
        assert found["reason"] in {"group_not_insured", "not_due"}


@given(st.sampled_from(DAYS), st.integers(1, 30))
def test_a_household_pays_more_with_each_member_but_less_for_it(day, members):
    rows = household(members, BOOK.on(day))
    premiums = [row.premium for row in rows]
    assert premiums == sorted(premiums, reverse=True)
    assert min(premiums) > 0
    assert rows[:-1] == household(members - 1, BOOK.on(day))


@given(st.integers(1, 30))
def test_a_member_alone_pays_what_the_household_lists(position):
    rows = household(position, BOOK.on("2026-07-01"))
    found = premium("2026-07-01", group="household_member", position=position)
    assert found["premium"] == rows[-1].premium


@pytest.mark.parametrize(
    ("on", "facts", "fact"),
    [
        ("2026-07-01", {"group": "employee"}, "pay"),
        ("2026-07-01", {"group": "household_member"}, "position"),
        ("2026-07-01", {"group": "household_member", "position": 0}, "position"),
        ("2026-07-01", {"group": "trafficking_victim"}, "support_from"),
        ("2026-07-01", {"group": "near_poor", "support_rate": "69%"}, "support_rate"),
        ("2026-07-01", {"group": "near_poor", "support_rate": "101%"}, "support_rate"),
        ("2026-07-01", {"group": "employee", "pay": 1, "suspended": True}, "suspended"),
        ("2026-07-01", {"group": "student", "premium_months": 0}, "premium_months"),
    ],
)
def test_what_is_missing_or_wrong_is_named(on, facts, fact):
    with pytest.raises(FactError) as error:
        premium(on, **facts)
    assert error.value.problems[0].fact == fact


def test_a_household_has_members():
    with pytest.raises(FactError):
        compute({"calculator": "health.household_premium", "as_of": "2026-07-01", "facts": {"members": 0}})


def test_every_group_is_named_by_an_article_that_is_known():
    assert set(ARTICLES) == set(Group)
    assert all(citations(article) for article in ARTICLES.values())
    assert premium("2026-07-01", group="student")["group_article"] == "25/2008/QH12, Điều 12 khoản 4 điểm b"


def test_the_contract_names_every_group():
    values = calculators()["health.premium"].facts["group"].kind.values
    assert list(values) == [group.name.lower() for group in Group]
