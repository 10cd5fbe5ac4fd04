"""Tiến độ trên stderr: one line for each thing done, and a bar where somebody sits before a terminal."""

from __future__ import annotations

import sys
from typing import Any

from tqdm import tqdm


def say(vi: str, en: str) -> None:
    """Nói một câu."""
    sys.stderr.write(f"{vi} / {en}\n")
    sys.stderr.flush()


def bar(words: str, total: int | None) -> Any:
    """A bar over bytes; nothing where stderr is no terminal."""
    return tqdm(
        desc=words, total=total, unit="B", unit_scale=True, unit_divisor=1024, file=sys.stderr, disable=None
    )


def size(count: int) -> str:
    """Bytes for people.

    >>> size(5_400_000)
    '5.1 MB'
    """
    return f"{count / 2**20:.1f} MB"
