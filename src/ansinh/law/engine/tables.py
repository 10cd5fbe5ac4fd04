"""Hàm lập bảng: a function of a few codes and months, worked out beforehand for every value they may take.

A clause that sums over months or walks a ladder of ages is easier to read as a loop than as one expression.
Columns need no expression of it: its keys have few values, so it becomes one column of a joined table.
"""

from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


def tabulated(function: Callable[P, int]) -> Callable[P, int]:
    """Cho phép lập bảng: `function(key, …, scale)` from whole numbers of key columns to a whole one.

    Called as it stands it is the function it is. It may read the figures of `scale` but not its day: between
    two changes of the law it is worked out once.
    """
    function.is_tabulated = True  # type: ignore[attr-defined]
    return function


def is_tabulated(function: object) -> bool:
    """Whether a function was marked `tabulated`."""
    return getattr(function, "is_tabulated", False)
