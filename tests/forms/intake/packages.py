"""Files built by hand, harmless and hostile, for the tests of intake."""

import io
import struct
import zipfile

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>An</t></is></c><c r="C2"><v>{value}</v></c></row></sheetData>'
    "</worksheet>"
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": SHEET.format(value=7),
}


def xlsx(changes: dict[str, str | bytes] | None = None, *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A small package, with parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as package:
        for name, content in {**PARTS, **(changes or {})}.items():
            package.writestr(name, content)
    return buffer.getvalue()


def repacked(data: bytes, changes: dict[str, str | bytes]) -> bytes:
    """An existing package with parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            if entry.filename not in changes:
                made.writestr(entry.filename, source.read(entry))
        for name, content in changes.items():
            made.writestr(name, content)
    return buffer.getvalue()


def record(kind: int, body: bytes = b"") -> bytes:
    """One BIFF8 record."""
    return struct.pack("<HH", kind, len(body)) + body


def xls_stream(cells: bytes, globals_: bytes = b"", sheet_kind: int = 0, *, bound: bool = True) -> bytes:
    """A Workbook stream of one sheet named S."""
    bof = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    sheet_bof = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    end = record(0x0A)
    code_page = record(0x42, struct.pack("<H", 1200))
    head = bof + code_page + globals_
    name = b"S"
    length = 4 + 6 + 2 + len(name) if bound else 0
    offset = len(head) + length + len(end)
    sheet = record(0x85, struct.pack("<IBBBB", offset, 0, sheet_kind, len(name), 0) + name) if bound else b""
    return head + sheet + end + sheet_bof + cells + end


def number_cell(row: int, column: int, value: float) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def label_cell(row: int, column: int, text: str) -> bytes:
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def ole(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """A compound file (version 3) with the streams, each padded to the size that avoids the mini stream."""
    sector = 512
    free, end, table_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    bodies = []
    entries = [("Root Entry", 5, end, 0)]
    table: list[int] = []
    for name, body in streams.items():
        padded = body.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % sector)
        first = len(table)
        count = len(padded) // sector
        table += [*range(first + 1, first + count), end]
        bodies.append(padded)
        entries.append((name, 2, first, max(len(body), 4096)))
    entries += [(name, 1, end, 0) for name in storages]
    directory = b"".join(_entry(order, len(entries), *entry) for order, entry in enumerate(entries))
    directory += b"\0" * (-len(directory) % sector)
    directory_first = len(table)
    count = len(directory) // sector
    table += [*range(directory_first + 1, directory_first + count), end]
    table_sectors = 1
    while (len(table) + table_sectors) * 4 > table_sectors * sector:
        table_sectors += 1
    table_first = len(table)
    table += [table_mark] * table_sectors
    raw_table = struct.pack(f"<{len(table)}I", *table)
    raw_table += struct.pack("<I", free) * ((table_sectors * sector - len(raw_table)) // 4)
    places = [table_first + place for place in range(table_sectors)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, table_sectors, directory_first, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *places, *[free] * (109 - len(places)))
    return header + b"".join(bodies) + directory + raw_table


def _entry(order: int, count: int, name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    following = 0xFFFFFFFF
    child = 1 if order == 0 and count > 1 else following
    right = order + 1 if 0 < order < count - 1 else following
    links = struct.pack("<BBIII", kind, 1, following, right, child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<H", len(raw))
        + links
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def xlsb(rows: list[tuple[int, list[tuple[int, float]]]]) -> bytes:
    """A binary workbook of one sheet; rows and columns from 0."""

    def item(kind: int, body: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length = len(body)
        size = b""
        while True:
            size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
            length >>= 7
            if not length:
                return head + size + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = (
        item(131)
        + item(143)
        + item(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("S"))
        + item(144)
        + item(132)
    )
    cells = b""
    for row, values in rows:
        cells += item(0, struct.pack("<II", row, 0) + b"\0" * 9 + struct.pack("<I", 0))
        for column, value in values:
            cells += item(5, struct.pack("<IId", column, 0, value))
    sheet = (
        item(129) + item(148, struct.pack("<IIII", 0, 0, 0, 0)) + item(145) + cells + item(146) + item(130)
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    relation = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/%s" Target="%s"/></Relationships>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", relation % ("officeDocument", "xl/workbook.bin"))
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/_rels/workbook.bin.rels", relation % ("worksheet", "worksheets/sheet1.bin"))
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    return buffer.getvalue()
