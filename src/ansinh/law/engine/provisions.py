"""Quy định: a clause of law as a plain function, dated and cited; later law is a second function."""

import functools
import inspect
from collections.abc import Callable
from datetime import date
from typing import Any, Generic, ParamSpec, TypeVar, cast

from ansinh.kernel.months import Month
from ansinh.law.engine.explanation import CURRENT, Described
from ansinh.law.engine.instruments import LawBookError, citations
from ansinh.law.engine.periods import NotInForce, Period, as_day

P = ParamSpec("P")
R = TypeVar("R")


class Provision(Generic[P, R]):
    """Một quy định trong một thời gian hiệu lực: callable as the function it is.

    `id`, `clause`, `term`, `meaning` (first line of the docstring), `period`, `function`.
    """

    __name__: str
    __qualname__: str

    def __init__(self, function: Callable[P, R], id: str, clause: str, term: str, period: Period) -> None:  # noqa: A002
        functools.update_wrapper(self, function)
        self.function = function
        self.id = id
        self.clause = clause
        self.term = term
        self.period = period
        self.meaning = (inspect.getdoc(function) or "").partition("\n")[0]
        self.described = Described(
            id, term, clause, self.meaning, tuple(inspect.signature(function).parameters), period.since
        )

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        explanation = CURRENT.get()
        if explanation is None:
            return self.function(*args, **kwargs)
        return cast("R", explanation.run(self.described, self.function, args, kwargs))

    def __repr__(self) -> str:
        return f"<provision {self.id} {self.period}: {self.clause}>"


_BOOK: dict[str, list[Provision[Any, Any]]] = {}
_VERSIONS: dict[str, "list[Versions[Any, Any]]"] = {}


def provision(
    id: str,  # noqa: A002 - the word of the field
    *,
    clause: str,
    since: str | date,
    until: str | date | None = None,
    term: str,
) -> Callable[[Callable[P, R]], Provision[P, R]]:
    """Ghi một quy định vào sổ luật.

    `clause` cites known instruments ("41/2024/QH15, Điều 66 khoản 1", several parted by ";"); `since` and
    `until` are the first and last day in force; `term` is the Vietnamese term of the value. Facts in, value
    out: the function reads no clock, no database, and holds no figure of the law.
    Raises `LawBookError` at import for an unknown instrument, an empty period or overlapping versions.
    """
    citations(clause)
    period = Period(as_day(since), None if until is None else as_day(until))
    if period.until is not None and period.until < period.since:
        raise LawBookError(f"{id}: hết hiệu lực trước khi có hiệu lực", f"{id} ends before it begins")

    def register(function: Callable[P, R]) -> Provision[P, R]:
        made = Provision(function, id, clause, term, period)
        same = [one for one in _BOOK.get(id, []) if not _is_same_source(one, made)]
        for other in same:
            if other.period.overlaps(period):
                raise LawBookError(
                    f"{id}: hai phiên bản cùng hiệu lực, {other.period} và {period}",
                    f"{id}: two versions are in force at once, {other.period} and {period}",
                )
        _BOOK[id] = sorted([*same, made], key=lambda one: one.period.since)
        return made

    return register


def _is_same_source(one: Provision[Any, Any], other: Provision[Any, Any]) -> bool:
    # A module imported again (a reload) brings the same function again; that is not a second version.
    return (one.function.__module__, one.__qualname__) == (other.function.__module__, other.__qualname__)


def provisions(id: str | None = None) -> tuple[Provision[Any, Any], ...]:  # noqa: A002
    """Các quy định đã ghi: of one id in order of date, or all of them in order of id and date."""
    ids = sorted(_BOOK) if id is None else [id]
    return tuple(one for name in ids for one in _BOOK.get(name, []))


def resolve(id: str, on: date | Month | int | str) -> Provision[..., Any]:  # noqa: A002
    """Quy định đang có hiệu lực: the version of `id` in force on a day (of a month: on its first day).

    Raises `NotInForce` where there is none, and for an id nobody has written.
    """
    day = as_day(on)
    for one in _BOOK.get(id, []):
        if day in one.period:
            return one
    raise NotInForce(id, day)


def versions_of(id: str) -> "tuple[Versions[Any, Any], ...]":  # noqa: A002
    """Các tên gọi chung cho các phiên bản của một quy định; none where it is called by its own name."""
    return tuple(_VERSIONS.get(id, ()))


class Versions(Generic[P, R]):
    """Các phiên bản của một quy định: under one name, `rate.on(day)(facts…)` applies the one in force."""

    def __init__(self, first: Provision[P, R], *later: Provision[P, R]) -> None:
        self.members = tuple(sorted((first, *later), key=lambda one: one.period.since))
        self.id = first.id
        if len({one.id for one in self.members}) > 1:
            raise LawBookError(
                f"Các phiên bản phải cùng một mã: {sorted({one.id for one in self.members})}",
                f"Versions must share one id: {sorted({one.id for one in self.members})}",
            )
        self._found: dict[date | Month | int | str, Provision[P, R]] = {}
        _VERSIONS.setdefault(self.id, []).append(self)

    def replace_members(self, members: tuple[Provision[P, R], ...]) -> None:
        """Thay các phiên bản: for a reform that is being tried."""
        self.members = members
        self._found.clear()

    def on(self, when: date | Month | int | str) -> Provision[P, R]:
        """Phiên bản có hiệu lực: of a month or month index, the one in force on its first day."""
        found = self._found.get(when)
        if found is None:
            day = as_day(when)
            for one in self.members:
                if day in one.period:
                    found = self._found[when] = one
                    break
            else:
                raise NotInForce(self.id, day)
        return found


def versions(first: Provision[P, R], *later: Provision[P, R]) -> Versions[P, R]:
    """Gộp các phiên bản: the same facts in and the same kind of value out, checked by mypy.

    >>> @provision(
    ...     "example.rate", clause="58/2014/QH13", since="2016-01-01", until="2025-06-30", term="tỷ lệ"
    ... )
    ... def rate_2014(years: int) -> int:
    ...     return years
    >>> @provision("example.rate", clause="41/2024/QH15", since="2025-07-01", term="tỷ lệ")
    ... def rate_2024(years: int) -> int:
    ...     return 2 * years
    >>> rate = versions(rate_2014, rate_2024)
    >>> rate.on(date(2025, 6, 30))(5), rate.on(date(2025, 7, 1))(5)
    (5, 10)
    """
    return Versions(first, *later)
