"""Kiểm tra tệp nén của Excel (xlsx, xlsb): what the zip holds, before a reader unpacks it.

The zip directory is only a claim, so every entry is inflated here once, counted against the limits as
it streams, and compared with the claim.

Links to other workbooks: the official templates themselves carry dormant ones, left in defined names by
decades of copying. Those are let through, since nothing here follows them; refused are cells whose value
comes from another workbook, DDE and OLE links, data connections and embedded objects.
"""

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ansinh.forms.intake.binary import survey_records
from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits, refuse_text
from ansinh.forms.intake.markup import (
    Attributes,
    Listeners,
    damaged,
    refuse_entities,
    walk,
)
from ansinh.forms.intake.surveys import (
    OFTEN,
    Extent,
    Survey,
    refuse_bomb,
    refuse_claim,
    refuse_links,
    refuse_macro,
    refuse_password,
)
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.numbers import is_digits

CHUNK = 64 * 1024
LOCAL_HEADER = 30
END_OF_DIRECTORY = 22
DIRECTORY_ENTRY = b"PK\x01\x02"
LONGEST_NAME = 255
LONGEST_FORMULA = 10_000
LETTERS = 26
ENCRYPTED_FLAG = 0x1
MARKUP_SUFFIXES = (".xml", ".rels")
OTHER_WORKBOOK = re.compile(r"(?<![\w\]])\[[^\[\]]+\][^\[\]]*!")
"""'[1]Sheet1'!A1 in a formula, but not Table1[Column]."""
HIDDEN = tuple(
    word.encode(encoding) for word in ("sheetData", "uniqueCount") for encoding in ("utf-8", "utf-16-le")
)
"""Words of sheets and shared texts, which have no business in a picture."""
LIVE_TAGS = frozenset(
    {"hyperlink", "definedName", "dataValidation", "conditionalFormatting", "oleObject", "control"}
)
LIVE_PARTS = {
    "comments": "comments",
    "persons/": "comments",
    "drawings/": "drawings",
    "charts/": "drawings",
    "media/": "drawings",
    "externallinks/": "externalLinks",
    "pivot": "pivots",
    "customxml/": "customXml",
    "printersettings/": "printerSettings",
    "customui": "other",
    "webextensions": "other",
    "slicer": "other",
    "timeline": "other",
    "model/": "other",
}
LOOSE_SUFFIXES = (".vml",)
"""Old Excel drawings are not well-formed XML: searched for declarations, not parsed."""


