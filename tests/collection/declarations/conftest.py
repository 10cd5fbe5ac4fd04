from __future__ import annotations

import pytest
from tests.collection.declarations.scenery import Scenery


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()
