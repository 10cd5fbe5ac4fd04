"""Loại lượt chạy: what a branch declares of the runs it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from ansinh.office.runs.models import Run

Words = str | Promise


class Fate(Enum):
    """Số phận của dữ liệu đóng băng: what is to become of a run's inputs now."""

    KEEP = "keep"
    ARCHIVE = "archive"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước. `work` is "module:function", called with the run's `Context`; it returns the step's result.

    `atomic`: its writing and its mark are one transaction; without it the work commits in parts of its own
    and can be asked again. `lasting`: once marked it is never done again; without it the work stays in memory
    and is done again by whoever resumes the run. `total` is how much there is to do, where that is known.
    """

    name: str
    title: Words
    work: str
    atomic: bool = True
    lasting: bool = True
    total: int = 0


@dataclass(frozen=True, slots=True)
class Inputs:
    """Dữ liệu đóng băng: the step that writes them, and what becomes of them (`fate`, "module:function")."""

    step: str
    fate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Một loại lượt chạy.

    `key` writes what there is one of at a time, from `kind` and `unit` (its key, 0 without one); kinds with
    one key keep out of each other's way. `read`, `start` and `stop` are verbs, held at the run's unit; `stop`
    is for cancelling. `check` ("module:function" of unit, month, params) refuses a run by raising a
    BilingualError. `unit_of_count` is what progress counts; `words` names the inputs and results.
    """

    code: str
    name: Words
    steps: tuple[Step, ...]
    read: str
    start: str
    stop: str
    key: str = "{kind}:{unit}"
    inputs: Inputs | None = None
    check: str = ""
    unit_of_count: Words = ""
    words: Mapping[str, Words] = field(default_factory=dict)

    def step(self, name: str) -> Step:
        """One step by its name. Raises LookupError for a name the kind does not have."""
        for step in self.steps:
            if step.name == name:
                return step
        raise LookupError(f"{self.code} has no step {name!r}")

    def key_of(self, unit_id: int | None) -> str:
        """What a run of this kind at a unit keeps for itself."""
        return self.key.format(kind=self.code, unit=unit_id or 0)

    def fate(self, run: Run) -> Fate:
        """What is to become of a run's frozen inputs now."""
        if self.inputs is None:
            return Fate.KEEP
        found = function(self.inputs.fate)(run)
        return Fate(found)


_declared: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Khai báo một loại lượt chạy. Raises ValueError when it is declared otherwise, or steps share names."""
    names = [step.name for step in kind.steps]
    if not names or len(set(names)) != len(names):
        raise ValueError(f"{kind.code} needs steps of different names")
    if kind.inputs is not None:
        kind.step(kind.inputs.step)
    known = _declared.setdefault(kind.code, kind)
    if [s.name for s in known.steps] != names or known.key != kind.key:
        raise ValueError(f"runs of {kind.code!r} are declared twice")


def kinds() -> dict[str, Kind]:
    """Mọi loại lượt chạy đã khai báo: by code."""
    return dict(_declared)


def kind_of(code: str) -> Kind:
    """One kind. Raises LookupError for a code nobody declared."""
    try:
        return _declared[code]
    except KeyError:
        raise LookupError(f"no room runs {code!r}") from None


def function(target: str) -> Callable[..., Any]:
    """What "module:function" names, imported when it is needed."""
    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
