"""Sao lưu: the record at one moment, and every file it names.

One snapshot serves pg_dump and the manifest. Documents are copied after it: they are only ever added, and
before the row that names them is committed, so each one the snapshot names is there. The heads of the chains
are those kept outside the database, up to the snapshot's last links.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, NamedTuple

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from ansinh.config import database
from ansinh.office.backups import keys, last, manifest, programs
from ansinh.office.backups.errors import BackupError
from ansinh.office.backups.manifest import Input, Manifest, Part
from ansinh.office.backups.place import Place, room
from ansinh.office.backups.telling import bar, say, size
from ansinh.office.backups.unfinished import is_unfinished
from ansinh.office.chain import heads
from ansinh.office.documents import stores
from ansinh.office.documents.limits import DocumentError
from ansinh.office.runs import inputs
from ansinh.office.runs.models import Run

PIECE = 1024 * 1024
NEW_FILE = 4096  # what a file takes beside its bytes
SHARE = 2  # a dump is compressed: tables of numbers take far less than half of their size

SERVER = """
SELECT current_setting('server_version_num')::int / 10000,
       (SELECT system_identifier FROM pg_control_system()),
       pg_database_size(current_database()),
       (SELECT coalesce(sum(pg_table_size(oid)), 0) FROM pg_class WHERE relkind = 'r')
"""
TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
ORDER BY 1
"""
OWNS = """
SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class
WHERE relkind IN ('r', 'p', 'S') AND relnamespace = 'public'::regnamespace
"""
LAST_LINKS = "SELECT chain, max(number) FROM office_seal GROUP BY 1"


class Taken(NamedTuple):
    """Đã sao lưu: where it is, and files that the record names and the store has not, or has changed."""

    folder: Path
    size: int
    missing: list[str]


class Server(NamedTuple):
    """Máy chủ: major version, its own number, bytes of the database with its indexes and without."""

    major: int
    system: str
    size: int
    tables: int


class Held(NamedTuple):
    """Tệp đã giữ: how many the record names, their bytes, and those that could not be kept."""

    number: int
    size: int
    missing: list[str]


def take(place: Place) -> Taken:
    """Sao lưu vào một nơi: whole, or nothing is left of it but files it copied.

    Raises BackupError with what stands in the way: ``backup.unfinished``, ``backup.not_owner``,
    ``backup.program``, ``backup.room``, ``backup.dump``.
    """
    if is_unfinished():
        raise BackupError(
            "Cơ sở dữ liệu đang khôi phục dở dang, không sao lưu được",
            "A restore into this database is not finished: there is nothing to back up",
            code="backup.unfinished",
        )
    with _snapshot() as (moment, name), place.new() as folder:
        if not _row(moment, OWNS)[0]:
            raise BackupError(
                "Sao lưu cần vai chủ cơ sở dữ liệu: hãy đặt DATABASE_OWNER_URL",
                "A backup needs the role that owns the database: set DATABASE_OWNER_URL",
                code="backup.not_owner",
            )
        server = Server(*_row(moment, SERVER))
        program, major = programs.fitting("pg_dump", least=server.major)
        room(place.root, _needed(place, server))
        say(f"Cơ sở dữ liệu {size(server.size)}", f"database of {size(server.size)}")
        dumped = _dumped(folder / manifest.DATABASE, program, name, server)
        rows = _counted(moment)
        documents = _documents(moment, place, folder)
        kept = _inputs(moment, place)
        lines = _heads(moment, folder)
        names = [manifest.DOCUMENTS, *lines]
        manifest.write(
            folder,
            Manifest(
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                version=version("ansinh"),
                profile=settings.PROFILE,
                server=server.major,
                program=major,
                system=str(server.system),
                database_bytes=server.size,
                migrations=[
                    ".".join(row)
                    for row in moment.execute("SELECT app, name FROM django_migrations ORDER BY id")
                ],
                tables=rows,
                parts=[dumped, *(manifest.part_of(folder, part) for part in names)],
                documents=documents.number,
                documents_bytes=documents.size,
                store=str(settings.DOCUMENTS) if in_bucket() else "",
                missing=documents.missing,
                inputs=kept,
                heads=lines,
                keys=keys.prints(),
                left_out=_left_out(),
            ),
        )
    whole = place.backups[-1]
    with suppress(OSError):  # a backup may be taken where var/ cannot be written to
        last.remember(size=dumped.size, missing=len(documents.missing))
    return Taken(whole, dumped.size, documents.missing)


def in_bucket() -> bool:
    """Whether documents are kept in a bucket, which has its own copies."""
    return str(settings.DOCUMENTS).startswith("s3://")


@contextmanager
def _snapshot() -> Any:
    """A transaction of the owner that sees one moment, and the name by which pg_dump sees the same."""
    with psycopg.connect(database.libpq(owners())) as moment:
        moment.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (name,) = _row(moment, "SELECT pg_export_snapshot()")
        yield moment, str(name)


def owners() -> dict[str, Any]:
    """How the owner reaches the database this process works with."""
    roles: dict[str, dict[str, Any]] = settings.DATABASE_ROLES
    return {**roles[database.OWNER], "NAME": connection.settings_dict["NAME"]}


def _row(moment: psycopg.Connection, query: str) -> tuple[Any, ...]:
    return moment.execute(query).fetchone() or ()


def _needed(place: Place, server: Server) -> int:
    """Bytes the backup will take, about: by the last one's dump where there is one."""
    before = place.backups[-1] / manifest.DATABASE if place.backups else None
    dump = before.stat().st_size * 5 // 4 if before and before.exists() else server.tables // SHARE
    fresh = 0
    if not in_bucket():
        store = stores.current()
        fresh = sum(
            (store.size(digest) or 0) + NEW_FILE
            for digest, _age in store.digests()
            if place.files.size(digest) is None
        )
    return dump + fresh


