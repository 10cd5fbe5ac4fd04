"""Luật của các cửa, đọc trên mã nguồn: how faces ask for rights and reach rows. `python -m tests.contracts.doors`

Each rule is one reason a page was open to somebody it should not be. A finding is `file:line: what to do`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ansinh"
FACES = "src/ansinh/web/"
MANAGERS = {"objects", "_default_manager", "_base_manager"}

SOMEWHERE: Mapping[str, str] = {
    "src/ansinh/collection/command.py:_actor": "a command chooses among accounts; its services ask at the place",
    "src/ansinh/office/reading/selectors.py:in_scope": "who has no unit is read by whole provinces only",
    "src/ansinh/office/staff/calendar.py:notices": "one calendar for all offices, read by those who write it",
    "src/ansinh/registers/access.py:people_in_parts": "how people are counted; whose they are is told by `people`",
    "src/ansinh/web/context.py:shell": "whether the search box is drawn",
    "src/ansinh/web/gate.py:_may_enter": "spares a page that holds nothing for the reader; its doors ask at the place",
    "src/ansinh/web/navigation.py:_shown": "draws the menu",
    "src/ansinh/web/queues.py:held": "which queues are drawn; their rows are of one's own scope",
    "src/ansinh/web/staff/administration/shell.py:held": "draws the tabs of administration",
    "src/ansinh/web/staff/declarations/pages.py:table": "whether the button that takes a file in is drawn",
    "src/ansinh/web/staff/people/pages.py:page": "whether the calculators, which concern nobody, are listed",
    "src/ansinh/web/staff/receipts/pages.py:table": "whether the button that reads a statement in is drawn",
    "src/ansinh/web/staff/refunds/pages.py:table": "whether the button that prepares a refund is drawn",
    "src/ansinh/web/staff/runs/pages.py:table": "whether links to lists of one's own scope are drawn",
    "src/ansinh/web/staff/targets/plans.py:table": "whether the form is drawn; its choices are the units held",
}
"""Where "holds it anywhere" may be asked, and why nothing is allowed by it."""

DIGITS: Mapping[str, str] = {
    "src/ansinh/web/ui/tables.py:refused": "counts signs of any script, converts none",
}
"""Where digits of every script are meant."""

EXEMPT_ROOMS = {"office": "its verbs are in rights/own.py, because rights is a package of its own"}


def findings(root: Path = ROOT) -> list[str]:
    """Everything that breaks a rule, by file and line."""
    found: list[str] = []
    for path in sorted((root / "src" / "ansinh").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if "/migrations/" not in name:
            found += [f"{name}:{line}: {words}" for line, words in of_module(name, path.read_text("utf-8"))]
    for path in sorted((root / "src" / "ansinh" / "web").rglob("*.html")):
        name = path.relative_to(root).as_posix()
        found += [f"{name}:{line}: {words}" for line, words in of_template(path.read_text("utf-8"))]
    return found + list(_rooms(root)) + list(_views(root))


def of_module(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Findings in one module: (line, words)."""
    tree = ast.parse(text)
    wants_place, bounded = _wants_place(tree), _after_isascii(tree)
    for function, node in _walk(tree):
        if not isinstance(node, ast.Call):
            managed = isinstance(node, ast.Attribute) and node.attr in MANAGERS and name.startswith(FACES)
            if managed and not _is_empty_queryset(tree, node):  # type: ignore[arg-type]
                yield node.lineno, f".{node.attr} in a face: ask the room's access.py or selectors.py"
            continue
        called = _name_of(node.func)
        place = f"{name}:{function}"
        if called == "somewhere" and isinstance(node.func, ast.Attribute) and place not in SOMEWHERE:
            yield (
                node.lineno,
                (
                    f".somewhere() in {function}: ask `may(verb, at=...)`; only to draw a menu or a button is it "
                    f"allowed, with a reason in tests/contracts/doors.py ({place})"
                ),
            )
        if called == "may" and isinstance(node.func, ast.Attribute) and not _has(node, "at"):
            yield node.lineno, ".may() without at=: a verb is held at a place"
        if called == "require" and called in wants_place and not _has(node, "at"):
            yield node.lineno, "require() without at=: a verb is held at a place"
        if name.startswith(FACES):
            yield from _of_face(place, node, called, bounded)


