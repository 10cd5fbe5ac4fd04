"""Readings of cells, and files that are small to send and costly to read: refused, quickly, by name."""

import io
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.intake import packages
from tests.forms.intake.test_d02 import HEAD, UNIT_LINE
from tests.kernel.test_numbers import STRANGE, near_numbers, timed

from ansinh.forms.intake import changes, codes, readings
from ansinh.forms.intake.d02 import D02Row, read_d02
from ansinh.forms.intake.files import CellValue, Sheet, Workbook, open_table
from ansinh.forms.intake.heading import read_heading
from ansinh.forms.intake.layouts import layout
from ansinh.forms.intake.limits import DEFAULT_LIMITS, MEGABYTE
from ansinh.forms.intake.markup import check_xml
from ansinh.forms.intake.problems import MOST_PROBLEMS
from ansinh.forms.intake.tables import find_table
from ansinh.kernel.errors import BilingualError

SHEET = packages.PARTS["xl/worksheets/sheet1.xml"]
WORKBOOK = packages.PARTS["xl/workbook.xml"]
QUICK = 3.0
Reading = Callable[[CellValue], object]
READINGS: tuple[Reading, ...] = (
    readings.text,
    readings.shown,
    readings.name,
    readings.full_date,
    readings.birth_date,
    readings.month,
    readings.money,
    readings.coefficient,
    readings.wage,
    readings.percent,
    readings.contract_mark,
    readings.result_form,
    codes.person_code,
    codes.citizen,
    codes.citizen_in_note,
    codes.hospital,
    changes.change_of,
)
TYPED: tuple[CellValue, ...] = (
    10**400,
    -(10**5000),
    1e300,
    -1e300,
    float("inf"),
    float("nan"),
    -0.0,
    5e-324,
    True,
)
typed = (
    st.floats() | st.integers() | st.integers(10**300, 10**301) | st.booleans() | st.dates() | st.datetimes()
)
typed |= st.times() | st.timedeltas() | st.none() | st.sampled_from(TYPED)


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.__qualname__)
def test_strange_cells_are_refused_or_read(reading: Reading) -> None:
    """A cell 1e999, "²²²²²²" as a month or a wage of 5,000 digits ended the reading of the whole list."""
    for value in (*STRANGE, *TYPED):
        timed(reading, value)  # type: ignore[arg-type]  # a cell is more than a text


@settings(max_examples=60)
@given(st.text(max_size=5000) | near_numbers | typed)
def test_any_cell(value: CellValue) -> None:
    for reading in READINGS:
        timed(reading, value)  # type: ignore[arg-type]


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from([c.code for c in layout("d02-lt").columns]), near_numbers | typed))
def test_any_row(values: dict[str, CellValue]) -> None:
    row, problems = D02Row.from_mapping(values, row=7)
    for problem in problems:
        assert len(problem.value) <= 201
        assert len(problem.vi) < 1000
        assert "\0" not in str(problem) + problem.value
    assert "\0" not in str(row.content())


@pytest.mark.parametrize("value", ["²²²²²²", "٠٧٢٠٢٦", "٠٧/٢٠٢٦", "９/２０２６"])
def test_digits_of_other_scripts_are_no_month(value: str) -> None:
    with pytest.raises(BilingualError) as caught:
        readings.month(value)
    assert caught.value.code == "date"


def test_what_the_register_cannot_hold_is_a_problem_at_its_cell() -> None:
    _, problems = D02Row.from_mapping(
        {"name": "A" * 101, "job": "x" * 121}, row=3, cells={"name": "B3", "job": "F3"}
    )
    assert {problem.cell for problem in problems} >= {"B3", "F3"}


def in_time(act: Callable[[], object], seconds: float = QUICK) -> object:
    began = time.process_time()
    answer = act()
    assert time.process_time() - began < seconds
    return answer


def refused(data: bytes, name: str = "a.xlsx", seconds: float = QUICK, **limits: int) -> str:
    with pytest.raises(BilingualError) as caught:
        in_time(lambda: open_table(data, name, replace(DEFAULT_LIMITS, **limits)), seconds)
    assert caught.value.vi != caught.value.en
    return caught.value.code


