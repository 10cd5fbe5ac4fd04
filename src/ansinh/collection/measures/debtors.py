"""Đơn vị còn thiếu cuối kỳ: every employer that owes anything, from its statement in force (C12-TS)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ansinh.collection.measures.books import fetch
from ansinh.collection.measures.positions import IN_FORCE, OURS
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.relations import UNIT
from ansinh.registers.relations import EMPLOYER, EMPLOYER_STATUS

AMOUNTS = {"plain": "Đ.2.2.1", "late": "Đ.2.2.2", "evaded": "Đ.2.2.3"}
CHARGES = {"late": "Đ.3.1", "evaded": "Đ.3.2"}
Five = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Debtor:
    """Đơn vị còn thiếu: amounts and charges of five funds by standing, from C12-TS."""

    name: str
    code: str
    address: str
    office: str
    workers: int
    amounts: dict[str, Five]
    charges: dict[str, Five]
    days_late: int
    days_evaded: int
    state: str

    @property
    def standing(self) -> str:
        """The worst there is: evaded, late, or only not yet due."""
        for name in ("evaded", "late"):
            if any(self.amounts[name]) or any(self.charges[name]):
                return name
        return "plain"


def debtors(unit: Unit, month: Month) -> list[Debtor]:
    """Các đơn vị còn thiếu cuối tháng: those in the unit's subtree, by office and name (one statement)."""
    rows = fetch(
        f"""WITH {OURS}, {IN_FORCE}
            SELECT r.name, r.unit_code, r.address, o.name AS office, s.workers, s.rows::text AS cells,
                   coalesce(t.state, 'active') AS state
            FROM s JOIN {EMPLOYER} r ON r.id = s.employer_id JOIN {UNIT} o ON o.id = r.office_id
            LEFT JOIN {EMPLOYER_STATUS} t ON t.employer_id = r.id
              AND daterange(t.valid_from, t.valid_to, '[]') @> %(day)s::date
            WHERE s.month = %(last)s AND s.rows ?| %(codes)s
            ORDER BY o.code, o.id, r.name_sort, r.id""",
        {
            "path": unit.path,
            "first": month.index,
            "last": month.index,
            "day": month.last_day,
            "codes": [*AMOUNTS.values(), *CHARGES.values()],
        },
    )
    return [_debtor(row) for row in rows]


def _debtor(row: dict[str, Any]) -> Debtor:
    cells: dict[str, list[int]] = json.loads(row["cells"])

    def five(code: str) -> Five:
        return tuple(cells.get(code, [0] * 6)[:5])

    return Debtor(
        name=row["name"],
        code=row["unit_code"],
        address=row["address"],
        office=row["office"],
        workers=row["workers"],
        amounts={name: five(code) for name, code in AMOUNTS.items()},
        charges={name: five(code) for name, code in CHARGES.items()},
        days_late=max(five("Đ.4.1")[:2]),
        days_evaded=max(five("Đ.4.2")[:2]),
        state=row["state"],
    )
