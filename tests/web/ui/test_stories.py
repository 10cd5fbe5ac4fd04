"""Every component has a story, and every story can be drawn without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansinh.web import ui
from ansinh.web.staff.stories import pages as stories

COMPONENTS = Path(ui.__file__).parent.parent / "templates" / "cotton"


def test_each_component_has_a_story() -> None:
    parts = {"summary-row"}  # drawn inside the story of the component they belong to
    made = {path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html")}
    assert made - parts == set(stories.NAMES)


@pytest.mark.django_db
def test_stories_are_drawn(staff_client: Callable[..., Any]) -> None:
    client = staff_client("collection")
    for name in stories.NAMES:
        answer = client.get("/ui/", {"only": name})
        text = answer.content.decode()
        assert f'data-story="{name}"' in text
        assert "<c-" not in text.split("<pre>")[0].split(f'data-story="{name}"')[1], name
        assert "{{" not in text.split("<pre>")[0], name
