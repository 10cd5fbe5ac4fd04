"""Thanh điều hướng: the entries features register, in groups, each shown to who may use it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from ansinh.office.rights import Actor
from ansinh.web import features
from ansinh.web.features import Entry, Feature, Group

OUTSIDE = ("employer", "citizen")


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


def menus(request: HttpRequest, actor: Actor | None) -> list[Menu]:
    """The groups that hold something for this actor, in order; none when nobody is signed in."""
    if actor is None:
        return []
    faces = ("staff",) if actor.is_staff else OUTSIDE
    shown = [
        (entry, one, reverse(entry.url_name))
        for face in faces
        for one in features.of_face(face)
        for entry in one.entries
        if actor.somewhere(entry.verb, kinds=entry.kinds)
    ]
    order = list(Group)
    shown.sort(key=lambda found: (order.index(found[0].group), found[0].order))
    here = _here(request, shown)
    return [
        Menu(
            group.value,
            group.label,
            [
                Link(entry.label, url, ("page" if request.path == url else "true") if entry is here else "")
                for entry, _one, url in found
            ],
        )
        for group, found in groupby(shown, key=lambda found: found[0].group)
    ]


def _here(request: HttpRequest, shown: list[tuple[Entry, Feature, str]]) -> Entry | None:
    """The entry the reader is at or below: of the page's own feature, the one with the longest address."""
    match = request.resolver_match
    view = getattr(match.func, "__module__", "") if match else ""
    of_page = [found for found in shown if view.startswith(f"{found[1].package}.")]
    above = [found for found in of_page if request.path.startswith(found[2])] or of_page
    return max(above, key=lambda found: len(found[2]))[0] if above else None
