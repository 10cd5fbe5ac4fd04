"""Rooms keep to their floors: imports go down only, the law needs no Django, nothing is read from outside."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", told.stdout)


def test_every_room_has_its_floor() -> None:
    """A new folder is named in the contract, or it would be bound by nothing."""
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.importlinter]")[2]
    rooms = {path.parent.name for path in (ROOT / "src" / "ansinh").glob("*/__init__.py")}
    assert rooms - {"config"} <= set(re.findall(r"ansinh\.(\w+)", contract))


def test_the_law_computes_where_django_is_not_installed() -> None:
    program = """
import sys
sys.modules["django"] = None
import ansinh.forms.official.c12, ansinh.kernel.workdays, ansinh.law.contributions.columns
from ansinh.law.calc import compute
facts = {"wages": [10_000_000], "region": "I"}
case = {"calculator": "contribution.compulsory", "as_of": "2026-07-01", "facts": facts}
print(compute(case).results["total"])
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert int(told.stdout) == 3_200_000


def test_the_product_carries_its_own_data() -> None:
    beyond = re.compile(r"\.\./shared|(?<!\w)/(?:home|root|work)/")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "src").rglob("*")
        if path.suffix in {".py", ".yaml", ".toml", ".html", ".typ"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if beyond.search(line)
    ]
    assert found == []
