"""A migrated, empty database that test databases are copied from, kept as long as the migrations stay the same.

Migrating takes half a minute of the processor, for each worker of each run; a copy takes a second.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from psycopg import sql

PREFIX = "test_template_"
KEPT = 4
ONE_AT_A_TIME = 7_266_090  # advisory lock of the server's own database


def fingerprint() -> str:
    """Every migration of every installed app."""
    told = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            told.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return told.hexdigest()[:16]


def ready(connection: Any) -> str:
    """The name of the template of these migrations; made when it is not there, by one process at a time."""
    name = PREFIX + fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [PREFIX + "%"]
        )
        found = [row[0] for row in cursor.fetchall()]
        if name not in found:
            half = f"{name}_half"  # of a run that was killed while it migrated
            for old in {half, *found[KEPT - 1 :]} & set(found):
                cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
            _migrated(connection, half)
            cursor.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name))
            )
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    return name


def _migrated(connection: Any, name: str) -> None:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
