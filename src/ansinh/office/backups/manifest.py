"""Bản kê: what a backup holds, what it does not, and what it takes to use it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ansinh.office.backups.errors import BackupError
from ansinh.office.backups.keys import Prints

FILE = "manifest.json"
DATABASE = "database.dump"
DOCUMENTS = "documents.txt"
FORMAT = 1


@dataclass(frozen=True)
class Part:
    """Một tệp của bản sao lưu: its name under the backup's folder, bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Input:
    """Một tệp đầu vào của lượt chạy: where it lay under `var/`, and the digest it is kept under."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Bản kê. `server` and `program` are major versions; `tables` counts rows at the backup's one moment."""

    made_at: str
    version: str
    profile: str
    server: int
    program: int
    system: str
    database_bytes: int
    migrations: list[str]
    tables: dict[str, int]
    parts: list[Part]
    documents: int
    documents_bytes: int
    store: str
    missing: list[str]
    inputs: list[Input]
    heads: list[str]
    keys: Prints
    left_out: list[str]

    def part(self, name: str) -> Part:
        """One file. Raises KeyError for one the backup does not name."""
        return {part.name: part for part in self.parts}[name]


def write(folder: Path, manifest: Manifest) -> None:
    """Ghi bản kê: last of all, with a digest of its own."""
    body = asdict(manifest) | {"format": FORMAT}
    text = json.dumps({"sha256": _digest(body), "body": body}, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text, encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Đọc bản kê. Raises BackupError, code ``backup.manifest``: not a backup, torn, or of a later format."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        body = told["body"]
        whole = told["sha256"] == _digest(body) and body.pop("format") == FORMAT
        body["parts"] = [Part(**part) for part in body["parts"]]
        body["inputs"] = [Input(**one) for one in body["inputs"]]
        body["keys"] = Prints(body["keys"]["secret"], tuple(body["keys"]["fields"]))
        found = Manifest(**body)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"{folder}: bản kê {FILE} không đọc được hoặc đã bị thay đổi",
            f"{folder}: its {FILE} cannot be read, or was changed",
            code="backup.manifest",
        ) from error
    if not whole:
        raise BackupError(
            f"{folder}: bản kê {FILE} đã bị thay đổi, hoặc của định dạng khác",
            f"{folder}: its {FILE} was changed, or is of another format",
            code="backup.manifest",
        )
    return found


def documents_of(folder: Path) -> Iterator[tuple[str, int]]:
    """Digest and size of every document that the record of this backup names."""
    with (folder / DOCUMENTS).open(encoding="ascii") as lines:
        for line in lines:
            digest, size = line.split()
            yield digest, int(size)


def part_of(folder: Path, name: str) -> Part:
    """What a file of the backup is now."""
    file = folder / name
    with file.open("rb") as opened:
        return Part(name, file.stat().st_size, hashlib.file_digest(opened, "sha256").hexdigest())


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
