"""`ansinh serve`: the site on a loopback port, and one worker for the jobs queue beside it.

This process looks after both (`supervisor.py`) and they stop together: Ctrl-C or SIGTERM ends the web
workers after their requests and lets the job under way finish or hand itself back. A proxy with TLS stands in
front in production (`ANSINH_PROXIES`). A site that would not be safe does not start and says every reason
(`config/guard.py`).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

from ansinh.config import database, guard, port, singles
from ansinh.kernel.errors import BilingualError
from ansinh.office.working import GRACE

CONNECTIONS = 400  # of one process at once; below the usual limit of 1,024 open files
PRIVATE = 0o077


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until told to stop. 1 when it cannot be: said in a sentence, before anything is started."""
    parser = argparse.ArgumentParser(
        prog="ansinh serve",
        description="Mở trang web và bộ chạy việc nền / serve the site and the jobs worker",
    )
    parser.add_argument("--port", type=int, default=port.USUAL, help="cổng / port (8000)")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình web / web processes (2)")
    parser.add_argument(
        "--no-jobs", action="store_true", help="không chạy việc nền / without the jobs worker"
    )
    given = parser.parse_args(argv)

    try:
        port.free(given.port)
        reasons = reasons_to_refuse()
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if reasons:
        sys.stderr.write(str(guard.UnsafeSettings(reasons)) + "\n")
        return 1

    os.umask(PRIVATE)

    from django.db import connections

    from ansinh.web.serving.supervisor import Jobs, Site, Supervisor
    from ansinh.web.watch import counted

    counted.begin_anew()
    connections.close_all()  # a socket must not be shared with the processes forked below
    site = Site(lambda: _site(given.port, given.workers).run())
    with singles.only("serving", "Đang dựng lại tỉnh mẫu", "the province is being built anew", shared=True):
        return Supervisor(site, [] if given.no_jobs else [Jobs()], database.keep).run()


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

    database.wait(settings.DATABASES["default"])
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


def _site(port: int, workers: int) -> Any:
    """Gunicorn with our application, without its command line."""
    from django.conf import settings
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped,unused-ignore]

    class Site(BaseApplication):  # type: ignore[misc,unused-ignore]
        def load_config(self) -> None:
            options = {
                "bind": f"127.0.0.1:{port}",
                "workers": workers,
                "worker_class": "ansinh.web.serving.worker.PatientWorker",
                "threads": 4,
                "worker_connections": CONNECTIONS,
                "keepalive": settings.KEEPALIVE_SECONDS,
                "limit_request_fields": 64,
                "sendfile": False,  # answers go out through the worker's own loop
                "forwarded_allow_ips": "",  # who a request came from is settled by the shield alone
                "logger_class": "ansinh.config.logs.ServerLog",
                "graceful_timeout": GRACE,
                "timeout": 120,
                "max_requests": settings.REQUESTS_OF_A_PROCESS,
                "max_requests_jitter": settings.REQUESTS_OF_A_PROCESS // 10,
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
