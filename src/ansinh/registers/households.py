"""Hộ gia đình: who lives together, who heads it, and who pays for whose card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.rights import Actor, require
from ansinh.registers import access
from ansinh.registers.models import HealthCard, Household, Participation, Person
from ansinh.registers.services import RegisterError, province_code

ORDER = [choice.value for choice in Person.Relation]


@dataclass(frozen=True, slots=True)
class Member:
    """Một thành viên: `group` and `payer` of the health insurance running on the day, "" without one."""

    person: Person
    group: str
    payer: str


def members(actor: Actor, household: Household, on: date) -> list[Member]:
    """Thành viên trong phạm vi của người xem: the head first, then by relation and age (three queries)."""
    found = list(access.people(actor).filter(household=household).select_related("office", "commune"))
    month = Month.of(on).index
    spans = (
        Participation.objects.filter(person__in=found, hi=True, from_month__lte=month)
        .exclude(to_month__lt=month)
        .exclude(scheme=Participation.Scheme.VOLUNTARY_SI)
    )
    groups = {span.person_id: span.health_group for span in spans.order_by("-scheme")}
    cards = HealthCard.objects.filter(
        person__in=found, valid_from__lte=on, valid_to__gte=on, closed_on__isnull=True
    )
    payers = {card.person_id: str(card.get_payer_display()) for card in cards.order_by("valid_from")}
    found.sort(key=_place)
    return [Member(p, groups.get(p.pk, ""), payers.get(p.pk, "")) for p in found]


def _place(person: Person) -> tuple[int, int, str]:
    place = ORDER.index(person.relation) if person.relation in ORDER else len(ORDER)
    return place, person.birth_year, person.name_sort


def elsewhere(actor: Actor, household: Household) -> int:
    """Số thành viên ngoài phạm vi của người xem."""
    whole = Person.objects.filter(household=household).count()
    return whole - access.people(actor).filter(household=household).count()


@transaction.atomic
def begin(*, actor: Actor, head: Person, address: str, commune: Unit) -> Household:
    """Lập hộ gia đình mới của một chủ hộ chưa thuộc hộ nào.

    Raises RegisterError (``household.elsewhere``), Person.DoesNotExist outside the scope.
    """
    require(actor, "person.edit", at=head)
    current = _person(actor, head)
    _free(current)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('registers_household', 'id'))")
        (key,) = cursor.fetchone()
    made = Household.objects.create(
        pk=key, code=f"{province_code(commune)}{key:08d}", commune=commune, address=address.strip()
    )
    _put(current, made, Person.Relation.HEAD)
    return made


@transaction.atomic
def add(*, actor: Actor, household: Household, person: Person, relation: str) -> Person:
    """Thêm một người chưa thuộc hộ nào vào hộ; a new head takes the place of the former one.

    Raises RegisterError (``household.elsewhere``), DoesNotExist outside the scope.
    """
    require(actor, "person.edit", at=person)
    _locked(actor, household)
    current = _person(actor, person)
    _free(current)
    _seat(household, relation)
    _put(current, household, relation)
    return current


@transaction.atomic
def relate(*, actor: Actor, household: Household, person: Person, relation: str) -> Person:
    """Ghi quan hệ của một thành viên với chủ hộ; a new head takes the place of the former one."""
    require(actor, "person.edit", at=person)
    _locked(actor, household)
    current = _member(actor, household, person)
    if current.relation == relation:
        return current
    _seat(household, relation)
    _put(current, household, relation)
    return current


@transaction.atomic
def remove(*, actor: Actor, household: Household, person: Person) -> Person:
    """Đưa một người ra khỏi hộ. The head leaves last.

    Raises RegisterError (``household.head``) for a head who leaves others behind.
    """
    require(actor, "person.edit", at=person)
    _locked(actor, household)
    current = _member(actor, household, person)
    others = Person.objects.filter(household=household).exclude(pk=current.pk)
    if current.relation == Person.Relation.HEAD and others.exists():
        raise RegisterError(
            "Chủ hộ ra khỏi hộ sau cùng; hãy ghi chủ hộ khác trước.",
            "The head leaves last; name another head first.",
            code="household.head",
        )
    _put(current, None, "")
    return current


@transaction.atomic
def settle(*, actor: Actor, household: Household, address: str, commune: Unit) -> Household:
    """Ghi địa chỉ của hộ."""
    current = _locked(actor, household)
    current.address, current.commune = address.strip(), commune
    current.save(update_fields=["address", "commune"])
    return current


def _locked(actor: Actor, household: Household) -> Household:
    """The household, locked, when somebody within the actor's scope belongs to it."""
    current = Household.objects.select_for_update(of=("self",), no_key=True).get(pk=household.pk)
    if not access.people(actor, "person.edit").filter(household=current).exists():
        raise Household.DoesNotExist
    return current


def _person(actor: Actor, person: Person) -> Person:
    scope = access.people(actor, "person.edit").select_for_update(of=("self",), no_key=True)
    return scope.select_related("household").get(pk=person.pk)


def _member(actor: Actor, household: Household, person: Person) -> Person:
    current = _person(actor, person)
    if current.household_id != household.pk:
        raise Person.DoesNotExist
    return current


def _free(person: Person) -> None:
    if person.household_id is None:
        return
    code = person.household.code if person.household else ""
    raise RegisterError(
        f"{person.full_name} đang thuộc hộ {code}; hãy đưa ra khỏi hộ đó trước.",
        f"{person.full_name} belongs to household {code}; take them out of it first.",
        code="household.elsewhere",
    )


def _seat(household: Household, relation: str) -> None:
    """Make room for a new head: the former one's relation has to be declared again."""
    if relation == Person.Relation.HEAD:
        Person.objects.filter(household=household, relation=relation).update(relation="")


def _put(person: Person, household: Household | None, relation: str) -> None:
    person.household, person.relation = household, relation
    person.save(update_fields=["household", "relation"])
