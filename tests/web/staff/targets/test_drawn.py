"""Rows of progress as bars and tiles."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

from ansinh.steering.targets.pace import Status
from ansinh.web.staff.targets.drawn import bar_of, groups_of


def progress(kind="commune", office="BHXH cơ sở A", status=Status.BEHIND):
    indicator = SimpleNamespace(name_en="Health", short_vi="BHYT", get_measure_display=lambda: "người")
    unit = SimpleNamespace(name="Xã X", kind=kind, parent=SimpleNamespace(name=office))
    return SimpleNamespace(
        unit=unit,
        indicator=indicator,
        actual=50,
        target=100,
        share=Fraction(1, 2),
        expected=Fraction(60),
        status=status,
    )


def test_rows_of_progress_become_bars_and_tiles():
    bar = bar_of(progress(), by="indicator")
    assert (bar.label, bar.value, bar.due, bar.colour) == ("BHYT", "50 / 100 người", Fraction(3, 5), "red")
    assert bar_of(progress(status=Status.REACHED), english=True).status == "Target reached"
    groups = groups_of([progress(), progress(), progress(office="B"), progress(kind="base_office")])
    assert [(g.name, len(g.tiles)) for g in groups] == [("BHXH cơ sở A", 2), ("B", 1)]
