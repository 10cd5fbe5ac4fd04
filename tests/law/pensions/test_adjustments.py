"""Điều chỉnh lương hưu: what must hold of every amount, and what is asked for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.law import pensions
from ansinh.law.pensions import BenefitKind, Drawn, MissingFactError, adjusted
from ansinh.law.retirement import Sex

months = st.integers(Month(2015, 1).index, Month(2026, 11).index).map(Month.from_index)
NOW = Month(2026, 11)


@st.composite
def drawn(draw):
    begun = Month.from_index(draw(st.integers(Month(1990, 1).index, Month(2026, 10).index)))
    earliest = max(begun.index, Month(2015, 1).index)
    return Drawn(
        draw(st.sampled_from(BenefitKind)),
        draw(st.integers(100_000, 20_000_000)),
        Month.from_index(draw(st.integers(earliest, NOW.index))),
        drawn_from=begun,
        preschool_teacher=draw(st.booleans()),
        sex=draw(st.sampled_from(Sex)),
        contributed_months=draw(st.integers(240, 480)),
    )


@given(drawn())
def test_a_decree_never_takes_away(benefit):
    found = adjusted(benefit, NOW)
    amounts = [stage.monthly for stage in found.stages]
    assert amounts == sorted(amounts)
    assert found.monthly == amounts[-1] >= benefit.monthly


@given(drawn())
def test_stages_follow_each_other_to_the_month_asked_for(benefit):
    stages = adjusted(benefit, NOW).stages
    assert stages[-1].last == NOW
    assert all(one.last + 1 == other.first for one, other in pairwise(stages))
    assert all(stage.first <= stage.last for stage in stages)


@given(drawn(), months)
def test_going_on_from_a_later_month_gives_the_same(benefit, between):
    # From 2017 on every decree starts from the amount then paid.
    if between < max(benefit.month, Month(2017, 1)) or benefit.sex == Sex.FEMALE:
        return
    at = adjusted(benefit, between).monthly
    # A benefit begun this very month would be taken for its first amount, not yet adjusted.
    if between == benefit.drawn_from:
        return
    later = Drawn(benefit.kind, at, between, drawn_from=benefit.drawn_from)
    assert adjusted(later, NOW).monthly == adjusted(benefit, NOW).monthly


@pytest.mark.parametrize("kind", [BenefitKind.PENSION, BenefitKind.COMMUNE])
def test_the_month_it_began_is_asked_for_where_8_percent_hang_on_it(kind):
    with pytest.raises(MissingFactError) as caught:
        adjusted(Drawn(kind, 5_000_000, Month(2015, 6)), Month(2016, 9))
    assert caught.value.facts == ("drawn_from",)


def test_whether_raised_in_2022_is_asked_for_only_where_it_counts():
    benefit = Drawn(BenefitKind.PENSION, 5_000_000, Month(2023, 6))
    assert adjusted(benefit, Month(2023, 6)).start is None
    with pytest.raises(MissingFactError) as caught:
        adjusted(benefit, Month(2023, 7))
    assert caught.value.facts == ("adjusted_by_decree_108_2021", "drawn_from")


def test_the_year_it_began_is_asked_for_only_of_a_low_benefit():
    high = Drawn(BenefitKind.PENSION, 4_000_000, Month(2026, 6))
    assert adjusted(high, NOW).monthly == 4_320_000
    low = Drawn(BenefitKind.PENSION, 3_000_000, Month(2026, 6))
    with pytest.raises(MissingFactError):
        adjusted(low, NOW)
    assert adjusted(Drawn(BenefitKind.WORK_INJURY, 3_000_000, Month(2026, 6)), NOW).monthly == 3_240_000


def test_figures_nobody_saw_in_an_official_text_are_marked():
    unseen = {
        (one.name, value.period.since.year)
        for one in pensions.BOOK
        for value in one.values
        if value.unverified and one.name.startswith(("increase", "before_1995"))
    }
    assert {year for _, year in unseen} == {2019, 2022, 2024}


def test_an_amount_of_2018_raised_already_is_adjusted_from_that_month():
    begun = Month(2018, 3)
    benefit = Drawn(
        BenefitKind.PENSION, 3_207_600, Month(2018, 8), begun, sex=Sex.FEMALE, contributed_months=240
    )
    found = adjusted(benefit, Month(2018, 9))
    assert (found.monthly, str(found.start)) == (3_440_793, "2018-07")


def test_the_month_a_woman_began_is_asked_for_in_2018_to_2021():
    benefit = Drawn(BenefitKind.PENSION, 5_000_000, Month(2018, 3), sex=Sex.FEMALE, contributed_months=300)
    with pytest.raises(MissingFactError) as caught:
        adjusted(benefit, Month(2018, 3))
    assert caught.value.facts == ("drawn_from",)
    later = Drawn(BenefitKind.PENSION, 5_000_000, Month(2022, 3), sex=Sex.FEMALE, contributed_months=300)
    assert adjusted(later, Month(2022, 3)).start is None
