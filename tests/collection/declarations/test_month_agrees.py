"""What a preview promised is what the month's run posts: to the dong, by month and fund."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from django.db.models import Sum
from tests.collection.declarations.scenery import NOW, RECEIVED, Scenery, row, workbook

from ansinh.collection.declarations import services
from ansinh.collection.models import Due
from ansinh.collection.month import closing
from ansinh.collection.month import services as month_services
from ansinh.kernel.months import Month
from ansinh.ledger.services import FUNDS

pytestmark = pytest.mark.django_db(transaction=True)


def posted(run_id: int) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = (
        Due.objects.filter(run_id=run_id).values("for_month").annotate(**{f"sum_{f}": Sum(f) for f in FUNDS})
    )
    for due in rows:
        funds = {f: due[f"sum_{f}"] for f in FUNDS}
        if any(funds.values()):
            found[str(Month.from_index(due["for_month"]))] = funds
    return dict(found)


def test_the_run_posts_what_the_preview_showed(tmp_path: Path, settings) -> None:
    settings.VAR = tmp_path
    scene = Scenery(books=NOW)
    employer = scene.employer()
    people = [scene.person() for _ in range(6)]
    raised, leaves, rests, back, joins, late = people
    for person in (raised, leaves, rests, back):
        scene.works(person, employer, since=NOW - 3)
    month_services.run_month(actor=None, unit=scene.province, month=NOW)
    month_services.close_month(
        actor=scene.officer("director"),
        unit=scene.province,
        month=NOW,
        seen=closing.as_seen(scene.province, NOW),
    )
    after = NOW + 1
    month_services.run_month(actor=None, unit=scene.province, month=after)

    declared = services.receive(
        actor=scene.officer(),
        employer=employer,
        data=workbook(
            employer,
            [
                row(raised, "wage_change", "adjust", wage=11_000_000, from_month=NOW - 1),
                row(leaves, "leave_job", "decrease", wage=None, from_month=NOW - 1),
                row(rests, "unpaid_leave", "suspend", wage=None, from_month=NOW, to_month=after),
                row(back, "back_pay", "back_pay", wage=9_500_000, from_month=NOW - 2, to_month=NOW),
                row(joins, wage=7_000_000, from_month=after),
                row(late, wage=6_500_000, from_month=NOW - 2),
                row(None, si_number=None, citizen_id="020090123456", from_month=NOW),
            ],
        ),
        file_name="d02.xlsx",
        received_on=RECEIVED,
    )
    assert declared.state == "checked", declared.problems
    shown = services.preview(declared)
    services.book(actor=scene.officer("director"), declaration=declared, seen=services.as_seen(declared))
    again = month_services.run_month(actor=None, unit=scene.province, month=after)
    assert posted(again.pk) == {m.month: m.funds for m in shown.months}
    # two months from before the books: due in full for whoever was not on record, settled for the others
    assert [m.month for m in shown.months] == [str(NOW - 2), str(NOW - 1), str(NOW), str(after)]
    assert shown.months[0].funds["health"] == 6_500_000 * 45 // 1000
    # and once more, nothing is left to post
    assert posted(month_services.run_month(actor=None, unit=scene.province, month=after).pk) == {}
