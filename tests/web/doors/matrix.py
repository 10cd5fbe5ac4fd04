"""Suy từ một dòng ra một ô: what a row of `expected.py` means for a seat, a place and a method."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.doors.expected import ROLES, ROWS, Row
from tests.web.doors.scene import Place, Scene, Seat

ABOVE = {"A": "AP", "B": "BP", "C": "CQ"}
"""Where a right must be held to reach what is at a place."""
ANSWERED = frozenset({"GET", "HEAD", "POST"})
TAKEN = frozenset({200, 302, 422})
PROVINCE_OF = {"A": "P", "B": "P", "C": "Q"}


def names() -> set[str]:
    """Every name of the URL table."""
    return {str(p.name or p.pattern) for p in patterns(get_resolver())}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def address(key: str, place: Place) -> str:
    """The address of a row at a place."""
    row = ROWS[key]
    made = reverse(key.partition(":")[0], kwargs=row.name(place) if row.name else None)
    return made + row.query


def is_named(row: Row) -> bool:
    """Whether the address names something that exists at each place."""
    return row.at in {"object", "province-object"}


def expected(row: Row, seat: Seat, place: str, method: str) -> int:
    """The status that is right."""
    let_in = {"GET": row.get, "HEAD": row.get, "POST": row.post}.get(method, 405)
    if method not in ANSWERED or (let_in == 405 and row.public):
        return 405
    if row.public and seat.user is None:
        return row.stranger if row.stranger and method != "POST" else let_in
    if seat.user is None:
        return 302
    if row.public or row.signed_in:
        return _own(row, seat, let_in)
    held = seat.held
    if not any(role in _roles(row.who) for role, _at in held):
        return 405 if let_in == 405 and held and row.others != 403 else row.others if held else 403
    if let_in == 405:
        return 405
    if row.at == "anywhere":
        return let_in
    if row.at == "province":
        return let_in if _reaches(held, row.who, "PQ") else 404
    where = PROVINCE_OF[place] if row.at == "province-object" else ABOVE[place]
    reached = _reaches(held, row.who, where) and (not row.also or _reaches(held, row.also, where))
    return let_in if reached else 404


def _own(row: Row, seat: Seat, let_in: int) -> int:
    """The status of a page that is everybody's own, for somebody signed in."""
    if seat.mandates and row.outside:
        return (row.outside_post or let_in) if let_in == 405 else row.outside
    if not seat.held and not seat.mandates and row.others != 403 and let_in != 405:
        return row.others
    return let_in


def same(wanted: int, got: int, method: str) -> bool:
    """Whether the answer is the one that is right.

    A form taken may lead on, ask again or say what is wrong; what takes no form may as well not be there.
    """
    if method != "POST":
        return got == wanted
    return got == wanted or (wanted in TAKEN and got in TAKEN) or (wanted == 405 and got == 404)


def _roles(letters: str) -> set[str]:
    return {ROLES[letter] for letter in letters}


def _reaches(held: tuple[tuple[str, str], ...], who: str, places: str) -> bool:
    return any(role in _roles(who) and at in places for role, at in held)


WHOLE = frozenset({"director@P", "administrator@P", "mixed"})
"""Seats that also take every table away as a workbook and read every report."""


def is_variant(key: str) -> bool:
    """A workbook of a page, or one report of many."""
    return key.endswith("export") or key.startswith("reports:") or "=" in key


def rows_for(seat: Seat) -> dict[str, Row]:
    """The rows tried as a seat: variants of a page that ask the same right are for some seats only."""
    return {k: r for k, r in ROWS.items() if seat.name in WHOLE or not is_variant(k)}


def tried(scene: Scene, row: Row, seat: Seat) -> Iterator[tuple[str, Place]]:
    """The places at which the row's address is tried: one in reach, and one that is not."""
    if not is_named(row):
        names = "A"
    elif seat.name in WHOLE:
        names = "ABC"
    else:
        names = "AC" if seat.name.endswith("@P") else "AB"
    for name in names:
        yield name, scene.places[name]
