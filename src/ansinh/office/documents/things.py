"""Vật có tài liệu: what files may belong to, and by which right and scope these are read.

    documents.register(
        "declaration", model="collection.Declaration", verb="declaration.read",
        scope="ansinh.collection.declarations.selectors:in_scope", subject=Subject.DECLARATION,
        note="ansinh.collection.declarations.reader:note")

This room knows names only, so nothing here imports upward.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Thing:
    """Một loại vật. `scope` is ``(actor, verb) -> QuerySet``; `note` writes down whom its files show."""

    name: str
    model: str
    verb: str
    scope: str
    subject: str
    note: str = ""

    def row(self, key: int) -> Any:
        """The thing itself. Raises the model's DoesNotExist."""
        return apps.get_model(self.model)._default_manager.get(pk=key)  # noqa: SLF001 -- Django's own way

    def within(self, actor: Any) -> Any:
        """The rows whose files the actor may read."""
        return _function(self.scope)(actor, self.verb)

    def tell(self, actor: Any, row: Any) -> None:
        """Write down whom else a file of this thing shows."""
        if self.note:
            _function(self.note)(actor, row)


_registered: dict[str, Thing] = {}


def register(name: str, *, model: str, verb: str, scope: str, subject: str, note: str = "") -> None:
    """Khai báo một loại vật có tài liệu. Raises ValueError when the name already means something else."""
    told = Thing(name, model, verb, scope, str(subject), note)
    if _registered.setdefault(name, told) != told:
        raise ValueError(f"thing {name!r} is {_registered[name]!r} already")


def registered() -> list[Thing]:
    """Every kind of thing that has files."""
    return list(_registered.values())


def thing(name: str) -> Thing:
    """One kind of thing. Raises LookupError for a name that no room registered."""
    try:
        return _registered[name]
    except KeyError:
        raise LookupError(f"no room registers the thing {name!r}") from None


def _function(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
