"""`ansinh figures`: check the published figures, or load them into the record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ansinh.kernel.errors import BilingualError
from ansinh.steering.targets import identities, published


def main(argv: Sequence[str]) -> int:
    """`check` prints every implied target and identity and closes with `N passed, N failed`; `load` writes.

    Exit code 1 when a check fails or the figures cannot be loaded.
    """
    parser = argparse.ArgumentParser(
        prog="ansinh figures", description="Số liệu đã công bố / published figures"
    )
    parser.add_argument(
        "action", choices=["check", "load"], help="kiểm tra, nạp vào hệ thống / check, load into the record"
    )
    action = parser.parse_args(argv).action
    return check() if action == "check" else load()


def check(book: published.Book | None = None) -> int:
    """Kiểm tra số liệu: reads no database."""
    figures = book or published.book()
    out = sys.stdout.write
    for figure in figures.figures.values():
        if figure.warning:
            out(f"CHÚ Ý      {figure.key:<18} {figure.warning}\n")
    for deadline in figures.deadlines:
        out(f"HẠN        {deadline['key']:<18} trước {deadline['before']:%d/%m/%Y}: {deadline['topic']}\n")
    found = identities.checks(figures)
    for item in found:
        out(f"{'ĐÚNG' if item.holds else 'SAI':<10} {item.key:<18} {item.detail}\n")
    failed = sum(not item.holds for item in found)
    out(f"{len(found) - failed} passed, {failed} failed\n")
    return 1 if failed else 0


def load() -> int:
    """Nạp số liệu và đơn vị hành chính nếu chưa có."""
    from ansinh.office import units
    from ansinh.steering.targets import services

    try:
        units.load()
        loaded = services.load_published()
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"{loaded.figures} số liệu, {loaded.targets} chỉ tiêu suy ra mới / new figures, derived targets\n"
    )
    return 0
