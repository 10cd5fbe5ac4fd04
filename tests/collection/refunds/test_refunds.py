"""C16-TS: two people, once, never more than the record allows, never unseen."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.collection import casework
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import Receipt, Refund
from ansinh.collection.refunds import selectors, services
from ansinh.collection.refunds.bounds import Cover, of_cover
from ansinh.ledger import services as ledger
from ansinh.office import hands
from ansinh.office.hands import HandError
from ansinh.office.rights import Actor, Denied, Held


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def money(scene: Scenery, amount: int, employer=None) -> Receipt:
    receipt = Receipt.objects.create(
        unit_id=scene.province.pk, account=scene.account, reference=f"R{amount}", booked_on=NOW.first_day, value_on=NOW.first_day,
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


def approve(actor: Actor, refund: Refund) -> Refund:
    """By whoever looked at it as it is now."""
    refund.refresh_from_db()
    return services.approve(actor=actor, refund=refund, seen=services.as_seen(refund))


def owed(scene: Scenery, officer: Actor, cover: Cover, note: str = "STK 1234 5678 9012 BIDV") -> Refund:
    """A refund drawn up from a list that the officer booked."""
    declared = casework.declaration(
        by=officer.user,
        form="D02-LT", employer=scene.employer(), office=scene.office, source="file", content_hash="x",
        month=NOW.index,
    )  # fmt: skip
    person = scene.person()
    one = services.Owed(person_id=person.pk, payee=person.full_name, cover=cover, note=note, unit_code="98")
    (refund,) = services.from_declaration(actor=officer, declaration=declared, owed=[one])
    return refund


VOLUNTARY = Cover(voluntary=True, first=NOW.index, months=3, income=1_500_000)


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
    approve(director, refund)
    approve(director, refund)
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
    approve(scene.officer("director"), second)
    assert services.surplus(employer) == 600
    assert balances(scene) == {"112": 600, "338.surplus": -600}


def both(scene: Scenery) -> Actor:
    """Somebody who holds both roles at the province."""
    user = scene.officer("director").user
    where = scene.province
    return Actor(user, held=tuple(Held(role, where.path, where.kind) for role in ("collection", "director")))


def refused(act) -> str:
    with pytest.raises(HandError) as error:
        act()
    return error.value.code


def test_whoever_prepared_cannot_approve_nor_can_the_database_be_told_so(scene: Scenery) -> None:
    receipt = money(scene, 900)
    maker = both(scene)
    refund = prepare(scene, 900, maker, receipt=receipt)
    assert refused(lambda: approve(maker, refund)) == "hands.maker"
    seen = services.as_seen(refund)
    assert (
        refused(lambda: services.refuse(actor=maker, refund=refund, reason="x", seen=seen)) == "hands.maker"
    )
    one = Refund.objects.filter(pk=refund.pk)
    stranger = scene.officer("director").user
    for who in (maker.user, stranger, None):  # a maker; somebody who never decided; nobody
        with pytest.raises(IntegrityError, match="refund_follows_its_case"), transaction.atomic():
            one.update(state="approved", approved_by=who)
    with pytest.raises(IntegrityError, match="refund_follows_its_case"), transaction.atomic():
        one.update(state="refused")
    with pytest.raises(IntegrityError, match="refund_follows_its_case"), transaction.atomic():
        Refund.objects.create(office=scene.office, reason="x", amount=1, most=1, payee="A", state="approved")
    assert not selectors.waiting(maker).exists()
    assert list(selectors.waiting(scene.officer("director"))) == [refund]


def test_the_booker_of_a_list_cannot_approve_what_another_assessed(scene: Scenery) -> None:
    """`assess` made the assessor the only preparer: who had booked the list could then approve its refund."""
    booker, assessor = both(scene), both(scene)
    refund = owed(scene, booker, VOLUNTARY)
    services.assess(actor=assessor, refund=refund, amount=990_000)
    for maker in (booker, assessor):
        assert refused(lambda maker=maker: approve(maker, refund)) == "hands.maker"
        with pytest.raises(IntegrityError, match="refund_follows_its_case"), transaction.atomic():
            Refund.objects.filter(pk=refund.pk).update(state="approved", approved_by=maker.user)
        assert not selectors.waiting(maker).exists()
    assert approve(scene.officer("director"), refund).state == "approved"
    assert [(h.user, h.act, h.part) for h in hands.of("refund", refund.pk)][:2] == [
        (booker.user, "prepare", "maker"), (assessor.user, "assess", "maker"),
    ]  # fmt: skip


def test_whoever_wrote_the_list_is_a_maker_of_its_refunds(scene: Scenery) -> None:
    """The account to pay stands in the list's note: who received and typed it could approve the refund."""
    receiver, booker = both(scene), both(scene)
    employer, person = scene.employer(), scene.person()
    scene.works(person, None, scheme=2, wage=1_500_000, to_month=NOW.index + 2)
    line = row(person, note="STK 1234 5678 9012 BIDV")
    taken = declarations.receive(
        actor=receiver, employer=employer, data=workbook(employer, [line]), file_name="d02.xlsx"
    )
    declarations.book(actor=booker, declaration=taken, seen=declarations.as_seen(taken))
    refund = Refund.objects.get()
    assert (refund.most, refund.bank_account) == (990_000, "123456789012 BIDV")
    services.assess(actor=scene.officer(), refund=refund, amount=refund.most)
    for maker in (receiver, booker):
        assert refused(lambda maker=maker: approve(maker, refund)) == "hands.maker"
    assert approve(scene.officer("director"), refund).state == "approved"


