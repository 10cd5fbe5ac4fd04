"""Vòng nhập lẫn nhau, tìm trên mã nguồn: modules that import each other. `python -m tests.contracts.circles`

Imports within functions and for the type checker count as well: a circle that is only hidden is still one,
and neither module of it can be understood, tested or moved without the other.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "ansinh"


def circles(modules: Mapping[str, str]) -> list[list[str]]:
    """Circles of imports in sources by module name, one for each knot; empty when there is none."""
    graph = {name: _imports(name, text, modules) for name, text in modules.items()}
    found = []
    while True:
        try:
            tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle = list(error.args[1])[::-1]  # each imports the one after it
            found.append(circle)
            graph[circle[0]] -= {circle[1]}
        else:
            return sorted(found)


def sources(root: Path = ROOT) -> dict[str, str]:
    """Every module of the product by its name, with its text."""
    found = {}
    for path in sorted((root / "src" / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root / "src").with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text("utf-8")
    return found


def _imports(name: str, text: str, known: Iterable[str]) -> set[str]:
    """Modules of the product that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {_module(alias.name, known) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {_module(f"{node.module}.{alias.name}", known) for alias in node.names}
    return found - {name, ""}


def _module(name: str, known: Iterable[str]) -> str:
    """The module that a name lies in; "" for one of somebody else's."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def main() -> int:
    """Print each circle; 1 when there is one."""
    found = circles(sources())
    for circle in found:
        print(" → ".join(circle))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
