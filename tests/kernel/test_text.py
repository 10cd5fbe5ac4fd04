import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.names import generate_names

from ansinh.kernel.text import clean_name, fold, given_name_key, sort_key

ALPHABET = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # ngang huyền hỏi ngã sắc nặng
vietnamese = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạếềểễệợữ \u0301\u0323", max_size=30).map(
    lambda text: text.lstrip(" \u0301\u0323")  # a mark needs a letter to stand on
)


def rises(names):
    keys = [sort_key(name) for name in names]
    return keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Ánh", "dang thi anh"),
        ("  NGUYỄN\tVĂN\u00a0 ĐỨC ", "nguyen van duc"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        (unicodedata.normalize("NFD", "Thừa Thiên Huế"), "thua thien hue"),
        ("H'Hen Niê Kđăm", "h'hen nie kdam"),
        ("Y\u200bBlô", "yblo"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_folded_vietnamese_is_plain_lower_case(text):
    assert fold(text).isascii()
    assert fold(text) == fold(text.upper()) == fold(unicodedata.normalize("NFD", text))


@given(st.text(max_size=60))
def test_clean_name_is_stable_and_composed(text):
    cleaned = clean_name(text)
    assert clean_name(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()


def test_clean_name_makes_equal_what_looks_equal():
    composed = "Nguyễn Thị Ánh"
    for typed in (
        f" {composed}\n",
        composed.replace(" ", "\u00a0 "),
        unicodedata.normalize("NFD", composed),
        f"\ufeff{composed}",
    ):
        assert clean_name(typed) == composed


def test_alphabet():
    assert rises(ALPHABET)
    assert rises([f"{letter}n" for letter in ALPHABET])


def test_tones():
    for vowel in "aăâeêioôơuưy":
        assert rises([unicodedata.normalize("NFC", vowel + tone) for tone in TONES])


@pytest.mark.parametrize(
    "ordered",
    [
        ["An Ninh", "Anh", "Ánh", "Ảo"],  # a shorter word first, whatever follows it
        ["Hà An", "Ha Bình"],  # letters of the whole name before any tone
        ["Lê", "Lề", "Lể", "Lễ", "Lế", "Lệ"],
        ["đặng", "Đặng"],  # lower case before capitals, after everything else
        ["Du", "Đa"],
        ["Trần Văn 2", "Trần Văn A"],
        ["Nguyễn", "Nguyễn A", "Nguyễn-A", "NguyễnA"],
        ["Oanh", "Ôn", "Ơn", "Phú"],
    ],
)
def test_order_of_names(ordered):
    assert rises(ordered)


@given(vietnamese, vietnamese)
def test_key_is_ascii_and_compares_alike_as_text_and_as_bytes(a, b):
    assert sort_key(a).isascii()
    assert sort_key(a).isprintable()
    assert (sort_key(a) < sort_key(b)) == (sort_key(a).encode() < sort_key(b).encode())


@given(vietnamese, vietnamese)
def test_equal_keys_mean_equal_names(a, b):
    assert (sort_key(a) == sort_key(b)) == (clean_name(a) == clean_name(b))


@given(st.text(max_size=30))
def test_the_way_a_name_is_typed_does_not_move_it(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(f" {text} ") == sort_key(text)


def test_lists_by_given_name():
    assert sorted(["Trần Văn An", "Lê Bình", "Đỗ Thị An", "An"], key=given_name_key) == [
        "An",
        "Đỗ Thị An",
        "Trần Văn An",
        "Lê Bình",
    ]
    assert given_name_key("") == sort_key("")


def test_generated_names_are_many_and_varied():
    names = generate_names(2_500)
    assert len(set(names)) == 2_500
    assert {c for name in names for c in unicodedata.normalize("NFD", name)} >= set(
        "\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u031bđĐ"
    )
