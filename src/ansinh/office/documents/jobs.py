"""Dọn kho hằng đêm. In whichever worker is free."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from ansinh.office.documents import checking
from ansinh.office.documents.limits import DocumentError

TASK = "ansinh.documents.sweep"
LOG = structlog.stdlib.get_logger("ansinh.documents")


@app.periodic(cron="40 2 * * *")
@app.task(name=TASK, queueing_lock=TASK)
def sweep(timestamp: int) -> None:  # noqa: ARG001 -- the queue passes it
    """Bỏ tệp không ai giữ. Where there are too many it is left to a person."""
    try:
        LOG.info("documents.swept", count=checking.sweep())
    except DocumentError as error:
        LOG.warning("documents.not_swept", reason=error.en)
