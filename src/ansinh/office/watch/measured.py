"""Số đo vận hành: what a machine that watches asks of the record, of the disk and of the last backup.

Computed when somebody asks, from the record itself: it is the same whichever process answers, and nothing has
to be added up between them.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import psycopg
from django.conf import settings
from psycopg import errors, sql

from ansinh.office.backups.last import last
from ansinh.office.chain import chains
from ansinh.office.jobs import RESUME, SILENT
from ansinh.office.watch.asking import Unreachable, asked

WITHIN = 3.0  # seconds for all questions together
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Measure:
    """Một số đo: a gauge by its name, what it says, and its values by labels."""

    name: str
    help: str
    values: Mapping[Labels, float] = field(default_factory=dict)


def measures() -> list[Measure]:
    """Mọi số đo: those of the record only where it answers; `database_up` says whether it did."""
    found = list(_of_this_machine())
    try:
        return [*found, *asked(_of_the_record, within=WITHIN, by="measures"), _up(1)]
    except Unreachable:
        return [*found, _up(0)]


def _up(value: int) -> Measure:
    return _one("database_up", "1 where the database answered in time", value)


def _one(name: str, words: str, value: float) -> Measure:
    return Measure(name, words, {(): value})


def _by(name: str, words: str, label: str, values: Mapping[str, float]) -> Measure:
    return Measure(name, words, {((label, key),): value for key, value in values.items()})


def _of_this_machine() -> Iterator[Measure]:
    disk, kept = shutil.disk_usage(settings.VAR), last()
    yield _one("disk_free_bytes", "Room left where var/ lies", disk.free)
    yield _one("disk_bytes", "All room where var/ lies", disk.total)
    yield _one(
        "backup_finished_timestamp_seconds",
        "When this machine's last whole backup was finished; 0 where there was none",
        kept.finished if kept else 0,
    )
    yield _one("backup_bytes", "Bytes of the last backup's database", kept.size if kept else 0)
    yield _one("backup_missing_files", "Files the last backup did not find", kept.missing if kept else 0)


def _of_the_record(opened: psycopg.Connection) -> list[Measure]:
    return [measure for ask in (_server, _jobs, _runs, _sealing) for measure in ask(opened)]


def _server(opened: psycopg.Connection) -> Iterator[Measure]:
    size, most = opened.execute(
        "SELECT pg_database_size(current_database()), current_setting('max_connections')::int"
    ).fetchone() or (0, 0)
    yield _one("database_bytes", "Size of the database", size)
    yield _one("database_connections_most", "Connections the server takes", most)
    rows = opened.execute(
        """SELECT coalesce(state, 'unknown'), count(*) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() GROUP BY 1"""
    )
    states = dict.fromkeys(("active", "idle", "idle in transaction"), 0) | dict(rows.fetchall())
    yield _by("database_connections", "Connections to this database", "state", states)


def _jobs(opened: psycopg.Connection) -> Iterator[Measure]:
    waiting, doing, failed, oldest = opened.execute(
        """SELECT count(*) FILTER (WHERE j.status = 'todo'), count(*) FILTER (WHERE j.status = 'doing'),
                  count(*) FILTER (WHERE j.status = 'failed'),
                  coalesce(extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at))
                                   FILTER (WHERE j.status = 'todo')), 0)
           FROM procrastinate_jobs j
           LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
           WHERE j.status IN ('todo', 'doing', 'failed') AND j.task_name <> %s""",
        [RESUME],
    ).fetchone() or (0, 0, 0, 0)
    yield _by("jobs", "Jobs of the queue", "state", {"waiting": waiting, "doing": doing, "failed": failed})
    yield _one(
        "jobs_oldest_seconds", "How long the oldest job that is due has waited", max(0.0, float(oldest))
    )
    (workers,) = opened.execute(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
        [SILENT],
    ).fetchone() or (0,)
    yield _one("job_workers", "Workers of the queue that gave a sign of life", workers)


def _runs(opened: psycopg.Connection) -> Iterator[Measure]:
    rows = opened.execute(
        """SELECT state, count(*), extract(epoch FROM now() - min(coalesce(started_at, requested_at)))
           FROM office_run WHERE state IN ('queued', 'running', 'failed') GROUP BY 1"""
    ).fetchall()
    states = dict.fromkeys(("queued", "running", "failed"), 0) | {state: count for state, count, _ in rows}
    yield _by("runs", "Runs over everybody that are not at their end", "state", states)
    oldest = max((float(age) for state, _, age in rows if state == "running"), default=0.0)
    yield _one("runs_oldest_seconds", "How long the oldest run under way has been", oldest)


def _sealing(opened: psycopg.Connection) -> Iterator[Measure]:
    """How long rows have waited for a seal: since the last link, where there are any."""
    rows = opened.execute(
        """SELECT DISTINCT ON (chain) chain, first_id, until::text, extract(epoch FROM sealed_at)
           FROM office_seal ORDER BY chain, number DESC"""
    ).fetchall()
    links = {chain: rest for chain, *rest in rows}
    (made,) = opened.execute("SELECT extract(epoch FROM max(applied)) FROM django_migrations").fetchone() or (
        0,
    )
    behind = {}
    for chain in chains.registered():
        first, until, sealed = links.get(chain.name, (0, "0", made))
        waits = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} WHERE id >= %s AND xid >= %s::xid8)")
        try:
            row = opened.execute(waits.format(sql.Identifier(chain.table)), [first, until]).fetchone()
        except errors.QueryCanceled:
            continue
        behind[chain.name] = max(0.0, time.time() - float(sealed or 0)) if row and row[0] else 0.0
    yield _by("sealing_lag_seconds", "How long rows have waited for a seal", "chain", behind)
