"""Loại tệp: told by what a file holds, never by the name it is given.

A few bytes at the beginning tell most formats; a package (zip, OLE) is told by the parts it holds, XML by its
root, and text by holding nothing that a text does not hold.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ansinh.kernel.words import Words

HEAD: Final = 64 * 1024
"""Bytes at the beginning that are looked into."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Một loại tệp: its code, words, media type, and the extension a copy gets."""

    code: str
    words: Words
    media: str
    extension: str


_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind("xlsx", Words("bảng tính xlsx", "xlsx workbook"), f"{_OOXML}spreadsheetml.sheet", ".xlsx"),
        Kind(
            "xlsm",
            Words("bảng tính có macro", "workbook with macros"),
            "application/vnd.ms-excel.sheet.macroEnabled.12",
            ".xlsm",
        ),
        Kind(
            "xlsb",
            Words("bảng tính xlsb", "xlsb workbook"),
            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
            ".xlsb",
        ),
        Kind("xls", Words("bảng tính xls", "xls workbook"), "application/vnd.ms-excel", ".xls"),
        Kind("ods", Words("bảng tính ods", "ods workbook"), f"{_ODF}spreadsheet", ".ods"),
        Kind("docx", Words("văn bản docx", "docx text"), f"{_OOXML}wordprocessingml.document", ".docx"),
        Kind(
            "docm",
            Words("văn bản có macro", "text with macros"),
            "application/vnd.ms-word.document.macroEnabled.12",
            ".docm",
        ),
        Kind("doc", Words("văn bản doc", "doc text"), "application/msword", ".doc"),
        Kind("odt", Words("văn bản odt", "odt text"), f"{_ODF}text", ".odt"),
        Kind("pdf", Words("PDF", "PDF"), "application/pdf", ".pdf"),
        Kind("png", Words("ảnh PNG", "PNG image"), "image/png", ".png"),
        Kind("jpeg", Words("ảnh JPEG", "JPEG image"), "image/jpeg", ".jpg"),
        Kind("tiff", Words("ảnh TIFF", "TIFF image"), "image/tiff", ".tif"),
        Kind("webp", Words("ảnh WebP", "WebP image"), "image/webp", ".webp"),
        Kind("heic", Words("ảnh HEIC", "HEIC image"), "image/heic", ".heic"),
        Kind("gif", Words("ảnh GIF", "GIF image"), "image/gif", ".gif"),
        Kind("csv", Words("csv", "csv"), "text/csv", ".csv"),
        Kind("text", Words("tệp chữ", "plain text"), "text/plain", ".txt"),
        Kind("camt", Words("sao kê camt", "camt statement"), "application/xml", ".xml"),
        Kind("xml", Words("XML", "XML"), "application/xml", ".xml"),
        Kind("svg", Words("hình SVG", "SVG image"), "application/octet-stream", ".bin"),
        Kind("html", Words("trang web", "web page"), "application/octet-stream", ".bin"),
        Kind("program", Words("chương trình", "program"), "application/octet-stream", ".bin"),
        Kind("archive", Words("tệp nén", "archive"), "application/octet-stream", ".bin"),
        Kind("ole", Words("tệp Office khác", "other Office file"), "application/octet-stream", ".bin"),
        Kind("other", Words("loại không rõ", "unknown kind"), "application/octet-stream", ".bin"),
    )
}
TABLES: Final = frozenset({"xlsx", "xlsb", "xls", "csv", "text"})
IMAGES: Final = frozenset({"png", "jpeg", "tiff", "webp", "heic", "gif"})
PAPERS: Final = TABLES | IMAGES | {"ods", "docx", "doc", "odt", "pdf", "xml", "camt"}
"""What an office takes as a paper: nothing that runs, nothing that a browser would run."""

_BEGINNINGS: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
)
_HEIC: Final = (b"heic", b"heix", b"heif", b"mif1", b"msf1")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE: Final = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_ELEMENT: Final = re.compile(r"<(?:[\w.-]+:)?(?P<name>[\w.-]+)(?P<rest>[^>]*)")
_PAGES: Final = frozenset({"html", "head", "body", "script", "svg"})


def kind(code: str) -> Kind:
    """What a code means; a code of before that is none any more is of an unknown kind."""
    return KINDS.get(code, KINDS["other"])


class Text:
    """Có phải tệp chữ: told chunk by chunk, since a byte that no text holds may come late."""

    def __init__(self) -> None:
        self.plain = True

    def feed(self, chunk: bytes) -> None:
        """Look into one more piece."""
        self.plain = self.plain and not _CONTROLS.search(chunk)


def tell(source: BinaryIO, head: bytes, *, plain: bool) -> str:
    """Đoán loại theo nội dung: the code of a kind; `plain` is what `Text` found of the whole.

    `source` must allow seeking; it is left anywhere.
    """
    for beginning, code in _BEGINNINGS:
        if head.startswith(beginning):
            return code
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(source)
    if head.startswith(_OLE):
        return _compound(source)
    wide = next((code for mark, code in _WIDE if head.startswith(mark)), "")
    if not plain and not wide:
        return "other"
    return _words(head.decode(wide or "utf-8-sig", "replace"))


