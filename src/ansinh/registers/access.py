"""Cửa vào sổ: the only way request code gets a person or an employer. Outside the scope it does not exist.

Each door takes the verb and the purpose, and writes the reading log: who is shown, and who was asked for in
vain. `people` and `employers` are the scopes that lists are drawn from; a list says itself what it draws.

An officer sees the subtree of units where they hold the verb; a mandate shows the party it is for.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull

from ansinh.office import reading
from ansinh.office.alarms import services as alarms
from ansinh.office.alarms.models import Kind
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers.models import CollectingAccount, Employer, Household, Participation, Person


def people(actor: Actor, verb: str = "person.read") -> QuerySet[Person]:
    """People in the actor's scope: those its offices are in charge of, or insured at its employers.

    By mandate: oneself, one's child, whom one is proxy for; an employer's clerk its workers.
    """
    spans = Participation.objects.filter(person=OuterRef("pk"))
    scope = Q(pk__in=actor.parties(verb, "person"))
    if actor.paths(verb):
        at_ours = spans.filter(actor.within(verb, "employer__office__path"))
        # a key is asked for, and not EXISTS, of which the database would first find everybody it is true for
        scope = Q(scope | actor.within(verb) | Q(IsNull(Subquery(at_ours.values("pk")[:1]), False)))
    if ours := actor.parties(verb, "employer"):
        scope = Q(scope | Exists(spans.filter(employer_id__in=ours)))
    return Person.objects.filter(scope)


def people_in_parts(actor: Actor, verb: str = "person.read") -> list[QuerySet[Person]]:
    """The sets that `people` of an officer is put together from, each found by its own index.

    First those of the actor's offices, then those insured at their employers; to be counted. None for who
    sees a whole province: that is nearly every row in the order of an index, and is read, not put together.
    """
    if actor.somewhere(verb, kinds=("vss", "province")):
        return []
    at_ours = Participation.objects.filter(actor.within(verb, "employer__office__path"))
    everybody = Person.objects
    return [everybody.filter(actor.within(verb)), everybody.filter(pk__in=at_ours.values("person_id"))]


def keyed(keys: Iterable[int]) -> RawSQL:
    """Keys as one array, for `pk__in`: the same statement, and it is sent, whether there are any or none."""
    return RawSQL("SELECT unnest(%s::bigint[])", ["{" + ",".join(str(int(key)) for key in keys) + "}"])


def known(actor: Actor, keys: Iterable[int], verb: str = "person.read") -> set[int]:
    """Those of the people whom the actor may read: one query, whatever their number. It shows nobody."""
    return set(people(actor, verb).filter(pk__in=keyed(keys)).values_list("pk", flat=True))


def employers(actor: Actor, verb: str = "employer.read") -> QuerySet[Employer]:
    """The employers at which the actor holds the verb, by role or by mandate."""
    return Employer.objects.filter(actor.within(verb) | Q(pk__in=actor.parties(verb, "employer")))


def person(actor: Actor, pk: int, *, purpose: str = Purpose.LOOKUP, verb: str = "person.read") -> Person:
    """One person's record, for a stated purpose. Raises Person.DoesNotExist outside the scope."""
    found = people(actor, verb).select_related("office", "commune", "household")
    return reading.one(actor, found, pk, subject=Subject.PERSON, purpose=purpose, verb=verb)


def household(
    actor: Actor, pk: int, *, purpose: str = Purpose.HOUSEHOLD, verb: str = "person.read"
) -> Household:
    """A household somebody within the actor's scope belongs to. Raises Household.DoesNotExist."""
    ours = people(actor, verb).filter(household=OuterRef("pk"))
    found = Household.objects.select_related("commune").filter(Exists(ours))
    return reading.one(actor, found, pk, subject=Subject.HOUSEHOLD, purpose=purpose, verb=verb)


def employer(
    actor: Actor, pk: int, *, purpose: str = Purpose.COLLECT, verb: str = "employer.read"
) -> Employer:
    """One employer. Raises Employer.DoesNotExist outside the scope."""
    found = employers(actor, verb).select_related("office", "commune", "officer")
    return reading.one(actor, found, pk, subject=Subject.EMPLOYER, purpose=purpose, verb=verb)


def employer_by_code(
    actor: Actor, unit_code: str, *, purpose: str = Purpose.DECLARE, verb: str = "employer.read"
) -> Employer:
    """One employer by its unit code. Raises Employer.DoesNotExist outside the scope."""
    found = employers(actor, verb).select_related("office", "commune", "officer").filter(unit_code=unit_code)
    for held in found:
        reading.shown(actor, Subject.EMPLOYER, [held.pk], purpose=purpose)
        return held
    reading.missed(actor, Subject.EMPLOYER, 0, purpose=purpose, verb=verb)
    raise Employer.DoesNotExist


def person_by_number(actor: Actor, number: str, *, purpose: str, verb: str = "person.read") -> Person | None:
    """The person of an SI number or citizen ID within the scope; None for an unknown or a foreign one.

    A number that does not match is counted; raises AlarmError for whoever has to wait, or was stopped.
    """
    alarms.admit(actor, Kind.CHECK)
    found = people(actor, verb).filter(Q(si_number=number) | Q(citizen_id=number)).first()
    if found is None:
        reading.missed(actor, Subject.NUMBER, 0, purpose=purpose, verb=verb)
        alarms.mismatched(actor, Kind.CHECK, 1)
        return None
    reading.shown(actor, Subject.PERSON, [found.pk], purpose=purpose)
    return found


def member(
    actor: Actor, household: Household, pk: int, *, verb: str, purpose: str = Purpose.HOUSEHOLD
) -> Person:
    """One member of a household within the scope. Raises Person.DoesNotExist outside it."""
    ours = people(actor, verb).filter(household=household)
    return reading.one(actor, ours, pk, subject=Subject.PERSON, purpose=purpose, verb=verb)


def accounts(actor: Actor, verb: str = "receipt.read") -> QuerySet[CollectingAccount]:
    """Collecting accounts of the offices at which the verb is held: those two people agreed on."""
    found = CollectingAccount.objects.filter(actor.within(verb), state__in=["confirmed", "ended"])
    return found.select_related("office").order_by("bank", "number")


def collecting(actor: Actor, *verbs: str) -> QuerySet[CollectingAccount]:
    """Collecting accounts of every state, proposals too, of the offices at which one of the verbs is held."""
    scope = Q(pk__in=[])
    for verb in verbs:
        scope |= actor.within(verb)
    found = CollectingAccount.objects.filter(scope).select_related("office", "proposed_by", "decided_by")
    return found.order_by("office__path", "-valid_from", "-pk")


def collecting_account(actor: Actor, pk: int) -> CollectingAccount:
    """One of them, for whoever edits or confirms there; it shows nobody. Raises its DoesNotExist."""
    return collecting(actor, "unit.edit", "unit.confirm").get(pk=pk)
