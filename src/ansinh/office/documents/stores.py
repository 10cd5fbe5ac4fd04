"""Kho tài liệu: one folder on disk, or an S3-compatible store, by the setting `ANSINH_DOCUMENTS`.

Left empty the documents lie in `var/documents/ab/cd/<digest>`; a path names another folder; `s3://bucket/prefix`
a bucket (extra `ansinh[s3]`; keys from the environment as boto3 reads them). What lies there is named by its
digest and never changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings

from ansinh.config.folders import private
from ansinh.office.documents.limits import DocumentError

PIECE = 256 * 1024
DIGEST = re.compile("[0-9a-f]{64}")
HALF_WRITTEN = "incoming"
STALE = 24 * 3600  # seconds after which a file half written, or one without a row, is nobody's any more


class Store(Protocol):
    """Nơi cất: every name is a digest."""

    def put(self, digest: str, source: BinaryIO) -> None:
        """Cất. Whole or not at all; raises DocumentError, code ``documents.changed``, for other bytes."""

    def size(self, digest: str) -> int | None:
        """Dung lượng. In bytes; None where nothing is kept under this name."""

    def pieces(self, digest: str) -> Iterator[bytes]:
        """Nội dung. Piece by piece; raises DocumentError, code ``documents.missing``."""

    def remove(self, digest: str) -> None:
        """Bỏ. Nothing happens where nothing is."""

    def digests(self) -> Iterator[tuple[str, float]]:
        """Mọi thứ đang cất. In order, each with the seconds since it was written."""

    def tidy(self) -> int:
        """Bỏ tệp viết dở. Those of writers killed long ago; returns how many."""


def current() -> Store:
    """The store of the settings."""
    named = str(settings.DOCUMENTS)
    if named.startswith("s3://"):
        bucket, _, prefix = named.removeprefix("s3://").partition("/")
        return Bucket(bucket, prefix.strip("/"))
    return Folder(Path(named) if named else Path(settings.VAR) / "documents")


class Folder:
    """Thư mục riêng: for the account of An Sinh alone; two letters a level keep each folder small."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, digest: str) -> Path:
        """Where a document lies."""
        if not DIGEST.fullmatch(digest):
            raise ValueError(f"not a digest: {digest!r}")
        return self.root / digest[:2] / digest[2:4] / digest

    def put(self, digest: str, source: BinaryIO) -> None:
        """Cất. Written beside, on disk for certain, then named; whoever looks sees all of it or nothing."""
        target, beside = self.path(digest), self.root / HALF_WRITTEN
        for folder in (self.root, beside, target.parent.parent, target.parent):
            private(folder)
        number, name = tempfile.mkstemp(dir=beside)
        try:
            with os.fdopen(number, "wb") as file:
                _copy(source, file, digest)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
        for folder in (target.parent, target.parent.parent, self.root):
            _settle(folder)

    def size(self, digest: str) -> int | None:
        """Dung lượng."""
        try:
            return self.path(digest).stat().st_size
        except FileNotFoundError:
            return None

    def pieces(self, digest: str) -> Iterator[bytes]:
        """Nội dung. Opened at once, so that a file that is not there is told before anything is sent."""
        try:
            file = self.path(digest).open("rb")
        except FileNotFoundError:
            raise missing(digest) from None
        return _read(file)

    def remove(self, digest: str) -> None:
        """Bỏ."""
        self.path(digest).unlink(missing_ok=True)

    def digests(self) -> Iterator[tuple[str, float]]:
        """Mọi thứ đang cất. A name that is no digest is none of ours."""
        now = time.time()
        for upper in _folders(self.root):
            for lower in _folders(upper):
                for found in sorted(lower.iterdir()):
                    if DIGEST.fullmatch(found.name):
                        with suppress(FileNotFoundError):
                            yield found.name, now - found.stat().st_mtime

    def tidy(self) -> int:
        """Bỏ tệp viết dở."""
        done, now = 0, time.time()
        beside = self.root / HALF_WRITTEN
        for file in beside.iterdir() if beside.is_dir() else ():
            with suppress(FileNotFoundError):
                if now - file.stat().st_mtime > STALE:
                    file.unlink()
                    done += 1
        return done


