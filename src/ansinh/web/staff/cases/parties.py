"""Người, đơn vị phải tránh: found by number through the registers' doors, named for a list in sets."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.exceptions import ObjectDoesNotExist

from ansinh.office.alarms import services as alarms
from ansinh.office.alarms.models import Kind
from ansinh.office.reading import Purpose
from ansinh.office.rights import Actor
from ansinh.registers import access


def find(actor: Actor, kind: str, number: str, verb: str) -> int | None:
    """The key of a party where the actor holds the verb; None for an unknown or a foreign one.

    Raises AlarmError for whoever tried too many numbers.
    """
    if kind == "person":
        person = access.person_by_number(actor, number, purpose=Purpose.CASE, verb=verb)
        return person.pk if person else None
    alarms.admit(actor, Kind.CHECK)
    try:
        return access.employer_by_code(actor, number, purpose=Purpose.CASE, verb=verb).pk
    except ObjectDoesNotExist:
        alarms.mismatched(actor, Kind.CHECK, 1)
        return None


def names(actor: Actor, verb: str, keys: Mapping[str, Collection[int]]) -> dict[str, dict[int, str]]:
    """Names by kind and key, of those where the actor holds the verb: two queries."""
    people = access.people(actor, verb).filter(pk__in=access.keyed(keys.get("person", ())))
    employers = access.employers(actor, verb).filter(pk__in=access.keyed(keys.get("employer", ())))
    return {
        "person": dict(people.values_list("pk", "full_name")),
        "employer": dict(employers.values_list("pk", "name")),
    }
