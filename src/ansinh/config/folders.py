"""Thư mục riêng: what lies under `var/` is for the account that runs An Sinh, and for nobody else."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

MINE = 0o700
PASSABLE = 0o711


def private(folder: Path, *, passable: bool = False) -> Path:
    """Make a folder that only its owner may read; one that is there and ours is closed to the others.

    `passable` lets others walk through without seeing what is inside: run by root, the embedded Postgres
    is another user who must reach its own folder below.
    """
    mode = PASSABLE if passable else MINE
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    state = folder.stat()
    if state.st_mode & 0o777 != mode and hasattr(os, "geteuid") and state.st_uid == os.geteuid():
        folder.chmod(mode)
    return folder


def private_var(var: Path, *, embedded: bool) -> Path:
    """Close `var/` itself and the folders of An Sinh's own files in it.

    The embedded server closes its own. Where nothing can be written nothing is: a command that only reads the
    record from elsewhere works there, and one that writes fails by itself.
    """
    with suppress(OSError):
        private(var, passable=embedded and hasattr(os, "geteuid") and os.geteuid() == 0)
        for name in ("documents", "files", "runs", "static", "uploads"):
            private(var / name)
    return var
