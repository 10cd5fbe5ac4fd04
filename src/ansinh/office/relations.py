"""Quan hệ công bố của văn phòng: what other rooms read in sets of units and months of the books."""

from __future__ import annotations

from ansinh.kernel.relations import of_table

UNIT = of_table(
    "office_unit", "id", "kind", "code", "name", "name_sort", "parent_id", "path", "valid_from", "valid_to"
)
PERIOD = of_table("office_period", "unit_id", "month", "state")
