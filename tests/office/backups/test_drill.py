"""Sao lưu rồi khôi phục: the record comes back whole, and the next month is to the dong what it would have been.

What takes longer, kills and other servers, is in `test_long_drill.py`, for `make drill`.
"""

from __future__ import annotations

import json
import shutil
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from tests.office.backups import scenes
from tests.office.backups.conftest import Saved
from tests.office.backups.scenes import ansinh, figures

from ansinh.config.settings import DEFAULT_SECRET
from ansinh.office.backups import checking, manifest, place
from ansinh.office.backups.errors import BackupError

# a database of its own run gives the names of those that are made here
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("backups")]


def test_what_is_restored_goes_on_as_if_nothing_had_been(saved: Saved, empty: dict[str, str]) -> None:
    done = ansinh(empty, "restore", str(saved.folder))
    # it proves itself: chains, balance and documents
    assert "mọi bút toán cân" in done.stderr
    assert "ĐỨT" not in done.stderr
    assert "3 tài liệu / documents" in done.stderr
    restored, former = (figures(at, before=True, after=scenes.NEXT) for at in (empty, saved.at))
    assert restored["before"] == saved.figures
    assert restored == former
    assert len(restored["dues"]) > len(saved.figures["dues"]) + 5, "nothing was posted for the month before"


def test_what_a_backup_is_made_of(saved: Saved) -> None:
    told = manifest.read(saved.backup)
    assert told.documents == 3
    assert told.missing == []
    assert told.tables["office_document"] == 3
    assert len(told.inputs) > 3
    assert "heads/ledger_entry.txt" in told.heads
    # nobody but this user reads it, and no key lies in it
    secret = DEFAULT_SECRET.encode()
    for found in [saved.folder, *saved.folder.rglob("*")]:
        mode = stat.S_IMODE(found.stat().st_mode)
        assert mode == (0o700 if found.is_dir() else 0o600), found
        assert found.is_dir() or secret not in found.read_bytes()
    keys = saved.folder.parent / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert DEFAULT_SECRET in keys.read_text()


def test_damage_is_named_before_anything_is_touched(saved: Saved, tmp_path: Path, settings: Any) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(saved.folder, copy)
    where, backup = place.found(copy)
    assert where.root == copy

    def refused() -> str:
        with pytest.raises(BackupError) as raised:
            checking.check(where, backup)
        return str(raised.value)

    dump, whole = backup / manifest.DATABASE, (backup / manifest.DATABASE).read_bytes()
    dump.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert manifest.DATABASE in refused()
    dump.unlink()
    assert manifest.DATABASE in refused()
    dump.write_bytes(whole)
    told = (backup / manifest.FILE).read_text()
    other = json.loads(told)
    other["body"]["documents"] = 2
    for changed in (json.dumps(other), told[: len(told) // 2], ""):
        (backup / manifest.FILE).write_text(changed)
        assert manifest.FILE in refused()
    (backup / manifest.FILE).write_text(told)

    lost, torn = [digest for digest, _ in manifest.documents_of(backup)][:2]
    where.files.remove(lost)
    where.files.path(torn).write_bytes(b"x")
    found = checking.check(where, backup)
    assert sorted(found.files) == sorted([lost, torn])
    assert found.keys == []
    settings.SECRET_KEY = "x" * 50
    assert checking.check(where, backup).keys == list(found.manifest.keys.needed)


def test_the_metrics_know_when(saved: Saved) -> None:
    told: dict[str, Any] = json.loads((Path(saved.at["ANSINH_VAR"]) / "backup.json").read_text())
    assert abs(told["finished"] - time.time()) < 3600
