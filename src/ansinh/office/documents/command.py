"""`ansinh documents`: is every file there and what it was; away with what nobody keeps."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ansinh.office.documents import checking
from ansinh.office.documents.limits import DocumentError

SHOWN = 20


def main(argv: Sequence[str]) -> int:
    """``check``: 1 when a file is missing or changed; ``sweep``: 1 when it refuses."""
    parser = argparse.ArgumentParser(
        prog="ansinh documents", description="Kho tài liệu / the store of documents"
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|sweep")
    check = actions.add_parser("check", help="đối chiếu kho với sổ / compare the store with the record")
    check.add_argument("--deep", action="store_true", help="đọc lại mọi tệp / read every file again")
    sweep = actions.add_parser("sweep", help="bỏ tệp không ai giữ / remove files that nobody keeps")
    sweep.add_argument("--all", action="store_true", help="dù có rất nhiều / however many there are")
    asked = parser.parse_args(argv)
    if asked.action == "sweep":
        return _sweep(all_of_them=asked.all)
    return _check(deep=asked.deep)


def _check(*, deep: bool) -> int:
    found = checking.check(deep=deep)
    _out(f"{found.rows} tài liệu / documents{' (đọc lại / read again)' if deep else ''}")
    _list("mất tệp / missing", found.missing)
    _list("đã thay đổi / changed", found.changed)
    _list("tệp không có trong sổ / files without a row", found.without_row)
    if found.unattached:
        _out(f"không thuộc vật nào / of no thing: {found.unattached}")
    return 0 if found.whole else 1


def _sweep(*, all_of_them: bool) -> int:
    try:
        done = checking.sweep(all_of_them=all_of_them)
    except DocumentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _out(f"đã bỏ {done} tệp / {done} files removed")
    return 0


def _list(title: str, digests: Sequence[str]) -> None:
    if digests:
        _out(f"{title}: {len(digests)}")
    for digest in digests[:SHOWN]:
        _out(f"  {digest}")


def _out(line: str) -> None:
    sys.stdout.write(f"{line}\n")
