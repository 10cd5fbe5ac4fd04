from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery

from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account


@pytest.fixture
def scene(transactional_db: None) -> Scenery:
    """A small office; the chart of accounts again, which the flush between tests takes away."""
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    return Scenery()


@pytest.fixture
def desk(scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Callable[..., Any]:
    """`desk("collection")`: a client signed in over the scene's province."""
    return lambda role: staff_client(user=officer(role, unit=scene.province))
