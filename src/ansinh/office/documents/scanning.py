"""Quét virus: clamd, asked over its socket (INSTREAM), where it is present or named by setting.

`ANSINH_CLAMD`: `unix:/path` or `tcp:host:port` names it, and nothing is taken in while it does not answer;
`off` never asks; left empty, the sockets that Linux packages make are tried, and a file that could not be
scanned is kept as not scanned.
"""

from __future__ import annotations

import socket
import struct
from pathlib import Path
from typing import BinaryIO, Final

import structlog
from django.conf import settings

from ansinh.office.documents.limits import DocumentError

LOG = structlog.stdlib.get_logger("ansinh.documents")
USUAL: Final = ("/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock", "/run/clamav/clamd.sock")
PATIENCE: Final = 60  # seconds without an answer
PIECE: Final = 64 * 1024
ANSWER_MOST: Final = 4096


def scan(stream: BinaryIO) -> bool:
    """Quét virus. From where the stream stands: True when a scanner found nothing, False when none was asked.

    Raises DocumentError, code ``documents.virus`` for what it found, ``documents.scan`` when the scanner that
    the setting names gives no verdict.
    """
    named = str(settings.CLAMD)
    where = named or next((f"unix:{path}" for path in USUAL if Path(path).is_socket()), "")
    if not where or where == "off":
        return False
    try:
        answer = _ask(where, stream)
    except OSError as error:
        answer = f"{error}"
    if answer == "stream: OK":
        return True
    if answer.endswith(" FOUND"):
        virus = answer.removeprefix("stream: ").removesuffix(" FOUND")
        LOG.warning("documents.virus", virus=virus)
        raise DocumentError(
            f"Tệp có virus ({virus}); không nhận.",
            f"The file holds a virus ({virus}); it is not taken.",
            code="documents.virus",
        )
    LOG.warning("documents.not_scanned", answer=answer)
    if named:
        raise DocumentError(
            "Chưa quét được virus trong tệp; hãy nộp lại sau ít phút.",
            "The file could not be scanned for viruses; send it again in a few minutes.",
            code="documents.scan",
        )
    return False


def _ask(where: str, stream: BinaryIO) -> str:
    """Send the stream in pieces, each with its length before it; the answer without its final NUL."""
    with _connected(where) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            while piece := stream.read(PIECE):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            LOG.info("documents.scanner_hung_up")  # above its own limit it answers and reads no more
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < ANSWER_MOST:
            got = line.recv(ANSWER_MOST)
            if not got:
                break
            answer += got
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def _connected(where: str) -> socket.socket:
    scheme, _, address = where.partition(":")
    if scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    if scheme != "tcp":
        raise OSError(f"ANSINH_CLAMD is unix:/path, tcp:host:port or off, not {where!r}")
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
