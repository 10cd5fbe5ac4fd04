"""What a file is, by what it holds."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
import xlsxwriter
from openpyxl import Workbook

from ansinh.office.documents import examining, kinds


def zipped(*names: str, mimetype: str = "") -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return package.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet()
    return made.getvalue()


def compound(*streams: str) -> bytes:
    """An OLE file of one table sector and one directory sector, which name these streams."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:] = b"\xff" * (512 - 76)
    header[76:80] = bytes(4)
    table = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * 504
    directory = b""
    for name in ("Root Entry", *streams):
        words = name.encode("utf-16-le") + b"\0\0"
        directory += words.ljust(64, b"\0") + len(words).to_bytes(2, "little") + bytes(62)
    return bytes(header) + table + directory.ljust(512, b"\0")


def saved() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


ODF = "application/vnd.oasis.opendocument."
CASES: dict[str, tuple[str, bytes]] = {
    "workbook": ("xlsx", workbook()),
    "workbook of another maker": ("xlsx", saved()),
    "binary workbook": ("xlsb", zipped("[Content_Types].xml", "xl/workbook.bin")),
    "macros": ("xlsm", zipped("xl/workbook.xml", "xl/vbaProject.bin")),
    "docx with macros": ("docm", zipped("word/document.xml", "word/vbaProject.bin")),
    "docx": ("docx", zipped("[Content_Types].xml", "word/document.xml")),
    "ods": ("ods", zipped("content.xml", mimetype=f"{ODF}spreadsheet")),
    "odt": ("odt", zipped("content.xml", mimetype=f"{ODF}text")),
    "zip": ("archive", zipped("a.exe")),
    "zip cut short": ("archive", zipped("xl/workbook.xml")[:-10]),
    "zip whose directory lies outside": ("archive", zipped("xl/workbook.xml")[30:].join((b"PK\x03\x04", b""))),
    "xls": ("xls", compound("Workbook")),
    "old xls": ("xls", compound("Book")),
    "doc": ("doc", compound("WordDocument")),
    "msg": ("ole", compound("__properties_version1.0")),
    "ole cut short": ("ole", compound("Workbook")[:40]),
    "ole that goes round": ("ole", compound().replace(b"\xfe\xff\xff\xff", b"\1\0\0\0", 1)),
    "pdf": ("pdf", b"%PDF-1.4\n\0\1"),
    "png": ("png", b"\x89PNG\r\n\x1a\n\0"),
    "jpeg": ("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    "tiff": ("tiff", b"II*\0\x08\0"),
    "webp": ("webp", b"RIFF\x10\0\0\0WEBPVP8 "),
    "photo of a telephone": ("heic", b"\0\0\0\x18ftypheic\0"),
    "gif": ("gif", b"GIF89a\1\0"),
    "program": ("program", b"\x7fELF\2\1"),
    "rar": ("archive", b"Rar!\x1a\7\0"),
    "camt": ("camt", b"\xef\xbb\xbf<?xml version='1.0'?>\n<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'>"),
    "camt in utf-16": ("camt", "<Document xmlns='urn:camt.053'/>".encode("utf-16")),
    "camt in utf-16 without a mark": ("camt", "<Document xmlns='urn:camt.053'/>".encode("utf-16-le")),
    "xml": ("xml", b"<?xml version='1.0'?><!-- <html> --><GIAMDINHHS/>"),
    "xml with a prefix": ("xml", b"<a:b xmlns:a='x'/>"),
    "xhtml": ("html", b"<?xml version='1.0'?><x:html xmlns:x='http://www.w3.org/1999/xhtml'/>"),
    "svg with a document type": ("svg", b"<!DOCTYPE svg [<!ENTITY a '>'>]>  <svg/>"),
    "page": ("html", b"  <!-- x --><!doctype HTML><p>"),
    "script": ("html", b"<script>alert(1)</script>"),
    "comment that never ends": ("text", b"<!-- " + b"<!-- -" * 5),
    "csv": ("csv", "Họ tên;Số sổ\nAn;1".encode()),
    "csv in utf-16": ("csv", "Họ tên;Số sổ".encode("utf-16")),
    "csv in windows-1258": ("csv", "Họ tên;So so".encode("cp1258", "replace")),
    "words": ("text", "Đơn đề nghị".encode()),
    "a byte no text holds, late": ("other", b"a" * 300_000 + b"\0"),
    "noise": ("other", bytes(range(256))),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_what_it_holds(name: str) -> None:
    expected, data = CASES[name]
    assert examining.examine(data, "bao-cao.pdf").kind == expected


def test_a_hostile_beginning_takes_no_time() -> None:
    started = time.monotonic()
    for data in (
        b"<!--" * 16_000,
        b"<!-- -->" * 8_000 + b"x",
        b" \n" * 32_000,
        b"<?" * 30_000,
        b"<!a[" * 16_000,
    ):
        examining.examine(data, "x")
    assert time.monotonic() - started < 5


def test_every_paper_has_a_kind() -> None:
    assert set(kinds.KINDS) >= kinds.PAPERS
    assert not kinds.PAPERS & {"svg", "html", "program", "archive", "xlsm", "docm", "ole", "other"}
    assert kinds.kind("of-before").code == "other"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\đơn.pdf", "đơn.pdf"),
        ("đơn\u202efdp.exe", "đơnfdp.exe"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ("...", "tep"),
        ("", "tep"),
        ("x" * 300 + ".xlsx", "x" * 195 + ".xlsx"),
    ],
)
def test_a_name_is_harmless(given: str, kept: str) -> None:
    assert examining.safe_name(given) == kept
