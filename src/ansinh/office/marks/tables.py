"""Bảng có cột giao dịch ghi: which carry it, and the office in whose books a row counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Một bảng: `office` is SQL for the id of the office of a row `t`."""

    name: str
    office: str
    key: str = "id"
    column: str = "written"


_declared: dict[str, Table] = {}


def register(*tables: Table) -> None:
    """Khai báo. Raises ValueError when a table is declared otherwise already."""
    for table in tables:
        if _declared.setdefault(table.name, table) != table:
            raise ValueError(f"{table.name} is declared otherwise")


def registered() -> list[Table]:
    """Every table, in the order of declaration."""
    return list(_declared.values())
