"""Một ô tìm kiếm: SI number, citizen ID, phone, unit code, tax code, or a name with or without diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from ansinh.kernel.identity import mask
from ansinh.kernel.text import fold
from ansinh.office import reading
from ansinh.office.alarms import services as alarms
from ansinh.office.alarms.models import Kind
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access
from ansinh.registers.models import Employer, Person

Found = TypeVar("Found", Person, Employer)
UNIT_CODE = re.compile(r"[0-9A-Z]{5,20}")
PERSON_NUMBER = re.compile(r"[0-9]{9,12}")
"""Numbers of persons: an old or new identity card, an SI number, a phone."""
WORD = re.compile(r"[a-z0-9]+")
VECTOR = "to_tsvector('simple'::regconfig, COALESCE(t.name_fold, ''))"
"""As the indexes `person_words` and `employer_words` have it."""
LOOKED_AT = 200
"""Namesakes of other offices looked at for people insured at the actor's employers."""


@dataclass(frozen=True)
class Hit:
    """Kết quả: what it is, its key, how it is shown (numbers masked), and whether it was named exactly."""

    kind: str  # person | employer
    pk: int
    title: str
    code: str
    note: str
    exact: bool


def search(actor: Actor, text: str, *, limit: int = 20) -> list[Hit]:
    """Tìm trong phạm vi của người dùng: exact hits by number, else names. At most nine queries, all by index.

    A number is tried as every number it can be (marked `exact`). Anything else is a name: those that begin
    with the text come first, then those that have all its words in any order, the last perhaps unfinished.
    Numbers of persons that are not found are counted; raises AlarmError when they became too many.
    """
    asked = " ".join(text.split())
    if not asked or limit <= 0:
        return []
    number = PERSON_NUMBER.fullmatch(re.sub(r"[\s.\-+]", "", asked))
    if number:
        alarms.admit(actor, Kind.SEARCH)
    hits = _found(actor, asked, limit)[:limit]
    for subject in (Subject.PERSON, Subject.EMPLOYER):
        reading.shown(actor, subject, [h.pk for h in hits if h.kind == subject], purpose=Purpose.SEARCH)
    if not hits:
        reading.missed(actor, Subject.NUMBER, 0, purpose=Purpose.SEARCH)
        alarms.mismatched(actor, Kind.SEARCH, 1 if number else 0)
    return hits


def employers(actor: Actor, text: str, *, limit: int = 20) -> list[Hit]:
    """Tìm đơn vị trong phạm vi: by code, tax code or phone, else by name. It asks about no person."""
    asked = " ".join(text.split())
    if not asked or limit <= 0:
        return []
    hits = _employers_numbered(actor, asked, limit)
    name = fold(asked)
    if not hits and WORD.search(name) and not re.sub(r"[\s.\-+]", "", asked).isdigit():
        hits = [_employer(e, exact=False) for e in _employers_named(actor, name, limit)]
    reading.shown(actor, Subject.EMPLOYER, [h.pk for h in hits], purpose=Purpose.SEARCH)
    return hits


