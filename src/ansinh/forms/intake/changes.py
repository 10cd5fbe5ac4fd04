"""Loại tăng, giảm, điều chỉnh (cột 18 của D02-LT): free words understood as one of the listed matters."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ansinh.forms.intake.files import CellValue
from ansinh.forms.intake.layouts import ChangeKind, layout
from ansinh.forms.intake.readings import is_empty, quoted, text
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import fold

LONGEST = 300
SHORT = 3
"""Abbreviations up to this length count only when they stand alone."""
SECTIONS = (
    ("dieu chinh", "wage_change"),
    ("truy thu", "back_pay"),
    ("tang", "join"),
    ("giam", "leave_job"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """Loại đã hiểu: the matter, and the groups of participants named beside it."""

    kind: ChangeKind
    groups: tuple[str, ...] = ()


def plain(value: str) -> str:
    """Folded words with single spaces; what stands between is dropped."""
    return " ".join(re.sub(r"[^a-z0-9/]+", " ", fold(value)).split())


@cache
def _words() -> tuple[tuple[str, ChangeKind], ...]:
    """Every known wording, longest first, then in the order of the layout."""
    pairs = [
        (plain(word), kind)
        for kind in layout("d02-lt").changes
        for word in (*kind.words, kind.vi, kind.en, kind.code.replace("_", " "))
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


# Bounded in number and in length: the words come from outside and would fill the memory for good.
@lru_cache(maxsize=4096)
def _recognise(words: str) -> Change | None:
    groups = tuple(
        group.code for group in layout("d02-lt").groups if any(plain(word) in words for word in group.words)
    )
    padded = f" {words} "
    for wording, kind in _words():
        if words == wording or (len(wording) > SHORT and f" {wording} " in padded):
            return Change(kind, groups)
    # A group named alone declares a participant of that group.
    return Change(layout("d02-lt").change("join"), groups) if groups else None


def change_of(value: CellValue) -> Change | None:
    """Loại tăng, giảm, điều chỉnh: the longest known wording in the cell; None when empty.

    Raises ``BilingualError`` (code ``change``) for words that name none.
    """
    if is_empty(value):
        return None
    found = _recognise(plain(text(value).replace("_", " "))[:LONGEST])
    if found is None:
        raise BilingualError(
            f"“{quoted(value)}”: không rõ loại tăng, giảm, điều chỉnh.",
            f"“{quoted(value)}” names no kind of increase, decrease or adjustment.",
            code="change",
        )
    return found


def section_of(words: str) -> str | None:
    """Mục của danh sách ("I. Tăng", "II. Giảm"…): the kind its rows have when column 18 is empty."""
    bare = re.sub(r"^(?:[ivx]+|\d+(?: \d+)*|[a-z])\s+(?=[a-z]{3})", "", plain(words))
    for opening, code in SECTIONS:
        if bare == opening or bare.startswith(f"{opening} "):
            return code
    return None
