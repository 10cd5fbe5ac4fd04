"""So họ tên, ngày sinh: when two spellings are one name, and two births one day."""

from __future__ import annotations

import unicodedata

from ansinh.kernel.dates import PartialDate
from ansinh.kernel.text import clean_name


def spelling(name: str) -> tuple[tuple[str, str], ...]:
    """Cách viết của một họ tên, không kể chỗ đặt dấu thanh: "Hoà" and "Hòa" are one name, "Hoa" another.

    Each word as its bare letters and its marks; `đ` stays a letter of its own.
    """
    words = []
    for word in clean_name(name).lower().split():
        parts = unicodedata.normalize("NFD", word)
        letters = "".join(c for c in parts if not unicodedata.combining(c))
        words.append((letters, "".join(sorted(c for c in parts if unicodedata.combining(c)))))
    return tuple(words)


def agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two birth dates agree as far as both are known."""
    shared = min(len(one.iso()), len(other.iso()))
    return one.iso()[:shared] == other.iso()[:shared]
