"""Đối chiếu kho với sổ: rows without a file, files without a row, and files that are not what they were.

A row without its file is a loss. A file without a row is what a transaction that was rolled back left behind:
`sweep` takes it away after a day, unless somebody keeps that very content at the moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from ansinh.office.documents import stores
from ansinh.office.documents.limits import DocumentError
from ansinh.office.documents.models import Document
from ansinh.office.documents.services import lock

AT_ONCE = 1000
FEW, SHARE = 200, 50
"""A sweep takes at most FEW files, or one of SHARE: more than that is another database's folder."""


@dataclass
class Found:
    """Kết quả: how many rows were checked, and the digests that do not hold."""

    rows: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    without_row: list[str] = field(default_factory=list)
    unattached: int = 0

    @property
    def whole(self) -> bool:
        """Whether every row has its file as it was."""
        return not self.missing and not self.changed


def check(*, deep: bool = False) -> Found:
    """Đối chiếu. `deep` reads every file and takes its digest anew. Changes nothing."""
    store, found = stores.current(), Found()
    for digest, size in Document.objects.order_by("pk").values_list("digest", "size").iterator():
        found.rows += 1
        kept = store.size(digest)
        if kept is None:
            found.missing.append(digest)
        elif kept != size or (deep and _digest(store, digest) != digest):
            found.changed.append(digest)
    found.without_row = [digest for digest, _age in _without_row(store)]
    found.unattached = Document.objects.filter(attachments__isnull=True).count()
    return found


def sweep(*, all_of_them: bool = False) -> int:
    """Bỏ tệp không ai giữ. A day after they were written; returns how many went.

    Each in a transaction of its own that holds the content alone: whoever keeps it at the same moment has it
    kept. Raises DocumentError, code ``documents.sweep``, when so many are without a row that the folder
    rather belongs to another database; `all_of_them` says that it does not.
    """
    store = stores.current()
    stale = [digest for digest, age in _without_row(store) if age > stores.STALE]
    most = max(FEW, Document.objects.count() // SHARE)
    if len(stale) > most and not all_of_them:
        raise DocumentError(
            f"{len(stale)} tệp không có trong sổ, quá {most}: kho này có phải của cơ sở dữ liệu này không?",
            f"{len(stale)} files have no row, more than {most}: is it the store of this database?",
            code="documents.sweep",
        )
    return sum(_gone(store, digest) for digest in stale) + store.tidy()


def _gone(store: stores.Store, digest: str) -> bool:
    with transaction.atomic():
        if not lock(digest, shared=False) or Document.objects.filter(digest=digest).exists():
            return False
        store.remove(digest)
    return True


def _without_row(store: stores.Store) -> Iterator[tuple[str, float]]:
    """What lies in the store and is in no row, with its age in seconds."""
    everything = store.digests()
    while some := dict(islice(everything, AT_ONCE)):
        known = set(Document.objects.filter(digest__in=some).values_list("digest", flat=True))
        yield from ((digest, age) for digest, age in some.items() if digest not in known)


def _digest(store: stores.Store, digest: str) -> str:
    told = hashlib.sha256()
    for piece in store.pieces(digest):
        told.update(piece)
    return told.hexdigest()
