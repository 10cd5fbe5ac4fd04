"""D09-TS, B10a-TS, D15-TS, C16-TS and the urge letter: checks that bite and workbooks that read back."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from tests.forms.official.statements import AGENCY, people, statement

from ansinh.forms.official import b10a, c16, d09, d15
from ansinh.forms.official.b10a import B10a, B10Line
from ansinh.forms.official.c16 import C16Line, C16List
from ansinh.forms.official.d09 import D09Line
from ansinh.forms.official.d15 import D15Line, D15List
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import date_line
from ansinh.forms.official.urge import UrgeLetter
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month

ISSUED = date(2026, 8, 3)
JULY = Month(2026, 7)


def rows(made: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    assert len(book.sheet_names) == 1
    return book.get_sheet_by_index(0).to_python()


def named(made: bytes, name: str) -> list[object]:
    return next(line for line in rows(made) if line[1] == name)


def test_every_layout_names_its_decision_and_numbers_its_columns_once() -> None:
    for code in ("C12-TS", "D09-TS", "01-ĐĐ", "C69a-HD", "C83a-HD", "B10a-TS", "D15-TS", "C16-TS"):
        form = layout(code)
        assert form.code == code
        assert form.instrument == "366/QĐ-BHXH 2026"
        numbers = [column.number for column in form.columns]
        assert len(set(numbers)) == len(numbers)
    assert [
        len([c for c in layout(code).columns if c.number.isdigit()]) for code in ("C69a-HD", "C83a-HD")
    ] == [38, 30]


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(BilingualError):
        layout("C99-TS")


def test_d09_keeps_codes_as_text_groups_people_and_sums_those_present() -> None:
    form = people(6)
    assert form.check() == []
    found = rows(d09.to_xlsx(form))
    at = next(index for index, line in enumerate(found) if line[1] == "Người đang tham gia")
    assert found[at][0] == "I"
    assert found[at + 1][2] == form.lines[0].code
    assert isinstance(found[at + 1][2], str)
    assert found[at + 4][7] == ""
    total = next(line for line in found if line[1] == "Cộng")
    assert total[7] == sum(line.wage_social or 0 for line in form.lines if line.group == "present")
    assert [line[1] for line in found if line[0] in {"II", "III"}] == ["Tăng mới", "Giảm"]


def test_d09_check() -> None:
    form = people(3)
    silent = D09Line(name="Lý Thế Vỹ", code="0900000001")
    assert any("không có ghi chú" in line for line in replace(form, lines=[silent]).check())
    assert replace(form, lines=[replace(silent, note="Nghỉ không lương")]).check() == []
    twice = replace(form, lines=[form.lines[0], form.lines[0]])
    assert any("hai dòng" in line for line in twice.check())
    assert any("âm" in line for line in replace(form, lines=[replace(form.lines[0], wage_social=-1)]).check())


def test_b10a_marks_and_totals() -> None:
    lines = [
        B10Line(name="Công ty A", code="TZ0001Z", urged=True, late=True),
        B10Line(name="Công ty B", code="TZ0002Z", urged=True, evaded=True, checked=True),
    ]
    form = B10a(agency=AGENCY, month=JULY, lines=lines, issued_on=ISSUED)
    assert form.check() == []
    made = b10a.to_xlsx(form)
    assert named(made, "Tổng cộng")[3:9] == ["2", "1", "1", "1", "0", "0"]
    assert named(made, "Công ty B")[3:9] == ["x", "", "x", "x", "", ""]
    bad = [replace(lines[0], late=False), replace(lines[1], prosecuted=True), lines[1]]
    said = "\n".join(replace(form, lines=bad).check())
    assert "TZ0001Z" in said
    assert "chưa gửi hồ sơ" in said
    assert "nhiều dòng" in said


def test_d15_lists_amounts_and_refuses_the_unjustified() -> None:
    line = D15Line(name="Công ty A", code="TZ0001Z", address="Xã Chi Lăng", workers=12, amount=1_904_910_000)
    form = D15List(agency=AGENCY, month=JULY, lines=[line], issued_on=ISSUED)
    assert form.check() == []
    assert named(d15.to_xlsx(form), "Công ty A")[4:6] == [12, 1_904_910_000]
    assert len(replace(form, lines=[replace(line, amount=0, address="", workers=-1), line]).check()) == 4


def test_c16_total_and_check() -> None:
    line = C16Line(
        name="Đặng Văn Hữu",
        code="0200000001",
        office="BHXH cơ sở Kỳ Lừa",
        amount=477_900,
        base=5_310_000,
        months=2,
    )
    form = C16List(
        agency=AGENCY, lines=[line, replace(line, base=None, months=None)], issued_on=ISSUED, number="7"
    )
    assert form.check() == []
    made = c16.to_xlsx(form)
    assert named(made, "Tổng cộng:")[6] == 955_800
    assert named(made, "Đặng Văn Hữu")[2] == "0200000001"
    assert len(replace(form, lines=[replace(line, amount=0, months=0)]).check()) == 2


def test_urge_letter_takes_its_figures_from_the_closing_block() -> None:
    letter = UrgeLetter.of(statement(), issued_on=ISSUED, number="128")
    assert (letter.late, letter.late_days, letter.late_charge) == (1_000_000, 62, 18_600)
    assert (letter.evaded, letter.evaded_days, letter.evaded_charge) == (0, 0, 0)
    assert letter.check() == []
    assert replace(letter, late_days=0).check()
    assert replace(letter, late=0, late_charge=0).check()
    assert replace(letter, evaded_charge=-1).check()


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 3), "Lạng Sơn, ngày 03 tháng 02 năm 2026"),
        (date(2026, 3, 10), "Lạng Sơn, ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 31), "Lạng Sơn, ngày 31 tháng 12 năm 2026"),
    ],
)
def test_date_line_pads_as_the_decree_says(day: date, text: str) -> None:
    assert date_line("Lạng Sơn", day) == text
