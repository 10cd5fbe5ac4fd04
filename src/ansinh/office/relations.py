"""Quan hệ công bố của văn phòng: what other rooms read in sets of units and months of the books."""

from __future__ import annotations

from ansinh.kernel.relations import of_table

UNIT = of_table(
    "office_unit", "id", "kind", "code", "name", "name_sort", "parent_id", "path", "valid_from", "valid_to"
)
PERIOD = of_table("office_period", "unit_id", "month", "state")


def books_over(path: str) -> str:
    """Sổ của một cây đơn vị: the provinces with books above or below `path`, as an array in SQL.

    It is worked out once in a statement, so rows of other provinces' books are not read.
    """
    return f"""ARRAY(SELECT DISTINCT p.unit_id FROM {PERIOD} p JOIN {UNIT} b ON b.id = p.unit_id
        WHERE starts_with(b.path, {path}) OR starts_with({path}, b.path))"""
