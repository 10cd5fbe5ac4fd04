"""Ủy quyền của người xem: for whom somebody from outside acts, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.office import reading
from ansinh.office.models import Mandate
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers.models import Employer, Person

NAMED = {
    Mandate.Party.EMPLOYER: (Employer, "name", Subject.EMPLOYER),
    Mandate.Party.PERSON: (Person, "full_name", Subject.PERSON),
}


@dataclass(frozen=True, slots=True)
class Acting:
    """Một ủy quyền đang có: the party's name, what the holder is to it, until when (None: open)."""

    kind: str
    name: str
    role: str
    since: date
    until: date | None


def of(actor: Actor) -> list[Acting]:
    """Các ủy quyền đang có của người xem (at most three queries); the parties are noted as read.

    A party of a register that is not kept here (agents, hospitals) is told by its key.
    """
    held = {(m.party_kind, m.party, m.role) for m in actor.mandates}
    given = Mandate.objects.filter(user=actor.user, state=Mandate.State.GRANTED).order_by("valid_from", "pk")
    rows = [m for m in given if (m.party_kind, m.party, m.role) in held]
    names: dict[tuple[str, int], str] = {}
    for kind, (model, field, subject) in NAMED.items():
        keys = [m.party for m in rows if m.party_kind == kind]
        if keys:
            found = model._default_manager.filter(pk__in=keys).values_list("pk", field)  # noqa: SLF001
            names |= {(kind, pk): name for pk, name in found}
            reading.shown(actor, subject, keys, purpose=Purpose.OWN)
    return [
        Acting(
            str(m.get_party_kind_display()),
            names.get((m.party_kind, m.party), f"{m.party}"),
            str(m.get_role_display()),
            m.valid_from,
            m.valid_to,
        )
        for m in rows
    ]
