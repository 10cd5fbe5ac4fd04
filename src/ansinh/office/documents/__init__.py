"""Tài liệu: every file that came in, kept once by its digest, bound to what it belongs to.

    file = documents.examine(upload, upload.name)  # size, kind, digest, viruses; outside of locks
    documents.keep(actor=actor, file=file, thing="bank_file", key=read.pk, accept=documents.TABLES)

The bytes lie in one folder beside the database, or in an S3-compatible store (`stores`), never in a table
row. They are written before the caller's transaction ends, so that a committed row has its file; what a
transaction that was rolled back left behind is found by `checking` and taken away by its `sweep`.
A room names its things once (`things`), so that the one door (`access`) knows who may read their files.
"""

from __future__ import annotations

from ansinh.office.documents.examining import DocumentError, Examined, examine
from ansinh.office.documents.kinds import PAPERS, TABLES
from ansinh.office.documents.selectors import content, of, pieces
from ansinh.office.documents.services import keep
from ansinh.office.documents.things import register

__all__ = [
    "PAPERS",
    "TABLES",
    "DocumentError",
    "Examined",
    "content",
    "examine",
    "keep",
    "of",
    "pieces",
    "register",
]
