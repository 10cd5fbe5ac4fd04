"""Households: one head, members added and taken out, only within the scope, every change kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.collection.declarations.scenery import Scenery

from ansinh.office.models import Look, Reading
from ansinh.office.rights import Denied
from ansinh.registers import access, history, households
from ansinh.registers.models import HealthCard, Household, Person
from ansinh.registers.services import RegisterError

TODAY = date(2026, 6, 15)


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def home(scene: Scenery, head: Person) -> Household:
    return households.begin(actor=scene.officer(), head=head, address=" Thôn 3 ", commune=scene.office)


def test_a_household_begins_with_its_head(scene: Scenery) -> None:
    head = scene.person()
    made = home(scene, head)
    head.refresh_from_db()
    assert (head.household, head.relation) == (made, "head")
    assert (made.address, made.code) == ("Thôn 3", f"20{made.pk:08d}")
    with pytest.raises(RegisterError, match=made.code) as refused:
        home(scene, head)
    assert refused.value.code == "household.elsewhere"


def test_members_come_in_the_order_of_the_list_with_who_pays(scene: Scenery) -> None:
    head, spouse, child = scene.person(), scene.person(birth_year=1991), scene.person(birth_year=2018)
    made, actor = home(scene, head), scene.officer()
    households.add(actor=actor, household=made, person=child, relation="child")
    households.add(actor=actor, household=made, person=spouse, relation="spouse")
    scene.works(spouse, scene.employer())
    HealthCard.objects.create(
        person=child, number="TE1209900000001", payer="budget", valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )  # fmt: skip
    found = households.members(actor, made, TODAY)
    assert [(m.person, m.person.relation) for m in found] == [
        (head, "head"), (spouse, "spouse"), (child, "child"),
    ]  # fmt: skip
    assert [(m.group, m.payer) for m in found] == [("", ""), ("DN", ""), ("", "Ngân sách nhà nước")]


def test_a_new_head_takes_the_place_of_the_former(scene: Scenery) -> None:
    head, spouse = scene.person(), scene.person()
    made, actor = home(scene, head), scene.officer()
    households.add(actor=actor, household=made, person=spouse, relation="spouse")
    with pytest.raises(RegisterError) as refused:
        households.remove(actor=actor, household=made, person=head)
    assert refused.value.code == "household.head"
    households.relate(actor=actor, household=made, person=spouse, relation="head")
    head.refresh_from_db()
    assert head.relation == ""
    households.remove(actor=actor, household=made, person=head)
    head.refresh_from_db()
    assert (head.household, head.relation) == (None, "")
    first = history.changes("person", [head.pk])[-1]
    assert first.after == {"household_id": made.pk, "relation": "head"}


def test_the_address_keeps_what_it_was(scene: Scenery) -> None:
    made = home(scene, scene.person())
    households.settle(actor=scene.officer(), household=made, address="Thôn 4", commune=scene.office)
    assert [c.before for c in history.changes("household", [made.pk])] == [{"address": "Thôn 3"}]


def test_the_database_keeps_one_head(scene: Scenery) -> None:
    made, other = home(scene, scene.person()), scene.person()
    with pytest.raises(IntegrityError, match="household_one_head"), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(household=made, relation="head")
    with pytest.raises(IntegrityError, match="person_relation_in_household"), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(relation="child")


def test_outside_the_scope_it_does_not_exist(scene: Scenery) -> None:
    head, other = scene.person(), Scenery("24")
    made, stranger = home(scene, head), other.officer()
    with pytest.raises(Household.DoesNotExist):
        access.household(stranger, made.pk)
    with pytest.raises(Household.DoesNotExist):
        households.add(actor=stranger, household=made, person=other.person(), relation="child")
    with pytest.raises(Household.DoesNotExist):
        households.settle(actor=stranger, household=made, address="x", commune=other.office)
    with pytest.raises(Denied):
        households.add(actor=scene.officer(), household=made, person=other.person(), relation="child")
    with pytest.raises(Denied):
        households.remove(actor=scene.officer("reception"), household=made, person=head)
    assert set(Look.objects.values_list("outcome", flat=True)) == {"outside"}
    assert access.household(scene.officer(), made.pk) == made
    assert Reading.objects.get(look__outcome="shown").subject == "household"


def test_members_elsewhere_are_counted_not_shown(scene: Scenery) -> None:
    head, far = scene.person(), Scenery("24").person()
    made, actor = home(scene, head), scene.officer()
    Person.objects.filter(pk=far.pk).update(household=made, relation="child")
    assert [m.person for m in households.members(actor, made, TODAY)] == [head]
    assert households.elsewhere(actor, made) == 1
