"""Khoảng giá trị: what a published number can really be, given how it was rounded. Exact fractions only.

A percent printed with n digits stands for any value within half a unit of its last digit; "more than",
"nearly" and "about" say on which side of the printed number the true one lies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.rounding import half_up

Qualifier = Literal["exact", "more_than", "nearly", "about"]
QUALIFIERS: Final = ("exact", "more_than", "nearly", "about")
_PERCENT = re.compile(r"[0-9]{1,5}(?:[.,](?P<decimals>[0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class Interval:
    """Khoảng [low, high], both ends included."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise BilingualError(
                f"Khoảng không hợp lệ: {self.low} > {self.high}",
                f"Not an interval: {self.low} > {self.high}",
                code="interval.order",
            )

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | Fraction) and self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __truediv__(self, other: Interval) -> Interval:
        if self.low < 0 or other.low <= 0:
            raise BilingualError(
                "Chỉ chia khoảng không âm cho khoảng dương",
                "Only an interval of no negatives is divided, by a positive one",
                code="interval.division",
            )
        return Interval(self.low / other.high, self.high / other.low)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


def point(value: int | Fraction) -> Interval:
    """Giá trị đúng: an interval of one value."""
    return Interval(Fraction(value), Fraction(value))


def qualified(amount: int, qualifier: Qualifier, step: int = 1) -> Interval:
    """Khoảng của số có từ bổ nghĩa; `step` is one unit of the last place the number was printed to.

    >>> qualified(207, "more_than", 1)
    Interval(low=Fraction(207, 1), high=Fraction(208, 1))
    """
    if step < 1:
        raise BilingualError("Bước làm tròn phải từ 1", "A step is at least 1", code="interval.step")
    below, above = {
        "exact": (Fraction(0), Fraction(0)),
        "more_than": (Fraction(0), Fraction(step)),
        "nearly": (Fraction(step), Fraction(0)),
        "about": (Fraction(step, 2), Fraction(step, 2)),
    }[qualifier]
    return Interval(Fraction(amount) - below, Fraction(amount) + above)


def percent(text: str) -> Fraction:
    """Tỷ lệ như đã in: "91.32" (percent, no sign) as a share of 1. Raises code ``percent.format``."""
    _decimals(text)
    return Fraction(text.strip().replace(",", ".")) / 100


def percent_interval(text: str) -> Interval:
    """Khoảng của tỷ lệ đã làm tròn: half a unit of the last printed digit either way.

    >>> percent_interval("75.6")
    Interval(low=Fraction(1511, 2000), high=Fraction(1513, 2000))
    """
    half = Fraction(1, 2 * 100 * 10 ** _decimals(text))
    value = percent(text)
    return Interval(value - half, value + half)


def as_printed(share: Fraction, text: str) -> bool:
    """Whether a share, rounded half up to as many digits as `text` has, prints as `text` (in percent)."""
    scale = 100 * 10 ** _decimals(text)
    return bool(half_up(share * scale) == percent(text) * scale)


@dataclass(frozen=True, slots=True)
class Implied:
    """Số suy ra: the whole number nearest, and every value that rounding allows."""

    nearest: int
    interval: Interval


def implied_whole(part: int | Interval, text: str) -> Implied:
    """Chỉ tiêu (hoặc dân số) suy ra từ tỷ lệ: `part` ÷ the printed percent.

    With a bare number only the rounding of the percent widens the answer; with an interval both do.

    >>> implied_whole(13_000, "75.6").nearest
    17196
    """
    parts = point(part) if isinstance(part, int) else part
    share = percent_interval(text)
    if share.low <= 0:
        raise BilingualError(
            f"Tỷ lệ quá nhỏ để suy ra: {text}",
            f"Too small a percent to divide by: {text}",
            code="percent.small",
        )
    middle = (parts.low + parts.high) / 2 / percent(text)
    return Implied(half_up(middle), parts / share)


def _decimals(text: str) -> int:
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        raise BilingualError(
            f"Tỷ lệ không hợp lệ: {text}", f"Not a percent as printed: {text}", code="percent.format"
        )
    return len(match["decimals"] or "")
