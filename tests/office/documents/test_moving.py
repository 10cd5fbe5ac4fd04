"""An office that upgrades keeps its files: bytes of rows become documents, and go back."""

from __future__ import annotations

import hashlib
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import BankFile
from ansinh.collection.receipts import services as receipts
from ansinh.config import database
from ansinh.office import documents
from ansinh.office.documents.models import Attachment, Document

moving = import_module("ansinh.collection.migrations.0006_files_leave_the_rows")
CSV = "Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n12/06/2026;FT1;;5000000;nop\n".encode()
AS_BEFORE = """
ALTER TABLE collection_declaration ADD COLUMN file bytea;
ALTER TABLE collection_bankfile ADD COLUMN data bytea;
"""
WITHOUT = """
ALTER TABLE office_attachment DISABLE TRIGGER USER;
ALTER TABLE office_document DISABLE TRIGGER USER;
DELETE FROM office_attachment;
DELETE FROM office_document;
ALTER TABLE office_attachment ENABLE TRIGGER USER;
ALTER TABLE office_document ENABLE TRIGGER USER;
"""
AFTER = """
ALTER TABLE collection_declaration DROP COLUMN file;
ALTER TABLE collection_bankfile DROP COLUMN data;
"""


@pytest.mark.django_db(transaction=True)
def test_files_leave_the_rows_and_come_back(settings: Any, tmp_path: Any) -> None:
    settings.DOCUMENTS = str(tmp_path)
    scene = Scenery()
    officer, list_ = scene.officer(), workbook(scene.employer(), [row(scene.person())])
    taken = declarations.receive(actor=officer, employer=None, data=list_, file_name="d02.xlsx")
    declarations.book(actor=officer, declaration=taken, seen=declarations.as_seen(taken))
    grid = declarations.from_grid(actor=officer, employer=scene.employer("Lưới"), rows=[{"name": "An"}])
    finance = scene.officer("finance")
    waits = receipts.read_bank_file(
        actor=finance, account=scene.account, data=CSV, file_name="sao-ke.csv", month=NOW
    )
    BankFile.objects.filter(pk=waits.pk).update(counts={})
    was = [*_told()]
    with database.as_owner(), connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection)
        cursor.execute(AS_BEFORE)
        moving.into_the_rows(None, editor)
        cursor.execute("SELECT id, file FROM collection_declaration ORDER BY id")
        assert [(key, data and bytes(data)) for key, data in cursor.fetchall()] == [
            (taken.pk, list_),
            (grid.pk, None),
        ]
        cursor.execute("SELECT data FROM collection_bankfile")
        assert [bytes(data) for (data,) in cursor.fetchall()] == [CSV]
        for statement in WITHOUT.strip().split(";\n"):
            cursor.execute(statement)
        for _ in range(2):  # begun again after it was killed, it changes nothing
            moving.out_of_the_rows(None, editor)
        cursor.execute(AFTER)
    assert [*_told()] == was
    assert documents.of("declaration", grid.pk) is None
    for thing, key, data in (("declaration", taken.pk, list_), ("bank_file", waits.pk, CSV)):
        attached = documents.of(thing, key)
        assert attached
        assert documents.content(attached.document) == data
        assert attached.document.digest == hashlib.sha256(data).hexdigest()
    assert receipts.waiting(waits).credits == 5_000_000


def _told() -> list[Any]:
    facts = Document.objects.order_by("digest").values_list(
        "digest", "size", "kind", "first_name", "received_by"
    )
    names = Attachment.objects.order_by("thing").values_list(
        "thing", "key", "role", "file_name", "attached_by"
    )
    return [*facts, *names]
