"""Khôi phục: a backup into an empty place, so that what serves in the end is the record as it was.

In this order, each done again by whoever restores after a kill: the sign that a restore is under way, files
by digest, the database in one transaction with its rows counted, migrations of a later code, marks and chains
that name transactions of the former server, privileges, statistics, and the proofs (`ansinh verify`,
`ansinh documents check`). The sign goes last; until then no site starts on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from ansinh.config import database
from ansinh.config.folders import private
from ansinh.office import privileges
from ansinh.office.backups import checking, manifest, programs, target
from ansinh.office.backups.checking import Checked
from ansinh.office.backups.errors import BackupError
from ansinh.office.backups.place import Place
from ansinh.office.backups.taking import owners
from ansinh.office.backups.telling import bar, say, size
from ansinh.office.chain import chains, heads, sealing
from ansinh.office.chain.models import Seal
from ansinh.office.documents import stores
from ansinh.office.marks import restoring as marks

ALLOWED = ("files", "keys", "seals")


@dataclass(frozen=True)
class Wish:
    """Điều người khôi phục muốn: into which database, and despite what."""

    into: str = ""
    despite: frozenset[str] = frozenset()


def restore(place: Place, backup: Path, wish: Wish) -> bool:
    """Khôi phục. False when the proofs fail: the record stays closed, to be looked at or restored again.

    Raises BackupError for whatever stands in the way, before anything is touched.
    """
    if wish.into:
        _refuse_foreign_heads()
        target.named(wish.into)
    with target.held() as held:
        found = checking.check(place, backup)
        checking.fits(found, held, local=held.info.host.startswith("/"))
        _announce(backup, found, held)
        _insist(found, wish)
        target.begin(held, backup.name)
        _files(place, backup, found)
        _database(backup, found)
        _compare_rows(held, found)
        broken = _settle(found)
        whole = _proved(found)
        if (broken or not whole) and "seals" not in wish.despite:
            say(
                "Kiểm tra không đạt: cơ sở dữ liệu vẫn khóa. Nếu chấp nhận: --despite seals",
                "The proofs do not hold: the record stays closed. To accept that: --despite seals",
            )
            return False
        target.end(held)
    say("Đã khôi phục xong", "Restored")
    return True


def _refuse_foreign_heads() -> None:
    """Heads kept in this `var/` belong to the database it works with, and not to another beside it."""
    if wanted := next((c.name for c in chains.registered() if heads.kept(c.name)), ""):
        raise BackupError(
            f"{heads.path(wanted)} thuộc cơ sở dữ liệu đang dùng: --into cần một ANSINH_VAR khác, trống",
            f"{heads.path(wanted)} is of the database in use: --into needs another, empty ANSINH_VAR",
            code="restore.var",
        )


def _announce(backup: Path, found: Checked, held: psycopg.Connection) -> None:
    told = found.manifest
    into = f"{held.info.dbname} ({held.info.host or 'localhost'})"
    say(
        f"Sẽ khôi phục bản {backup.name} (phiên bản {told.version}) vào cơ sở dữ liệu {into}: "
        f"{len(told.tables)} bảng, {sum(told.tables.values())} dòng, {told.documents} tài liệu "
        f"({size(told.documents_bytes)}) vào {settings.VAR}",
        f"will restore {backup.name} (version {told.version}) into the database {into}: "
        f"{len(told.tables)} tables, {sum(told.tables.values())} rows, {told.documents} documents "
        f"({size(told.documents_bytes)}) into {settings.VAR}",
    )
    say(f"Khóa cần có: {', '.join(told.keys.needed)}", f"keys it needs: {', '.join(told.keys.needed)}")
    if found.newer:
        say(
            f"Phần mềm mới hơn bản sao lưu: sẽ thêm {len(found.newer)} bước",
            f"the code is newer: {len(found.newer)} migrations will follow",
        )
    for words in told.left_out:
        sys.stderr.write(f"  – {words}\n")


def _insist(found: Checked, wish: Wish) -> None:
    """Refuse what nobody has said to accept. Raises BackupError: ``restore.files``, ``restore.keys``."""
    if found.files:
        say(f"Thiếu {len(found.files)} tệp", f"{len(found.files)} files are missing or changed")
        for words in found.files[:20]:
            sys.stderr.write(f"  {words}\n")
        if "files" not in wish.despite:
            raise BackupError(
                f"Bản sao lưu thiếu {len(found.files)} tệp; nếu vẫn khôi phục: --despite files",
                f"{len(found.files)} files are missing; to restore all the same: --despite files",
                code="restore.files",
            )
    if found.keys and "keys" not in wish.despite:
        raise BackupError(
            f"Thiếu khóa có dấu {', '.join(found.keys)}: không mở được bí mật đã niêm phong. "
            "Đặt ANSINH_SECRET_KEY, ANSINH_FIELD_KEYS; nếu vẫn khôi phục: --despite keys",
            f"Keys with these fingerprints are not configured: {', '.join(found.keys)}; sealed secrets "
            "cannot be opened. Set ANSINH_SECRET_KEY, ANSINH_FIELD_KEYS; to restore without: --despite keys",
            code="restore.keys",
        )


def _files(place: Place, backup: Path, found: Checked) -> None:
    """Documents into the store, inputs of runs and heads into `var/`; what is there already stays."""
    told, lost, var = found.manifest, set(found.files), Path(settings.VAR)
    store = stores.current()
    if not told.store:
        with bar("tài liệu / documents", told.documents_bytes) as shown:
            for digest, length in manifest.documents_of(backup):
                if digest not in lost and store.size(digest) != length:
                    with place.files.path(digest).open("rb") as opened:
                        store.put(digest, opened)
                shown.update(length)
    for one in told.inputs:
        target_file = var / one.path
        if one.path in lost or target_file.exists() or not target_file.resolve().is_relative_to(var):
            continue
        for folder in reversed([f for f in target_file.parents if f.is_relative_to(var) and f != var]):
            private(folder)
        _placed(place.files.path(one.sha256), target_file)
    for name in told.heads:
        if not (var / name).exists():
            private((var / name).parent)
            _placed(backup / name, var / name)


def _placed(source: Path, file: Path) -> None:
    beside = file.with_name(f".{file.name}.part")
    beside.write_bytes(source.read_bytes())
    beside.chmod(0o600)
    beside.replace(file)


def _database(backup: Path, found: Checked) -> None:
    """All of the database or nothing, as its owner; whose it was and what was granted there stays there."""
    told = found.manifest
    entry = owners()
    with psycopg.connect(database.libpq(entry)) as asked:
        major = asked.info.server_version // 10000
    program, _ = programs.fitting("pg_restore", least=max(told.program, major))
    command = [str(program), "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    command += ["--no-password", f"--dbname={entry['NAME']}"]
    file = backup / manifest.DATABASE
    say(f"Đang nạp cơ sở dữ liệu ({size(file.stat().st_size)})", "loading the database")
    done = subprocess.run(  # noqa: S603 -- a path we found, words of ours
        [*command, str(file)], capture_output=True, env=programs.environment(entry), check=False
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace")
        first = next((line for line in said.splitlines() if "error" in line), said[:200])
        raise BackupError(
            f"pg_restore không nạp được cơ sở dữ liệu: {first}",
            f"pg_restore could not load the database: {first}",
            code="restore.load",
        )


def _compare_rows(held: psycopg.Connection, found: Checked) -> None:
    """Count every table again. Raises BackupError, code ``restore.rows``."""
    for table, rows in found.manifest.tables.items():
        row = held.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
        ).fetchone()
        if row is None or row[0] != rows:
            raise BackupError(
                f"Bảng {table} có {row and row[0]} dòng, bản sao lưu ghi {rows}",
                f"Table {table} has {row and row[0]} rows, the backup tells of {rows}",
                code="restore.rows",
            )


def _settle(found: Checked) -> list[str]:
    """Make this server's what names another one, another code or role; returns chains whose heads differ."""
    with database.as_owner():
        call_command("migrate", verbosity=0, interactive=False)
        read = marks.reset(came_from=found.manifest.system)
        say(
            f"Mốc đã đọc của {read.runs} lượt chạy đặt lại, {sum(read.unread.values())} dòng chưa đọc",
            f"marks of {read.runs} runs set again, {sum(read.unread.values())} rows unread",
        )
        broken = [chain.name for chain in chains.registered() if _differs(chain.name)]
        for chain in chains.registered():
            sealing.open_epoch(chain)
        privileges.apply()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for name in broken:
        say(f"Chuỗi {name} khác đầu chuỗi giữ bên ngoài", f"chain {name} differs from the heads kept outside")
    return broken


def _differs(chain: str) -> bool:
    """Whether a link is not the one whose head was kept outside, by the backup or in this `var/`."""
    links = dict(Seal.objects.filter(chain=chain).values_list("number", "head"))
    return any(links.get(kept.number, kept.head) != kept.head for kept in heads.kept(chain))


def _proved(found: Checked) -> bool:
    """`ansinh verify` and `ansinh documents check`, as the application's role will run them."""
    roles = settings.DATABASE_ROLES
    surroundings = {
        **os.environ,
        **database.environment(str(connection.settings_dict["NAME"]), roles),
        "ANSINH_VAR": str(settings.VAR),
        "ANSINH_DOCUMENTS": str(settings.DOCUMENTS),
        "ANSINH_DATABASE_ROLE": database.APP,
    }
    whole = True
    for words in (["verify"], ["documents", "check"]):
        done = subprocess.run(  # noqa: S603 -- our own command
            [sys.executable, "-m", "ansinh.cli", *words], env=surroundings, stdout=sys.stderr, check=False
        )
        accepted = words[0] == "documents" and bool(found.files)
        whole = whole and (done.returncode == 0 or accepted)
    return whole
