"""The site as it is served, attacked with real sockets: half requests, slow ones, large ones, unread answers.

Twelve requests of which only half was sent stopped the site: each held one of its eight threads for as long as
it liked. A hundred megabytes from nobody in particular were read before a sign-in was asked for.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import pytest

RECEIVE = 4  # seconds the served site gives a head or a small body here
MANY = 40
PAGE = "/account/login/"
FORM = "Content-Type: application/x-www-form-urlencoded"
HALF_HEAD = f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".encode()
HALF_BODY = (
    f"POST {PAGE} HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: 5000\r\n\r\nlogin=".encode()
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """`ansinh serve` with two processes on the test's database; its port."""
    from django.db import connection

    from ansinh.config.database import libpq

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    var = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock():
        address = libpq(connection.settings_dict)
    with (var / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ansinh.cli", "serve", "--port", str(port), "--no-jobs"],
            env={
                **os.environ,
                "ANSINH_PROFILE": "demo",
                "ANSINH_VAR": str(var),
                "ANSINH_RECEIVE_SECONDS": str(RECEIVE),
                "DATABASE_URL": address,
                "DJANGO_SETTINGS_MODULE": "ansinh.config.settings",
            },
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            end = time.monotonic() + 90
            while True:
                try:
                    if asked(port, seconds=30) < 5:
                        break
                except OSError:
                    assert process.poll() is None, (var / "log").read_text()
                    assert time.monotonic() < end, (var / "log").read_text()
                    time.sleep(0.3)
            yield port
            process.send_signal(signal.SIGTERM)
            assert process.wait(40) == 0, (var / "log").read_text()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    assert "Traceback" not in (var / "log").read_text()


def asked(port: int, *, seconds: float = 20) -> float:
    """How long the sign-in page takes now."""
    began = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}", timeout=seconds) as answer:
        assert answer.status == 200
        assert b"</html>" in answer.read()
    return time.monotonic() - began


