"""Kiểm tra chuỗi: every link computed anew from the rows, against what it says and what is kept outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from ansinh.office.chain import chains, heads, sealing
from ansinh.office.chain.chains import WITHOUT_END, Chain, Stretch
from ansinh.office.chain.models import Seal


@dataclass(frozen=True)
class Break:
    """Chỗ đứt: the first thing of a chain that does not hold; `number` 0 where it is no link's."""

    chain: str
    number: int
    vi: str
    en: str


@dataclass(frozen=True)
class Verified:
    """Kết quả: links, their rows, rows that wait for a seal, heads compared with, and what is broken."""

    chain: str
    links: int
    rows: int
    unsealed: int
    compared: int
    broken: Break | None


def verify_all() -> list[Verified]:
    """Every chain. Reads all its rows; asks for no right but to read."""
    return [verify(chain) for chain in chains.registered()]


def verify(chain: Chain) -> Verified:
    """Kiểm tra một chuỗi; of several breaks the one at the lowest link is told."""
    links = list(Seal.objects.filter(chain=chain.name).order_by("number"))
    outside = heads.kept(chain.name)
    broken = min(_breaks(chain, links, outside), key=lambda b: b.number or WITHOUT_END, default=None)
    return Verified(
        chain=chain.name,
        links=len(links),
        rows=sum(link.rows for link in links),
        unsealed=_unsealed(chain, links),
        compared=len(outside),
        broken=broken,
    )


def _breaks(chain: Chain, links: list[Seal], outside: list[heads.Kept]) -> Iterator[Break]:
    yield from _joints(chain, links)
    told = {kept.number: kept.head for kept in outside}
    found = chains.contents(chain, _stretches(links))
    for link, content in zip(links, found, strict=True):
        if (content.rows, content.digest) != (link.rows, link.digest):
            more = content.rows - link.rows
            yield Break(
                chain.name,
                link.number,
                f"các dòng đã bị thay đổi ({link.rows} dòng khi niêm phong, nay {content.rows})"
                if more
                else "nội dung dòng đã bị thay đổi",
                f"its rows were changed ({link.rows} when sealed, {content.rows} now)"
                if more
                else "what its rows say was changed",
            )
        if told.get(link.number, link.head) != link.head:
            yield Break(
                chain.name,
                link.number,
                "khác đầu chuỗi giữ ngoài cơ sở dữ liệu",
                "is not the head kept outside the database",
            )
    yield from _missing(chain, links, outside)
    yield from _outside_all_links(chain, links)


def _joints(chain: Chain, links: list[Seal]) -> Iterator[Break]:
    """Each link follows the one before, says what its head was made of, and covers what that left."""
    before: Seal | None = None
    for link in links:
        if link.number != (before.number + 1 if before else 1):
            yield Break(chain.name, link.number, "mắt xích trước nó đã mất", "the link before it is missing")
        if link.head != sealing.head_of(link, before.head if before else ""):
            yield Break(
                chain.name,
                link.number,
                "mã đầu chuỗi không khớp",
                "its head is not the digest of what it says",
            )
        goes_on = (link.epoch, link.first_id, link.after) == (
            (before.epoch, before.first_id, before.until) if before else (1, 0, 0)
        )
        opens = before is not None and (link.epoch, link.after, link.until) == (before.epoch + 1, 0, 0)
        if not goes_on and not opens:
            yield Break(
                chain.name,
                link.number,
                "không nối tiếp mắt xích trước",
                "does not go on where the one before ended",
            )
        before = link


def _stretches(links: list[Seal]) -> list[Stretch]:
    """What each link covers: ids of its epoch only."""
    first = {link.epoch: link.first_id for link in links}
    return [
        Stretch(
            link.after,
            link.until,
            link.first_id,
            first.get(link.epoch + 1, WITHOUT_END),
            tuple(link.columns.split()),
        )
        for link in links
    ]


def _missing(chain: Chain, links: list[Seal], outside: list[heads.Kept]) -> Iterator[Break]:
    """Links that are told outside and are no longer in the database."""
    last = links[-1].number if links else 0
    for kept in outside:
        if kept.number > last:
            yield Break(
                chain.name,
                kept.number,
                "có đầu chuỗi giữ bên ngoài nhưng không còn trong cơ sở dữ liệu",
                "is kept outside and no longer in the database",
            )


def _outside_all_links(chain: Chain, links: list[Seal]) -> Iterator[Break]:
    """Rows of a former epoch that no link covers, and rows of transactions that have not begun."""
    if links and sealing.oldest_under_way() < links[-1].until:
        yield Break(
            chain.name,
            0,
            "số giao dịch bắt đầu lại (đã khôi phục từ bản sao?); hãy chạy `ansinh seal --new-epoch`",
            "transaction numbers start again (was it restored?); run `ansinh seal --new-epoch`",
        )
    last_of = {link.epoch: link for link in links}
    for epoch, last in sorted(last_of.items()):
        beyond = last_of[epoch + 1].first_id if epoch + 1 in last_of else None
        if beyond is not None:
            if rows := _count(
                chain, "id >= %s AND id < %s AND xid >= %s::xid8", last.first_id, beyond, last.until
            ):
                yield Break(
                    chain.name,
                    last.number,
                    f"{rows} dòng sau mắt xích cuối của kỷ nguyên {epoch}",
                    f"{rows} rows after the last link of epoch {epoch}",
                )
        elif rows := _count(
            chain, "id >= %s AND xid >= pg_snapshot_xmax(pg_current_snapshot())", last.first_id
        ):
            yield Break(
                chain.name,
                0,
                f"{rows} dòng mang số giao dịch chưa có",
                f"{rows} rows name transactions that have not begun",
            )


def _unsealed(chain: Chain, links: list[Seal]) -> int:
    """Rows that wait for the next link."""
    if not links:
        return _count(chain, "TRUE")
    return _count(chain, "id >= %s AND xid >= %s::xid8", links[-1].first_id, links[-1].until)


def _count(chain: Chain, condition: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {chain.table} WHERE {condition}", [str(v) for v in values])
        return int(cursor.fetchone()[0])
