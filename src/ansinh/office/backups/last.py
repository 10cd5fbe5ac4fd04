"""Lần sao lưu gần nhất: what this machine remembers of its last whole backup, for whoever watches its age."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings


class Last(NamedTuple):
    """When it was finished (seconds since 1970), its bytes, and how many files were missing already."""

    finished: float
    size: int
    missing: int


def path() -> Path:
    """Beside the record, not in it: a restored record knows nothing of later backups."""
    return Path(settings.VAR) / "backup.json"


def remember(*, size: int, missing: int) -> None:
    """Ghi nhớ: a backup is whole, now."""
    beside = path().with_suffix(".part")
    beside.write_text(json.dumps({"finished": time.time(), "size": size, "missing": missing}), "utf-8")
    beside.chmod(0o600)
    beside.replace(path())


def last() -> Last | None:
    """The last one; None where there was none, or what is kept of it cannot be read."""
    try:
        told = json.loads(path().read_text("utf-8"))
        return Last(float(told["finished"]), int(told["size"]), int(told["missing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
