"""Một tiến trình làm việc nền: a worker of the queue that somebody else looks after.

    python -m ansinh.office.working PARENT PIPE [WORKER …]

It ends with its parent, writes its number in the queue into the pipe, and first puts back the jobs of the
workers named, which its parent saw die.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from ansinh.config.following import follow

GRACE = 20  # seconds the job under way has to finish or hand itself back


def current() -> Any:
    """The queue's app, as Django's start has left it; the library types neither it nor its parts."""
    from procrastinate.contrib.django import app

    return app


async def work(pipe: int, dead: list[int]) -> None:
    """Work until told to stop, or until the database is lost."""
    from procrastinate.worker import Worker

    from ansinh.office import jobs

    queue = current()
    async with queue.open_async():
        await jobs.take_back(queue, dead)
        queue.perform_import_paths()
        worker: Any = Worker(
            queue, **{**queue.worker_defaults, "concurrency": 1, "shutdown_graceful_timeout": GRACE}
        )
        running = asyncio.create_task(worker.run())
        while worker.worker_id is None and not running.done():  # noqa: ASYNC110 -- the library tells nobody
            await asyncio.sleep(0.02)
        if worker.worker_id is not None:
            os.write(pipe, f"{worker.worker_id}\n".encode())
        await running


def main(arguments: list[str]) -> int:
    """Be a worker. 1 when the database cannot be reached."""
    parent, pipe, *dead = map(int, arguments)
    follow(parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")

    from ansinh.config import database
    from ansinh.kernel.errors import BilingualError

    try:
        import django

        django.setup()
        from django.conf import settings

        app = current()
        database.wait(settings.DATABASES["default"])
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(work(pipe, dead))
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