def _found(actor: Actor, asked: str, limit: int) -> list[Hit]:
    hits = _by_number(actor, asked, limit)
    code = re.sub(r"[\s.\-+]", "", asked)
    if hits or code.isdigit():
        return hits
    name = fold(asked)
    if not WORD.search(name):
        return []
    employers = _employers_named(actor, name, limit // 2)
    people = _people_named(actor, name, limit - len(employers))
    return [_employer(e, exact=False) for e in employers] + [_person(p, exact=False) for p in people]


def _by_number(actor: Actor, asked: str, limit: int) -> list[Hit]:
    spaced = re.sub(r"[\s.]", "", asked).upper()
    code = re.sub(r"[\-+]", "", spaced)
    hits: list[Hit] = []
    if code.isascii() and code.isdigit():
        numbers = {code, f"0{code[2:]}"} if spaced.startswith("+84") else {code}
        found = access.people(actor).filter(
            Q(si_number__in=numbers) | Q(citizen_id__in=numbers) | Q(phone__in=numbers)
        )
        hits += [_person(p, exact=True) for p in found.select_related("commune")[:limit]]
    return hits + _employers_numbered(actor, asked, limit)


def _employers_numbered(actor: Actor, asked: str, limit: int) -> list[Hit]:
    spaced = re.sub(r"[\s.]", "", asked).upper()
    code = re.sub(r"[\-+]", "", spaced)
    if not UNIT_CODE.fullmatch(code) or not any(c.isdigit() for c in code):
        return []
    held = access.employers(actor).filter(Q(unit_code=code) | Q(tax_code__in={code, spaced}) | Q(phone=code))
    return [_employer(e, exact=True) for e in held[:limit]]


def _employers_named(actor: Actor, name: str, limit: int) -> list[Employer]:
    if not actor.is_staff:
        return list(_small(access.employers(actor), name)[:limit])
    keys = _named("registers_employer", name, _offices(actor, "employer.read"), limit)
    return _in_order(Employer.objects.in_bulk(keys).values())[:limit]


def _people_named(actor: Actor, name: str, limit: int) -> list[Person]:
    if not actor.is_staff:
        return list(_small(access.people(actor), name).select_related("commune")[:limit])
    keys = _named("registers_person", name, _offices(actor, "person.read"), limit)
    if len(keys) < limit and actor.paths("person.read"):
        # of the namesakes elsewhere, those insured at an employer of ours
        others = set(_named("registers_person", name, None, LOOKED_AT)) - set(keys)
        ours = access.people(actor).filter(pk__in=others).order_by("pk").values_list("pk", flat=True)
        keys += list(ours[: limit - len(keys)])
    found = Person.objects.select_related("commune").in_bulk(keys)
    return _in_order(found.values())[:limit]


def _small(scope: QuerySet[Found], name: str) -> QuerySet[Found]:
    """Names having all the words, of a scope small enough to look through."""
    for word in WORD.findall(name):
        scope = scope.filter(name_fold__contains=word)
    return scope.order_by("name_sort", "pk")


def _named(table: str, name: str, offices: list[int] | None, limit: int) -> list[int]:
    """Keys of the names that begin with the text, filled up with those that have its words."""
    within = "" if offices is None else "AND t.office_id = ANY(%(offices)s)"
    bound = {
        "begins": re.sub(r"([\\%_])", r"\\\1", name) + "%",
        "words": " & ".join(f"'{w}'" for w in WORD.findall(name)) + ":*",
        "offices": offices,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        # USING ~<~ is the order of the index, so that the first rows are the answer
        cursor.execute(
            f"""SELECT t.id FROM {table} t WHERE t.name_fold LIKE %(begins)s {within}
                ORDER BY t.name_fold USING ~<~ LIMIT %(limit)s""",
            bound,
        )
        keys = [int(row[0]) for row in cursor.fetchall()]
        if len(keys) < limit:
            cursor.execute(
                f"""SELECT t.id FROM {table} t WHERE {VECTOR} @@ %(words)s::tsquery {within}
                    LIMIT %(limit)s""",
                bound,
            )
            known = set(keys)
            keys += [int(row[0]) for row in cursor.fetchall() if row[0] not in known]
    return keys[:limit]


def _offices(actor: Actor, verb: str) -> list[int]:
    """The units of the actor's scope, by key."""
    if not actor.paths(verb):
        return []
    return list(Unit.objects.filter(actor.within(verb, "path")).values_list("pk", flat=True))


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda item: (item.name_sort, item.pk))


def _person(person: Person, *, exact: bool) -> Hit:
    return Hit(
        "person",
        person.pk,
        person.full_name,
        mask(person.si_number),
        f"{person.birth_year} · {person.commune.name}",
        exact,
    )


def _employer(employer: Employer, *, exact: bool) -> Hit:
    return Hit("employer", employer.pk, employer.name, employer.unit_code, employer.address, exact)
