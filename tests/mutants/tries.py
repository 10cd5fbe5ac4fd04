"""Những gì phải thấy một thay đổi trong luật: cases, examples in docstrings and the plain tests of the rooms.

The comparisons of columns with the plain clauses are left out: they notice every change to a clause, and say
nothing of the law.
"""

import doctest
import functools
import importlib
import inspect
import io
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import hypothesis
import pytest

from ansinh.law.calc import compute
from ansinh.law.calc.checking import check
from ansinh.law.calc.exercised import agrees, applied, asked_for, cases_in
from ansinh.law.engine.check import branches

CASES = Path(__file__).parents[1] / "law"

# These ask of the file of cases as a whole, of the engine itself, or compare two ways with each other.
LEFT_OUT = {"cases", "engine", "pages", "simulate"}
COMPARING = {
    "test_columns",
    "test_dues",
    "test_spark",
    "test_command",
    "test_properties",
    "test_robustness",
    "test_words",
}

# The same few examples each time, and no clock: a change is noticed by what it says.
hypothesis.settings.register_profile(
    "mutants", derandomize=True, database=None, deadline=None, max_examples=25
)


@dataclass(frozen=True)
class Try:
    """Một lần thử: whether it passes, asked anew each time."""

    name: str
    passes: Callable[[], bool]


def tries() -> Iterator[Try]:
    """Mọi lần thử: the cases of every statute, then the examples and the tests of the rooms."""
    hypothesis.settings.load_profile("mutants")
    for number, (kind, case) in enumerate(cases_in(CASES)):
        name = str(case.get("id") or case.get("title") or number)
        if kind == "clause":
            yield Try(name, functools.partial(_clause_passes, case))
        elif "asks" in case:
            yield Try(name, functools.partial(_asks, case))
        elif "expect" in case or "absent" in case:
            yield Try(name, functools.partial(_calc_passes, case))
    yield from _examples()
    for path in sorted(CASES.glob("*/test_*.py")):
        if path.parent.name not in LEFT_OUT and path.stem not in COMPARING:
            yield from _tests(importlib.import_module(f"tests.law.{path.parent.name}.{path.stem}"))


def _calc_passes(case: Any) -> bool:
    (verdict,) = check([case])
    return verdict.passed and (
        "clause" not in case or case["clause"] in {s.name for s in compute(case).steps}
    )


def _asks(case: Any) -> bool:
    return asked_for(case) == case["asks"]


def _clause_passes(case: Any) -> bool:
    return agrees(case["expect"], applied(case)[0])


def _examples() -> Iterator[Try]:
    """The examples of each docstring in the folders of the benefits."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    for package in branches():
        found = importlib.import_module(package)
        names = [package, *(one.name for one in pkgutil.walk_packages(found.__path__, f"{package}."))]
        for name in names:
            for example in finder.find(importlib.import_module(name), name):
                if example.examples:
                    yield Try(example.name, functools.partial(_holds, example))


def _holds(example: doctest.DocTest) -> bool:
    runner = doctest.DocTestRunner(verbose=False)
    return runner.run(example, out=io.StringIO().write, clear_globs=False).failed == 0


def _tests(module: ModuleType) -> Iterator[Try]:
    """The tests of a module that need no fixture, once for each set of parameters."""
    for name, test in vars(module).items():
        if not isinstance(test, FunctionType) or test.__module__ != module.__name__:
            continue
        if name.startswith("test_") and "columns" not in name:
            for given in _parameters(getattr(test, "pytestmark", [])):
                if set(inspect.signature(test).parameters) == set(given):
                    yield Try(f"{module.__name__}.{name}", functools.partial(_runs, test, given))


def _parameters(marks: list[pytest.Mark]) -> Iterator[dict[str, Any]]:
    several = []
    for mark in marks:
        if mark.name == "parametrize":
            names = mark.args[0] if not isinstance(mark.args[0], str) else mark.args[0].split(",")
            several.append([_named([name.strip() for name in names], one) for one in mark.args[1]])
    for chosen in itertools.product(*several):
        yield {name: value for one in chosen for name, value in one.items()}


def _named(names: list[str], one: Any) -> dict[str, Any]:
    if isinstance(one, type(pytest.param())):
        return dict(zip(names, one.values, strict=True))
    return dict(zip(names, one if len(names) > 1 else (one,), strict=True))


def _runs(test: FunctionType, given: dict[str, Any]) -> bool:
    try:
        test(**given)
    except (AssertionError, pytest.fail.Exception):
        return False
    return True
