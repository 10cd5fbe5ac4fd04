"""Trang vận hành và các tệp systemd: what they say is what the code has."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
# set by the product itself for its own processes, or of developers only
NOT_OPERATORS = {"ANSINH_DATABASE_ROLE", "ANSINH_DEBUG", "ANSINH_DEVELOPER", "ANSINH_CHROMIUM", "ANSINH_FUZZ"}


def test_every_variable_is_in_the_table() -> None:
    settings = (ROOT / "src/ansinh/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"((?:ANSINH|DATABASE)_\w+)"', settings))
    told = set(re.findall(r"`((?:ANSINH|DATABASE)_\w+)`", PAGE))
    assert len(read) > 20
    assert read - told - NOT_OPERATORS == set()


def test_every_alert_names_a_measure_there_is() -> None:
    source = (ROOT / "src/ansinh/office/watch/measured.py").read_text(encoding="utf-8")
    there = {f"ansinh_{name}" for name in re.findall(r'_(?:one|by)\(\s*"(\w+)"', source)}
    there |= {f"ansinh_request_seconds_{part}" for part in ("count", "bucket", "sum")}
    asked = set(re.findall(r"\bansinh_[a-z_]+", " ".join(re.findall(r'expr: "([^"]+)"', PAGE))))
    assert len(asked) > 8
    assert asked - there == set()


def test_every_command_it_names_is_there() -> None:
    from ansinh.cli import COMMANDS

    said = set(re.findall(r"(?:`ansinh|^run|bin/ansinh) ([a-z]+)", PAGE, flags=re.MULTILINE))
    assert {"backup", "restore", "verify"} <= said <= set(COMMANDS)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_the_units_are_right(tmp_path: Path) -> None:
    """As systemd reads them; the program stands elsewhere here."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/ansinh/bin/ansinh", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / unit.name for unit in UNITS)],
        capture_output=True,
        text=True,
    )
    ours = [line for line in done.stderr.splitlines() if "ansinh" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda u: u.name)
def test_a_unit_gives_the_process_no_more_than_it_needs(unit: Path) -> None:
    lines = set(unit.read_text(encoding="utf-8").splitlines())
    assert {
        "User=ansinh", "UMask=0077", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes",
        "CapabilityBoundingSet=", "PrivateTmp=yes", "PrivateDevices=yes", "SystemCallFilter=@system-service",
    } <= lines  # fmt: skip
    # another unit's server under the same account would lose its shared memory
    assert not any(line.startswith("RemoveIPC=") for line in lines)
