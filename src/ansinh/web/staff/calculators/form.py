"""Phiếu hỏi: the facts of a calculator as boxes, rows and groups, made from the contract, read back.

The name of a box is the place of its fact (``history[0].from``), so that an error of the law finds its box by
itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ansinh.kernel.dates import parse_date
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong, parse_dong
from ansinh.kernel.months import Month
from ansinh.law.calc.contract import Calculator, Kind, Slot
from ansinh.law.calc.explained import name_words, said
from ansinh.law.calc.facts import FactProblem
from ansinh.law.calc.values import exact_decimal

BLANK_ROWS, MOST_ROWS = 2, 120
_MONTH = re.compile(r"^\s*(\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2})\s*$")


@dataclass
class Box:
    """Ô nhập của một dữ kiện; `kind` decides how it is drawn and read."""

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    required: bool = False
    choices: list[tuple[str, str]] = field(default_factory=list)
    picked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class Rows:
    """Bảng nhập của một danh sách: one row for each record, some blank ones after them."""

    name: str
    label: str
    heads: list[str]
    lines: list[list[Box]]
    required: bool = False
    errors: list[str] = field(default_factory=list)


@dataclass
class Group:
    """Nhóm ô của một bản ghi."""

    name: str
    label: str
    boxes: list[Box]
    required: bool = False
    errors: list[str] = field(default_factory=list)


Part = Box | Rows | Group


@dataclass
class Asked:
    """Điều đã điền: facts as they go to the law library, and the parts as they are drawn again."""

    facts: dict[str, Any]
    parts: list[Part]

    def fill(self, name: str, items: list[str]) -> None:
        """Điền sẵn một danh sách mà người dùng để trống: so that it is seen and can be changed."""
        if not items:
            return
        self.facts[name] = items
        for part in self.parts:
            if isinstance(part, Box) and part.name == name:
                part.value = "; ".join(_text(item) for item in items)

    def mark(self, problems: Iterable[FactProblem], *, english: bool) -> list[dict[str, str]]:
        """Đặt lỗi vào ô của nó; returns the list for the head of the page, each with a link to its box."""
        boxes = {box.name: box for part in self.parts for box in _boxes(part)}
        whole = {part.name: part for part in self.parts}
        summary = []
        for problem in problems:
            words = problem.en if english else problem.vi
            if problem.code == "missing_fact" and "|" not in problem.fact:
                words = _("Cần điền mục này.")
            places = [place.strip() for place in problem.fact.split("|")]
            box = next((boxes[place] for place in places if place in boxes), None)
            part = next((whole[name] for p in places if (name := _top(p)) in whole), None)
            target: Part | None = box or part
            if target is None:
                summary.append({"text": f"{problem.fact}: {words}", "href": ""})
                continue
            target.errors.append(words)
            label = target.label
            summary.append({"text": f"{label}: {words}", "href": f"#{target.name}"})
        return summary


def blank(calculator: Calculator, facts: Mapping[str, Any], *, english: bool) -> Asked:
    """Phiếu mới: with what is known beforehand filled in; `facts` as in a file of cases."""
    parts = [_drawn(slot, facts.get(slot.name), 0, english) for slot in calculator.facts.values()]
    return Asked(dict(facts), parts)


def read(calculator: Calculator, post: QueryDict, *, english: bool) -> Asked:
    """Đọc phiếu: what was typed becomes facts; what cannot be read stays as typed, for the law to refuse."""
    facts: dict[str, Any] = {}
    more = post.get("action", "").partition("add:")[2]
    for slot in calculator.facts.values():
        found = _found(slot, post)
        if found is not None:
            facts[slot.name] = found
    parts = [
        _drawn(slot, _shown_again(slot, post), BLANK_ROWS if slot.name == more else 0, english)
        for slot in calculator.facts.values()
    ]
    return Asked(facts, parts)


# Reading


def _found(slot: Slot, post: QueryDict) -> Any:
    kind = slot.kind
    if kind.fields and kind.name == "list":
        rows = [row for _n, row in _typed_rows(slot, post)]
        return [_record(kind, row) for row in rows] or None
    if kind.fields:
        return _record(kind, _typed_record(slot.name, kind, post)) or None
    if kind.name == "text_or_list":
        return post.getlist(slot.name) or None
    text = post.get(slot.name, "").strip()
    if not text:
        return None
    if kind.name == "list":
        return [_fact(kind.item or Kind("text"), one) for one in _items(text)]
    return _fact(kind, text)


def _typed_rows(slot: Slot, post: QueryDict) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with anything in them, with their place; a blank row between two is left out."""
    for number in range(MOST_ROWS):
        prefix = f"{slot.name}[{number}]"
        row = {name: post.get(f"{prefix}.{name}", "").strip() for name in slot.kind.fields}
        if any(row.values()):
            yield number, row


def _typed_record(prefix: str, kind: Kind, post: QueryDict) -> dict[str, str]:
    return {name: post.get(f"{prefix}.{name}", "").strip() for name in kind.fields}


def _record(kind: Kind, row: Mapping[str, str]) -> dict[str, Any]:
    return {name: _fact(kind.fields[name], text) for name, text in row.items() if text}


def _items(text: str) -> list[str]:
    return [one for one in re.split(r"[;\n]+|\s{2,}", text) if one.strip()]


