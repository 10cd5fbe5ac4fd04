"""Một kết nối của trang web: where it is, what has come of its request, what is still to be sent.

Both boxes are files in memory that move to disk when they grow: nothing here waits for a caller.
"""

from __future__ import annotations

import errno
import socket
import tempfile
from enum import Enum, auto
from typing import Any

from gunicorn.http.unreader import Unreader  # type: ignore[import-untyped,unused-ignore]

SMALL_BODY = 64 * 1024
PIECE = 64 * 1024  # read or sent at once
IN_MEMORY = 256 * 1024


class Stage(Enum):
    """Chặng: where a connection is."""

    HEAD = auto()
    BODY = auto()
    WORK = auto()  # a thread has it
    SEND = auto()
    IDLE = auto()  # kept alive, nothing sent yet
    LINGER = auto()  # answered and closed by us; what still comes is thrown away


class Inbox(Unreader):  # type: ignore[misc,unused-ignore]
    """What a caller has sent of one request; the parser reads from it and never waits."""

    def __init__(self, folder: str | None) -> None:
        super().__init__()
        self.kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=folder)  # noqa: SIM115 -- closed with the connection
        self.size = 0
        self.read_to = 0
        self.broken_off = False  # the body was refused, what is here is not all of it

    def put(self, data: bytes) -> None:
        """Append."""
        self.kept.seek(self.size)
        self.kept.write(data)
        self.size += len(data)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next piece, nothing when all is read. Raises `OSError` rather than pass half a body."""
        self.kept.seek(self.read_to)
        data = self.kept.read(max(size_hint or 0, PIECE))
        if not data and self.broken_off:
            raise OSError(errno.ECONNRESET, "the body was not taken in")
        self.read_to += len(data)
        return data

    def rest(self) -> bytes:
        """What came behind the request: the beginning of the next one."""
        self.kept.seek(self.read_to)
        return bytes(self.take_buffered()) + self.kept.read()


class Outbox:
    """Where a thread writes its answer: as a socket that is never full. The main loop sends what is left."""

    def __init__(self, wire: socket.socket, folder: str | None) -> None:
        self.wire = wire
        self.folder = folder
        self.kept: Any = None
        self.size = 0
        self.sent_to = 0
        self.closed = False

    def sendall(self, data: bytes) -> None:
        """Send what the caller takes at once, keep the rest. Raises `OSError` when the caller has gone."""
        if self.closed:
            raise OSError(errno.EPIPE, "closed")
        if self.kept is None:
            data = data[_send(self.wire, data) :]
        if data:
            if self.kept is None:
                self.kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=self.folder)  # noqa: SIM115
            self.kept.seek(self.size)
            self.kept.write(data)
            self.size += len(data)

    def send(self, data: bytes) -> int:
        """The same, for the few places of gunicorn that call it so."""
        self.sendall(data)
        return len(data)

    @property
    def waiting(self) -> bool:
        """Whether something is still to be sent."""
        return self.sent_to < self.size

    def flush(self) -> None:
        """Send as much as the caller takes now."""
        while self.waiting:
            self.kept.seek(self.sent_to)
            sent = _send(self.wire, self.kept.read(PIECE))
            self.sent_to += sent
            if not sent:
                return

    def gettimeout(self) -> float:
        """As a socket that does not block."""
        return 0.0

    def shutdown(self, _how: int) -> None:
        """An answer broken off amid its body: nothing more may follow it."""
        self.closed = True
        raise OSError(errno.ENOTCONN, "the main loop closes")

    def close(self) -> None:
        """Take nothing more; the connection itself is closed by the main loop."""
        self.closed = True


def _send(wire: socket.socket, data: bytes) -> int:
    try:
        return wire.send(data)
    except (BlockingIOError, InterruptedError):
        return 0


class Caller:
    """Một kết nối. `sock` is what gunicorn writes to, `wire` the real socket."""

    def __init__(self, wire: socket.socket, client: Any, server: Any) -> None:
        self.wire = wire
        self.client = client
        self.server = server
        self.stage = Stage.IDLE
        self.since = 0.0
        self.deadline = 0.0
        self.head = bytearray()
        self.request: Any = None
        self.need = 0  # bytes of the body
        self.got = 0
        self.admitted = False
        self.keep = False
        self.last = False  # told that the line ends with its answer
        self.inbox: Inbox | None = None
        self.sock: Any = None
        self.lingered = 0
        self.watched = 0

    @property
    def large(self) -> bool:
        """Whether it is sending a body that takes a place among the large ones."""
        return self.stage is Stage.BODY and self.need > SMALL_BODY
