"""Đếm yêu cầu: how many, on which page, how they ended and how long they took, over all web processes.

Each process counts in a file of its own under `var/metrics/` (prometheus-client's way for several processes).
The file is the place's, not the process's: a process takes the lowest place that is free and goes on counting
where the former one there left off, so that years of recycled processes leave a few files and lose no count.
"""

from __future__ import annotations

import fcntl
import os
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings

from ansinh.config.folders import private

FOLDER = Path(settings.VAR) / "metrics"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Held:
    """Chỗ đang giữ: this process's place; the lock on it ends with the process, however that ends."""

    process = 0
    place = ""
    file: ClassVar[Any] = None


def place() -> str:
    """The place of this process; after a fork the child takes another."""
    if Held.process != os.getpid():
        Held.process, Held.place, Held.file = os.getpid(), *_taken()
    return Held.place


def _taken() -> tuple[str, Any]:
    for number in count():
        file = (FOLDER / f"place-{number}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return str(number), file
    raise AssertionError  # the numbers do not end


@cache
def histogram() -> Any:
    """Biểu đồ thời gian: made at the first request; None where nothing can be written, for a site serves
    without being measured.
    """
    try:
        private(FOLDER)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)
        from prometheus_client import CollectorRegistry, Histogram, values

        values.ValueClass = values.MultiProcessValue(process_identifier=place)  # type: ignore[no-untyped-call]
        return Histogram(
            "ansinh_request_seconds",
            "Requests by page, method and status, and how long they took",
            ("view", "method", "status"),
            buckets=SECONDS,
            registry=CollectorRegistry(),
        )
    except OSError:
        return None


def count_request(*, view: str, method: str, status: int, seconds: float) -> None:
    """Đếm một yêu cầu. `view` is the name of a page, never an address."""
    counting = histogram()
    if counting is not None:
        counting.labels(view, method, str(status)).observe(seconds)


def begin_anew() -> None:
    """Đếm lại từ đầu: when the site starts; a file torn by a power cut would otherwise be read for ever."""
    for file in FOLDER.glob("*.db"):
        file.unlink(missing_ok=True)