def sheet(old: str, new: str) -> bytes:
    assert old in SHEET
    return packages.xlsx({"xl/worksheets/sheet1.xml": SHEET.replace(old, new)})


@pytest.mark.parametrize("value", ["1e300", "1e999", "NaN", "-inf", "9" * 5000, "-0", "²", "0x1F"])
def test_numbers_of_a_workbook_reach_a_problem_never_an_accident(value: str) -> None:
    head = "".join(
        f'<c r="{chr(65 + at)}1" t="inlineStr"><is><t>{words}</t></is></c>' for at, words in enumerate(HEAD)
    )
    body = "".join(f'<c r="{chr(65 + at)}2"><v>{value}</v></c>' for at in range(len(HEAD)))
    data = packages.xlsx(
        {
            "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<sheetData><row r="1">{head}</row><row r="2">{body}</row></sheetData></worksheet>'
        }
    )
    assert read_d02(data, "a.xlsx").problems


# What a reader's own memory does: it makes room for what a file claims, and the process is gone.

CLAIMS = {
    "shared texts": packages.xlsx(
        {"xl/sharedStrings.xml": '<sst count="1" uniqueCount="99999999999"><si/></sst>'}
    ),
    "shared texts with a sign": packages.xlsx({"xl/sharedStrings.xml": '<sst uniqueCount="+99999999999"/>'}),
    "shared texts elsewhere": packages.xlsx({"xl/strings.dat": b'<sst uniqueCount="99999999999"/>'}),
    "dimensions": packages.ole(
        {
            "Workbook": packages.xls_stream(
                packages.record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
            )
        }
    ),
    "dimensions backwards": packages.ole(
        {"Workbook": packages.xls_stream(packages.record(0x200, struct.pack("<IIHHH", 9, 2, 9, 2, 0)))}
    ),
}
PROGRAM = """
import sys
from ansinh.forms.intake.files import open_table
from ansinh.kernel.errors import BilingualError
try:
    open_table(sys.stdin.buffer.read(), sys.argv[1])
except BilingualError as error:
    print(error.code)
"""


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_claim_does_not_end_the_process(kind: str) -> None:
    """A workbook of 1,400 bytes that claimed a hundred billion texts aborted the worker that read it."""
    data = CLAIMS[kind]
    name = "a.xls" if data.startswith(b"\xd0\xcf") else "a.xlsx"
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, name], input=data, capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr[-500:]
    assert ended.stdout.decode().strip() in {"zip-bomb", "damaged"}


@pytest.mark.parametrize("at", [40, 44, 64, 72])
def test_counts_in_the_header_of_an_old_workbook(at: int) -> None:
    data = bytearray(packages.ole({"Workbook": packages.xls_stream(packages.number_cell(0, 0, 1))}))
    data[at : at + 4] = struct.pack("<I", 0x7FFFFFFF)
    assert refused(bytes(data), "a.xls") == "damaged"


def test_streams_longer_than_the_file() -> None:
    data = packages.ole({"Workbook": packages.xls_stream(b"")})
    size = struct.pack("<IQ", 0, 4096)
    assert size in data
    assert refused(data.replace(size, struct.pack("<IQ", 0, 0x7FFFFFFF)), "a.xls") == "damaged"


def test_a_sheet_hidden_inside_another_record() -> None:
    """A sheet may begin in the middle of a record: the reader saw cells that the survey had not counted."""
    inner = packages.record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    inner += packages.number_cell(65_000, 255, 1) + packages.record(0x0A)
    stream = packages.xls_stream(packages.record(0x1234, inner))
    outer = stream.index(packages.record(0x1234, inner)) + 4
    bound = stream.index(b"\x85\0")
    hidden = stream[: bound + 4] + struct.pack("<I", outer) + stream[bound + 8 :]
    assert open_table(packages.ole({"Workbook": stream}), "a.xls").sheets[0].rows == []
    assert refused(packages.ole({"Workbook": hidden}), "a.xls") == "damaged"


