"""Sẵn sàng: whether the site can do its work now, part by part, and which part cannot."""

from __future__ import annotations

import shutil
from functools import lru_cache
from typing import NamedTuple

import psycopg
from django.conf import settings
from psycopg import errors

from ansinh.office.backups.unfinished import STANDS
from ansinh.office.jobs import SILENT
from ansinh.office.watch.asking import Unreachable, asked

WITHIN = 1.0  # seconds the database has to answer
MEGABYTE = 1024 * 1024

FACTS = f"""
SELECT NOT {STANDS},
       EXISTS (SELECT 1 FROM procrastinate_workers
               WHERE last_heartbeat > now() - make_interval(secs => %(silent)s))
"""


class Part(NamedTuple):
    """Một phần: its name, whether it is well, and a word for whoever watches; nothing secret."""

    name: str
    well: bool
    said: str


def parts() -> list[Part]:
    """Từng phần: database, migrations, restore, jobs worker, room on the disk."""
    try:
        found = asked(_of_the_record, within=WITHIN, by="readiness")
    except Unreachable:
        found = [Part("database", False, f"no answer within {WITHIN:.0f} s")]
    return [*found, _disk()]


def _of_the_record(opened: psycopg.Connection) -> list[Part]:
    found = [Part("database", True, "ok")]
    try:
        applied = opened.execute("SELECT app, name FROM django_migrations").fetchall()
        missing = len(known_migrations() - set(applied))
        whole, alive = opened.execute(FACTS, {"silent": SILENT}).fetchone() or (False, False)
    except (errors.UndefinedTable, errors.InsufficientPrivilege):
        return [*found, Part("migrations", False, "not migrated, or nothing granted to this role")]
    found.append(Part("migrations", not missing, f"{missing} not applied" if missing else "ok"))
    found.append(Part("restore", whole, "ok" if whole else "begun and not finished"))
    found.append(Part("jobs", alive, "ok" if alive else f"no worker has given a sign of life for {SILENT} s"))
    return found


def _disk() -> Part:
    free, least = shutil.disk_usage(settings.VAR).free // MEGABYTE, int(settings.LEAST_FREE_MEGABYTES)
    return Part("disk", free >= least, "ok" if free >= least else f"{free} MB free, less than {least}")


@lru_cache(maxsize=1)
def known_migrations() -> frozenset[tuple[str, str]]:
    """Every migration of the code, as (app, name); read once."""
    from django.db.migrations.loader import MigrationLoader

    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
