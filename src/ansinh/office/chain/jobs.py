"""Niêm phong định kỳ: every ten minutes, the last time at the end of the day, in whichever worker is free."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ansinh.office.chain import sealing

TASK = "ansinh.chain.seal"


@app.periodic(cron="9-59/10 * * * *")
@app.task(name=TASK, queueing_lock=TASK)
def seal(timestamp: int) -> None:  # noqa: ARG001 -- the queue passes it
    """Niêm phong những dòng mới của mọi chuỗi."""
    sealing.seal_all()
