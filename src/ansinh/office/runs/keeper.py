"""Người giữ lượt chạy: a connection of its own that holds the lock and says how far the work is.

The work's own connection is in the middle of a transaction nobody sees into; this one commits each line it
writes, and its lock ends with its process, however that ends.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

import psycopg
from django.db import connection

from ansinh.config.database import libpq
from ansinh.kernel.errors import BilingualError
from ansinh.office import jobs

LOCK_SPACE = 20260701  # seed of the advisory locks of runs; the key of the run is hashed with it
PATIENCE = 15.0  # seconds; the server lets a killed process's lock go when it notices that nobody is there
EVERY = 0.5  # seconds between two lines of progress
LOCK = "hashtextextended(%s, %s)"


class RunError(BilingualError):
    """Không chạy được: why, in both languages."""


class RunBusyError(RunError, jobs.BusyError):
    """Tiến trình khác đang thực hiện việc này."""


class Cancelled(Exception):  # noqa: N818 -- read as a sentence: raise Cancelled
    """Đã yêu cầu dừng: the step in hand is undone, the run ends."""


class Keeper:
    """Khóa và tiến độ của một lượt chạy: from `with` to its end."""

    def __init__(self, run_id: int, key: str) -> None:
        self.run_id = run_id
        self.key = key
        self.step_id = 0
        self.pending = 0
        self.written_at = 0.0

    def __enter__(self) -> Self:
        """Take the lock. Raises RunBusyError when another process holds it for longer than PATIENCE."""
        self.connection = psycopg.connect(libpq(connection.settings_dict), autocommit=True)
        until = time.monotonic() + PATIENCE
        while not self._one(f"SELECT pg_try_advisory_lock({LOCK})", self.key, LOCK_SPACE):
            if time.monotonic() >= until:
                self.connection.close()
                raise RunBusyError(
                    "Lượt chạy đang được thực hiện ở tiến trình khác",
                    "Another process runs it now",
                    code="runs.busy",
                )
            time.sleep(0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the lock go with the connection."""
        self.connection.close()

    def begin(self, step_id: int, total: int) -> None:
        """A step begins: whatever an earlier attempt counted is forgotten."""
        self.step_id, self.pending = step_id, 0
        self._do(
            "UPDATE office_runstep SET started_at = now(), finished_at = NULL, done = 0, total = %s"
            " WHERE id = %s",
            total,
            step_id,
        )
        self.heed()

    def expect(self, total: int) -> None:
        """How much the step has to do."""
        self._do("UPDATE office_runstep SET total = %s WHERE id = %s", total, self.step_id)

    def did(self, count: int) -> None:
        """More is done. Raises Cancelled when somebody asked for an end; asks and writes twice a second."""
        self.pending += count
        if time.monotonic() - self.written_at >= EVERY:
            self.write()
            self.heed()

    def write(self) -> None:
        """Put down what was counted since the last line."""
        if self.pending:
            self._do("UPDATE office_runstep SET done = done + %s WHERE id = %s", self.pending, self.step_id)
            self.pending = 0
        self.written_at = time.monotonic()

    def heed(self) -> None:
        """Raise Cancelled when somebody asked for an end."""
        if self._one("SELECT cancel_asked_at IS NOT NULL FROM office_run WHERE id = %s", self.run_id):
            raise Cancelled

    def _do(self, statement: str, *values: object) -> None:
        self.connection.execute(statement, values)

    def _one(self, query: str, *values: object) -> object:
        row = self.connection.execute(query, values).fetchone()
        return row[0] if row else None


def at_work(key: str) -> bool:
    """Whether some process holds the lock of this key now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({LOCK})", [key, LOCK_SPACE])
        if not cursor.fetchone()[0]:
            return True
        cursor.execute(f"SELECT pg_advisory_unlock({LOCK})", [key, LOCK_SPACE])
        return False
