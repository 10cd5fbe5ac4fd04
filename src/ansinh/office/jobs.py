"""Hàng đợi việc: work done later by a worker, enqueued in the caller's transaction.

Rooms above register what they can do by name; this room knows names only, so nothing here imports upward.
A worker is `ansinh manage procrastinate worker`, or the one that `ansinh serve` looks after (`working.py`). A
job of a transaction that is rolled back never existed. A job in the hands of a worker that was killed goes
back to the queue: every worker looks for such jobs, and one told whom it follows puts back theirs at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from django.db import transaction
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from ansinh.config.database import is_lost

TASK = "ansinh.perform"
RESUME = "ansinh.resume"
SILENT = 30  # seconds without a sign of life after which a worker is taken for dead (it gives one every ten)
RETURNS = 3  # seconds until a job is tried again whose database went away
ATTEMPTS = 20  # a job whose workers die this often is the cause, not the victim
Work = Callable[..., object]

_registered: dict[str, str] = {}


class BusyError(Exception):
    """Đang có tiến trình khác làm việc này: the job waits and is tried again."""


def register(name: str, target: str) -> None:
    """Khai báo một loại việc: `target` is "module:function", imported when the work is done.

    Raises ValueError when the name already means something else.
    """
    if _registered.setdefault(name, target) != target:
        raise ValueError(f"job {name!r} is {_registered[name]!r} already")


def registered() -> dict[str, str]:
    """Các loại việc đã khai báo, name → target."""
    return dict(_registered)


def work(name: str) -> Work:
    """The function behind a name. Raises LookupError for a name nobody registered."""
    if name not in _registered:
        raise LookupError(f"no job is called {name!r}")
    module, _, function = _registered[name].partition(":")
    found: Work = getattr(import_module(module), function)
    return found


class Again(BaseRetryStrategy):
    """Làm lại: when somebody else is at it, or the database went away amid it. Other errors are the job's."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None for never."""
        if job.attempts >= ATTEMPTS:
            return None
        if isinstance(exception, BusyError):
            return RetryDecision(retry_in={"seconds": SILENT})
        return RetryDecision(retry_in={"seconds": RETURNS}) if is_lost(exception) else None


@app.task(name=TASK, retry=Again())
def perform(name: str, arguments: dict[str, Any]) -> None:
    """Làm một việc: the one task of the queue."""
    work(name)(**arguments)


@app.periodic(cron="* * * * * */10")
@app.task(name=RESUME, queueing_lock=RESUME, pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 -- the queue passes it
    """Xếp lại việc dở dang: jobs whose worker was killed wait again; every ten seconds, in every worker.

    Works are written to be done again: what was not committed does not exist.
    """
    await take_back(context.app)
    await context.app.connector.execute_query_async(
        "DELETE FROM procrastinate_jobs WHERE task_name = %(name)s AND status = 'succeeded'", name=RESUME
    )


async def take_back(queue: App, dead: Iterable[int] = ()) -> None:
    """Put the jobs of dead workers back: of the silent, and of those known to be `dead`."""
    for worker in dead:
        await queue.connector.execute_query_async(
            "UPDATE procrastinate_workers SET last_heartbeat = 'epoch' WHERE id = %(worker)s", worker=worker
        )
    jobs = queue.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        if job.task_name == RESUME:
            await jobs.finish_job(job, status=Status.ABORTED, delete_job=True)
        elif job.attempts >= ATTEMPTS:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await _again(queue, job)


async def _again(queue: App, job: Job) -> None:
    jobs = queue.job_manager
    try:
        await jobs.retry_job(job)
    except exceptions.UniqueViolation:  # the same work waits already, under the same mark
        await jobs.finish_job(job, status=Status.ABORTED, delete_job=False)
    except exceptions.ConnectorException:  # another worker has just put it back
        return


def enqueue(name: str, *, once: str = "", **arguments: Any) -> int | None:
    """Xếp một việc vào hàng đợi, trong giao dịch của người gọi; returns the job's number.

    With `once`, a second job of the same mark is not queued while the first waits, and None is returned.
    Arguments must be plain JSON values. Raises LookupError for a name nobody registered.
    """
    work(name)
    job = app.configure_task(TASK, lock=once or None, queueing_lock=once or None)
    try:
        with transaction.atomic():  # a refusal must not spoil the caller's transaction
            return int(job.defer(name=name, arguments=arguments))
    except exceptions.AlreadyEnqueued:
        return None
