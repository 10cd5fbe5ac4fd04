"""Cải cách là một tệp: figures changed from a day on, clauses replaced by older ones or by new functions.

    vi: Lương hưu từ 15 năm đóng
    en: Pensions from fifteen years of contributions
    before:                       # the first side; without it, the law as it stands
      clauses:
        pensions.base_rate: {since: 2025-07-01, as_on: 2025-06-30}
    after:                        # the second side; without it, the law as it stands
      parameters:
        pensions.highest_rate: {since: 2026-01-01, value: "80%"}
      clauses:
        pensions.reduction: {since: 2026-01-01, function: "reduction.py:no_reduction"}

A parameter is named by its book; its value is written as in ``parameters.yaml``. A function stands in a
Python file beside the reform's and takes what the clause it replaces takes.
"""

import importlib.util
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from ansinh.kernel.errors import BilingualError
from ansinh.law.engine import Parameter, ParameterBook, Provision, Versions, provisions, resolve
from ansinh.law.engine.parameters import replaced_values
from ansinh.law.engine.periods import Period
from ansinh.law.engine.provisions import versions_of

__all__ = ["Change", "Reform", "applied", "read_reform"]

LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Change:
    """Những thay đổi của một bên: `parameters` and `clauses` by name, as the file wrote them."""

    parameters: Mapping[str, Mapping[str, Any]]
    clauses: Mapping[str, Mapping[str, Any]]
    folder: Path

    @property
    def is_empty(self) -> bool:
        """Whether this side is the law as it stands."""
        return not self.parameters and not self.clauses


@dataclass(frozen=True, slots=True)
class Reform:
    """Một cải cách: its name in two languages and the two sides that are compared."""

    vi: str
    en: str
    before: Change
    after: Change


def read_reform(path: Path, books: Mapping[str, ParameterBook[Any]]) -> Reform:
    """Đọc tệp cải cách. Raises ``BilingualError`` naming every fault of it: the place and what is wrong."""
    if path.stat().st_size > LARGEST:
        raise _wrong([("", "tệp quá lớn", "the file is too large")])
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong([("", f"không đọc được YAML: {error}", f"not readable as YAML: {error}")]) from error
    if not isinstance(content, dict):
        raise _wrong([("", "cần một bảng vi, en, before, after", "a map of vi, en, before, after is needed")])
    faults = [
        (str(key), "không có mục này", "there is no such entry")
        for key in content.keys() - {"vi", "en", "before", "after"}
    ]
    faults += [(key, "thiếu tên", "the name is missing") for key in ("vi", "en") if not content.get(key)]
    sides = {}
    for side in ("before", "after"):
        raw = content.get(side) or {}
        sides[side] = Change(raw.get("parameters") or {}, raw.get("clauses") or {}, path.parent)
        faults += [(f"{side}.{place}", vi, en) for place, vi, en in _faults(sides[side], raw, books)]
    if not faults and all(change.is_empty for change in sides.values()):
        faults.append(("", "không thay đổi gì", "nothing is changed"))
    if faults:
        raise _wrong(faults)
    return Reform(content["vi"], content["en"], sides["before"], sides["after"])


@contextmanager
def applied(change: Change, books: Mapping[str, ParameterBook[Any]]) -> Iterator[None]:
    """Áp dụng một bên: inside, the book of law is as changed; after, it is as it was, whatever happened."""
    with ExitStack() as undo:
        for name, raw in change.parameters.items():
            book, _, parameter = name.partition(".")
            _change_parameter(undo, books, books[book][parameter], raw)
        for id_, raw in change.clauses.items():
            _change_clause(undo, id_, raw, change.folder)
        yield


def _faults(
    change: Change, raw: Mapping[str, Any], books: Mapping[str, ParameterBook[Any]]
) -> Iterator[tuple[str, str, str]]:
    for key in raw.keys() - {"parameters", "clauses"}:
        yield str(key), "không có mục này", "there is no such entry"
    for name, entry in change.parameters.items():
        book, _, parameter = name.partition(".")
        if book not in books or parameter not in books[book].parameters:
            yield f"parameters.{name}", "không có tham số này", "there is no such parameter"
        elif (
            not isinstance(entry, Mapping)
            or entry.keys() != {"since", "value"}
            or not _is_day(entry, "since")
        ):
            yield f"parameters.{name}", "cần since (ngày) và value", "since (a day) and value are needed"
    for id_, entry in change.clauses.items():
        yield from ((f"clauses.{id_}", vi, en) for vi, en in _clause_faults(id_, entry, change.folder))


