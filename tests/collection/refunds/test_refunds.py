"""C16-TS: two people, once, never more than there is."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.collection.declarations.scenery import NOW, Scenery

from ansinh.collection.models import Receipt, Refund
from ansinh.collection.refunds import selectors, services
from ansinh.ledger import services as ledger
from ansinh.office.rights import Denied


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def money(scene: Scenery, amount: int, employer=None) -> Receipt:
    receipt = Receipt.objects.create(
        account=scene.account, reference=f"R{amount}", booked_on=NOW.first_day, value_on=NOW.first_day,
        month=NOW.index, amount=amount, state="matched" if employer else "suspense", employer=employer,
        matched_month=NOW.index if employer else None,
    )  # fmt: skip
    account = ledger.SURPLUS if employer else ledger.SUSPENSE
    ledger.post(
        key=f"receipt:{scene.account.pk}:{receipt.reference}", kind="receipt", unit_id=scene.province.pk,
        month=NOW.index, posted_on=NOW.first_day,
        sides=[ledger.Side(ledger.BANK, amount), ledger.Side(account, -amount, employer and employer.pk)],
    )  # fmt: skip
    return receipt


def prepare(scene: Scenery, amount: int, actor=None, **facts) -> Refund:
    return services.prepare(
        actor=actor or scene.officer(), amount=amount, reason="Chuyển nhầm", payee="Công ty A",
        bank_account="123456 VCB", **facts,
    )  # fmt: skip


def balances(scene: Scenery) -> dict[str, int]:
    return ledger.balances(unit_id=scene.province.pk, month=NOW.index)


def test_money_in_suspense_goes_back_whole(scene: Scenery) -> None:
    receipt = money(scene, 900)
    with pytest.raises(services.RefundError, match="toàn bộ"):
        prepare(scene, 800, receipt=receipt)
    refund = prepare(scene, 900, receipt=receipt)
    with pytest.raises(services.RefundError, match="đã được lập"):
        prepare(scene, 900, receipt=receipt)
    director = scene.officer("director")
    assert list(selectors.waiting(director)) == [refund]
    services.approve(actor=director, refund=refund)
    services.approve(actor=director, refund=refund)
    receipt.refresh_from_db()
    refund.refresh_from_db()
    assert (receipt.state, refund.state, refund.month) == ("refunded", "approved", NOW.index)
    assert balances(scene) == {"112": 0, "338.suspense": 0}


def test_surplus_goes_back_as_far_as_it_reaches(scene: Scenery) -> None:
    employer = scene.employer()
    receipt = money(scene, 1_000, employer)
    prepare(scene, 600, receipt=receipt)
    with pytest.raises(services.RefundError, match="400"):
        prepare(scene, 401, employer=employer)
    second = prepare(scene, 400, employer=employer)
    services.approve(actor=scene.officer("director"), refund=second)
    assert services.surplus(employer) == 600
    assert balances(scene) == {"112": 600, "338.surplus": -600}


def test_whoever_prepared_cannot_approve_nor_can_the_database_be_told_so(scene: Scenery) -> None:
    receipt = money(scene, 900)
    both = scene.officer("director")
    both = type(both)(both.user, both.kind, roles=both.roles, grants={
        **both.grants, "refund.prepare": both.paths("refund.approve"),
    })  # fmt: skip
    refund = prepare(scene, 900, both, receipt=receipt)
    with pytest.raises(services.RefundError, match="Người lập"):
        services.approve(actor=both, refund=refund)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(approved_by=both.user)
    assert not selectors.waiting(both).exists()


def test_refused_with_a_reason_frees_the_money(scene: Scenery) -> None:
    receipt = money(scene, 900)
    refund = prepare(scene, 900, receipt=receipt)
    director = scene.officer("director")
    with pytest.raises(services.RefundError):
        services.refuse(actor=director, refund=refund, reason="")
    refused = services.refuse(actor=director, refund=refund, reason="Thiếu giấy đề nghị")
    assert "Thiếu giấy đề nghị" in refused.reason
    with pytest.raises(services.RefundError):
        services.approve(actor=director, refund=refund)
    assert prepare(scene, 900, receipt=receipt).pk != refund.pk


def test_an_automatic_refund_is_assessed_before_it_is_approved(scene: Scenery) -> None:
    person, officer = scene.person(), scene.officer()
    from ansinh.collection.models import Declaration

    declared = Declaration.objects.create(
        form="D02-LT", employer=scene.employer(), office=scene.office, source="file", content_hash="x",
        month=NOW.index,
    )  # fmt: skip
    owed = services.Owed(
        person_id=person.pk, payee=person.full_name, voluntary=True, wage=1_500_000, first=NOW.index,
        months=3, note="STK 1234 5678 9012 BIDV", unit_code="98",
    )  # fmt: skip
    (refund,) = services.from_declaration(actor=officer, declaration=declared, owed=[owed])
    director = scene.officer("director")
    with pytest.raises(services.RefundError, match="Chưa xác định"):
        services.approve(actor=director, refund=refund)
    services.assess(actor=scene.officer(), refund=refund, amount=990_000)
    services.approve(actor=director, refund=refund)
    assert balances(scene) == {"112": -990_000, "531.pension_survivors": 990_000}


@pytest.mark.parametrize(
    ("note", "account"),
    [
        ("STK 1020 3040 5060 Vietinbank", "102030405060 Vietinbank"),
        ("hoàn vào 0123456789", "0123456789"),
        ("nghỉ từ 01/06/2026", ""),
        ("", ""),
    ],
)
def test_an_account_in_the_note(note: str, account: str) -> None:
    assert services.account_in(note) == account


def test_scope_and_verbs(scene: Scenery) -> None:
    receipt = money(scene, 900)
    refund = prepare(scene, 900, receipt=receipt)
    elsewhere = Scenery("24")
    with pytest.raises(Receipt.DoesNotExist):
        prepare(scene, 900, elsewhere.officer(), receipt=receipt)
    with pytest.raises(Refund.DoesNotExist):
        services.approve(actor=elsewhere.officer("director"), refund=refund)
    with pytest.raises(Denied):
        services.approve(actor=scene.officer("finance"), refund=refund)
    with pytest.raises(Denied):
        prepare(scene, 900, scene.officer("reception"), receipt=receipt)
