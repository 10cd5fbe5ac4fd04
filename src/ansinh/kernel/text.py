"""Chữ Việt: cleaning names, folding them for search, and the Vietnamese alphabetical order.

The database the product carries has no Vietnamese collation and no unaccent, so folded text and sort keys
are computed here and stored beside the name.
"""

import re
import unicodedata
from functools import cache

# Two marks make "ệ"; the composition of a longer and longer heap takes time with the square of its length.
_MOST_MARKS = 8

# The marks that make a letter of its own, by letter; what follows the letter in a key is greater than "z",
# so that "ă" sorts after every word that begins with "a" and before "b".
_LETTERS = {
    ("a", "\u0306"): "a}",
    ("a", "\u0302"): "a~",
    ("e", "\u0302"): "e~",
    ("o", "\u0302"): "o}",
    ("o", "\u031b"): "o~",
    ("u", "\u031b"): "u~",
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OTHER_MARK = "6"
_HIDDEN = frozenset({"Cf", "Cc", "Cs"})
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"  # in the order of the Unicode root collation
_LEVEL = " "
_SPACE = "!"
_BEFORE_DIGITS = '"'
_AFTER_LETTERS = "\x7f"


def composed(text: str) -> str:
    """Chữ dựng sẵn (NFC): with at most eight marks on one letter, so that it takes time with the length only.

    >>> composed("e\u0302\u0323") == "ệ", len(composed("a" + "\u0301\u0323" * 50_000))
    (True, 8)
    """
    return unicodedata.normalize("NFC", _calm(text))


def clean_name(text: str) -> str:
    """Họ tên đã làm sạch: composed (NFC), single spaces, no invisible characters; case is kept.

    >>> clean_name("  Nguye\u0302\u0303n   Thị\u00a0A\u0301nh ")
    'Nguyễn Thị Ánh'
    """
    return composed(" ".join(_visible(text).split()))


def fold(text: str) -> str:
    """Chữ không dấu để tìm kiếm: lower case, no marks, `đ` as d, single spaces.

    >>> fold("  Đặng  Thị ÁNH ")
    'dang thi anh'
    """
    plain = _without_marks(_without_marks(_visible(text)).lower())
    return " ".join(plain.replace("đ", "d").split())


def sort_key(name: str) -> str:
    """Khóa sắp xếp theo bảng chữ cái tiếng Việt: printable ASCII for Vietnamese text, compared byte by byte.

    a ă â b c d đ e ê … y; then tones: ngang, huyền, hỏi, ngã, sắc, nặng; then lower case before capitals.
    A space sorts before everything, so names compare word by word. Letters decide over the whole name before
    tones do, and tones before case, as in the `vi` collation of CLDR. A column that stores the key must
    compare bytes (`COLLATE "C"`).

    >>> sorted(["Đào", "Dung", "Ân An", "An Ân", "Án", "Ăn", "An"], key=sort_key)
    ['An', 'Án', 'An Ân', 'Ăn', 'Ân An', 'Dung', 'Đào']
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for base, marks in _elements(clean_name(name)):
        lower = base.lower()
        own = [mark for mark in marks if (lower, mark) in _LETTERS][:1]
        letters.append(_LETTERS[lower, own[0]] if own else _letter(lower))
        tones.append("0")
        tones += [_TONES.get(mark, _OTHER_MARK) for mark in marks if mark not in own]
        cases.append("1" if lower != base else "0")
    return _LEVEL.join(("".join(letters), "".join(tones).rstrip("0"), "".join(cases).rstrip("0")))


def given_name_key(name: str) -> str:
    """Khóa sắp xếp theo tên gọi: given name (the last word) first, then family and middle names.

    The order of lists of people in Viet Nam; comparable as `sort_key` is.

    >>> sorted(["Trần Văn An", "Lê Bình", "Đỗ Thị An"], key=given_name_key)
    ['Đỗ Thị An', 'Trần Văn An', 'Lê Bình']
    """
    words = clean_name(name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))


def _visible(text: str) -> str:
    # Zero-width characters and byte-order marks come with pasted text and make equal names differ; a NUL or
    # half a surrogate pair no database takes.
    return _calm("".join(c for c in text if unicodedata.category(c) not in _HIDDEN or c.isspace()))


def _calm(text: str) -> str:
    return text if text.isascii() else _heaps().sub(_levelled, text)


@cache
def _heaps() -> re.Pattern[str]:
    """Where a heap of marks may be: exact up to U+FFFF, every sign beyond, since one set is searched fast."""
    some = "".join(filter(_is_mark, map(chr, range(0x300, 0x10000))))
    return re.compile(f"[{some}\U00010000-\U0010ffff]{{{_MOST_MARKS + 1},}}")


def _is_mark(sign: str) -> bool:
    # By the first part: some marks without a class of their own are made of two that have one.
    return unicodedata.combining(unicodedata.normalize("NFD", sign)[0]) != 0


def _levelled(heap: re.Match[str]) -> str:
    kept: list[str] = []
    high = 0
    for sign in heap[0]:
        high = high + 1 if _is_mark(sign) else 0
        if high <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def _elements(text: str) -> list[tuple[str, list[str]]]:
    """Letters with the marks that follow them, in canonical order."""
    found: list[tuple[str, list[str]]] = []
    for char in unicodedata.normalize("NFD", text):
        if found and unicodedata.combining(char):
            found[-1][1].append(char)
        else:
            found.append((char, []))
    return found


def _letter(char: str) -> str:
    if char == " ":
        return _SPACE
    if char == "đ":
        return "d~"
    if char in _PUNCTUATION:
        return _BEFORE_DIGITS + chr(ord("A") + _PUNCTUATION.index(char))
    if char.isascii() and char.isalnum():
        return char
    return _AFTER_LETTERS + char
