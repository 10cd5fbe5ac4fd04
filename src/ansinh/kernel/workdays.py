"""Ngày làm việc: public holidays, days off in lieu, swapped days, and deadlines counted in working days.

The years 2016-2027 come from a dated table with sources (`holidays.yaml`); 2028-2050 are projected with the
lunar calendar of the `holidays` package and are always unverified; other years are refused.

What was announced since, or corrects the table, is laid over it: the office registers where it is kept
(`announced`), and every deadline of the office counts with it. The law library counts with the table alone
(`told=NOTHING`), so that its answers need no record; a face tells it the days as facts.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, Literal

import holidays as holidays_package
import yaml

from ansinh.kernel.errors import BilingualError

FIRST_YEAR: Final = 2016
LAST_YEAR: Final = 2050
SATURDAY: Final = 5
SUNDAY: Final = 6

_TUESDAY: Final = 1
_TET_DAYS: Final = 5
_NEW_CODE: Final = 2021  # the Labour Code of 2019, in force from 1 January 2021
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Chế độ nghỉ hằng tuần: the days of rest (0 Monday … 6 Sunday), and whether swaps of days are followed.

    The Government swaps working days for offices that rest on both Saturday and Sunday; others need not.
    """

    rest: frozenset[int]
    follows_swaps: bool = False

    def __post_init__(self) -> None:
        if not self.rest < frozenset(range(7)):
            raise BilingualError(
                f"Ngày nghỉ hằng tuần là từ thứ Hai (0) đến Chủ nhật (6), không cả tuần: {set(self.rest)}",
                f"Days of rest are Monday (0) to Sunday (6), not all of them: {set(self.rest)}",
                code="workdays.rest",
            )


OFFICE: Final = WorkWeek(frozenset({SATURDAY, SUNDAY}), follows_swaps=True)
"""Cơ quan nhà nước: rests on Saturday and Sunday, follows swaps. The clock of statutory deadlines."""

SUNDAY_ONLY: Final = WorkWeek(frozenset({SUNDAY}))
"""Nghỉ Chủ nhật: an employer that works six days a week."""


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """Một ngày nghỉ: what it is, where it is written, and whether that writing has been seen.

    `in_lieu` is the holiday a day off makes up for, or the working day a swapped day off was taken from.
    """

    day: date
    name: str
    source: str
    unverified: bool = False
    in_lieu: date | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """Một ngày đã thông báo: what it is instead of what the table says, and the notice that says so.

    `off` is a holiday for everybody; `swapped_off` and `worked` are for those who follow swaps; `ordinary`
    takes back what the table, or a former notice, says of the day.
    """

    day: date
    kind: Literal["off", "swapped_off", "worked", "ordinary"]
    name: str
    source: str


@dataclass(frozen=True, eq=False)
class Announced:
    """Những ngày đã thông báo: laid over the table. Two are the same only when they are one object."""

    by_day: Mapping[date, Announcement] = field(default_factory=dict)

    def of(self, kind: str, year: int) -> Iterator[Announcement]:
        """The days of a kind in a year."""
        return (told for day, told in self.by_day.items() if day.year == year and told.kind == kind)


NOTHING: Final = Announced()

_source: Callable[[], Announced] | None = None
_supposed: ContextVar[Announced | None] = ContextVar("announced", default=None)


def announced(source: Callable[[], Announced]) -> None:
    """Khai báo nơi giữ các ngày đã thông báo: asked once for every question below, so it must be cheap."""
    global _source  # noqa: PLW0603 -- the one place where the office says where its notices are
    _source = source


@contextmanager
def supposing(told: Announced) -> Iterator[None]:
    """Giả sử các ngày đã thông báo là những ngày này: to see what a notice would move before it is kept."""
    before = _supposed.set(told)
    try:
        yield
    finally:
        _supposed.reset(before)


def known() -> Announced:
    """Những ngày đã thông báo: as supposed here or as the registered source tells."""
    supposed = _supposed.get()
    if supposed is not None:
        return supposed
    return NOTHING if _source is None else _source()


def is_working_day(day: date, *, week: WorkWeek = OFFICE, told: Announced | None = None) -> bool:
    """Có phải ngày làm việc: neither weekly rest nor holiday nor day off in lieu; or a swapped working day.

    Raises `BilingualError` with code ``workdays.year`` outside 2016-2050.

    >>> is_working_day(date(2026, 2, 13)), is_working_day(date(2026, 2, 16))
    (True, False)
    >>> is_working_day(date(2026, 8, 22)), is_working_day(date(2026, 8, 31))  # swapped
    (True, False)
    """
    off, worked = _calendar(day.year, week, known() if told is None else told)
    if day.weekday() in week.rest:
        return day in worked
    return day not in off


