"""A small set of books with its backup, and an empty place to restore into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql
from tests.office.backups import scenes
from tests.office.backups.scenes import ansinh, figures, surroundings

from ansinh.config import database
from ansinh.office.backups import place


class Saved(NamedTuple):
    """Một bộ sổ đã sao lưu: its own process' variables, where the backup is, and what it said."""

    at: dict[str, str]
    folder: Path
    figures: dict[str, Any]

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
    said = figures(at, after=scenes.MADE)
    ansinh(at, "backup", str(folder / "backups"), "--keys", str(folder / "keys"))
    return Saved(at, folder / "backups", said)


@pytest.fixture
def empty(names: list[str], tmp_path: Path) -> dict[str, str]:
    """An empty database and an empty `var/`."""
    return surroundings(tmp_path / "var", **_fresh(names[1]))
