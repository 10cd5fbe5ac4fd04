"""Lines kept alive, as a proxy keeps them: none is closed under a request, though web processes change."""

from __future__ import annotations

import http.client
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from tests.safety.test_stays import family, of_the_tests, served

KEPT = 2  # seconds the site keeps a silent line here, where it is 75
PAUSES = (0.0, 0.02, 0.4, KEPT * 60 / 75)  # the longest as a proxy's minute
CLIENTS, ROUNDS, REQUESTS = 16, 6, 60


def ask(port: int, rounds: int, pauses: tuple[float, ...], failures: list[str]) -> None:
    """One after the other on one line, a new one only where the site has said that it ends."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for turn in range(rounds):
        for pause in pauses:
            try:
                line.request("GET", "/.well-known/security.txt")
                answer = line.getresponse()
                answer.read()
                if answer.status >= 500:
                    failures.append(str(answer.status))
            except (OSError, http.client.HTTPException) as error:
                failures.append(f"{turn} after {pause}: {error!r}")
                line.close()
            time.sleep(pause)
    line.close()


def processes(site: subprocess.Popen[bytes]) -> set[int]:
    """The web processes: gunicorn's first and its children keep the command of the site."""
    return {pid for pid, command in family(site.pid).items() if " serve " in command}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_request_fails_on_a_line_kept_alive_while_web_processes_change(var: Path, db: Any) -> None:
    """22 of 1,600 failed: a process that had answered its share closed lines nobody had told."""
    failures: list[str] = []
    more = {"ANSINH_KEEPALIVE_SECONDS": str(KEPT), "ANSINH_REQUESTS_OF_A_PROCESS": str(REQUESTS)}
    with served(var, {**of_the_tests(), **more}, "--no-jobs", "--workers", "2") as (site, port):
        before = processes(site)
        clients = [
            threading.Thread(target=ask, args=(port, ROUNDS, PAUSES[n % 4 :] + PAUSES[: n % 4], failures))
            for n in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        after = processes(site)
    assert failures == []
    assert len(after - before) >= 1, "no process was replaced: nothing was shown"
    assert "Traceback" not in (var / "said").read_text()
