"""The doors' scene lives in a database of its own, built once a session and put back after every request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from psycopg import sql
from tests.web.doors.scene import Scene
from tests.web.doors.visits import Visitors

from ansinh.config import database


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What one test asks as everybody stays with one worker: the scene is built once for each of two."""
    for item in items:
        if "web/doors" in item.path.as_posix():
            asked = getattr(item, "originalname", item.name)
            item.add_marker(pytest.mark.xdist_group(f"doors-{item.path.stem}-{asked}"))


@pytest.fixture(scope="session")
def _scenery(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, Scene]]:
    """A copy of the empty test database with the scene in it, committed: a month's run reads only that."""
    whole = connection.settings_dict["NAME"]
    name = f"{whole}_doors"
    with django_db_blocker.unblock():
        _sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        _sql("CREATE DATABASE {} TEMPLATE {}", name, whole)
        try:
            with _Within(name):
                scene = Scene()
            yield name, scene
        finally:
            connection.close()
            _sql("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="module")
def _here(_scenery: tuple[str, Scene], django_db_blocker: Any) -> Iterator[Scene]:
    """Every connection of this module is to the scene."""
    name, scene = _scenery
    with django_db_blocker.unblock():
        within = _Within(name)
        within.__enter__()
    yield scene
    with django_db_blocker.unblock():
        within.__exit__()


@pytest.fixture
def scene(_here: Scene, db: None) -> Scene:
    return _here


@pytest.fixture
def visitors(scene: Scene) -> Visitors:
    return Visitors(scene)


class _Within:
    """Another database for Django's connection, for a while."""

    def __init__(self, name: str) -> None:
        self.name, self.before = name, str(connection.settings_dict["NAME"])

    def __enter__(self) -> None:
        self._go(self.name)

    def __exit__(self, *_: object) -> None:
        self._go(self.before)

    def _go(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name


def _sql(statement: str, *names: str) -> None:
    with database.as_owner(), connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*(sql.Identifier(n) for n in names)))