def test_one_sheet_under_many_names() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="CV{n}"><v>1</v></c></row>' for n in range(3, 3000)
    )
    names = "".join(f'<sheet name="S{n}" sheetId="{n + 2}" r:id="rId1"/>' for n in range(40))
    changes = {
        "xl/workbook.xml": WORKBOOK.replace("</sheets>", f"{names}</sheets>"),
        "xl/worksheets/sheet1.xml": SHEET.replace("</sheetData>", f"{rows}</sheetData>"),
    }
    assert refused(packages.xlsx(changes), area=2_000_000) == "too-many-rows"
    assert refused(packages.xlsx(changes), sheets=40) == "too-many-sheets"
    twice = packages.xls_stream(b"")
    bound = twice[twice.index(b"\x85\0") :][:13]
    shifted = bound[:4] + struct.pack("<I", struct.unpack("<I", bound[4:8])[0] + 13) + bound[8:]
    assert refused(packages.ole({"Workbook": twice.replace(bound, shifted * 2)}), "a.xls") == "damaged"


# Small to send, long to read.

NOISE = "".join(chr(97 + (n * n * 31 + n * 7) % 26) for n in range(400_000))
"""Text that hardly compresses, so that ratios do not tell."""


def padded(changes: dict[str, str | bytes]) -> bytes:
    """A package whose compression looks ordinary: megabytes of stored bytes go with the hostile part."""
    return packages.xlsx({"xl/media/image1.png": NOISE.encode() * 3, **changes}, compress=0)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (sheet("</row>", "<c/>" * 1_500_000 + "</row>"), "zip-bomb"),
        (sheet("An", "x" * 150_000), "text-too-long"),
        (sheet("<v>7</v>", "<v>" + "7" * 150_000 + "</v>"), "text-too-long"),
        (sheet("<v>7</v>", "<f>" + "A1+" * 10_000 + "A1</f><v>7</v>"), "damaged"),
        (sheet('r="C2"', 'r="²2"'), "damaged"),
        (sheet('r="C2"', 'r="C²"'), "damaged"),
        (sheet('r="2"', 'r="' + "9" * 5000 + '"'), "damaged"),
        (packages.xlsx({"xl/\x01.xml": "<x/>"}), "damaged"),
        (packages.xlsx({f"xl/{'x' * 300}.xml": "<x/>"}), "damaged"),
    ],
    ids=[
        "elements",
        "text",
        "number",
        "formula",
        "column",
        "row",
        "row digits",
        "name",
        "long",
    ],
)
def test_parts_that_go_too_far(part: bytes, code: str) -> None:
    assert refused(part) == code


def test_each_count_is_kept_on_its_own() -> None:
    merges = sheet(
        "</worksheet>", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 2000 + "</mergeCells></worksheet>"
    )
    assert refused(merges, merged=1000) == "too-many-merged"
    assert (
        refused(packages.xlsx({"xl/sharedStrings.xml": f"<sst>{'<si/>' * 2000}</sst>"}), shared=1000)
        == "zip-bomb"
    )
    cells = sheet("</row>", '<c r="A2"><v>1</v></c>' * 2000 + "</row>")
    assert refused(cells, area=1000) == "zip-bomb"
    assert (
        refused(sheet("</row>", "<c/>" * 2000 + "</row>"), elements_from=100, elements_per_byte=1)
        == "too-many-elements"
    )
    binary = packages.xlsb([(row, [(0, 1.0)]) for row in range(2000)])
    assert refused(binary, "a.xlsb", elements_from=100, elements_per_byte=0) == "too-many-elements"
    assert refused(binary, "a.xlsb", area=1000) in {"zip-bomb", "too-many-rows"}
    old = packages.record(0xE5, struct.pack("<H", 500) + b"\0" * 4000)
    assert (
        refused(packages.ole({"Workbook": packages.xls_stream(old)}), "a.xls", merged=100)
        == "too-many-merged"
    )


@pytest.mark.parametrize(
    "text",
    [b"<a b='" + b"x" * 8 * MEGABYTE + b"'/>", b"<a><!--" + b"x" * 8 * MEGABYTE + b"--></a>"],
    ids=["tag", "comment"],
)
def test_one_endless_tag(text: bytes) -> None:
    """The parser begins a tag anew with every piece: 300 MB of one attribute, a 2 MB upload, took hours."""
    with pytest.raises(BilingualError) as caught:
        in_time(lambda: check_xml(text), 1)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "base64", "rot13"])
