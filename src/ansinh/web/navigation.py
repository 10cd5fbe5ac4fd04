"""Thanh điều hướng: the entries features register, in groups, each shown to who may use it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from ansinh.office.rights import Actor
from ansinh.web import features
from ansinh.web.features import Entry, Group

OUTSIDE = ("employer", "citizen")
KEPT = 256  # standings: sets of roles that somebody has

_known: dict[Hashable, tuple[Shown, ...]] = {}


@dataclass(frozen=True)
class Link:
    """An entry as drawn: where it leads, and whether the reader is there ("page") or below it ("true")."""

    label: str | Promise
    url: str
    current: str


@dataclass(frozen=True)
class Menu:
    """A group as drawn; the first one has no name and stands open."""

    name: str
    label: str | Promise
    links: list[Link]

    @property
    def current(self) -> bool:
        """Whether the reader is in it."""
        return any(link.current for link in self.links)


@dataclass(frozen=True)
class Shown:
    """An entry that somebody sees: with the folder of its pages and its address."""

    entry: Entry
    package: str
    url: str


class Menus:
    """Danh mục của một trang: the groups that hold something for this actor, none for a visitor."""

    def __init__(self, request: HttpRequest, actor: Actor | None) -> None:
        self._path = request.path
        self._standing = _standing(actor)
        self._shown = _shown(self._standing, actor) if actor is not None else ()
        self._here = _here(request, self._shown)

    @property
    def place(self) -> Hashable:
        """What the menu depends on beside the language: equal places have the same menu."""
        here = self._here.url if self._here else ""
        return self._standing, here, here == self._path

    @cached_property
    def drawn(self) -> list[Menu]:
        """The groups in order, with the mark of where the reader is."""
        return [
            Menu(group.value, group.label, [self._link(one) for one in found])
            for group, found in groupby(self._shown, key=lambda one: one.entry.group)
        ]

    def _link(self, one: Shown) -> Link:
        current = ("page" if self._path == one.url else "true") if one is self._here else ""
        return Link(one.entry.label, one.url, current)


def _standing(actor: Actor | None) -> Hashable:
    """What decides which entries somebody sees: kind of account, roles by kind of unit, roles of mandates."""
    if actor is None:
        return None
    roles = frozenset((held.role, held.kind) for held in actor.held)
    return actor.is_staff, roles, frozenset(mandate.role for mandate in actor.mandates), settings.DEVELOPER


def _shown(standing: Hashable, actor: Actor) -> tuple[Shown, ...]:
    """The entries of a standing, in their order; asked of the first actor who has it."""
    known = _known.get(standing)
    if known is None:
        faces = ("staff",) if actor.is_staff else OUTSIDE
        found = [
            Shown(entry, f"{one.package}.", reverse(entry.url_name))
            for face in faces
            for one in features.of_face(face)
            for entry in one.entries
            if actor.somewhere(entry.verb, kinds=entry.kinds)
        ]
        order = list(Group)
        known = tuple(sorted(found, key=lambda one: (order.index(one.entry.group), one.entry.order)))
        if len(_known) >= KEPT:
            _known.clear()
        _known[standing] = known
    return known


def _here(request: HttpRequest, shown: Sequence[Shown]) -> Shown | None:
    """The entry the reader is at or below: of the page's own feature, the one with the longest address."""
    match = request.resolver_match
    view = getattr(match.func, "__module__", "") if match else ""
    of_page = [one for one in shown if view.startswith(one.package)]
    above = [one for one in of_page if request.path.startswith(one.url)] or of_page
    return max(above, key=lambda one: len(one.url)) if above else None
