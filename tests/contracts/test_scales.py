"""Con số của luật có kiểu: mypy knows each figure by its name in ``parameters.yaml`` and refuses any other."""

import re
from pathlib import Path

import pytest
from mypy import api

HERE = Path(__file__).parent
SETTINGS = """
[mypy]
strict = True
plugins = {plugin}
follow_imports = silent
mypy_path = {src}
"""

RULE = """
from ansinh.law.sickness.book import BOOK, SicknessScale
def rule(scale: SicknessScale) -> None:
    reveal_type(scale.rate)
    reveal_type(scale.base_salary)
    reveal_type(scale.cap_days)
    reveal_type(BOOK.on("2026-01-01").supposing(base_salary=1).half_day)
    scale.ratee
    BOOK.base_salry.on("2026-01-01")
    scale.supposing(base_salry=1)
    scale.highest_base_multiple
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scales")
    (folder / "mypy.ini").write_text(SETTINGS.format(plugin=HERE / "scales.py", src=HERE.parents[1] / "src"))
    (folder / "rule.py").write_text(RULE.strip())
    said, faults, _code = api.run(
        [
            "--config-file", str(folder / "mypy.ini"), "--cache-dir", str(folder / "cache"),
            "--no-error-summary", str(folder / "rule.py"),
        ]
    )  # fmt: skip
    assert not faults
    return [re.sub(r"^.*rule\.py:(\d+): ", r"\1 ", line) for line in said.splitlines()]


def test_a_figure_has_the_type_of_its_values(told):
    revealed = [line.partition("Revealed type is ")[2].strip('"') for line in told if "Revealed" in line]
    table = "ansinh.law.engine.parameters.Table[int, int]"
    assert revealed == ["fractions.Fraction", "int", table, "fractions.Fraction"]


def test_a_misspelt_figure_is_an_error(told):
    assert [line.partition("  [")[0] for line in told if "error" in line] == [
        '7 error: "SicknessScale" has no parameter "ratee"',
        '8 error: The book of "SicknessScale" has no parameter "base_salry"',
        '9 error: "SicknessScale" has no parameter "base_salry"',
        '10 error: "SicknessScale" has no parameter "highest_base_multiple"',
    ]
