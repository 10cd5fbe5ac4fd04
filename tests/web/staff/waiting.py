"""What waits on a desk: money nobody is found for, a list taken in."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.collection.declarations.scenery import NOW, Scenery, row, workbook

from ansinh.collection.declarations import services
from ansinh.collection.models import Declaration, Receipt
from ansinh.ledger import services as ledger


def suspense(scene: Scenery, amount: int = 1_200_000) -> Receipt:
    receipt = Receipt.objects.create(
        unit_id=scene.province.pk, account=scene.account, reference="FT9", booked_on=date(2026, 6, 20), value_on=date(2026, 6, 20),
        month=NOW.index, amount=amount, text="chuyen tien", payer_name="NGUYEN VAN A", payer_account="0101",
        state="suspense",
    )  # fmt: skip
    ledger.post(
        key="receipt:FT9",
        kind="receipt",
        unit_id=scene.province.pk,
        month=NOW.index,
        posted_on=date(2026, 6, 20),
        sides=[ledger.Side(ledger.BANK, amount), ledger.Side(ledger.SUSPENSE, -amount)],
    )
    return receipt


def declared(
    scene: Scenery, *, wrong: bool = False, received_on: date | None = None, **facts: Any
) -> Declaration:
    employer = scene.employer()
    rows = [row(scene.person(), wage=None if wrong else 9_000_000, **facts)]
    return services.receive(
        actor=scene.officer(), employer=None, data=workbook(employer, rows), file_name="d02.xlsx",
        received_on=received_on,
    )  # fmt: skip
