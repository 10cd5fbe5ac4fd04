"""Bên được ủy quyền: found by its number through its register's door, opened again for whoever decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from ansinh.office.alarms import services as alarms
from ansinh.office.alarms.models import Kind
from ansinh.office.models import Mandate, Unit
from ansinh.office.reading import Purpose
from ansinh.office.rights import Actor
from ansinh.office.staff.selectors import GRANT, MANAGE
from ansinh.registers import access
from ansinh.registers.models import Employer, Person
from ansinh.web.ui import words

EMPLOYERS = (Mandate.Role.CLERK,)


@dataclass(frozen=True)
class Party:
    """Một bên: its kind and key, its name and number for the page, the office in charge of it."""

    kind: str
    key: int
    name: str
    code: str
    unit: Unit

    @property
    def shown(self) -> tuple[object, ...]:
        """What the page shows of it, for the digest of a decision."""
        return (self.kind, self.key, self.name, self.code, self.unit.pk)


def find(actor: Actor, role: str, number: str) -> Party | None:
    """The party of a number at whose office the actor administers; None for an unknown or a foreign one.

    Raises AlarmError for whoever tried too many numbers.
    """
    if role in EMPLOYERS:
        alarms.admit(actor, Kind.CHECK)
        try:
            return _told(access.employer_by_code(actor, number, purpose=Purpose.MANDATE, verb=MANAGE))
        except ObjectDoesNotExist:
            alarms.mismatched(actor, Kind.CHECK, 1)
            return None
    found = access.person_by_number(actor, number, purpose=Purpose.MANDATE, verb=MANAGE)
    # a person is in reach through an employer too; who acts for them is for the office in charge
    return _told(found) if found is not None and actor.may(MANAGE, at=found.office) else None


def of(actor: Actor, mandate: Mandate) -> Party | None:
    """The party of a mandate, for whoever grants or administers at its office; None out of reach or gone."""
    verb = GRANT if actor.may(GRANT, at=mandate) else MANAGE
    try:
        if mandate.party_kind == Mandate.Party.EMPLOYER:
            return _told(access.employer(actor, mandate.party, purpose=Purpose.MANDATE, verb=verb))
        if mandate.party_kind == Mandate.Party.PERSON:
            return _told(access.person(actor, mandate.party, purpose=Purpose.MANDATE, verb=verb))
    except ObjectDoesNotExist:
        return None
    return None


def _told(found: Employer | Person) -> Party:
    if isinstance(found, Employer):
        return Party(Mandate.Party.EMPLOYER, found.pk, found.name, found.unit_code, found.office)
    return Party(
        Mandate.Party.PERSON, found.pk, found.full_name, words.grouped(found.si_number), found.office
    )
