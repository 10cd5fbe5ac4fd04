"""Trường hợp kiểm thử của luật: asks the cases of a folder, tells which versions and figures they use.

Three kinds of files stand in ``tests/law/<statute>/``: a list of official examples, ``of: calc`` (boundary
cases asked of the calculators) and ``of: clause`` (asked of one clause or figure, where no calculator leads):

    of: clause
    cases:
      - {clause: one_time.is_under_a_year, as_of: 2026-01-01, facts: {months: 11}, expect: true}
      - {figure: late_payment.grace_months, as_of: 2025-06-30, expect: 0}

A case of the calculators that lacks a fact says ``asks`` (the facts asked for) instead of ``expect``;
``absent`` lists the results that its answer must not have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

import yaml

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.kernel.shares import share
from ansinh.law.calc.answer import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.engine import Explanation, Provision, Scale, explain, resolve
from ansinh.law.engine.branches import branches
from ansinh.law.engine.check import books, written

__all__ = ["Exercised", "agrees", "applied", "asked_for", "cases_in", "exercised", "unexercised"]


@dataclass
class Exercised:
    """Những gì các trường hợp đã dùng: versions by id and day, figures by name, day and source."""

    versions: set[tuple[str, date | None]] = field(default_factory=set)
    figures: set[tuple[str, date | None, str]] = field(default_factory=set)

    def add(self, explanation: Explanation) -> None:
        """Ghi những gì một lần tính đã dùng."""
        self.versions |= {(step.name, step.since) for step in explanation.steps}
        self.figures |= {
            (use.name.partition("[")[0], use.since, use.source) for use in explanation.parameters
        }


@cache
def exercised(folder: Path) -> Exercised:
    """Chạy mọi trường hợp trong một thư mục; one that the law refuses to compute exercises nothing."""
    found = Exercised()
    for kind, case in cases_in(folder):
        try:
            found.add(applied(case)[1] if kind == "clause" else compute(case).explanation)
        except BilingualError:
            continue
    return found


def unexercised(folder: Path) -> Iterator[str]:
    """Những phiên bản của quy định và con số chưa có trường hợp nào: one line each."""
    known = exercised(folder)
    for one in written():
        if (one.id, one.period.since) not in known.versions:
            yield (
                f"{one.id}: chưa có trường hợp kiểm thử cho quy định từ {one.period.since} / "
                f"{one.id}: no case applies the version since {one.period.since}"
            )
    seen = set()
    # A figure that several books include is told of the book it stands in, the least derived one.
    for name, book in sorted(books().items(), key=lambda one: (len(one[1].scale.__mro__), one[0])):
        for parameter in book:
            for value in parameter.values:
                key = (parameter.name, value.period.since, value.source)
                if key not in known.figures and key not in seen:
                    yield (
                        f"{name}: chưa có trường hợp nào dùng {parameter.name} từ {value.period.since} / "
                        f"{name}: no case reads {parameter.name} since {value.period.since}"
                    )
                seen.add(key)


def cases_in(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Các trường hợp trong một thư mục: each with its kind, ``examples``, ``calc`` or ``clause``."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(folder.glob("*/*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - the safe loader, in C where there is one
        if isinstance(content, list):
            yield from (("examples", case) for case in content)
        elif isinstance(content, dict) and content.get("of") in ("calc", "clause"):
            yield from ((content["of"], case) for case in content["cases"])


def applied(case: Mapping[str, Any]) -> tuple[Any, Explanation]:
    """Áp dụng một điều: the version in force on ``as_of``, given the facts by the names of its arguments.

    Where a case names a ``figure`` instead, that figure is read (at ``key`` where it is a table).
    """
    if "figure" in case:
        return _figure(case)
    _whole_book()
    clause = resolve(case["clause"], case["as_of"])
    kinds = get_type_hints(clause.function)
    with explain() as explanation:
        scales = {
            name: _scale(clause, case["as_of"])
            for name in clause.described.inputs
            if isinstance(kinds[name], type) and issubclass(kinds[name], Scale)
        }
        facts = {name: _read(kinds[name], value) for name, value in case.get("facts", {}).items()}
        value = clause(**facts, **scales)
    return value, explanation


def agrees(expected: Any, value: Any) -> bool:
    """Khớp với kết quả mong đợi: shares as written in the books, records by some of their fields."""
    if isinstance(expected, Mapping):
        return all(agrees(one, getattr(value, name)) for name, one in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(value) and all(map(agrees, expected, value))
    return type(read := _read(type(value), expected)) is type(value) and bool(read == value)


@cache
def _whole_book() -> None:
    """Nạp mọi ngành: a clause is known once its module is imported."""
    branches()


def asked_for(case: Mapping[str, Any]) -> list[str]:
    """Các dữ kiện được hỏi lại: what a case is refused for, in order; none where it is answered."""
    try:
        compute(case)
    except FactError as error:
        return [problem.fact for problem in error.problems]
    return []


def _figure(case: Mapping[str, Any]) -> tuple[Any, Explanation]:
    branch, _, name = case["figure"].partition(".")
    with explain() as explanation:
        value = import_module(f"ansinh.law.{branch}.book").BOOK[name].on(case["as_of"])
        for key in case.get("key", ()):
            value = value[key]
    return value, explanation


def _scale(clause: Provision[..., Any], day: date) -> Scale:
    package = clause.function.__module__.rpartition(".")[0]
    scale: Scale = import_module(f"{package}.book").BOOK.on(day)
    return scale


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, UnionType):
        return None if value is None else _read(get_args(kind)[0], value)
    if kind is Month and isinstance(value, str):
        return Month.parse(value)
    if kind is Fraction:
        return share(value) if isinstance(value, str) else Fraction(value)
    if isinstance(value, Mapping) and isinstance(kind, type) and issubclass(kind, tuple):
        fields = get_type_hints(kind)
        return kind(**{name: _read(fields[name], one) for name, one in value.items()})
    return value
