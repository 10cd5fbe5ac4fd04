"""Ghi tờ khai vào sổ: TK1-TS of a person and TK3-TS of an employer, with the trace of the change."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import pghistory
from django.db import transaction

from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month
from ansinh.kernel.text import clean_name, fold, sort_key
from ansinh.ledger import services as ledger
from ansinh.office import reading
from ansinh.office.alarms import services as alarms
from ansinh.office.alarms.models import Kind
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor, require
from ansinh.registers import access, numbers
from ansinh.registers.models import Employer, Person
from ansinh.registers.selectors import province_of
from ansinh.registers.services import RegisterError

UNITS_AND_DATES = frozenset({"birth", "commune", "office"})
END_OF_TIME = Month(9999, 12)
VERIFIED_BY = ("full_name", "citizen_id", "birth_year", "birth_month", "birth_day", "sex")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Nội dung TK1-TS: that the register keeps. `citizen_id` is "" for whoever has none."""

    full_name: str
    sex: str
    birth: PartialDate
    citizen_id: str
    ethnicity: str
    nationality: str
    phone: str
    email: str
    address: str
    commune: Unit
    office: Unit
    bank_account: str


@dataclass(frozen=True, slots=True)
class EmployerFacts:
    """Nội dung TK3-TS: that the register keeps; `cycle` in months, `region` 1..4."""

    unit_code: str
    name: str
    tax_code: str
    address: str
    email: str
    phone: str
    commune: Unit
    office: Unit
    region: int
    cycle: int
    budget: bool
    opened_on: date


@transaction.atomic
def save_person(
    *, actor: Actor, person: Person | None, facts: PersonFacts, request: str = "", papers: str = ""
) -> Person:
    """Ghi tờ khai TK1-TS: a newcomer gets an SI number; who they are, when changed, must be verified again.

    `request` and `papers` are boxes 16 and 17; they stay with the trace of the change. Raises RegisterError
    for a citizen ID somebody else has (``person.citizen_id``; ``identity.no_match`` when the actor may not
    read them), AlarmError after too many of those, Person.DoesNotExist outside the scope.
    """
    require(actor, "person.edit", at=person or facts.office)
    _within(actor, "person.edit", facts.office)
    if facts.citizen_id and (person is None or facts.citizen_id != person.citizen_id):
        _free(actor, facts, person)
    values = _person_values(facts)
    with pghistory.context(form="TK1-TS", request=request[:1000], papers=papers[:1000]):
        if person is None:
            return Person.objects.create(si_number=numbers.si_numbers(1)[0], **values)
        current = access.people(actor, "person.edit").select_for_update(of=("self",)).get(pk=person.pk)
        changed = [name for name, value in values.items() if getattr(current, name) != value]
        if set(changed) & set(VERIFIED_BY):
            values |= {"identity": Person.Identity.UNVERIFIED, "identity_on": None, "identity_note": ""}
            changed += ["identity", "identity_on", "identity_note"]
        _put(current, values, changed)
    return current


def _free(actor: Actor, facts: PersonFacts, person: Person | None) -> None:
    """The citizen ID is nobody else's. Of somebody the actor may not read nothing is said but "no match"."""
    alarms.admit(actor, Kind.CHECK)
    others = Person.objects.filter(citizen_id=facts.citizen_id).exclude(pk=person.pk if person else 0)
    found = list(others.values_list("pk", flat=True))
    known = access.known(actor, found)
    if not found:
        return
    if known:
        reading.shown(actor, Subject.PERSON, known, purpose=Purpose.AMEND)
        raise RegisterError(
            "Số định danh này đã có người khác dùng trong sổ.",
            "Somebody else in the register has this citizen ID.",
            code="person.citizen_id",
        )
    reading.missed(actor, Subject.NUMBER, 0, purpose=Purpose.AMEND, verb="person.read")
    alarms.mismatched(actor, Kind.CHECK, 1, office=facts.office)
    raise RegisterError(
        "Số định danh không khớp với cơ sở dữ liệu.",
        "The citizen ID does not match the register.",
        code="identity.no_match",
    )


def _person_values(facts: PersonFacts) -> dict[str, Any]:
    name = clean_name(facts.full_name)
    plain = {f.name: getattr(facts, f.name) for f in fields(facts) if f.name not in UNITS_AND_DATES}
    return {
        **plain,
        "commune_id": facts.commune.pk,
        "office_id": facts.office.pk,
        "citizen_id": facts.citizen_id or None,
        "full_name": name,
        "name_fold": fold(name),
        "name_sort": sort_key(name),
        "birth_year": facts.birth.year,
        "birth_month": facts.birth.month,
        "birth_day": facts.birth.day,
    }


@transaction.atomic
def save_employer(
    *, actor: Actor, employer: Employer | None, facts: EmployerFacts, request: str = ""
) -> Employer:
    """Ghi tờ khai TK3-TS. The unit code of an employer there already never changes.

    `request` is box 14; it stays with the trace. Raises RegisterError: ``employer.unit_code`` for a code
    another employer has, ``employer.books`` for an office of another province while this one's books hold
    money of the employer. Employer.DoesNotExist outside the scope.
    """
    require(actor, "employer.edit", at=employer or facts.office)
    _within(actor, "employer.edit", facts.office)
    name = clean_name(facts.name)
    plain = {f.name: getattr(facts, f.name) for f in fields(facts) if f.name not in UNITS_AND_DATES}
    values = {
        **plain,
        "commune_id": facts.commune.pk,
        "office_id": facts.office.pk,
        "name": name,
        "name_fold": fold(name),
        "name_sort": sort_key(name),
    }
    with pghistory.context(form="TK3-TS", request=request[:1000]):
        if employer is None:
            if Employer.objects.filter(unit_code=facts.unit_code).exists():
                raise RegisterError(
                    "Mã đơn vị này đã có trong sổ.", "This unit code is taken.", code="employer.unit_code"
                )
            return Employer.objects.create(**values)
        scope = access.employers(actor, "employer.edit")
        current = scope.select_for_update(of=("self",), no_key=True).get(pk=employer.pk)
        values["unit_code"] = current.unit_code
        _leaves_nothing_behind(current, facts.office)
        _put(current, values, [key for key, value in values.items() if getattr(current, key) != value])
    return current


def _leaves_nothing_behind(employer: Employer, office: Unit) -> None:
    """Each province's books are its own: what an employer owes or is owed does not move with it."""
    if office.pk == employer.office_id:
        return
    former = province_of(employer.office)
    if province_of(office) == former:
        return
    held = ledger.balances(unit_id=former.pk, month=END_OF_TIME.index, party_id=employer.pk)
    if any(held.values()):
        raise RegisterError(
            f"Sổ của {former.name} còn số dư của đơn vị này: quyết toán hết rồi mới chuyển sang tỉnh khác.",
            f"The books of {former.name} still hold money of this employer: settle it before it moves to "
            "another province.",
            code="employer.books",
        )


def _put(record: Person | Employer, values: dict[str, Any], changed: list[str]) -> None:
    """Write what differs; nothing when nothing does."""
    if not changed:
        return
    for key, value in values.items():
        setattr(record, key, value)
    record.save(
        update_fields=[
            key.removesuffix("_id") if key in {"commune_id", "office_id"} else key for key in changed
        ]
    )


def _within(actor: Actor, verb: str, office: Unit) -> None:
    """An officer puts records only into offices of their own subtree."""
    if not actor.may(verb, at=office):
        raise RegisterError(
            "Cơ quan quản lý ngoài phạm vi của ông/bà.",
            "The office is outside your scope.",
            code="record.office",
        )
