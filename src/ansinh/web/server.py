"""`ansinh serve`: the site on a loopback port, and one worker for the jobs queue beside it.

Both stop together: Ctrl-C or SIGTERM ends the web workers after their requests and lets the job under way
finish or hand itself back. A proxy with TLS stands in front in production (`ANSINH_PROXIES`). A site that
would not be safe does not start and says every reason (`config/guard.py`).
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from ansinh.config import guard

GRACE = 20  # seconds a request or a job has to finish
KEEPALIVE = 75  # seconds; proxies keep idle connections for 60 and must not meet one just closed
CONNECTIONS = 400  # of one process at once; below the usual limit of 1,024 open files
PRIVATE = 0o077


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until told to stop. 1 when the site would not be safe, or its database lacks migrations."""
    parser = argparse.ArgumentParser(
        prog="ansinh serve",
        description="Mở trang web và bộ chạy việc nền / serve the site and the jobs worker",
    )
    parser.add_argument("--port", type=int, default=8000, help="cổng / port (8000)")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình web / web processes (2)")
    parser.add_argument(
        "--no-jobs", action="store_true", help="không chạy việc nền / without the jobs worker"
    )
    given = parser.parse_args(argv)

    if reasons := reasons_to_refuse():
        sys.stderr.write(str(guard.UnsafeSettings(reasons)) + "\n")
        return 1

    os.umask(PRIVATE)

    from django.db import connections

    from ansinh.web.watch import counted

    counted.begin_anew()
    connections.close_all()  # a socket must not be shared with the processes forked below
    jobs = None if given.no_jobs else start_jobs()
    here = os.getpid()
    code = 0
    try:
        _site(given.port, given.workers).run()
    except SystemExit as stop:
        if os.getpid() != here:
            raise  # a web process that gunicorn forked ends through here; the rest is for the first process
        code = int(stop.code or 0)
    if jobs is not None:
        stop_jobs(jobs)
    return code


def reasons_to_refuse() -> list[str]:
    """Every reason not to serve, in both languages: settings, accounts, the role in the database, migrations.

    A role that could change what must not change stops a production site; another is told of it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
    import django

    with guard.kept_for_serving():
        django.setup()
    from django.conf import settings
    from django.db import ProgrammingError

    from ansinh.office import privileges

    doubts = [str(problem) for problem in privileges.problems()]
    try:
        missing = unapplied()
    except ProgrammingError:  # nothing has been granted to this role
        missing = ["django_migrations"]
    reasons = guard.reasons_not_to_serve(with_accounts=not missing)
    if settings.PROFILE == "production":
        reasons += doubts
    else:
        sys.stderr.write("".join(f"Chú ý / note: {doubt}\n" for doubt in doubts))
    if missing:
        reasons.append(
            "cơ sở dữ liệu thiếu các bước sau, hãy chạy `ansinh manage migrate` / "
            f"the database lacks these migrations: {', '.join(missing)}"
        )
    return reasons


def unapplied() -> list[str]:
    """Migrations the code has and the database has not, as app.name."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def start_jobs() -> subprocess.Popen[bytes]:
    """The worker of the jobs queue, in a group of its own so that Ctrl-C reaches it once, from here."""
    command = [sys.executable, "-m", "ansinh.cli", "manage", "procrastinate", "worker", "--concurrency", "1"]
    command += ["--shutdown-graceful-timeout", str(GRACE)]
    return subprocess.Popen(command, start_new_session=True, env=os.environ.copy())  # noqa: S603 -- our own words


def stop_jobs(jobs: subprocess.Popen[bytes]) -> None:
    """Ask the worker to finish; end it when it does not."""
    if jobs.poll() is not None:
        return
    jobs.send_signal(signal.SIGTERM)
    try:
        jobs.wait(GRACE + 5)
    except subprocess.TimeoutExpired:
        jobs.kill()
        jobs.wait()


def _site(port: int, workers: int) -> Any:
    """Gunicorn with our application, without its command line."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped,unused-ignore]

    class Site(BaseApplication):  # type: ignore[misc,unused-ignore]
        def load_config(self) -> None:
            options = {
                "bind": f"127.0.0.1:{port}",
                "workers": workers,
                "worker_class": "ansinh.web.worker.PatientWorker",
                "threads": 4,
                "worker_connections": CONNECTIONS,
                "keepalive": KEEPALIVE,
                "limit_request_fields": 64,
                "sendfile": False,  # answers go out through the worker's own loop
                "forwarded_allow_ips": "",  # who a request came from is settled by the shield alone
                "logger_class": "ansinh.config.logs.ServerLog",
                "graceful_timeout": GRACE,
                "timeout": 120,
                "max_requests": 5000,
                "max_requests_jitter": 500,
                "proc_name": "ansinh",
                "loglevel": "warning",
                "control_socket_disable": True,
                "when_ready": lambda _arbiter: print(f"An Sinh: http://127.0.0.1:{port}/", flush=True),  # noqa: T201
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from ansinh.config.wsgi import application

            return application

    return Site()
