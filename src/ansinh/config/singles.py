"""Chỉ một: what may run once on one `var/`, or not beside something else: locks gone with their process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ansinh.config.postgres.cluster import unwritable
from ansinh.kernel.errors import BilingualError


def var() -> Path:
    """The folder of the record, as the settings will find it."""
    return Path(os.environ.get("ANSINH_VAR") or Path.cwd() / "var").resolve()


@contextmanager
def only(name: str, vi: str, en: str, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock of that name; raises `BilingualError` with these words while another holds it.

    Several may share it; then only who wants it alone is refused.
    """
    folder = var()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / f".{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise unwritable(folder) from error
    try:
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BilingualError(vi, en, code=f"single.{name}") from None
        yield
    finally:
        os.close(lock)
