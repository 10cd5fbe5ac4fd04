from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.web.staff.targets.scene import Targets


@pytest.fixture
def scene(transactional_db: None) -> Targets:
    """A province with measured figures and a decided plan of this year."""
    return Targets()


@pytest.fixture
def desk(scene: Targets, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Callable[..., Any]:
    """`desk("planning")`: a client signed in over the province, or over the unit given."""
    return lambda role="planning", unit=None: staff_client(user=officer(role, unit=unit or scene.province))
