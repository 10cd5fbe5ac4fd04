"""Một ô tìm kiếm: SI number, citizen ID, phone, unit code, tax code, or a name with or without diacritics."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ansinh.kernel.identity import mask
from ansinh.kernel.text import fold
from ansinh.office.access import Actor
from ansinh.registers import access
from ansinh.registers.models import Employer, Person

UNIT_CODE = re.compile(r"[0-9A-Z]{5,20}")


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
    """Tìm trong phạm vi của người dùng; exact hits first, then names in Vietnamese order. At most four queries.

    A number is tried as every number it can be; anything else as a name, by its first words.
    """
    asked = " ".join(text.split())
    if not asked:
        return []
    code = re.sub(r"[\s.\-]", "", asked).upper()
    hits: list[Hit] = []
    if code.isdigit():
        hits += [_person(p, exact=True) for p in _people_by_number(actor, code)[:limit]]
    if UNIT_CODE.fullmatch(code) and any(c.isdigit() for c in code):
        found = access.employers(actor).filter(Q(unit_code=code) | Q(tax_code=code) | Q(phone=code))
        hits += [_employer(e, exact=True) for e in found[:limit]]
    if hits or code.isdigit():
        return hits[:limit]
    name = fold(asked)
    employers = access.employers(actor).filter(_prefix(name)).order_by("name_sort")
    people = access.people(actor).filter(_prefix(name)).order_by("name_sort")
    hits += [_employer(e, exact=False) for e in employers.select_related("office")[: limit // 2]]
    hits += [_person(p, exact=False) for p in people.select_related("commune")[: limit - len(hits)]]
    return hits


def _people_by_number(actor: Actor, number: str) -> QuerySet[Person]:
    return (
        access.people(actor)
        .filter(Q(si_number=number) | Q(citizen_id=number) | Q(phone=number))
        .select_related("commune")
    )


def _prefix(name: str) -> Q:
    """Folded names starting with the text: one range of an index (`varchar_pattern_ops`)."""
    return Q(name_fold__startswith=name)


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
