"""Tiến trình web kiên nhẫn: no thread waits for a caller, neither for a request nor to send the answer.

Gunicorn's threaded worker gives a connection to a thread with its first byte; four callers who then stop
sending hold its four threads for as long as they like. Here the main loop takes in head and body and sends
the answer, and a thread holds only requests that are complete. Each stage has a deadline for all of it, so
one byte a second buys nothing:

    head, small body   RECEIVE_SECONDS
    large body         that, and a second for each 64 KiB; only from who is signed in (`shield.may_send`)
    answer             30 seconds, and one for each 64 KiB
    next request       the keep-alive of the server, also when the process makes room for a new one

Requests are parsed by gunicorn's own parser, so that what is measured here is what is read there.
"""

from __future__ import annotations

import contextlib
import errno
import selectors
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from gunicorn.http.body import ChunkedReader, LengthReader  # type: ignore[import-untyped,unused-ignore]
from gunicorn.http.errors import LimitRequestHeaders  # type: ignore[import-untyped,unused-ignore]
from gunicorn.http.message import Request  # type: ignore[import-untyped,unused-ignore]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped,unused-ignore]

from ansinh.web.serving.caller import PIECE, SMALL_BODY, Caller, Inbox, Outbox, Stage

HEAD_END = b"\r\n\r\n"
HEAD_MOST = 64 * 1024
PER_SECOND = 64 * 1024  # the slowest line that may carry a large body or answer
SEND_SECONDS = 30
LINGER_SECONDS = 2
LINGER_MOST = 8 * 1024 * 1024
STOP_SECONDS = 2  # what a stopping process leaves to callers amid a request
LARGE_AT_ONCE = 16  # large bodies under way, so that signed-in callers cannot fill the disk

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSALS = {
    408: b"408 Request Timeout",
    411: b"411 Length Required",
    503: b"503 Service Unavailable",
}


