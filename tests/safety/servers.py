"""A scratch Postgres of this machine, 15 or later, where there is one. Nothing is ever installed."""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from ansinh.config import database

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


def divided(url: str, name: str = "ansinh") -> dict[str, str]:
    """The two addresses of a server whose superuser's is given: roles for tests and a database are made there.

    The passwords follow from the URL, so that workers of one run agree on them.
    """
    password = hashlib.sha256(url.encode()).hexdigest()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(7266009)")
        for role, may in (("ansinh_test_owner", "CREATEDB"), ("ansinh_test_app", "NOCREATEDB")):
            there = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            server.execute(
                sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.SQL("ALTER" if there else "CREATE"), sql.Identifier(role), sql.SQL(may), password
                )
            )
        server.execute("GRANT ansinh_test_app TO ansinh_test_owner")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {} OWNER ansinh_test_owner").format(sql.Identifier(name)))
    found = database.django(url)
    return database.environment(
        name,
        {
            database.OWNER: {**found, "USER": "ansinh_test_owner", "PASSWORD": password},
            database.APP: {**found, "USER": "ansinh_test_app", "PASSWORD": password},
        },
    )


def is_superuser(url: str) -> bool:
    """Whether an address signs in as a superuser, who can make the roles that tests need."""
    with psycopg.connect(url) as server:
        return server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (
            True,
        )
