"""Người trông máy chủ: one process for each data folder, the server's parent for as long as anybody needs it.

It makes the data folder where there is none, starts the server, starts it again when it dies, and stops it
once it gets the users' lock for itself, which nobody holds any more then. Killed, it takes the server along
(Linux), and the next user starts another.

    python -m ansinh.config.postgres.warden FOLDER '{"shared_buffers": "512MB"}'

What keeps the first start from succeeding is said once on stdout, as JSON, with exit code 1.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ansinh.config.postgres import cluster as clusters
from ansinh.config.postgres.cluster import Cluster, alive
from ansinh.kernel.errors import BilingualError

STARTING, READY, STOPPING = "starting", "ready", "stopping"
TURN = 0.2  # seconds between two looks
LONGEST_PAUSE = 30
PATIENCE = 60  # seconds that what is left of a killed server may stand in a first start's way
STOP_SECONDS = 600  # the last checkpoint is written
IN_THE_WAY = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')


class Server(Protocol):
    """A server that runs: ours, or one found running."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...


class Found:
    """Máy chủ đã chạy sẵn: of a warden that was killed, or of an older version of the software."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs."""
        return None if alive(self.pid) else 0


class Warden:
    """Một người trông một cụm dữ liệu."""

    def __init__(self, cluster: Cluster, lock: int) -> None:
        self.cluster = cluster
        self.lock = lock
        self.users = os.open(cluster.users, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def keep(self, tuning: dict[str, str]) -> None:
        """Look after the server until nobody needs it. Raises `BilingualError` when it never started."""
        self.tell(STARTING)
        if self.cluster.made:
            clusters.tune(self.cluster.folder, tuning)
        else:
            clusters.make(self.cluster, tuning)
        deaths, ever, began = 0, False, time.monotonic()
        while not self.alone():
            self.tell(STARTING)
            offset = _size(self.cluster.log)
            server = self.server()
            up = self.watch(server)
            if server.poll() is None:
                self.stop(server)
                return
            said = self.cluster.tail() if _size(self.cluster.log) < offset else self._said_since(offset)
            ever = ever or up
            in_the_way = any(words in said for words in IN_THE_WAY) and time.monotonic() < began + PATIENCE
            if not ever and not in_the_way:
                raise clusters.reason(self.cluster, said)
            deaths = 1 if up else deaths + 1
            pause = min(TURN * 2 ** (deaths - 1), LONGEST_PAUSE)
            if ever:
                self.note(f"the server ended ({server.poll()}), started again in {pause:.1f} s")
            self.wait(pause)

    def server(self) -> Server:
        """The server that runs here, or a new one."""
        while (running := self.cluster.postmaster()) and alive(running.pid):
            if running.status != STOPPING:
                return Found(running.pid)
            time.sleep(TURN)
        clusters.roomy(self.cluster)
        return clusters.launch(self.cluster)

    def watch(self, server: Server) -> bool:
        """Until it ends or nobody needs it; whether it ever was ready."""
        ready = False
        while server.poll() is None and not self.alone():
            running = self.cluster.postmaster()
            now = running is not None and (running.pid, running.status) == (server.pid, READY)
            if now and not ready:
                ready = True
                self.tell(READY)
            time.sleep(TURN if ready else TURN / 4)
        return ready

    def alone(self) -> bool:
        """Whether nobody needs the server; then nobody can come until this process has ended."""
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def wait(self, seconds: float) -> None:
        """A pause that ends early when nobody needs the server."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.alone():
            time.sleep(TURN)

    def stop(self, server: Server) -> None:
        """Orderly, after a last checkpoint; at once when that does not end."""
        self.tell(STOPPING)
        for how, seconds in (
            (signal.SIGINT, STOP_SECONDS),
            (signal.SIGQUIT, PATIENCE),
            (signal.SIGKILL, TURN),
        ):
            end = time.monotonic() + seconds
            if server.poll() is None:
                os.kill(server.pid, how)
            while server.poll() is None and time.monotonic() < end:
                time.sleep(0.02)

    def tell(self, state: str) -> None:
        """Write into the lock how it stands, for those who wait."""
        os.ftruncate(self.lock, 0)
        os.pwrite(self.lock, json.dumps({"state": state, "warden": os.getpid()}).encode(), 0)

    def note(self, text: str) -> None:
        """A line in the server's own log."""
        with self.cluster.log.open("a") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC [{os.getpid()}] WARDEN:  {text}\n")

    def _said_since(self, offset: int) -> str:
        with self.cluster.log.open("rb") as log:
            log.seek(offset)
            return log.read(clusters.TAIL).decode(errors="replace")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def main(arguments: list[str]) -> int:
    """Be the warden, unless there is one. 1 when the server did not start, with the reason on stdout."""
    cluster = Cluster(Path(arguments[0]))
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # whoever needs the server decides how long it runs
    os.umask(0o077)
    lock = os.open(cluster.warden, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return 0
    return _said(lambda: Warden(cluster, lock).keep(json.loads(arguments[1])), cluster)


def _said(work: Callable[[], None], cluster: Cluster) -> int:
    try:
        work()
    except BilingualError as error:
        told = error
    except Exception as error:  # noqa: BLE001 -- told to whoever started this process
        told = clusters.reason(cluster, f"FATAL:  {type(error).__name__}: {error}")
    else:
        return 0
    sys.stdout.write(json.dumps([told.vi, told.en, told.code]))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
