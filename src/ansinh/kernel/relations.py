"""Quan hệ công bố: named SELECTs by which a room lets others read its tables in sets.

Whoever reads composes them into a statement of their own, where a table would stand:

>>> EMPLOYER = of_table("registers_employer", "id", "name", "office_id")
>>> f"SELECT e.name FROM {EMPLOYER} e WHERE e.office_id = %s"
'SELECT e.name FROM (SELECT id, name, office_id FROM registers_employer) e WHERE e.office_id = %s'

The planner merges such a SELECT into the statement around it, so it costs nothing; and what a room does not
publish cannot be read by mistake, for the name is not there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """Quan hệ: its name, the columns others may count on, and the SELECT that gives them."""

    name: str
    columns: tuple[str, ...]
    select: str

    def __str__(self) -> str:
        """The relation as it stands after FROM, without an alias."""
        return f"({self.select})"


def of_table(table: str, *columns: str, where: str = "") -> Relation:
    """Quan hệ từ một bảng: some of its columns, and of its rows those that `where` keeps.

    >>> print(of_table("office_unit", "id", where="valid_to IS NULL"))
    (SELECT id FROM office_unit WHERE valid_to IS NULL)
    """
    kept = f" WHERE {where}" if where else ""
    return Relation(table, columns, f"SELECT {', '.join(columns)} FROM {table}{kept}")
