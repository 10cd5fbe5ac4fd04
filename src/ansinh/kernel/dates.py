"""Ngày: dates as people write them, and births of which only the year or month is known."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import total_ordering
from typing import Self

from ansinh.kernel.errors import BilingualError, excerpt
from ansinh.kernel.months import Month

# Two-digit years up to this one belong to 2000, the rest to 1900: the POSIX window, fixed so that
# the same file reads the same way on any day.
LAST_SHORT_YEAR = 68

# A spreadsheet writes a date as a date with midnight after it; any other time of day is cut as well.
_TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
_ISO = re.compile(r"^(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _TIME)
_VI = re.compile(r"^(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})" + _TIME)
_TIGHT = re.compile(r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})$")
_MONTH = re.compile(
    r"^(?:(?P<m1>[0-9]{1,2})[-/.](?P<y1>[0-9]{4})|(?P<y2>[0-9]{4})[-/.]?(?P<m2>[0-9]{2})"
    r"|(?P<y3>[0-9]{4})[-/.](?P<m3>[0-9]))$"
)
_YEAR = re.compile(r"^[0-9]{4}$")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """Ngày sinh có thể chỉ biết năm hoặc tháng: a date known to the day, the month or the year.

    Order is by earliest possible day; of two that begin on the same day the less precise comes first.
    Raises `BilingualError` with code ``date.impossible`` when the parts make no date.

    >>> PartialDate(1980) < PartialDate(1980, 1) < PartialDate(1980, 1, 1) < PartialDate(1981)
    True
    >>> PartialDate.parse("7/1980").vi(), PartialDate.parse("01/07/1980").iso()
    ('07/1980', '1980-07-01')
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        shown = "/".join(excerpt(part) for part in (self.day, self.month, self.year) if part is not None)
        if self.month is None and self.day is not None:
            raise _impossible(shown)
        _date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day, shown)

    @classmethod
    def parse(cls, value: "str | int | date | PartialDate") -> Self:
        """Đọc ngày sinh: "01/07/1980", "7/1980", "1980", "19800701", ISO, a date, a datetime or a bare year.

        A day or month written as zeros is unknown: "00/07/1980", "00/00/1980". Two-digit years are refused,
        because a birth in 25 may be of either century.
        Raises `BilingualError` with code ``date.empty``, ``date.format`` or ``date.impossible``.

        >>> PartialDate.parse("00/00/1954")
        PartialDate(year=1954, month=None, day=None)
        """
        if isinstance(value, PartialDate):
            return cls(value.year, value.month, value.day)
        if isinstance(value, date):
            return cls(value.year, value.month, value.day)
        text = _stripped(value)
        if _YEAR.match(text):
            return cls(int(text))
        match = _ISO.match(text) or _TIGHT.match(text) or _VI.match(text)
        if match is not None and len(match["year"]) == 4:
            month, day = int(match["month"]), int(match["day"])
            if month == 0 and day != 0:
                raise _impossible(text)
            return cls(int(match["year"]), month or None, day or None)
        match = _MONTH.match(text)
        if match is None:
            raise _unreadable(text)
        year = match["y1"] or match["y2"] or match["y3"]
        return cls(int(year), int(match["m1"] or match["m2"] or match["m3"]) or None)

    def iso(self) -> str:
        """Dạng ISO 8601: as precise as known, "1980", "1980-07", "1980-07-01"."""
        shown = f"{self.year:04d}"
        if self.month is not None:
            shown += f"-{self.month:02d}"
        if self.day is not None:
            shown += f"-{self.day:02d}"
        return shown

    def vi(self) -> str:
        """Cách viết Việt Nam: "1980", "07/1980", "01/07/1980"."""
        return "/".join(reversed(self.iso().split("-")))

    def earliest(self) -> date:
        """Ngày sớm nhất có thể."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Ngày muộn nhất có thể."""
        month = Month(self.year, self.month or 12)
        return month.last_day if self.day is None else date(self.year, month.month, self.day)

    @property
    def is_complete(self) -> bool:
        """Biết đủ ngày, tháng, năm."""
        return self.day is not None

    def __lt__(self, other: "PartialDate") -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._rank() < other._rank()

    def __str__(self) -> str:
        return self.iso()

    def _rank(self) -> tuple[int, int, int, int]:
        precision = (self.month is not None) + (self.day is not None)
        return (self.year, self.month or 1, self.day or 1, precision)


def parse_date(value: str | date) -> date:
    """Đọc ngày: d/m/yyyy, d-m-yy, yyyymmdd or ISO, with /, - or a dot between; day before month.

    Two-digit years 00-68 are of 2000, 69-99 of 1900. A time of day after the date is dropped.
    Raises `BilingualError` with code ``date.empty``, ``date.format`` or ``date.impossible``.

    >>> parse_date("1/7/26"), parse_date("20260701") == parse_date("2026-07-01")
    (datetime.date(2026, 7, 1), True)
    >>> parse_date("31/4/2026")
    Traceback (most recent call last):
    ansinh.kernel.errors.BilingualError: Không có ngày 31/4/2026 / There is no such day: 31/4/2026
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _stripped(value)
    match = _ISO.match(text) or _TIGHT.match(text) or _VI.match(text)
    if match is None:
        raise _unreadable(text)
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year <= LAST_SHORT_YEAR else 1900
    return _date(year, int(match["month"]), int(match["day"]), text)


def _stripped(value: str | int) -> str:
    # A number that long is no date, and Python refuses to write some of them out.
    text = value.strip() if isinstance(value, str) else excerpt(value)
    if not text:
        raise BilingualError("Chưa nhập ngày", "Date is missing", code="date.empty")
    return text


def _date(year: int, month: int, day: int, shown: str) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise _impossible(shown) from error


def _impossible(shown: str) -> BilingualError:
    shown = excerpt(shown)
    return BilingualError(f"Không có ngày {shown}", f"There is no such day: {shown}", code="date.impossible")


def _unreadable(text: str) -> BilingualError:
    text = excerpt(text)
    return BilingualError(
        f"Ngày không hợp lệ: {text} (viết như 01/07/1980)",
        f"Not a date: {text} (write it like 01/07/1980)",
        code="date.format",
    )
