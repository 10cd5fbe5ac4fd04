"""Thư mục dữ liệu: made whole or not at all, looked at before anything starts on it, its postmaster read."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ansinh.config.postgres import programs
from ansinh.kernel.errors import BilingualError

SUPERUSER = "postgres"
PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 103  # bytes of a Unix socket's path that every system takes
FREE_LEAST = 48 * 1024 * 1024  # bytes: three segments of the log of changes
LOG_MOST = 10 * 1024 * 1024
TAIL = 64 * 1024
NEW = ".new-"
LEFTOVER_SECONDS = 30  # that programs of a killed `initdb` may go on writing
REASON = re.compile(r"(?:FATAL|PANIC|initdb: error|LOG|ERROR):\s+(.*)")


class Postmaster(NamedTuple):
    """What the server says of itself in its data folder."""

    pid: int
    socket: Path
    status: str  # starting, ready, stopping


@dataclass(frozen=True)
class Cluster:
    """Cụm dữ liệu: the data folder, and the locks beside it, which belong to this folder alone."""

    folder: Path

    @property
    def users(self) -> Path:
        """The lock each process shares that needs the server."""
        return self.folder.parent / f".{self.folder.name}.users"

    @property
    def warden(self) -> Path:
        """The lock of the one process that looks after the server; its state stands in it."""
        return self.folder.parent / f".{self.folder.name}.warden"

    @property
    def log(self) -> Path:
        """What server and warden say."""
        return self.folder / "log"

    @property
    def made(self) -> bool:
        """Whether there is a whole data folder."""
        return (self.folder / "global" / "pg_control").exists()

    def postmaster(self) -> Postmaster | None:
        """The server that says it is running here; it may be gone."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            return Postmaster(int(lines[0]), Path(lines[4]), lines[7].strip() if len(lines) > 7 else "")
        except (OSError, ValueError, IndexError):
            return None

    def address(self, database: str) -> str:
        """The superuser's address of a database. Raises `BilingualError` while no server says where it is."""
        if (running := self.postmaster()) is None:
            raise BilingualError(
                "Máy chủ cơ sở dữ liệu không chạy", "the database server is not running", code="postgres.gone"
            )
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(running.socket), safe='/')}"

    def tail(self) -> str:
        """The end of the log."""
        try:
            with self.log.open("rb") as log:
                log.seek(max(0, self.log.stat().st_size - TAIL))
                return log.read().decode(errors="replace")
        except OSError:
            return ""


def alive(pid: int) -> bool:
    """Whether a process of that number runs and is Postgres, as far as the system tells."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return not Path("/proc/self").exists()
    return (
        told[told.find("(") + 1 : told.rfind(")")].startswith("postgres") and told.split(") ")[-1][0] != "Z"
    )


def look(cluster: Cluster) -> None:
    """See that a server could run here, before anything is started. Raises `BilingualError` with why not."""
    folder = cluster.folder
    me = os.geteuid()
    for path in (folder.parent, folder):
        if not path.exists():
            continue
        shut = not os.access(path, os.W_OK | os.X_OK) or os.statvfs(path).f_flag & os.ST_RDONLY
        if (owner := path.stat().st_uid) != me != 0 and (shut or path == folder):
            raise BilingualError(
                f"Thư mục {path} thuộc người dùng khác của máy ({_named(owner)})",
                f"the folder {path} belongs to another user of this machine ({_named(owner)})",
                code="postgres.owner",
            )
        if shut:
            raise unwritable(path)
    version = folder / "PG_VERSION"
    if version.exists() and (found := version.read_text().strip()) != str(programs.VERSION):
        raise BilingualError(
            f"Dữ liệu ở {folder} là của Postgres {found}, phần mềm chạy Postgres {programs.VERSION}: "
            "hãy phục hồi từ bản sao lưu",
            f"the data in {folder} are of Postgres {found}, this software runs {programs.VERSION}: "
            "restore them from a backup",
            code="postgres.version",
        )
    if folder.exists() and not cluster.made and any(folder.iterdir()):
        raise BilingualError(
            f"Thư mục {folder} không phải dữ liệu Postgres trọn vẹn: hãy dời nó đi",
            f"the folder {folder} is no whole Postgres data folder: move it away",
            code="postgres.folder",
        )


def unwritable(path: Path) -> BilingualError:
    """Nothing can be written where the record should live."""
    return BilingualError(
        f"Không ghi được vào thư mục {path}",
        f"the folder {path} cannot be written to",
        code="postgres.readonly",
    )


def full(path: Path) -> BilingualError:
    """No room where the record lives."""
    return BilingualError(
        f"Đĩa chứa {path} đã đầy: máy chủ cơ sở dữ liệu không khởi động được",
        f"the disk of {path} is full: the database server cannot start",
        code="postgres.full",
    )


def make(cluster: Cluster, tuning: dict[str, str]) -> None:
    """Make the data folder, aside and then moved to its place: whoever is killed leaves nothing half made."""
    from ansinh.config.following import follow

    folder, parent = cluster.folder, os.getpid()
    for left in folder.parent.glob(f".{folder.name}{NEW}*"):
        _discard(left)
    roomy(cluster)
    user = programs.runner(folder)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}{NEW}", dir=folder.parent))
    if user:
        os.chown(aside, user.pw_uid, user.pw_gid)
        programs.reachable(aside)
    arguments = ["--auth=trust", "--encoding=UTF8", "-U", SUPERUSER, "-D", str(aside)]
    if tuning.get("fsync") == "off":
        arguments.append("--no-sync")
    done = subprocess.run(  # noqa: S603 -- our own words
        [programs.folder() / "initdb", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=aside,
        env=programs.environment(),
        preexec_fn=lambda: follow(parent, signal.SIGINT),
        **programs.as_user(user),
    )
    if done.returncode:
        shutil.rmtree(aside, ignore_errors=True)
        raise reason(cluster, done.stdout + done.stderr)
    tune(aside, tuning)
    if folder.exists():
        folder.rmdir()
    aside.rename(folder)


def tune(folder: Path, tuning: dict[str, str]) -> None:
    """Give a server the settings it has no value of yet; what somebody set, or an older version, stays."""
    with (folder / "postgresql.auto.conf").open("a+") as settings:
        settings.seek(0)
        text = settings.read()
        told = {line.split("=")[0].strip() for line in text.splitlines()}
        if text and not text.endswith("\n"):  # written by hand
            settings.write("\n")
        settings.writelines(f"{name} = '{value}'\n" for name, value in tuning.items() if name not in told)


def _discard(left: Path) -> None:
    """Take a folder away in which the programs of a killed `initdb` may still be writing."""
    end = time.monotonic() + LEFTOVER_SECONDS
    while left.exists():
        try:
            shutil.rmtree(left)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def roomy(cluster: Cluster) -> None:
    """Raises `BilingualError` when the disk has no room for a server's first steps."""
    place = cluster.folder if cluster.folder.exists() else cluster.folder.parent
    if shutil.disk_usage(place).free < FREE_LEAST:
        raise full(place)