def survey(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Survey:
    """Khảo sát tệp xlsx/xlsb: every entry inflated once, counted, searched.

    Raises ``BilingualError`` with code ``zip-bomb``, ``macro``, ``external-links``, ``encrypted``,
    ``xml-entities``, ``too-many-rows``, ``too-many-columns``, ``too-many-elements``, ``too-many-merged``,
    ``text-too-long``, ``wrong-extension`` or ``damaged``.
    """
    entries = _directory(data, limits)
    found = Survey(kind=_kind({entry.filename for entry in entries}))
    limits = replace(limits, elements=limits.elements_of(len(data)))
    for entry in entries:
        _refuse_name(entry.filename.lower())
        chunks = _inflate(data, entry)
        lower = entry.filename.lower()
        _count_live(lower, found.live)
        if lower.endswith(MARKUP_SUFFIXES):
            _survey_markup(chunks, lower, found, limits)
        elif lower.endswith(".bin") and found.kind == "xlsb":
            survey_records(chunks, lower, found, limits)
        else:
            _survey_opaque(chunks, loose=lower.endswith(LOOSE_SUFFIXES))
    found.check(limits)
    return found


def _count_live(name: str, live: Counter[str]) -> None:
    """Parts that are neither a sheet nor of it, by what they are; drawings with their relations and media."""
    kind = next((kind for word, kind in LIVE_PARTS.items() if word in name), None)
    if kind is not None:
        live[kind] += not name.endswith(".rels")


def _directory(data: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    # A comment or trailing bytes let two readers find two different directories in one file.
    if data[-END_OF_DIRECTORY : -END_OF_DIRECTORY + 4] != b"PK\x05\x06":
        raise damaged("zip")
    # Counted before the directory is built, an object an entry. Packages inside packages count as well.
    if data.count(DIRECTORY_ENTRY) > 2 * limits.entries:
        raise refuse_bomb(f"hơn {limits.entries} mục", f"more than {limits.entries} entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
        raise damaged("zip") from error
    if len(entries) > limits.entries:
        raise refuse_bomb(f"{len(entries)} mục", f"{len(entries)} entries")
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked:
        raise refuse_bomb("dung lượng sau giải nén quá lớn", "unpacked size too large")
    packed = max(1, sum(entry.compress_size for entry in entries))
    if total > limits.ratio_from and total > limits.ratio * packed:
        raise refuse_bomb(f"tỷ lệ nén {total // packed} lần", f"compressed {total // packed} times")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise refuse_bomb("tên mục trùng nhau", "duplicate entries")
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise refuse_password()
    _refuse_overlap(entries)
    return entries


def _refuse_overlap(entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda item: item.header_offset):
        if entry.header_offset < end:
            raise refuse_bomb("các mục chồng lên nhau", "overlapping entries")
        end = entry.header_offset + LOCAL_HEADER + entry.compress_size


def _kind(names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    raise BilingualError(
        "Tệp không phải bảng tính Excel.", "The file is not an Excel workbook.", code="wrong-extension"
    )


def _refuse_name(name: str) -> None:
    strange = not name.isprintable() or len(name) > LONGEST_NAME
    if strange or ".." in name.split("/") or name.startswith("/") or "\\" in name:
        raise damaged("zip")
    parts = name.split("/")
    if (
        "vbaproject" in parts[-1]
        or "vbadata" in parts[-1]
        or "macrosheets" in parts
        or "dialogsheets" in parts
    ):
        raise refuse_macro()
    if "activex" in parts or "ctrlprops" in parts:
        raise refuse_macro()
    if {"querytables", "embeddings"} & set(parts) or parts[-1].startswith("connections."):
        raise refuse_links()


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the entry's true content, raising as soon as it exceeds or falls short of the claim."""
    start = entry.header_offset
    header = data[start : start + LOCAL_HEADER]
    if len(header) < LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise damaged("zip")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start += LOCAL_HEADER + name_length + extra_length
    packed = memoryview(data)[start : start + entry.compress_size]
    if len(packed) != entry.compress_size:
        raise damaged("zip")
    if entry.compress_type == zipfile.ZIP_STORED:
        if entry.compress_size != entry.file_size:
            raise damaged("zip")
        for offset in range(0, len(packed), CHUNK):
            yield bytes(packed[offset : offset + CHUNK])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged("zip")
    yield from _inflate_deflated(packed, entry.file_size)


def _inflate_deflated(packed: memoryview, claimed: int) -> Iterator[bytes]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    seen = 0
    pending: bytes | memoryview = packed
    try:
        while not machine.eof:
            chunk = machine.decompress(pending, CHUNK)
            pending = machine.unconsumed_tail
            if not chunk and not pending and not machine.eof:
                raise damaged("zip")
            seen += len(chunk)
            if seen > claimed:
                raise refuse_bomb("nội dung lớn hơn khai báo", "content larger than declared")
            if chunk:
                yield chunk
    except zlib.error as error:
        raise damaged("zip") from error
    if seen != claimed or machine.unused_data:
        raise damaged("zip")


def _survey_markup(chunks: Iterator[bytes], name: str, found: Survey, limits: Limits) -> None:
    left = limits.elements - found.elements
    if name == "[content_types].xml":
        found.elements += walk(chunks, name, Listeners(start=_refuse_content_type), most=left)
    elif name.endswith(".rels"):
        binary_workbook = found.kind == "xlsb" and name == "xl/_rels/workbook.bin.rels"
        start = _refuse_strange_target if binary_workbook else _refuse_relation
        found.elements += walk(chunks, name, Listeners(start=start), most=left)
    else:
        # Which part is a sheet is said by relations an attacker writes: look inside each.
        reader = _PartReader(found, limits)
        listeners = Listeners(start=reader.start, end=reader.end, text=reader.text)
        found.elements += walk(chunks, name, listeners, most=left)


def _refuse_content_type(tag: str, attributes: Attributes) -> None:
    if tag in {"Override", "Default"}:
        kind = attributes.get("ContentType", "").lower()
        if "macroenabled" in kind and "sheet.binary" not in kind:
            raise refuse_macro()
        if "vbaproject" in kind or "macrosheet" in kind or "activex" in kind:
            raise refuse_macro()


def _refuse_relation(tag: str, attributes: Attributes) -> None:
    if tag == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
        kind = attributes.get("Type", "").lower()
        # A typed e-mail address becomes a hyperlink by itself; for dormant links see the module's text.
        if not kind.endswith("/hyperlink") and "externallinkpath" not in kind:
            raise refuse_links()


def _refuse_strange_target(tag: str, attributes: Attributes) -> None:
    """A sheet of an xlsb under another suffix would escape the survey of records."""
    _refuse_relation(tag, attributes)
    if tag == "Relationship" and not attributes.get("Target", "").lower().endswith((".bin", ".xml")):
        raise damaged("zip")


class _PartReader:
    """Watches one XML part: cells with a value, lengths of shared texts, links out."""

    def __init__(self, found: Survey, limits: Limits) -> None:
        self._found = found
        self._limits = limits
        self._extent: Extent | None = None
        self._row = 0
        self._column = 0
        self._shared = False
        self._text = 0
        self._in_item = False
        self._formula: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._open_cell(attributes)
        elif tag == "row":
            self._row = _positive(attributes.get("r"), self._row + 1)
            self._column = 0
        elif tag in {"v", "is"} and self._extent is not None:
            self._meet(self._extent)
            self._in_item, self._text = True, 0
        elif tag == "sheetData":
            self._extent = Extent()
        elif tag == "si":
            self._in_item, self._text = True, 0
            self._found.shared += 1
        elif tag == "sst":
            # A reader makes room for as many texts as are claimed: a hundred billion end the process.
            for claim in ("count", "uniqueCount"):
                refuse_claim(attributes.get(claim, "0"), self._limits)
        elif tag == "mergeCell":
            self._found.merged += 1
        elif tag == "f":
            self._formula = ""
            self._found.live["formula"] += 1
        elif tag in LIVE_TAGS:
            self._found.live[tag] += 1
        elif tag in {"ddeLink", "oleLink"}:
            raise refuse_links()

    def _meet(self, extent: Extent) -> None:
        if not extent.rows:
            # Counted from its first cell: links keep hundreds of empty sheets of other workbooks.
            self._found.sheets.append(extent)
        self._found.cells += 1
        if self._found.cells % OFTEN == 0:
            self._found.check(self._limits)
        extent.meet(self._row, self._column)
        extent.texts += self._shared

    def _open_cell(self, attributes: Attributes) -> None:
        self._shared = attributes.get("t") == "s"
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            return
        self._row, self._column = _place(reference)

    def end(self, tag: str) -> None:
        if tag in {"si", "v", "is"} and self._in_item:
            self._in_item = False
            if tag == "si":
                self._found.longest_text = max(self._found.longest_text, self._text)
            refuse_text(self._text, self._limits)
        elif tag == "f" and self._formula is not None:
            if OTHER_WORKBOOK.search(self._formula):
                raise refuse_links()
            self._formula = None

    def text(self, piece: str) -> None:
        if self._in_item:
            self._text += len(piece)
        elif self._formula is not None:
            self._formula += piece
            if len(self._formula) > LONGEST_FORMULA:
                raise damaged("f")


def _positive(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not is_digits(text) or len(text) > 7 or int(text) == 0:
        raise damaged("r")
    return int(text)


def _place(reference: str) -> tuple[int, int]:
    """Split "B12" into row 12, column 2."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise damaged("r")
    column = 0
    for letter in letters.upper():
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return _positive(digits, 0), column


def _survey_opaque(chunks: Iterator[bytes], *, loose: bool) -> None:
    """Images and the like: no sheet and no declaration may hide behind such a name."""
    tail = b""
    for chunk in chunks:
        window = tail + chunk
        if any(mark in window for mark in HIDDEN):
            raise damaged("zip")
        if loose and (b"<!DOCTYPE" in window.upper() or b"<!ENTITY" in window.upper()):
            raise refuse_entities()
        tail = window[-32:]
