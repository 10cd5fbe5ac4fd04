"""Histories of months: cut, repaid and compared, for any months whatever."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.collection.declarations.spans import (
    RUNNING,
    History,
    Span,
    Terms,
    at,
    cut,
    difference,
    gaps,
    lay,
    repay,
)

MONTHS = range(31)
OLD, NEW = Terms(wage=5_000_000), Terms(wage=6_000_000)


@st.composite
def histories(draw: st.DrawFn) -> History:
    marks = sorted(draw(st.sets(st.integers(0, 30), max_size=8)))
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    spans = [Span(a, b, OLD, number) for number, (a, b) in enumerate(pairs, start=1)]
    if len(marks) % 2:
        spans.append(Span(marks[-1], RUNNING, OLD, 99))
    # neighbours may not share a month
    return tuple(
        s for s, before in zip(spans, [None, *spans], strict=False) if before is None or s.first > before.last
    )


stretches = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


def wages(history: History) -> list[int | None]:
    found = [at(history, month) for month in MONTHS]
    return [span.terms.wage if span else None for span in found]


def disjoint(history: History) -> bool:
    return all(a.last < b.first for a, b in itertools.pairwise(history))


@given(histories(), stretches)
def test_cutting_takes_exactly_those_months(history: History, stretch: list[int]) -> None:
    first, last = stretch
    after = cut(history, first, last)
    expected = [None if first <= m <= last else w for m, w in enumerate(wages(history))]
    assert wages(after) == expected
    assert disjoint(after)


@given(histories(), stretches)
def test_repaying_changes_held_months_only(history: History, stretch: list[int]) -> None:
    first, last = stretch
    after = repay(history, first, last, lambda _: NEW, 7)
    expected = [NEW.wage if w and first <= m <= last else w for m, w in enumerate(wages(history))]
    assert wages(after) == expected
    assert disjoint(after)


@given(histories(), stretches)
def test_rows_are_only_ever_shortened_and_keep_one_identity(history: History, stretch: list[int]) -> None:
    first, last = stretch
    for after in (cut(history, first, last), repay(history, first, last, lambda _: NEW, 7)):
        found = difference(history, after)
        rows = {span.id: span for span in history}
        assert len({s.id for s in after if s.id}) == sum(1 for s in after if s.id)
        for span in found.changed:
            assert rows[span.id].first <= span.first
            assert span.last <= rows[span.id].last
        assert set(found.deleted) == set(rows) - {s.id for s in after}


@given(histories(), stretches)
def test_gaps_and_spans_together_are_the_whole(history: History, stretch: list[int]) -> None:
    first, last = stretch
    after = history
    for a, b in gaps(history, first, last):
        after = lay(after, Span(a, b, NEW))
    assert all(at(after, month) for month in range(first, last + 1))
    assert disjoint(after)


def test_laying_over_a_held_month_is_refused() -> None:
    with pytest.raises(ValueError, match="held already"):
        lay((Span(3, 5),), Span(5, 6))


def test_a_repayment_without_change_leaves_the_row_alone() -> None:
    history = (Span(1, RUNNING, OLD, 1),)
    assert repay(history, 3, 5, lambda terms: terms, 7) is not None
    assert difference(history, repay(history, 3, 5, lambda terms: terms, 7)).changed == ()
