"""Kiểm tra tệp Excel 97–2003 (xls): the OLE container and the records of the workbook inside.

Layouts after [MS-CFB] (container) and [MS-XLS] (records).
"""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits, refuse_sheets
from ansinh.forms.intake.markup import damaged
from ansinh.forms.intake.surveys import Extent, Survey, refuse_links, refuse_macro, refuse_password
from ansinh.kernel.errors import BilingualError

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
LAST_SECTOR = 0xFFFFFFFA
DIFAT_IN_HEADER = 109
ENTRY_SIZE = 128
STREAM, ROOT = 2, 5
SHORT_SECTOR = 512
COUNTS = (40, 44, 64, 72)
"""Where the header counts the sectors of the directory, the table, the small table and the table's list."""
MINI_CUTOFF = 4096
MINI_SECTOR = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the container's directory."""

    name: str
    kind: int
    start: int
    size: int


class Container:
    """Tệp OLE: the directory of a compound file and its streams. ``damaged`` when it does not hold."""

    def __init__(self, data: bytes) -> None:
        if data[:8] != MAGIC or len(data) < 512:
            raise damaged("ole")
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in {9, 12}:
            raise damaged("ole")
        self._sector = 1 << shift
        self._refuse_counts()
        self._table = self._read_table()
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self.entries = list(self._read_directory(directory))
        self._mini: tuple[bytes, list[int]] | None = None

    def _refuse_counts(self) -> None:
        """A reader makes room for as many sectors as the header claims, before it meets one."""
        most = len(self._data) // self._sector + 1
        if any(struct.unpack_from("<I", self._data, at)[0] > most for at in COUNTS):
            raise damaged("ole")

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _numbers(self, raw: bytes) -> list[int]:
        whole = len(raw) // 4
        return list(struct.unpack(f"<{whole}I", raw[: whole * 4]))

    def _read_table(self) -> list[int]:
        sectors = self._numbers(self._data[76 : 76 + 4 * DIFAT_IN_HEADER])
        following = struct.unpack_from("<I", self._data, 68)[0]
        visited = 0
        while following < LAST_SECTOR:
            more = self._numbers(self._at(following))
            visited += 1
            if not more or visited > len(self._data) // self._sector:
                raise damaged("ole")
            sectors += more[:-1]
            following = more[-1]
        return [
            number for sector in sectors if sector < LAST_SECTOR for number in self._numbers(self._at(sector))
        ]

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        sector = start
        while sector < LAST_SECTOR:
            if sector >= len(self._table) or len(parts) > len(self._table):
                raise damaged("ole")
            parts.append(self._at(sector))
            sector = self._table[sector]
        return b"".join(parts)

    def _read_directory(self, raw: bytes) -> Iterator[Entry]:
        for offset in range(0, len(raw) - ENTRY_SIZE + 1, ENTRY_SIZE):
            length = struct.unpack_from("<H", raw, offset + 64)[0]
            if not 2 <= length <= 64:
                continue
            name = raw[offset : offset + length - 2].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<IQ", raw, offset + 116)
            if self._sector == SHORT_SECTOR:
                # Version 3 files may leave rubbish in the upper half of the size.
                size &= 0xFFFFFFFF
            if raw[offset + 66] in {STREAM, ROOT} and size > len(self._data):
                raise damaged("ole")
            yield Entry(name, raw[offset + 66], start, size)

    def stream(self, name: str) -> bytes | None:
        """The bytes of the stream of that name, or None."""
        for entry in self.entries:
            if entry.kind == STREAM and entry.name == name:
                if entry.size < MINI_CUTOFF:
                    return self._mini_stream(entry)
                return self._chain(entry.start)[: entry.size]
        return None

    def check(self) -> None:
        """Đi hết các chuỗi: a reader follows every chain, the one of small streams too, and may never end."""
        for entry in self.entries:
            if entry.kind == STREAM and entry.size >= MINI_CUTOFF:
                self._chain(entry.start)
        self._small()

    def _small(self) -> tuple[bytes, list[int]]:
        if self._mini is None:
            root = next((item for item in self.entries if item.kind == ROOT), None)
            if root is None:
                raise damaged("ole")
            table = self._numbers(self._chain(struct.unpack_from("<I", self._data, 60)[0]))
            self._mini = (self._chain(root.start), table)
        return self._mini

    def _mini_stream(self, entry: Entry) -> bytes:
        body, table = self._small()
        parts: list[bytes] = []
        sector = entry.start
        while sector < LAST_SECTOR:
            if sector >= len(table) or len(parts) > len(table):
                raise damaged("ole")
            parts.append(body[sector * MINI_SECTOR : (sector + 1) * MINI_SECTOR])
            sector = table[sector]
        return b"".join(parts)[: entry.size]


BOF, BOUND_SHEET, FILE_PASS, SUPPORTING_BOOK = 0x809, 0x85, 0x2F, 0x1AE
MULTIPLE = 0xBD
MERGED_AREAS = 0xE5
DIMENSIONS = 0x200
MOST_ROWS, MOST_COLUMNS = 65_536, 256
"""What a sheet of Excel 97 can hold."""
CELLS = frozenset({0x203, 0x27E, 0xFD, 0x204, 0x06, 0x205, 0xD6, 0x207})
SHARED_CELL, SHARED_TABLE, CONTINUED = 0xFD, 0xFC, 0x3C
MACRO_SHEET, MODULE_SHEET = 1, 6
LONGEST_PATH = 0xFF
LIVE_RECORDS = {
    0x06: "formula",
    0x1B8: "hyperlink",
    0x18: "definedName",
    0x1C: "comments",
    0x5D: "drawings",
    0x1BE: "dataValidation",
    0x1B0: "conditionalFormatting",
    SUPPORTING_BOOK: "externalLinks",
    0xD5: "pivots",
}
"""Records that mean something beside values, by the names of ``inert.LIVE``."""


