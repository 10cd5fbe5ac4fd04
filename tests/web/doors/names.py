"""Unmistakable names: made so that they occur in no page by chance and are found in any text a page hands out."""

from __future__ import annotations

import re
from itertools import count

LETTERS = "bcdfghklmnprstvxz"
SIGN = re.compile(r"q[pe][bcdfghklmnprstvxz]{5}q", re.IGNORECASE)


class Names:
    """Tokens "Qpbbbbcq" of people and "Qebbbbdq" of employers, and numbers to go with them."""

    def __init__(self) -> None:
        self._next = count(1)

    def token(self, kind: str) -> tuple[str, int]:
        """The next token of a kind ("p" or "e") and its number."""
        number = next(self._next)
        rest, letters = number, ""
        for _place in range(5):
            rest, digit = divmod(rest, len(LETTERS))
            letters = LETTERS[digit] + letters
        return f"Q{kind}{letters}q", number