class PatientWorker(ThreadWorker):  # type: ignore[misc,unused-ignore]
    """Gunicorn's threaded worker with another main loop; threads do what they did, on complete requests."""

    max_requests: int

    def init_process(self) -> None:
        """Set up before the loop begins. TLS is the business of a proxy in front."""
        from django.conf import settings

        if self.cfg.is_ssl:
            raise RuntimeError("this worker does not speak TLS")
        self.callers: dict[Caller, None] = {}
        self.most = self.max_requests
        self.max_requests = sys.maxsize  # we retire without breaking a line off
        self.retires = False
        self.receive_seconds = settings.RECEIVE_SECONDS
        self.folder = str(settings.FILE_UPLOAD_TEMP_DIR)
        super().init_process()

    # the loop

    def run(self) -> None:
        """Accept, take in, answer until told to stop; then finish what threads have under way."""
        self.poller.register(
            self.method_queue.fileno(), selectors.EVENT_READ, self.method_queue.run_callbacks
        )
        self.set_accept_enabled(True)
        while self.alive and self.is_parent_alive() and not self._has_retired():
            self._turn(1.0)
        self.set_accept_enabled(False)
        for listener in self.sockets:
            listener.close()
        if not self.alive:
            soon = time.monotonic() + STOP_SECONDS
            for caller in self.callers:
                caller.deadline = min(caller.deadline, soon)
        end = time.monotonic() + self.cfg.graceful_timeout
        while self.callers and time.monotonic() < end:
            self._turn(0.2)
        for caller in list(self.callers):
            self._drop(caller)
        self.tpool.shutdown(wait=False)
        self.poller.close()
        self.method_queue.close()

    def _has_retired(self) -> bool:
        """Whether this process has answered its share and every line kept alive knows that it ends.

        It is told so with its next answer, or has been silent for as long as it was kept: a caller who sends
        on a line that we close at that moment would see its request fail. New callers come in meanwhile.
        """
        self.retires = self.retires or self.nr >= self.most
        kept = {Stage.IDLE, Stage.WORK, Stage.SEND}
        return self.retires and not any(c.stage in kept and not c.last for c in self.callers)

    def _turn(self, seconds: float) -> None:
        self.notify()
        self.wait_for_and_dispatch_events(timeout=seconds)
        now = time.monotonic()
        for caller in [c for c in self.callers if c.stage is not Stage.WORK and c.deadline < now]:
            if caller.stage is Stage.IDLE:
                self._safely(self._on_readable, caller)  # a request that came while others were looked after
                if caller.stage is not Stage.IDLE:
                    continue
            if caller.head or caller.stage is Stage.BODY:
                self._refuse(caller, 408)
            self._drop(caller)

    def accept(self, listener: Any) -> None:
        """Take a connection; nobody gets a thread for it yet."""
        try:
            wire, client = listener.accept()
        except OSError as error:
            if error.errno in {errno.EMFILE, errno.ENFILE}:
                self._make_room()
            return
        if len(self.callers) >= self.worker_connections:
            self._make_room()
        wire.setblocking(False)
        caller = Caller(wire, client, listener.getsockname())
        self.callers[caller] = None
        self._await(caller, Stage.HEAD, self.receive_seconds)

    def _make_room(self) -> None:
        """Full: the one that has kept us waiting longest goes, first among those that have asked nothing."""
        for stages in ({Stage.IDLE, Stage.LINGER}, {Stage.HEAD, Stage.BODY}, {Stage.SEND}):
            waiting = [caller for caller in self.callers if caller.stage in stages]
            if waiting:
                self._drop(min(waiting, key=lambda caller: caller.since))
                return

    # taking in

    def _await(self, caller: Caller, stage: Stage, seconds: float) -> None:
        caller.stage = stage
        caller.since = time.monotonic()
        caller.deadline = caller.since + (seconds if self.alive else min(seconds, STOP_SECONDS))
        writing = stage is Stage.SEND
        self._watch(
            caller,
            selectors.EVENT_WRITE if writing else selectors.EVENT_READ,
            self._on_writable if writing else self._on_readable,
        )

    def _watch(self, caller: Caller, events: int, what: Callable[[Caller], None]) -> None:
        if caller.watched == events:
            return
        self._unwatch(caller)
        self.poller.register(caller.wire, events, partial(self._safely, what, caller))
        caller.watched = events

    def _unwatch(self, caller: Caller) -> None:
        if caller.watched:
            with contextlib.suppress(KeyError, ValueError, OSError):
                self.poller.unregister(caller.wire)
            caller.watched = 0

    def _safely(self, what: Callable[[Caller], None], caller: Caller, _wire: Any = None) -> None:
        """Whatever goes wrong with one connection ends that connection, not the process."""
        if caller not in self.callers:
            return
        try:
            what(caller)
        except OSError:
            self._drop(caller)
        except Exception:
            self.log.exception("Error on a connection")
            self._drop(caller)

    def _on_readable(self, caller: Caller) -> None:
        try:
            data = caller.wire.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            return
        if not data:
            self._drop(caller)
        elif caller.stage is Stage.LINGER:
            caller.lingered += len(data)
            if caller.lingered > LINGER_MOST:
                self._drop(caller)
        else:
            self._take(caller, data)

    def _take(self, caller: Caller, data: bytes) -> None:
        """More of a request has come."""
        if caller.stage is Stage.IDLE:
            self._await(caller, Stage.HEAD, self.receive_seconds)
        if caller.stage is Stage.BODY:
            self._put(caller, data)
        else:
            searched = max(0, len(caller.head) - len(HEAD_END))
            caller.head += data
            if caller.head.find(HEAD_END, searched) < 0:
                if len(caller.head) > HEAD_MOST:
                    self._broken(caller, LimitRequestHeaders("head"))
                return
            self._begin(caller)
        if caller.stage is Stage.BODY and caller.got >= caller.need:
            self._work(caller, self.handle)

    def _put(self, caller: Caller, data: bytes) -> None:
        if caller.inbox is None:
            raise RuntimeError("a body before its head")
        caller.inbox.put(data)
        caller.got += len(data)

    def _begin(self, caller: Caller) -> None:
        """The head is complete: parse it, and see what its body will be."""
        head, caller.head = bytes(caller.head), bytearray()
        end = head.find(HEAD_END) + len(HEAD_END)
        caller.inbox = Inbox(self.folder)
        caller.inbox.put(head)
        caller.sock = Outbox(caller.wire, self.folder)
        caller.admitted = False
        caller.got, caller.need = len(head) - end, 0
        try:
            caller.request = Request(self.cfg, caller.inbox, caller.client)
        except Exception as error:  # noqa: BLE001 -- whatever the parser says is told to the caller
            self._broken(caller, error)
            return
        reader = caller.request.body.reader
        if isinstance(reader, ChunkedReader):
            self._refuse(caller, 411)
            self._linger(caller)
            return
        caller.need = reader.length if isinstance(reader, LengthReader) else 0
        self._await(caller, Stage.BODY, self.receive_seconds)
        if caller.need > SMALL_BODY:
            if sum(other.large for other in self.callers) > LARGE_AT_ONCE:
                self._refuse(caller, 503)
                self._linger(caller)
                return
            self._work(caller, self._admit)
        elif caller.got < caller.need:
            self._continue(caller)

    def _continue(self, caller: Caller) -> None:
        if caller.request._expected_100_continue:  # noqa: SLF001 -- gunicorn would say it when we have the body
            caller.request._expected_100_continue = False  # noqa: SLF001
            caller.sock.sendall(CONTINUE)

    def _admit(self, caller: Caller) -> str:
        """In a thread: may this caller send so much? Asks the record who they are."""
        from django.db import close_old_connections

        from ansinh.web import shield

        cookies = "; ".join(value for name, value in caller.request.headers if name == "COOKIE")
        close_old_connections()
        try:
            return "receive" if caller.need <= shield.may_send(cookies) else "refuse"
        finally:
            close_old_connections()

    # work

    def _work(self, caller: Caller, what: Callable[[Caller], Any]) -> None:
        """Give it to a thread; nobody listens to the wire meanwhile."""
        self._unwatch(caller)
        caller.stage = Stage.WORK
        future = self.tpool.submit(what, caller)
        future.add_done_callback(lambda done: self.method_queue.defer(self._done, caller, done))

    def _done(self, caller: Caller, future: Any) -> None:
        self._safely(partial(self._after, future=future), caller)

    def _after(self, caller: Caller, *, future: Any) -> None:
        """A thread is through: receive the body it allowed, or send the answer it wrote."""
        told = False if future.cancelled() or future.exception() else future.result()
        if told == "receive":
            caller.admitted = True
            self._await(caller, Stage.BODY, self.receive_seconds + caller.need / PER_SECOND)
            self._continue(caller)
            if caller.got >= caller.need:
                self._work(caller, self.handle)
            return
        if told == "refuse":
            # the page that says so is the site's own; it does not read the body, nor do we
            if caller.inbox is not None:
                caller.inbox.broken_off = True
            caller.request.force_close()
            caller.request._expected_100_continue = False  # noqa: SLF001
            self._work(caller, self.handle)
            return
        caller.keep = told is True and not caller.sock.closed
        if caller.sock.waiting:
            self._await(
                caller, Stage.SEND, SEND_SECONDS + (caller.sock.size - caller.sock.sent_to) / PER_SECOND
            )
        else:
            self._answered(caller)

    def handle(self, conn: Caller) -> bool:
        """In a thread: the application answers into the outbox. Whether the connection is kept."""
        request = conn.request
        if self.retires:
            conn.last = True
            request.force_close()
        try:
            if not self.handle_request(request, conn):
                return False
            if conn.got < conn.need:
                return False
            while request.body.read(PIECE):
                pass
        except StopIteration:
            return False
        except OSError as error:
            if error.errno not in {errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN}:
                self.log.exception("Socket error processing request.")
            return False
        except Exception as error:  # noqa: BLE001 -- answered 500 and logged by gunicorn
            self.handle_error(request, conn.sock, conn.client, error)
            return False
        return True

    # answering

    def _on_writable(self, caller: Caller) -> None:
        caller.sock.flush()
        if not caller.sock.waiting:
            self._answered(caller)

    def _answered(self, caller: Caller) -> None:
        """The answer is out: wait for the next request, or say goodbye."""
        rest = caller.inbox.rest() if caller.inbox and caller.keep else b""
        keep = caller.keep and self.alive
        self._forget(caller)
        if not keep:
            self._linger(caller)
            return
        self._await(caller, Stage.IDLE, self.cfg.keepalive)
        if rest:
            self._take(caller, rest)

    def _linger(self, caller: Caller) -> None:
        """Close our side, and read a moment longer: a reset would take the answer from the caller's hands."""
        caller.wire.shutdown(socket.SHUT_WR)
        caller.lingered = 0
        self._await(caller, Stage.LINGER, LINGER_SECONDS)

    def _refuse(self, caller: Caller, status: int) -> None:
        """A refusal of the server itself, in a line; the site has not seen the request."""
        with contextlib.suppress(OSError):
            caller.wire.send(
                b"HTTP/1.1 " + REFUSALS[status] + b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            )

    def _broken(self, caller: Caller, error: Exception) -> None:
        """What came is no HTTP: gunicorn's own answer for it, and the end."""
        if caller.sock is None:
            caller.sock = Outbox(caller.wire, self.folder)
        self.handle_error(None, caller.sock, caller.client, error)
        self._linger(caller)

    def _forget(self, caller: Caller) -> None:
        """Let go of a request that is over."""
        for kept in (caller.inbox and caller.inbox.kept, caller.sock and caller.sock.kept):
            if kept:
                kept.close()
        caller.inbox = caller.sock = caller.request = None

    def _drop(self, caller: Caller) -> None:
        self.callers.pop(caller, None)
        self._unwatch(caller)
        self._forget(caller)
        with contextlib.suppress(OSError):
            caller.wire.close()
