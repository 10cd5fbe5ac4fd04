"""Mở tỉnh mẫu: `ansinh demo`. What can be seen to be in the way is said before anything is started."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from ansinh.config import port, singles


def main(argv: Sequence[str]) -> int:
    """Build and serve. Raises `BilingualError` when the port is taken or another one builds here."""
    early = argparse.ArgumentParser(add_help=False)
    early.add_argument("--port", type=int, default=port.USUAL)
    early.add_argument("--no-serve", action="store_true")
    given, _rest = early.parse_known_args(argv)
    if not given.no_serve and not {"-h", "--help"} & set(argv):
        port.free(given.port)

    with singles.only(
        "demo",
        "Đang có `ansinh demo` khác dựng tỉnh mẫu ở thư mục này: chờ nó xong",
        "another `ansinh demo` builds in this folder: wait until it is done",
    ):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
        import django

        django.setup()
        from ansinh.demo import command

        code = command.main(argv)
    if code or given.no_serve:
        return code

    from ansinh.web.serving import server

    return server.main(["--port", str(given.port)])
