"""Quan hệ công bố của văn phòng: what other rooms read in sets of units, months, runs and users."""

from __future__ import annotations

from ansinh.kernel.relations import of_table

UNIT = of_table(
    "office_unit", "id", "kind", "code", "name", "name_sort", "parent_id", "path", "valid_from", "valid_to"
)
PERIOD = of_table("office_period", "unit_id", "month", "state")
RUN = of_table("office_run", "id", "kind", "unit_id", "month", "state")
OFFICER = of_table("office_user", "id", "full_name")