def add_working_days(day: date, n: int, *, week: WorkWeek = OFFICE, told: Announced | None = None) -> date:
    """Hạn tính bằng ngày làm việc: the n-th working day after `day`, which itself is not counted.

    The day an application is received is not counted, as in 91/2015/QH13 (Bộ luật Dân sự), Điều 147.
    A negative `n` counts back; with 0 the day is returned as it is.

    >>> add_working_days(date(2026, 2, 13), 1)  # the Friday before Tết
    datetime.date(2026, 2, 23)
    >>> add_working_days(date(2026, 2, 23), -1)
    datetime.date(2026, 2, 13)
    """
    step = _DAY if n > 0 else -_DAY
    left = abs(n)
    told = known() if told is None else told
    while left:
        day += step
        left -= is_working_day(day, week=week, told=told)
    return day


def working_days_between(a: date, b: date, *, week: WorkWeek = OFFICE, told: Announced | None = None) -> int:
    """Số ngày làm việc từ sau ngày `a` đến hết ngày `b`; negative when `b` comes before `a`.

    The inverse of `add_working_days`: for a working day `b`, ``add_working_days(a, n) == b`` exactly when
    this returns ``n``.

    >>> working_days_between(date(2026, 2, 13), date(2026, 2, 23))
    1
    """
    told = known() if told is None else told
    if b < a:
        return -sum(is_working_day(day, week=week, told=told) for day in _days(b, a - _DAY))
    return sum(is_working_day(day, week=week, told=told) for day in _days(a + _DAY, b))


def working_days_in(
    first: date, last: date, *, week: WorkWeek = OFFICE, told: Announced | None = None
) -> int:
    """Số ngày làm việc trong đợt nghỉ, both ends counted; 0 if `last` comes before `first`.

    >>> working_days_in(date(2026, 4, 27), date(2026, 5, 3))
    2
    """
    told = known() if told is None else told
    return sum(is_working_day(day, week=week, told=told) for day in _days(first, last))


def holidays_of(year: int, *, week: WorkWeek = OFFICE, told: Announced | None = None) -> dict[date, str]:
    """Các ngày nghỉ lễ, tết trong năm: with days off in lieu and swapped days off, by date.

    >>> holidays_of(2026)[date(2026, 4, 27)]
    'Nghỉ bù Ngày Giỗ Tổ Hùng Vương'
    """
    return {holiday.day: holiday.name for holiday in holiday_entries(year, week=week, told=told)}


def holiday_entries(
    year: int, *, week: WorkWeek = OFFICE, told: Announced | None = None
) -> tuple[Holiday, ...]:
    """Các ngày nghỉ kèm căn cứ: as `holidays_of`, each with its source and whether it was verified."""
    return _entries(year, week, known() if told is None else told)


def is_public_holiday(day: date, *, told: Announced | None = None) -> bool:
    """Có phải ngày lễ, tết: a day the Labour Code names or a notice declares, no day in lieu, no swapped one.

    A day off in lieu makes up for the weekly rest (45/2019/QH14, Điều 111 khoản 3).

    >>> is_public_holiday(date(2026, 4, 26)), is_public_holiday(date(2026, 4, 27))
    (True, False)
    """
    return day in _public(day.year, known() if told is None else told)


def swapped_working_days(year: int, *, told: Announced | None = None) -> tuple[date, ...]:
    """Ngày làm bù: days of weekly rest in `year` on which offices work because of a swap.

    >>> swapped_working_days(2026)
    (datetime.date(2026, 1, 10), datetime.date(2026, 8, 22))
    """
    told = known() if told is None else told
    table = {
        swap["day_worked"]
        for facts in _table()["years"].values()
        for swap in facts.get("swaps", ())
        if swap["day_worked"].year == year
    }
    return tuple(sorted(table - told.by_day.keys() | {one.day for one in told.of("worked", year)}))


@lru_cache(maxsize=512)
def _entries(year: int, week: WorkWeek, told: Announced) -> tuple[Holiday, ...]:
    """The table with what was announced laid over it."""
    kinds = ("off", "swapped_off") if week.follows_swaps else ("off",)
    over = kinds + (("worked", "ordinary") if week.follows_swaps else ("ordinary",))
    gone = {one.day for kind in over for one in told.of(kind, year)}
    added = [Holiday(one.day, one.name, one.source) for kind in kinds for one in told.of(kind, year)]
    kept = [holiday for holiday in _of_the_table(year, week) if holiday.day not in gone]
    return tuple(sorted(kept + added, key=lambda holiday: holiday.day))


