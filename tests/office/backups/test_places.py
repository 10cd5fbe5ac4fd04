"""Where a backup may not go, said before anything is written; keys; programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansinh.office.backups import keys, place, programs
from ansinh.office.backups.errors import BackupError
from ansinh.office.documents.stores import Folder


@pytest.fixture(autouse=True)
def var(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path / "var"
    settings.DOCUMENTS = str(tmp_path / "documents")
    settings.VAR.mkdir()
    (tmp_path / "documents").mkdir()
    return tmp_path / "var"


def refused(root: Path) -> str:
    with pytest.raises(BackupError) as raised, place.opened(root):
        pass
    return raised.value.code


def test_not_inside_what_it_saves(var: Path, tmp_path: Path) -> None:
    assert refused(var / "backups") == "backup.inside"
    assert refused(tmp_path / "documents" / "b") == "backup.inside"
    (tmp_path / "link").symlink_to(var)
    assert refused(tmp_path / "link" / "b") == "backup.inside"
    assert refused(tmp_path) == "backup.not_empty"  # var/ lies in it


def test_not_where_something_else_lies(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("x")
    assert refused(other) == "backup.not_empty"
    assert [found.name for found in other.iterdir()] == ["letter.txt"]
    assert refused(other / "letter.txt") == "backup.not_empty"


def test_not_where_nothing_can_be_written() -> None:
    assert refused(Path("/proc/ansinh")) == "backup.read_only"


def test_not_without_room(tmp_path: Path) -> None:
    with pytest.raises(BackupError) as raised:
        place.room(tmp_path / "not" / "there", 2**60)
    assert raised.value.code == "backup.room"


def test_one_at_a_time(tmp_path: Path) -> None:
    with place.opened(tmp_path / "b"):
        assert refused(tmp_path / "b") == "backup.busy"
    with place.opened(tmp_path / "b") as found:
        assert found.backups == []


def test_keys_lie_elsewhere(settings: Any, var: Path, tmp_path: Path) -> None:
    settings.SECRET_KEY, settings.FIELD_KEYS = 'a"$b`c\\d', ["eins", "zwei"]
    (tmp_path / "b").mkdir()
    for beside in (tmp_path / "b" / "keys", var / "keys"):
        with pytest.raises(BackupError) as raised:
            keys.write(beside, away_from=tmp_path / "b")
        assert raised.value.code == "backup.keys_beside"
    file = tmp_path / "keys"
    for _ in range(2):  # the same keys again are no reason to complain
        keys.write(file, away_from=tmp_path / "b")
    assert file.read_text() == 'ANSINH_SECRET_KEY="a\\"\\$b\\`c\\\\d"\nANSINH_FIELD_KEYS="eins,zwei"\n'
    assert file.stat().st_mode & 0o777 == 0o600
    settings.FIELD_KEYS = ["drei"]
    with pytest.raises(BackupError) as raised:
        keys.write(file, away_from=tmp_path / "b")
    assert raised.value.code == "backup.keys_there"


def test_which_keys_are_needed(settings: Any) -> None:
    """With keys for fields the other one only signs sessions; without them the fields' follow from it."""
    settings.SECRET_KEY, settings.FIELD_KEYS = "a" * 50, ["eins"]
    with_fields = keys.prints()
    settings.SECRET_KEY = "b" * 50
    assert keys.missing(with_fields) == []
    settings.FIELD_KEYS = ["zwei", "eins"]
    assert keys.missing(with_fields) == []
    settings.FIELD_KEYS = []
    assert keys.missing(with_fields) == [keys.fingerprint("eins")]
    derived = keys.prints()
    settings.SECRET_KEY = "c" * 50
    assert keys.missing(derived) == [keys.fingerprint("b" * 50)]
    assert "eins" not in repr(with_fields)


def test_the_oldest_program_that_fits_the_server() -> None:
    program, major = programs.fitting("pg_dump", least=18)
    assert major >= 18
    assert program.exists()
    assert programs.fitting("pg_dump", least=15)[1] <= major
    with pytest.raises(BackupError) as raised:
        programs.fitting("pg_dump", least=99)
    assert raised.value.code == "backup.program"
    assert "99" in str(raised.value)


def test_a_password_stands_in_no_list_of_processes() -> None:
    found = programs.environment(
        {"HOST": "db", "PORT": "5433", "USER": "chu", "PASSWORD": "bi-mat", "NAME": "an", "OPTIONS": {"sslmode": "require"}}
    )  # fmt: skip
    assert (found["PGHOST"], found["PGPASSWORD"], found["PGSSLMODE"]) == ("db", "bi-mat", "require")
    assert found["PGDATABASE"] == "an"


def test_the_newest_are_kept(tmp_path: Path) -> None:
    where = place.Place(tmp_path)
    assert isinstance(where.files, Folder)
    assert place.NAME.fullmatch("20261201T021500Z-2")
    assert not place.NAME.fullmatch(".20261201T021500Z.part")
