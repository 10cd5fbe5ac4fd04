"""Nhiều tệp một lúc: papers of a whole month, file by file, on all cores.

Every file is made as `render_batch` makes it, byte for byte, and handed over in the order asked for. A core
has one process, whose memory is that of one file; no more files wait than there are processes, twice. Where
there is one core, or one file, nothing is started.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any

from ansinh.forms.print.documents import render_batch
from ansinh.kernel.errors import BilingualError

FILE = 100
"""Papers in one file of a set."""
NICE = 10  # whoever waits for a page goes before papers


def cores() -> int:
    """Cores this process may use."""
    asked = getattr(os, "sched_getaffinity", None)
    return len(asked(0)) if asked else os.cpu_count() or 1


def render_files(
    document: str,
    files: Iterable[Sequence[Any]],
    *,
    most: int | None = None,
    done: Callable[[int], None] = lambda _count: None,
) -> Iterator[bytes]:
    """Các tệp theo đúng thứ tự: each as `render_batch` would make it, on `most` cores (all of them).

    `done(n)` is told how many are finished. Raises what `render_batch` raises, and BilingualError with code
    ``print.broken`` when a process that was making one is gone.
    """
    waiting = iter(files)
    first = list(islice(waiting, 2))
    workers = most or cores()
    if len(first) < 2 or workers < 2:
        for count, items in enumerate(chain(first, waiting), start=1):
            yield render_batch(document, items)
            done(count)
        return
    yield from _spread(document, chain(first, waiting), workers, done)


def _spread(
    document: str, files: Iterator[Sequence[Any]], workers: int, done: Callable[[int], None]
) -> Iterator[bytes]:
    # processes of their own, and no copies of this one: it may hold threads and connections
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        under_way: deque[Future[bytes]] = deque()
        for items in islice(files, 2 * workers):
            under_way.append(pool.submit(render_batch, document, items))
        count = 0
        while under_way:
            made = under_way.popleft().result()
            for items in islice(files, 1):
                under_way.append(pool.submit(render_batch, document, items))
            count += 1
            done(count)
            yield made
    except BrokenProcessPool as error:
        raise BilingualError(
            "Tiến trình in bị dừng giữa chừng; hãy in lại.",
            "A printing process was stopped midway; print again.",
            code="print.broken",
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """A printing process: behind everybody else, and gone when whoever started it is."""
    os.nice(NICE)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
