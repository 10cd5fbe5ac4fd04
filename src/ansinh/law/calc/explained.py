"""Diễn giải để đọc: an answer as words and figures in Vietnamese and English, for a page, a paper, a line.

Nothing here is written by hand for one benefit: the steps come from the run, the words from the contract, the
clauses, the parameters and, for what a clause is given, from ``words.yaml``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.law.calc.answer import Answer
from ansinh.law.calc.contract import Calculator, Kind, calculators
from ansinh.law.calc.values import exact_decimal
from ansinh.law.engine import ParameterUse, Scale, Step

__all__ = ["Explained", "Figure", "Line", "StepLine", "Words", "explained", "figure", "name_words", "said"]

LONGEST_LIST = 6
"""A list longer than this is told by its length in a step; the facts of the case show it whole."""

GROUPED_FROM = 10_000
"""A whole number from here on is grouped by thousands; smaller ones are months, days, years."""

SHARE_TERMS = ("tỷ lệ", "tỉ lệ", "lãi suất", "mức suy giảm", "phần ", "mức giảm")
SHARE_NAMES = ("rate", "share", "_pct", "reduction", "ratio")


class Words(NamedTuple):
    """Lời trong hai thứ tiếng."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Line:
    """Một mục: what it is and its value, both in words; `name` is its name in the contract or the clause."""

    name: str
    words: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Figure:
    """Một con số của luật: its term, value, unit and source."""

    name: str
    words: Words
    value: Words
    unit: Words
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """Một bước: the term and value, the clause, what it was given, the figures of the law it read."""

    number: int
    depth: int
    name: str
    words: Words
    value: Words
    clause: str
    given: tuple[Line, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Bản diễn giải của một trường hợp: in the order a clerk reads it aloud."""

    id: str
    calculator: str
    title: Words
    as_of: date
    law: tuple[str, ...]
    given: tuple[Line, ...]
    results: tuple[Line, ...]
    steps: tuple[StepLine, ...]
    loose: tuple[Figure, ...]
    unverified: tuple[Figure, ...]


def explained(answer: Answer) -> Explained:
    """Diễn giải một kết quả: every figure with its words, numbers, article and source."""
    calculator = calculators()[answer.calculator]
    inside = {use for step in answer.steps for use in map(_key, step.parameters)}
    return Explained(
        id=answer.id,
        calculator=calculator.id,
        title=Words(calculator.vi, calculator.en),
        as_of=answer.as_of,
        law=calculator.law,
        given=tuple(_slot_line(calculator.facts, name, value) for name, value in answer.facts.items()),
        results=tuple(_slot_line(calculator.results, name, value) for name, value in answer.results.items()),
        steps=tuple(
            _step_line(number, step, calculator) for number, step in enumerate(answer.steps, start=1)
        ),
        loose=tuple(figure(use) for use in answer.parameters if _key(use) not in inside),
        unverified=tuple(figure(use) for use in answer.unverified),
    )


def figure(use: ParameterUse) -> Figure:
    """Một con số của luật, in words."""
    _name, bracket, keys = use.name.partition("[")
    of = f" ({keys.replace('][', ', ').rstrip(']')})" if bracket else ""
    return Figure(
        use.name,
        Words(use.term + of, _spaced(use.name)),
        said(use.value, is_share="%" in use.unit or use.unit.startswith("share")),
        _unit(use.unit),
        use.source,
        use.unverified,
    )


def said(value: Any, *, is_share: bool = False, is_money: bool = False) -> Words:
    """Giá trị trong hai thứ tiếng: money and large numbers grouped, shares as percent, days as dd/mm/yyyy.

    >>> said(1_750_000), said(Fraction(9, 20), is_share=True), said(Fraction(41, 2))
    (Words(vi='1.750.000', en='1.750.000'), Words(vi='45%', en='45%'), Words(vi='20,5', en='20.5'))
    """
    if value is None:
        return Words("không có", "none")
    if isinstance(value, bool):
        return Words("có", "yes") if value else Words("không", "no")
    if isinstance(value, Enum):
        return _value_words(value)
    if isinstance(value, int):
        return _int_words(value, is_money=is_money)
    if isinstance(value, Fraction):
        return _fraction_words(value, is_share=is_share)
    if isinstance(value, str):
        return _value_words(value)
    if isinstance(value, date):
        return _same(f"{value:%d/%m/%Y}")
    if isinstance(value, Month):
        return _same(value.vi())
    if isinstance(value, Mapping):
        return _joined([_pair(str(name), item, is_share=is_share) for name, item in value.items()], ", ")
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        record = {k: v for k, v in value._asdict().items() if v is not None and not isinstance(v, Scale)}
        return said(record, is_share=is_share)
    if isinstance(value, (list, tuple, set, frozenset)):
        return _listed(list(value), is_share=is_share)
    slots: Sequence[str] = getattr(type(value), "__slots__", None) or tuple(getattr(value, "__dict__", ()))
    return said({name: held for name in slots if (held := getattr(value, name, None)) is not None})


def name_words(name: str, calculator: Calculator | None = None) -> Words:
    """Tên gọi của một dữ kiện: by the contract, else ``words.yaml``, else the name itself."""
    if calculator is not None:
        slot = calculator.facts.get(name) or calculator.results.get(name)
        if slot is not None:
            return Words(slot.vi, slot.en)
    vi = _words()["names"].get(name) or _in_any_contract().get(name)
    return Words(vi or _spaced(name), _spaced(name))


def _step_line(number: int, step: Step, calculator: Calculator) -> StepLine:
    given = tuple(
        Line(name, name_words(name, calculator), said(value, is_share=_is_share(name, "")))
        for name, value in step.facts.items()
        if not isinstance(value, Scale) and value is not None
    )
    return StepLine(
        number,
        step.depth,
        step.name,
        Words(step.term, step.meaning.rstrip(".") or _spaced(step.name)),
        said(step.value, is_share=_is_share(step.name, step.term)),
        step.clause,
        given,
        tuple(figure(use) for use in step.parameters),
    )


def _slot_line(slots: Mapping[str, Any], name: str, value: Any) -> Line:
    slot = slots[name]
    return Line(name, Words(slot.vi, slot.en), _of_kind(slot.kind, value))


def _of_kind(kind: Kind, value: Any) -> Words:
    if isinstance(value, bool) or value is None:
        return said(value)
    if isinstance(value, (list, tuple)) and not hasattr(value, "_asdict"):
        if kind.fields:
            return _joined([_record(kind.fields, item) for item in value], "; ") if value else _same("–")
        inner = kind.item or Kind("text")
        return _joined([_of_kind(inner, item) for item in value], "; ") if value else _same("–")
    if isinstance(value, Mapping):
        return _record(kind.fields, value)
    if isinstance(value, int) and kind.unit.startswith("VND"):
        return _int_words(value, is_money=True)
    if isinstance(value, int) and (units := _UNITS.get(kind.unit)):
        return Words(f"{value} {units.vi}", f"{value} {units.en}")
    return said(value, is_share=kind.name == "percent")


def _unit(unit: str) -> Words:
    """Đơn vị: in Vietnamese its first word is enough, a share is told by its percent sign."""
    head = unit.partition(",")[0]
    known = next((vi for start, vi in _UNIT_WORDS if head.startswith(start)), "")
    return Words(known, unit)


_UNIT_WORDS = (
    ("VND/person/month", "đồng/người/tháng"),
    ("VND/month", "đồng/tháng"),
    ("VND/day", "đồng/ngày"),
    ("VND/child", "đồng/con"),
    ("VND/course", "đồng/khóa"),
    ("VND", "đồng"),
    ("months of pension", "tháng lương hưu"),
    ("months of wage", "tháng lương"),
    ("months of allowance", "tháng trợ cấp"),
    ("months of age", "tháng tuổi"),
    ("months", "tháng"),
    ("years", "năm"),
    ("days", "ngày"),
    ("working days", "ngày làm việc"),
    ("calendar days", "ngày theo lịch"),
    ("weeks", "tuần"),
    ("times", "lần"),
    ("levels", "lần mức cơ sở"),
    ("points", "điểm"),
    ("average wages", "tháng mức bình quân"),
    ("litres per km", "lít/km"),
)

_UNITS = {"days": Words("ngày", "days"), "months": Words("tháng", "months"), "years": Words("năm", "years")}


def _record(fields: Mapping[str, Kind], record: Mapping[str, Any]) -> Words:
    pairs = []
    for name, item in record.items():
        words, value = name_words(name), _of_kind(fields.get(name, Kind("text")), item)
        pairs.append(Words(f"{words.vi} {value.vi}", f"{words.en} {value.en}"))
    return _joined(pairs, ", ")


def _pair(name: str, item: Any, *, is_share: bool = False) -> Words:
    words, value = name_words(name), said(item, is_share=is_share or _is_share(name, ""))
    return Words(f"{words.vi} {value.vi}", f"{words.en} {value.en}")


def _listed(items: Sequence[Any], *, is_share: bool) -> Words:
    if not items:
        return _same("–")
    if len(items) > LONGEST_LIST:
        return Words(f"{len(items)} mục", f"{len(items)} items")
    return _joined([said(item, is_share=is_share) for item in items], "; ")


def _joined(parts: Sequence[Words], mark: str) -> Words:
    return Words(mark.join(part.vi for part in parts), mark.join(part.en for part in parts))


def _int_words(value: int, *, is_money: bool) -> Words:
    if is_money:
        return Words(format_dong(value, unit=True), f"{format_dong(value)} VND")
    return _same(format_dong(value) if abs(value) >= GROUPED_FROM else str(value))


def _fraction_words(value: Fraction, *, is_share: bool) -> Words:
    text = exact_decimal(value * 100 if is_share else value)
    if is_share:
        return Words(f"{text.replace('.', ',')}%", f"{text}%")
    whole, _dot, decimals = text.partition(".")
    if abs(value) < GROUPED_FROM or "/" in text:
        return Words(text.replace(".", ","), text)
    grouped = format_dong(int(whole))
    return _same(f"{grouped},{decimals}" if decimals else grouped)


def _is_share(name: str, term: str) -> bool:
    return term.startswith(SHARE_TERMS) or (not term and name.endswith(SHARE_NAMES))


def _value_words(value: str | Enum) -> Words:
    text = value.name.lower() if isinstance(value, Enum) and not isinstance(value.value, str) else str(value)
    vi = _words()["values"].get(text)
    return Words(vi or text, _spaced(text) if vi else text)


def _spaced(name: str) -> str:
    return name.rpartition(".")[2].replace("_", " ").replace("[", " [")


def _same(text: str) -> Words:
    return Words(text, text)


def _key(use: ParameterUse) -> tuple[str, str, str]:
    return use.name, use.source, repr(use.value)


@cache
def _in_any_contract() -> dict[str, str]:
    return {
        name: slot.vi
        for one in calculators().values()
        for name, slot in (*one.facts.items(), *one.results.items())
    }


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    return {"names": dict(content["names"]), "values": dict(content["values"])}


def unnamed() -> Iterator[str]:
    """Những dữ kiện của các quy định chưa có tên tiếng Việt: for the check of the law book."""
    from ansinh.law.engine import provisions

    known = set(_words()["names"]) | set(_in_any_contract())
    asked = {name for one in provisions() for name in one.described.inputs}
    yield from sorted(asked - known - {"scale"})
