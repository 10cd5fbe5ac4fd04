"""Cells as people type them: one meaning is taken, two are refused."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from ansinh.forms.intake import codes, readings
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month


@pytest.mark.parametrize("value", [None, "", "  ", "-", "–", "\u00a0"])
def test_empty(value):
    assert readings.is_empty(value)
    assert readings.money(value) is None
    assert readings.month(value) is None
    assert readings.wage(value) == readings.Wage()


@pytest.mark.parametrize(
    ("value", "milli"),
    [
        ("2,34", 2340),
        ("2.34", 2340),
        (2.34, 2340),
        (2.3400000000000003, 2340),
        (" 6,2 ", 6200),
        (99.999, 99_999),
        (1, 1000),
        ("13", 13_000),
    ],
)
def test_below_a_hundred_is_a_coefficient(value, milli):
    assert readings.wage(value) == readings.Wage(coefficient_milli=milli)


@pytest.mark.parametrize(
    ("value", "dong"),
    [
        (100_000, 100_000),
        ("100.000", 100_000),
        (5310000.0, 5_310_000),
        ("5.310.000", 5_310_000),
        ("5,310,000", 5_310_000),
        ("5 310 000 đ", 5_310_000),
        ("52.000.000 đồng", 52_000_000),
        ("5310000", 5_310_000),
        ("5.310.000,00", 5_310_000),
        ("5.310.000 đồng/tháng", 5_310_000),
    ],
)
def test_from_a_hundred_thousand_is_money(value, dong):
    assert readings.wage(value) == readings.Wage(dong=dong)


@pytest.mark.parametrize(
    "value",
    [
        100,
        99_999,
        "5.310",
        "99.999",
        "2,340",
        "5,3 triệu",
        "5.310.00",
        2.3456,
        5_310_000.5,
        -1,
        "abc",
        10**11,
        True,
    ],
)
def test_wages_nobody_can_be_sure_of(value):
    with pytest.raises(BilingualError):
        readings.wage(value)


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ("7%", Fraction(7, 100)),
        ("7,5", Fraction(3, 40)),
        (7, Fraction(7, 100)),
        (0.05, Fraction(1, 20)),
        ("0,5%", Fraction(1, 200)),
        (100, Fraction(1)),
        (0, None),
    ],
)
def test_percentages(value, share):
    assert readings.percent(value) == share


@pytest.mark.parametrize("value", [101, "abc", "1/2", -5])
def test_not_percentages(value):
    with pytest.raises(BilingualError):
        readings.percent(value)


def test_position_allowance_in_money_is_sent_to_column_9():
    assert readings.coefficient("0,4") == 400
    with pytest.raises(BilingualError, match="cột 9"):
        readings.coefficient("500.000")


FIRST_OF_JULY = date(2026, 7, 1)


@pytest.mark.parametrize(
    "value",
    [
        "01/07/2026",
        "1/7/2026",
        "1-7-2026",
        "01.07.2026",
        "2026-07-01",
        "20260701",
        "01072026",
        "2026-07-01 00:00:00",
        "ngày 01 tháng 7 năm 2026",
        "1/7/26",
        FIRST_OF_JULY,
        datetime.fromisoformat("2026-07-01T08:30"),
        46204,
        46204.0,
        20260701,
        1072026.0,
    ],
)
def test_dates(value):
    assert readings.full_date(value) == FIRST_OF_JULY


@pytest.mark.parametrize("value", ["31/04/2026", "7/2026", "hôm qua", 3.5, 12, "7/13/2026", True])
def test_not_dates(value):
    with pytest.raises(BilingualError):
        readings.full_date(value)


def test_eight_digits_have_one_reading_of_our_centuries():
    # Read by year first, ddmmyyyy would need a month 19 or 20; read by day first, yyyymmdd a year below 1900.
    assert readings.full_date("20101020") == date(2010, 10, 20)
    assert readings.full_date("20122012") == date(2012, 12, 20)
    with pytest.raises(BilingualError):
        readings.full_date("20132010")


@pytest.mark.parametrize(
    ("value", "birth"),
    [
        ("1980", PartialDate(1980)),
        (1980.0, PartialDate(1980)),
        ("7/1980", PartialDate(1980, 7)),
        (71980, PartialDate(1980, 7)),
        ("01/07/1980", PartialDate(1980, 7, 1)),
        (29403, PartialDate(1980, 7, 1)),
        ("00/00/1954", PartialDate(1954)),
        (date(1980, 7, 1), PartialDate(1980, 7, 1)),
        (1071980, PartialDate(1980, 7, 1)),
    ],
)
def test_births(value, birth):
    assert readings.birth_date(value) == birth


@pytest.mark.parametrize("value", ["1/7/80", "32/1/1980", "abc", 42])
def test_not_births(value):
    with pytest.raises(BilingualError):
        readings.birth_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "07/2026",
        "7/2026",
        "7-2026",
        "2026-07",
        "T7/2026",
        "Tháng 7 năm 2026",
        "tháng 07/2026",
        "202607",
        "072026",
        72026,
        202607,
        "01/07/2026",
        FIRST_OF_JULY,
        "07/26",
        46204,
    ],
)
def test_months(value):
    assert readings.month(value) == Month(2026, 7)


def test_a_number_that_is_a_month_and_a_day_number_is_refused():
    # 42026 is April 2026 without its zero, and Excel's number of 22 January 2015.
    with pytest.raises(BilingualError, match="nhiều cách hiểu"):
        readings.month(42026)


@pytest.mark.parametrize("value", ["13/2026", "2026", "tháng bảy", 7, 7.2026])
def test_not_months(value):
    with pytest.raises(BilingualError):
        readings.month(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0123456789", codes.PersonCode(si_number="0123456789")),
        (123456789.0, codes.PersonCode(si_number="0123456789")),
        (7912345678.0, codes.PersonCode(si_number="7912345678")),
        ("001 080 001 234", codes.PersonCode(citizen_id="001080001234")),
        (79080001234.0, codes.PersonCode(citizen_id="079080001234")),
        ("'0123456789", codes.PersonCode(si_number="0123456789")),
    ],
)
def test_person_codes(value, expected):
    assert codes.person_code(value) == expected


@pytest.mark.parametrize(
    "value", ["123456789", "12345", 12345678.0, 123456789.5, "O123456789", "079980001234", 99980001234.0]
)
def test_codes_that_are_not_guessed(value):
    with pytest.raises(BilingualError):
        codes.person_code(value)


def test_ten_typed_digits_that_may_have_lost_two_zeros():
    born = PartialDate(1980, 7, 1)
    # 1080012345 may be 001080012345, a man born in 1980.
    with pytest.raises(BilingualError) as caught:
        codes.person_code(1080012345.0, born)
    assert caught.value.code == "lost-zeros"
    assert "1080012345" in caught.value.vi
    assert codes.person_code(1080012345.0, PartialDate(1991)).si_number == "1080012345"
    assert codes.person_code("1080012345", born).si_number == "1080012345"


def test_citizen_id_in_a_note_must_be_named():
    assert codes.citizen_in_note("CCCD: 001080001234") == "001080001234"
    assert codes.citizen_in_note("số định danh cá nhân 001 080 001 234, mới") == "001080001234"
    assert codes.citizen_in_note("hoàn trả về tài khoản 001080001234") is None
    assert codes.citizen_in_note("CCCD 001080001234, CCCD 079080001234") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("01001", ("01001", "")),
        (1001.0, ("01001", "")),
        ("79A02 - BV Chợ Rẫy", ("79A02", "BV Chợ Rẫy")),
        ("Bệnh viện Đa khoa", (None, "Bệnh viện Đa khoa")),
    ],
)
def test_hospitals(value, expected):
    read = codes.hospital(value)
    assert (read.code, read.name) == expected


@pytest.mark.parametrize("value", [101.0, "123", 123456.0])
def test_not_hospitals(value):
    with pytest.raises(BilingualError):
        codes.hospital(value)


@pytest.mark.parametrize(
    ("value", "form"),
    [("Bản điện tử", "electronic"), ("BẢN GIẤY", "paper"), ("ban giay", "paper"), (None, None)],
)
def test_result_forms(value, form):
    assert readings.result_form(value) == form


def test_result_form_must_be_one():
    with pytest.raises(BilingualError):
        readings.result_form("bản giấy và bản điện tử")


def test_contract_marks():
    assert readings.contract_mark("X").marked
    assert readings.contract_mark(1.0).marked
    assert not readings.contract_mark("").marked
    mark = readings.contract_mark("01/07/2026 - 30/06/2027")
    assert (mark.from_on, mark.to_on) == (FIRST_OF_JULY, date(2027, 6, 30))
    with pytest.raises(BilingualError):
        readings.contract_mark("ba năm")


@pytest.mark.parametrize("value", ["Nguyễn Văn 1", "123", "…"])
def test_not_names(value):
    with pytest.raises(BilingualError):
        readings.name(value)
