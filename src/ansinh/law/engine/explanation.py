"""Diễn giải: the steps a computation took, written by the run itself and by nobody's hand."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ParameterUse:
    """Một con số của luật đã dùng: its name, value and source; `unverified` if no official text was seen.

    `since` is the day from which the value holds; a figure that a case supposes has none.
    """

    name: str
    term: str
    unit: str
    value: Any
    source: str
    unverified: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước tính: a provision that was applied, what it was given, what it answered, and by which clause.

    `depth` is 0 for a provision called directly and grows by one inside each provision; a step comes after
    the steps it is made of. `parameters` are the figures of the law that this step itself read; `since` is
    the first day of this version of the clause.
    """

    name: str
    term: str
    value: Any
    clause: str
    meaning: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    parameters: tuple[ParameterUse, ...] = ()
    depth: int = 0
    since: date | None = None


class Explanation:
    """Bản diễn giải: the steps in the order they were completed, and the figures read outside any step."""

    __slots__ = ("_open", "loose", "steps")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.loose: list[ParameterUse] = []
        self._open: list[list[ParameterUse]] = []

    @property
    def parameters(self) -> tuple[ParameterUse, ...]:
        """Mọi con số của luật đã dùng: each once, in order of first use."""
        uses = [use for step in self.steps for use in step.parameters] + self.loose
        seen: dict[tuple[str, str, str], ParameterUse] = {}
        for use in uses:
            seen.setdefault((use.name, use.source, repr(use.value)), use)
        return tuple(seen.values())

    @property
    def unverified(self) -> tuple[ParameterUse, ...]:
        """Những con số chưa đối chiếu với văn bản gốc."""
        return tuple(use for use in self.parameters if use.unverified)

    def read(self, use: ParameterUse) -> None:
        """Ghi một con số đã dùng: under the step being taken; the same one twice in a step counts once."""
        uses = self._open[-1] if self._open else self.loose
        if use not in uses:
            uses.append(use)

    def run(
        self,
        described: "Described",
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        """Áp dụng một quy định và ghi lại thành một bước."""
        self._open.append([])
        try:
            value = function(*args, **kwargs)
        finally:
            parameters = tuple(self._open.pop())
        facts = dict(zip(described.inputs, args, strict=False)) | kwargs
        self.steps.append(
            Step(
                described.id,
                described.term,
                value,
                described.clause,
                described.meaning,
                facts,
                parameters,
                len(self._open),
                described.since,
            )
        )
        return value


@dataclass(frozen=True, slots=True)
class Described:
    """Phần mô tả của một quy định mà một bước mang theo."""

    id: str
    term: str
    clause: str
    meaning: str
    inputs: tuple[str, ...]
    since: date


CURRENT: ContextVar[Explanation | None] = ContextVar("explanation", default=None)


@contextmanager
def explain() -> Iterator[Explanation]:
    """Bật ghi diễn giải: every provision called inside leaves a `Step`, every figure read its source.

    One context explains one computation; a context opened inside another records for itself only.
    """
    explanation = Explanation()
    token = CURRENT.set(explanation)
    try:
        yield explanation
    finally:
        CURRENT.reset(token)
