"""A scratch Postgres of this machine, 15 or later, where there is one. Nothing is ever installed."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
NEEDED = ("initdb", "pg_ctl", "postgres")


def system_servers() -> dict[int, Path]:
    """Programs of the machine's own servers by major version, where all that is needed is there."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    folders += [*Path("/usr").glob("pgsql-*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(told.stdout.strip()))
    found = {}
    for folder in folders:
        if all((folder / name).exists() for name in NEEDED):
            told = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, check=True
            )
            version = re.search(r"(\d+)", told.stdout)
            if version and int(version[1]) >= OLDEST:
                found[int(version[1])] = folder
    return found


@contextmanager
def scratch(programs: Path) -> Iterator[str]:
    """A new cluster on a socket of its own; its URL. Root lets somebody without rights run it."""
    folder = Path(tempfile.mkdtemp(prefix="ansinh-pg-"))
    user = None
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, "-D", data, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )

    try:
        call("initdb", "-U", "ansinh", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        call("pg_ctl", "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://ansinh@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
