"""Người thao tác: who asks, with the roles held at units and the mandates held for parties.

A verb is held **at** a place: `actor.may("receipt.match", at=receipt)`. The place is a unit, or a thing that
says where it is (`places()`: unit paths; `parties()`: whom it belongs to). Rights of two assignments never
mix, because every question names one verb and one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q
from django.utils import timezone

from ansinh.office.rights.models import Given, User
from ansinh.office.rights.verbs import verb as verb_of

if TYPE_CHECKING:
    from ansinh.office.reading.log import Log


class Placed(Protocol):
    """Vật có nơi: anything a right can be held at."""

    def places(self) -> Sequence[str]:
        """Paths of the units in charge; holding the verb at one of them, or above, is enough."""
        ...


@dataclass(frozen=True)
class Held:
    """Một phân quyền đang có: a role at a unit (`path` "/1/20/", `kind` province, base_office, …)."""

    role: str
    path: str
    kind: str


@dataclass(frozen=True)
class Entrusted:
    """Một ủy quyền đang có: acting as `role` for the party (`party_kind`, `party`)."""

    role: str
    party_kind: str
    party: int


@dataclass(frozen=True)
class Actor:
    """Người thao tác: a user with the rights of today. `log` collects what this request or command shows."""

    user: User
    held: tuple[Held, ...] = ()
    mandates: tuple[Entrusted, ...] = ()
    log: Log | None = field(default=None, compare=False, repr=False)

    @property
    def is_staff(self) -> bool:
        """An officer, not somebody from outside."""
        return self.user.kind == User.Kind.STAFF

    def may(self, verb: str, *, at: Placed) -> bool:
        """Whether the verb is held at this place: its unit or one above it, or for a party it belongs to."""
        wanted = verb_of(verb)
        paths = tuple(h.path for h in self.held if h.role in wanted.roles)
        if paths and any(place.startswith(paths) for place in at.places()):
            return True
        ours = {(m.party_kind, m.party) for m in self.mandates if m.role in wanted.mandates}
        return bool(ours) and any(party in ours for party in parties_of(at))

    def somewhere(self, verb: str, *, kinds: Iterable[str] = ()) -> bool:
        """Whether the verb is held anywhere (at units of these kinds): to draw a menu, no more."""
        wanted, levels = verb_of(verb), set(kinds)
        return any(h.role in wanted.roles and (not levels or h.kind in levels) for h in self.held) or (
            not levels and any(m.role in wanted.mandates for m in self.mandates)
        )

    def paths(self, verb: str) -> tuple[str, ...]:
        """Paths of the units at which the verb is held; empty when it is held at none."""
        wanted = verb_of(verb)
        return tuple(sorted({h.path for h in self.held if h.role in wanted.roles}))

    def reaches(self, verb: str, *, as_far_as: str) -> bool:
        """Whether an officer holds the verb wherever they hold the other one."""
        held = self.paths(verb)
        return not self.mandates and all(path.startswith(held) for path in self.paths(as_far_as))

    def within(self, verb: str, path: str = "office__path") -> Q:
        """Filter keeping rows whose unit path lies where the verb is held; none without the verb."""
        scope = Q(pk__in=[])
        for prefix in self.paths(verb):
            scope |= Q(**{f"{path}__startswith": prefix})
        return scope

    def parties(self, verb: str, kind: str) -> tuple[int, ...]:
        """Keys of the parties of a kind (employer, person, …) for whom the verb is held by mandate."""
        wanted = verb_of(verb)
        return tuple(
            sorted({m.party for m in self.mandates if m.party_kind == kind and m.role in wanted.mandates})
        )


def parties_of(thing: Any) -> Iterable[tuple[str, int]]:
    """Whom a thing belongs to, as (kind, key); a unit belongs to nobody outside."""
    told = getattr(thing, "parties", None)
    return told() if told is not None else ()


def actor_of(user: User, on: date | None = None, *, log: Log | None = None) -> Actor:
    """The actor behind an account, with what is granted and in force on the day (one query).

    Officers hold roles, people from outside hold mandates; neither ever holds the other.
    """
    day = on or timezone.localdate()
    in_force = Q(state=Given.State.GRANTED, valid_from__lte=day) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )
    if user.kind == User.Kind.STAFF:
        roles = user.roles.filter(in_force).values_list("role", "unit__path", "unit__kind")
        return Actor(user, held=tuple(Held(*row) for row in roles), log=log)
    given = user.mandates.filter(in_force).values_list("role", "party_kind", "party")
    return Actor(user, mandates=tuple(Entrusted(*row) for row in given), log=log)


class Denied(PermissionError):  # noqa: N818 -- read as a sentence: raise Denied(verb)
    """Không có quyền: the actor does not hold the verb at the place a service asks for."""

    def __init__(self, verb: str) -> None:
        super().__init__(f"Không có quyền '{verb}' ở đây / not permitted here: {verb}")
        self.verb = verb


def require(actor: Actor, verb: str, *, at: Placed) -> None:
    """Raise `Denied` unless the actor holds the verb at the place. Services call it first."""
    if not actor.may(verb, at=at):
        raise Denied(verb)
