"""Kiểm thử của một quy định: the test files that name a clause, by its id or by the function that is it.

A word that happens to be spelt like a function is no name: a file of cases names a clause as its ``clause``,
a Python file in a text, or by what it imports from a room of the law.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from ansinh.law.engine import Provision, Versions

LAW = "ansinh.law"
_WORD = re.compile(r"[\w.]+")

Exported = Mapping[tuple[str, str], str]
"""Ids by module and name: every clause, and every name for its versions, wherever it can be imported from."""


def tests_about(tests: Path, written: list[Provision[..., Any]]) -> dict[str, list[str]]:
    """Các tệp kiểm thử của mỗi quy định: by id; paths below `tests`, in order."""
    ids = {one.id for one in written}
    exported = _exported(ids)
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(tests.rglob("*")):
        if path.suffix == ".py":
            named = set(_in_python(ast.parse(path.read_text(encoding="utf-8")), ids, exported))
        elif path.suffix == ".yaml":
            named = set(_in_cases(path)) & ids
        else:
            continue
        for id_ in named:
            found[id_].append(path.relative_to(tests).as_posix())
    return found


def _exported(ids: set[str]) -> Exported:
    return {
        (name, attribute): value.id
        for name, module in sorted(sys.modules.items())
        if name.startswith(f"{LAW}.")
        for attribute, value in vars(module).items()
        if isinstance(value, (Provision, Versions)) and value.id in ids
    }


def _in_cases(path: Path) -> Iterator[str]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - the safe loader
    cases = content.get("cases", ()) if isinstance(content, dict) else ()
    for case in cases:
        if isinstance(case, dict) and isinstance(case.get("clause"), str):
            yield case["clause"]


def _in_python(tree: ast.Module, ids: set[str], exported: Exported) -> Iterator[str]:
    rooms: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(LAW):
            for alias in node.names:
                rooms[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                if id_ := exported.get((node.module, alias.name)):
                    yield id_
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ids & set(_WORD.findall(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            id_ = exported.get((rooms.get(node.value.id, ""), node.attr))
            if id_:
                yield id_