def _words(head: str) -> str:
    """A text: marked up, a table, or plain words."""
    root, rest = _root(head)
    if root in _PAGES:
        return "svg" if root == "svg" else "html"
    if root:
        return "camt" if "camt.05" in rest else "xml"
    first = next((line for line in head.splitlines() if line.strip()), "")
    return "csv" if any(sign in first for sign in ",;\t") else "text"


def _root(head: str) -> tuple[str, str]:
    """The name of the first element, in small letters, and what follows it; "" where none begins."""
    at = 0
    while True:
        at += len(head[at:]) - len(head[at:].lstrip())
        end = _end_of_prolog(head, at)
        if end is None:
            break
        if not end:
            return "", ""
        if head[at : at + 14].lower() == "<!doctype html":
            return "html", ""
        at = end
    found = _ELEMENT.match(head, at)
    return (found["name"].lower(), found["rest"]) if found else ("", "")


def _end_of_prolog(head: str, at: int) -> int | None:
    """Where a declaration, comment or document type ends; 0 where it never does, None when none begins."""
    if head.startswith("<?", at):
        sign = "?>"
    elif head.startswith("<!--", at):
        sign = "-->"
    elif head.startswith("<!", at):
        bracket, end = head.find("[", at), head.find(">", at)
        sign = "]" if -1 < bracket < end else ">"
    else:
        return None
    found = head.find(sign, at)
    if found < 0 or sign != "]":
        return found + len(sign) if found >= 0 else 0
    end = head.find(">", found)
    return end + 1 if end >= 0 else 0


_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_DIRECTORY_MOST: Final = 4 * 1024 * 1024
_PARTS: Final = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "docx"),
)
_MACROS: Final = {"xlsx": "xlsm", "xlsb": "xlsm", "docx": "docm"}


def _package(source: BinaryIO) -> str:
    """A zip by the parts it names; one that is damaged, or names too many, is an archive like any other."""
    try:
        names = set(_part_names(source))
    except (struct.error, ValueError, OSError):
        return "archive"
    for part, code in _PARTS:
        if part in names:
            with_macros = any(name.endswith("vbaproject.bin") for name in names)
            return _MACROS.get(code, code) if with_macros else code
    if "mimetype" in names and "content.xml" in names:
        return _open_document(source)
    return "archive"


def _open_document(source: BinaryIO) -> str:
    """ODF keeps its media type as the first part, as it is."""
    source.seek(0)
    head = source.read(256)
    if _ODF.encode() + b"spreadsheet" in head:
        return "ods"
    return "odt" if _ODF.encode() + b"text" in head else "archive"


def _part_names(source: BinaryIO) -> Iterator[str]:
    """Names of a zip's directory in small letters, which is read alone; nothing is unpacked."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(size - 0x10000 - _END.size, 0))
    tail = source.read()
    end = _END.unpack_from(tail, tail.rindex(b"PK\x05\x06"))
    count, length, start = end[4], end[5], end[6]
    if length > _DIRECTORY_MOST or start + length > size:
        raise ValueError("a directory that cannot be")
    source.seek(start)
    directory, at = source.read(length), 0
    for _ in range(count):
        entry = _ENTRY.unpack_from(directory, at)
        if entry[0] != b"PK\x01\x02":
            raise ValueError("no entry")
        name, extra, comment = entry[10], entry[11], entry[12]
        at += _ENTRY.size
        yield directory[at : at + name].decode("utf-8", "replace").lower()
        at += name + extra + comment


_NO_MORE: Final = 0xFFFFFFFA
_DIRECTORY_SECTORS: Final = 64
_STREAMS: Final = (("workbook", "xls"), ("book", "xls"), ("worddocument", "doc"))


def _compound(source: BinaryIO) -> str:
    """An OLE file by the streams its directory names: xls, doc, or another."""
    try:
        names = set(_stream_names(source))
    except (struct.error, IndexError, OSError, OverflowError):
        return "ole"
    return next((code for stream, code in _STREAMS if stream in names), "ole")


def _stream_names(source: BinaryIO) -> Iterator[str]:
    """Names of the first streams of an OLE directory, in small letters."""
    source.seek(0)
    header = source.read(512)
    size = 1 << min(struct.unpack_from("<H", header, 30)[0], 12)
    tables = struct.unpack_from("<109L", header, 76)
    sector = struct.unpack_from("<L", header, 48)[0]
    for _ in range(_DIRECTORY_SECTORS):
        if sector >= _NO_MORE:
            return
        source.seek((sector + 1) * size)
        page = source.read(size)
        for at in range(0, len(page) - 127, 128):
            length = struct.unpack_from("<H", page, at + 64)[0]
            yield page[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
        of_table, place = divmod(sector, size // 4)
        source.seek((tables[of_table] + 1) * size + place * 4)
        sector = struct.unpack("<L", source.read(4))[0]
