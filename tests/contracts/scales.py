"""Kiểu của các con số: a mypy plugin that types every figure of the law by its name in ``parameters.yaml``.

A scale (`ansinh.law.<folder>.book.<Folder>Scale`) has the figures of its own folder and of the books it includes,
which are its base classes. `scale.sick_days`, `BOOK.sick_days` and `scale.supposing(sick_days=…)` are checked:
a name that no book has is an error, and the type is that of the values as they are written: a whole number, a
share, a word, a list or a table of these.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mypy.nodes import TypeInfo
from mypy.plugin import AttributeContext, MethodContext, Plugin, ReportConfigContext
from mypy.types import AnyType, Instance, Type, TypeOfAny, TypeVarType, UnionType, get_proper_type

from ansinh.law.engine import ParameterBook, Scale

ROOM = "ansinh.law"
PARAMETERS = f"{ROOM}.engine.parameters"


class ScalesPlugin(Plugin):
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        owner, _, name = fullname.rpartition(".")
        if owner == f"{PARAMETERS}.Scale":
            return lambda asked: _figure(asked, name)
        if owner == f"{PARAMETERS}.ParameterBook":
            return lambda asked: _parameter(asked, name)
        return None

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        return _supposed if fullname.endswith("Scale.supposing") and fullname.startswith(ROOM) else None

    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        """A changed book of figures has every module that may read it checked again."""
        return _digest() if ctx.id.startswith("ansinh.") else None


def plugin(_version: str) -> type[Plugin]:
    return ScalesPlugin


def _figure(asked: AttributeContext, name: str) -> Type:
    scale = _bound(asked.type)
    if isinstance(scale, Instance) and scale.type.get(name):
        return asked.default_attr_type
    if not isinstance(scale, Instance) or scale.type.fullname == f"{PARAMETERS}.Scale":
        asked.api.fail(
            f'A plain Scale has no figures; name the scale of a book to read "{name}"', asked.context
        )
        return AnyType(TypeOfAny.from_error)
    values = _values(scale.type).get(name)
    if values is None:
        asked.api.fail(f'"{scale.type.name}" has no parameter "{name}"', asked.context)
        return AnyType(TypeOfAny.from_error)
    return _union(asked, values)


def _parameter(asked: AttributeContext, name: str) -> Type:
    book = _bound(asked.type)
    if isinstance(book, Instance) and book.type.get(name):
        return asked.default_attr_type
    scale = get_proper_type(book.args[0]) if isinstance(book, Instance) and book.args else None
    if isinstance(scale, Instance) and name not in _values(scale.type):
        asked.api.fail(f'The book of "{scale.type.name}" has no parameter "{name}"', asked.context)
    return asked.default_attr_type


def _supposed(asked: MethodContext) -> Type:
    scale = _bound(asked.type)
    if isinstance(scale, Instance):
        known = _values(scale.type)
        for name in (one for names in asked.arg_names for one in names if one):
            if name not in known:
                asked.api.fail(f'"{scale.type.name}" has no parameter "{name}"', asked.context)
    return asked.default_return_type


def _bound(kind: Type) -> Type:
    proper = get_proper_type(kind)
    return get_proper_type(proper.upper_bound) if isinstance(proper, TypeVarType) else proper


def _values(scale: TypeInfo) -> dict[str, list[Any]]:
    """The values of every figure of a scale: of its own folder and of those its base classes belong to."""
    found: dict[str, list[Any]] = {}
    for base in scale.mro:
        package, _, module = base.module_name.rpartition(".")
        if module == "book" and package.startswith(f"{ROOM}."):
            found |= _of_folder(package)
    return found


@cache
def _of_folder(package: str) -> dict[str, list[Any]]:
    book = ParameterBook.load(package, Scale)
    return {one.name: [value.value for value in one.values] for one in book}


def _union(asked: AttributeContext, values: list[Any]) -> Type:
    kinds: list[Type] = []
    for kind in (_kind(asked, value) for value in values):
        if kind not in kinds:
            kinds.append(kind)
    return kinds[0] if len(kinds) == 1 else UnionType(kinds)


def _kind(asked: AttributeContext, value: Any) -> Type:
    if isinstance(value, dict):
        return _named(
            asked, PARAMETERS, "Table", [_union(asked, list(value)), _union(asked, list(value.values()))]
        )
    if isinstance(value, tuple):
        return _named(asked, "builtins", "tuple", [_union(asked, list(value))])
    return _named(asked, type(value).__module__, type(value).__name__, [])


def _named(asked: AttributeContext, module: str, name: str, arguments: list[Type]) -> Type:
    node = asked.api.modules[module].names[name].node  # type: ignore[attr-defined]  # the checker itself
    assert isinstance(node, TypeInfo)
    return Instance(node, arguments)


@cache
def _digest() -> str:
    found = find_spec(ROOM)
    folders = list(found.submodule_search_locations or []) if found else []
    texts = [
        path.read_bytes() for folder in folders for path in sorted(Path(folder).glob("*/parameters.yaml"))
    ]
    return hashlib.sha256(b"".join(texts)).hexdigest()
