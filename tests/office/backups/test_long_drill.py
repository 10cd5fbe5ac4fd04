"""The long drill (`make drill`): kills at every stage, damage, another major version, the demonstration."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.demo import test_command as demo
from tests.office.backups import scenes
from tests.office.backups.conftest import Saved
from tests.office.backups.scenes import ansinh, figures, surroundings
from tests.safety.servers import OLDEST, divided, scratch, system_servers

from ansinh.office.backups import manifest, place

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.django_db]
SERVERS = system_servers()

# stages of a restore, as the database shows them from outside
SIGNED = "SELECT to_regclass('public.ansinh_restoring') IS NOT NULL"
LOADED = "SELECT to_regclass('public.office_unit') IS NOT NULL"
REOPENED = "SELECT coalesce((SELECT max(epoch) > 1 FROM office_seal), false)"
GRANTED = "SELECT has_table_privilege('ansinh_app', 'office_unit', 'SELECT')"


def killed(at: dict[str, str], *words: str, when: Callable[[], bool]) -> bool:
    """Start a command, kill it when something is so; whether it was killed before it ended."""
    with subprocess.Popen(
        [sys.executable, "-m", "ansinh.cli", *words],
        env=at,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None and not when():
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "stage",
    [(SIGNED,), (LOADED,), (LOADED, REOPENED), (LOADED, REOPENED, GRANTED)],
    ids=["signed", "loaded", "reopened", "granted"],
)
def test_a_killed_restore_leaves_nothing_that_serves(
    saved: Saved, empty: dict[str, str], stage: tuple[str, ...]
) -> None:
    """Run again it starts from the beginning; into what is whole nothing is restored."""
    with psycopg.connect(empty["DATABASE_OWNER_URL"], autocommit=True) as owner:

        def so() -> bool:
            return all(owner.execute(query).fetchone() == (True,) for query in stage)

        assert killed(empty, "restore", str(saved.folder), when=so)
    refused = ansinh(empty, "serve", "--port", "1", code=1).stderr
    assert "khôi phục dở dang" in refused or "manage migrate" in refused
    aside = str(Path(empty["ANSINH_VAR"]).parent / "b")
    assert "khôi phục dở dang" in ansinh(empty, "backup", aside, code=1).stderr
    ansinh(empty, "restore", str(saved.folder))
    assert figures(empty) == saved.figures
    assert "không trống" in ansinh(empty, "restore", str(saved.folder), code=1).stderr


@pytest.mark.parametrize("file", ["", manifest.DATABASE, manifest.DOCUMENTS, manifest.FILE])
def test_a_killed_backup_is_not_taken_for_one(saved: Saved, tmp_path: Path, file: str) -> None:
    to = tmp_path / "to"
    if killed(saved.at, "backup", str(to), when=lambda: bool(list(to.glob(f".*.part/{file}")))):
        assert place.Place(to).backups == []
        assert "không có bản sao lưu" in ansinh(saved.at, "restore", str(to), "--check", code=1).stderr
    before = len(place.Place(to).backups)
    ansinh(saved.at, "backup", str(to))
    assert len(place.Place(to).backups) == before + 1
    assert not list(to.glob(".*.part"))
    ansinh(saved.at, "restore", str(to), "--check")


def test_a_missing_document_is_named_and_may_be_accepted(
    saved: Saved, empty: dict[str, str], tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(saved.folder, copy)
    where, backup = place.found(copy)
    digest = next(manifest.documents_of(backup))[0]
    where.files.remove(digest)
    assert digest in ansinh(empty, "restore", str(copy), "--check", code=1).stdout
    assert digest in ansinh(empty, "restore", str(copy), code=1).stderr
    with psycopg.connect(empty["DATABASE_OWNER_URL"]) as owner:
        tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        assert owner.execute(tables).fetchone() == (0,)
    without = {**empty, "ANSINH_SECRET_KEY": "x" * 50}
    assert "--despite keys" in ansinh(without, "restore", str(copy), "--despite", "files", code=1).stderr
    assert digest in ansinh(empty, "restore", str(copy), "--despite", "files").stderr
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


def test_from_the_oldest_server_to_the_embedded_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Another major version, other transaction numbers, roles of other names: the next month is the same."""
    if not SERVERS:
        pytest.skip(f"no Postgres server {OLDEST} or later is installed on this machine")
    folder = tmp_path_factory.mktemp("b")
    with scratch(SERVERS[min(SERVERS)]) as url:
        old = surroundings(folder / "old", **divided(url))
        ansinh(old, "manage", "migrate")
        before = figures(old, after=scenes.MADE)
        ansinh(old, "backup", str(folder / "to"))
        new = surroundings(folder / "new")
        ansinh(new, "restore", str(folder / "to"))
        assert manifest.read(place.found(folder / "to")[1]).server == min(SERVERS)
        assert figures(new) == before
        assert figures(new, after=scenes.NEXT) == figures(old, after=scenes.NEXT)
    assert "ĐỨT" not in ansinh(new, "verify").stdout


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the servers' own user reaches too, whatever other test runs do with theirs."""
    with tempfile.TemporaryDirectory(prefix="ansinh-") as found:
        yield Path(found)


def test_the_demonstration_lives_on_where_it_was_restored(folder: Path) -> None:
    """Two months of the small province, saved and restored; the third is the same on both sides."""
    former, restored = folder / "a", folder / "b"
    demo._run(former, "demo", "--no-serve", "--months", "2")
    demo._run(former, "backup", str(folder / "to"))
    demo._run(restored, "restore", str(folder / "to"))
    demo._run(restored, "documents", "check", "--deep")

    def lived(var: Path) -> dict[str, Any]:
        demo._run(var, "demo", "--no-serve", "--months", "3")
        found: dict[str, Any] = demo._figures(var)
        return found

    after = lived(former)
    assert lived(restored) == after
    assert len(after["periods"]) == 3
    assert "ĐỨT" not in demo._run(restored, "verify").stdout
