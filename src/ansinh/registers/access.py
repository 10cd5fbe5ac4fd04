"""Cửa vào sổ: the only way request code gets a person or an employer. Outside the scope it does not exist.

An officer sees the subtree of units their role was given in; an employer's clerk the employer and its own
people; a citizen only themselves. A read of a person's record is written down with its purpose.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.office import reading
from ansinh.office.access import Actor
from ansinh.registers.models import Employer, Household, Participation, Person


def people(actor: Actor, verb: str = "person.read") -> QuerySet[Person]:
    """People in the actor's scope: those its offices are in charge of, or insured at its employers."""
    spans = Participation.objects.filter(person=OuterRef("pk"))
    if actor.kind == "employer" and actor.may("own.people"):
        return Person.objects.filter(Exists(spans.filter(employer_id=actor.employer_id or 0)))
    if actor.kind == "citizen" and actor.may("own.record"):
        return Person.objects.filter(pk=actor.person_id or 0)
    if not actor.may(verb):
        return Person.objects.none()
    at_ours = spans.filter(actor.within(verb, "employer__office__path"))
    return Person.objects.filter(actor.within(verb) | Exists(at_ours))


def employers(actor: Actor, verb: str = "employer.read") -> QuerySet[Employer]:
    """The employers within the actor's scope. A clerk's own employer answers to every verb they hold."""
    if actor.kind == "employer":
        return Employer.objects.filter(pk=actor.employer_id or 0)
    if actor.kind == "citizen" or not actor.may(verb):
        return Employer.objects.none()
    return Employer.objects.filter(actor.within(verb))


def person(actor: Actor, pk: int, *, purpose: str, address: str, verb: str = "person.read") -> Person:
    """One person's record, for a stated purpose; the read is written down, whoever reads.

    Raises Person.DoesNotExist outside the scope.
    """
    found = people(actor, verb).select_related("office", "commune", "household").get(pk=pk)
    reading.record(actor, subject="person", subject_id=found.pk, purpose=purpose, address=address)
    return found


def household(actor: Actor, pk: int, *, purpose: str, address: str, verb: str = "person.read") -> Household:
    """A household somebody within the actor's scope belongs to; the read is written down.

    Raises Household.DoesNotExist outside the scope.
    """
    ours = people(actor, verb).filter(household=OuterRef("pk"))
    found = Household.objects.select_related("commune").filter(Exists(ours)).get(pk=pk)
    reading.record(actor, subject="household", subject_id=found.pk, purpose=purpose, address=address)
    return found


def employer(
    actor: Actor, pk: int, *, purpose: str = "", address: str = "", verb: str = "employer.read"
) -> Employer:
    """One employer; the read is written down when a purpose is given. Raises Employer.DoesNotExist."""
    found = employers(actor, verb).select_related("office", "commune", "officer").get(pk=pk)
    if purpose:
        reading.record(actor, subject="employer", subject_id=found.pk, purpose=purpose, address=address)
    return found


def employer_by_code(actor: Actor, unit_code: str, *, verb: str = "employer.read") -> Employer:
    """One employer by its unit code. Raises Employer.DoesNotExist outside the scope."""
    found = employers(actor, verb).select_related("office", "commune", "officer")
    return found.get(Q(unit_code=unit_code))
