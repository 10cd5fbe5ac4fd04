"""Phần của người dùng: a process that needs the embedded server says so by a shared lock, for all its life.

The lock ends with the process and with the children it forked, however they end. There is nothing to give
back; who ends in order waits until the server has stopped, when nobody else needs it.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ansinh.config.postgres import cluster as clusters
from ansinh.config.postgres import warden
from ansinh.config.postgres.cluster import Cluster
from ansinh.kernel.errors import BilingualError

TURN = 0.05
SAY_EVERY = 3  # seconds
STOP_SECONDS = 30  # what an orderly end waits for the server to stop
REDO = re.compile(r"redo starts at (\w+)/(\w+)|redo in progress,.*current LSN: (\w+)/(\w+)|redo done at")
Say = Callable[[str], None]


class Lease:
    """Quyền dùng máy chủ ở một thư mục dữ liệu."""

    held: dict[Path, Lease] = {}

    def __init__(self, folder: Path, tuning: dict[str, str]) -> None:
        self.cluster = Cluster(folder)
        self.tuning = tuning
        self.process = os.getpid()
        self.lock = -1
        self.wardens: list[subprocess.Popen[bytes]] = []

    @classmethod
    def of(cls, folder: Path, tuning: dict[str, str], say: Say | None = None) -> Lease:
        """The lease of this process on a data folder, taken when it has none; the server answers then."""
        folder = folder.absolute()
        found = cls.held.get(folder)
        if found is None or found.process != os.getpid():
            found = cls.held[folder] = cls(folder, tuning)
            try:
                found.take(say or _say)
            except BaseException:
                cls.held.pop(folder)
                found.close()
                raise
            atexit.register(found.leave)
        return found

    def take(self, say: Say) -> None:
        """Hold the lock and wait for the server, as long as it needs to recover. Raises `BilingualError`."""
        self.lock = _opened(self.cluster)
        clusters.look(self.cluster)
        telling = _telling(say, self.cluster)
        while not _locked(self.lock, fcntl.LOCK_SH):  # it is being stopped
            next(telling)
        while not self._answers():
            self.keep()
            next(telling)

    def keep(self) -> None:
        """See that somebody looks after the server. Raises `BilingualError` with why the last one gave up."""
        for started in list(self.wardens):
            if (code := started.poll()) is None:
                continue
            self.wardens.remove(started)
            said = started.stdout.read() if started.stdout and not started.stdout.closed else b""
            if code and said:
                vi, en, mark = json.loads(said)
                raise BilingualError(vi, en, code=mark)
            if code > 0:
                raise clusters.reason(self.cluster, f"FATAL:  the warden ended with {code}")
        if not self.wardens and self.state() is None:
            self.wardens.append(self._start())

    def state(self) -> str | None:
        """How the warden says it stands; None without a warden."""
        try:
            there = os.open(self.cluster.warden, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            if _locked(there, fcntl.LOCK_SH):
                return None
            return str(json.loads(os.pread(there, 1024, 0))["state"])
        except (ValueError, KeyError):  # read amid its writing
            return warden.STARTING
        finally:
            os.close(there)

    def leave(self) -> None:
        """At the end of the process: let go, and wait for the server to stop when that was its last user."""
        if self.lock < 0 or self.process != os.getpid():  # a forked child ends
            return
        self.held.pop(self.cluster.folder, None)
        self.close()
        end = time.monotonic() + STOP_SECONDS
        while time.monotonic() < end and (state := self.state()) is not None:
            if state != warden.STOPPING and self._needed():
                return
            time.sleep(TURN)

    def close(self) -> None:
        """Let go of the lock; a child that was forked may hold it still."""
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1
        for started in self.wardens:
            if started.stdout:
                started.stdout.close()

    def _needed(self) -> bool:
        there = os.open(self.cluster.users, os.O_RDWR | os.O_CLOEXEC)
        try:
            return not _locked(there, fcntl.LOCK_EX)
        finally:
            os.close(there)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "ansinh.config.postgres.warden", str(self.cluster.folder)]
        return subprocess.Popen(  # noqa: S603 -- our own words
            [*command, json.dumps(self.tuning)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )

    def _answers(self) -> bool:
        """Whether somebody may sign in."""
        import psycopg

        if self.state() != warden.READY:
            return False
        try:
            psycopg.connect(self.cluster.address("postgres"), connect_timeout=5).close()
        except (psycopg.OperationalError, BilingualError):
            return False
        return True


def _opened(cluster: Cluster) -> int:
    try:
        cluster.folder.parent.mkdir(parents=True, exist_ok=True)
        return os.open(cluster.users, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        clusters.look(cluster)  # it may know better why
        raise clusters.unwritable(cluster.folder.parent) from error


def _locked(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _telling(say: Say, cluster: Cluster) -> Iterator[None]:
    """A turn of waiting at a time; every few seconds it is said for what."""
    began = said = time.monotonic()
    while True:
        time.sleep(TURN)
        yield
        if (now := time.monotonic()) - said >= SAY_EVERY:
            said = now
            say(recovery(cluster.tail(), round(now - began)))


def recovery(log: str, seconds: int) -> str:
    r"""Phục hồi đến đâu: what the waiting is for, from the last start in the server's log.

    >>> recovery("LOG:  redo starts at 0/1000000\nLOG:  redo in progress, x, current LSN: 0/4000000", 7)
    'Cơ sở dữ liệu đang phục hồi: 7 giây, đã đọc lại 48 MB / the database recovers: 7 s, 48 MB read again'
    """
    start = at = 0
    for match in REDO.finditer(log):
        if match[1]:
            start = at = _position(match[1], match[2])
        elif match[3]:
            at = _position(match[3], match[4])
        else:
            start = at = 0
    if start:
        done = (at - start) >> 20
        return (
            f"Cơ sở dữ liệu đang phục hồi: {seconds} giây, đã đọc lại {done} MB / "
            f"the database recovers: {seconds} s, {done} MB read again"
        )
    return f"Đang chờ cơ sở dữ liệu: {seconds} giây / waiting for the database: {seconds} s"


def _position(high: str, low: str) -> int:
    return (int(high, 16) << 32) + int(low, 16)
