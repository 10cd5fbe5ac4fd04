"""Ai được làm gì, ở đâu: who may do what, in which subtree of units. Deny unless declared.

A verb is `room.act`. A role grants verbs; an assignment grants a role in a unit's subtree. Request code gets
objects only through a room's own `access.py`, which filters by `Actor.within(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from ansinh.office.models import User

READ = {"work.read", "search.use", "unit.read", "target.read", "law.read", "ui.read"}
REGISTER = {"person.read", "employer.read"}
COLLECTION = {"declaration.read", "statement.read", "run.read", "receipt.read", "report.read"}

VERBS: dict[str, frozenset[str]] = {
    "reception": frozenset(READ | REGISTER | {"declaration.read", "declaration.receive"}),
    "collection": frozenset(
        READ
        | REGISTER
        | COLLECTION
        | {
            "declaration.receive",
            "declaration.book",
            "employer.edit",
            "person.edit",
            "receipt.match",
            "refund.prepare",
            "run.start",
            "urge.send",
        }
    ),
    "benefits": frozenset(READ | REGISTER | {"statement.read"}),
    "health_review": frozenset(READ | {"person.read"}),
    "finance": frozenset(
        READ
        | COLLECTION
        | {"employer.read", "bank.read_file", "receipt.match", "refund.prepare", "ledger.read", "run.start"}
    ),
    "checks": frozenset(READ | REGISTER | COLLECTION | {"history.read"}),
    "planning": frozenset(READ | {"report.read", "target.edit", "run.read"}),
    "director": frozenset(
        READ
        | REGISTER
        | COLLECTION
        | {"declaration.book", "refund.approve", "run.start", "month.close", "ledger.read", "target.edit"}
        | {"history.read"}
    ),
    "administrator": frozenset({"staff.manage", "reading.read", "unit.read", "ui.read", "work.read"}),
}
EMPLOYER_VERBS = frozenset({"own.statement", "own.declare", "own.people"})
CITIZEN_VERBS = frozenset({"own.record"})


@dataclass(frozen=True)
class Actor:
    """Người thao tác: a user with the rights of today. `grants` maps a verb to unit path prefixes."""

    user: User
    kind: str
    employer_id: int | None = None
    person_id: int | None = None
    roles: tuple[str, ...] = ()
    grants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def may(self, verb: str) -> bool:
        """Whether the verb is granted anywhere."""
        return verb in self.grants or verb in self.own

    def paths(self, verb: str) -> tuple[str, ...]:
        """Path prefixes of the units in which the verb is granted; empty when it is not."""
        return self.grants.get(verb, ())

    def within(self, verb: str, path: str = "office__path") -> Q:
        """Filter keeping rows whose unit path lies in the actor's scope; none without the verb."""
        scope = Q(pk__in=[])
        for prefix in self.paths(verb):
            scope |= Q(**{f"{path}__startswith": prefix})
        return scope


def actor_of(user: User, on: date | None = None) -> Actor:
    """The actor behind a signed-in user, with the role assignments in force on the day (one query)."""
    if user.kind == "employer":
        return Actor(user, user.kind, employer_id=user.employer_key, own=EMPLOYER_VERBS)
    if user.kind == "citizen":
        return Actor(user, user.kind, person_id=user.person_key, own=CITIZEN_VERBS)
    day = on or timezone.localdate()
    held = (
        user.roles.filter(valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .values_list("role", "unit__path")
    )
    return Actor(user, user.kind, roles=tuple(sorted({r for r, _ in held})), grants=_grants(held))


def _grants(held: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grants: dict[str, set[str]] = {}
    for role, path in held:
        for verb in VERBS[role]:
            grants.setdefault(verb, set()).add(path)
    return {verb: tuple(sorted(paths)) for verb, paths in grants.items()}


class Denied(PermissionError):  # noqa: N818 -- read as a sentence: raise Denied(verb)
    """Không có quyền: the actor lacks the verb a service asks for."""

    def __init__(self, verb: str) -> None:
        super().__init__(f"Không có quyền '{verb}' / not permitted: {verb}")
        self.verb = verb


def require(actor: Actor, verb: str) -> None:
    """Raise `Denied` unless the actor holds the verb. Services call it first."""
    if not actor.may(verb):
        raise Denied(verb)
