"""Dữ kiện: reads the facts of a case by the contract; every fault is reported at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from reprlib import repr as short
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.calc.contract import Calculator, Kind, Slot

__all__ = ["FactError", "FactProblem", "Facts", "fault", "read_date", "read_facts"]

Facts = Mapping[str, Any]
"""Facts by name, read: int dong, Fraction for percent and decimal, ``Month``, ``date``, str, bool, list."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""No life that the law still counts lies outside these years."""

MOST = 10**15
_MOST = {
    "months": 1_200,
    "days": 36_600,
    "weeks": 100,
    "years": 200,
    "year": LAST_YEAR,
    "persons": 10_000,
    "children": 100,
    "visits": 10_000,
    "points": 1_000,
    "km": 100_000,
}
"""The largest whole number of each unit: beyond it a fact is a slip, and counting to it would never end."""

LONGEST = 2_000
"""The longest list of a case."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MONTH = re.compile(r"\d{4}-\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PERCENT = re.compile(r"-?\d+(\.\d+)?%")


@dataclass(frozen=True, slots=True)
class FactProblem:
    """Lỗi dữ kiện: what is wrong with one fact. ``fact`` is its place: ``debts[0].fund``."""

    fact: str
    vi: str
    en: str
    code: str = "wrong_type"


class FactError(BilingualError):
    """Dữ kiện sai hoặc thiếu: all problems of one case at once."""

    def __init__(self, problems: list[FactProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "; ".join(f"{p.fact}: {p.vi}" for p in problems),
            "; ".join(f"{p.fact}: {p.en}" for p in problems),
            code=problems[0].code if problems else "",
        )

    def __reduce__(self) -> tuple[type["FactError"], tuple[list[FactProblem]]]:  # type: ignore[override]
        return type(self), (list(self.problems),)

    @classmethod
    def missing(cls, *slots: Slot) -> "FactError":
        """Return the error for facts that the law needs here and nobody gave."""
        return cls([_missing(slot) for slot in slots])

    @classmethod
    def missing_one_of(cls, *slots: Slot) -> "FactError":
        """Return the error for a case that gives none of several facts, any of which would do."""
        return cls([_missing_one_of(slots)])


def fault(fact: str, vi: str, en: str, code: str) -> FactError:
    """Return the error for one wrong fact, ready to raise."""
    return FactError([FactProblem(fact, vi, en, code=code)])


def _missing(slot: Slot) -> FactProblem:
    kind = slot.kind.described()
    return FactProblem(
        slot.name,
        f"thiếu dữ kiện “{slot.vi}”, kiểu {kind}",
        f"missing fact “{slot.en}”, type {kind}",
        code="missing_fact",
    )


def _missing_one_of(slots: tuple[Slot, ...]) -> FactProblem:
    vi = "; ".join(f"{s.name} “{s.vi}”, kiểu {s.kind.described()}" for s in slots)
    en = "; ".join(f"{s.name} “{s.en}”, type {s.kind.described()}" for s in slots)
    return FactProblem(
        " | ".join(slot.name for slot in slots),
        f"thiếu dữ kiện, cần ít nhất một trong: {vi}",
        f"missing fact, at least one is needed of: {en}",
        code="missing_fact",
    )


def read_facts(calculator: Calculator, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Kiểm tra và đọc dữ kiện: return the facts as typed values, or raise ``FactError`` with every problem.

    Unknown facts are refused: a misspelt fact would otherwise be silently left out of the answer.
    A fact given as null counts as not given.
    """
    problems: list[FactProblem] = []
    facts: dict[str, Any] = {}
    for name, value in raw.items():
        slot = calculator.facts.get(name)
        if slot is None:
            known = ", ".join(calculator.facts)
            problems.append(
                FactProblem(
                    str(name),
                    f"không phải dữ kiện của {calculator.id}; dữ kiện nhận: {known}",
                    f"is no fact of {calculator.id}; facts taken: {known}",
                    code="unknown_fact",
                )
            )
        elif value is not None:
            facts[name] = _read(name, slot.kind, value, problems)
    problems.extend(
        _missing(slot) for slot in calculator.facts.values() if slot.required and raw.get(slot.name) is None
    )
    if calculator.one_of and all(raw.get(name) is None for name in calculator.one_of):
        problems.append(_missing_one_of(tuple(calculator.facts[name] for name in calculator.one_of)))
    if problems:
        raise FactError(problems)
    return facts


def read_date(value: object) -> date:
    """Đọc ngày: ISO text or a date; raises ``ValueError`` for anything else."""
    if isinstance(value, datetime):
        raise ValueError("a day, not an instant")  # noqa: TRY004 - the caller reports one kind of fault
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("not an ISO day")


