"""Cất tài liệu: the one way a file comes in."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.utils import timezone

from ansinh.office.documents import kinds, limits, stores, things
from ansinh.office.documents.examining import Examined
from ansinh.office.documents.limits import DocumentError
from ansinh.office.documents.models import Attachment, Document
from ansinh.office.rights import Actor

ORIGINAL = "original"


@transaction.atomic
def keep(
    *,
    actor: Actor,
    file: Examined,
    thing: str,
    key: int,
    role: str = ORIGINAL,
    accept: Collection[str] = kinds.PAPERS,
) -> Attachment:
    """Cất một tệp và gắn vào một vật. In the transaction of the caller, who has asked for the right.

    The same content is kept once, whoever sends it; the same again for the same thing and role answers what
    is there. Raises DocumentError, code ``documents.kind``, ``documents.many`` or ``documents.changed``,
    LookupError for a thing that no room registered.
    """
    things.thing(thing)
    if file.kind not in accept:
        words = kinds.kind(file.kind).words
        raise DocumentError(
            f"Không nhận loại tệp này ({words.vi}).",
            f"Files of this kind are not taken ({words.en}).",
            code="documents.kind",
        )
    held = Attachment.objects.filter(thing=thing, key=key)
    if not held.filter(role=role, document__digest=file.digest).exists():
        limits.check_count(held.count())
    attached, _new = Attachment.objects.get_or_create(
        document=_kept(actor, file),
        thing=thing,
        key=key,
        role=role,
        defaults={"file_name": file.name, "attached_by": actor.user},
    )
    return attached


def _kept(actor: Actor, file: Examined) -> Document:
    """The document of these bytes: in the store before its row is committed.

    The lock is shared by all who keep the same content, until their transactions end: meanwhile `sweep` does
    not take the file away. A file of another size is a damaged one, and replaced.
    """
    lock(file.digest, shared=True)
    store = stores.current()
    if store.size(file.digest) != file.size:
        store.put(file.digest, file.source)
    Document.objects.bulk_create(
        [
            Document(
                digest=file.digest,
                size=file.size,
                kind=file.kind,
                first_name=file.name,
                received_by=actor.user,
                scan=Document.Scan.CLEAN if file.clean else Document.Scan.NONE,
                scanned_at=timezone.now() if file.clean else None,
            )
        ],
        ignore_conflicts=True,
    )
    found = Document.objects.get(digest=file.digest)
    if file.clean and found.scan == Document.Scan.NONE:
        found.scan, found.scanned_at = Document.Scan.CLEAN, timezone.now()
        found.save(update_fields=["scan", "scanned_at"])
    return found


def lock(digest: str, *, shared: bool) -> bool:
    """Hold a content until the transaction ends: shared to keep it (waits), alone to remove it."""
    call = "pg_advisory_xact_lock_shared" if shared else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}(hashtextextended('document:' || %s, 0))", [digest])
        row = cursor.fetchone()
    return shared or bool(row and row[0])
