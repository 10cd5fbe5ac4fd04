"""B03a, b, c-TS: chi tiết đơn vị chậm đóng, trốn đóng (366/QĐ-BHXH, guide of B03-TS).

Every employer that owes anything at the end of the month, from its statement in force (C12-TS): amounts not
yet due, late and evaded by fund, charges, days by the social insurance fund, and the unit's status.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from ansinh.collection.measures.books import UNABLE
from ansinh.collection.measures.debtors import AMOUNTS, CHARGES, Debtor, Five, debtors
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.office.models import Unit
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register

LETTER = {"office": "a", "province": "b", "nation": "c"}
STATES = ("active", "suspended", "pension_suspension", "not_evasion", *UNABLE)
"""Cột 38-48: in the form's order."""


def sheet(unit: Unit, span: Span) -> Sheet:
    """Biểu B03: employers one by one; above a base office, each office's under its own sum."""
    found = debtors(unit, span.last)
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
