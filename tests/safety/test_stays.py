"""`ansinh serve` stays: its jobs worker and its database come back when killed, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from tests.safety.processes import ANSINH, barred, scalar, waited_for
from tests.safety.test_killed import JANUARY, accounts, same_as_a_calm_twin, small, status  # noqa: F401

from ansinh.collection.month import services
from ansinh.config import database
from ansinh.config.postgres.cluster import Cluster
from ansinh.config.postgres.lease import Lease
from ansinh.kernel.errors import BilingualError
from ansinh.office.jobs import SILENT

PAGE = "/account/login/"
PATIENCE = 120


def until(true: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait for it; how long it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() < began + seconds, "it never came"
        time.sleep(0.1)
    return time.monotonic() - began


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def asked(port: int) -> tuple[int, Any, str]:
    """How the sign-in page answers: status, headers, text. 0 while nobody does."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}", timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()
    except OSError:
        return 0, {}, ""


def family(pid: int) -> dict[int, str]:
    """Its children and theirs, with their commands."""
    told = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True
    ).stdout
    rows = [line.split(None, 3) for line in told.splitlines()]
    found: dict[int, str] = {}
    mothers = {pid}
    while mothers:
        mothers = {int(r[0]) for r in rows if int(r[1]) in mothers and not r[2].startswith("Z")}
        found |= {int(r[0]): r[3] for r in rows if int(r[0]) in mothers}
    return found


@contextmanager
def served(
    var: Path, environment: dict[str, str], *more: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`ansinh serve` until the block ends; what it said lies in var/said."""
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "ANSINH_", "DJANGO_"))}
    with (var / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, *ANSINH, "serve", "--port", str(port), "--workers", "1", *more],
            env={**kept, **environment, "ANSINH_PROFILE": "demo", "ANSINH_VAR": str(var)},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: asked(port)[0] == 200 or process.poll() is not None)
        assert process.poll() is None, (var / "said").read_text()
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def worker_of(process: subprocess.Popen[bytes]) -> int:
    """The jobs worker of a site; 0 while there is none."""
    found = [pid for pid, command in family(process.pid).items() if "ansinh.office.working" in command]
    return found[0] if found else 0


def gone(pids: dict[int, str]) -> bool:
    told = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True).stdout
    alive = {int(line.split()[0]) for line in told.splitlines() if line.split()[1][0] != "Z"}
    return not alive & set(pids)


def of_the_tests() -> dict[str, str]:
    return database.environment(connection.settings_dict["NAME"], settings.DATABASE_ROLES)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_jobs_worker_comes_back_and_does_the_run(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stayed dead, and the run stayed queued, until somebody started the whole site again."""
    books = small("20", monkeypatch)
    with transaction.atomic():
        run = services.queue(actor=None, unit=books.province, month=JANUARY)
    job = int(scalar("SELECT max(id) FROM procrastinate_jobs"))

    with served(var, of_the_tests()) as (process, _port):
        with barred("ledger_line"):
            until(lambda: waited_for("ledger_line"))
            killed = worker_of(process)
            os.kill(killed, signal.SIGKILL)
            took = until(lambda: worker_of(process) not in {0, killed})
            assert took < 10
        took += until(lambda: status(job) == "succeeded")
        assert took < SILENT, "the jobs of a worker seen dying go back at once"
        everybody = family(process.pid)
        process.kill()  # and with the first process all others end
        process.wait()
        until(lambda: gone(everybody), 40)
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 2)
    same_as_a_calm_twin(books, monkeypatch)


