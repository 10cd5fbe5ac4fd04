"""Bản diễn giải một phép tính: what it says, as plain text; its page is ``dien-giai.typ``."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Figure:
    """Một con số của luật: words, value, unit, source."""

    words: str
    value: str
    unit: str
    source: str
    unverified: bool = False


@dataclass(frozen=True)
class Step:
    """Một bước: words and value, the clause, what it was given, the figures it read."""

    number: int
    depth: int
    words: str
    value: str
    clause: str
    given: list[tuple[str, str]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True)
class Explanation:
    """Diễn giải một phép tính: in one language."""

    english: bool
    title: str
    about: str
    as_of: date
    law: list[str]
    given: list[tuple[str, str]]
    results: list[tuple[str, str]]
    steps: list[Step]
    figures: list[Figure]


_HEADINGS: Mapping[bool, Mapping[str, str]] = {
    False: {
        "document": "Diễn giải cách tính",
        "law_of": "Theo luật có hiệu lực ngày",
        "results": "Kết quả",
        "given": "Dữ kiện",
        "steps": "Các bước tính",
        "from": "từ",
        "law": "Căn cứ",
        "unverified": "chưa đối chiếu với văn bản chính thức",
    },
    True: {
        "document": "How it was computed",
        "law_of": "By the law in force on",
        "results": "Result",
        "given": "Facts",
        "steps": "Steps",
        "from": "from",
        "law": "Legal basis",
        "unverified": "not checked against an official text",
    },
}


def page(told: Explanation) -> dict[str, Any]:
    """Trang diễn giải."""
    return {
        **asdict(told),
        "bookmark": told.title,
        "as_of": f"{told.as_of:%d/%m/%Y}",
        "words": _HEADINGS[told.english],
    }
