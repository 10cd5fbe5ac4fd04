from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery
from tests.safety.processes import Child


@pytest.fixture
def var(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Path]:
    """A folder for files of the record, for this process and for the children it starts."""
    settings.VAR = tmp_path
    settings.DOCUMENTS = ""  # below VAR, as for the children
    yield tmp_path
    Child.end_all()


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


@pytest.fixture
def desk(scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Callable[..., Any]:
    """`desk("collection")`: a client signed in over the scene's province."""
    return lambda role: staff_client(user=officer(role, unit=scene.province))
