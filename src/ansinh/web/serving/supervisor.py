"""Người giám sát: what `ansinh serve` started comes back when it dies, and ends when the site is stopped.

The site is gunicorn in a process of its own, which looks after its web workers; when it ends, all does. The
worker of the jobs queue is started again, at once the first time and after growing pauses while it keeps
dying; the next one puts back the jobs of the one before. The embedded server has its warden
(`config/postgres/`), and this process sees that there is one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Protocol

import structlog

from ansinh.config.following import follow
from ansinh.kernel.errors import BilingualError
from ansinh.office.working import GRACE

TURN = 0.5  # seconds between two looks
LASTED = 60  # seconds after which a worker's death is the first again
LONGEST_PAUSE = 60
LOG = structlog.stdlib.get_logger("ansinh.serve")


class Part(Protocol):
    """Một phần của trang: what is started, looked after and stopped."""

    def start(self) -> None: ...

    def look(self) -> int | None: ...

    def stop(self) -> None: ...

    def end(self, seconds: float) -> None: ...


class Site:
    """Trang web: gunicorn's first process, forked from this one."""

    def __init__(self, run: Callable[[], None]) -> None:
        self.run = run
        self.pid = 0
        self.code: int | None = None

    def start(self) -> None:
        """Fork it, signals as they were, in a group of its own so that Ctrl-C comes once, from here."""
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid:
            return
        code = 1
        try:
            os.setsid()
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(name, signal.SIG_DFL)
            follow(parent)
            self.run()
            code = 0
        except SystemExit as stop:  # web workers that gunicorn forks end through here too
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def look(self) -> int | None:
        """How it ended; None while it runs."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def signal(self, how: signal.Signals) -> None:
        """Pass a signal on."""
        if self.look() is None:
            os.kill(self.pid, how)

    def stop(self) -> None:
        """Ask it to end."""
        self.signal(signal.SIGTERM)

    def end(self, seconds: float) -> None:
        """Wait for its end; then it is ended, and its web workers notice."""
        until = time.monotonic() + seconds
        while self.look() is None:
            if time.monotonic() >= until:
                self.signal(signal.SIGKILL)
            time.sleep(0.05)


class Jobs:
    """Bộ chạy việc nền: one worker of the queue, and the pipe through which it tells its number."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.pipe = -1
        self.dead: list[str] = []
        self.deaths = 0
        self.began = self.due = 0.0

    def start(self) -> None:
        """A new worker, who is told whom it follows."""
        self.pipe, told = os.pipe()
        os.set_blocking(self.pipe, False)
        command = [sys.executable, "-m", "ansinh.office.working", str(os.getpid()), str(told), *self.dead]
        try:
            self.process = subprocess.Popen(  # noqa: S603 -- our own words
                command,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=(told,),
            )
        finally:
            os.close(told)
        self.began = time.monotonic()

    def look(self) -> int | None:
        """None while it runs; when it has ended a new one is started, after a pause when it died young."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif (code := self.process.poll()) is not None:
            if numbers := self._told():
                self.dead = numbers
            self.process = None
            self.deaths = 1 if now - self.began >= LASTED else self.deaths + 1
            pause = 0 if self.deaths == 1 else min(2 ** (self.deaths - 2), LONGEST_PAUSE)
            self.due = now + pause
            LOG.error("jobs worker ended, started again", code=code, failures=self.deaths, seconds=pause)
        return None

    def stop(self) -> None:
        """Ask it to finish."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def end(self, seconds: float) -> None:
        """Wait for it; end it when it does not."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _told(self) -> list[str]:
        """The number of a worker that has ended; one that had none leaves those of before to the next."""
        said = b""
        with contextlib.suppress(OSError):
            said = os.read(self.pipe, 100)
        os.close(self.pipe)
        return said.decode().split()


class Supervisor:
    """Giám sát: from start to the signal that stops it."""

    def __init__(self, site: Site, others: list[Part], keep: Callable[[], None]) -> None:
        self.site = site
        self.others = others
        self.keep = keep
        self.told = False
        self.failures = 0
        self.due = 0.0

    def run(self) -> int:
        """Look after all parts; the exit code: 0 when stopped, else the site's own."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        signal.signal(signal.SIGHUP, lambda _signal, _frame: self.site.signal(signal.SIGHUP))
        self.site.start()
        for part in self.others:
            part.start()
        while not self.told and self.site.look() is None:
            for part in self.others:
                part.look()
            self._keep()
            time.sleep(TURN)
        code = self.site.look()
        if not self.told:
            LOG.error("the site ended", code=code)
        for part in (self.site, *self.others):
            part.stop()
        for part in (self.site, *self.others):
            part.end(GRACE + 5)
        return 0 if self.told else code or 1

    def _keep(self) -> None:
        """See that the database server is looked after; one that cannot start is tried again and again."""
        now = time.monotonic()
        if now < self.due:
            return
        try:
            self.keep()
            self.failures = 0
        except BilingualError as error:
            self.failures += 1
            pause = min(2**self.failures, LONGEST_PAUSE)
            self.due = now + pause
            LOG.error("no database server", code=error.code, failures=self.failures, seconds=pause)  # noqa: TRY400

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.told = True