def test_what_was_not_shown_is_not_approved(scene: Scenery) -> None:
    """A refund of 1,000 was shown, assessed to 9,000,000,000 to another account meanwhile, and approved unseen."""
    refund, director = owed(scene, scene.officer(), VOLUNTARY), scene.officer("director")
    services.assess(actor=scene.officer(), refund=refund, amount=1_000)
    refund.refresh_from_db()
    seen = services.as_seen(refund)
    services.assess(actor=scene.officer(), refund=refund, amount=990_000, bank_account="666 Ngân hàng khác")
    for old in (seen, "", "0" * 64):
        assert (
            refused(lambda old=old: services.approve(actor=director, refund=refund, seen=old))
            == "hands.changed"
        )
        act = lambda old=old: services.refuse(actor=director, refund=refund, reason="x", seen=old)  # noqa: E731
        assert refused(act) == "hands.changed"
    assert balances(scene) == {}
    assert approve(director, refund).amount == 990_000
    assert len(hands.of("refund", refund.pk)[-1].seen) == 64


@pytest.mark.parametrize("amount", [990_001, 9_000_000_000, 10**15])
def test_no_amount_is_above_what_the_record_proves(scene: Scenery, amount: int) -> None:
    """Any number of dong could be assessed: nothing was held against the months that the person had paid."""
    refund = owed(scene, scene.officer(), VOLUNTARY)
    with pytest.raises(services.RefundError, match=r"990\.000") as error:
        services.assess(actor=scene.officer(), refund=refund, amount=amount)
    assert error.value.code == "refund.most"
    with pytest.raises(IntegrityError, match="refund_most"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(amount=amount)


def test_a_refund_of_a_receipt_stays_within_that_receipt(scene: Scenery) -> None:
    """A receipt of 1,000 of an employer with a large surplus could be given back as the whole surplus, twice."""
    employer = scene.employer()
    small = money(scene, 1_000, employer)
    money(scene, 1_000_000, employer)
    with pytest.raises(services.RefundError, match=r"1\.000"):
        prepare(scene, 1_001, receipt=small)
    first = prepare(scene, 600, receipt=small)
    approve(scene.officer("director"), first)
    with pytest.raises(services.RefundError, match="400"):
        prepare(scene, 401, receipt=small)
    assert prepare(scene, 400, receipt=small).most == 400
    with pytest.raises(services.RefundError):
        prepare(scene, 1, receipt=small)


JULY = NOW + 1


@pytest.mark.parametrize(
    ("cover", "most"),
    [
        (VOLUNTARY, 990_000),  # 22% × 1,500,000 × 3
        (Cover(True, NOW.index, 1, income=2_000_000), 440_000),
        (Cover(True, NOW.index, 70, income=2_000_000), 26_400_000),  # 60 months are paid ahead at most
        (Cover(True, NOW.index, 1, income=0), 330_000),  # no income on record: the poverty line, 1,500,000
        (Cover(True, NOW.index, 1, income=10**12), 10_296_000),  # 22% × 20 × 2,340,000
        (Cover(True, JULY.index, 1, income=10**12), 11_132_000),  # 22% × 20 × 2,530,000
        (Cover(True, NOW.index, 0, income=2_000_000), 0),
        (Cover(False, NOW.index, 7, health_group="GD"), 737_100),  # 4.5% × 2,340,000 × 7
        (Cover(False, NOW.index, 7, health_group="SV"), 368_550),  # the State pays half
        (Cover(False, NOW.index, 7, health_group="CN"), 221_130),  # the State pays 70%
        (Cover(False, NOW.index, 7, health_group="GB"), 515_970),  # the State pays 30%
        (Cover(False, NOW.index, 7, health_group="DN"), 0),
        (Cover(True, 12 * 1990, 3, income=2_000_000), 0),  # no law on record for the month
    ],
)
def test_the_bound_is_the_laws_highest_for_the_months_on_record(cover: Cover, most: int) -> None:
    bound = of_cover(cover)
    assert bound.most == most
    assert bound.because
    assert all(vi and en for vi, en in bound.because)


def test_a_running_cover_counts_up_to_the_month_of_collection(scene: Scenery) -> None:
    employer, person = scene.employer(), scene.person()
    scene.works(person, None, scheme=2, wage=2_000_000)
    taken = declarations.receive(
        actor=scene.officer(), employer=employer, data=workbook(employer, [row(person)]), file_name="d.xlsx"
    )
    declarations.book(actor=scene.officer(), declaration=taken, seen=declarations.as_seen(taken))
    refund = Refund.objects.get()
    assert refund.most == 440_000
    assert "không ghi đã đóng trước" in refund.because[-1][0]


def test_refused_with_a_reason_frees_the_money(scene: Scenery) -> None:
    receipt = money(scene, 900)
    refund = prepare(scene, 900, receipt=receipt)
    director = scene.officer("director")
    with pytest.raises(services.RefundError):
        services.refuse(actor=director, refund=refund, reason="", seen=services.as_seen(refund))
    said = services.refuse(
        actor=director, refund=refund, reason="Thiếu giấy đề nghị", seen=services.as_seen(refund)
    )
    assert "Thiếu giấy đề nghị" in said.reason
    with pytest.raises(services.RefundError):
        approve(director, refund)
    assert prepare(scene, 900, receipt=receipt).pk != refund.pk


def test_an_automatic_refund_is_assessed_before_it_is_approved(scene: Scenery) -> None:
    refund = owed(scene, scene.officer(), VOLUNTARY)
    director = scene.officer("director")
    with pytest.raises(services.RefundError, match="Chưa xác định"):
        approve(director, refund)
    services.assess(actor=scene.officer(), refund=refund, amount=990_000)
    approve(director, refund)
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
    with pytest.raises(Denied):
        prepare(scene, 900, elsewhere.officer(), receipt=receipt)
    with pytest.raises(Denied):
        approve(elsewhere.officer("director"), refund)
    with pytest.raises(Denied):
        approve(scene.officer("finance"), refund)
    with pytest.raises(Denied):
        prepare(scene, 900, scene.officer("reception"), receipt=receipt)
