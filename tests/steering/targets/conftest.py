from __future__ import annotations

import pytest
from tests.steering.targets.desk import Province


@pytest.fixture
def lang_son(db):
    return Province()
