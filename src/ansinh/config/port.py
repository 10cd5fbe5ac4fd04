"""Cổng: asked for before anything is started, so that a second start on it says so in a sentence."""

from __future__ import annotations

import errno
import socket

from ansinh.kernel.errors import BilingualError

USUAL = 8000
LOOPBACK = "127.0.0.1"
WHY = {
    errno.EADDRINUSE: ("đang có chương trình khác dùng", "is in use by another program"),
    errno.EACCES: ("cần quyền của quản trị máy", "needs the rights of the machine's administrator"),
}


def free(port: int) -> None:
    """Raises `BilingualError` when nothing can listen on that port of this machine."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((LOOPBACK, port))
            line.listen(1)
        except (OSError, OverflowError) as error:
            code = error.errno if isinstance(error, OSError) else None
            vi, en = WHY.get(code or 0, ("không mở được", "cannot be opened"))
            raise BilingualError(
                f"Cổng {port} {vi}; chọn cổng khác bằng --port",
                f"port {port} {en}; choose another with --port",
                code="serve.port",
            ) from error
