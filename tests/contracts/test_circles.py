"""No two modules import each other, not even where nobody looks."""

from __future__ import annotations

from tests.contracts.circles import circles, sources

PLAN = "from ansinh.plan import Plan\n"


def test_no_circle_is_open_or_hidden() -> None:
    found = sources()
    assert len(found) > 500
    assert circles(found) == []


def test_a_circle_is_found_wherever_its_imports_stand() -> None:
    inside = "def make():\n    from ansinh import changes\n"
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ansinh.changes\n"
    longer = "from ansinh.more.steps import one\n"
    for plan, more in ((inside, ""), (typed, ""), (longer, "from ansinh.changes import x\n")):
        modules = {
            "ansinh": "",
            "ansinh.plan": plan,
            "ansinh.changes": PLAN,
            "ansinh.more": "",
            "ansinh.more.steps": more,
        }
        (circle,) = circles(modules)
        assert set(circle) >= {"ansinh.plan", "ansinh.changes"}
        assert circle[0] == circle[-1]


def test_a_package_and_its_modules_are_told_apart() -> None:
    modules = {"ansinh": "", "ansinh.a": "from ansinh.a.b import x\n", "ansinh.a.b": "import ansinh.c\n"}
    assert circles({**modules, "ansinh.c": "import json\n"}) == []
    assert circles({**modules, "ansinh.c": "from ansinh.a import x\n"}) != []
