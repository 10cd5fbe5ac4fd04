"""OpenFisca ở môi trường riêng: its numpy conflicts with ours, so it gets an environment under `var/`.

Who clicks in the measure *crowd* (locust) lives there too: nothing of it is needed by the product or its tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import figures

HOME = Path("var") / "bench-openfisca"
SCRIPT = Path(__file__).with_name("by_hand_openfisca.py")


def python() -> Path:
    """The interpreter of the bench's environment, made when it is not there: by uv, else by venv and pip."""
    folder = "Scripts" if os.name == "nt" else "bin"
    found = HOME / folder / "python"
    if _works(found):
        return found
    uv = shutil.which("uv") or next((str(p) for p in (Path(".uv/bin/uv"),) if p.exists()), None)
    if uv:
        locked = [uv, "sync", "--quiet", "--frozen", "--no-default-groups", "--group", "bench"]
        made = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(HOME.resolve())}
        made.pop("VIRTUAL_ENV", None)
        subprocess.run([*locked, "--no-install-project", "--python", sys.executable], env=made, check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(HOME)], check=True)
        pip = [str(found), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "openfisca-core>=43", "pyarrow>=20", "locust>=2.47"], check=True)
    return found


def run(facts: Path, answers: Path) -> dict[str, Any]:
    """Compute `facts` into `answers` (Parquet both); returns its seconds, CPU seconds and version."""
    law = facts.with_name("figures.json")
    law.write_text(json.dumps(figures.changes()))
    return told(SCRIPT, law, facts, answers)


def told(script: Path, *asked: Path | str) -> dict[str, Any]:
    """Run a rival with what it takes: what it tells of itself in its last line."""
    done = subprocess.run(
        [str(python()), str(script), *map(str, asked)], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _works(found: Path) -> bool:
    if not found.exists():
        return False
    asked = [str(found), "-c", "import locust, openfisca_core, pyarrow"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0
