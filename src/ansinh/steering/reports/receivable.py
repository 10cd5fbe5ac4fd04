"""C69b, c, d-HD: tổng hợp số phải thu (366/QĐ-BHXH, guide of C69-HD, parts II-IV).

The sums of C69a-HD: what was short at the end of the month before the period, what arose in it, and both.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ansinh.collection.measures import positions
from ansinh.collection.measures.positions import Receivable
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.office.models import Unit
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register

LETTER = {"office": "b", "province": "c", "nation": "d"}


def sheet(unit: Unit, span: Span) -> Sheet:
    """Biểu C69: employers of a base office, base offices of a province, provinces of the nation."""
    where = level(unit)
    form = layout("C69b-HD" if where == "office" else "C69c-HD")
    lines = []
    totals: list[int] = []
    rows = positions.receivable(unit, span.first, span.last, employers=where == "office")
    for order, (party, row) in enumerate(rows, start=1):
        figures = ((party.employers,) if where != "office" else ()) + _figures(row)
        totals = [a + b for a, b in zip(totals or [0] * len(figures), figures, strict=True)]
        lines.append(Line((str(order), party.name, party.code, *figures)))
    lines.append(Line((None, "Tổng cộng", None, *(totals or [0] * (len(form.columns) - 3))), "bold"))
    own = tuple(party.code for party, _ in rows) if where == "office" else ()
    return Sheet(replace(form, code=f"C69{LETTER[where]}{span.mark}-HD"), lines, employers=own)


def _figures(row: Receivable) -> tuple[int, ...]:
    came = row.arising.figures()
    return (
        *row.people,
        *row.opening.figures(),
        *came[:11],
        row.past_health,
        came[11],
        *(row.opening + row.arising).figures(),
    )


register(
    Report(
        code="C69b-HD",
        title=_("Tổng hợp số phải thu"),
        lengths=("month", "quarter", "year"),
        sheet=sheet,
    )
)
