"""Cửa vào sổ đăng ký: the only way request code gets a person or an employer. Outside the scope nothing exists.

Officers see their units' subtree, an employer's clerk the people of that employer, a citizen only themselves.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.office import reading
from ansinh.office.access import Actor
from ansinh.registers.models import Employer, Participation, Person


def people(actor: Actor) -> QuerySet[Person]:
    """People within the actor's scope: those an office of theirs is in charge of, or insured at its employers."""
    if actor.kind == "citizen":
        return Person.objects.filter(pk=actor.person_id)
    spans = Participation.objects.filter(person=OuterRef("pk"))
    if actor.kind == "employer":
        return Person.objects.filter(Exists(spans.filter(employer_id=actor.employer_id)))
    if not actor.may("person.read"):
        return Person.objects.none()
    if _whole(actor, "person.read"):
        return Person.objects.all()
    at_ours = spans.filter(actor.within("person.read", "employer__office__path"))
    return Person.objects.filter(actor.within("person.read") | Exists(at_ours))


def employers(actor: Actor) -> QuerySet[Employer]:
    """Employers within the actor's scope."""
    if actor.kind == "employer":
        return Employer.objects.filter(pk=actor.employer_id)
    if actor.kind == "citizen":
        return Employer.objects.none()
    return Employer.objects.filter(actor.within("employer.read"))


def person(actor: Actor, pk: int, *, purpose: str, address: str) -> Person:
    """One person's record; the read is written down. Raises Person.DoesNotExist outside the scope."""
    found = people(actor).select_related("commune", "office", "household").get(pk=pk)
    reading.record(actor, subject="person", subject_id=found.pk, purpose=purpose, address=address)
    return found


def employer(actor: Actor, pk: int, *, purpose: str, address: str) -> Employer:
    """One employer's record; the read is written down. Raises Employer.DoesNotExist outside the scope."""
    found = employers(actor).select_related("commune", "office__parent", "officer").get(pk=pk)
    reading.record(actor, subject="employer", subject_id=found.pk, purpose=purpose, address=address)
    return found


def _whole(actor: Actor, verb: str) -> bool:
    """Whether the verb is granted at the root, so that no filter is needed."""
    return any(path.count("/") == 2 for path in actor.paths(verb))  # "/1/"


def scope(actor: Actor, verb: str, path: str) -> Q:
    """The actor's scope as a filter, empty when it is the whole country."""
    return Q() if _whole(actor, verb) else actor.within(verb, path)
