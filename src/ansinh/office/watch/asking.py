"""Hỏi cơ sở dữ liệu có hạn giờ: a fresh connection in a thread of its own, given up after a bound.

A server that is gone is told at once; one that takes the connection and says nothing would hold the caller
for minutes. The thread is one: while it hangs, the next who ask are told the same without another connection.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from typing import TypeVar

import psycopg
from django.db import connection

from ansinh.config.database import libpq

Found = TypeVar("Found")
_threads: dict[str, ThreadPoolExecutor] = {}


class Unreachable(Exception):  # noqa: N818 -- read as a sentence: raise Unreachable
    """Không hỏi được: the database did not answer, or not in time."""


def asked(what: Callable[[psycopg.Connection], Found], *, within: float, by: str) -> Found:
    """The answer of `what` over a new connection. Raises Unreachable after `within` seconds, or at a failure.

    `by` names the one thread in which all questions of this sort wait for each other.
    """
    address = libpq(connection.settings_dict)
    threads = _threads.setdefault(by, ThreadPoolExecutor(1, thread_name_prefix=by))
    hoped = threads.submit(_ask, address, what, within)
    try:
        return hoped.result(within)
    except (TooLate, psycopg.Error):
        hoped.cancel()
        raise Unreachable from None


def _ask(address: str, what: Callable[[psycopg.Connection], Found], within: float) -> Found:
    milliseconds = max(1, int(within * 1000))
    with psycopg.connect(address, autocommit=True, connect_timeout=max(2, int(within))) as opened:
        opened.execute("SELECT set_config('statement_timeout', %s, false)", [str(milliseconds)])
        return what(opened)
