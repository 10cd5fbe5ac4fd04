"""Kiểm tra sổ luật: what an import cannot see, a list of problems in both languages; empty when all is well.

Gaps, overlaps and unknown instruments already fail at import. Here: figures nobody reads, clauses without a
term or a meaning, versions of clauses and of figures that no case exercises, figures in rule files.
"""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ansinh.law.engine.branches import branches
from ansinh.law.engine.parameters import ParameterBook, Scale
from ansinh.law.engine.provisions import Provision, provisions

# A rule file holds no figures of the law; these are arithmetic: nothing, one, the months of a year, and the
# powers of ten in which facts and shares are counted.
PLAIN_FIGURES = {0, 1, 12, 10, 100, 1000, 10_000}


def problems(tests: Path | None = None) -> list[str]:
    """Mọi vấn đề tìm thấy trong `ansinh.law`: one line each.

    `tests` is the folder whose cases must exercise every version of every clause and figure; by default
    ``tests/law`` of the working copy, skipped where there is none (an installed package carries no tests).
    """
    folder = tests or Path(__file__).parents[4] / "tests" / "law"
    trees = {package: _trees(package) for package in branches()}
    read = {
        node.attr
        for files in trees.values()
        for tree in files.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    found = [problem for package, files in trees.items() for problem in _of_branch(package, files, read)]
    found += [problem for one in written() for problem in _of_provision(one)]
    if folder.is_dir():
        found += _unexercised(folder)
    return found


def written() -> list[Provision[..., Any]]:
    """Các quy định của sổ luật: those that stand in a module of a branch, not those of examples or tests."""
    branches()
    return [
        one
        for one in provisions()
        if one.function.__module__.startswith("ansinh.law.")
        and getattr(sys.modules.get(one.function.__module__), one.function.__name__, None) is one
    ]


def books() -> dict[str, ParameterBook[Any]]:
    """Các sổ tham số của mọi ngành: by the name of the branch; the very books its clauses read."""
    found = {}
    for package in branches():
        module = importlib.import_module(f"{package}.book")
        (found[package.rpartition(".")[2]],) = {
            id(value): value
            for value in vars(module).values()
            if isinstance(value, ParameterBook) and value.name == package.rpartition(".")[2]
        }.values()
    return found


def _trees(package: str) -> dict[Path, ast.Module]:
    root = Path(str(importlib.import_module(package).__path__[0]))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(root.rglob("*.py"))}


def _of_branch(package: str, trees: dict[Path, ast.Module], read: set[str]) -> Iterator[str]:
    for parameter in ParameterBook.load(package, Scale):
        if parameter.name not in read:
            yield (
                f"{package}: tham số {parameter.name} không được quy định nào đọc / "
                f"{package}: no rule reads the parameter {parameter.name}"
            )
    for path, tree in trees.items():
        for line, figure in _figures(tree):
            yield (
                f"{path.name}:{line}: con số {figure} nằm trong mã thay vì parameters.yaml / "
                f"{path.name}:{line}: the figure {figure} belongs in parameters.yaml"
            )


def _figures(tree: ast.Module) -> Iterator[tuple[int, Any]]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or not any(map(_is_provision, function.decorator_list)):
            continue
        for node in (inner for statement in function.body for inner in ast.walk(statement)):
            if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
                plain = isinstance(node.value, int) and node.value in PLAIN_FIGURES
                yield from () if plain else ((node.lineno, node.value),)


def _is_provision(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "provision"


def _of_provision(one: Provision[..., Any]) -> Iterator[str]:
    where = f"{one.id} ({one.period})"
    if not one.term.strip():
        yield f"{where}: thiếu thuật ngữ (term) / {where}: the term is missing"
    if not one.meaning:
        yield f"{where}: thiếu mô tả / {where}: the docstring is missing"


def _unexercised(folder: Path) -> Iterator[str]:
    # The calculators stand above the engine; only this check of the whole book looks up at them.
    from ansinh.law.calc.exercised import exercised

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
