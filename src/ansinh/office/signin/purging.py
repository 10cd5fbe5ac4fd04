"""Dọn dẹp: once a night, counters that no longer count and sessions that are over leave the database."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ansinh.office.signin import sessions, waiting

TASK = "ansinh.signin.purge"


@app.periodic(cron="17 2 * * *")
@app.task(name=TASK, queueing_lock=TASK)
def purge(timestamp: int) -> None:  # noqa: ARG001 -- the queue passes it
    """Bỏ những dòng đã hết tác dụng."""
    waiting.purge()
    sessions.purge()
