"""The embedded server: who needs it holds a lock; it comes back when killed and stops after the last one."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from ansinh.config.postgres import programs
from ansinh.config.postgres.cluster import Cluster, alive, tune

PATIENCE = 90
# the machine's own Python where it is of our version: ours may lie where only root can read
ALIKE = "/usr/bin/python3." + str(sys.version_info.minor)
PYTHON = ALIKE if Path(ALIKE).exists() else sys.executable
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
LINUX = Path("/proc/self").exists()
ROOT = os.geteuid() == 0

# Needs the server until a line comes in; says so, and how long it waited.
USER = """
import sys
from pathlib import Path
from ansinh.config.postgres.lease import Lease
from ansinh.kernel.errors import BilingualError
tuning = {"fsync": "off", "shared_buffers": "16MB", "max_wal_size": "2GB", "checkpoint_timeout": "1h"}
try:
    lease = Lease.of(Path(sys.argv[1]), tuning)
except BilingualError as error:
    sys.exit(f"{error.code}: {error}")
print("HERE", flush=True)
sys.stdin.readline()
"""


class User:
    """A process that needs the server of a folder."""

    started: list[User] = []

    def __init__(self, folder: Path, *, uid: int | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable if uid is None else PYTHON, "-c", USER, str(folder)],
            env=ENVIRONMENT if uid else None,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            user=uid,
        )
        self.started.append(self)

    def here(self) -> User:
        assert self.process.stdout
        if self.process.stdout.readline() != "HERE\n":
            raise AssertionError(self.process.communicate()[1])
        return self

    def leave(self) -> str:
        """End in order; what it had said on stderr."""
        return self.process.communicate("\n", timeout=PATIENCE)[1]

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def refused(self) -> str:
        """What it said when it could not have the server: one sentence and nothing else."""
        out, said = self.process.communicate("\n", timeout=PATIENCE)
        assert self.process.returncode == 1, said
        assert out == ""
        assert "Traceback" not in said
        sentence = said.strip().splitlines()[-1]
        assert " / " in sentence
        return sentence


@pytest.fixture
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ansinh-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
        for user in User.started:
            if user.process.poll() is None:
                user.kill()
        User.started.clear()
        until(lambda: not servers(Path(folder)), 30)


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def servers(var: Path) -> list[str]:
    """Processes whose command names the folder: postmaster and warden."""
    told = subprocess.run(["ps", "-ww", "-eo", "pid=,stat=,args="], capture_output=True, text=True).stdout
    return [line for line in told.splitlines() if f"{var}/" in line and "-c\nimport" not in line and " Z" not in line
            and ("warden" in line or "bin/postgres" in line)]  # fmt: skip


def pid(folder: Path) -> int:
    running = Cluster(folder).postmaster()
    assert running
    return running.pid


def asked(folder: Path) -> int:
    with psycopg.connect(Cluster(folder).address("postgres")) as server:
        row = server.execute("SELECT 1 FROM pg_database LIMIT 1").fetchone()
    assert row
    return int(row[0])


def answers(folder: Path) -> bool:
    try:
        return asked(folder) == 1
    except Exception:  # noqa: BLE001 -- whatever is said meanwhile
        return False


def test_it_stays_while_anybody_needs_it_and_nothing_is_left_after_the_last(var: Path) -> None:
    folder = var / "postgres"
    first, second = User(folder), User(folder)  # at once, on a folder that is not there yet
    first.here()
    second.here()
    server = pid(folder)
    assert asked(folder) == 1
    assert (folder.stat().st_mode & 0o077, folder.stat().st_uid == 0) == (0, False)
    first.leave()
    assert pid(folder) == server
    third = User(folder).here()
    assert pid(folder) == server
    second.kill()  # no farewell
    third.leave()
    assert servers(var) == []  # an orderly end waits for it
    assert not (folder / "postmaster.pid").exists()

    last = User(folder).here()
    last.kill()
    until(lambda: not servers(var) and not (folder / "postmaster.pid").exists())


def test_a_killed_server_comes_back_and_so_does_what_looks_after_it(var: Path) -> None:
    folder = var / "postgres"
    user = User(folder).here()
    killed = pid(folder)
    with psycopg.connect(Cluster(folder).address("postgres"), autocommit=True) as server:
        server.execute("CREATE TABLE kept AS SELECT 1 AS a")
    os.kill(killed, signal.SIGKILL)
    until(lambda: answers(folder) and pid(folder) != killed, 30)
    with psycopg.connect(Cluster(folder).address("postgres")) as server:
        assert server.execute("SELECT a FROM kept").fetchone() == (1,)
    assert "WARDEN:  the server ended (-9)" in (folder / "log").read_text()

    (warden,) = [int(line.split()[0]) for line in servers(var) if "warden" in line]
    server_of_before = pid(folder)
    os.kill(warden, signal.SIGKILL)  # takes its server along, and the next who needs it starts another
    if LINUX:
        until(lambda: not alive(server_of_before))
    another = User(folder).here()
    assert asked(folder) == 1
    user.leave()
    another.leave()
    assert servers(var) == []


def test_a_killed_initdb_leaves_nothing_half_made(var: Path) -> None:
    folder = var / "postgres"
    user = User(folder)
    until(lambda: list(var.glob(".postgres.new-*/base")))
    (warden,) = [int(line.split()[0]) for line in servers(var) if "warden" in line]
    os.kill(warden, signal.SIGKILL)
    user.kill()
    assert not folder.exists()
    User(folder).here().leave()
    assert not list(var.glob(".postgres.new-*"))


def test_what_a_killed_initdb_still_writes_is_waited_for(var: Path) -> None:
    left = var / ".postgres.new-left" / "base"
    left.mkdir(parents=True)
    write = (
        "import sys, time\nfor n in range(60_000): open(f'{sys.argv[1]}/{n}', 'w').close(); time.sleep(0.001)"
    )
    writer = subprocess.Popen([sys.executable, "-c", write, str(left)], stderr=subprocess.DEVNULL)
    until(lambda: list(left.iterdir()))
    User(var / "postgres").here().leave()
    assert writer.wait(PATIENCE) != 0  # its folder went away under it
    assert not list(var.glob(".postgres.new-*"))


def test_a_newer_version_gives_a_server_the_settings_it_has_no_value_of_yet(tmp_path: Path) -> None:
    settings = tmp_path / "postgresql.auto.conf"
    settings.write_text("work_mem = '64MB'")  # by hand, without an end of line
    with_more = {"work_mem": "128MB", "random_page_cost": "1.1"}
    tune(tmp_path, with_more)
    tune(tmp_path, with_more)
    assert settings.read_text() == "work_mem = '64MB'\nrandom_page_cost = '1.1'\n"


@contextmanager
def stopped(name: str, var: Path) -> Iterator[None]:
    """The process of the server with that name stands still meanwhile."""
    found: list[int] = []

    def find() -> bool:
        told = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
        rows = [line.split(None, 2) for line in told.splitlines()]
        mothers = {row[0] for row in rows if "bin/postgres" in row[2] and f"{var}/" in row[2]}
        found[:] = [int(row[0]) for row in rows if row[1] in mothers and name in row[2]]
        return bool(found)

    until(find)
    os.kill(found[0], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(found[0], signal.SIGCONT)


def crashed(folder: Path, rows: int) -> None:
    """A server that was killed with so much in its log of changes that no checkpoint has put away."""
    user = User(folder).here()
    with psycopg.connect(Cluster(folder).address("postgres"), autocommit=True) as server:
        server.execute("CREATE TABLE IF NOT EXISTS many (a int, b text)")
        server.execute("INSERT INTO many SELECT g, repeat('x', 200) FROM generate_series(1, %s) g", [rows])
    killed = pid(folder)
    for line in servers(folder.parent):
        if "warden" in line:
            os.kill(int(line.split()[0]), signal.SIGSTOP)  # it must not put things right
    os.kill(killed, signal.SIGKILL)
    user.kill()
    for line in servers(folder.parent):
        os.kill(int(line.split()[0]), signal.SIGKILL)
    until(lambda: not servers(folder.parent))


def test_a_start_after_a_crash_waits_for_the_recovery_and_tells_how_far_it_is(var: Path) -> None:
    """The wheel's own start gave up after ten seconds; here the recovery stands still for a while."""
    folder = var / "postgres"
    crashed(folder, 200_000)
    user = User(folder)
    with stopped("startup", var):
        time.sleep(5)
        assert user.process.poll() is None
    said = user.here().leave()
    assert re.search(r"\d+ giây", said), said
    assert servers(var) == []


