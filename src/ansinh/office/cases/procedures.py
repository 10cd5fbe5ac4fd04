"""Thủ tục là dữ liệu: who files what, by which papers, in which steps, within which days.

A branch keeps its procedures as YAML in a folder of its own and registers them when the application starts:

    procedures.register(loading.read(text, "refund.yaml"), Provider(facts=…, as_seen=…, decided=…))

A file is checked whole; every fault is named. What is registered must name verbs that rooms declare.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from ansinh.kernel.words import Words
from ansinh.office.cases.errors import ProcedureError
from ansinh.office.rights import verb as verb_of

if TYPE_CHECKING:
    from ansinh.office.cases.models import Case
    from ansinh.office.rights import Actor

Mode = Literal["wd", "cal", "cal_ex_holiday"]
"""Working days; calendar days; calendar days that are no public holidays."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Giấy tờ của hồ sơ: form code (or ""), what it is, who brings it, when it is needed."""

    form: str
    name: Words
    by: str
    need: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Thời hạn: days of somebody, counted from `start`; the law's limit and the announced time apart."""

    who: str
    basis: str  # law | announced
    days: int
    mode: Mode
    start: str
    since: date
    until: date | None
    filed_by: str
    source: str
    unverified: bool

    def holds(self, received_on: date, filed_by: str) -> bool:
        """Whether it is in force for a dossier received on the day, filed by this kind of filer."""
        in_force = self.since <= received_on and (self.until is None or received_on <= self.until)
        return in_force and self.filed_by in {"", filed_by}


@dataclass(frozen=True, slots=True)
class Step:
    """Bước: the verb that does it, the facts it reads, the events that reopen it whatever they changed.

    `four_eyes`: a point that another person judges before the decision. The last step decides.
    """

    code: str
    name: Words
    verb: str
    reads: tuple[str, ...]
    reopens_on: tuple[str, ...]
    four_eyes: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Điểm cần làm rõ: open while the fact is so (`test`, `value`); some are closed by hand."""

    code: str
    ask: Words
    fact: str
    test: str
    value: Any
    by_hand: bool

    def arises(self, facts: Mapping[str, Any]) -> bool:
        """Whether the facts open it; a fact nobody read opens nothing."""
        return self.fact in facts and TESTS[self.test](facts[self.fact], self.value)


TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "empty": lambda fact, _: fact in (None, "", [], {}),
    "present": lambda fact, _: fact not in (None, "", [], {}),
    "is": lambda fact, value: bool(fact == value),
    "is_not": lambda fact, value: bool(fact != value),
    "above": lambda fact, value: fact is not None and bool(fact > value),
    "below": lambda fact, value: fact is not None and bool(fact < value),
}
VALUED = ("is", "is_not", "above", "below")
MODES = ("wd", "cal", "cal_ex_holiday")
OUTCOMES = ("approved", "partly", "refused")


@dataclass(frozen=True, slots=True)
class Procedure:
    """Thủ tục: everything the engine needs to carry a case of it."""

    code: str
    name: Words
    thing: str
    read_verb: str
    file_verb: str
    assign_verb: str
    law: str
    since: date
    until: date | None
    filed_by: tuple[str, ...]
    papers: tuple[Paper, ...]
    facts: Mapping[str, Words]
    law_clock: str
    clocks: tuple[Clock, ...]
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    outcomes: tuple[str, ...]
    refused_unfinished: bool
    reopens: bool
    letters: tuple[str, ...]

    def step(self, code: str) -> Step:
        """A step by its code. Raises LookupError for one it does not have."""
        return self.steps[self.position(code)]

    def position(self, code: str) -> int:
        """Where a step stands, from 0."""
        for position, step in enumerate(self.steps):
            if step.code == code:
                return position
        raise LookupError(f"{self.code} has no step {code!r}")

    @property
    def deciding(self) -> Step:
        """The last step: the decision."""
        return self.steps[-1]

    @property
    def points(self) -> list[str]:
        """The steps whose answers another person judges, in order."""
        return [step.code for step in self.steps[:-1] if step.four_eyes]

    def touched_by(self, event: str) -> bool:
        """Whether any step reads this fact or reopens on this event."""
        return any(event in step.reads or event in step.reopens_on for step in self.steps)


Facts = Mapping[int, Mapping[str, Any]]
"""Facts as plain JSON values, by the key of the thing."""


def mark(value: Any) -> str:
    """Dấu của một dữ kiện: sixteen hex digits of a plain JSON value."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Provider:
    """Nhánh cung cấp: how facts of many things are read at once, how a thing looks, what a decision does.

    `facts(keys, names)` costs a constant number of queries; `as_seen(key)` is the digest of what the page of
    the thing shows, taken again under the decision's locks; `decided(actor, case, reason)` writes what
    follows from a decision, in its transaction, `closed(actor, case)` what follows when a case ends
    otherwise; `words(key)` tells what the case is about, for letters.
    """

    facts: Callable[[Sequence[int], Collection[str]], Facts]
    as_seen: Callable[[int], str]
    decided: Callable[[Actor, Case, str], None] | None = None
    closed: Callable[[Actor, Case], None] | None = None
    words: Callable[[int], Mapping[str, str]] | None = None


@dataclass
class _Registry:
    procedures: dict[str, Procedure] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)


_registry = _Registry()


def register(procedure: Procedure, provider: Provider) -> None:
    """Khai báo một thủ tục: when every room has declared its verbs (`AppConfig.ready`).

    Raises ProcedureError for a verb no room declares, and when the code already means something else.
    """
    check(procedure)
    known = _registry.procedures.setdefault(procedure.code, procedure)
    if known != procedure:
        raise ProcedureError(
            f"Thủ tục {procedure.code} đã khai báo khác.",
            f"Procedure {procedure.code} is declared otherwise already.",
            code="procedure.twice",
        )
    _registry.providers[procedure.code] = provider


def forget(code: str) -> None:
    """Bỏ khai báo một thủ tục thử: its cases stay as they are."""
    _registry.procedures.pop(code, None)
    _registry.providers.pop(code, None)


def registered() -> list[Procedure]:
    """Các thủ tục đã khai báo: in the order they were."""
    return list(_registry.procedures.values())


def of(code: str) -> Procedure:
    """A procedure by its code. Raises LookupError for one nobody registered."""
    try:
        return _registry.procedures[code]
    except KeyError:
        raise LookupError(f"no room registers the procedure {code!r}") from None


def provider_of(code: str) -> Provider:
    """Who provides for a procedure. Raises LookupError for one nobody registered."""
    of(code)
    return _registry.providers[code]


def check(procedure: Procedure) -> None:
    """Mọi động từ của thủ tục phải có phòng khai báo. Raises ProcedureError that names each that is not."""
    wrong = []
    named = (procedure.read_verb, procedure.file_verb, procedure.assign_verb)
    for name in (*named, *(step.verb for step in procedure.steps)):
        try:
            verb_of(name)
        except LookupError:
            wrong.append(f"{procedure.code}: no room declares the verb {name!r}")
    if wrong:
        told = "\n".join(wrong)
        raise ProcedureError(f"Thủ tục khai báo sai:\n{told}", f"Wrong procedures:\n{told}", code="procedure")
