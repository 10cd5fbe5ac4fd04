"""Chức năng: what a folder of pages registers of itself; whoever draws a menu or a work list asks here.

A feature is a folder of a face, `web/<face>/<feature>/`, with its views, tables, addresses (`urls.py`),
templates and static files. Its `feature.py` says what the rest needs to know of it:

    FEATURE = Feature(
        __name__,
        entries=(Entry(Group.COLLECTION, gettext_lazy("Tiền nộp"), "receipts", "receipt.read", order=20),),
        queues=(Queue("tien-cho-khop", gettext_lazy("Tiền chờ khớp"), "receipt.match", unmatched, table),),
    )

Nothing else is to be edited: a folder with a `feature.py` is found, with its addresses, entries and queues.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.office.rights import Actor

FACES = ("staff", "employer", "citizen")
Rows = QuerySet[Any] | list[Any]


class Group(TextChoices):
    """Nhóm của danh mục: in the order of the menu; what belongs to none stands before them."""

    NONE = "", ""
    PEOPLE = "people", _("Người và đơn vị")
    COLLECTION = "collection", _("Quản lý thu")
    BENEFITS = "benefits", _("Chế độ BHXH")
    HEALTH = "health", _("BHYT")
    PAYMENTS = "payments", _("Chi trả")
    STEERING = "steering", _("Chỉ tiêu và báo cáo")
    INSPECTION = "inspection", _("Kiểm tra")
    ADMINISTRATION = "administration", _("Quản trị")
    DEVELOPERS = "developers", _("Người phát triển")


@dataclass(frozen=True)
class Entry:
    """Mục của danh mục: `url_name` is reversed without arguments; who holds `verb` somewhere sees it.

    `kinds` are the kinds of unit whose page it is: a ledger is a province's, so a base office has no link.
    """

    group: Group
    label: str | Promise
    url_name: str
    verb: str
    kinds: tuple[str, ...] = ()
    order: int = 50


@dataclass(frozen=True)
class Queue:
    """Nhóm việc: who has it (`verb`), what waits in it, and as which table it is drawn.

    `counted` gives the sets that are counted where `rows` is a list put together from several.
    """

    name: str
    label: str | Promise
    verb: str
    rows: Callable[[Actor], Rows]
    draw: Callable[..., Any]
    order: int = 50
    counted: Callable[[Actor], Iterable[QuerySet[Any]]] | None = None


@dataclass(frozen=True)
class About:
    """Vật nói về gì: in a line, and whom that shows, (subject, key), for the reading log."""

    text: str
    shows: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True)
class Thing:
    """Vật có hồ sơ: the page of a thing that cases are about (`url_name`, with its key), and its words.

    `about(actor, keys)` tells of many at once, of those the actor may read; `answers` names what the answers
    of its steps hold: label and kind; `confirms` the steps whose answer may stand when done again; `ends`
    tells what becomes of the thing when its case is withdrawn or stopped.
    """

    kind: str
    url_name: str
    about: Callable[[Actor, Collection[int]], Mapping[int, About]]
    answers: Mapping[str, tuple[str | Promise, str]] = field(default_factory=dict)
    confirms: tuple[str, ...] = ()
    ends: str | Promise = ""


@dataclass(frozen=True)
class Numbered:
    """Văn bản có số: what bears official numbers as `thing`, what it is called, and its pages.

    `pages(actor, keys)` gives the addresses of those that the actor may open.
    """

    thing: str
    name: str | Promise
    pages: Callable[[Actor, Collection[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Feature:
    """Một chức năng: `module` is the name of its `feature.py`.

    Without an entry it says in `reached` how one comes to its pages; `developers` keeps it off other sites.
    """

    module: str
    entries: tuple[Entry, ...] = ()
    queues: tuple[Queue, ...] = ()
    things: tuple[Thing, ...] = ()
    numbered: tuple[Numbered, ...] = ()
    reached: str = ""
    developers: bool = False

    @property
    def package(self) -> str:
        """The folder, as a package."""
        return self.module.rpartition(".")[0]

    @property
    def face(self) -> str:
        """staff, employer or citizen."""
        return self.package.split(".")[-2]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.package.split(".")[-1]

    @property
    def urls(self) -> str:
        """Its table of addresses; "" when it has none."""
        name = f"{self.package}.urls"
        return name if find_spec(name) else ""


def every() -> list[Feature]:
    """All features of all faces; those for developers only where the site is a developer's."""
    return [one for one in _registered() if settings.DEVELOPER or not one.developers]


def of_face(face: str) -> list[Feature]:
    """The features of one face."""
    return [one for one in every() if one.face == face]


def things() -> dict[str, Thing]:
    """The things that cases are about, by kind."""
    return {thing.kind: thing for one in of_face("staff") for thing in one.things}


def numbered() -> dict[str, Numbered]:
    """What bears official numbers, by what the numbers call it."""
    return {one.thing: one for feature in of_face("staff") for one in feature.numbered}


@cache
def _registered() -> tuple[Feature, ...]:
    return tuple(one for face in FACES for one in found_in(f"{__package__}.{face}"))


def found_in(package: str) -> list[Feature]:
    """The features in the folders of a face, by name; none where the face has no pages yet."""
    if find_spec(package) is None:
        return []
    face = import_module(package)
    return [
        import_module(f"{package}.{folder.name}.feature").FEATURE
        for folder in sorted(pkgutil.iter_modules(face.__path__), key=lambda found: found.name)
        if folder.ispkg and find_spec(f"{package}.{folder.name}.feature")
    ]
