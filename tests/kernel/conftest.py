"""The kernel knows no record: these tests count with the table alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansinh.kernel import workdays


@pytest.fixture(autouse=True, scope="module")
def _nothing_announced() -> Iterator[None]:
    with workdays.supposing(workdays.NOTHING):
        yield
