"""Danh mục bộ tính: the calculators, what each is asked and answers, found by walking the benefits' folders.

A folder of the law with ``questions.yaml`` says what its group of calculators is called and the place it has
among the others, lists its calculators by the names of their facts and results, and answers them in
``answers`` (a module or a package; ``RULES`` maps ids to functions). What a name means is written once, in
the folder's own questions or, for names that several of them use, in ``names.yaml`` here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from operator import attrgetter
from typing import Any

import yaml

__all__ = ["Calculator", "Group", "Kind", "Slot", "calculators", "groups", "slot"]

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
class Group:
    """Nhóm bộ tính: what the calculators of one folder are called together; ``place`` orders the groups."""

    branch: str
    place: int
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Calculator:
    """Bộ tính: one question the law library answers.

    ``branch`` is the folder of the law that asks and answers it; ``one_of`` names facts of which at least one
    must be given.
    """

    id: str
    branch: str
    vi: str
    en: str
    law: tuple[str, ...]
    facts: Mapping[str, Slot]
    results: Mapping[str, Slot]
    one_of: tuple[str, ...] = ()


@cache
def calculators() -> Mapping[str, Calculator]:
    """Return the calculators of this edition by id, branch by branch."""
    common = _read(files(__package__).joinpath("names.yaml"))
    found: dict[str, Calculator] = {}
    for branch, content in _questions().items():
        names = {**common, **content.get("names", {})}
        for raw in content["calculators"]:
            entry = _calculator(raw, branch, names)
            if entry.id in found:
                raise ValueError(f"{entry.id}: asked by {found[entry.id].branch} and {branch}")
            found[entry.id] = entry
    return found


@cache
def groups() -> Mapping[str, Group]:
    """Nhóm bộ tính theo thư mục luật: in the order in which they are shown.

    Raises ValueError where two folders ask for one place.
    """
    told = (Group(branch, **content["group"]) for branch, content in _questions().items())
    found = sorted(told, key=attrgetter("place"))
    for one, next_one in pairwise(found):
        if one.place == next_one.place:
            raise ValueError(f"{one.branch} and {next_one.branch} both have place {one.place}")
    return {one.branch: one for one in found}


@cache
def _questions() -> Mapping[str, dict[str, Any]]:
    folders = sorted(files("ansinh.law").iterdir(), key=lambda one: one.name)
    asked = {folder.name: folder.joinpath("questions.yaml") for folder in folders}
    return {branch: _read(file) for branch, file in asked.items() if file.is_file()}


def slot(calculator: str, name: str) -> Slot:
    """Dữ kiện theo tên: the fact of a calculator, for an error that asks for it."""
    return calculators()[calculator].facts[name]


def _read(file: Traversable) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - the safe loader, in C where there is one
    return content


def _calculator(raw: Mapping[str, Any], branch: str, names: Mapping[str, Any]) -> Calculator:
    facts = {slot.name: slot for slot in (_slot(one, names) for one in raw["facts"])}
    one_of = tuple(raw.get("one_of", ()))
    strangers = [name for name in one_of if name not in facts]
    if strangers:
        raise ValueError(f"{raw['id']}: one_of names no fact: {', '.join(strangers)}")
    return Calculator(
        id=raw["id"],
        branch=branch,
        vi=raw["vi"],
        en=raw["en"],
        law=tuple(raw["law"]),
        facts=facts,
        results={slot.name: slot for slot in (_slot(one, names) for one in raw["results"])},
        one_of=one_of,
    )


def _slot(given: str | Mapping[str, Any], names: Mapping[str, Any]) -> Slot:
    """Read a fact or result: a name known to the branch (``name!`` is required), or written out."""
    if isinstance(given, str):
        given = {"name": given.rstrip("!"), "need": "required" if given.endswith("!") else "optional"}
        raw: Mapping[str, Any] = names[given["name"]] | given
    else:
        raw = given
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