def socket_folder(cluster: Cluster) -> Path:
    """Where the socket lies: the data folder, or one of its own where that path is too long for a socket.

    Closed to everybody else: who reaches the socket is let in.
    """
    if _fits(cluster.folder):
        return cluster.folder
    user = programs.runner(cluster.folder)
    owner = user.pw_uid if user else os.geteuid()
    mark = hashlib.sha256(str(cluster.folder).encode()).hexdigest()[:12]
    for base in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):  # noqa: S108 -- closed below
        place = Path(base) / f"ansinh-{owner}-{mark}"
        if not base or not os.access(base, os.W_OK) or not _fits(place):
            continue
        if not place.is_symlink() and not place.exists():
            place.mkdir(mode=0o700)
            if user:
                os.chown(place, user.pw_uid, user.pw_gid)
                programs.reachable(place)
        state = place.lstat()
        if place.is_dir() and not place.is_symlink() and (state.st_uid, state.st_mode & 0o077) == (owner, 0):
            return place
    raise BilingualError(
        f"Không có thư mục riêng nào đủ ngắn cho ổ cắm của máy chủ ở {cluster.folder}",
        f"no folder of our own is short enough for the socket of the server in {cluster.folder}",
        code="postgres.socket",
    )


def launch(cluster: Cluster) -> subprocess.Popen[bytes]:
    """Start the server as a child of this process; it stops when this process is killed."""
    from ansinh.config.following import follow

    parent = os.getpid()
    user = programs.runner(cluster.folder)
    if user:
        programs.reachable(cluster.folder)
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_MOST:
        cluster.log.replace(cluster.log.with_suffix(".1"))
    arguments = ["-D", str(cluster.folder), "-k", str(socket_folder(cluster)), "-h", "", "-p", str(PORT)]
    for setting in ("log_startup_progress_interval=2s", "unix_socket_permissions=0700"):
        arguments += ["-c", setting]
    log = os.open(cluster.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        if user:
            os.fchown(log, user.pw_uid, user.pw_gid)
        return subprocess.Popen(  # noqa: S603 -- our own words
            [programs.folder() / "postgres", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=cluster.folder,
            env=programs.environment(),
            start_new_session=True,
            preexec_fn=lambda: follow(parent, signal.SIGINT),  # noqa: PLW1509 -- one thread, and nothing else says it
            **programs.as_user(user),
        )
    finally:
        os.close(log)


def reason(cluster: Cluster, said: str) -> BilingualError:
    """Why the programs gave up, from what they said."""
    if "No space left on device" in said:
        return full(cluster.folder)
    found = [match[1].strip() for match in map(REASON.search, said.splitlines()) if match]
    fatal = [match[1] for match in re.finditer(r"(?:FATAL|PANIC|initdb: error):\s+(.*)", said)]
    last = (fatal or found or ["?"])[-1]
    return BilingualError(
        f"Máy chủ cơ sở dữ liệu ở {cluster.folder} không khởi động được: {last}",
        f"the database server in {cluster.folder} did not start: {last}",
        code="postgres.start",
    )


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET)) <= LONGEST_SOCKET


def _named(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