@pytest.mark.drill
def test_a_start_waits_longer_than_any_fixed_time(var: Path) -> None:
    folder = var / "postgres"
    crashed(folder, 3_000_000)
    user = User(folder)
    with stopped("startup", var):
        time.sleep(20)
    said = user.here().leave()
    assert re.search(r"2\d giây", said), said
    assert "MB" in said


# What it cannot do is said in one sentence


def test_data_of_another_major_version(var: Path) -> None:
    folder = var / "postgres"
    (folder / "global").mkdir(parents=True)
    (folder / "PG_VERSION").write_text("16\n")
    said = User(folder).refused()
    assert said.startswith("postgres.version: ")
    assert "16" in said


def test_a_folder_that_is_no_data_folder(var: Path) -> None:
    folder = var / "postgres"
    folder.mkdir()
    (folder / "letter.txt").write_text("x")
    assert User(folder).refused().startswith("postgres.folder: ")
    assert (folder / "letter.txt").exists()


def nobody() -> int:
    """Somebody without rights, who can run the product with some Python. Skips where there is none."""
    if not ROOT:
        pytest.skip("only root can be several users")
    uid = pwd.getpwnam("nobody").pw_uid
    tried = [PYTHON, "-c", "import ansinh, psycopg, typing_extensions"]
    if not _runs(tried, uid):
        pytest.skip("no Python for somebody without rights")
    return uid


