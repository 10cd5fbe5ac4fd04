from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import LARGEST, format_dong, in_words, parse_dong

amounts = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1.000"),
        (12_345_678, "12.345.678"),
        (-1_000_000, "-1.000.000"),
        (16_777_217, "16.777.217"),  # the first whole number a 32-bit float loses
    ],
)
def test_format(amount, shown):
    assert format_dong(amount) == shown
    assert format_dong(amount, unit=True) == shown + "\u00a0đ"


@given(amounts, st.booleans())
def test_what_is_shown_is_read_back(amount, unit):
    assert parse_dong(format_dong(amount, unit=unit)) == amount


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("12.345.678", 12_345_678),
        ("12,345,678", 12_345_678),
        ("12 345 678", 12_345_678),
        ("12\u00a0345\u00a0678\u00a0₫", 12_345_678),
        ("1'000'000", 1_000_000),
        ("1.500", 1_500),
        ("2530000", 2_530_000),
        (" 2.530.000 đồng ", 2_530_000),
        ("2.530.000VND", 2_530_000),
        ("2.530.000 VNĐ", 2_530_000),
        ("2.530.000,00", 2_530_000),
        ("2,530,000.0", 2_530_000),
        ("2530000.00", 2_530_000),
        ("-5.000", -5_000),
        ("\u22125.000", -5_000),
        ("+5.000", 5_000),
        ("(5.000)", -5_000),
        ("(5.000 đ)", -5_000),
        ("(5.000) đ", -5_000),
        ("0", 0),
        (7, 7),
        (2_530_000.0, 2_530_000),
        (Decimal("2530000.00"), 2_530_000),
        (LARGEST, LARGEST),
    ],
)
def test_reads(value, amount):
    assert parse_dong(value) == amount


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "money.empty"),
        ("   ", "money.empty"),
        ("đ", "money.format"),
        ("năm nghìn", "money.format"),
        ("1,5", "money.format"),
        ("1.50", "money.format"),
        ("1.234,5", "money.format"),
        ("12.34.567", "money.format"),
        ("1.234,567", "money.format"),
        ("1234.567", "money.format"),
        ("12.345.6789", "money.format"),
        ("(5.000", "money.format"),
        ("5.000)", "money.format"),
        ("(-5.000)", "money.format"),
        ("5e3", "money.format"),
        (True, "money.format"),
        (float("nan"), "money.format"),
        (float("inf"), "money.format"),
        (0.5, "money.fraction"),
        (Decimal("10.01"), "money.fraction"),
        (float(2**53) * 2, "money.range"),
        (LARGEST + 1, "money.range"),
        ("99999999999999999999", "money.range"),
    ],
)
def test_refuses(value, code):
    with pytest.raises(BilingualError) as caught:
        parse_dong(value)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (4, "Bốn đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (111, "Một trăm mười một đồng"),
        (999, "Chín trăm chín mươi chín đồng"),
        (1_000, "Một nghìn đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (2_530_000, "Hai triệu năm trăm ba mươi nghìn đồng"),
        (1_000_001, "Một triệu không trăm linh một đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_000_024, "Một tỷ không trăm hai mươi tư đồng"),
        (121_000_000_000, "Một trăm hai mươi mốt tỷ đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (1_234_567_000_000, "Một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu đồng"),
        (891_011, "Tám trăm chín mươi mốt nghìn không trăm mười một đồng"),
        (10**15, "Một triệu tỷ đồng"),
        (10**18, "Một tỷ tỷ đồng"),
        (-21, "Âm hai mươi mốt đồng"),
    ],
)
def test_in_words(amount, words):
    assert in_words(amount) == words


_DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
_DIGITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}


def _value(words):
    """Reads number words the way a person does, independently of how they are written."""
    for name, size in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 1000)):
        if name in words:
            at = len(words) - 1 - words[::-1].index(name)
            return _value(words[:at]) * size + _value(words[at + 1 :])
    total, digit = 0, 0
    for word in words:
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word == "trăm":
            total, digit = total + digit * 100, 0
        elif word == "mươi":
            total, digit = total + digit * 10, 0
        elif word == "mười":
            total += 10
        else:
            assert word == "linh"
    return total + digit


@given(st.integers(0, LARGEST))
def test_words_say_the_amount(amount):
    words = in_words(amount).lower().split()
    assert words[-1] == "đồng"
    assert _value(words[:-1]) == amount
