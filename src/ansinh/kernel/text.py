"""Chữ Việt: cleaning names, folding them for search, and the Vietnamese alphabetical order.

The database the product carries has no Vietnamese collation and no unaccent, so folded text and sort keys
are computed here and stored beside the name.
"""

import unicodedata

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
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"  # in the order of the Unicode root collation
_LEVEL = " "
_SPACE = "!"
_BEFORE_DIGITS = '"'
_AFTER_LETTERS = "\x7f"


def clean_name(text: str) -> str:
    """Họ tên đã làm sạch: composed (NFC), single spaces, no invisible characters; case is kept.

    >>> clean_name("  Nguye\u0302\u0303n   Thị\u00a0A\u0301nh ")
    'Nguyễn Thị Ánh'
    """
    return unicodedata.normalize("NFC", " ".join(_visible(text).split()))


def fold(text: str) -> str:
    """Chữ không dấu để tìm kiếm: lower case, no marks, đ as d, single spaces.

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
    # Zero-width characters and byte-order marks come with pasted text and make equal names differ.
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


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
