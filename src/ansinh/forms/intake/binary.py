"""Kiểm tra phần nhị phân của tệp xlsb: records of a type, a length and a body ([MS-XLSB] 2.1.4)."""

import struct
from collections.abc import Iterator

from ansinh.forms.intake.limits import Limits, refuse_text
from ansinh.forms.intake.markup import damaged, too_many_elements
from ansinh.forms.intake.surveys import OFTEN, Extent, Survey, refuse_claim

ROW_HEADER, SHARED_CELL, SHARED_ITEM, BEGIN_SHEET_DATA, BLANK_CELL = 0, 7, 19, 145, 1
MERGED_AREA, SHARED_TEXTS, FORMULA_CELL, LINK = 176, 159, 8, 494
LAST_CELL_RECORD = 11


def survey_records(chunks: Iterator[bytes], name: str, found: Survey, limits: Limits) -> None:
    """The binary parts of an xlsb: records of a type, a length and a body ([MS-XLSB] 2.1.4)."""
    data = b"".join(chunks)
    extent: Extent | None = None
    row = offset = records = 0
    while offset < len(data):
        kind, offset = _variable(data, offset, 2)
        length, offset = _variable(data, offset, 4)
        body = offset
        offset += length
        if offset > len(data):
            # Printer settings and the like are not records at all; a sheet that breaks off is damaged.
            if extent is None:
                return
            raise damaged(name)
        if kind == BEGIN_SHEET_DATA:
            extent = Extent()
            found.sheets.append(extent)
        elif extent is not None and kind == ROW_HEADER and length >= 4:
            row = int.from_bytes(data[body : body + 4], "little") + 1
        elif extent is not None and BLANK_CELL < kind <= LAST_CELL_RECORD and length >= 4:
            extent.meet(row, int.from_bytes(data[body : body + 4], "little") + 1)
            extent.texts += kind == SHARED_CELL
            found.cells += 1
            found.live["formula"] += kind >= FORMULA_CELL
            refuse_text(length // 2, limits)
        elif kind == SHARED_TEXTS and length >= 8:
            for claim in struct.unpack_from("<II", data, body):
                refuse_claim(str(claim), limits)
        elif kind == LINK:
            found.live["hyperlink"] += 1
        elif kind == MERGED_AREA:
            found.merged += 1
        elif kind == SHARED_ITEM and name.endswith("sharedstrings.bin"):
            found.longest_text = max(found.longest_text, length // 2)
            found.shared += 1
        records += 1
        if records % OFTEN == 0:
            found.check(limits)
        if found.elements + records > limits.elements:
            raise too_many_elements(limits.elements)
    found.elements += records


def _variable(data: bytes, offset: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        if offset >= len(data):
            return value, offset
        byte = data[offset]
        offset += 1
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            break
    return value, offset
