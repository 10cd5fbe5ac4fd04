"""Ô của bảng: what columns are commonly made of, asked once for a page and not once a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from django.urls import reverse

PROBE = 987_654_321_012_345_678
"""Stands for a key while an address is made; no address of ours holds it otherwise."""


@cache
def _around(name: str, more: tuple[object, ...]) -> tuple[str, str]:
    begins, _key, ends = reverse(name, args=[PROBE, *more]).partition(str(PROBE))
    return begins, ends


def page_of(name: str, key: object) -> str:
    """The address of the page `name` of one key."""
    begins, ends = _around(name, ())
    return f"{begins}{key}{ends}"


def link(name: str, *more: object, key: str = "pk") -> Callable[[Any], str]:
    """Where each row leads: the page `name` of the key at an attribute path, and of what follows it."""
    begins, ends = _around(name, more)
    read = attrgetter(key)
    return lambda row: f"{begins}{read(row)}{ends}"


def display(path: str) -> Callable[[Any], str]:
    """The words of a choice, such as "state" or "look.purpose": each value is put into words once."""
    owner, _dot, field = path.rpartition(".")
    read, method = attrgetter(path), f"{owner}.get_{field}_display".lstrip(".")
    ask = attrgetter(method)
    known: dict[Any, str] = {}

    def words(row: Any) -> str:
        value = read(row)
        if value not in known:
            known[value] = str(ask(row)())
        return known[value]

    return words