def test_encodings_nobody_knows(encoding: str) -> None:
    with pytest.raises(BilingualError) as caught:
        check_xml(f"<?xml version='1.0' encoding='{encoding}'?><a/>".encode())
    assert caught.value.code == "damaged"


def test_a_directory_of_very_many_entries() -> None:
    inner = packages.xlsx({f"xl/media/{n}.png": b"" for n in range(4500)}, compress=0)
    assert refused(packages.xlsx({"xl/media/x.png": inner}, compress=0)) == "zip-bomb"


def test_marks_heaped_on_a_letter_of_a_csv() -> None:
    """200 kB of accents on one letter kept a worker busy for half a minute, a megabyte for a quarter hour."""
    read = in_time(
        lambda: open_table("a\u0301\u0323;b\n".encode() + ("x" + "\u0301\u0323" * 60_000).encode(), "a.csv")
    )
    assert isinstance(read, Workbook)
    assert len(str(read.sheets[0].value(2, 1))) < 20


@pytest.mark.parametrize("hint", ['sep="', "sep=\r", "sep= ", "sep=x"])
def test_a_separator_that_is_none(hint: str) -> None:
    assert open_table(f"{hint}\na;b\n1;2\n".encode(), "a.csv").sheets[0].value(3, 2) == "2"


def test_a_nul_in_a_workbook_or_a_csv_is_no_nul() -> None:
    """A cell of "_x0000_" became a NUL, which the database refused: an error page for the whole list."""
    assert open_table(sheet("An", "A_x0000_n"), "a.xlsx").sheets[0].value(2, 2) == "A\ufffdn"
    assert open_table("a\0b;c".encode("utf-16"), "a.csv").sheets[0].value(1, 1) == "a\ufffdb"


def test_headings_without_end_are_compared_for_a_while_only() -> None:
    """Thirty rows of five hundred headings, 300 kB, took twenty seconds; and each sheet of a hundred again."""
    words = [
        column.header[-1][:-1] + letter for column in layout("d02-lt").columns for letter in "abcdefghiklmnop"
    ]
    rows: list[list[CellValue]] = [
        [words[(row * 37 + at) % len(words)] for at in range(500)] for row in range(30)
    ]
    book = Workbook("a", "xlsx", [Sheet(f"S{n}", rows) for n in range(3)])
    in_time(lambda: find_table(book, layout("d02-lt").columns), 15)
    many = Workbook(
        "a", "xlsx", [Sheet(f"S{n}", [["x", "y"]]) for n in range(90)] + [Sheet("L", [HEAD, [1, "A"]])]
    )
    assert find_table(many, layout("d02-lt").columns).sheet.name == "L"


def test_labels_without_end() -> None:
    words = "Mã đơn vị: " * 9000
    rows: list[list[CellValue]] = [[words] * 100 for _ in range(20)]
    found = in_time(lambda: read_heading(Sheet("S", rows), 20), 10)
    assert found


def test_a_list_of_errors_only_says_so_once() -> None:
    """200,000 rows wrong in every column filled two gigabytes with five million problems."""
    wrong = "x;1;=1;z;9;9;?\n" * 20_000
    lines = "\n".join([*map(str, UNIT_LINE), ";".join(map(str, HEAD)), wrong])
    read = read_d02(lines.encode(), "a.csv")
    assert MOST_PROBLEMS < len(read.problems) < MOST_PROBLEMS + 100
    assert any(str(MOST_PROBLEMS) in problem.vi for problem in read.problems)


def test_ordinary_files_are_as_they_were() -> None:
    read = open_table(packages.xlsx(), "a.xlsx").sheets[0]
    assert (read.value(2, 2), read.value(2, 3)) == ("An", 7.0)
    assert readings.month("07/2026") is not None
    assert readings.full_date("01/07/2026") == date(2026, 7, 1)
    assert io.BytesIO(packages.xlsx()).read(2) == b"PK"