def asked_by_many(port: int, count: int = 20) -> list[float]:
    """The same by many at once; those that failed count as endless."""
    took: list[float] = []

    def ask() -> None:
        try:
            took.append(asked(port))
        except OSError:
            took.append(float("inf"))

    threads = [threading.Thread(target=ask) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def opened(port: int, sent: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.sendall(sent)
    return line


def whole(line: socket.socket) -> bytes:
    """All that comes until the other side closes; what came so far when it resets."""
    said = b""
    try:
        while piece := line.recv(65536):
            said += piece
    except ConnectionError:
        pass
    return said


class Drip:
    """One byte a second into each line, as somebody does who wants to stay."""

    def __init__(self, lines: list[socket.socket]) -> None:
        self.lines = lines
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        while not self.over.wait(1):
            for line in self.lines:
                try:
                    line.send(b"a")
                except OSError:
                    continue

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
        for line in self.lines:
            line.close()


def test_half_requests_hold_nobody_up_and_are_cut(site: int) -> None:
    began = time.monotonic()
    lines = [opened(site, sent) for sent in (HALF_HEAD, HALF_BODY) for _ in range(MANY)]
    with Drip(lines):
        took = asked_by_many(site)
        assert max(took) < 3, sorted(took)[-3:]
        said = [whole(line) for line in lines]
        assert time.monotonic() - began < RECEIVE + 4
    assert sum(b" 408 " in answer for answer in said) > MANY  # a reset may overtake the words, not the cut
    assert not any(b" 200 " in answer for answer in said)


def test_callers_who_say_nothing_hold_nobody_up(site: int) -> None:
    lines = [opened(site, b"") for _ in range(MANY)]
    assert max(asked_by_many(site)) < 3
    began = time.monotonic()
    assert {whole(line) for line in lines} == {b""}
    assert time.monotonic() - began < RECEIVE + 4


def test_answers_that_nobody_reads_hold_nobody_up(site: int) -> None:
    """A caller who asks for large files again and again and never reads kept a thread in its last write."""
    request = b"GET /static/ansinh/htmx-2.min.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
    lines = []
    for _ in range(12):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        line.connect(("127.0.0.1", site))
        line.sendall(request * 300)
        lines.append(line)
    time.sleep(1)
    assert max(asked_by_many(site)) < 3
    for line in lines:
        line.close()


def test_more_connections_than_there_is_room_for(site: int) -> None:
    """Those that have waited longest make room; a page still answers."""
    lines = [opened(site, b"GET / HT") for _ in range(900)]
    assert max(asked_by_many(site, 5)) < 5
    for line in lines:
        line.close()


def test_a_large_body_of_a_stranger_is_refused_unread(site: int) -> None:
    head = f"POST {PAGE} HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: 104857600\r\n\r\n".encode()
    for more in (b"", b"Cookie: ansinh_session=abcdefghijklmnopqrstuvwxyz012345\r\n"):
        began = time.monotonic()
        with closing(
            opened(site, head.replace(b"\r\n\r\n", b"\r\n" + more + b"\r\n", 1) + b"a" * 1024)
        ) as line:
            said = whole(line)
        assert said.startswith(b"HTTP/1.1 413 ")
        assert "Nội dung gửi lên quá lớn" in said.decode()
        assert re.search(rb"Connection: close", said)
        assert time.monotonic() - began < 5


def test_a_large_body_is_not_asked_for(site: int) -> None:
    """Whoever asks first ("Expect: 100-continue") is refused before sending anything."""
    head = (
        f"POST {PAGE} HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nExpect: 100-continue\r\n"
        "Content-Length: 104857600\r\n\r\n"
    )
    with closing(opened(site, head.encode())) as line:
        assert whole(line).startswith(b"HTTP/1.1 413 ")
    with closing(opened(site, head.replace("104857600", "3").encode())) as line:
        assert line.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"a=b")
        assert line.recv(1000).startswith(b"HTTP/1.1 403 ")


def test_a_body_without_a_length_is_refused(site: int) -> None:
    head = f"POST {PAGE} HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\n"
    with closing(opened(site, head.encode() + b"5\r\nlogin\r\n")) as line:
        assert whole(line).startswith(b"HTTP/1.1 411 ")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nno header\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a\x00b\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: a\r\n" * 200 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 70_000, 431),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_gets_a_refusal(site: int, sent: bytes, status: int) -> None:
    with closing(opened(site, sent)) as line:
        assert whole(line).startswith(f"HTTP/1.1 {status} ".encode())


def test_requests_behind_each_other_on_one_line(site: int) -> None:
    """The line is kept between requests, also when several are sent at once, and past a proxy's minute."""
    from ansinh.config.settings import KEEPALIVE_SECONDS

    one = f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with closing(opened(site, one + one)) as line:
        said = b""
        while said.count(b"</html>") < 2:
            said += line.recv(65536)
        line.sendall(one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        said += whole(line)
    assert said.count(b"HTTP/1.1 200 OK") == 3
    assert said.count(b"Connection: keep-alive") == 2
    assert KEEPALIVE_SECONDS > 60


def test_headers_of_callers_change_nothing_without_proxies(site: int) -> None:
    """Gunicorn takes X-Forwarded-Proto from its own machine as said; callers of a proxy there sent it along."""
    claims = "X-Forwarded-Proto: https\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n"
    with closing(opened(site, f"GET / HTTP/1.1\r\nHost: localhost\r\n{claims}\r\n".encode())) as line:
        said = whole(line)
    assert said.startswith(b"HTTP/1.1 302 ")
    assert b"https" not in said


@pytest.fixture
def signed_in(transactional_db: None) -> str:
    """The cookie of somebody from outside who has signed in."""
    from django.conf import settings
    from django.test import Client

    from ansinh.office.models import User

    user = User.objects.create_user("linh.dn", password="x", full_name="Vi Thị Linh", kind="employer")
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def multipart(token: str, size: int) -> tuple[bytes, bytes]:
    parts = {"csrfmiddlewaretoken": token, "language": "en", "next": "/"}
    fields = "".join(
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    file = '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    return (fields + file).encode() + b"a" * size, b"\r\n--cut--\r\n"


def upload(site: int, cookie: str, size: int, *, slowly: bool = False, half: bool = False) -> bytes:
    """A file sent to a page, in two halves when slowly, or only half of it; the answer."""
    from django.conf import settings

    token = "a" * 32
    body, end = multipart(token, size)
    head = (
        f"POST /account/language/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
        f"Cookie: {cookie}; {settings.CSRF_COOKIE_NAME}={token}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: {len(body) + len(end)}\r\n\r\n"
    )
    with closing(opened(site, head.encode())) as line:
        line.sendall(body[: 1024 if half else size // 2])
        if slowly:
            time.sleep(2)
        if not half:
            line.sendall(body[size // 2 :] + end)
        return whole(line)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_signed_in_sends_a_file_slowly_and_holds_nobody_up(site: int, signed_in: str) -> None:
    size = 3 * 1024 * 1024
    said: list[bytes] = []
    slow = [
        threading.Thread(target=lambda: said.append(upload(site, signed_in, size, slowly=True)))
        for _ in range(12)
    ]
    for thread in slow:
        thread.start()
    time.sleep(1)
    assert max(asked_by_many(site)) < 3
    for thread in slow:
        thread.join()
    assert [answer.split(b"\r\n")[0] for answer in said] == [b"HTTP/1.1 302 Found"] * 12


@pytest.mark.django_db(transaction=True)
def test_a_file_has_a_largest_size_for_everybody(site: int, signed_in: str) -> None:
    from ansinh.web.shield import UPLOAD_BODY

    assert upload(site, signed_in, UPLOAD_BODY - 10_000).startswith(b"HTTP/1.1 302 ")
    assert upload(site, signed_in, UPLOAD_BODY + 1, half=True).startswith(b"HTTP/1.1 413 ")


def test_what_the_site_writes_is_its_own(site: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    var = next(
        p for p in tmp_path_factory.getbasetemp().iterdir() if (p / "log").exists() and "var" in p.name
    )
    modes = {p.name: p.stat().st_mode & 0o077 for p in Path(var).iterdir() if p.is_dir()}
    assert modes == dict.fromkeys(("documents", "files", "metrics", "runs", "static", "uploads"), 0)
