"""Bảng của phòng khác, tìm trên mã nguồn: whose tables a room's SQL names. `python -m tests.contracts.tables`

A room reads another's rows by its `relations`, `selectors` or `measures` and writes them by its services.
Imports are held by import-linter; this reads what import-linter cannot: every text of the source that names a
table, and every writing through another room's models. A finding is `file:line: what to do`.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ansinh"
TEXTS = {".sql", ".yaml", ".toml", ".json", ".html", ".typ", ".txt"}
GAP = "\0"
"""Stands in a text for what is filled in when it runs."""

NAMERS: Mapping[str, str] = {
    "src/ansinh/office/privileges/declared.py": "grants are given table by table, of every room",
    "src/ansinh/office/chain/chains.py": "a chain is told which model it seals",
}
"""Where a table's name may be asked of its model, and why."""

WRITES = {"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
WRITERS: Mapping[str, str] = {
    "src/ansinh/demo/accounts.py": "opens accounts that no two people gave, and nowhere but in the demonstration",
    "src/ansinh/demo/record.py": "opens collecting accounts that no two people gave, as above",
    "src/ansinh/demo/stages.py": "makes finished runs of the marks of a demonstration of before",
}
"""Who writes rows of another room's models, and why no service of that room does."""


@cache
def owners() -> Mapping[str, str]:
    """Table -> the room that owns it; what is nobody's of ours is kept by the office."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    found = {}
    for model in apps.get_models(include_auto_created=True):
        room = model.__module__.split(".")[1] if model.__module__.startswith("ansinh.") else "office"
        if not model._meta.proxy:  # a proxy stands on another room's table, for a trigger of its own there
            found[model._meta.db_table] = room
    return found


@cache
def prefixes() -> Mapping[str, str]:
    """`label_` -> room: what the names of a room's tables begin with."""
    from django.apps import apps

    owners()
    return {
        f"{app.label}_": app.name.split(".")[1]
        for app in apps.get_app_configs()
        if app.name.startswith("ansinh.")
    }


def findings(root: Path = ROOT) -> list[str]:
    """Every table of another room that a text names, by file and line."""
    found = []
    for path in sorted((root / "src" / "ansinh").rglob("*")):
        name = path.relative_to(root).as_posix()
        # a migration is history: it says what the tables were, for the room whose folder it stands in
        if "/migrations/" in name or "/__pycache__/" in name or not path.is_file():
            continue
        if path.suffix == ".py":
            found += [f"{name}:{line}: {said}" for line, said in of_module(name, path.read_text("utf-8"))]
        elif path.suffix in TEXTS:
            text = path.read_text("utf-8")
            found += [
                f"{name}:{line}: {said}"
                for line, row in enumerate(text.splitlines(), start=1)
                for said in _named(_room(name), row, whole=True)
            ]
    return found


def of_module(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Findings in one module: (line, words)."""
    tree = ast.parse(text)
    room = _room(name)
    inside = _docstrings(tree)
    others = {model: owner for model, owner in _models(tree).items() if owner != room}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "db_table" and name not in NAMERS:
            yield node.lineno, ".db_table: name the table where it is yours, else ask its room's relations"
        if isinstance(node, ast.Call) and name not in WRITERS and (model := _written(node, others)):
            yield node.lineno, f"{model} is {others[model]}'s: write by its services"
        if id(node) in inside or not isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp)):
            continue
        said = _text(node)
        if said is None:
            continue
        # what is part of a longer text is read with the whole of it
        inside |= {id(part) for part in ast.walk(node) if part is not node and not _own(node, part)}
        for found in _named(room, said, whole=False):
            yield node.lineno + said[: max(0, said.find(found.split()[0]))].count("\n"), found


def _named(room: str, text: str, *, whole: bool) -> Iterator[str]:
    """What a text of a room says of other rooms' tables. `whole`: only names that are written out."""
    for word in re.findall(r"(?<!\w)[a-z][a-z0-9]*_[a-z0-9_]*(?!\w)", text, flags=re.IGNORECASE):
        owner = owners().get(word.lower(), room)
        if owner != room:
            yield f"{word} is {owner}'s: read its relations, write by its services"
    if whole:
        return
    for prefix, owner in prefixes().items():
        # a name made up when it runs, as f"registers_{kind}" or "registers_" + kind
        if owner != room and re.search(
            rf"(?<!\w){prefix}(?:{GAP}|%s|{{|$)", text.rstrip(), flags=re.IGNORECASE
        ):
            yield f"{prefix} begins a name of {owner}'s tables: read its relations, write by its services"


def _text(node: ast.AST) -> str | None:
    """The text a node makes, with `GAP` for what is filled in; None for what makes no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            GAP if isinstance(part, ast.FormattedValue) else _text(part) or "" for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left), _text(node.right)
        if left is not None or right is not None:
            return f"{GAP if left is None else left}{GAP if right is None else right}"
    return None


def _own(node: ast.AST, part: ast.AST) -> bool:
    """Whether a part of a text is filled in, and so a text of its own."""
    return any(
        part in set(ast.walk(value.value))
        for value in ast.walk(node)
        if isinstance(value, ast.FormattedValue)
    )


def _models(tree: ast.Module) -> dict[str, str]:
    """Models that a module imports, by the name they have in it, with their room."""
    return {
        alias.asname or alias.name: node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.startswith("ansinh.") and node.module.endswith(".models")
        for alias in node.names
    }


def _written(call: ast.Call, models: Mapping[str, str]) -> str:
    """The model that a call writes rows of: `Model.objects.….update(…)`; "" when it writes none of these."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return ""
    node: ast.expr = call.func.value
    managed = False
    while isinstance(node, (ast.Attribute, ast.Call)):
        managed |= isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if managed and isinstance(node, ast.Name) and node.id in models else ""


def _docstrings(tree: ast.Module) -> set[int]:
    """Texts that stand alone, which say something to people."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _room(name: str) -> str:
    return name.removeprefix("src/ansinh/").split("/")[0].removesuffix(".py")


def main() -> int:
    """Print what was found; 1 when there is something."""
    found = findings()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
