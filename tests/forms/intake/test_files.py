"""Opening files: cells keep their place; hostile files are refused by name before a reader sees them."""

import io
import struct
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
import xlsxwriter
from tests.forms.intake import packages

from ansinh.forms.intake.files import cell_name, open_table
from ansinh.forms.intake.limits import DEFAULT_LIMITS, MEGABYTE, check_size
from ansinh.kernel.errors import BilingualError


def refused(data: bytes, filename: str = "ds.xlsx", **limits: int) -> str:
    with pytest.raises(BilingualError) as caught:
        open_table(data, filename, replace(DEFAULT_LIMITS, **limits))
    assert caught.value.vi
    assert caught.value.en
    return caught.value.code


def test_cells_keep_their_place_and_raw_value():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_string("B3", "0123456789")
        sheet.write_number("C3", 123456789)
        sheet.write_datetime(
            "D3", datetime.fromisoformat("2026-07-01"), book.add_format({"num_format": "dd/mm/yyyy"})
        )
        sheet.merge_range("B5:D6", "gộp")
        book.add_worksheet("Ẩn").hide()
    opened = open_table(buffer.getvalue(), "DS.XLSX")
    sheet = opened.sheets[0]
    assert (opened.kind, sheet.name, sheet.hidden, opened.sheets[1].hidden) == (
        "xlsx",
        "Danh sách",
        False,
        True,
    )
    assert (sheet.cell(3, 2).name, sheet.cell(3, 2).value) == ("B3", "0123456789")
    assert sheet.value(3, 3) == 123456789.0
    assert sheet.value(3, 4) == date(2026, 7, 1)
    assert sheet.value(1, 1) is None
    assert sheet.value(99, 99) is None
    assert sheet.merged == ((5, 2, 6, 4),)


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A1"), (26, "Z1"), (27, "AA1"), (702, "ZZ1"), (703, "AAA1")]
)
def test_cell_names(column, name):
    assert cell_name(1, column) == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_any_encoding_and_delimiter(encoding, mark):
    text = f"STT{mark}Họ và tên{mark}Lương\n1{mark}Đặng Thị Ánh{mark}5310000\n"
    sheet = open_table(text.encode(encoding), "ds.csv").sheets[0]
    assert sheet.rows == [["STT", "Họ và tên", "Lương"], ["1", "Đặng Thị Ánh", "5310000"]]


