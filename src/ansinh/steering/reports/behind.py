"""B03a, b, c-TS: chi tiết đơn vị chậm đóng, trốn đóng (366/QĐ-BHXH, guide of B03-TS).

Every employer that owes anything at the end of the month, from its statement in force (C12-TS): amounts not
yet due, late and evaded by fund, charges, days by the social insurance fund, and the unit's status.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.office.models import Unit
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register
from ansinh.steering.reports.indicators import UNABLE, fetch
from ansinh.steering.reports.scope import IN_FORCE, OURS

LETTER = {"office": "a", "province": "b", "nation": "c"}
AMOUNTS = {"plain": "Đ.2.2.1", "late": "Đ.2.2.2", "evaded": "Đ.2.2.3"}
CHARGES = {"late": "Đ.3.1", "evaded": "Đ.3.2"}
STATES = ("active", "suspended", "pension_suspension", "not_evasion", *UNABLE)
"""Cột 38-48, in the form's order."""
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


def debtors(unit: Unit, span: Span) -> list[Debtor]:
    """Các đơn vị còn thiếu cuối kỳ in the unit's subtree, by office and name (one statement)."""
    rows = fetch(
        f"""WITH {OURS}, {IN_FORCE}
            SELECT r.name, r.unit_code, r.address, o.name AS office, s.workers, s.rows::text AS cells,
                   coalesce(t.state, 'active') AS state
            FROM s JOIN registers_employer r ON r.id = s.employer_id JOIN office_unit o ON o.id = r.office_id
            LEFT JOIN registers_employerstatus t ON t.employer_id = r.id
              AND daterange(t.valid_from, t.valid_to, '[]') @> %(day)s::date
            WHERE s.month = %(last)s AND s.rows ?| %(codes)s
            ORDER BY o.code, o.id, r.name_sort, r.id""",
        {
            "path": unit.path,
            "first": span.last.index,
            "last": span.last.index,
            "day": span.last.last_day,
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


def sheet(unit: Unit, span: Span) -> Sheet:
    """Biểu B03: employers one by one; above a base office, each office's under its own sum."""
    found = debtors(unit, span)
    where = level(unit)
    lines = []
    for number, (office, group) in enumerate(groupby(found, key=lambda d: d.office), start=1):
        own = list(group)
        if where != "office":
            lines.append(_total(own, str(number), office))
        lines += [
            Line((str(order), d.name, d.code, d.workers, d.address, *_money(d), *_marks(d), None))
            for order, d in enumerate(own, start=1)
        ]
    lines.append(_total(found, None, "Tổng số"))
    form = replace(layout("B03a-TS"), code=f"B03{LETTER[where]}-TS")
    return Sheet(form, lines, employers=tuple(d.code for d in found))


def _money(debtor: Debtor, *, days: bool = True) -> tuple[int | None, ...]:
    """Cột 3-37."""
    plain, late, evaded = (debtor.amounts[n] for n in ("plain", "late", "evaded"))
    slow, dodged = debtor.charges["late"], debtor.charges["evaded"]
    behind = sum(late) + sum(evaded)
    return (
        sum(plain) + behind,
        behind,
        sum(plain),
        *plain,
        debtor.days_late if days else None,
        sum(late),
        *late,
        debtor.days_evaded if days else None,
        sum(evaded),
        *evaded,
        sum(slow) + sum(dodged),
        sum(slow),
        *slow,
        sum(dodged),
        *dodged,
    )


def _marks(debtor: Debtor) -> tuple[bool, ...]:
    return tuple(debtor.state == state for state in STATES)


def _total(group: Iterable[Debtor], order: str | None, name: str) -> Line:
    """Dòng tổng: money adds up, days do not; the marks give how many units are in each state."""
    listed = list(group)
    whole = added(listed, name)
    marks = [sum(d.state == state for d in listed) for state in STATES]
    return Line(
        (
            order,
            name,
            None,
            whole.workers,
            None,
            *_money(whole, days=False),
            *(str(n) if n else None for n in marks),
            None,
        ),
        "bold",
    )


def added(group: Iterable[Debtor], name: str = "") -> Debtor:
    """Cộng các đơn vị: one that owes what all of them owe."""
    listed = list(group)

    def total(which: str, kind: str) -> Five:
        return tuple(sum(getattr(d, which)[kind][i] for d in listed) for i in range(5))

    return Debtor(
        name=name,
        code="",
        address="",
        office="",
        workers=sum(d.workers for d in listed),
        amounts={kind: total("amounts", kind) for kind in AMOUNTS},
        charges={kind: total("charges", kind) for kind in CHARGES},
        days_late=0,
        days_evaded=0,
        state="",
    )


register(
    Report(
        code="B03-TS",
        title=_("Chi tiết đơn vị chậm đóng, trốn đóng"),
        lengths=("month",),
        sheet=sheet,
    )
)
