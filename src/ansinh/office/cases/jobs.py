"""Hết ngày chờ: every hour, first just after midnight in Viet Nam, in whichever worker is free.

A worker that stood still at midnight catches up within the hour: what was over is over by its own day.
"""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from ansinh.office.cases import waits

TASK = "ansinh.cases.lapse"
LOG = structlog.stdlib.get_logger("ansinh.cases")


@app.periodic(cron="1 * * * *")
@app.task(name=TASK, queueing_lock=TASK)
def lapse(timestamp: int) -> None:  # noqa: ARG001 -- the queue passes it
    """Đưa hồ sơ quá ngày chờ về hàng đợi."""
    LOG.info("cases.lapsed", count=waits.lapse())
