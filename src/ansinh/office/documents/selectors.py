"""Đọc tài liệu."""

from __future__ import annotations

from collections.abc import Iterator

from ansinh.office.documents import stores
from ansinh.office.documents.models import Attachment, Document
from ansinh.office.documents.services import ORIGINAL


def of(thing: str, key: int, role: str = ORIGINAL) -> Attachment | None:
    """Tài liệu của một vật. The newest in a role, or None; for who holds the thing already."""
    found = Attachment.objects.filter(thing=thing, key=key, role=role).select_related("document")
    return found.order_by("-pk").first()


def pieces(document: Document) -> Iterator[bytes]:
    """Nội dung. Piece by piece; raises DocumentError, code ``documents.missing``, before the first."""
    return stores.current().pieces(document.digest)


def content(document: Document) -> bytes:
    """Cả nội dung. For a reader that needs all of it at once; what is sent on goes piece by piece.

    Raises DocumentError, code ``documents.missing``.
    """
    return b"".join(pieces(document))