def survey_ole(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Survey:
    """Khảo sát tệp xls: refuse what must not be read.

    Raises ``BilingualError`` with code ``encrypted``, ``macro``, ``external-links``, ``wrong-extension``,
    ``too-many-rows``, ``too-many-columns``, ``too-many-sheets``, ``too-many-merged``, ``text-too-long``,
    ``zip-bomb`` or ``damaged``.
    """
    container = Container(data)
    names = {entry.name.lower() for entry in container.entries}
    if {"encryptedpackage", "encryptioninfo"} & names:
        raise refuse_password()
    if any(name.startswith("_vba_project") or name == "vba" for name in names):
        raise refuse_macro()
    container.check()
    workbook = container.stream("Workbook") or container.stream("Book")
    if workbook is None:
        raise BilingualError(
            "Tệp không phải bảng tính Excel.", "The file is not an Excel workbook.", code="wrong-extension"
        )
    return _survey_workbook(workbook, limits)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if offset + 4 + length > len(stream):
            raise damaged("xls")
        yield kind, offset + 4, length
        offset += 4 + length


def _survey_workbook(stream: bytes, limits: Limits) -> Survey:
    sheets: list[Extent] = []
    shared: list[bytes] = []
    bound: list[int] = []
    begins: set[int] = set()
    in_shared = False
    cells = merged = 0
    live: Counter[str] = Counter()
    for kind, start, length in _records(stream):
        if kind in LIVE_RECORDS:
            live[LIVE_RECORDS[kind]] += 1
        in_shared = kind == SHARED_TABLE or (in_shared and kind == CONTINUED)
        if in_shared:
            shared.append(stream[start : start + length])
        elif kind == BOF:
            sheets.append(Extent())
            begins.add(start - 4)
        elif kind == FILE_PASS:
            raise refuse_password()
        elif kind == DIMENSIONS:
            _refuse_dimensions(stream[start : start + length])
        elif kind == BOUND_SHEET and length >= 6:
            bound.append(struct.unpack_from("<I", stream, start)[0])
            if stream[start + 5] in {MACRO_SHEET, MODULE_SHEET}:
                raise refuse_macro()
        elif kind == SUPPORTING_BOOK and length >= 4:
            sheets_of_it, name_length = struct.unpack_from("<HH", stream, start)
            # No sheets but a name: a DDE or OLE source. Dormant links to workbooks pass, see ``archives``.
            if sheets_of_it == 0 and 1 < name_length <= LONGEST_PATH:
                raise refuse_links()
        elif kind in CELLS and length >= 4 and sheets:
            row, column = struct.unpack_from("<HH", stream, start)
            sheets[-1].meet(row + 1, column + 1)
            sheets[-1].texts += kind == SHARED_CELL
            cells += 1
        elif kind == MULTIPLE and length >= 6 and sheets:
            cells += length // 6
            row = struct.unpack_from("<H", stream, start)[0]
            sheets[-1].meet(row + 1, struct.unpack_from("<H", stream, start + length - 2)[0] + 1)
        elif kind == MERGED_AREAS and length >= 2:
            merged += struct.unpack_from("<H", stream, start)[0]
    if len(set(bound)) != len(bound) or not begins.issuperset(bound):
        # Every name of a sheet makes the reader read it again; one that points into the middle of a record
        # would show the reader another sheet than the one looked at here.
        raise damaged("xls")
    refuse_sheets(len(bound), limits)
    lengths = list(_shared_lengths(shared))
    found = Survey("xls", sheets, max(lengths, default=0), cells, len(lengths), merged, live=live)
    found.check(limits)
    return found


def _refuse_dimensions(body: bytes) -> None:
    """A reader makes room for as many cells as the sheet claims, before it meets one."""
    if len(body) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", body)
    elif len(body) >= 8:
        top, bottom, left, right = struct.unpack_from("<HHHH", body)
    else:
        raise damaged("xls")
    if bottom > MOST_ROWS or right > MOST_COLUMNS or top > bottom or left > right:
        raise damaged("xls")


class _SharedTable:
    """Reads the shared texts' lengths across the records they are cut into ([MS-XLS] 2.5.293)."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._offset = 0

    def _left(self) -> int:
        while self._piece < len(self._pieces) and self._offset >= len(self._pieces[self._piece]):
            self._piece, self._offset = self._piece + 1, 0
        return len(self._pieces[self._piece]) - self._offset if self._piece < len(self._pieces) else 0

    def take(self, size: int) -> bytes:
        raw = b""
        while size > len(raw):
            left = self._left()
            if not left:
                raise damaged("xls")
            step = min(left, size - len(raw))
            raw += self._pieces[self._piece][self._offset : self._offset + step]
            self._offset += step
        return raw

    def skip_characters(self, count: int, wide: bool) -> None:
        while count:
            left = self._left()
            if not left:
                raise damaged("xls")
            fits = min(count, left // 2 if wide else left)
            self._offset += max(fits * (2 if wide else 1), 1)
            count -= fits
            if count:
                # A text cut by a record goes on after a byte that says its width anew.
                wide = bool(self.take(1)[0] & 1)


def _shared_lengths(pieces: list[bytes]) -> Iterator[int]:
    if not pieces:
        return
    table = _SharedTable(pieces)
    _, unique = struct.unpack("<II", table.take(8))
    for _ in range(unique):
        length, flags = struct.unpack("<HB", table.take(3))
        runs = struct.unpack("<H", table.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", table.take(4))[0] if flags & 4 else 0
        table.skip_characters(length, bool(flags & 1))
        table.take(4 * runs + extra)
        yield length