def _runs(command: list[str], uid: int) -> bool:
    try:
        return not subprocess.run(command, user=uid, cwd="/", env=ENVIRONMENT, capture_output=True).returncode
    except OSError:
        return False


def test_folders_that_cannot_be_written_or_are_somebody_elses(var: Path) -> None:
    uid = nobody()
    var.chmod(0o755)
    assert User(var / "postgres", uid=uid).refused().startswith("postgres.owner: ")
    own = var / "own"
    own.mkdir()
    os.chown(own, uid, -1)
    own.chmod(0o555)
    assert User(own / "postgres", uid=uid).refused().startswith("postgres.readonly: ")


def test_two_users_of_one_machine_run_one_each(var: Path) -> None:
    """The wheel's own lock was one file for the whole machine, which belonged to whoever came first."""
    uid = nobody()
    var.chmod(0o755)
    own = var / "own"
    own.mkdir()
    os.chown(own, uid, -1)
    ours, theirs = User(var / "postgres"), User(own / "postgres", uid=uid)
    ours.here()
    theirs.here()
    assert (own / "postgres").stat().st_uid == uid
    assert ours.process.poll() is theirs.process.poll() is None
    ours.leave()
    theirs.leave()
    assert servers(var) == []


def test_root_keeps_the_user_of_the_data_folder(var: Path) -> None:
    if not ROOT:
        pytest.skip("only root runs it as somebody else")
    folder = var / "postgres"
    User(folder).here().leave()
    uid = pwd.getpwnam("nobody").pw_uid
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, -1)
    user = User(folder).here()
    assert Path(f"/proc/{pid(folder)}").stat().st_uid == uid
    user.leave()


def test_a_path_too_long_for_a_socket_gets_a_folder_of_its_own(var: Path) -> None:
    folder = var / ("long-" * 18) / "postgres"
    user = User(folder).here()
    running = Cluster(folder).postmaster()
    assert running
    assert running.socket != folder
    assert running.socket.stat().st_mode & 0o077 == 0
    assert asked(folder) == 1
    user.leave()
    running.socket.rmdir()


def test_a_full_disk(var: Path) -> None:
    """On a file system of 20 MB."""
    small = f"mount -t tmpfs -o size=20m none {var} && exec {sys.executable} -c '{USER}' {var}/postgres"
    if not ROOT or subprocess.run(["unshare", "-m", "true"]).returncode:
        pytest.skip("no file system of our own can be mounted here")
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", small.replace("'{", "'").replace("}'", "'")],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("postgres.full: "), done.stderr


def test_the_programs_are_the_wheels() -> None:
    assert (programs.folder() / "postgres").exists()
    assert shutil.which("initdb", path=str(programs.folder()))
