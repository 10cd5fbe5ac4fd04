"""Năm mươi viên chức cùng lúc: fifty officers on nine pages, two seconds between clicks, on this machine.

The site is `ansinh serve` on a loopback port; who clicks is locust, in the bench's own environment, bounded in
users and seconds. Both share the cores with the database.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import openfisca, pages, province, stock
from bench.table import Line, tell

NAME = "crowd"
USERS, PAUSE, SECONDS, WARM = 50, 2, 60, 15
MOST = 300
SCRIPT = Path(__file__).with_name("by_hand_crowd.py")


def main() -> None:
    """Serve, click, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    given = parser.parse_args()
    size = province.Size.of(given.share)
    province.ready(size)
    stock.fill(size)
    with tempfile.TemporaryDirectory() as folder, served() as address:
        told = Path(folder) / "crowd.json"
        told.write_text(json.dumps(_told(size)))
        click(address, told, WARM)
        found = click(address, told, given.seconds)
    load = os.getloadavg()[0]
    whole = found.pop("Aggregated")
    note = (
        f"median {whole['50%']} ms, {whole['Request Count']} pages, {whole['Failure Count']} failures; "
        f"load of the machine {load:.1f}; dearest: "
        + ", ".join(f"{name} {row['95%']}" for name, row in _dearest(found))
    )
    what = f"{USERS} officers, {PAUSE} s between clicks, {len(found)} pages: 95 of 100"
    tell(Line(NAME, what, float(whole["95%"]), "ms", most=MOST, note=note))


def _dearest(found: dict[str, dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    return sorted(found.items(), key=lambda item: -float(item[1]["95%"]))[:3]


def _told(size: province.Size) -> dict[str, Any]:
    from django.conf import settings

    director = province.actor("director").user
    sessions = [pages.client(director).session.session_key for _ in range(USERS)]
    return {
        "pause": PAUSE,
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "sessions": sessions,
        "pages": {name: list(addresses) for name, addresses in pages.addresses(size).items()},
    }


@contextmanager
def served() -> Iterator[str]:
    """The site as `ansinh serve` starts it, until the measure is over."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "ansinh.cli", "serve", "--port", str(port), "--no-jobs"]
    shown = os.environ | {"ANSINH_PROFILE": "demo"}  # the tests' profile is not served
    with subprocess.Popen(command, stdout=sys.stderr, env=shown) as site:
        try:
            _await(f"http://127.0.0.1:{port}/account/login/", site)
            yield f"http://127.0.0.1:{port}"
        finally:
            site.terminate()
            site.wait(timeout=30)


def _await(address: str, site: subprocess.Popen[bytes]) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 -- our own, on loopback
                return
        except OSError:
            if site.poll() is not None:
                raise
            time.sleep(0.5)
    raise TimeoutError(address)


def click(address: str, told: Path, seconds: int) -> dict[str, dict[str, str]]:
    """Locust's figures by page, and of all of them ("Aggregated")."""
    stem = told.with_name("figures")
    command = [
        str(openfisca.python()), "-m", "locust", "-f", str(SCRIPT), "--headless", "--host", address,
        "--users", str(USERS), "--spawn-rate", "10", "--run-time", f"{seconds}s", "--stop-timeout", "5",
        "--csv", str(stem), "--only-summary", "--exit-code-on-error", "0", "--reset-stats",
    ]  # fmt: skip
    subprocess.run(command, check=True, env=os.environ | {"BENCH_CROWD": str(told)}, stdout=sys.stderr)
    with Path(f"{stem}_stats.csv").open(encoding="utf-8") as sheet:
        return {row["Name"]: row for row in csv.DictReader(sheet)}


if __name__ == "__main__":
    main()
