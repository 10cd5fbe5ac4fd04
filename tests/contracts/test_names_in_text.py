"""No room names a room above it in a text it imports by: the import contract sees import statements only."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE = re.compile(r"ansinh\.(\w+)(?:\.\w+)*(?::\w+)?")
CHOOSES = {"config"}
"""The settings put the parts together; nothing of the product is decided there."""

PROCESSES = {("src/ansinh/office/backups/restoring.py", "ansinh.cli")}
"""Started as a process of its own, by the command anybody would type: nothing of it is imported."""


def floors() -> dict[str, int]:
    """The floor of each room by the import contract; 0 is the top."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in contracts["contracts"] if one["type"] == "layers")
    return {
        room.strip().removeprefix("ansinh."): floor
        for floor, layer in enumerate(layers)
        for room in re.split(r"[|:]", layer)
    }


def upward(room: str, text: str) -> Iterator[str]:
    """Modules of higher floors that a module's texts name."""
    known = floors()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = MODULE.fullmatch(node.value)
            if match and known.get(match[1], len(known)) < known.get(room, -1):
                yield node.value


def test_no_room_names_one_above_it() -> None:
    found = []
    for path in sorted((ROOT / "src" / "ansinh").rglob("*.py")):
        room = path.relative_to(ROOT / "src" / "ansinh").parts[0].removesuffix(".py")
        if room not in CHOOSES:
            here = path.relative_to(ROOT).as_posix()
            found += [(here, name) for name in upward(room, path.read_text(encoding="utf-8"))]
    assert set(found) == PROCESSES


def test_a_name_in_a_text_is_found() -> None:
    text = 'from importlib import import_module\nimport_module("ansinh.demo.accounts")\n'
    assert list(upward("web", text)) == ["ansinh.demo.accounts"]
    assert list(upward("cli", text)) == []