def _read(path: str, kind: Kind, value: object, problems: list[FactProblem]) -> Any:
    if kind.name == "record":
        return _record(path, kind, value, problems)
    if kind.name == "list":
        return _list(path, kind, value, problems)
    if kind.name == "text_or_list":
        return _words(path, kind, value, problems)
    try:
        return _READERS[kind.name](kind, value)
    except ValueError:
        problems.append(_wrong(path, kind, value))
        return None


def _list(path: str, kind: Kind, value: object, problems: list[FactProblem]) -> list[Any] | None:
    if not isinstance(value, list):
        problems.append(_wrong(path, kind, value))
        return None
    if len(value) > LONGEST:
        problems.append(
            FactProblem(
                path,
                f"{len(value)} mục, nhiều nhất {LONGEST}",
                f"{len(value)} items, at most {LONGEST}",
                code="too_many",
            )
        )
        return None
    if kind.fields:
        return [_record(f"{path}[{i}]", kind, item, problems) for i, item in enumerate(value)]
    inner = kind.item or Kind("text")
    return [_read(f"{path}[{i}]", inner, item, problems) for i, item in enumerate(value)]


def _words(path: str, kind: Kind, value: object, problems: list[FactProblem]) -> list[Any]:
    inner = Kind("enum" if kind.values else "text", values=kind.values)
    if isinstance(value, list):
        return [_read(f"{path}[{i}]", inner, item, problems) for i, item in enumerate(value)]
    return [_read(path, inner, value, problems)]


def _record(path: str, kind: Kind, value: object, problems: list[FactProblem]) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        problems.append(_wrong(path, Kind("record", fields=kind.fields), value))
        return None
    read: dict[str, Any] = {}
    for name, item in value.items():
        inner = kind.fields.get(name)
        if inner is None:
            known = ", ".join(kind.fields)
            problems.append(
                FactProblem(
                    f"{path}.{name}",
                    f"không có trường này; trường nhận: {known}",
                    f"is no field here; fields taken: {known}",
                    code="unknown_fact",
                )
            )
        elif item is not None:
            read[name] = _read(f"{path}.{name}", inner, item, problems)
    return read


def _wrong(path: str, kind: Kind, value: object) -> FactProblem:
    wanted = kind.described()
    hint_vi, hint_en = _HINTS.get(kind.name, ("", ""))
    return FactProblem(
        path,
        f"giá trị {short(value)} sai kiểu, cần {wanted}{hint_vi}",
        f"value {short(value)} has the wrong type, {wanted} needed{hint_en}",
    )


_HINTS = {
    "percent": (', viết dạng văn bản như "1.0833%"', ', written as text such as "1.0833%"'),
    "decimal": (', viết dạng văn bản như "2.5"', ', written as text such as "2.5"'),
    "month": (", dạng YYYY-MM", ", as YYYY-MM"),
    "date": (", dạng YYYY-MM-DD", ", as YYYY-MM-DD"),
    "date_or_month": (", dạng YYYY-MM-DD hoặc YYYY-MM", ", as YYYY-MM-DD or YYYY-MM"),
    "int": (", số nguyên không âm trong giới hạn", ", a whole number, not negative, within limits"),
}


def _int(kind: Kind, value: object) -> int:
    # True is an int for Python; for a reader it is a slip.
    least = FIRST_YEAR if kind.unit == "year" else 0
    most = _MOST.get(kind.unit, MOST)
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    raise ValueError


def _number(_: Kind, value: object) -> Fraction:
    if isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - one kind of fault
    if isinstance(value, (int, float)) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        # Through the printed text: 2.34 written in YAML means 234/100, not the double nearest to it.
        return Fraction(str(value))
    raise ValueError


def _decimal(_: Kind, value: object) -> Fraction:
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Fraction(value)
    raise ValueError


def _percent(_: Kind, value: object) -> Fraction:
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        return Fraction(value[:-1]) / 100
    raise ValueError


def _bool(_: Kind, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError


def _day(_: Kind, value: object) -> date:
    day = read_date(value)
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise ValueError


def _month(_: Kind, value: object) -> Month:
    if isinstance(value, str) and _ISO_MONTH.fullmatch(value):
        month = Month.parse(value)
        if FIRST_YEAR <= month.year <= LAST_YEAR:
            return month
    raise ValueError


def _day_or_month(kind: Kind, value: object) -> date | Month:
    if isinstance(value, str) and _ISO_MONTH.fullmatch(value):
        return _month(kind, value)
    return _day(kind, value)


def _text(_: Kind, value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError


def _enum(kind: Kind, value: object) -> str:
    if isinstance(value, str) and value in kind.values:
        return value
    raise ValueError


_READERS: dict[str, Callable[[Kind, object], Any]] = {
    "int": _int,
    "number": _number,
    "decimal": _decimal,
    "percent": _percent,
    "bool": _bool,
    "date": _day,
    "month": _month,
    "date_or_month": _day_or_month,
    "text": _text,
    "code": _text,
    "enum": _enum,
}
