"""Our order of names is the `vi` order of ICU, wherever a PostgreSQL built with ICU is on the machine."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests.kernel.names import generate_names

from ansinh.kernel.text import sort_key

COUNT = 2_500


def _find_binaries():
    """The newest PostgreSQL whose server links ICU, or nothing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    for postgres in reversed(found):
        linked = subprocess.run(["ldd", postgres], capture_output=True, text=True)
        if "libicui18n" in linked.stdout and (postgres.parent / "initdb").exists():
            return postgres.parent
    return None


def _as_user():
    """PostgreSQL refuses to run as root: the words that run a command as somebody else, or nothing if they lack."""
    if os.geteuid() != 0:
        return []
    known = subprocess.run(["getent", "passwd", "postgres"], capture_output=True)
    return ["runuser", "-u", "postgres", "--"] if shutil.which("runuser") and known.returncode == 0 else None


BINARIES = _find_binaries()
AS_USER = _as_user()


@pytest.fixture(scope="module")
def psql():
    # Not tmp_path: its parents are closed to the user the server runs as, and a socket path must be short.
    home = Path(tempfile.mkdtemp(prefix="ansinh-icu-"))
    if AS_USER:
        shutil.chown(home, "postgres")

    def run(*command, text=None):
        done = subprocess.run([*AS_USER, *command], input=text, capture_output=True, text=True, cwd=home)
        assert done.returncode == 0, done.stderr
        return done.stdout

    data = str(home / "data")
    run(
        BINARIES / "initdb",
        "-D",
        data,
        "-A",
        "trust",
        "-U",
        "office",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    )
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c shared_buffers=8MB"
    run(BINARIES / "pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
    try:
        yield lambda sql: run(
            BINARIES / "psql",
            "-h",
            home,
            "-U",
            "office",
            "-d",
            "postgres",
            "-qAtX",
            "-v",
            "ON_ERROR_STOP=1",
            text=sql,
        )
    finally:
        run(BINARIES / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(home)


@pytest.mark.skipif(
    BINARIES is None or AS_USER is None, reason="no PostgreSQL with ICU that could be started here"
)
def test_sort_key_orders_as_icu(psql):
    names = generate_names(COUNT)
    rows = "\n".join(names)
    answer = psql(
        "create table person (name text);\n"
        f"copy person from stdin;\n{rows}\n\\.\n"
        'select name from person order by name collate "vi-x-icu";\n'
    )
    assert answer.splitlines() == sorted(names, key=sort_key)
