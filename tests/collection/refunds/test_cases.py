"""A refund is a case: what changes of its months sends it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.collection.refunds.test_refunds import approve, money, prepare

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import Refund
from ansinh.collection.refunds import casework, services
from ansinh.office.cases import access, selectors
from ansinh.office.cases import services as cases
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case, CaseEvent
from ansinh.office.cases.papers import CaseVerdict


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def listed(scene: Scenery, note: str = "STK 1234 5678 9012 BIDV") -> Refund:
    """A refund drawn up from a booked list, for months the person had paid themselves."""
    employer, person = scene.employer(), scene.person()
    scene.works(person, None, scheme=2, wage=1_500_000, to_month=NOW.index + 2)
    data = workbook(employer, [row(person, note=note)])
    taken = declarations.receive(actor=scene.officer(), employer=employer, data=data, file_name="d02.xlsx")
    declarations.book(actor=scene.officer(), declaration=taken, seen=declarations.as_seen(taken))
    return Refund.objects.get(person=person)


def test_its_way_is_a_case(scene: Scenery) -> None:
    refund, assessor, director = listed(scene), scene.officer(), scene.officer("director")
    case = casework.of(refund)
    assert (case.state, case.step, case.queue) == ("processing", "assess", "refund.prepare")
    assert case.number is not None
    assert case.parties() == (("person", refund.person_id),)
    assert cases.next_task(actor=assessor, procedure="collection.refund") == case
    services.assess(actor=assessor, refund=refund, amount=990_000)
    assert case in selectors.takeable(director)
    assert approve(director, refund).state == "approved"
    case.refresh_from_db()
    assert (case.state, case.outcome, case.decided_by) == ("decided", "approved", director.user)
    assert [e.act for e in selectors.events(case)] == ["open", "take", "assess", "decide"]
    assert CaseVerdict.objects.get(case=case).point == "assess"


def test_months_that_changed_send_it_back_and_another_looks_again(scene: Scenery) -> None:
    refund, director = listed(scene), scene.officer("director")
    assessor = scene.officer()
    services.assess(actor=assessor, refund=refund, amount=990_000)
    assert refund.person is not None
    scene.works(
        refund.person, None, scheme=3, health_group="GD", si=False, ui=False, wi=False, wage=0, since=NOW + 3
    )
    with pytest.raises(CaseError) as error:
        approve(director, refund)
    assert error.value.code == "case.facts"
    opened = access.case(director, casework.of(refund).pk)
    assert (opened.step, opened.assigned_to) == ("assess", assessor.user)
    assert CaseEvent.objects.latest("pk").vi.startswith("Dữ kiện đã thay đổi: thời gian đã tự đóng.")
    with pytest.raises(CaseError) as error:
        approve(director, refund)
    assert error.value.code == "case.step"
    services.assess(actor=assessor, refund=refund, amount=330_000)
    assert approve(director, refund).amount == 330_000


def test_an_account_that_is_missing_is_a_question_until_it_is_given(scene: Scenery) -> None:
    refund = listed(scene, note="")
    case = casework.of(refund)
    asked = case.questions.filter(closed_at__isnull=True)
    assert [q.code for q in asked] == ["no_account"]
    services.assess(actor=scene.officer(), refund=refund, amount=1_000, bank_account="42 VCB")
    assert not asked.all().exists()


def test_a_barred_officer_neither_assesses_nor_approves(scene: Scenery) -> None:
    refund, director = listed(scene), scene.officer("director")
    officer = scene.officer()
    cases.bar(actor=director, at=scene.office, officer=officer.user, party_kind="person",
              party=refund.person_id or 0, reason="Con gái")  # fmt: skip
    with pytest.raises(CaseError) as error:
        services.assess(actor=officer, refund=refund, amount=1_000)
    assert error.value.code == "case.barred"
    refund.refresh_from_db()
    assert refund.amount == 0


def test_row_and_case_say_the_same_at_the_end_of_every_transaction(scene: Scenery) -> None:
    refund = prepare(scene, 900, receipt=money(scene, 900))
    case = casework.of(refund)

    def ends(act: Any) -> None:
        connection.check_constraints()
        with transaction.atomic():
            act()
            connection.check_constraints()

    with pytest.raises(DatabaseError, match="refund_case_agrees"):
        ends(lambda: Case.objects.filter(pk=case.pk).update(state="stopped"))
    with pytest.raises(DatabaseError, match="refund_has_its_case"):
        ends(lambda: Refund.objects.create(office=scene.office, reason="x", amount=1, most=1, payee="A"))
