"""Quá trình tham gia như dãy khoảng tháng: cut, laid and repaid without a database.

A history is a tuple of spans, sorted, never overlapping. Months are integers (year*12 + month - 1). Rows keep
their identity where anything of them is left, so that the trail of a row stays readable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date

RUNNING = 10**6
"""The last month of a span that has none yet."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Nội dung đóng của một khoảng: a participation beside its months (registers.Participation)."""

    worker_group: int = 1
    health_group: str = "DN"
    si: bool = True
    hi: bool = True
    ui: bool = True
    wi: bool = True
    pay_kind: int = 0
    wage: int = 0
    coefficient_milli: int = 0
    reserve_milli: int = 0
    position_milli: int = 0
    beyond_frame_bp: int = 0
    seniority_bp: int = 0
    other_pay: int = 0
    part_time: bool = False
    ui_relief: bool = False
    job_title: str = ""
    contract: str = ""
    contract_on: date | None = None
    hospital: str = ""

    @property
    def money(self) -> tuple[object, ...]:
        """Everything that bears on what is due."""
        return tuple(getattr(self, name) for name in MONEY)


TERMS = tuple(item.name for item in fields(Terms))
MONEY = tuple(
    n for n in TERMS if n not in {"health_group", "job_title", "contract", "contract_on", "hospital"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """Một khoảng: first and last month (`RUNNING` when open), terms, the row it stands in (None = new)."""

    first: int
    last: int
    terms: Terms = field(default_factory=Terms)
    id: int | None = None
    declaration_id: int | None = None

    def covers(self, month: int) -> bool:
        """Whether the span holds the month."""
        return self.first <= month <= self.last


History = tuple[Span, ...]


def at(history: Iterable[Span], month: int) -> Span | None:
    """The span holding a month, or None."""
    return next((span for span in history if span.covers(month)), None)


def within(history: Iterable[Span], first: int, last: int) -> list[Span]:
    """The spans that share a month with [first, last]."""
    return [span for span in history if span.first <= last and span.last >= first]


def cut(history: History, first: int, last: int) -> History:
    """The history without the months first..last. A row cut in two keeps its identity in the earlier part."""
    kept: list[Span] = []
    for span in history:
        if span.last < first or span.first > last:
            kept.append(span)
            continue
        row = span.id
        if span.first < first:
            kept.append(replace(span, last=first - 1))
            row = None
        if span.last > last:
            kept.append(replace(span, first=last + 1, id=row))
    return tuple(kept)


def lay(history: History, span: Span) -> History:
    """The history with a new span in months that nothing holds.

    Raises ValueError when a month is held already.
    """
    if within(history, span.first, span.last):
        raise ValueError(f"months {span.first}-{span.last} are held already")
    return _sorted((*history, span))


def repay(
    history: History,
    first: int,
    last: int,
    change: Callable[[Terms], Terms],
    declaration_id: int | None,
    *,
    keep_mark: bool = False,
) -> History:
    """The history with the terms of held months first..last changed; months nobody holds stay empty.

    A row wholly inside keeps its identity; parts cut off stay as they were. Changed parts carry
    `declaration_id`, or with `keep_mark` the mark they had.
    """
    result: list[Span] = []
    for span in history:
        begin, end = max(span.first, first), min(span.last, last)
        terms = change(span.terms) if begin <= end else span.terms
        if terms == span.terms:
            result.append(span)
            continue
        row = span.id
        if span.first < begin:
            result.append(replace(span, last=begin - 1))
            row = None
        whole = begin == span.first and end == span.last
        mark = span.declaration_id if keep_mark else declaration_id
        result.append(Span(begin, end, terms, row if whole else None, mark))
        if span.last > end:
            result.append(replace(span, first=end + 1, id=None if whole else row))
    return _sorted(result)


def gaps(history: Iterable[Span], first: int, last: int) -> list[tuple[int, int]]:
    """The stretches of first..last that no span holds."""
    free, start = [], first
    for span in _sorted(within(history, first, last)):
        if span.first > start:
            free.append((start, span.first - 1))
        start = max(start, span.last + 1)
    if start <= last:
        free.append((start, last))
    return free


@dataclass(frozen=True, slots=True)
class Difference:
    """Điều phải ghi: rows to delete, rows changed in place (never lengthened), rows to add."""

    deleted: tuple[int, ...]
    changed: tuple[Span, ...]
    added: tuple[Span, ...]


def difference(before: History, after: History) -> Difference:
    """What turns one history into the other, row by row."""
    old = {span.id: span for span in before if span.id is not None}
    kept = {span.id for span in after if span.id is not None}
    return Difference(
        deleted=tuple(sorted(row for row in old if row not in kept)),
        changed=tuple(span for span in after if span.id is not None and old.get(span.id) != span),
        added=tuple(span for span in after if span.id is None),
    )


def _sorted(history: Iterable[Span]) -> History:
    return tuple(sorted(history, key=lambda span: span.first))
