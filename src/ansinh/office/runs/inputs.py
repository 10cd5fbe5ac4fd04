"""Dữ liệu đầu vào đóng băng: a run's own folder, its files' digests, and what becomes of them.

They may hold everybody's wages: they are this user's alone, and go as soon as their kind says so.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from ansinh.kernel.months import Month
from ansinh.office.runs.kinds import Fate, kind_of
from ansinh.office.runs.models import Run

Described = Mapping[str, Mapping[str, int | str]]


def name_for(run: Run) -> str:
    """A folder's name that no other database's run of the same number can share."""
    return f"{run.pk}-{uuid4().hex}"


def folder_of(run: Run) -> Path:
    """Where a run keeps its frozen inputs. Raises KeyError for a run that has none."""
    return Path(settings.VAR) / "runs" / str(run.frozen["folder"])


def archive_of(run: Run) -> Path:
    """Where the inputs of a run are kept when they are no longer needed."""
    office = run.unit.code if run.unit else "toan-quoc"
    shelf = run.kind if run.month is None else str(Month.from_index(run.month))
    return Path(settings.VAR) / "archive" / office / shelf / str(run.frozen["folder"])


def described(file: Path, rows: int) -> dict[str, int | str]:
    """What is kept of a file: its rows and SHA-256."""
    return {"rows": rows, "sha256": digest(file)}


def digest(file: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def intact(folder: Path, files: Described, *, suffix: str = ".parquet") -> bool:
    """Whether the files of an interrupted run are still the ones it froze."""
    return bool(files) and all(
        (file := folder / f"{name}{suffix}").is_file() and digest(file) == facts["sha256"]
        for name, facts in files.items()
    )


def remove(run: Run) -> None:
    """Xóa tệp của một lượt chạy: if there are any; what is written of them in the record stays."""
    if run.frozen.get("folder"):
        shutil.rmtree(folder_of(run), ignore_errors=True)


def put_away(folder: Path, archive: Path | None) -> None:
    """Cất các tệp đầu vào vào kho: nobody but this user reads it, or remove them without one."""
    if archive is not None:
        for part in (archive.parents[2], archive.parents[1], archive.parent, archive):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in sorted(folder.glob("*.parquet")):
            kept = archive / file.name
            shutil.move(file, kept)
            kept.chmod(0o600)
    shutil.rmtree(folder)


def tidy(kind: str, *, unit_id: int | None = None) -> int:
    """Dọn dữ liệu đóng băng của một loại lượt chạy; how many runs' inputs were archived or removed.

    A cancelled run's go at once: nothing was written from them. Whatever was left by an interruption goes
    with the next.
    """
    held = Run.objects.filter(kind=kind).exclude(frozen={}).exclude(state__in=Run.UNDER_WAY)
    if unit_id is not None:
        held = held.filter(unit_id=unit_id)
    done = 0
    for run in held.select_related("unit").order_by("pk"):
        folder = folder_of(run)
        if not folder.is_dir():
            continue
        fate = Fate.REMOVE if run.state == Run.State.CANCELLED else kind_of(kind).fate(run)
        if fate is not Fate.KEEP:
            put_away(folder, archive_of(run) if fate is Fate.ARCHIVE else None)
            done += 1
    return done


def whereabouts(run: Run) -> Any:
    """Where a run's inputs are now: "here", "archive", "gone", or "" for a run that has none."""
    if not run.frozen.get("folder"):
        return ""
    if folder_of(run).is_dir():
        return "here"
    return "archive" if archive_of(run).is_dir() else "gone"
