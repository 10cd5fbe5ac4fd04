"""Kế hoạch của một danh sách: every row as judged, and what the record would become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ansinh.collection.declarations import cover
from ansinh.collection.declarations.findings import Finding, Level
from ansinh.collection.declarations.record import NO_DAYS, Days, Held
from ansinh.collection.declarations.spans import History, Terms
from ansinh.forms.intake.d02 import D02Row
from ansinh.kernel.months import Month

ACCEPTED, RETURNED, ERROR, NO_CHANGE = "accepted", "returned", "error", "no_change"
REGISTER_WITHIN = 30  # Luật 41/2024/QH15, Điều 28 khoản 1: days from the day the worker is liable

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Bối cảnh: whose list, of which accounting month, received when; `mark` is the declaration's key.

    `books_start` is the first month of the province's books: what was due before for months on record was
    settled elsewhere, and is nobody's debt here.
    """

    health_group: str
    month: Month
    received_on: date
    books_start: int = 0
    mark: int | None = None
    sheet: str = ""


@dataclass(slots=True)
class Line:
    """Một dòng đã xét: outcome, findings, and the terms before and after in its first month."""

    position: int
    row: D02Row
    key: Key | None = None
    outcome: str = ACCEPTED
    findings: list[Finding] = field(default_factory=list)
    first: int = 0
    last: int = 0
    old: Terms | None = None
    new: Terms | None = None


@dataclass(slots=True)
class Someone:
    """Một người của danh sách: the months before, and what becomes of them."""

    key: Key
    held: Held | None
    newcomer: D02Row | None = None
    before: History = ()
    after: History = ()
    days: dict[int, Days] = field(default_factory=dict)
    endings: list[cover.Ending] = field(default_factory=list)
    closings: list[cover.Closing] = field(default_factory=list)
    account_note: str = ""
    card_from: int | None = None
    card_until: int | None = None
    hospital: str = ""

    def days_before(self, month: int) -> Days:
        """The days away that stand in the record."""
        return self.held.days.get(month, NO_DAYS) if self.held else NO_DAYS

    def days_after(self, month: int) -> Days:
        """The days away once the list is booked."""
        return self.days.get(month, self.days_before(month))

    def away(self, since: int) -> list[int]:
        """Months from `since` on that have days away, as the plan stands."""
        known = set(self.days) | (set(self.held.days) if self.held else set())
        return sorted(m for m in known if m >= since and self.days_after(m).away)


@dataclass(slots=True)
class Plan:
    """Kế hoạch: lines in the order of the list, people by key.

    `findings` are about the list as a whole. `mismatches` is how many rows do not match the register,
    `silent` whether they are so many that none was answered by itself, `hidden` the positions of rows whose
    citizen ID turns out to be a stranger's, `unmatched` those that were told so when they were to be booked.
    """

    scene: Scene
    lines: list[Line]
    people: dict[Key, Someone]
    findings: list[Finding] = field(default_factory=list)
    mismatches: int = 0
    silent: bool = False
    hidden: list[int] = field(default_factory=list)
    unmatched: list[int] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """Findings that stop the list."""
        return sum(f.level == Level.ERROR for line in self.lines for f in line.findings)

    def accepted(self) -> Iterable[Line]:
        """Lines that change something."""
        return (line for line in self.lines if line.outcome == ACCEPTED)


class Judge:
    """Ghi điều tìm thấy vào một dòng, đúng ô."""

    def __init__(self, line: Line, sheet: str) -> None:
        self.line = line
        self._sheet = sheet

    def note(self, level: str, column: str, code: str, vi: str, en: str, **told: Any) -> None:
        """A finding at a cell; `about` and `employer` say of whom it tells."""
        row = self.line.row
        cell = row.cells.get(column) or row.cells.get("name", "")
        self.line.findings.append(
            Finding(level, code, vi, en, column, cell, row.row, "", self._sheet, **told)
        )

    def error(self, column: str, code: str, vi: str, en: str, **told: Any) -> None:
        """Lỗi: the list cannot be booked with it."""
        self.line.outcome = ERROR
        self.note(Level.ERROR, column, code, vi, en, **told)

    def returned(self, column: str, code: str, vi: str, en: str, **told: Any) -> None:
        """Trả lại dòng này: the rest of the list goes on."""
        if self.line.outcome != ERROR:
            self.line.outcome = RETURNED
        self.note(Level.RETURNED, column, code, vi, en, **told)

    def warn(self, column: str, code: str, vi: str, en: str) -> None:
        """Lưu ý."""
        self.note(Level.WARNING, column, code, vi, en)

    def unchanged(self, column: str, code: str, vi: str, en: str) -> None:
        """Không có gì thay đổi."""
        if self.line.outcome == ACCEPTED:
            self.line.outcome = NO_CHANGE
        self.note(Level.INFO, column, code, vi, en)
