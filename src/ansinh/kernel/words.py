"""Lời hai thứ tiếng: a sentence in Vietnamese and the same in English."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """Một câu. Stored as JSON it is the list [vi, en], of which `Words(*given)` makes it again.

    >>> Words(*["Sai", "Wrong"]).en
    'Wrong'
    """

    vi: str
    en: str