@pytest.mark.django_db(transaction=True)
def test_pages_say_that_the_database_is_away_and_answer_when_it_is_back(client: Any) -> None:
    """They said 500 for ever."""
    client.raise_request_exception = False
    assert client.get(PAGE).status_code == 200
    place = connection.settings_dict
    connection.close()
    connection.settings_dict = {**place, "HOST": "/nowhere", "PORT": ""}
    try:
        answer = client.get("/")
        connection.close()
        client.cookies["sessionid"] = client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        answer = client.get("/")
    finally:
        connection.close()
        connection.settings_dict = place
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "khởi động lại" in answer.content.decode()
    assert client.get(PAGE).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_is_replaced_before_a_page_meets_it(client: Any) -> None:
    """After the server was started again the first page of each thread failed."""
    client.raise_request_exception = False
    assert client.get(PAGE).status_code == 200
    with psycopg.connect(database.libpq(connection.settings_dict), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    connection.health_check_enabled = True
    connection.health_check_done = False
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert client.get("/").status_code == 302


def test_an_address_that_nobody_answers_is_waited_for_and_then_named(tmp_path: Path) -> None:
    entry = database.django(f"postgresql://ansinh@/ansinh?host={tmp_path}")
    said: list[str] = []
    began = time.monotonic()
    with pytest.raises(BilingualError) as error:
        database.wait(entry, seconds=1, say=said.append)
    assert 1 <= time.monotonic() - began < 10
    assert error.value.code == "database.unreachable"


@pytest.mark.parametrize(
    "command",
    [
        ("serve", "--port", "0"),
        ("run", "2026-01", "--province", "20"),
        ("manage", "migrate"),
        ("demo", "--no-serve"),
    ],
)
def test_commands_without_their_database_say_one_sentence(command: tuple[str, ...], tmp_path: Path) -> None:
    """They ended with tracebacks of sixty lines."""
    address = f"postgresql://ansinh@/ansinh?host={tmp_path}"
    done = ansinh(tmp_path, *command, DATABASE_URL=address, ANSINH_DATABASE_WAIT="1")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Không kết nối được cơ sở dữ liệu" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_said_before_anything_is_started(command: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        done = ansinh(tmp_path / "var", command, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert done.stderr.startswith("Cổng ")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "var").exists()


def test_a_second_demonstration_in_one_folder_is_refused(tmp_path: Path) -> None:
    from ansinh.config import singles

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANSINH_VAR", str(tmp_path))
        with singles.only("demo", "", ""):
            done = ansinh(tmp_path, "demo", "--no-serve")
    assert done.returncode == 1
    assert done.stderr.startswith("Đang có `ansinh demo` khác")
    assert len(done.stderr.splitlines()) == 1


# Two provinces alike on a server of their own; the month of one is asked for, by the queue or calmly.
TWINS = """
import sys, django
django.setup()
import pytest
from tests.safety.content import content
from tests.safety.test_killed import JANUARY, same, small
from ansinh.collection.month import services
from ansinh.office.models import Run, Unit
from django.db import transaction
ours, twin = (Unit.objects.filter(code=code).first() for code in ("20", "24"))
if sys.argv[1] == "queue":
    for code in ("20", "24"):
        small(code, pytest.MonkeyPatch())
    with transaction.atomic():
        services.queue(actor=None, unit=Unit.objects.get(code="20"), month=JANUARY)
else:
    services.run_month(actor=None, unit=twin, month=JANUARY)
    same(content(ours), content(twin))
    print(*Run.objects.filter(unit=ours).values_list("state", "attempts").get())
"""
# The last row of a month's dues waits for a lock that the test holds: the COPY has begun and does not end.
STUCK = """
CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF new.person_id = (SELECT max(person_id) FROM registers_participation p JOIN registers_employer e
                        ON e.id = p.employer_id JOIN office_unit o ON o.id = e.office_id WHERE o.code = '20.01')
    THEN PERFORM pg_advisory_xact_lock(20); END IF;
    RETURN new; END $$;
CREATE TRIGGER stuck BEFORE INSERT ON collection_due FOR EACH ROW EXECUTE FUNCTION stuck()
"""


@pytest.mark.drill
def test_a_server_killed_in_the_middle_of_a_copy_and_the_run_goes_on() -> None:
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        var = Path(folder)
        cluster = Cluster(var / "postgres")

        def twins(what: str) -> str:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
                done = product(var, "-c", TWINS, what)
            assert done.returncode == 0, done.stderr
            return done.stdout.strip()

        def answered(question: str) -> int:
            try:
                with psycopg.connect(cluster.address("ansinh")) as server:
                    row = server.execute(question).fetchone()
            except (psycopg.OperationalError, BilingualError):
                return 0
            return int(row[0] or 0) if row else 0

        assert ansinh(var, "manage", "migrate").returncode == 0
        twins("queue")
        with lease(var), psycopg.connect(cluster.address("ansinh"), autocommit=True) as holder:
            holder.execute(STUCK)
            holder.execute("SELECT pg_advisory_lock(20)")
            with served(var, {}):
                copying = """SELECT max(tuples_processed) FROM pg_stat_progress_copy
                             WHERE relid = 'collection_due'::regclass"""
                until(lambda: answered(copying) > 1)
                running = cluster.postmaster()
                assert running
                os.kill(running.pid, signal.SIGKILL)
                until(lambda: answered("SELECT count(*) FROM office_run WHERE state = 'done'"))
            assert "Traceback" not in (var / "said").read_text()
        assert twins("compare") == "done 2"


@contextmanager
def lease(var: Path) -> Iterator[None]:
    """Somebody who needs the server meanwhile."""
    tuning = {"fsync": "off", "shared_buffers": "16MB"}
    lease = Lease.of(var / "postgres", tuning)
    try:
        yield
    finally:
        lease.leave()


def ansinh(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return product(var, *ANSINH, *arguments, **more)


def product(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "ANSINH_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        env={
            **kept,
            "ANSINH_PROFILE": "demo",
            "ANSINH_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "ansinh.config.settings",
            **more,
        },
        capture_output=True,
        text=True,
    )


@pytest.mark.drill
def test_a_site_on_its_own_server_outlives_the_servers_death_and_leaves_nothing_behind() -> None:
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        var = Path(folder)
        done = ansinh(var, "manage", "migrate")
        assert done.returncode == 0, done.stderr
        cluster = Cluster(var / "postgres")
        with served(var, {}) as (process, port):
            for _ in range(2):
                running = cluster.postmaster()
                assert running
                os.kill(running.pid, signal.SIGKILL)
                seen: set[int] = set()

                def back(seen: set[int] = seen) -> bool:
                    seen.add(asked(port)[0])
                    return 200 in seen and asked(port)[0] == 200

                until(lambda: asked(port)[0] == 503, 5)
                assert until(back, 30) < 20
                assert seen <= {200, 503}
            until(lambda: worker_of(process))
            everybody = family(process.pid)
            warden = [p for p, c in family(1).items() if "postgres.warden" in c and f"{var}/" in c]
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, (var / "said").read_text()
            assert gone(everybody | dict.fromkeys(warden, ""))
            assert not (var / "postgres" / "postmaster.pid").exists()
        with served(var, {}) as (process, _port):
            everybody = family(process.pid)
            process.kill()
            process.wait()
            until(lambda: gone(everybody), 60)
            until(lambda: not (var / "postgres" / "postmaster.pid").exists(), 60)
        assert "Traceback" not in (var / "said").read_text()