def _dumped(file: Path, program: Path, snapshot: str, server: Server) -> Part:
    """The database as pg_dump writes it, its digest taken on the way."""
    told, written = sha256(), 0
    command = [str(program), "--format=custom", "--compress=1", f"--snapshot={snapshot}", "--no-password"]
    with (
        subprocess.Popen(  # noqa: S603 -- a path we found, words of ours
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=programs.environment(owners())
        ) as process,
        file.open("wb") as out,
        bar(manifest.DATABASE, server.tables // SHARE) as shown,
    ):
        if process.stdout is None or process.stderr is None:
            raise RuntimeError("pg_dump without its streams")
        try:
            while piece := process.stdout.read(PIECE):
                out.write(piece)
                told.update(piece)
                written += len(piece)
                shown.update(len(piece))
        except BaseException:
            process.kill()
            raise
        said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise BackupError(
            f"pg_dump không sao lưu được cơ sở dữ liệu: {_first(said)}",
            f"pg_dump could not save the database: {_first(said)}",
            code="backup.dump",
        )
    return Part(file.name, written, told.hexdigest())


def _first(said: str) -> str:
    """The first line of what a program said that is an error of its own."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if "error" in line), lines[0] if lines else "?")


def _counted(moment: psycopg.Connection) -> dict[str, int]:
    """Rows of every table at the moment: a restore counts them again."""
    tables = [name for (name,) in moment.execute(TABLES).fetchall()]
    count = sql.SQL("SELECT count(*) FROM {}")
    found = {}
    for table in tables:
        row = moment.execute(count.format(sql.Identifier("public", table))).fetchone()
        found[table] = int(row[0]) if row else 0
    return found


def _documents(moment: psycopg.Connection, place: Place, folder: Path) -> Held:
    """Every document the record names, into the place's files where it is not there yet."""
    count = total = copied = 0
    missing: list[str] = []
    with moment.cursor("documents") as rows, (folder / manifest.DOCUMENTS).open("w", encoding="ascii") as out:
        rows.execute("SELECT digest, size FROM office_document ORDER BY id")
        for digest, length in rows:
            out.write(f"{digest} {length}\n")
            count, total = count + 1, total + length
            if in_bucket() or place.files.size(digest) == length:
                continue
            if _copied(place, digest, partial(_document, digest)):
                copied += 1
            else:
                missing.append(digest)
    say(
        f"{count} tài liệu, {copied} tài liệu mới chép" + (f", THIẾU {len(missing)}" if missing else ""),
        f"{count} documents, {copied} copied now" + (f", {len(missing)} MISSING" if missing else ""),
    )
    return Held(count, total, missing)


def _document(digest: str) -> IO[bytes]:
    store = stores.current()
    if not isinstance(store, stores.Folder):
        raise TypeError("documents are not in a folder")
    return store.path(digest).open("rb")


def _copied(place: Place, digest: str, source: Callable[[], IO[Any]]) -> bool:
    """Copy what has this digest; False where it is not there, or not what it was."""
    try:
        with source() as opened:
            place.files.put(digest, opened)  # type: ignore[arg-type]
    except (FileNotFoundError, DocumentError):
        return False
    return True


def _inputs(moment: psycopg.Connection, place: Place) -> list[Input]:
    """What runs froze and is still kept, for the moment's runs; what is gone meanwhile is not needed."""
    (most,) = _row(moment, "SELECT coalesce(max(id), 0) FROM office_run")
    found = []
    for run in Run.objects.filter(pk__lte=most).exclude(frozen={}).select_related("unit").order_by("pk"):
        where = next((f for f in (inputs.folder_of(run), inputs.archive_of(run)) if f.is_dir()), None)
        if where is None:
            continue
        for name, facts in run.frozen.get("files", {}).items():
            file, digest = where / f"{name}.parquet", str(facts["sha256"])
            if not file.is_file():
                continue
            length = file.stat().st_size
            if place.files.size(digest) == length or _copied(place, digest, partial(file.open, "rb")):
                found.append(Input(str(file.relative_to(settings.VAR)), length, digest))
    say(f"{len(found)} tệp đầu vào của các lượt chạy", f"{len(found)} files of inputs of runs")
    return found


def _heads(moment: psycopg.Connection, folder: Path) -> list[str]:
    """The heads kept outside, up to the moment's last links; names of the files."""
    names = []
    for chain, most in moment.execute(LAST_LINKS).fetchall():
        with suppress(FileNotFoundError):
            lines = heads.path(chain).read_text(encoding="utf-8").splitlines()
            told = [line for line in lines if line.strip() and int(line.split()[0]) <= most]
            target = folder / "heads" / f"{chain}.txt"
            target.parent.mkdir(mode=0o700, exist_ok=True)
            target.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
            names.append(f"heads/{chain}.txt")
    return names


def _left_out() -> list[str]:
    """What a backup does not hold, said in it."""
    out = [
        "khóa ANSINH_SECRET_KEY, ANSINH_FIELD_KEYS và mọi biến môi trường / keys and the environment",
        "các vai của máy chủ cơ sở dữ liệu và mật khẩu của họ / roles of the server and their passwords",
        "nhật ký vận hành, tệp tải lên dở dang / the log, uploads under way",
    ]
    if in_bucket():
        out.append(f"tài liệu trong kho {settings.DOCUMENTS} / documents in the bucket")
    return out
