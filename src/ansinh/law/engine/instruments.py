"""Văn bản: the legal instruments a clause or a figure may cite; anything else is an error at import."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansinh.kernel.errors import BilingualError

_CITATION = re.compile(r"^(?P<number>[^\s,;]+)(?:,\s*(?P<place>.+))?$")


class LawBookError(BilingualError):
    """Lỗi của sổ luật: the encoded law contradicts itself; raised at import, never while computing."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en, code="law.book")

    def __reduce__(self) -> Any:  # the parent rebuilds from other arguments
        return LawBookError, (self.vi, self.en)


@dataclass(frozen=True, slots=True)
class Instrument:
    """Một văn bản: its number, short title, day issued and day in force."""

    number: str
    title: str
    issued: date
    in_force: date


@dataclass(frozen=True, slots=True)
class Citation:
    """Một dẫn chiếu: the instrument and the place in it ("Điều 66 khoản 1"), which may be empty."""

    instrument: Instrument
    place: str


@cache
def instruments() -> dict[str, Instrument]:
    """Các văn bản đã biết: by number."""
    text = (Path(__file__).parent / "instruments.yaml").read_text(encoding="utf-8")
    known: dict[str, Instrument] = {}
    for entry in yaml.safe_load(text):
        instrument = Instrument(**entry)
        if instrument.number in known:
            raise LawBookError(
                f"Văn bản {instrument.number} được khai hai lần",
                f"Instrument {instrument.number} is listed twice",
            )
        known[instrument.number] = instrument
    return known


def citations(text: str) -> tuple[Citation, ...]:
    """Đọc dẫn chiếu: "41/2024/QH15, Điều 66 khoản 1; 158/2025/NĐ-CP, Điều 7" → its citations.

    Raises `LawBookError` for an empty text or an unknown instrument.

    >>> [(one.instrument.number, one.place) for one in citations("41/2024/QH15, Điều 66 khoản 1")]
    [('41/2024/QH15', 'Điều 66 khoản 1')]
    """
    return tuple(_citation(part.strip(), text) for part in text.split(";"))


def _citation(part: str, text: str) -> Citation:
    match = _CITATION.match(part)
    instrument = instruments().get(match["number"]) if match else None
    if match is None or instrument is None:
        raise LawBookError(
            f"Dẫn chiếu văn bản chưa biết: “{part}” trong “{text}”",
            f"Unknown instrument in citation {part!r} of {text!r}",
        )
    return Citation(instrument, match["place"] or "")
