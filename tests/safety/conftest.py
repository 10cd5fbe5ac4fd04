from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery


@pytest.fixture
def var(settings: Any, tmp_path: Path) -> Path:
    """A folder for files of the record, for this process and for the children it starts."""
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


@pytest.fixture
def desk(scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Callable[..., Any]:
    """`desk("collection")`: a client signed in over the scene's province."""
    return lambda role: staff_client(user=officer(role, unit=scene.province))
