"""Văn bản gửi người nộp hồ sơ: what it says, as plain text; its page is ``phieu.typ``."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ansinh.forms.official.parties import Agency, Signature, date_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Một văn bản: title, to whom, what the dossier is (label and value), sentences, who signs."""

    agency: Agency
    number: str
    issued_on: date
    title: str
    to: str
    about: list[tuple[str, str]]
    sentences: list[str]
    signature: Signature = field(default_factory=Signature)


def page(letter: Letter) -> dict[str, Any]:
    """Trang văn bản."""
    return {
        "bookmark": f"{letter.number} - {letter.title}",
        "agency": asdict(letter.agency),
        "number": letter.number or "       ",
        "when": date_line(letter.agency.place, letter.issued_on),
        "title": letter.title,
        "to": letter.to,
        "about": letter.about,
        "sentences": letter.sentences,
        "signature": asdict(letter.signature),
    }
