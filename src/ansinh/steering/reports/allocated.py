"""C83b, c, d-HD: tổng hợp phân bổ số tiền đã thu (366/QĐ-BHXH, guide of C83-HD, parts II-IV).

The sums of C83a-HD: surplus brought forward, received, given to the funds, still short, surplus left.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.office.models import Unit
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register
from ansinh.steering.reports.receivable import LETTER
from ansinh.steering.reports.scope import BOTH, IN_FORCE, WIDE, Figures, cell, gather, position, summed

YEARS = ("last_year", "this_year", "next_year")
MONEY = ("before", "received", "after")


def sheet(unit: Unit, span: Span) -> Sheet:
    """Biểu C83: employers of a base office, base offices of a province, provinces of the nation."""
    lines = []
    totals = [0] * 30
    rows = gather(unit, span, _tables(), _select())
    for order, (party, row) in enumerate(rows, start=1):
        figures = _figures(row)
        totals = [a + b for a, b in zip(totals, figures, strict=True)]
        lines.append(Line((str(order), party.name, party.code, *figures)))
    lines.append(Line((None, "Tổng cộng", None, *totals), "bold"))
    form = replace(layout("C83b-HD"), code=f"C83{LETTER[level(unit)]}{span.mark}-HD")
    own = tuple(party.code for party, _ in rows) if level(unit) == "office" else ()
    return Sheet(form, lines, employers=own)


def _figures(row: Figures) -> tuple[int, ...]:
    given = position(row, "given").figures()
    return (
        row["purse_before"],
        row["purse_received"],
        *given[:11],
        *(row[f"given_{y}"] for y in YEARS),
        given[11],
        *position(row, "short").figures(),
        row["purse_after"],
    )


def _tables() -> str:
    """`x`: marked rows of allocations, what is short at the end, and the statements' purse."""
    ours = "employer_id IN (SELECT id FROM e)"
    wide = ", ".join(f"0 AS {c}" for c in WIDE)
    years = ", ".join(f"0 AS {y}" for y in YEARS)
    money = ", ".join(f"0 AS {m}" for m in MONEY)
    start = "month - month %% 12"
    split = f"""CASE WHEN for_month < {start} THEN health ELSE 0 END AS last_year,
                CASE WHEN for_month BETWEEN {start} AND {start} + 11 THEN health ELSE 0 END AS this_year,
                CASE WHEN for_month > {start} + 11 THEN health ELSE 0 END AS next_year"""
    return f"""{IN_FORCE},
        x AS (
            SELECT 'given' AS mark, employer_id, {BOTH}, {split}, {money} FROM collection_allocation
            WHERE {ours} AND month BETWEEN %(first)s AND %(last)s
            UNION ALL SELECT 'short', employer_id, {BOTH}, {years}, {money} FROM collection_openitem
            WHERE {ours} AND month = %(last)s
            UNION ALL SELECT 'purse', employer_id, {wide}, {years}, {cell("A.2.1", "first")}, {cell("C", "")},
                   {cell("Đ.2.1", "last")} FROM s GROUP BY employer_id)"""


def _select() -> str:
    return ", ".join([summed(("given", "short")), summed(("given",), YEARS), summed(("purse",), MONEY)])


register(
    Report(
        code="C83b-HD",
        title=_("Tổng hợp phân bổ số tiền đã thu"),
        lengths=("month", "quarter", "year"),
        sheet=sheet,
    )
)
