"""`ansinh serve` starts the site and one jobs worker on a database of its own, and stops both together."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ansinh.web.serving import server

LINUX = Path("/proc/self").exists()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def children(pid: int) -> set[int]:
    text = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in text.splitlines()]
    return {child for child, parent in pairs if parent == pid}


@pytest.mark.django_db
def test_a_test_database_has_all_migrations() -> None:
    assert server.unapplied() == []


@pytest.mark.django_db
def test_refuses_to_serve_without_migrations(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "unapplied", lambda: ["office.0002_more"])
    assert server.main(["--port", "1"]) == 1
    assert "office.0002_more" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_serves_and_stops_cleanly(how: signal.Signals, transactional_db: None) -> None:
    from django.conf import settings
    from django.db import connection

    from ansinh.config import database

    port = free_port()
    environment = {
        **os.environ,
        **database.environment(connection.settings_dict["NAME"], settings.DATABASE_ROLES),
        "ANSINH_PROFILE": "demo",
        "DJANGO_SETTINGS_MODULE": "ansinh.config.settings",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "ansinh.cli", "serve", "--port", str(port), "--workers", "1"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5) as answer:
                    assert answer.status == 200
                    assert "Đăng nhập" in answer.read().decode()
                    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
                break
            except OSError:
                assert process.poll() is None, process.stdout and process.stdout.read()
                assert time.monotonic() < deadline, "the site did not start"
                time.sleep(0.3)
        family = children(process.pid)
        assert len(family) >= 2  # a web process and the jobs worker
        process.send_signal(how)
        assert process.wait(40) == 0
        left = [pid for pid in family if LINUX and Path(f"/proc/{pid}").exists()]
        assert left == []
        said = process.stdout.read() if process.stdout else ""
        assert re.search(rf"http://127\.0\.0\.1:{port}/", said)
        assert "Traceback" not in said
    finally:
        if process.poll() is None:
            process.kill()
