"""C69b, c, d-HD: tổng hợp số phải thu (366/QĐ-BHXH, guide of C69-HD, parts II-IV).

The sums of C69a-HD: what was short at the end of the month before the period, what arose in it, and both.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ansinh.collection.month.columns import FUNDS
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.office.models import Unit
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register
from ansinh.steering.reports.scope import BOTH, WIDE, Figures, gather, position, summed

LETTER = {"office": "b", "province": "c", "nation": "d"}
PEOPLE = ("si", "wi", "ui", "hi")


def sheet(unit: Unit, span: Span) -> Sheet:
    """Biểu C69: employers of a base office, base offices of a province, provinces of the nation."""
    where = level(unit)
    form = layout("C69b-HD" if where == "office" else "C69c-HD")
    lines = []
    totals: list[int] = []
    rows = gather(unit, span, _tables(), _select())
    for order, (party, row) in enumerate(rows, start=1):
        figures = ((party.employers,) if where != "office" else ()) + _figures(row)
        totals = [a + b for a, b in zip(totals or [0] * len(figures), figures, strict=True)]
        lines.append(Line((str(order), party.name, party.code, *figures)))
    lines.append(Line((None, "Tổng cộng", None, *(totals or [0] * (len(form.columns) - 3))), "bold"))
    own = tuple(party.code for party, _ in rows) if where == "office" else ()
    return Sheet(replace(form, code=f"C69{LETTER[where]}{span.mark}-HD"), lines, employers=own)


def _figures(row: Figures) -> tuple[int, ...]:
    opening, arising = position(row, "opening"), position(row, "arising")
    came = arising.figures()
    return (
        *(row[f"people_{n}"] for n in PEOPLE),
        *opening.figures(),
        *came[:11],
        row["past_health"],
        came[11],
        *(opening + arising).figures(),
    )


def _tables() -> str:
    """`x`: marked rows of what was short before, what arose, of it health of earlier years, and people."""
    nothing = ", ".join(f"0 AS charge_{f}" for f in FUNDS)
    none = ", ".join(f"0 AS {f}" for f in FUNDS)
    ours = "employer_id IN (SELECT id FROM e)"
    zero = ", ".join(f"0 AS {c}" for c in WIDE)
    counts = ", ".join(f"0 AS {n}" for n in PEOPLE)
    wide = ", ".join(WIDE)
    only_health = ", ".join(f if f == "health" else f"0 AS {f}" for f in FUNDS)
    return f"""
        d AS (SELECT * FROM collection_due WHERE {ours} AND month BETWEEN %(first)s AND %(last)s),
        present AS (
            SELECT employer_id, person_id, sum(si_base) > 0 AS si, sum(wi_base) > 0 AS wi,
                   sum(ui_base) > 0 AS ui, sum(hi_base) > 0 AS hi
            FROM collection_due WHERE {ours} AND month = %(last)s AND for_month = %(last)s GROUP BY 1, 2
            UNION ALL
            SELECT w.employer_id, w.person_id, TRUE, TRUE, TRUE, TRUE FROM registers_workmonth w
            WHERE w.{ours} AND w.month = %(last)s AND w.maternity_days > 0
              AND EXISTS (SELECT 1 FROM office_period p JOIN office_unit u ON u.id = p.unit_id
                          JOIN e ON e.id = w.employer_id JOIN office_unit o ON o.id = e.office_id
                          WHERE p.month = %(last)s AND o.path LIKE u.path || '%%')),
        people AS (
            SELECT employer_id, person_id, bool_or(si)::int AS si, bool_or(wi)::int AS wi,
                   bool_or(ui)::int AS ui, bool_or(hi)::int AS hi FROM present GROUP BY 1, 2),
        x AS (
            SELECT 'opening' AS mark, employer_id, {BOTH}, {counts} FROM collection_openitem
            WHERE {ours} AND month = %(first)s - 1
            UNION ALL SELECT 'arising', employer_id, {", ".join(FUNDS)}, {nothing}, {counts} FROM d
            UNION ALL SELECT 'arising', employer_id, {none}, {", ".join(FUNDS)}, {counts}
            FROM collection_charge WHERE {ours} AND month BETWEEN %(first)s AND %(last)s
            UNION ALL SELECT 'past', employer_id, {wide}, {counts}
            FROM (SELECT employer_id, {only_health}, {nothing} FROM d
                   WHERE for_month < month - month %% 12 AND health > 0) p
            UNION ALL SELECT 'people', employer_id, {zero}, {", ".join(PEOPLE)} FROM people)"""


def _select() -> str:
    return ", ".join(
        [summed(("opening", "arising")), summed(("past",), ("health",)), summed(("people",), PEOPLE)]
    )


register(
    Report(
        code="C69b-HD",
        title=_("Tổng hợp số phải thu"),
        lengths=("month", "quarter", "year"),
        sheet=sheet,
    )
)
