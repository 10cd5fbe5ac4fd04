"""Máy thử thay đổi: it finds the changes that can be made, and a changed clause is noticed by a case."""

from pathlib import Path

from tests.mutants import sites

TEXT = '''
def rate(years: int) -> int:
    """Nothing said here is changed: 1."""
    if years < 15 and years != 3:
        raise ValueError(f"{years + 1}")
    return min(years * 2, 75)
'''


def changes(folder: Path) -> dict[str, sites.Mutant]:
    path = folder / "rule.py"
    path.write_text(TEXT)
    return {one.change: one for one in sites.mutants(path)}


def test_every_comparison_figure_and_choice_is_changed(tmp_path):
    assert set(changes(tmp_path)) == {
        "years < 15 and years != 3 → not (years < 15 and years != 3)",
        "years < 15 and years != 3 → years < 15 or years != 3",
        "years < 15 → years <= 15",
        "years != 3 → years == 3",
        "15 → 16", "15 → 14", "3 → 4", "3 → 2", "2 → 3", "2 → 1", "75 → 76", "75 → 74",
        "return min(years * 2, 75) → return None",
        "min(years * 2, 75) → max(years * 2, 75)",
        "years * 2 → years + 2",
    }  # fmt: skip


def test_a_change_takes_the_place_of_the_function(tmp_path):
    known: dict = {}
    exec(compile(TEXT, "rule.py", "exec"), known)  # noqa: S102 - the text above
    assert known["rate"](40) == 75
    known["rate"].__code__ = changes(tmp_path)["75 → 76"].code
    assert known["rate"](40) == 76
