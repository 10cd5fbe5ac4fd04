"""Tháng: the unit in which contributions, benefits and runs are counted."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self, overload

from ansinh.kernel.errors import BilingualError, excerpt

_YEAR_FIRST = re.compile(r"^(?P<year>[0-9]{4})(?:[-/.](?P<month>[0-9]{1,2})|(?P<tight>[0-9]{2}))$")
_MONTH_FIRST = re.compile(r"^(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})$")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """Một tháng dương lịch: a calendar month, ordered, hashable, counted by `index`.

    Raises `BilingualError` with code ``month.range`` for a month that does not exist.

    >>> Month(2026, 11) + 3
    Month(year=2027, month=2)
    >>> Month(2027, 2) - Month(2026, 11)
    3
    >>> str(Month(2026, 7)), Month(2026, 7).vi(), Month(2026, 7).index
    ('2026-07', '07/2026', 24318)
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.month <= 12):
            raise BilingualError(
                f"Không có tháng {excerpt(self.month)}/{excerpt(self.year)}",
                f"There is no month {excerpt(self.month)} of year {excerpt(self.year)}",
                code="month.range",
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Đọc tháng: "2026-07", "07/2026", "7/2026", "202607", with -, / or a dot between.

        Raises `BilingualError` with code ``month.format`` or ``month.range``.

        >>> Month.parse("7/2026") == Month.parse("2026-07") == Month.parse(" 202607 ")
        True
        """
        stripped = text.strip()
        match = _MONTH_FIRST.match(stripped)
        if match is not None:
            return cls(int(match["year"]), int(match["month"]))
        match = _YEAR_FIRST.match(stripped)
        if match is None:
            raise BilingualError(
                f"Tháng không hợp lệ: {excerpt(text)} (viết như 07/2026)",
                f"Not a month: {excerpt(text)} (write it like 07/2026)",
                code="month.format",
            )
        return cls(int(match["year"]), int(match["month"] or match["tight"]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Tháng chứa một ngày: the month a date or datetime falls in."""
        return cls(day.year, day.month)

    @classmethod
    def from_index(cls, index: int) -> Self:
        """Tháng từ số thứ tự: the inverse of `index`."""
        year, zero_based = divmod(index, 12)
        return cls(year, zero_based + 1)

    @property
    def index(self) -> int:
        """Số thứ tự tháng: year × 12 + month - 1, the whole number stored in the database."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        """Ngày đầu tháng."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Ngày cuối tháng."""
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        """Số ngày trong tháng: 28 to 31."""
        return calendar.monthrange(self.year, self.month)[1]

    def vi(self) -> str:
        """Cách viết Việt Nam: "07/2026"."""
        return f"{self.month:02d}/{self.year:04d}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def __add__(self, months: int) -> Self:
        if not isinstance(months, int):
            return NotImplemented
        return self.from_index(self.index + months)

    @overload
    def __sub__(self, other: int) -> Self: ...
    @overload
    def __sub__(self, other: "Month") -> int: ...
    def __sub__(self, other: "int | Month") -> "Self | int":
        if isinstance(other, Month):
            return self.index - other.index
        if not isinstance(other, int):
            return NotImplemented
        return self.from_index(self.index - other)


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Các tháng từ `first` đến `last`, both included; nothing if `last` comes before `first`.

    >>> [str(month) for month in months_between(Month(2025, 12), Month(2026, 2))]
    ['2025-12', '2026-01', '2026-02']
    """
    return (Month.from_index(index) for index in range(first.index, last.index + 1))
