"""Hàng đợi việc: work done later by a worker, enqueued in the caller's transaction.

Rooms above register what they can do by name; this room knows names only, so nothing here imports upward.
A worker is `ansinh manage procrastinate worker`. A job of a transaction that is rolled back never existed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

TASK = "ansinh.perform"
Work = Callable[..., object]

_registered: dict[str, str] = {}


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


@app.task(name=TASK)
def perform(name: str, arguments: dict[str, Any]) -> None:
    """Làm một việc: the one task of the queue."""
    work(name)(**arguments)


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
