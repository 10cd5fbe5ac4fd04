"""Real processes of the product on the test's database: started, watched, stopped by kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from ansinh.config import database

ANSINH = ("-m", "ansinh.cli")
WORKER = (*ANSINH, "manage", "procrastinate", "worker", "--concurrency", "1")
PATIENCE = 60

# Runs a month, says each thing done, and stops before the one asked for until a line comes in.
RUN = """
import sys, django
django.setup()
from ansinh.office.runs import engine
stop = tuple(sys.argv[2:4])
class Watch(engine.Watch):
    def did(self, step, what, count):
        if (step.name, what) == stop:
            print("HERE", flush=True)
            sys.stdin.readline()
engine.execute(int(sys.argv[1]), Watch())
print("DONE", flush=True)
"""

# Reads a bank's file as an officer would send it.
BANK = """
import sys, django
django.setup()
from pathlib import Path
from ansinh.collection.receipts import services
from ansinh.kernel.months import Month
from ansinh.office.rights import actor_of
from ansinh.office.models import User
from ansinh.registers.models import CollectingAccount
user, account, path, month = sys.argv[1:]
file = services.read_bank_file(
    actor=actor_of(User.objects.get(username=user)), account=CollectingAccount.objects.get(pk=account),
    data=Path(path).read_bytes(), file_name="sao-ke.xml", month=Month.parse(month),
)
print("FILE", file.pk, flush=True)
"""


class Child:
    """Một tiến trình con of the product; `started` lets a test that fails leave none behind."""

    started: ClassVar[list[Child]] = []

    def __init__(self, var: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            env={
                **os.environ,
                **database.environment(connection.settings_dict["NAME"], settings.DATABASE_ROLES),
                "ANSINH_PROFILE": "test",
                "ANSINH_VAR": str(var),
                "DJANGO_SETTINGS_MODULE": "ansinh.config.settings",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(self)

    @classmethod
    def end_all(cls) -> None:
        """End what still runs."""
        for child in cls.started:
            if child.process.poll() is None:
                child.kill()
        cls.started.clear()

    def reach(self, word: str) -> str:
        """Wait for a line that begins so; fails with all that was said when it never comes."""
        said = []
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith(word):
                return line
            said.append(line)
        raise AssertionError("".join(said))

    def go_on(self) -> None:
        """Let a child that stopped itself continue."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def finish(self) -> str:
        """Wait for a good end; what was said."""
        said, _ = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, said
        return said

    def kill(self) -> None:
        """Kill -9: no handler, no farewell."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == -signal.SIGKILL


def owners_address() -> str:
    """The owner's address of the test's database: whoever bars a table is not the application."""
    return database.environment(connection.settings_dict["NAME"], settings.DATABASE_ROLES)[
        "DATABASE_OWNER_URL"
    ]


def waited_for(table: str) -> bool:
    """Whether somebody waits to write to a table of this database: another one's may have the same number."""
    return bool(
        scalar(
            """SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
               WHERE d.datname = current_database() AND NOT l.granted AND l.relation = %s::regclass""",
            table,
        )
    )


@contextmanager
def barred(table: str) -> Iterator[Callable[[Child], None]]:
    """Nobody may write to a table meanwhile; gives the wait until a child stands before it, amid its work."""
    with psycopg.connect(owners_address()) as ours:
        ours.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(table)))

        def stands(child: Child) -> None:
            def waits() -> bool:
                assert child.process.poll() is None, child.finish()
                return waited_for(table)

            until(waits)

        yield stands


def killed_at(table: str, var: Path, *arguments: str) -> None:
    """Start a command, kill it while it waits to write to a table, and see its connection gone."""
    with barred(table) as stands:
        child = Child(var, *arguments)
        stands(child)
        child.kill()
    until(alone)


OTHERS = """
    FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
      AND (a.state <> 'idle' OR EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid))
"""


def alone() -> bool:
    """Whether the server has noticed that the killed are dead: nobody else is in the middle or holds a lock."""
    return not scalar(f"SELECT count(*) {OTHERS}")


def connected() -> list[Any]:
    """Who else is in the middle or holds a lock: application, state, last statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT a.application_name, a.state, left(a.query, 120) {OTHERS}")
        return list(cursor.fetchall())


def scalar(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        row = cursor.fetchone()
    return row[0] if row else None


def until(true: Callable[[], bool]) -> None:
    """Wait for it, at most PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"it never came; connected are {connected()}"
        time.sleep(0.02)
