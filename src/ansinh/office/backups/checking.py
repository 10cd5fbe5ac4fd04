"""Kiểm tra bản sao lưu: every digest, and whether this machine can take it. Changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings

from ansinh.office.backups import keys, manifest, programs
from ansinh.office.backups.errors import BackupError
from ansinh.office.backups.manifest import Manifest
from ansinh.office.backups.place import Place, room
from ansinh.office.backups.telling import bar
from ansinh.office.documents.limits import DocumentError

LIVE = 5  # in quarters: a fresh database is about as large as it was, and writes its log beside it


@dataclass
class Checked:
    """Kết quả: files not there or not what they were, keys not configured here, migrations to follow."""

    manifest: Manifest
    files: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)


def check(place: Place, backup: Path) -> Checked:
    """Đối chiếu bản sao lưu với bản kê của nó; reads all of it.

    Raises BackupError, code ``backup.damaged``, where the backup itself (not a document) is not what it was.
    """
    told = manifest.read(backup)
    for part in told.parts:
        try:
            whole = manifest.part_of(backup, part.name) == part
        except OSError:
            whole = False
        if not whole:
            raise BackupError(
                f"{backup.name}: tệp {part.name} thiếu hoặc đã bị thay đổi",
                f"{backup.name}: its file {part.name} is missing or was changed",
                code="backup.damaged",
            )
    found = Checked(told, keys=keys.missing(told.keys))
    named = [(one.sha256, one.path) for one in told.inputs]
    if not told.store:
        gone = set(told.missing)
        named += [(digest, digest) for digest, _ in manifest.documents_of(backup) if digest not in gone]
        found.files += told.missing
    with bar("tài liệu / documents", told.documents_bytes) as shown:
        found.files += [words for digest, words in named if not _whole(place, digest, shown)]
    return found


def fits(found: Checked, server: psycopg.Connection, *, local: bool) -> None:
    """Khôi phục được ở đây hay không: code, server, programs and room.

    Raises BackupError: ``restore.older_code``, ``restore.older_server``, ``backup.program``, ``backup.room``.
    """
    told = found.manifest
    unknown = sorted(set(told.migrations) - known())
    if unknown:
        raise BackupError(
            f"Bản sao lưu của phiên bản mới hơn phần mềm này: không có {len(unknown)} bước ({unknown[0]}…)",
            f"The backup is of a later version than this code, which lacks {len(unknown)} migrations "
            f"({unknown[0]}…)",
            code="restore.older_code",
        )
    found.newer = sorted(known() - set(told.migrations))
    major = server.info.server_version // 10000
    if major < told.server:
        raise BackupError(
            f"Máy chủ là Postgres {major}, bản sao lưu của Postgres {told.server}: cần từ bản đó trở lên",
            f"The server is Postgres {major}, the backup of Postgres {told.server}: that or later is needed",
            code="restore.older_server",
        )
    programs.fitting("pg_restore", least=max(told.program, major))
    files = sum(one.size for one in told.inputs) + (0 if told.store else told.documents_bytes)
    room(Path(settings.VAR), files + (told.database_bytes * LIVE // 4 if local else 0))


def known() -> set[str]:
    """Every migration of the code, as app.name."""
    from ansinh.office.watch.readiness import known_migrations

    return {".".join(one) for one in known_migrations()}


def _whole(place: Place, digest: str, shown: object) -> bool:
    told = hashlib.sha256()
    try:
        for piece in place.files.pieces(digest):
            told.update(piece)
            shown.update(len(piece))  # type: ignore[attr-defined]
    except DocumentError:
        return False
    return told.hexdigest() == digest