class Bucket:
    """Kho S3 through django-storages: a name appears when all of it has arrived."""

    def __init__(self, bucket: str, prefix: str = "") -> None:
        from storages.backends.s3 import S3Storage

        self.prefix = f"{prefix}/" if prefix else ""
        self.storage: Any = S3Storage(
            bucket_name=bucket,
            endpoint_url=settings.S3_ENDPOINT or None,
            region_name=settings.S3_REGION or None,
            default_acl=None,
            file_overwrite=True,
            querystring_auth=True,
            gzip=False,
        )

    def name(self, digest: str) -> str:
        """The key of a document."""
        if not DIGEST.fullmatch(digest):
            raise ValueError(f"not a digest: {digest!r}")
        return f"{self.prefix}{digest[:2]}/{digest[2:4]}/{digest}"

    def put(self, digest: str, source: BinaryIO) -> None:
        """Cất. Gathered in a private file first, so that only what has this digest is sent."""
        from django.core.files import File

        with tempfile.TemporaryFile(dir=private(Path(settings.VAR) / "uploads")) as beside:
            _copy(source, beside, digest)
            beside.seek(0)
            self.storage.save(self.name(digest), File(beside, name=digest))

    def size(self, digest: str) -> int | None:
        """Dung lượng."""
        try:
            return int(self._object(digest).content_length)
        except _error() as error:
            if _absent(error):
                return None
            raise

    def pieces(self, digest: str) -> Iterator[bytes]:
        """Nội dung. As it arrives."""
        try:
            body = self._object(digest).get()["Body"]
        except _error() as error:
            if _absent(error):
                raise missing(digest) from None
            raise
        found: Iterator[bytes] = body.iter_chunks(PIECE)
        return found

    def remove(self, digest: str) -> None:
        """Bỏ."""
        self._object(digest).delete()

    def digests(self) -> Iterator[tuple[str, float]]:
        """Mọi thứ đang cất. The store lists a thousand at a time."""
        for found in self.storage.bucket.objects.filter(Prefix=self.prefix):
            digest = found.key.rpartition("/")[2]
            if DIGEST.fullmatch(digest) and found.key == self.name(digest):
                yield digest, time.time() - found.last_modified.timestamp()

    def tidy(self) -> int:
        """Nothing half written is ever visible; unfinished uploads are the store's own rule to expire."""
        return 0

    def _object(self, digest: str) -> Any:
        return self.storage.bucket.Object(self.name(digest))


def missing(digest: str) -> DocumentError:
    """What to say when a document's bytes are not where they should be."""
    return DocumentError(
        f"Không còn tệp {digest[:12]} trong kho tài liệu.",
        f"The file {digest[:12]} is not in the store of documents.",
        code="documents.missing",
    )


def _error() -> type[Exception]:
    from botocore.exceptions import ClientError

    found: type[Exception] = ClientError
    return found


def _absent(error: Any) -> bool:
    return error.response["Error"]["Code"] in {"404", "NoSuchKey"}


def _copy(source: BinaryIO, target: Any, digest: str) -> None:
    """Copy what has this digest; bytes that changed since they were examined are refused."""
    told = hashlib.sha256()
    source.seek(0)
    while piece := source.read(PIECE):
        told.update(piece)
        target.write(piece)
    if told.hexdigest() != digest:
        raise DocumentError(
            "Tệp đã thay đổi trong khi nhận; hãy nộp lại.",
            "The file changed while it was taken in; send it again.",
            code="documents.changed",
        )


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _folders(above: Path) -> list[Path]:
    if not above.is_dir():
        return []
    return sorted(found for found in above.iterdir() if len(found.name) == 2 and found.is_dir())


def _settle(folder: Path) -> None:
    """A new name lasts when its folder is on disk too."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
