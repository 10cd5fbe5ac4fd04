"""A document comes back as what it is, under its name, and only as a file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.collection.declarations.scenery import NOW, Scenery
from tests.collection.receipts.test_receipts import camt, sheet

from ansinh.collection.models import BankFile
from ansinh.collection.receipts import services
from ansinh.office import documents
from ansinh.office.documents import stores
from ansinh.office.models import Reading


def statement(scene: Scenery, data: bytes, name: str) -> BankFile:
    return services.read_bank_file(
        actor=scene.officer("finance"), account=scene.account, data=data, file_name=name, month=NOW
    )


def test_a_statement_can_be_had_again(scene: Scenery, desk: Callable[..., Any]) -> None:
    data = camt(scene.account.number, [("R1", 5_000, "nop tien", "0101")])
    read = statement(scene, data, "sao kê tháng 6.xml.exe")
    attached = documents.of("bank_file", read.pk)
    assert attached
    client = desk("finance")
    assert f'href="/tai-lieu/{attached.pk}/"' in client.get(f"/tien-nop/sao-ke/{read.pk}/").content.decode()
    answer = client.get(f"/tai-lieu/{attached.pk}/")
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''sao%20k%C3%AA%20th%C3%A1ng%206.xml.xml"
    )
    told = (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Content-Length"])
    assert told == ("application/xml", "nosniff", str(len(data)))
    shown = Reading.objects.filter(subject="document", subject_id=attached.pk, look__view="document")
    assert shown.filter(look__outcome="shown", look__purpose="paper").count() == 1


def test_a_sheet_comes_as_values_only(scene: Scenery, desk: Callable[..., Any]) -> None:
    data = sheet(scene.employer()) + b'14/06/2026;FT3;;1;=HYPERLINK("http://x")\n'
    attached = documents.of("bank_file", statement(scene, data, "sao-ke.csv").pk)
    assert attached
    answer = desk("finance").get(f"/tai-lieu/{attached.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="sao-ke.xlsx"'
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert rows[-1][-1] == '=HYPERLINK("http://x")'  # a text that says so, and no formula


@pytest.mark.parametrize("name", ["sao-ke.xml", "sao-ke.csv"])
def test_a_document_that_was_lost_is_said(
    scene: Scenery, desk: Callable[..., Any], settings: Any, tmp_path: Path, name: str
) -> None:
    settings.DOCUMENTS = str(tmp_path)
    camt_or_sheet = (
        camt(scene.account.number, [("R2", 6_000, "nop tien", "0101")])
        if name.endswith("xml")
        else sheet(scene.employer(), "Số dư đầu kỳ;1000000", "Số dư cuối kỳ;5980000\n")
    )
    attached = documents.of("bank_file", statement(scene, camt_or_sheet, name).pk)
    assert attached
    stores.Folder(tmp_path).remove(attached.document.digest)
    answer = desk("director").get(f"/tai-lieu/{attached.pk}/", follow=True)
    assert answer.status_code == 200
    assert "Không còn tệp" in answer.content.decode()
