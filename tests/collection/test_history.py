"""Refunds and lists of before became cases: what a migration makes of rows is what the services make."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests.collection.declarations.scenery import Scenery, row, workbook
from tests.collection.refunds.test_cases import listed
from tests.collection.refunds.test_refunds import approve, money, prepare

from ansinh.collection.declarations import services as declarations
from ansinh.collection.refunds import services as refunds
from ansinh.office.models import Case

pytestmark = pytest.mark.usefixtures("owner")
FIELDS = (
    "thing_id", "state", "step", "queue", "outcome", "received_on", "due_on", "points", "decided_by", "seen",
    "four_eyes", "refused_unfinished", "office", "opened_by", "filed_by", "round",
)  # fmt: skip


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def told(kind: str) -> dict[str, list[Any]]:
    """Cases of a kind as the engine tells them; numbers, instants and takings are not history."""
    rows = Case.objects.filter(thing_kind=kind).order_by("thing_id")
    return {
        "cases": list(rows.values_list(*FIELDS)),
        "parties": sorted((c.thing_id, *p) for c in rows for p in c.parties()),
        "steps": sorted((c.thing_id, s.code, s.state) for c in rows for s in c.steps.all()),
        "verdicts": sorted((c.thing_id, v.point, v.verdict, v.user_id) for c in rows for v in c.verdicts.all()),
        "questions": sorted((c.thing_id, q.code, q.about) for c in rows for q in c.questions.filter(closed_at=None)),
        "dues": sorted((c.thing_id, d.after) for c in rows for d in c.dues.all()),
        "first": sorted((c.thing_id, c.events.earliest("pk").user_id) for c in rows),
        "last": sorted(
            (c.thing_id, e.act, e.user_id, e.to_state, e.seen)
            for c in rows.exclude(state="processing") for e in [c.events.latest("pk")]
        ),
    }  # fmt: skip


def migrated_again(kind: str) -> None:
    """The cases of a kind are gone, and the migration makes them of the rows."""
    made: ModuleType = import_module("ansinh.collection.migrations.0008_lists_and_refunds_are_cases")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("office_caseletter", *reversed(made.CASES)):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            which = "id" if table == "office_case" else "case_id"
            cursor.execute(
                f"DELETE FROM {table} WHERE {which} IN (SELECT id FROM office_case WHERE thing_kind = %s)",
                [kind],
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    class Editor:
        pass

    editor = Editor()
    editor.connection = connection  # type: ignore[attr-defined]
    made.history(apps, editor)


def test_refunds(scene: Scenery) -> None:
    director = scene.officer("director")
    prepare(scene, 900, receipt=money(scene, 900))
    approve(director, prepare(scene, 800, receipt=money(scene, 800)))
    refused = prepare(scene, 700, receipt=money(scene, 700))
    refunds.refuse(actor=director, refund=refused, reason="Trùng", seen=refunds.as_seen(refused))
    listed(scene, note="")
    assessed = listed(scene)
    refunds.assess(actor=scene.officer(), refund=assessed, amount=330_000)
    before = told("refund")
    assert len(before["cases"]) == 5
    with transaction.atomic():
        migrated_again("refund")
    assert told("refund") == before


def test_lists(scene: Scenery) -> None:
    officer, employer = scene.officer(), scene.employer()
    taken = []
    for n in range(5):  # the last two say they are of another employer: an error
        data = workbook(scene.employer() if n > 2 else employer, [row(scene.person())], f"{n}/D02")
        taken.append(declarations.receive(actor=officer, employer=employer, data=data, file_name="d02.xlsx"))
    checked, booked, returned, draft, given_back = taken
    assert (checked.state, draft.state) == ("checked", "draft"), draft.problems
    declarations.book(actor=scene.officer(), declaration=booked, seen=declarations.as_seen(booked))
    for one in (returned, given_back):
        declarations.return_(actor=officer, declaration=one, reason="Sai", seen=declarations.as_seen(one))
    before = told("declaration")
    assert len(before["cases"]) == 5
    with transaction.atomic():
        migrated_again("declaration")
    assert told("declaration") == before
