"""Published figures: intervals are exact, every implied target and identity comes out, dates are watched."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.rounding import half_up
from ansinh.steering.targets import command, dictionary, identities, intervals, published
from ansinh.steering.targets.intervals import Interval, as_printed, implied_whole, percent_interval, qualified

# key, amount, percent as printed, and the implied target worked out by hand: nearest, low, high (in tenths)
IMPLIED = [
    ("F01", 212_450, "96.58", 219_973, "219961.7", "219984.5"),
    ("F02", 24_501, "79.95", 30_645, "30643.5", "30647.3"),
    ("F03", 201_108, "96.72", 207_928, "207917.3", "207938.8"),
    ("F04", 1_689_579, "98.78", 1_710_446, "1710359.9", "1710533.0"),
    ("F05", 694_705, "91.32", 760_737, "760695.3", "760778.6"),
    ("F06", 13_000, "75.6", 17_196, "17184.4", "17207.1"),
    ("F07", 681_797, "91.7", 743_508, "743103.0", "743913.8"),
]


def tenths(value: Fraction) -> Fraction:
    return Fraction(half_up(value * 10), 10)


@pytest.mark.parametrize(("key", "amount", "printed", "nearest", "low", "high"), IMPLIED)
def test_implied_targets(key, amount, printed, nearest, low, high):
    figure = published.book()[key]
    assert (figure.amount, figure.percent_of_target) == (amount, printed)
    assert figure.target.nearest == nearest
    assert tenths(figure.target.interval.low) == Fraction(low)
    assert tenths(figure.target.interval.high) == Fraction(high)
    assert figure.comes_back


@pytest.mark.parametrize(
    ("key", "gap"),
    [
        ("F01", 7523),
        ("F02", 6144),
        ("F03", 6820),
        ("F04", 20867),
        ("F05", 66032),
        ("F06", 4196),
        ("F07", 61711),
    ],
)
def test_gaps_to_the_implied_targets(key, gap):
    figure = published.book()[key]
    assert figure.target.nearest - figure.amount == gap


def test_collection_target_in_thousand_million():
    """F09: 207 thousand million is 11.4 %: 1,815.8, from 1,807.9 to 1,823.8."""
    target = published.book()["F09"].target
    bn = 10**9
    assert tenths(Fraction(target.nearest, bn)) == Fraction("1815.8")
    assert tenths(target.interval.low / bn) == Fraction("1807.9")
    assert tenths(target.interval.high / bn) == Fraction("1823.8")
    # "more than 207" may be anything up to 208
    assert published.book()["F09"].target_widest == Interval(
        target.interval.low, Fraction(208 * bn) / Fraction("0.1135")
    )


def test_population_from_coverage():
    figure = published.book()["F08"]
    assert figure.derived
    assert figure.amount == 802_114
    assert (tenths(figure.interval.low), tenths(figure.interval.high)) == (
        Fraction("797423.4"),
        Fraction("806860.4"),
    )


def test_every_check_holds_and_each_figure_has_an_indicator():
    found = identities.checks(published.book())
    assert [c for c in found if not c.holds] == []
    assert {"F10", "F10.targets", "F16.sum", "F09.pace", "F14.average"} <= {c.key for c in found}
    assert {f.indicator for f in published.book().figures.values()} <= set(dictionary.entries())


def test_all_articles_figures_are_carried():
    """F01 to F28; F10 is an identity and F25 a day."""
    keys = {key.split(".")[0] for key in published.book().figures}
    assert keys == {f"F{n:02d}" for n in range(1, 29)} - {"F10", "F25"}


BROKEN = """
articles: {"1": {topic: t, as_of: 2023-02-28, published: 2023-02-27}}
figures:
  - {key: A, article: "1", about: "20", indicator: claims.turns, amount: 10}
  - {key: B, article: "1", about: "20", indicator: claims.inpatient, amount: 4}
  - {key: C, article: "1", about: "20", indicator: claims.outpatient, amount: 5}
  - {key: D, article: "1", about: "20", indicator: participants.total, amount: 1, percent_of_target: "66.7"}
identities:
  - {key: S, kind: sum, of: [A, B, C], words: w}