def _clause_faults(id_: str, entry: Any, folder: Path) -> Iterator[tuple[str, str]]:
    if not provisions(id_):
        yield "không có quy định này", "there is no such clause"
    elif not isinstance(entry, Mapping) or not _is_day(entry, "since"):
        yield "cần since (ngày) và as_on hoặc function", "since (a day) and as_on or function are needed"
    elif entry.keys() == {"since", "as_on"} and _is_day(entry, "as_on"):
        try:
            resolve(id_, entry["as_on"])
        except BilingualError as error:
            yield error.vi, error.en
    elif entry.keys() == {"since", "function"}:
        try:
            _function(entry["function"], id_, folder)
        except BilingualError as error:
            yield error.vi, error.en
    else:
        yield "cần as_on (ngày) hoặc function", "as_on (a day) or function is needed"


def _is_day(entry: Mapping[str, Any], key: str) -> bool:
    return isinstance(entry.get(key), date)


def _change_parameter(
    undo: ExitStack, books: Mapping[str, ParameterBook[Any]], known: Parameter, raw: Mapping[str, Any]
) -> None:
    changed = Parameter(
        known.name, known.term, known.unit, replaced_values(known, raw["since"], raw["value"])
    )
    for book in books.values():
        if book.parameters.get(known.name) is known:
            book.parameters[known.name] = changed
            book.forget()
            undo.callback(book.forget)
            undo.callback(book.parameters.__setitem__, known.name, known)


def _change_clause(undo: ExitStack, id_: str, raw: Mapping[str, Any], folder: Path) -> None:
    since: date = raw["since"]
    if "as_on" in raw:
        older = resolve(id_, raw["as_on"])
        function = older.function
        # Clauses of the same law call it by its own name: for them too it is in force again.
        undo.callback(setattr, older, "period", older.period)
        older.period = Period(older.period.since)
    else:
        function = _function(raw["function"], id_, folder)
    held = versions_of(id_)
    if not held:
        # A clause with one version is called by its own name: it is changed where it stands, for every day.
        (only,) = provisions(id_)
        undo.callback(setattr, only, "function", only.function)
        only.function = function
        return
    for one in held:
        before = one.members
        undo.callback(one.replace_members, before)
        one.replace_members(_members(one, function, since))


def _members(
    one: Versions[..., Any], function: Callable[..., Any], since: date
) -> tuple[Provision[..., Any], ...]:
    kept = []
    for member in one.members:
        if member.period.since >= since:
            continue
        until = member.period.until
        if until is None or until >= since:
            period = Period(member.period.since, since - timedelta(days=1))
            member = Provision(member.function, member.id, member.clause, member.term, period)  # noqa: PLW2901
        kept.append(member)
    replaced = one.on(since)
    return (*kept, Provision(function, one.id, replaced.clause, replaced.term, Period(since)))


def _function(named: str, id_: str, folder: Path) -> Callable[..., Any]:
    file, _, name = str(named).partition(":")
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise BilingualError(
            f"không có tệp {file} bên cạnh tệp cải cách",
            f"there is no file {file} beside the reform",
            code="reform.function",
        )
    spec = importlib.util.spec_from_file_location(f"reform_{path.stem}", path)
    assert spec is not None and spec.loader is not None  # noqa: S101, PT018 - a file that is there has a loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function = getattr(module, name, None)
    if not inspect.isfunction(function):
        raise BilingualError(
            f"tệp {file} không có hàm {name}", f"{file} has no function {name}", code="reform.function"
        )
    wanted = list(inspect.signature(provisions(id_)[-1].function).parameters)
    if list(inspect.signature(function).parameters) != wanted:
        raise BilingualError(
            f"hàm {name} phải nhận {', '.join(wanted)}",
            f"{name} must take {', '.join(wanted)}",
            code="reform.function",
        )
    return function


def _wrong(faults: list[tuple[str, str, str]]) -> BilingualError:
    def said(number: int) -> str:
        return "; ".join(f"{fault[0]}: {fault[number]}" if fault[0] else fault[number] for fault in faults)

    return BilingualError(
        f"Tệp cải cách không hợp lệ: {said(1)}", f"The reform is not valid: {said(2)}", code="reform.file"
    )
