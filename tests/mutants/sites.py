"""Chỗ có thể sai: every small change that could be made to the functions of a file, one at a time."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COUNTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
BOUNDED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """Một thay đổi: in which function, at which line, what was written and what is written instead.

    ``at`` is the whole line as it was written.
    """

    path: Path
    function: str
    line: int
    at: str
    was: str
    now: str
    code: CodeType

    @property
    def change(self) -> str:
        return f"{self.was} → {self.now}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change to the bodies of the functions and methods of a file; annotations and decorators stay."""
    text = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    for name, function in _functions(tree):
        for place in _places(function):
            for replace in _changes(place):
                yield _mutant(path, lines, tree, name, place, replace)


def code_of(code: CodeType, qualname: str) -> CodeType | None:
    """The code of a function or method in the code of its module."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == qualname:
                return inner
            if qualname.startswith(f"{inner.co_qualname}.") and (found := code_of(inner, qualname)):
                return found
    return None


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def _places(function: ast.FunctionDef) -> Iterator[ast.AST]:
    unread: set[int] = set()
    for statement in function.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.AnnAssign):
                unread |= {id(inner) for inner in ast.walk(node.annotation)}
            # What is said to people, and what no caller can bring about, is no rule.
            # Nor is that two lists made of one another are of one length.
            strict = isinstance(node, ast.keyword) and node.arg == "strict"
            if strict or isinstance(node, (ast.JoinedStr, ast.Raise, ast.Assert)):
                unread |= {id(inner) for inner in ast.walk(node)}
            if id(node) not in unread:
                yield node


def _changes(node: ast.AST) -> list[Any]:
    """What may stand instead of a node: functions that change a copy of it in place."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        other = COMPARED[type(node.ops[0])]
        return [lambda one: one.ops.__setitem__(0, other())]
    if isinstance(node, ast.BoolOp):
        joined = ast.Or if isinstance(node.op, ast.And) else ast.And
        return [lambda one: setattr(one, "op", joined())]
    if isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        counted = COUNTED[type(node.op)]
        return [lambda one: setattr(one, "op", counted())]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return [lambda one: setattr(one, "value", not one.value)]
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return [
            lambda one: setattr(one, "value", one.value + 1),
            lambda one: setattr(one, "value", one.value - 1),
        ]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BOUNDED:
        return [lambda one: setattr(one.func, "id", BOUNDED[one.func.id])]
    if isinstance(node, (ast.If, ast.IfExp)):
        return [lambda one: setattr(one, "test", ast.UnaryOp(ast.Not(), one.test))]
    if isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        return [lambda one: setattr(one, "value", ast.Constant(None))]
    return []


def _is_nothing(node: ast.expr) -> bool:
    # None is as untrue as False or no reason; that the answer may be True is a change of its own.
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False or node.value == "")


def _mutant(
    path: Path, lines: list[str], tree: ast.Module, name: str, place: ast.AST, replace: Any
) -> Mutant:
    changed = copy.deepcopy(tree, memo := {})
    node = memo[id(place)]
    was = _text(place)
    replace(node)
    ast.fix_missing_locations(changed)
    code = code_of(compile(changed, str(path), "exec"), name)
    assert code is not None, f"{path}: {name}"
    line: int = getattr(place, "lineno", 0)
    return Mutant(path, name, line, lines[line - 1].strip() if line else "", was, _text(node), code)


def _text(node: ast.AST) -> str:
    shown = node.test if isinstance(node, (ast.If, ast.IfExp)) else node
    return " ".join(ast.unparse(shown).split())
