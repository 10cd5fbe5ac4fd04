"""Số đo: a named, set-based figure that a room offers, for whatever steers by it.

A measure is one SELECT of (office_id, commune_id or NULL, amount): the amounts of a subtree by the base
office they belong to and the commune within it. It may name the parameters of `Asked`, and no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ansinh.kernel.months import Month

Of = Literal["people", "dong", "cards", "employers"]


@dataclass(frozen=True, slots=True)
class Stage:
    """Bảng tạm của một phép đo: a SELECT that several measures of one room read, made once."""

    table: str
    select: str

    @property
    def create(self) -> str:
        """The statement that makes it, for the transaction it is made in."""
        return f"CREATE TEMP TABLE {self.table} ON COMMIT DROP AS {self.select}"


@dataclass(frozen=True, slots=True)
class Measure:
    """Một số đo: its name, what it counts, the SELECT, and whether its amounts are known by commune."""

    name: str
    of: Of
    select: str
    by_commune: bool = True
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Điều được hỏi: the units below `path`, up to the end of a month."""

    path: str
    month: Month

    def terms(self) -> dict[str, int | str | date]:
        """What the SELECTs may name: `root` (a LIKE pattern), `month`, `year_start` and `day`."""
        return {
            "root": f"{self.path}%",
            "month": self.month.index,
            "year_start": self.month.year * 12,
            "day": self.month.last_day,
        }
