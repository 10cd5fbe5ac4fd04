"""Xem một tệp trước khi nhận: its digest, size and kind in one pass, then the virus scan in another.

Nothing is written and nothing locked here. The file is read in pieces; a large upload needs no memory.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from ansinh.office.documents import kinds, scanning
from ansinh.office.documents.limits import DocumentError, check_size

__all__ = ["DocumentError", "Examined", "examine"]

PIECE = 256 * 1024
NAME_MOST = 200
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Examined:
    """Một tệp đã xem: what it is; `source` still holds its bytes, from the beginning."""

    name: str
    digest: str
    size: int
    kind: str
    clean: bool
    source: BinaryIO = field(repr=False, compare=False)


def examine(source: bytes | BinaryIO, file_name: str) -> Examined:
    """Xem một tệp: bytes, or a binary stream that allows seeking (an upload, an opened file).

    `clean` says that a scanner looked and found nothing; without a scanner it is False.
    Raises DocumentError, code ``file-empty``, ``file-too-large``, ``documents.virus`` or ``documents.scan``.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    digest, size, kind = told(stream)
    stream.seek(0)
    clean = scanning.scan(stream)
    stream.seek(0)
    return Examined(safe_name(file_name), digest, size, kind, clean, stream)


def told(stream: BinaryIO) -> tuple[str, int, str]:
    """SHA-256, dung lượng, loại. In one pass; raises DocumentError, ``file-empty`` or ``file-too-large``."""
    stream.seek(0)
    digest, size, head, text = hashlib.sha256(), 0, b"", kinds.Text()
    while piece := stream.read(PIECE):
        size += len(piece)
        check_size(size)
        digest.update(piece)
        text.feed(piece)
        if len(head) < kinds.HEAD:
            head += piece[: kinds.HEAD - len(head)]
    if not size:
        raise DocumentError("Tệp trống.", "The file is empty.", code="file-empty")
    return digest.hexdigest(), size, kinds.tell(stream, head, plain=text.plain)


def safe_name(file_name: str) -> str:
    """Tên tệp: the last part of what was given, without signs that steer a terminal or a reader's eye."""
    last = PurePosixPath(file_name.replace("\\", "/")).name
    shown = _UNSAFE.sub("", unicodedata.normalize("NFC", last)).strip(" .")
    if len(shown) > NAME_MOST:
        suffix = PurePosixPath(shown).suffix[:20]
        shown = shown[: NAME_MOST - len(suffix)] + suffix
    return shown or "tep"