def windows_1258(text: str) -> bytes:
    """Windows-1258 keeps most vowels whole and their tone apart."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts if mark in tones), "")
        letters.append(unicodedata.normalize("NFC", parts.replace(tone, "")) + tone if tone else letter)
    return "".join(letters).encode("cp1258")


def test_csv_of_windows_1258_is_composed():
    sheet = open_table(windows_1258("Tên;Số\nNguyễn Thị Bưởi;1\n"), "ds.csv").sheets[0]
    assert sheet.rows == [["Tên", "Số"], ["Nguyễn Thị Bưởi", "1"]]


def test_csv_quotes_and_separator_hint_keep_row_numbers():
    sheet = open_table(b'sep=;\nA;B\n"x;y";"1,5"\n', "ds.csv").sheets[0]
    assert sheet.value(2, 1) == "A"
    assert sheet.value(3, 1) == "x;y"
    assert sheet.value(3, 2) == "1,5"


def test_xls_is_read():
    cells = packages.label_cell(1, 1, "Đặng") + packages.number_cell(1, 2, 7)
    opened = open_table(packages.ole({"Workbook": packages.xls_stream(cells)}), "ds.xls")
    assert (opened.kind, opened.sheets[0].value(2, 2), opened.sheets[0].value(2, 3)) == ("xls", "Đặng", 7.0)


def test_xlsb_is_read():
    opened = open_table(packages.xlsb([(1, [(1, 7.0), (2, 8.5)])]), "ds.xlsb")
    assert (opened.kind, opened.sheets[0].value(2, 2), opened.sheets[0].value(2, 3)) == ("xlsb", 7.0, 8.5)


def test_hand_made_package_is_read():
    assert open_table(packages.xlsx(), "ds.xlsx").sheets[0].value(2, 2) == "An"


# Hostile files


def test_size_is_refused_before_anything_is_read():
    assert refused(b"PK\x03\x04" + b"\0" * (100 * MEGABYTE)) == "file-too-large"
    assert refused(b"") == "file-empty"
    check_size(DEFAULT_LIMITS.size)
    with pytest.raises(BilingualError):
        check_size(DEFAULT_LIMITS.size + 1)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + b"\0" * 99,
        b"%PDF-1.7\n",
        b"<!DOCTYPE html><html></html>",
        b"<html><table></table></html>",
        b"\x89PNG\r\n\x1a\n",
        b"hello",
    ],
)
@pytest.mark.parametrize("name", ["ds.xlsx", "ds.xls", "ds.xlsb"])
def test_other_content_under_a_workbooks_name(content, name):
    assert refused(content, name) == "wrong-extension"


def test_names_must_agree_with_content():
    assert refused(packages.xlsx(), "ds.xls") == "wrong-extension"
    assert refused(packages.xlsx(), "ds.csv") == "wrong-extension"
    assert refused(packages.xlsb([(0, [(0, 1.0)])]), "ds.xlsx") == "wrong-extension"
    assert refused(packages.ole({"Workbook": packages.xls_stream(b"")}), "ds.xlsx") == "wrong-extension"
    assert refused(packages.ole({"WordDocument": b"x"}), "ds.xls") == "wrong-extension"
    assert refused(packages.xlsx(), "ds.exe") == "wrong-extension"
    assert refused(b"<table></table>", "ds.csv") == "wrong-extension"
    assert refused(b"a\0b,c", "ds.csv") == "wrong-extension"


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/vbaProject.bin": b"x"},
        {"xl/VBAPROJECT.BIN": b"x"},
        {"xl/macrosheets/sheet1.xml": "<macrosheet/>"},
        {"xl/activeX/activeX1.xml": "<ocx/>"},
        {
            "[Content_Types].xml": packages.PARTS["[Content_Types].xml"].replace(
                "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
            )
        },
    ],
)
def test_macros(changes):
    assert refused(packages.xlsx(changes)) == "macro"


def test_macro_names_and_old_macro_workbooks():
    assert refused(packages.xlsx(), "ds.xlsm") == "macro"
    stream = packages.xls_stream(b"")
    assert refused(packages.ole({"Workbook": stream}, ("_VBA_PROJECT_CUR",)), "ds.xls") == "macro"
    assert refused(packages.ole({"Workbook": packages.xls_stream(b"", sheet_kind=1)}), "ds.xls") == "macro"


def test_encrypted():
    assert refused(packages.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "ds.xlsx") == "encrypted"
    locked = packages.xls_stream(b"", packages.record(0x2F, b"\0" * 6))
    assert refused(packages.ole({"Workbook": locked}), "ds.xls") == "encrypted"


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml", "xl/_rels/x.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_in_any_part_and_encoding(part, encoding):
    text = BOMB.replace("?>", f' encoding="{encoding}"?>', 1)
    assert refused(packages.xlsx({part: text.encode(encoding)})) == "xml-entities"


def test_document_type_in_a_drawing_that_is_not_parsed():
    assert refused(packages.xlsx({"xl/drawings/v.vml": b"<xml><br>" + BOMB.encode()})) == "xml-entities"


def test_zip_bomb_by_ratio_by_size_and_by_count():
    zeros = packages.xlsx({"xl/media/a.emf": b"\0" * (8 * MEGABYTE)})
    assert refused(zeros) == "zip-bomb"
    assert refused(packages.xlsx({"xl/media/a.emf": b"ab" * 4000}), unpacked=8000) == "zip-bomb"
    assert refused(packages.xlsx({f"xl/media/{n}.png": b"" for n in range(30)}), entries=20) == "zip-bomb"


def test_zip_that_lies_about_its_size():
    honest = packages.xlsx({"xl/media/a.png": b"\0" * 100_000})
    lying = honest.replace(struct.pack("<I", 100_000), struct.pack("<I", 10))
    assert lying != honest
    assert refused(lying) == "zip-bomb"


def test_zip_with_overlapping_entries():
    data = bytearray(packages.xlsx())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    assert refused(bytes(data)) in {"zip-bomb", "damaged"}


def test_zip_with_trailing_bytes_or_broken():
    assert refused(packages.xlsx() + b"x") == "damaged"
    assert refused(packages.xlsx()[:-300]) == "damaged"


def test_part_names_that_climb_out():
    assert refused(packages.xlsx({"../evil.xml": "<x/>"})) == "damaged"


def far_cell(reference: str) -> bytes:
    sheet = packages.PARTS["xl/worksheets/sheet1.xml"].replace('r="C2"', f'r="{reference}"')
    return packages.xlsx({"xl/worksheets/sheet1.xml": sheet})


def test_one_far_cell_would_span_a_giant_sheet():
    assert refused(far_cell("C1048576")) == "too-many-rows"
    assert refused(far_cell("XFD2")) == "too-many-columns"
    assert refused(far_cell("ZZ19000"), columns=1000) == "too-many-rows"


def test_styled_but_empty_far_cells_are_harmless():
    sheet = packages.PARTS["xl/worksheets/sheet1.xml"].replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    assert len(open_table(packages.xlsx({"xl/worksheets/sheet1.xml": sheet}), "ds.xlsx").sheets[0].rows) == 2


def test_far_cells_of_binary_workbooks():
    assert refused(packages.xlsb([(1, [(1, 7.0)]), (900_000, [(1, 7.0)])]), "ds.xlsb") == "too-many-rows"
    cells = packages.number_cell(0, 0, 1) + packages.number_cell(65_000, 255, 1)
    stream = packages.xls_stream(cells)
    assert refused(packages.ole({"Workbook": stream}), "ds.xls") == "too-many-rows"


def test_repeated_giant_text():
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2001))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    shared = f"<sst><si><t>{'x' * 30_000}</t></si></sst>"
    data = packages.xlsx({"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared})
    assert refused(data, spread=10_000_000) == "zip-bomb"


def test_a_sheet_hidden_under_a_pictures_name():
    sheet = packages.PARTS["xl/worksheets/sheet1.xml"].encode()
    assert refused(packages.xlsx({"xl/media/image1.png": sheet})) == "damaged"


def test_values_from_other_workbooks():
    formula = packages.PARTS["xl/worksheets/sheet1.xml"].replace("<v>7</v>", "<f>'[1]Lương'!A1+1</f><v>7</v>")
    assert refused(packages.xlsx({"xl/worksheets/sheet1.xml": formula})) == "external-links"
    own = formula.replace("'[1]Lương'!A1", "Bang1[1]")
    assert (
        open_table(packages.xlsx({"xl/worksheets/sheet1.xml": own}), "ds.xlsx").sheets[0].value(2, 3) == 7.0
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/connections.xml": "<connections/>"},
        {"xl/queryTables/q1.xml": "<queryTable/>"},
        {"xl/embeddings/oleObject1.bin": b"x"},
        {
            "xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink ddeService='cmd' ddeTopic='calc'/></externalLink>"
        },
        {
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{packages.RELATIONS}"><Relationship Id="r" '
            f'Type="{packages.OFFICE}/image" Target="http://example.org/a.png" TargetMode="External"/></Relationships>'
        },
    ],
)
def test_sources_outside_the_workbook(changes):
    assert refused(packages.xlsx(changes)) == "external-links"


def test_dormant_links_and_mail_addresses_pass_as_in_the_official_templates():
    relation = (
        f'<Relationships xmlns="{packages.RELATIONS}"><Relationship Id="r" Type="{packages.OFFICE}/%s" '
        'Target="%s" TargetMode="External"/></Relationships>'
    )
    opened = open_table(
        packages.xlsx(
            {
                "xl/externalLinks/externalLink1.xml": "<externalLink><externalBook><sheetDataSet><sheetData sheetId='0'/>"
                "</sheetDataSet></externalBook></externalLink>",
                "xl/externalLinks/_rels/externalLink1.xml.rels": relation
                % ("externalLinkPath", "file:///old.xls"),
                "xl/worksheets/_rels/sheet1.xml.rels": relation % ("hyperlink", "mailto:a@example.org"),
            }
        ),
        "ds.xlsx",
    )
    assert opened.sheets[0].value(2, 2) == "An"


def test_old_dde_source():
    source = packages.record(0x1AE, struct.pack("<HHB", 0, 8, 0) + b"cmd\x03calc")
    assert refused(packages.ole({"Workbook": packages.xls_stream(b"", source)}), "ds.xls") == "external-links"


def test_too_many_rows_of_text():
    assert refused(b"a;b\n" * 60, "ds.csv", rows=50) == "too-many-rows"
    assert refused(b"a" + b";" * 600 + b"\n", "ds.csv") == "too-many-columns"
    assert refused(b"x" * (2 * MEGABYTE), "ds.csv") == "too-many-columns"


@pytest.mark.parametrize("cut", [9, 200, 600, 3000])
def test_broken_ole_answers_a_refusal(cut):
    data = packages.ole({"Workbook": packages.xls_stream(packages.number_cell(0, 0, 1))})
    assert refused(data[:cut], "ds.xls") in {"damaged", "wrong-extension"}


def test_ole_whose_chain_runs_in_a_circle():
    data = bytearray(packages.ole({"Workbook": packages.xls_stream(b"")}))
    table = data.rindex(struct.pack("<II", 1, 2))
    data[table : table + 4] = struct.pack("<I", 0)
    assert refused(bytes(data), "ds.xls") == "damaged"


def test_stored_parts_are_surveyed_too():
    assert open_table(packages.xlsx(compress=zipfile.ZIP_STORED), "ds.xlsx").sheets[0].value(2, 2) == "An"
    assert refused(packages.xlsx({"xl/x.xml": BOMB}, compress=zipfile.ZIP_STORED)) == "xml-entities"
