"""Nơi để bản sao lưu: one folder with every backup and, once for all of them, the files they name by digest.

    ansinh-backups.json      says what the folder is
    files/ab/cd/<digest>     documents and inputs of runs; a later backup adds only what is new
    20261201T021500Z/        a backup: database.dump, documents.txt, heads/, manifest.json
    .20261202T021500Z.part/  one that is being written, or was when its process was killed

A backup gets its name when it is whole and on disk.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from ansinh.config.folders import private
from ansinh.office.backups import manifest
from ansinh.office.backups.errors import BackupError
from ansinh.office.documents.stores import Folder

MARK = "ansinh-backups.json"
NAME = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
HALF = ".part"


class Place:
    """Nơi để: its backups, whole ones only, and its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = Folder(root / "files")

    @property
    def backups(self) -> list[Path]:
        """Whole backups, the oldest first."""
        return sorted(found for found in self.root.iterdir() if NAME.fullmatch(found.name))

    @contextmanager
    def new(self) -> Iterator[Path]:
        """A folder to write one into; it gets its name at the end, and goes if the end is not reached."""
        day = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        taken = {found.name for found in self.backups}
        name = next(n for n in (day, *(f"{day}-{more}" for more in range(2, 99))) if n not in taken)
        half = private(self.root / f".{name}{HALF}")
        try:
            yield half
            _settle(half)
            half.rename(self.root / name)
            _settle(self.root)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise

    def keep(self, most: int) -> int:
        """Giữ các bản mới nhất: the others go, and the files that no backup names any more; how many went."""
        old = self.backups[: -most or None]
        for backup in old:
            half = backup.with_name(f".{backup.name}{HALF}")
            backup.rename(half)  # half removed it is no backup
            shutil.rmtree(half)
        if old:
            named = {digest for kept in self.backups for digest in _named(kept)}
            for digest, _age in list(self.files.digests()):
                if digest not in named:
                    self.files.remove(digest)
        return len(old)

    def tidy(self) -> None:
        """Bỏ thứ dở dang: what killed backups left."""
        for half in self.root.glob(f".*{HALF}"):
            shutil.rmtree(half, ignore_errors=True)
        for half in (self.root / "files" / "incoming").glob("*"):
            half.unlink(missing_ok=True)


@contextmanager
def opened(root: Path) -> Iterator[Place]:
    """Mở nơi để bản sao lưu để ghi: made when it is not there; one backup at a time.

    Raises BackupError: ``backup.inside`` (in `var/` or among the documents), ``backup.not_empty`` (something
    else lies there), ``backup.read_only``, ``backup.busy``.
    """
    root = root.resolve()
    for data in (Path(settings.VAR), *_documents()):
        if root.is_relative_to(data.resolve()):
            raise BackupError(
                f"Bản sao lưu không được nằm trong dữ liệu: {root} ở trong {data}",
                f"A backup must not lie inside what it saves: {root} is inside {data}",
                code="backup.inside",
            )
    if root.exists() and not (root / MARK).exists() and (not root.is_dir() or any(root.iterdir())):
        raise BackupError(
            f"{root} không trống và không phải nơi để bản sao lưu của An Sinh",
            f"{root} is not empty and holds no backups of An Sinh",
            code="backup.not_empty",
        )
    try:
        private(root)
        if not (root / MARK).exists():
            beside = root / f".{MARK}{HALF}"
            beside.write_text(json.dumps({"format": 1}), encoding="utf-8")
            beside.rename(root / MARK)
        lock = os.open(root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BackupError(
            f"Không ghi được vào {root}: {error.strerror}",
            f"{root} cannot be written to: {error.strerror}",
            code="backup.read_only",
        ) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                f"Đang có lần sao lưu khác vào {root}", f"Another backup into {root} is under way",
                code="backup.busy",
            ) from None  # fmt: skip
        place = Place(root)
        place.tidy()
        yield place
    finally:
        os.close(lock)


def found(at: Path) -> tuple[Place, Path]:
    """Nơi để và bản sao lưu được hỏi: a place means its newest; one backup may be named by its folder.

    Raises BackupError, code ``backup.none``.
    """
    at = at.resolve()
    if (at / MARK).exists():
        place = Place(at)
        if place.backups:
            return place, place.backups[-1]
    elif NAME.fullmatch(at.name) and (at.parent / MARK).exists() and (at / manifest.FILE).exists():
        return Place(at.parent), at
    raise BackupError(
        f"{at} không có bản sao lưu nào của An Sinh",
        f"{at} holds no whole backup of An Sinh",
        code="backup.none",
    )


def room(folder: Path, needed: int) -> None:
    """Đủ chỗ hay không. Raises BackupError, code ``backup.room``, before anything is written."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"Không đủ chỗ ở {folder}: cần khoảng {needed >> 20} MB, còn {free >> 20} MB",
            f"Not enough room at {folder}: about {needed >> 20} MB are needed, {free >> 20} MB are left",
            code="backup.room",
        )


def _named(backup: Path) -> Iterator[str]:
    yield from (digest for digest, _size in manifest.documents_of(backup))
    yield from (one.sha256 for one in manifest.read(backup).inputs)


def _documents() -> list[Path]:
    named = str(settings.DOCUMENTS)
    return [Path(named)] if named and not named.startswith("s3://") else []


def _settle(folder: Path) -> None:
    """What was written in it lasts when it is on disk, and its name when the folder is."""
    for file in [*(found for found in folder.rglob("*") if folder.suffix == HALF), folder]:
        number = os.open(file, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
