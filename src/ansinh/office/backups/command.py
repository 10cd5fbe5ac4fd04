"""`ansinh backup` and `ansinh restore`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg
from django.db import DatabaseError

from ansinh.kernel.errors import BilingualError
from ansinh.office.backups import keys, place, restoring, taking
from ansinh.office.backups.checking import check
from ansinh.office.backups.restoring import ALLOWED, Wish
from ansinh.office.backups.telling import say, size

PRIVATE = 0o077


def backup(argv: Sequence[str]) -> int:
    """1 when nothing was saved, or what was saved lacks files that the store has lost."""
    parser = argparse.ArgumentParser(
        prog="ansinh backup",
        description="Sao lưu cơ sở dữ liệu và tài liệu / save the database and the documents.",
    )
    parser.add_argument("to", type=Path, metavar="TO", help="thư mục để các bản sao lưu / folder of backups")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="ghi khóa ra tệp ở nơi khác / write the keys elsewhere"
    )
    parser.add_argument(
        "--keep", type=int, default=0, metavar="N", help="giữ N bản mới nhất / keep the newest N (0: all)"
    )
    asked = parser.parse_args(argv)
    os.umask(PRIVATE)
    try:
        with place.opened(asked.to) as found:
            if asked.keys:
                keys.write(asked.keys, away_from=found.root)
            taken = taking.take(found)
            if asked.keep > 0 and (gone := found.keep(asked.keep)):
                say(f"Đã bỏ {gone} bản cũ", f"{gone} old backups removed")
    except BilingualError as error:
        return _said(error)
    except OSError as error:
        return _broken(asked.to, error)
    except (psycopg.Error, DatabaseError) as error:
        return _unanswered(error)
    sys.stdout.write(f"{taken.folder}\n")
    say(f"Đã sao lưu, {size(taken.size)}", f"saved, {size(taken.size)}")
    if taken.missing:
        say(
            f"Kho tài liệu thiếu {len(taken.missing)} tệp, bản sao lưu cũng thiếu",
            f"{len(taken.missing)} documents are missing in the store, and so in the backup",
        )
        for digest in taken.missing[:20]:
            sys.stderr.write(f"  {digest}\n")
        return 1
    return 0


def restore(argv: Sequence[str]) -> int:
    """1 when nothing was restored, or the proofs did not hold."""
    parser = argparse.ArgumentParser(
        prog="ansinh restore",
        description="Khôi phục vào một nơi trống / restore into an empty place.",
    )
    parser.add_argument(
        "source", type=Path, metavar="FROM", help="thư mục sao lưu, hoặc một bản / folder of backups, or one"
    )
    parser.add_argument(
        "--into", default="", metavar="NAME", help="cơ sở dữ liệu khác của máy chủ / another database"
    )
    parser.add_argument(
        "--check", action="store_true", help="chỉ kiểm tra bản sao lưu / only check the backup"
    )
    parser.add_argument(
        "--despite",
        action="append",
        default=[],
        choices=ALLOWED,
        help="vẫn khôi phục dù thiếu tệp, thiếu khóa, chuỗi không khớp / all the same",
    )
    asked = parser.parse_args(argv)
    os.umask(PRIVATE)
    try:
        where, one = place.found(asked.source)
        if asked.check:
            return _check(where, one)
        return 0 if restoring.restore(where, one, Wish(asked.into, frozenset(asked.despite))) else 1
    except BilingualError as error:
        return _said(error)
    except OSError as error:
        return _broken(asked.source, error)
    except (psycopg.Error, DatabaseError) as error:
        return _unanswered(error)


def _check(where: place.Place, one: Path) -> int:
    found = check(where, one)
    for words in found.files:
        sys.stdout.write(f"mất hoặc đã đổi / missing or changed: {words}\n")
    for key in found.keys:
        sys.stdout.write(f"thiếu khóa / key not configured: {key}\n")
    say(
        f"{one.name}: {len(found.manifest.parts)} tệp, {found.manifest.documents} tài liệu",
        f"{len(found.manifest.parts)} files, {found.manifest.documents} documents",
    )
    return 1 if found.files else 0


def _said(error: BilingualError) -> int:
    sys.stderr.write(f"{error}\n")
    return 1


def _unanswered(error: Exception) -> int:
    """The database is not there, or ended the connection."""
    said = str(error).strip().partition("\n")[0]
    sys.stderr.write(
        f"Cơ sở dữ liệu không trả lời hoặc từ chối / the database does not answer, or refuses: {said}\n"
    )
    return 1


def _broken(where: Path, error: OSError) -> int:
    """The disk is full, or taken away meanwhile."""
    sys.stderr.write(f"{where}: không ghi hoặc đọc được / cannot be written or read: {error.strerror}\n")
    return 1
