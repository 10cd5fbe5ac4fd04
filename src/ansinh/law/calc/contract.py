"""Danh mục bộ tính: the calculators, what each is asked and what it answers, read from ``contract.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["Calculator", "Kind", "Slot", "calculators"]

PLAIN = frozenset(
    {
        "int", "number", "bool", "date", "month", "date_or_month", "percent", "decimal",
        "enum", "code", "text", "text_or_list", "list", "record",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """Kiểu dữ liệu: the type of a value, with what it is made of.

    ``values`` belongs to enum (and to text_or_list), ``item`` to a list of plain values, ``fields`` to a
    record or to a list of records. ``unit`` is for the reader: VND, days, months, per month.
    """

    name: str
    unit: str = ""
    values: tuple[str, ...] = ()
    item: "Kind | None" = None
    fields: Mapping[str, "Kind"] = field(default_factory=dict)

    def described(self) -> str:
        """Return the type in one line, for messages: ``list of {month: month, amount: int (VND)}``."""
        unit = f" ({self.unit})" if self.unit else ""
        if self.values:
            return f"{self.name} [{', '.join(self.values)}]{unit}"
        if self.fields:
            inner = ", ".join(f"{name}: {kind.described()}" for name, kind in self.fields.items())
            return f"{self.name} {{{inner}}}{unit}"
        if self.item is not None:
            return f"list of {self.item.described()}"
        return f"{self.name}{unit}"


@dataclass(frozen=True, slots=True)
class Slot:
    """Dữ kiện hoặc kết quả: one named fact or result, with its type and its meaning in two languages."""

    name: str
    kind: Kind
    vi: str
    en: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Calculator:
    """Bộ tính: one question the law library answers.

    ``one_of`` names facts of which at least one must be given.
    """

    id: str
    vi: str
    en: str
    law: tuple[str, ...]
    facts: Mapping[str, Slot]
    results: Mapping[str, Slot]
    one_of: tuple[str, ...] = ()


@cache
def calculators() -> Mapping[str, Calculator]:
    """Return the calculators of this edition by id, in the order of the contract."""
    text = files(__package__).joinpath("contract.yaml").read_text(encoding="utf-8")
    found: dict[str, Calculator] = {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for raw in yaml.load(text, Loader=loader):  # noqa: S506 - the safe loader, in C where there is one
        entry = _calculator(raw)
        if entry.id in found:
            raise ValueError(f"{entry.id}: written twice in contract.yaml")
        found[entry.id] = entry
    return found


def _calculator(raw: Mapping[str, Any]) -> Calculator:
    facts = {slot.name: slot for slot in map(_slot, raw["facts"])}
    one_of = tuple(raw.get("one_of", ()))
    strangers = [name for name in one_of if name not in facts]
    if strangers:
        raise ValueError(f"{raw['id']}: one_of names no fact: {', '.join(strangers)}")
    return Calculator(
        id=raw["id"],
        vi=raw["vi"],
        en=raw["en"],
        law=tuple(raw["law"]),
        facts=facts,
        results={slot.name: slot for slot in map(_slot, raw["results"])},
        one_of=one_of,
    )


def _slot(raw: Mapping[str, Any]) -> Slot:
    need = raw.get("need", "optional")
    if need not in ("required", "optional"):
        raise ValueError(f"{raw['name']}: need is required or optional, not {need}")
    name, unit = raw["type"], raw.get("unit", "")
    if name not in PLAIN:
        raise ValueError(f"{raw['name']}: unknown type {name}")
    kind = Kind(
        name,
        unit=unit,
        values=tuple(raw.get("values", ())),
        item=_short(raw["items"]) if "items" in raw else None,
        fields={key: _short(text) for key, text in raw.get("fields", {}).items()},
    )
    return Slot(raw["name"], kind, raw["vi"], raw["en"], required=need == "required")


def _short(text: str) -> Kind:
    """Read the one-word form of a type: ``VND``, ``month``, ``enum:si|hi``."""
    if text == "VND":
        return Kind("int", unit="VND")
    name, _, values = text.partition(":")
    if name not in PLAIN:
        raise ValueError(f"unknown type {text}")
    return Kind(name, values=tuple(values.split("|")) if values else ())
