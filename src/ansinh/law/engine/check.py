"""Kiểm tra sổ luật: what an import cannot see, a list of problems in both languages; empty when all is well.

Gaps, overlaps and unknown instruments already fail at import. Here: figures nobody reads, clauses without a
term or a meaning, figures in rule files. What no case exercises is found by
`ansinh.law.calc.exercised`, which stands above.
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


def of_the_book() -> list[str]:
    """Mọi vấn đề của sổ luật tự nó: one line each."""
    trees = {package: _trees(package) for package in branches()}
    read = {
        node.attr
        for files in trees.values()
        for tree in files.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    found = [problem for package, files in trees.items() for problem in _of_branch(package, files, read)]
    return found + [problem for one in written() for problem in _of_provision(one)]


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
