"""Sao lưu rồi khôi phục: the record comes back whole, and the next month is to the dong what it would have been."""

from __future__ import annotations

import json
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql
from tests.office.backups import scenes
from tests.office.backups.scenes import ansinh, figures, script, surroundings

from ansinh.config import database
from ansinh.office.backups import manifest, place

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backups")]


class Saved(NamedTuple):
    """Một bộ sổ đã sao lưu: its own process' variables, where the backup is, and what it said."""

    at: dict[str, str]
    folder: Path
    figures: dict[str, object]

    @property
    def backup(self) -> Path:
        return place.Place(self.folder).backups[-1]


def _owner() -> psycopg.Connection:
    return psycopg.connect(
        database.libpq({**settings.DATABASE_ROLES[database.OWNER], "NAME": "postgres"}), autocommit=True
    )


def _fresh(name: str, *, copy_of: str = "template1") -> dict[str, str]:
    """A database of the tests' server, made anew; how a process reaches it."""
    with _owner() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(copy_of))
        )
    return database.environment(name, settings.DATABASE_ROLES)


@pytest.fixture(scope="module")
def names(django_db_setup: None) -> Iterator[list[str]]:
    """Databases of this module, beside the tests' own; all of them go."""
    base = str(connection.settings_dict["NAME"])
    found = [f"{base}_saved", f"{base}_empty"]
    yield found
    with _owner() as server:
        for name in found:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def saved(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A small set of books, a month run, and its backup."""
    folder, template = tmp_path_factory.mktemp("saved"), str(connection.settings_dict["TEST"]["TEMPLATE"])
    at = surroundings(folder / "var", **_fresh(names[0], copy_of=template))
    script(at, scenes.MADE)
    ansinh(at, "backup", str(folder / "backups"), "--keys", str(folder / "keys"))
    return Saved(at, folder / "backups", figures(at))


@pytest.fixture
def empty(names: list[str], tmp_path: Path) -> dict[str, str]:
    """An empty database and an empty `var/`."""
    return surroundings(tmp_path / "var", **_fresh(names[1]))


def test_what_is_restored_goes_on_as_if_nothing_had_been(saved: Saved, empty: dict[str, str]) -> None:
    done = ansinh(empty, "restore", str(saved.folder))
    # it proves itself: chains, balance and documents
    assert "mọi bút toán cân" in done.stderr
    assert "ĐỨT" not in done.stderr
    assert figures(empty) == saved.figures
    script(saved.at, scenes.NEXT)
    script(empty, scenes.NEXT)
    after = figures(saved.at)
    assert figures(empty) == after
    assert len(after["dues"]) > len(saved.figures["dues"]) + 5, "nothing was posted for the month before"
    assert "ĐỨT" not in ansinh(empty, "verify").stdout
    # into what is no longer empty nothing is restored
    again = ansinh(empty, "restore", str(saved.folder), code=1)
    assert "không trống" in again.stderr


def test_a_killed_restore_leaves_nothing_that_serves(saved: Saved, empty: dict[str, str]) -> None:
    """Killed when the rows are in and the rest is not; run again it starts from the beginning."""
    with subprocess.Popen(
        [sys.executable, "-m", "ansinh.cli", "restore", str(saved.folder)],
        env=empty, stderr=subprocess.PIPE, text=True,
    ) as killed:  # fmt: skip
        assert killed.stderr
        with psycopg.connect(empty["DATABASE_OWNER_URL"], autocommit=True) as owner:
            while owner.execute("SELECT to_regclass('public.office_unit') IS NULL").fetchone() == (True,):
                assert killed.poll() is None, killed.stderr.read()
                time.sleep(0.01)
        killed.send_signal(signal.SIGKILL)
    refused = ansinh(empty, "serve", "--port", "1", code=1)
    assert "khôi phục dở dang" in refused.stderr or "manage migrate" in refused.stderr
    assert (
        "khôi phục dở dang"
        in ansinh(empty, "backup", str(Path(empty["ANSINH_VAR"]).parent / "b"), code=1).stderr
    )
    ansinh(empty, "restore", str(saved.folder))
    assert figures(empty)["documents"] == 3


def test_what_a_backup_is_made_of(saved: Saved) -> None:
    told = manifest.read(saved.backup)
    assert told.documents == 3
    assert told.missing == []
    assert told.tables["office_document"] == 3
    assert len(told.inputs) > 3
    assert "heads/ledger_entry.txt" in told.heads
    # nobody but this user reads it, and no key lies in it
    secret = settings.DEFAULT_SECRET.encode()
    for found in [saved.folder, *saved.folder.rglob("*")]:
        mode = stat.S_IMODE(found.stat().st_mode)
        assert mode == (0o700 if found.is_dir() else 0o600), found
        assert found.is_dir() or secret not in found.read_bytes()
    keys = saved.folder.parent / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert settings.DEFAULT_SECRET in keys.read_text()


def test_a_damaged_backup_is_refused_before_anything_is_touched(
    saved: Saved, empty: dict[str, str], tmp_path: Path
) -> None:
    """Each kind of damage is named; a document that is gone may be accepted, and is said all the same."""
    copy = tmp_path / "copy"
    shutil.copytree(saved.folder, copy)
    backup = place.Place(copy).backups[-1]

    def refused(words: str, *more: str) -> None:
        assert words in ansinh(empty, "restore", str(copy), *more, code=1).stderr
        with psycopg.connect(empty["DATABASE_OWNER_URL"]) as owner:
            assert owner.execute(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            ).fetchone() == (0,)

    dump, whole = backup / manifest.DATABASE, (backup / manifest.DATABASE).read_bytes()
    dump.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    refused(manifest.DATABASE)
    dump.write_bytes(whole)
    kept, other = (backup / manifest.FILE).read_text(), json.loads((backup / manifest.FILE).read_text())
    other["body"]["documents"] = 2
    (backup / manifest.FILE).write_text(json.dumps(other))
    refused("đã bị thay đổi")
    (backup / manifest.FILE).write_text(kept)
    assert (
        "ANSINH_FIELD_KEYS"
        in ansinh({**empty, "ANSINH_SECRET_KEY": "x" * 50}, "restore", str(copy), code=1).stderr
    )

    digest = next(manifest.documents_of(backup))[0]
    place.Place(copy).files.remove(digest)
    refused(digest)
    assert digest in ansinh(empty, "restore", str(copy), "--check", code=1).stdout
    done = ansinh(empty, "restore", str(copy), "--despite", "files")
    assert digest in done.stderr
    assert digest in ansinh(empty, "documents", "check", code=1).stdout


def test_a_later_backup_copies_what_is_new_and_names_what_the_store_has_lost(
    saved: Saved, tmp_path: Path
) -> None:
    """Also after one that was killed, of which nothing is taken for a backup; the older ones go when asked."""
    copy = tmp_path / "copy"
    shutil.copytree(saved.folder, copy)
    where = place.Place(copy)
    before = {digest: where.files.path(digest).stat().st_mtime_ns for digest, _ in where.files.digests()}
    half = copy / ".20260101T000000Z.part"
    half.mkdir()
    shutil.copy(where.backups[-1] / manifest.FILE, half)
    documents = Path(saved.at["ANSINH_VAR"]) / "documents"
    lost = next(found for found in documents.rglob("*") if found.is_file())
    aside = lost.rename(tmp_path / lost.name)
    try:
        assert ansinh(saved.at, "backup", str(copy)).stderr.count("THIẾU") == 0, "the place has it still"
        assert not half.exists()
        where.files.remove(lost.name)
        told = ansinh(saved.at, "backup", str(copy), "--keep", "2", code=1)
    finally:
        aside.rename(lost)
    assert lost.name in told.stderr
    assert manifest.read(where.backups[-1]).missing == [lost.name]
    assert len(where.backups) == 2
    after = {digest: where.files.path(digest).stat().st_mtime_ns for digest, _ in where.files.digests()}
    assert {d: t for d, t in after.items() if d in before} == {
        d: t for d, t in before.items() if d != lost.name
    }


def test_a_killed_backup_is_not_taken_for_one(saved: Saved, tmp_path: Path) -> None:
    to = tmp_path / "to"
    with subprocess.Popen(
        [sys.executable, "-m", "ansinh.cli", "backup", str(to)], env=saved.at, stderr=subprocess.DEVNULL
    ) as killed:
        while not list(to.glob(".*.part/database.dump")):
            assert killed.poll() is None
            time.sleep(0.005)
        killed.send_signal(signal.SIGKILL)
    assert place.Place(to).backups == []
    assert "không có bản sao lưu" in ansinh(saved.at, "restore", str(to), code=1).stderr
    ansinh(saved.at, "backup", str(to))
    assert len(place.Place(to).backups) == 1
    assert not list(to.glob(".*.part"))


def test_the_metrics_know_when(saved: Saved) -> None:
    told: dict[str, Any] = json.loads((Path(saved.at["ANSINH_VAR"]) / "backup.json").read_text())
    assert abs(told["finished"] - time.time()) < 3600
