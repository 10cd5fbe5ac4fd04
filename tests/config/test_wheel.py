"""The package without its optional parts: light, and every public case is computed there."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "tests" / "law" / "cases").glob("*.yaml"))
MOST_BYTES = 35_000_000  # 28.5 MB in November 2026: lxml 11.5, ansinh itself 6.2, holidays 4.8
OF_THE_OFFICE = ("django", "psycopg", "duckdb", "pyarrow", "typst", "xlsxwriter")

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own that holds the wheel and what it asks for, in the versions of this one."""
    work = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(work), cwd=ROOT)
    (wheel,) = work.glob("ansinh-*.whl")
    pins = work / "pins.txt"
    held = {one.metadata["Name"]: one.version for one in distributions()} | {"ansinh": ""}
    pins.write_text("".join(f"{name}=={version}\n" for name, version in held.items() if version))
    where = work / "home"
    uv = shutil.which("uv") or shutil.which(str(ROOT / ".uv" / "bin" / "uv"))
    venv.create(where, with_pip=uv is None)
    python = str(where / "bin" / "python")
    command = [python, "-m", "pip", "install"] if uv is None else [uv, "pip", "install", "--python", python]
    asked = [*command, "--quiet", "--constraint", str(pins), str(wheel)]
    # What was installed here lies in the cache of uv; only what is not there is fetched.
    if uv is None or subprocess.run([*asked, "--offline"], cwd=work, capture_output=True).returncode:
        _run(*asked, cwd=work)
    return where


def test_it_computes_every_public_case(home: Path) -> None:
    cases = "\n".join(path.read_text(encoding="utf-8") for path in CASES)
    said = _run(str(home / "bin" / "ansinh"), "calc", "--check", "-", stdin=cases, cwd=home)
    passed, _, rest = said.strip().splitlines()[-1].partition(" passed, ")
    assert rest == "0 failed"
    assert int(passed) == cases.count("\n- id: ") + cases.startswith("- id: ")
    assert _run(str(home / "bin" / "ansinh"), "law", "check", cwd=home).startswith("0 ")


def test_it_brings_nothing_of_the_office(home: Path) -> None:
    found = _run(
        str(home / "bin" / "python"),
        "-c",
        f"from importlib.util import find_spec; print([one for one in {OF_THE_OFFICE} if find_spec(one)])",
        cwd=home,
    )
    assert found.strip() == "[]"
    held = [path for path in (home / "lib").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    bytes_held = sum(path.stat().st_size for path in held if "/pip" not in str(path))
    assert bytes_held < MOST_BYTES, f"{bytes_held / 1e6:.1f} MB"


@pytest.mark.parametrize(
    ("command", "extra"), [("serve", "office"), ("verify", "office"), ("simulate", "columns")]
)
def test_a_command_of_another_part_names_what_to_install(home: Path, command: str, extra: str) -> None:
    done = subprocess.run([home / "bin" / "ansinh", command], capture_output=True, text=True, cwd=home)
    assert done.returncode == 2
    assert done.stdout == ""
    vi, en = done.stderr.strip().splitlines()
    assert f"pip install 'ansinh[{extra}]'" in vi
    assert f"pip install 'ansinh[{extra}]'" in en


def _run(*command: str, cwd: Path, stdin: str | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout
