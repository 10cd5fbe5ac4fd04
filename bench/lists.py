"""Danh sách ở cỡ một tỉnh: what the database works for each list page, as a director and at a base office.

Told in milliseconds of the server process's own time, the least of three, without parallel workers: a busy
machine makes a page slow, and its statements no dearer.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bench import pages, province, stock
from bench.table import Line, tell

NAME = "lists"
MOST = 60
ROUNDS = 3
LISTS = {
    "people": ("/nguoi/", "/nguoi/?page=200", "/nguoi/?sort=-full_name", "/nguoi/?sort=born"),
    "people, narrowed": (
        "/nguoi/?ten=nguyen", "/nguoi/?ten=nguyen&page=9", "/nguoi/?ten=tran+thi", "/nguoi/?ten=khong",
        "/nguoi/?xac-thuc=mismatch", "/nguoi/?ten=nguyen&sort=born",
    ),
    "employers": ("/don-vi/", "/don-vi/?page=200", "/don-vi/?ten=cong", "/don-vi/?sort=-late"),
    "statements": (
        "/thong-bao/{month}/", "/thong-bao/{month}/?page=200", "/thong-bao/{month}/?sort=name",
        "/thong-bao/{month}/?dien=cham", "/thong-bao/{month}/?ten=cong",
    ),
    "ledger": ("/so-cai/",),
    "receipts": (
        "/tien-nop/", "/tien-nop/?page=200", "/tien-nop/?trang-thai=suspense", "/tien-nop/?tu-ngay=01/02/2026",
    ),
    "refunds": ("/tien-nop/hoan-tra/", "/tien-nop/hoan-tra/?trang-thai=prepared"),
    "declarations": (
        "/ho-so-thu/", "/ho-so-thu/?page=200", "/ho-so-thu/?trang-thai=returned", "/ho-so-thu/?sort=due",
    ),
    "work queues": (
        "/", "/viec/cua-toi/", "/viec/cua-phong/", "/viec/sap-qua-han/", "/viec/hoan-tra-cho-duyet/",
        "/viec/tien-cho-khop/",
    ),
    "cases": ("/giai-quyet/", "/giai-quyet/dang-cho/", "/giai-quyet/da-xong/"),
    "runs": ("/ky-thu/", "/ky-thu/luot-chay/"),
    "targets": ("/chi-tieu/", "/chi-tieu/ke-hoach/"),
    "official numbers": ("/so-van-ban/", "/so-van-ban/?page=200"),
    "reading log": (
        "/nhat-ky/", "/nhat-ky/?page=200", "/nhat-ky/?loai=person&so=5", "/nhat-ky/?ket-qua=refused",
        "/nhat-ky/?tu=15/02/2026",
    ),
    "accounts, alerts": ("/quan-tri/tai-khoan/", "/quan-tri/canh-bao/"),
}  # fmt: skip
READERS = {"director": "bench.director", "administrator": "bench.administrator", "base office": "bench.o4"}


def main() -> None:
    """Walk every list as each reader who may open it; tell the dearest address of each list."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=1.0)
    size = province.Size.of(parser.parse_args().share)
    province.ready(size)
    stock.fill(size)
    from ansinh.demo import life
    from ansinh.office.models import User

    for reader, account in READERS.items():
        client = pages.client(User.objects.get(username=account))
        for name, addresses in LISTS.items():
            spent = {}
            for address in addresses:
                worked = _worked(client, address.format(month=life.START + 1))
                if worked is not None:
                    spent[address] = worked
            if spent:
                worst = max(spent, key=lambda address: spent[address])
                note = f"{worst.format(month=life.START + 1)}, the dearest of {len(spent)}"
                tell(Line(NAME, f"{name}, {reader}", spent[worst], "ms of SQL", most=MOST, note=note))


def _worked(client: Any, address: str) -> float | None:
    """The least of three; None for a page this reader may not open."""
    from django.db import connection

    found = []
    for _ in range(ROUNDS):
        watched = _Watched(connection)
        with connection.execute_wrapper(watched):
            answer = client.get(address)
        if answer.status_code != 200:
            return None
        found.append(watched.spent)
    return min(found)


class _Watched:
    """The time of the server process behind the connection, while it answers."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.spent = 0.0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.connection.connection.execute("SET max_parallel_workers_per_gather = 0")
        began = self._own_time()
        try:
            return execute(sql, params, many, context)
        finally:
            self.spent += self._own_time() - began

    def _own_time(self) -> float:
        told = Path(f"/proc/{self.connection.connection.info.backend_pid}/schedstat")
        return int(told.read_text(encoding="ascii").split()[0]) / 1e6


if __name__ == "__main__":
    main()
