"""Khóa để riêng: keys never lie beside the data they open.

A backup knows of each key a fingerprint, so that a restore can say which keys it needs, and whether they are
there. `ansinh backup --keys FILE` writes the keys themselves to another place, as a file of settings.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ansinh.office.backups.errors import BackupError


@dataclass(frozen=True)
class Prints:
    """Dấu khóa: of the key that signs, and of those that seal fields, the first seals."""

    secret: str
    fields: tuple[str, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """Those without which sealed secrets cannot be opened: a demonstration's follow from the secret."""
        return self.fields or (self.secret,)


def prints() -> Prints:
    """The fingerprints of the keys that are configured now."""
    return Prints(fingerprint(settings.SECRET_KEY), tuple(map(fingerprint, settings.FIELD_KEYS)))


def fingerprint(key: str) -> str:
    """Dấu của một khóa: tells it from others and tells nothing of it, for it is long and random."""
    return hashlib.sha256(b"ansinh key\0" + key.encode()).hexdigest()[:16]


def missing(wanted: Prints) -> list[str]:
    """Fingerprints of needed keys that are not configured here."""
    here = prints()
    return [key for key in wanted.needed if key not in (here.secret, *here.fields)]


def write(file: Path, *, away_from: Path) -> None:
    """Ghi khóa ra tệp riêng: a file of settings that systemd and shells read, this user's alone.

    Raises BackupError: code ``backup.keys_beside`` where the file would lie with the data,
    ``backup.keys_there`` where another file has the name.
    """
    for data in (away_from, Path(settings.VAR)):
        if file.resolve().is_relative_to(data.resolve()):
            raise BackupError(
                f"Khóa không được nằm cùng dữ liệu: {file} ở trong {data}",
                f"Keys must not lie beside the data: {file} is inside {data}",
                code="backup.keys_beside",
            )
    text = "".join(f'{name}="{_quoted(value)}"\n' for name, value in _named())
    if file.exists():
        if file.read_text(encoding="utf-8") == text:
            return
        raise BackupError(
            f"Tệp {file} đã có và chứa nội dung khác", f"{file} is there and says something else",
            code="backup.keys_there",
        )  # fmt: skip
    beside = file.with_name(f"{file.name}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.rename(file)


def _named() -> list[tuple[str, str]]:
    return [("ANSINH_SECRET_KEY", settings.SECRET_KEY), ("ANSINH_FIELD_KEYS", ",".join(settings.FIELD_KEYS))]


def _quoted(value: str) -> str:
    for sign in '\\"`$':
        value = value.replace(sign, f"\\{sign}")
    return value
