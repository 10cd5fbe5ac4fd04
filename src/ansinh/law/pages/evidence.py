"""Chứng cứ: which cases applied which clause, with the value it gave, and which tests are about it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc import compute
from ansinh.law.calc.explained import Explained, StepLine, explained
from ansinh.law.engine import Provision
from ansinh.law.pages.about import tests_about


@dataclass(frozen=True, slots=True)
class Example:
    """Một ví dụ: a case whose computation applied the clause, and the step it left."""

    case: Mapping[str, Any]
    told: Explained
    step: StepLine
    printed: bool

    @property
    def name(self) -> str:
        """The id of the case, or its title where a boundary case has none."""
        return str(self.case.get("id") or self.case.get("title", ""))


@dataclass
class Evidence:
    """Mọi chứng cứ: by the id of the clause (examples also by the clause's citation)."""

    examples: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, list[str]] = field(default_factory=dict)
    cases: int = 0

    def of(self, one: Provision[..., Any]) -> list[Example]:
        """Các ví dụ: those of one version of a clause, printed official examples first."""
        held = [example for example in self.examples.get(one.id, []) if example.step.clause == one.clause]
        return sorted(held, key=lambda example: not example.printed)


def gather(tests: Path, written: list[Provision[..., Any]]) -> Evidence:
    """Thu thập: run every case under `tests` (``tests/law``), and read which files are about each clause."""
    found = Evidence()
    for case, printed in _cases(tests):
        try:
            answer = compute(case)
        except BilingualError:
            continue
        found.cases += 1
        seen = set()
        told = explained(answer)
        for step in told.steps:
            if (step.name, step.clause) not in seen:
                seen.add((step.name, step.clause))
                found.examples[step.name].append(Example(case, told, step, printed))
    found.files = tests_about(tests, written)
    return found


def _cases(tests: Path) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Every case of the official examples (true) and of the boundary files (false)."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(tests.glob("*/*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - the safe loader
        if path.parent.name == "cases":
            yield from ((case, True) for case in content)
        elif isinstance(content, dict) and content.get("of") == "calc":
            yield from ((case, False) for case in content["cases"])
