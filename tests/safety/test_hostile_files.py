"""Hostile files at every door they can come in by: refused, said in both languages, nothing kept."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.forms.intake import packages

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import BankFile, Declaration, Receipt
from ansinh.collection.receipts import services as receipts
from ansinh.kernel.errors import BilingualError

MEGABYTE = 1024 * 1024
LAUGHS = (
    "<!DOCTYPE l [<!ENTITY l0 'ha'>"
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
BOMB = packages.xlsx({"xl/media/a.emf": b"\0" * (60 * MEGABYTE)})
MACRO = packages.xlsx({"xl/vbaProject.bin": b"x"})
ENTITIES = packages.xlsx({"xl/workbook.xml": f"{LAUGHS}<workbook>&l9;</workbook>"})
BANK_ENTITIES = f"<?xml version='1.0'?>{LAUGHS}<Document>&l9;</Document>".encode()
MARKS = ("x" + "\u0301\u0323" * 100_000).encode()
LARGE = 100 * MEGABYTE
CLAIM = packages.xlsx({"xl/sharedStrings.xml": '<sst count="1" uniqueCount="99999999999"><si/></sst>'})
SHEET = packages.PARTS["xl/worksheets/sheet1.xml"]
ENDLESS = packages.xlsx({"xl/worksheets/sheet1.xml": SHEET.replace("An", "x" * 150_000)})
EXPONENT = (
    b"<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy='VND'>2</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt>"
    b"<Dt>2026-07-01</Dt></BookgDt><NtryDtls><TxDtls><Amt>1</Amt></TxDtls><TxDtls><Amt>1E+300000</Amt>"
    b"</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"
)

# name, contents, code, words in Vietnamese, words in English
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str, str, str]] = {
    "zip bomb": ("ds.xlsx", lambda: BOMB, "zip-bomb", "nén", "compress"),
    "macro": ("ds.xlsx", lambda: MACRO, "macro", "macro", "macro"),
    "entities": ("ds.xlsx", lambda: ENTITIES, "xml-entities", "DOCTYPE", "DOCTYPE"),
    "100 MB": ("ds.csv", lambda: b"x" * LARGE, "file-too-large", "100 MB", "100 MB"),
    "wrong extension": ("ds.xlsx", lambda: b"MZ\x90" + b"\0" * 99, "wrong-extension", "EXE", "EXE"),
    "claim of a hundred billion texts": ("ds.xlsx", lambda: CLAIM, "zip-bomb", "khai", "declared"),
    "cell without end": ("ds.xlsx", lambda: ENDLESS, "text-too-long", "ký tự", "characters"),
    "marks without end": (
        "ds.csv",
        lambda: b"a;b\n" * 3 + MARKS + b";" * 600,
        "too-many-columns",
        "cột",
        "columns",
    ),
    "workbook as csv": ("ds.csv", packages.xlsx, "wrong-extension", "xlsx", "xlsx"),
}
every_hostile = pytest.mark.parametrize("kind", HOSTILE)


def refused(act: Callable[[], Any]) -> BilingualError:
    with pytest.raises(BilingualError) as caught:
        act()
    return caught.value


@every_hostile
def test_a_list(scene: Scenery, kind: str) -> None:
    name, data, code, vi, en = HOSTILE[kind]
    error = refused(
        lambda: declarations.receive(
            actor=scene.officer(), employer=scene.employer(), data=data(), file_name=name
        )
    )
    assert error.code == code
    assert vi in error.vi
    assert en in error.en
    assert error.vi != error.en
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("kind", [*HOSTILE, "entities in camt.053"])
def test_a_bank_statement(scene: Scenery, kind: str) -> None:
    name, data, code, vi, en = HOSTILE.get(
        kind, ("sao-ke.xml", lambda: BANK_ENTITIES, "xml-entities", "DOCTYPE", "DOCTYPE")
    )
    error = refused(
        lambda: receipts.read_bank_file(
            actor=scene.officer("finance"), account=scene.account, data=data(), file_name=name, month=NOW
        )
    )
    assert error.code == code
    assert vi in error.vi
    assert en in error.en
    assert not BankFile.objects.exists()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_upload_pages_say_why(scene: Scenery, desk: Callable[..., Any], language: str) -> None:
    doors = (
        ("collection", "/ho-so-thu/nhan/", {}),
        ("finance", "/tien-nop/sao-ke/", {"account": scene.account.pk}),
    )
    for role, address, also in doors:
        client = desk(role)
        client.cookies["django_language"] = language
        for kind, (name, data, _code, vi, en) in HOSTILE.items():
            content = data()
            answer = client.post(address, {"file": SimpleUploadedFile(name, content), **also})
            if len(content) == LARGE:
                # Refused before anything is read, by a page in both languages.
                assert answer.status_code == 413, address
                assert "20 MB" in answer.content.decode()
                continue
            assert answer.status_code == 200, (address, kind)
            said = " ".join(answer.context["form"].errors["file"])
            assert (vi if language == "vi" else en) in said, (address, kind, said)
            assert said in answer.content.decode().replace("&#x27;", "'").replace("&quot;", '"'), said
    named = SimpleUploadedFile("sao-ke.xlsm", packages.xlsx())
    answer = client.post("/tien-nop/sao-ke/", {"file": named, "account": scene.account.pk})
    assert ".xlsx" in answer.context["form"].errors["file"][0]
    assert not Declaration.objects.exists()
    assert not BankFile.objects.exists()


def test_nine_characters_do_not_stop_the_reader_of_statements(scene: Scenery) -> None:
    """344 bytes stopped every worker: a share of 1E+300000 became a whole number of 300,000 digits."""
    began = time.process_time()
    with pytest.raises(receipts.ReceiptError) as caught:
        receipts.read_bank_file(
            actor=scene.officer("finance"), account=scene.account, data=EXPONENT, file_name="s.xml", month=NOW
        )
    assert time.process_time() - began < 3
    (problem,) = [p for p in caught.value.problems if p.column_code == "amount"]
    assert (problem.cell, problem.value) == ("Ntry 1/2", "1E+300000")
    assert not BankFile.objects.exists()


def test_what_is_served_of_a_list_holds_values_only(scene: Scenery, desk: Callable[..., Any]) -> None:
    """Both files an officer could open, the list with its errors and the original, held what a stranger put in."""
    employer = scene.employer()
    book = openpyxl.load_workbook(
        BytesIO(workbook(employer, [row(scene.person(), job="@SUM(1)", wage=None)]))
    )
    sheet = book.worksheets[0]
    sheet["Z3"] = '=WEBSERVICE("http://evil.example/")'
    sheet["Z4"].hyperlink = "http://evil.example/"
    sheet["Z5"].comment = Comment("http://evil.example/", "x")
    book.defined_names["Auto_Open"] = DefinedName("Auto_Open", attr_text="'http://evil.example/'!A1")
    live = BytesIO()
    book.save(live)
    taken = declarations.receive(
        actor=scene.officer(), employer=employer, data=live.getvalue(), file_name="d02.xlsx"
    )
    client = desk("collection")
    for name in ("declaration_file", "declaration_errors"):
        answer = client.get(reverse(name, args=[taken.pk]))
        assert answer.status_code == 200, name
        with zipfile.ZipFile(BytesIO(answer.content)) as package:
            for part in package.namelist():
                assert not part.startswith(("xl/externalLinks", "xl/comments", "xl/drawings", "customXml")), (
                    part
                )
                content = package.read(part)
                assert b"WEBSERVICE" not in content
                assert b"definedName" not in content
                assert b"External" not in content
        cells = [
            c for sheet in openpyxl.load_workbook(BytesIO(answer.content)) for line in sheet for c in line
        ]
        assert all(c.data_type != "f" and c.hyperlink is None and c.comment is None for c in cells)
        assert any(c.value == "@SUM(1)" for c in cells)


def test_formulas_typed_into_a_list_come_back_as_text(scene: Scenery) -> None:
    employer = scene.employer()
    wrong = row(scene.person(), name='=HYPERLINK("http://x","bấm")', job="@SUM(1)", wage=None)
    taken = declarations.receive(
        actor=scene.officer(), employer=employer, data=workbook(employer, [wrong]), file_name="d02.xlsx"
    )
    assert taken.state == "draft"
    book = openpyxl.load_workbook(
        BytesIO(declarations.annotated_file(actor=scene.officer(), declaration=taken))
    )
    cells = [c for sheet in book for line in sheet.iter_rows() for c in line if c.value is not None]
    shown = [c for c in cells if str(c.value).startswith(("=", "@"))]
    assert [c.value for c in shown] == ['=HYPERLINK("http://x","bấm")', "@SUM(1)"]
    assert {c.data_type for c in shown} <= {"s", "inlineStr"}
    assert all(c.hyperlink is None for c in shown)
