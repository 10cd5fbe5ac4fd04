"""What a machine that watches is told, and who is told nothing."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families
from tests.web.doors.matrix import names

from ansinh.config.database import libpq
from ansinh.office.backups import last
from ansinh.office.watch import asking, readiness
from ansinh.web.watch.views import PROBES

TOKEN = "kR7mW2qZ9xLw4NpYs8BdHf3JgUc6TaEe"
FAR = "203.0.113.7"
EVERY = sorted(PROBES)

# counts three requests in a process that knows nothing of the site but where var/ is
COUNT = """
import sys
from django.conf import settings
settings.configure(VAR=sys.argv[1])
from ansinh.web.watch import counted
for _ in range(3):
    counted.count_request(view="person", method="GET", status=200, seconds=0.02)
print(counted.place())
"""


@pytest.fixture
def server(db: None) -> Iterator[psycopg.Connection]:
    """A connection beside the test's transaction, as the probes have; what it writes goes afterwards."""
    with psycopg.connect(libpq(connection.settings_dict), autocommit=True) as opened:
        yield opened
        opened.execute("DELETE FROM procrastinate_workers")


def values(answer: Any) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    text = answer.content.decode()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def counted_pages(client: Any) -> set[str]:
    """The names under which this process has counted requests."""
    found = values(client.get("/metrics"))
    return {dict(labels)["view"] for name, labels in found if name == "ansinh_request_seconds_count"}


def test_alive_asks_nothing_of_the_database(client: Any) -> None:
    assert client.get("/healthz", HTTP_COOKIE="ansinh_session=abc").status_code == 200  # no database here


@pytest.mark.parametrize("address", EVERY)
def test_a_stranger_finds_nothing(client: Any, settings: Any, db: None, address: str) -> None:
    far = client.get(address, REMOTE_ADDR=FAR)
    unknown = client.get(address + "-khong-co", REMOTE_ADDR=FAR)
    assert (far.status_code, unknown.status_code) == (404, 404)
    # what a proxy passed on is no question of this machine, whoever the proxy says asked
    assert client.get(address, HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    settings.PROXIES = 1
    assert client.get(address, HTTP_X_FORWARDED_FOR=FAR).status_code == 404
    assert client.get(address, HTTP_X_FORWARDED_FOR=f"127.0.0.1, {FAR}").status_code == 404
    assert client.get(address, HTTP_VIA="1.1 proxy").status_code == 404


@pytest.mark.parametrize("address", EVERY)
def test_with_a_token_it_is_the_token_that_counts(client: Any, settings: Any, db: None, address: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get(address).status_code == 404
    assert client.get(address, HTTP_AUTHORIZATION=f"Bearer {TOKEN[:-1]}").status_code == 404
    assert client.get(address, HTTP_AUTHORIZATION="Bearer ké").status_code == 404
    shown = client.get(address, REMOTE_ADDR=FAR, HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert shown.status_code in {200, 503}


@pytest.mark.parametrize("address", EVERY)
def test_a_probe_speaks_no_tls_and_names_no_host(client: Any, settings: Any, db: None, address: str) -> None:
    """It asks 127.0.0.1 in the clear; of a production site it would be sent to https, or refused its host."""
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["ansinh.vn"]
    assert client.get(address, HTTP_HOST="127.0.0.1:8000").status_code in {200, 503}
    assert client.post(address, HTTP_HOST="ansinh.vn", secure=True).status_code == 405


def test_ready_when_every_part_is(client: Any, server: psycopg.Connection, monkeypatch: Any) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert {name for name, said in answer.json()["parts"].items() if said != "ok"} == {"jobs"}
    server.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)

    server.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s'")
    assert client.get("/readyz").json()["parts"]["jobs"] != "ok"
    known = readiness.known_migrations()
    monkeypatch.setattr(readiness, "known_migrations", lambda: known | {("office", "9999_later")})
    assert client.get("/readyz").json()["parts"]["migrations"] == "1 not applied"


def test_not_ready_without_room(client: Any, server: psycopg.Connection, settings: Any) -> None:
    server.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    settings.LEAST_FREE_MEGABYTES = 10**9
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "less than" in answer.json()["parts"]["disk"]


def test_a_database_that_says_nothing_holds_nobody(client: Any, db: None, monkeypatch: Any) -> None:
    """It takes connections and never answers: told within a bound, without its address or password."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(asking, "libpq", lambda _: f"postgresql://an:bi-mat@127.0.0.1:{port}/an")
        began = time.monotonic()
        answer = client.get("/readyz")
        assert time.monotonic() - began < 2
        assert answer.status_code == 503
        assert answer.json()["parts"]["database"] == "no answer within 1 s"
        assert str(port) not in answer.content.decode()
        assert values(client.get("/metrics"))["ansinh_database_up", ()] == 0


def test_what_is_measured(client: Any, server: psycopg.Connection, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    last.remember(size=1000, missing=2)
    server.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    before = counted_pages(client)  # in this process, by whatever was asked of it
    # a route of an address that names somebody is counted by its page, never by the address
    assert client.get("/nguoi/987654321987/").status_code == 302
    found = values(client.get("/metrics"))
    assert found["ansinh_database_up", ()] == 1
    assert found["ansinh_database_bytes", ()] > 1_000_000
    assert found["ansinh_job_workers", ()] == 1
    assert found["ansinh_jobs", (("state", "failed"),)] == 0
    assert found["ansinh_runs", (("state", "running"),)] == 0
    assert found["ansinh_sealing_lag_seconds", (("chain", "office_look"),)] == 0
    assert found["ansinh_disk_free_bytes", ()] > 0
    assert found["ansinh_backup_missing_files", ()] == 2
    assert abs(found["ansinh_backup_finished_timestamp_seconds", ()] - time.time()) < 60
    pages = counted_pages(client)
    assert {"person"} <= pages
    assert pages - before <= names() | {"unknown", "static", "unnamed"}
    assert "987654321987" not in client.get("/metrics").content.decode()


def test_requests_are_counted(client: Any, db: None) -> None:
    def counted() -> float:
        key = (("method", "GET"), ("status", "404"), ("view", "unknown"))
        return values(client.get("/metrics")).get(("ansinh_request_seconds_count", key), 0)

    before = counted()
    for _ in range(3):
        client.get("/khong-co/")
    assert counted() == before + 3


def test_processes_come_and_go_and_their_counts_stay(tmp_path: Path) -> None:
    """Each takes a place that is free and goes on counting there; it does not leave a file for each process."""
    (tmp_path / "metrics").mkdir()
    held = subprocess.Popen(
        [sys.executable, "-c", COUNT + "sys.stdin.read()", tmp_path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert held.stdout
    assert held.stdin
    try:
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", COUNT, tmp_path], capture_output=True, text=True, check=True
            )
            assert done.stdout.strip() in {"0", "1"}
    finally:
        held.stdin.close()
        held.wait(20)
    assert len(list((tmp_path / "metrics").glob("*.db"))) <= 2
    read = (
        "import sys, json; from prometheus_client import CollectorRegistry, multiprocess\n"
        "r = CollectorRegistry(); multiprocess.MultiProcessCollector(r, path=sys.argv[1])\n"
        "print(json.dumps([s.value for m in r.collect() for s in m.samples if s.name.endswith('_count')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", read, tmp_path / "metrics"], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [9.0]