@cache
def _of_the_table(year: int, week: WorkWeek) -> tuple[Holiday, ...]:
    statutory = _statutory(year)
    named = {holiday.day for holiday in statutory}
    entries = list(statutory)
    taken = set(named)
    for holiday in statutory:
        if holiday.day.weekday() not in week.rest:
            continue
        instead = holiday.day + _DAY
        while instead in taken or instead.weekday() in week.rest:
            instead += _DAY
        taken.add(instead)
        entries.append(
            Holiday(
                instead,
                f"Nghỉ bù {holiday.name}",
                "45/2019/QH14, Điều 111 khoản 3" if year >= _NEW_CODE else "10/2012/QH13, Điều 115 khoản 3",
                holiday.unverified,
                in_lieu=holiday.day,
            )
        )
    if week.follows_swaps:
        entries += [
            Holiday(
                swap["day_off"],
                f"Nghỉ hoán đổi cho ngày {swap['day_worked']:%d/%m/%Y}",
                swap["source"],
                swap.get("unverified", False),
                in_lieu=swap["day_worked"],
            )
            for swap in _table()["years"].get(year, {}).get("swaps", ())
        ]
    return tuple(sorted(entries, key=lambda holiday: holiday.day))


@lru_cache(maxsize=512)
def _calendar(year: int, week: WorkWeek, told: Announced) -> tuple[frozenset[date], frozenset[date]]:
    off = frozenset(holiday.day for holiday in _entries(year, week, told))
    worked = frozenset(swapped_working_days(year, told=told)) if week.follows_swaps else frozenset()
    return off, worked


@lru_cache(maxsize=512)
def _public(year: int, told: Announced) -> frozenset[date]:
    swapped = {one.day for one in told.of("swapped_off", year)}
    return frozenset(
        holiday.day
        for holiday in _entries(year, OFFICE, told)
        if holiday.in_lieu is None and holiday.day not in swapped
    )


@cache
def _table() -> dict[str, Any]:
    text = resources.files("ansinh.kernel").joinpath("holidays.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


def _statutory(year: int) -> list[Holiday]:
    """The holidays the law gives, before anything is made up for, in order."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BilingualError(
            f"Chưa có lịch nghỉ lễ năm {year} (chỉ có {FIRST_YEAR}-{LAST_YEAR})",
            f"There is no holiday calendar for {year} (only {FIRST_YEAR}-{LAST_YEAR})",
            code="workdays.year",
        )
    table = _table()
    code = table["sources"]["code_2019" if year >= _NEW_CODE else "code_2012"]
    projected = year not in table["years"]
    facts = _projection(year) if projected else table["years"][year]
    found = [
        Holiday(
            date(year, day["month"], day["day"]),
            day["name"],
            table["sources"][day["source"]] if "source" in day else code,
            projected or year < _NEW_CODE or day.get("unverified", False),
        )
        for day in table["fixed"]
        if year >= day.get("since", FIRST_YEAR)
    ]
    found.append(Holiday(facts["hung_vuong"], "Ngày Giỗ Tổ Hùng Vương", code, unverified=True))
    found += [
        Holiday(
            facts["tet"] + i * _DAY,
            _tet_name((facts["tet"] - facts["lunar_new_year"]).days + i),
            facts.get("tet_source", code),
            facts["tet_unverified"],
        )
        for i in range(_TET_DAYS)
    ]
    if "beside_national_day" in facts:
        found.append(
            Holiday(
                facts["beside_national_day"],
                "Quốc khánh",
                code,
                facts["beside_unverified"],
            )
        )
    return sorted(found, key=lambda holiday: holiday.day)


def _tet_name(offset: int) -> str:
    """Name of the day `offset` days from the lunar new year (mùng 1 is 0)."""
    return f"Tết Âm lịch (mùng {offset + 1})" if offset >= 0 else f"Tết Âm lịch (trước mùng 1 {-offset} ngày)"


def _projection(year: int) -> dict[str, Any]:
    """A year no notice covers yet: the lunar calendar, and the pattern of the table for 2017-2026.

    Tết began one day before the new year when that was a Tuesday (2019, 2022, 2026), else two. The day beside
    2 September lies where it lengthens the days off: after it on Monday, Thursday and Sunday, else before.
    """
    lunar = holidays_package.country_holidays("VN", years=year, observed=False, language="vi")
    new_year = _only(lunar, "Tết Nguyên Đán", exact=True)
    national_day = date(year, 9, 2)
    after = national_day.weekday() in {0, 3, SUNDAY}
    return {
        "lunar_new_year": new_year,
        "tet": new_year - (_DAY if new_year.weekday() == _TUESDAY else 2 * _DAY),
        "tet_unverified": True,
        "hung_vuong": _only(lunar, "Hùng Vương"),
        "beside_national_day": national_day + (_DAY if after else -_DAY),
        "beside_unverified": True,
    }


def _only(calendar: Any, name: str, *, exact: bool = False) -> date:
    days: list[date] = calendar.get_named(name, lookup="exact" if exact else "contains")
    (day,) = days
    return day


def _days(first: date, last: date) -> Iterator[date]:
    return (first + i * _DAY for i in range((last - first).days + 1))