"""


def test_a_wrong_sum_and_an_unreachable_percent_fail_the_command(capsys):
    book = published.read(BROKEN)
    assert command.check(book) == 1
    said = capsys.readouterr().out
    # 1 of 2 people is 50 %, 1 of 1 is 100 %: nobody can be at 66.7 % with one person
    assert "0 passed, 2 failed" in said
    assert "CHÚ Ý      A" in said


def test_the_command_passes_with_the_figures_carried(capsys):
    assert command.main(["check"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"{len(identities.checks(published.book()))} passed, 0 failed"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BROKEN.replace("amount: 4", "amount: 4, qualifier: perhaps"), "figure.qualifier"),
        (BROKEN.replace("key: B", "key: A"), "figure.twice"),
    ],
)
def test_bad_lists_are_refused(text, code):
    with pytest.raises(published.BadFigure) as refused:
        published.read(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [(("kind: sum", "kind: odd"), "identity.kind"), (("[A, B, C]", "[A, X]"), "figure.unknown")],
)
def test_bad_identities_are_refused(change, code):
    with pytest.raises(published.BadFigure) as refused:
        identities.checks(published.read(BROKEN.replace(*change)))
    assert refused.value.code == code


def test_dates_are_kept_apart_and_watched():
    """The article of 16 March 2023 speaks of three months: the figure stands for a day after publication."""
    book = published.book()
    assert {key for key, figure in book.figures.items() if figure.warning} == {"F20", "F21"}
    assert book["F01"].article.event == date(2023, 12, 18)
    assert book["F01"].article.published == date(2023, 12, 17)
    assert book["F15.count"].period == (date(2022, 5, 1), date(2022, 5, 31))


def test_facts_carry_the_province_they_are_about():
    assert published.book()["F26.workers"].about == "24"
    assert published.book()["F17.count"].about == "17"


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [("exact", 500, 500), ("more_than", 500, 600), ("nearly", 400, 500), ("about", 450, 550)],
)
def test_qualifiers(qualifier, low, high):
    assert qualified(500, qualifier, 100) == Interval(Fraction(low), Fraction(high))


@pytest.mark.parametrize("text", ["", "9,", "-1", "1e3", "12.3456789", "nine"])
def test_what_is_no_percent_is_refused(text):
    with pytest.raises(BilingualError):
        intervals.percent(text)


def test_percent_takes_a_comma_and_its_digits_count():
    assert percent_interval("91,30") == Interval(Fraction("0.91295"), Fraction("0.91305"))
    assert percent_interval("91.3") == Interval(Fraction("0.9125"), Fraction("0.9135"))


def test_a_percent_that_may_be_nothing_gives_no_target():
    with pytest.raises(BilingualError) as refused:
        implied_whole(5, "0")
    assert refused.value.code == "percent.small"


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(0, 3))
def test_the_true_target_is_always_within_the_interval(part, whole, digits):
    scale = 100 * 10**digits
    rounded = half_up(Fraction(part, whole) * scale)
    text = f"{rounded / 10**digits:.{digits}f}" if digits else str(rounded)
    if len(text.split(".")[0]) > 5 or 2 * rounded <= 1:
        return
    assert as_printed(Fraction(part, whole), text)
    assert whole in implied_whole(part, text).interval


@given(
    st.tuples(st.integers(0, 99), st.integers(0, 99)),
    st.tuples(st.integers(1, 99), st.integers(0, 99)),
    st.data(),
)
def test_interval_arithmetic_holds_every_pair(one, other, data):
    a = Interval(Fraction(one[0]), Fraction(one[0] + one[1]))
    b = Interval(Fraction(other[0]), Fraction(other[0] + other[1]))
    x = data.draw(st.integers(int(a.low), int(a.high)))
    y = data.draw(st.integers(int(b.low), int(b.high)))
    assert x + y in a + b
    assert x - y in a - b
    assert Fraction(x, y) in a / b


def test_intervals_the_wrong_way_round_or_divided_by_zero_are_refused():
    with pytest.raises(BilingualError):
        Interval(Fraction(2), Fraction(1))
    with pytest.raises(BilingualError):
        intervals.point(1) / Interval(Fraction(0), Fraction(1))
    assert intervals.point(1).meets(Interval(Fraction(1), Fraction(2)))
    assert not intervals.point(0).meets(Interval(Fraction(1), Fraction(2)))
