"""Niêm phong: the sealer, beside the writers and never before them.

A link covers the transactions below the oldest one still under way: of those none can add a row any more.
What a slow transaction writes is sealed later, whatever ids its rows have. `ansinh seal`, and every ten
minutes in the worker.
"""

from __future__ import annotations

import hashlib
from datetime import UTC

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from ansinh.kernel.errors import BilingualError
from ansinh.office.chain import chains, heads
from ansinh.office.chain.chains import WITHOUT_END, Chain, Content, Stretch
from ansinh.office.chain.models import Seal


class ChainError(BilingualError):
    """Chuỗi niêm phong không ghi tiếp được."""


def seal_all() -> dict[str, Seal | None]:
    """Seal every chain as far as it goes; the new link of each, or None where nothing was new."""
    return {chain.name: seal(chain) for chain in chains.registered()}


def seal(chain: Chain) -> Seal | None:
    """Niêm phong một chuỗi: one more link over what is final and not sealed; None when there is nothing.

    Raises `ChainError`, code ``chain.restored``, when transaction numbers lie before the last link's: the
    database came from elsewhere, and `open_epoch` must say so first.
    """
    with transaction.atomic():
        last = _locked(chain)
        until = oldest_under_way()
        if last and until < last.until:
            raise ChainError(
                f"Chuỗi {chain.name}: số giao dịch bắt đầu lại (đã khôi phục từ bản sao?); "
                "hãy chạy `ansinh seal --new-epoch`",
                f"Chain {chain.name}: transaction numbers start again (was it restored?); "
                "run `ansinh seal --new-epoch`",
                code="chain.restored",
            )
        link = _link(chain, last, until)
    heads.publish(chain.name)
    return link


def open_epoch(chain: Chain) -> Seal | None:
    """Mở kỷ nguyên mới: after a restore into a server whose transaction numbers are others.

    What the former server wrote and nobody sealed becomes its last link; rows that this server wrote, and
    will write, are the new epoch's. It locks the table against writers, so the owner runs it. Returns the
    link that opens the epoch; None where there is nothing to part.
    """
    with transaction.atomic():
        last = _locked(chain)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {chain.table} IN SHARE ROW EXCLUSIVE MODE")
        first = _first_of_this_server(chain, last)
        former = _link(chain, last, _beyond(chain, last, first), before=first) or last
        opened = None if former is None else _opening(chain, former, first)
    heads.set_aside(chain.name, last.number if last else 0)
    heads.publish(chain.name)
    return opened


def _first_of_this_server(chain: Chain, last: Seal | None) -> int:
    """The lowest id that this server gave: above all sealed ids, with a number below what was sealed last."""
    sealed = Seal.objects.filter(chain=chain.name).aggregate(m=Max("last_id"))["m"] or 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT min(id) FILTER (WHERE id > %s AND xid < %s::xid8), coalesce(max(id), 0) + 1
                FROM {chain.table}""",
            [sealed, str(last.until if last else 0)],
        )
        first, next_one = cursor.fetchone()
    return int(first or next_one)


def _beyond(chain: Chain, last: Seal | None, first: int) -> int:
    """The number after the highest that the former server gave."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(xid) FROM {chain.table} WHERE id < %s", [first])
        (highest,) = cursor.fetchone()
    return max(int(highest or 0) + 1, last.until if last else 0)


def _link(chain: Chain, last: Seal | None, until: int, *, before: int = WITHOUT_END) -> Seal | None:
    """The next link, up to a transaction; None when it would cover no row."""
    after, first = (last.until, last.first_id) if last else (0, 0)
    found = chains.content(chain, Stretch(after, until, first, before, chain.columns))
    if not found.rows:
        return None
    return _add(
        chain, last, epoch=last.epoch if last else 1, first=first, after=after, until=until, found=found
    )


def _opening(chain: Chain, last: Seal, first: int) -> Seal:
    """The link that covers nothing and says where the new epoch begins."""
    nothing = chains.content(chain, Stretch(0, 0, first, columns=chain.columns))
    return _add(chain, last, epoch=last.epoch + 1, first=first, after=0, until=0, found=nothing)


def _add(
    chain: Chain, last: Seal | None, *, epoch: int, first: int, after: int, until: int, found: Content
) -> Seal:
    now = timezone.now()
    link = Seal(
        chain=chain.name,
        number=last.number + 1 if last else 1,
        day=timezone.localdate(now),
        epoch=epoch,
        first_id=first,
        last_id=found.last_id,
        after=after,
        until=until,
        rows=found.rows,
        columns=" ".join(chain.columns),
        digest=found.digest,
        sealed_at=now,
    )
    link.head = head_of(link, last.head if last else "")
    link.save(force_insert=True)
    return link


def head_of(link: Seal, before: str) -> str:
    """The digest of everything a link says, and of the head before it (SHA-256, hex)."""
    at = link.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [
        before, link.chain, link.number, link.day.isoformat(), link.epoch, link.first_id, link.last_id,
        link.after, link.until, link.rows, link.columns, link.digest, at,
    ]  # fmt: skip
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()


def oldest_under_way() -> int:
    """The oldest transaction still under way; those below it are over, and what they wrote is to be seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())")
        return int(cursor.fetchone()[0])


def _locked(chain: Chain) -> Seal | None:
    """The last link; sealers of one chain wait for each other, writers for none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"seal:{chain.name}"])
    return Seal.objects.filter(chain=chain.name).order_by("-number").first()
