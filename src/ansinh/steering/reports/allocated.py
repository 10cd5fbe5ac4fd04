"""C83b, c, d-HD: tổng hợp phân bổ số tiền đã thu (366/QĐ-BHXH, guide of C83-HD, parts II-IV).

The sums of C83a-HD: surplus brought forward, received, given to the funds, still short, surplus left.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ansinh.collection.measures import positions
from ansinh.collection.measures.positions import Allocated
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.office.models import Unit
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register
from ansinh.steering.reports.receivable import LETTER


def sheet(unit: Unit, span: Span) -> Sheet:
    """Biểu C83: employers of a base office, base offices of a province, provinces of the nation."""
    lines = []
    totals = [0] * 30
    where = level(unit)
    rows = positions.allocated(unit, span.first, span.last, employers=where == "office")
    for order, (party, row) in enumerate(rows, start=1):
        figures = _figures(row)
        totals = [a + b for a, b in zip(totals, figures, strict=True)]
        lines.append(Line((str(order), party.name, party.code, *figures)))
    lines.append(Line((None, "Tổng cộng", None, *totals), "bold"))
    form = replace(layout("C83b-HD"), code=f"C83{LETTER[where]}{span.mark}-HD")
    own = tuple(party.code for party, _ in rows) if where == "office" else ()
    return Sheet(form, lines, employers=own)


def _figures(row: Allocated) -> tuple[int, ...]:
    given = row.given.figures()
    return (
        row.purse_before,
        row.received,
        *given[:11],
        *row.health_years,
        given[11],
        *row.short.figures(),
        row.purse_after,
    )


register(
    Report(
        code="C83b-HD",
        title=_("Tổng hợp phân bổ số tiền đã thu"),
        lengths=("month", "quarter", "year"),
        sheet=sheet,
    )
)
