"""Giới hạn tài liệu: how large one file may be, and how many a thing may have; both by setting."""

from __future__ import annotations

from django.conf import settings

from ansinh.kernel.errors import BilingualError

MEGABYTE = 1024 * 1024


class DocumentError(BilingualError):
    """Không nhận tài liệu: code ``file-empty``, ``file-too-large`` or ``documents.*``."""


def check_size(size: int) -> None:
    """Dung lượng: refuse an empty file, and one above the setting. Asked while the bytes come in."""
    most = int(settings.DOCUMENT_MEGABYTES)
    if size > most * MEGABYTE:
        raise DocumentError(
            f"Tệp nặng hơn {most} MB.", f"The file weighs more than {most} MB.", code="file-too-large"
        )


def check_count(held: int) -> None:
    """Số tài liệu của một vật: refuse one more than the setting allows."""
    most = int(settings.DOCUMENTS_OF_A_THING)
    if held >= most:
        raise DocumentError(
            f"Đã có {held} tài liệu, nhiều nhất {most}.",
            f"There are {held} documents already, at most {most}.",
            code="documents.many",
        )