def _of_face(place: str, node: ast.Call, called: str, bounded: set[int]) -> Iterator[tuple[int, str]]:
    """What a face may not do with what comes from outside."""
    if called in {"isdigit", "isnumeric", "isdecimal"} and id(node) not in bounded and place not in DIGITS:
        yield (
            node.lineno,
            f".{called}() takes ² and ٣ for digits: use staff.asking.key(), or ask isascii() first",
        )
    if called == "path" and node.args and isinstance(node.args[0], ast.Constant):
        route = str(node.args[0].value)
        if re.search(r"<(int|str|path|slug):", route):
            yield node.lineno, f"{route!r}: take <key:…>, <month:…>, <word:…> of web/converters.py"
    if called == "int" and node.args and _from_request(node.args[0]):
        yield node.lineno, "int() of what a request says, unbounded: use staff.asking.key()"


def of_template(text: str) -> Iterator[tuple[int, str]]:
    """Findings in one template."""
    for number, line in enumerate(text.splitlines(), start=1):
        for tag in re.findall(r"\{[{%].*?[}%]\}", line):
            if re.search(r"\.(?:objects|_default_manager)\b", tag):
                yield number, "a template reads no rows of its own: give them in the context"


def _rooms(root: Path) -> Iterator[str]:
    """A room with tables says who may do what in it."""
    for models in sorted((root / "src" / "ansinh").glob("*/models.py")):
        room = models.parent
        if not (room / "rights.py").exists() and room.name not in EXEMPT_ROOMS and not _declares_above(room):
            name = models.relative_to(root).as_posix()
            yield f"{name}:1: the room {room.name} has tables and no rights.py that declares its verbs"


def _declares_above(room: Path) -> bool:
    """A room below the office knows no rights: the room that keeps its books declares them."""
    return room.name == "ledger"


def _views(root: Path) -> Iterator[str]:
    """Every function an URL table names carries `@rule`."""
    for table in sorted((root / "src" / "ansinh" / "web").rglob("*urls*.py")):
        tree = ast.parse(table.read_text("utf-8"))
        modules = _imported(tree, root)
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and _name_of(node.func) == "path" and len(node.args) > 1):
                continue
            view = _view_of(node.args[1])
            if view is None or view[0] not in modules:
                continue
            module, function = modules[view[0]], view[1]
            defined = _definition(module, function)
            if defined is None or not _ruled(defined):
                name = table.relative_to(root).as_posix()
                where = module.relative_to(root).as_posix()
                yield f"{name}:{node.lineno}: {function} of {where} has no @rule: say who may enter"


def _imported(tree: ast.Module, root: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ansinh"):
            for alias in node.names:
                base = root / "src" / Path(*node.module.split("."), alias.name)
                for path in (base.with_suffix(".py"), base / "__init__.py"):
                    if path.exists():
                        found[alias.asname or alias.name] = path
    return found


def _view_of(node: ast.expr) -> tuple[str, str] | None:
    """`people.page`, `require_safe(people.page)`, `views.SignIn.as_view()` → (module, name)."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "as_view":
            return _view_of(node.func.value)
        return _view_of(node.args[0]) if node.args else None
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id, node.attr
    return None


def _definition(module: Path, name: str) -> ast.FunctionDef | ast.ClassDef | None:
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return node
    return None


def _ruled(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(d, ast.Call) and _name_of(d.func) == "rule" for d in node.decorator_list)


def _walk(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Every node with the function it stands in; "" at the top."""

    def down(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            inside = child.name if named else function  # type: ignore[attr-defined]
            yield inside, child
            yield from down(child, inside)

    yield from down(tree, "")


def _name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _has(node: ast.Call, keyword: str) -> bool:
    return any(k.arg == keyword for k in node.keywords)


def _wants_place(tree: ast.Module) -> set[str]:
    """Names in this module that mean the office's `require`."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ansinh.office.rights")
        for alias in node.names
        if alias.name == "require"
    }


def _is_empty_queryset(tree: ast.Module, node: ast.Attribute) -> bool:
    """`Unit.objects.none()`: a field's empty start, filled from a door."""
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "none"
        and call.func.value is node
        for call in ast.walk(tree)
    )


def _after_isascii(tree: ast.Module) -> set[int]:
    """Calls that stand in one condition with `isascii()`: `text.isascii() and text.isdigit()`."""
    return {
        id(call)
        for both in ast.walk(tree)
        if isinstance(both, ast.BoolOp) and isinstance(both.op, ast.And)
        if any(isinstance(v, ast.Call) and _name_of(v.func) == "isascii" for v in both.values)
        for call in both.values
    }


def _from_request(node: ast.expr) -> bool:
    return any(isinstance(n, ast.Attribute) and n.attr in {"GET", "POST"} for n in ast.walk(node))


def main() -> int:
    """Print what was found; 1 when there is something."""
    found = findings()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