def _fact(kind: Kind, text: str) -> Any:
    try:
        return _READ.get(kind.name, str)(text.strip())
    except (BilingualError, ValueError):
        return text


def _day_or_month(text: str) -> str:
    return str(Month.parse(text)) if _MONTH.match(text) else parse_date(text).isoformat()


def _decimal(text: str) -> str:
    return str(text).replace(" ", "").replace(",", ".")


_READ: dict[str, Any] = {
    "int": parse_dong,
    "number": _decimal,
    "decimal": _decimal,
    "percent": lambda text: f"{_decimal(text).rstrip('%')}%",
    "date": lambda text: parse_date(text).isoformat(),
    "month": lambda text: str(Month.parse(text)),
    "date_or_month": _day_or_month,
    "bool": lambda text: {"1": True, "0": False}.get(text, text),
}


# Drawing


def _shown_again(slot: Slot, post: QueryDict) -> Any:
    """What was typed, in the shape of a fact, so that one way draws both."""
    kind = slot.kind
    if kind.fields and kind.name == "list":
        return [row for _n, row in _typed_rows(slot, post)]
    if kind.fields:
        return _typed_record(slot.name, kind, post)
    if kind.name == "text_or_list":
        return post.getlist(slot.name)
    return post.get(slot.name, "")


def _drawn(slot: Slot, value: Any, more: int, english: bool) -> Part:
    label = _capital(slot.en if english else slot.vi)
    kind = slot.kind
    if kind.fields and kind.name == "list":
        held: Sequence[Mapping[str, Any]] = value or []
        lines = [
            [
                _box(f"{slot.name}[{number}].{name}", name, inner, row.get(name), english)
                for name, inner in kind.fields.items()
            ]
            for number, row in enumerate([*held, *({} for _n in range(more or (0 if held else BLANK_ROWS)))])
        ]
        heads = [_words(name, english) for name in kind.fields]
        return Rows(slot.name, label, heads, lines, slot.required)
    if kind.fields:
        record: Mapping[str, Any] = value or {}
        boxes = [
            _box(f"{slot.name}.{name}", name, inner, record.get(name), english)
            for name, inner in kind.fields.items()
        ]
        return Group(slot.name, label, boxes, slot.required)
    box = _box(slot.name, slot.name, kind, value, english)
    box.label, box.required = label, slot.required
    return box


def _box(place: str, name: str, kind: Kind, value: Any, english: bool) -> Box:
    box = Box(place, _words(name, english), _KINDS.get(kind.name, "text"))
    if kind.name == "bool":
        box.choices = [("1", _("có")), ("0", _("không"))]
        box.value = {True: "1", False: "0"}.get(value, str(value or ""))
    elif kind.name == "text_or_list":
        box.kind, box.choices = "several", _choices(kind, english)
        box.picked = [value] if isinstance(value, str) else list(value or [])
    elif kind.values:
        box.kind, box.choices, box.value = "choice", _choices(kind, english), str(value or "")
    elif kind.name == "list":
        items = value if isinstance(value, (list, tuple)) else None
        box.value = str(value or "") if items is None else "; ".join(_text(one) for one in items)
        box.hint = _("Nhiều giá trị cách nhau bằng dấu chấm phẩy")
    else:
        box.value = _text(value)
    if kind.name == "int" and kind.unit.startswith("VND"):
        box.kind, box.hint = "money", ""
    box.hint = box.hint or _hint(kind)
    return box


def _hint(kind: Kind) -> str:
    units = {"days": _("ngày"), "months": _("tháng"), "years": _("năm"), "persons": _("người")}
    return {
        "date": _("ngày/tháng/năm"),
        "month": _("tháng/năm"),
        "date_or_month": _("ngày/tháng/năm hoặc tháng/năm"),
        "percent": "%",
    }.get(kind.name, units.get(kind.unit, ""))


def _choices(kind: Kind, english: bool) -> list[tuple[str, str]]:
    return [(value, words.en if english else words.vi) for value in kind.values if (words := said(value))]


def _text(value: Any) -> str:
    """A fact as an officer types it: 1.750.000, 01/07/2026, 07/2026, 2,34."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return format_dong(value) if value >= 10_000 else str(value)
    if isinstance(value, Fraction):
        return exact_decimal(value).replace(".", ",")
    if isinstance(value, (date, Month)):
        return said(value).vi
    return _typed(str(value))


def _typed(text: str) -> str:
    """A day or month of the record as people write it; what is neither stays as it was typed."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return f"{date.fromisoformat(text):%d/%m/%Y}"
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            return Month.parse(text).vi()
    except (ValueError, BilingualError):
        return text
    return text


def _words(name: str, english: bool) -> str:
    words = name_words(name)
    return _capital(words.en if english else words.vi)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _boxes(part: Part) -> Iterator[Box]:
    if isinstance(part, Box):
        yield part
    elif isinstance(part, Group):
        yield from part.boxes
    else:
        for line in part.lines:
            yield from line


def _top(place: str) -> str:
    return re.split(r"[\[.]", place, maxsplit=1)[0]


_KINDS = {
    "int": "number",
    "number": "number",
    "decimal": "number",
    "percent": "number",
    "date": "date",
    "month": "date",
    "date_or_month": "date",
    "bool": "choice",
    "enum": "choice",
}
