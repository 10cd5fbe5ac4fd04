"""Vietnamese names made by rule, for comparing orders: real family names, and given names of every tone."""

import random
import unicodedata

_FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Đoàn",
    "Lâm",
    "Mai",
    "Trịnh",
    "Tạ",
    "Tăng",
    "Ân",
    "An",
    "Ông",
    "Ôn",
    "Ưng",
]
_ONSETS = [
    "",
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gh",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "p",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
_RIMES = [
    "a",
    "ă",
    "â",
    "e",
    "ê",
    "i",
    "o",
    "ô",
    "ơ",
    "u",
    "ư",
    "y",
    "an",
    "ăn",
    "ân",
    "ang",
    "ăng",
    "âng",
    "anh",
    "iên",
    "iêu",
    "oa",
    "oai",
    "oan",
    "oanh",
    "ôn",
    "ơn",
    "ông",
    "uân",
    "uyên",
    "ưng",
    "ươn",
    "ương",
    "ay",
    "ây",
]
_TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
_VOWELS = set("aăâeêioôơuưy")


def generate_names(count, seed=20260701):
    """`count` different names of two to four words; some lower case, some hyphenated, old and new tone places."""
    rng = random.Random(seed)  # noqa: S311 (a fixed sample, not a secret)
    names = {}
    while len(names) < count:
        words = [rng.choice(_FAMILIES), *(_syllable(rng) for _ in range(rng.randint(1, 3)))]
        name = ("-" if rng.random() < 0.03 else " ").join(words)
        if rng.random() < 0.1:
            name = name.lower()
        elif rng.random() < 0.1:
            name = name.upper()
        names[name] = None
        # A twin that differs in one tone or one case only, where orders are easily wrong.
        if rng.random() < 0.4:
            twin = " ".join([*words[:-1], _syllable(rng, plain=_bare(words[-1]))])
            names[twin] = None
    return list(names)[:count]


def _bare(word):
    kept = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c not in _TONES[1:])
    return unicodedata.normalize("NFC", kept)


def _syllable(rng, plain=None):
    plain = plain or rng.choice(_ONSETS) + rng.choice(_RIMES)
    places = [i for i, c in enumerate(plain) if c in _VOWELS]
    at = rng.choice(places)
    return unicodedata.normalize("NFC", plain[: at + 1] + rng.choice(_TONES) + plain[at + 1 :]).capitalize()
