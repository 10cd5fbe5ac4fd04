"""Đầu chuỗi giữ ngoài cơ sở dữ liệu: a line for each link, so that rewriting the database is found out.

`var/heads/<chain>.txt`, readable by the account of An Sinh alone; the same line goes to the log, which may be
kept on another machine.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import structlog
from django.conf import settings

from ansinh.config.folders import private
from ansinh.office.chain.models import Seal

LOG = structlog.stdlib.get_logger("ansinh.chain")


class Kept(NamedTuple):
    """Một dòng đã giữ: number and head of a link."""

    number: int
    head: str


def path(chain: str) -> Path:
    """Where the heads of a chain are kept."""
    return Path(settings.VAR) / "heads" / f"{chain}.txt"


def kept(chain: str) -> list[Kept]:
    """The heads kept outside; none where nobody sealed yet on this machine."""
    try:
        return _lines(path(chain).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []


def publish(chain: str) -> int:
    """Write down the links that are not yet, and say each to the log; returns how many.

    A file that already tells of these numbers is left as it is: `verify` compares.
    """
    with _opened(chain) as file:
        known = max((line.number for line in _lines(file.read())), default=0)
        fresh = Seal.objects.filter(chain=chain, number__gt=known).order_by("number")
        for link in fresh.iterator():
            file.write(f"{link.number} {link.day} {link.rows} {link.head}\n")
            LOG.info("chain.sealed", chain=chain, link=link.number, count=link.rows, head=link.head)
            known = link.number
        file.flush()
        os.fsync(file.fileno())
    return len(fresh)


def set_aside(chain: str, last: int) -> Path | None:
    """Keep the file under another name when it tells of links after `last`, with which the record came.

    The record was restored from before them, or a restore that did not end wrote them down.
    """
    told = kept(chain)
    if not told or told[-1].number <= last:
        return None
    where = path(chain)
    aside = where.with_name(f"{chain}.{len(list(where.parent.glob(f'{chain}*.txt')))}.txt")
    where.rename(aside)
    LOG.warning("chain.heads_set_aside", chain=chain, link=told[-1].number, head=told[-1].head)
    return aside


@contextmanager
def _opened(chain: str) -> Iterator[IO[str]]:
    where = path(chain)
    private(where.parent)
    number = os.open(where, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(number, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two sealers of one machine write one after the other
        file.seek(0)
        yield file


def _lines(text: str) -> list[Kept]:
    parts = [line.split() for line in text.splitlines() if line.strip()]
    return [Kept(int(number), head) for number, _day, _rows, head in parts]
