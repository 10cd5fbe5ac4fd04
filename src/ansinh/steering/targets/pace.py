"""Nhịp độ và dự báo: where a figure should stand by now, and where it will stand at the year's end.

Two ways of saying where it should stand: evenly over the year, or as last year went where last year is known.
A forecast always carries the words that say how it was made; where nothing can be said, nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up

NEARLY: Final = Fraction(95, 100)
"""At this share of what was expected by now a figure is a little behind; below it, behind."""


class Status(StrEnum):
    """Tình trạng thực hiện: a word first, a colour only with it."""

    REACHED = "reached"
    ON_PACE = "on_pace"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    NOT_REACHED = "not_reached"
    NO_FIGURE = "no_figure"
    NO_TARGET = "no_target"

    @property
    def words(self) -> tuple[str, str]:
        """Tên tình trạng: Vietnamese, English."""
        return _WORDS[self]

    @property
    def colour(self) -> str:
        """Sắc của thẻ trạng thái: none, green, yellow, red or grey."""
        return _COLOURS[self]


_WORDS = {
    Status.REACHED: ("Đạt chỉ tiêu", "Target reached"),
    Status.ON_PACE: ("Đúng tiến độ", "On pace"),
    Status.SLIGHTLY_BEHIND: ("Chậm nhẹ", "Slightly behind"),
    Status.BEHIND: ("Chậm tiến độ", "Behind"),
    Status.NOT_REACHED: ("Chưa đạt", "Not reached yet"),
    Status.NO_FIGURE: ("Chưa có số liệu", "No figure yet"),
    Status.NO_TARGET: ("Chưa giao chỉ tiêu", "No target set"),
}
_COLOURS = {
    Status.REACHED: "none",
    Status.ON_PACE: "green",
    Status.SLIGHTLY_BEHIND: "yellow",
    Status.BEHIND: "red",
    Status.NOT_REACHED: "grey",
    Status.NO_FIGURE: "grey",
    Status.NO_TARGET: "grey",
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """Dự báo cuối năm: whole amount and the method, Vietnamese and English."""

    amount: int
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class LastYear:
    """Năm trước: the figure by the same month, and at the end of the year; None where not known."""

    same_month: int | None = None
    end: int | None = None


def elapsed(day: date) -> Fraction:
    """Phần năm đã qua: whole months, and days of the current one.

    >>> elapsed(date(2023, 2, 28)), elapsed(date(2023, 12, 31))
    (Fraction(1, 6), Fraction(1, 1))
    """
    month = Month.of(day)
    return (month.month - 1 + Fraction(day.day, month.last_day.day)) / 12


def seasonal(before: LastYear) -> Fraction | None:
    """Phần đã đạt đến cùng tháng năm trước trên cả năm; None where last year cannot tell."""
    if before.same_month is None or not before.end or not 0 < before.same_month <= before.end:
        return None
    return Fraction(before.same_month, before.end)


def expected(kind: str, target: int, day: date, before: LastYear) -> Fraction | None:
    """Mức cần đạt đến ngày này: for a year's target.

    Year-to-date: the target times last year's share by this month, or the share of the year gone. A number at
    a point in time grows evenly from the end of last year; None when that is not known. Per month: as set.
    """
    if kind == "per_month":
        return Fraction(target)
    if kind == "year_to_date":
        return target * (seasonal(before) or elapsed(day))
    if before.end is None:
        return None
    return before.end + (target - before.end) * elapsed(day)


def forecast(
    kind: str, actual: int, day: date, before: LastYear, earlier: Sequence[tuple[date, int]] = ()
) -> Forecast | None:
    """Dự báo cuối năm: by the first method that the known figures allow; None where none does.

    `earlier` are this year's figures up to `day`, oldest first.
    """
    gone = elapsed(day)
    if kind == "per_month":
        return None
    if kind == "year_to_date":
        share = seasonal(before)
        if share:
            return Forecast(
                half_up(actual / share),
                "Lũy kế chia cho tỷ trọng đã đạt đến cùng tháng năm trước",
                "Year to date divided by last year's share by the same month",
            )
        return Forecast(
            half_up(actual / gone),
            "Lũy kế chia cho phần năm đã qua (chia đều theo tháng)",
            "Year to date divided by the share of the year gone, evenly by month",
        )
    if before.end is not None:
        return Forecast(
            half_up(before.end + (actual - before.end) / gone),
            "Mức tăng từ cuối năm trước, kéo đều đến hết năm",
            "Growth since the end of last year, carried on evenly to the year's end",
        )
    if earlier and elapsed(earlier[0][0]) < gone:
        first_day, first = earlier[0]
        slope = (actual - first) / (gone - elapsed(first_day))
        return Forecast(
            max(0, half_up(actual + slope * (1 - gone))),
            f"Mức tăng bình quân từ {first_day:%m/%Y}, kéo đều đến hết năm",
            f"Average growth since {first_day:%m/%Y}, carried on evenly to the year's end",
        )
    return None


def status(*, better: str, target: int | None, actual: int | None, due: Fraction | None) -> Status:
    """Tình trạng: `due` is what was expected by now. For a lower-is-better figure the target is a ceiling."""
    if target is None:
        return Status.NO_TARGET
    if actual is None:
        return Status.NO_FIGURE
    if better == "lower":
        if actual > target:
            return Status.BEHIND
        return Status.ON_PACE if due is None or actual <= due else Status.SLIGHTLY_BEHIND
    if actual >= target:
        return Status.REACHED
    if due is None:
        return Status.NOT_REACHED
    if actual >= due:
        return Status.ON_PACE
    return Status.SLIGHTLY_BEHIND if actual >= due * NEARLY else Status.BEHIND
