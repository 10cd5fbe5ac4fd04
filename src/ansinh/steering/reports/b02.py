"""B02-TS: tổng hợp thu của một quý, một năm theo khối đơn vị (366/QĐ-BHXH, guide of B02-TS)."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from ansinh.collection.month.columns import added
from ansinh.collection.notices.papers import agency
from ansinh.forms.official import b02
from ansinh.forms.official.b01 import raw
from ansinh.forms.official.b02 import SHEET, B02Line, B02Money
from ansinh.forms.official.funds import Position
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.steering.reports import headcount
from ansinh.steering.reports.b01 import LETTERS, on_screen
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register
from ansinh.steering.reports.indicators import OURS, fetch

Members = Literal["employer", "office", "province"]
Key = tuple[str, int]
People = tuple[int | None, int | None, int | None, int | None]
SCHEMES = ("si", "wi", "ui", "hi")
PARTS = ("sickness", "retirement", "health", "unemployment", "injury")
"""Parts of a position in the order of the cells of C12-TS."""
ARISING = {"B.3.1.1": 1, "B.4.1.1": 1, "B.4.1.2.1": 1, "B.4.1.2.2": 1, "B.4.2": -1}
CHARGED = {"B.5": 1, "B.4.1.3": 1}
OPENING = ("A.2.1", "A.2.2", "A.3")
CLOSING = ("Đ.2.1", "Đ.2.2", "Đ.3")
GROUPING = {
    "employer": ("e.id", "e.name", "e.unit_code", "e.name_sort"),
    "office": ("o.id", "o.name", "o.code", "o.code"),
    "province": (
        "o.parent_id",
        *(f"(SELECT u.{c} FROM office_unit u WHERE u.id = o.parent_id)" for c in ("name", "code", "code")),
    ),
}


def months(year: int, quarter: int) -> tuple[Month, Month]:
    """Tháng đầu và tháng cuối của quý (1-4) hoặc năm (0)."""
    return (
        (Month(year, quarter * 3 - 2), Month(year, quarter * 3))
        if quarter
        else (Month(year, 1), Month(year, 12))
    )


def lines(unit: Unit, year: int, quarter: int, *, members: Members) -> list[B02Line]:
    """Các dòng B02a-TS (`members` employer) B02b-TS (office) or B02c-TS (province) of `unit`.

    The period ends with the newest month whose statements are made; without any there are no lines.
    """
    first, last = months(year, quarter)
    bounds = fetch(
        f"""SELECT min(month) AS first, max(month) AS last FROM collection_statement
            WHERE month BETWEEN %(first)s AND %(last)s AND employer_id IN ({OURS})""",
        {"path": unit.path, "first": first.index, "last": last.index},
    )[0]
    if bounds["last"] is None:
        return []
    span = {"path": unit.path, **bounds, "year": Month(year, 1).index}
    money = _money(span, members)
    names = _names(span, members)
    people = _people(span, members)
    counted = headcount.count(unit.path, Month.from_index(bounds["last"]), since=None, known=True)
    made = []
    for section in raw(SHEET)["sections"]:
        tags = section.get("people", {})
        heads: Any = tuple(counted[tags[s]].after if s in tags else None for s in SCHEMES)
        made.append(
            B02Line(
                order=section["order"],
                text=section["text"],
                code=str(len(people)) if section.get("fill") == "kinds" and members == "employer" else "",
                depth="section",
                people=heads,
                money=reduce(B02Money.__add__, money.values(), B02Money()) if "fill" in section else None,
                note=raw_note(section.get("note")),
            )
        )
        if section.get("fill") == "kinds":
            made += _kinds(money, names, people)
    return made


def raw_note(key: str | None) -> str:
    """Vì sao ô để trống."""
    return str(raw(SHEET)["notes"][key]) if key else ""


def _kinds(
    money: dict[Key, B02Money], names: dict[Key, tuple[str, str]], people: dict[Key, People]
) -> list[B02Line]:
    groups = layout(SHEET).groups
    by_kind: dict[str, list[Key]] = defaultdict(list)
    for key in names:
        by_kind[key[0]].append(key)
    made = []
    order = [*groups, *sorted(set(by_kind) - set(groups))]
    for number, kind in enumerate((k for k in order if k in by_kind), start=1):
        keys = by_kind[kind]
        total = reduce(B02Money.__add__, (money.get(k, B02Money()) for k in keys), B02Money())
        made.append(
            B02Line(
                order=str(number),
                text=f"Khối {groups.get(kind, kind)}",
                code=kind,
                depth="kind",
                people=people.get((kind, 0), (0, 0, 0, 0)),
                money=total,
            )
        )
        made += [
            B02Line(
                order=f"{number}.{position}",
                text=names[key][0],
                code=names[key][1],
                people=people.get(key, (0, 0, 0, 0)),
                money=money.get(key, B02Money()),
            )
            for position, key in enumerate(keys, start=1)
        ]
    return made


def _names(span: dict[str, Any], members: Members) -> dict[Key, tuple[str, str]]:
    """Tên và mã of every member with a statement in the period, in the order of the list."""
    key, name, code, order = GROUPING[members]
    rows: list[dict[str, Any]] = fetch(
        f"""
        SELECT DISTINCT e.health_group AS kind, {key} AS id, {name} AS name, {code} AS code, {order} AS place
        FROM registers_employer e JOIN office_unit o ON o.id = e.office_id
        WHERE e.id IN ({OURS}) AND EXISTS (SELECT 1 FROM collection_statement s
          WHERE s.employer_id = e.id AND s.month BETWEEN %(first)s AND %(last)s)
        ORDER BY kind, place, id""",
        span,
    )
    return {(r["kind"], r["id"]): (r["name"], r["code"]) for r in rows}


def _people(span: dict[str, Any], members: Members) -> dict[Key, People]:
    """Số người cuối kỳ by member; key (kind, 0) counts the kind, a person once."""
    counts = ", ".join(f"count(DISTINCT person_id) FILTER (WHERE {s} > 0) AS {s}" for s in SCHEMES)
    rows: list[dict[str, Any]] = fetch(
        f"""
        SELECT kind, coalesce(id, 0) AS id, {counts} FROM (
            SELECT e.health_group AS kind, {GROUPING[members][0]} AS id, d.person_id, d.employer_id,
                   {", ".join(f"sum(d.{s}_base) AS {s}" for s in SCHEMES)}
            FROM collection_due d JOIN registers_employer e ON e.id = d.employer_id
            JOIN office_unit o ON o.id = e.office_id
            WHERE d.month = %(last)s AND d.for_month = %(last)s AND d.employer_id IN ({OURS})
            GROUP BY 1, 2, 3, 4) x
        GROUP BY GROUPING SETS ((kind), (kind, id))""",
        span,
    )
    return {(r["kind"], r["id"]): (r["si"], r["wi"], r["ui"], r["hi"]) for r in rows}


def _money(span: dict[str, Any], members: Members) -> dict[Key, B02Money]:
    """Tiền by member: the rows of C12-TS, opening of the first month, closing of the last."""
    rows: list[dict[str, Any]] = fetch(
        f"""
        WITH s AS (
            SELECT DISTINCT ON (employer_id, month) employer_id, month, rows FROM collection_statement
            WHERE month BETWEEN %(first)s AND %(last)s AND employer_id IN ({OURS})
            ORDER BY employer_id, month, version DESC)
        SELECT e.health_group AS kind, {GROUPING[members][0]} AS id, c.key AS code,
               {", ".join(f"sum((c.value->>{i})::bigint)::bigint AS c{i}" for i in range(6))}
        FROM s CROSS JOIN jsonb_each(s.rows) c
        JOIN registers_employer e ON e.id = s.employer_id JOIN office_unit o ON o.id = e.office_id
        WHERE (c.key = ANY(%(opening)s) AND s.month = %(first)s)
           OR (c.key = ANY(%(closing)s) AND s.month = %(last)s) OR c.key = ANY(%(flows)s)
        GROUP BY 1, 2, 3""",
        {
            **span,
            "opening": list(OPENING),
            "closing": list(CLOSING),
            "flows": [*ARISING, *CHARGED, "D.1", "D.2"],
        },
    )
    cells: dict[Key, dict[str, list[int]]] = defaultdict(dict)
    for r in rows:
        cells[r["kind"], r["id"]][r["code"]] = [r[f"c{i}"] for i in range(6)]
    years = _health_years(span, members)
    return {key: _line(of, years.get(key, (0, 0, 0, 0))) for key, of in cells.items()}


def _line(cells: dict[str, list[int]], years: tuple[int, int, int, int]) -> B02Money:
    earlier, last, this, following = years
    return B02Money(
        surplus_before=cells.get("A.2.1", [0] * 6)[5],
        before=_position(cells, {"A.2.2": 1}, {"A.3": 1}),
        arising=_position(cells, ARISING, CHARGED),
        earlier_years=earlier,
        allocated=_position(cells, {"D.1": 1}, {"D.2": 1}),
        health_years=(last, this, following),
        short=_position(cells, {"Đ.2.2": 1}, {"Đ.3": 1}),
        surplus_after=cells.get("Đ.2.1", [0] * 6)[5],
    )


def _position(cells: dict[str, list[int]], due: dict[str, int], charge: dict[str, int]) -> Position:
    return Position(
        **{
            f"{kind}_{part}": sum(sign * cells[code][i] for code, sign in codes.items() if code in cells)
            for kind, codes in (("due", due), ("charge", charge))
            for i, part in enumerate(PARTS)
        }
    )


def _health_years(span: dict[str, Any], members: Members) -> dict[Key, tuple[int, int, int, int]]:
    """BHYT theo năm: back payments of earlier years; allocated to last, this and next year."""
    rows: list[dict[str, Any]] = fetch(
        f"""
        SELECT e.health_group AS kind, {GROUPING[members][0]} AS id, sum(earlier)::bigint AS earlier,
               sum(last)::bigint AS last, sum(this)::bigint AS this, sum(following)::bigint AS following
        FROM (
            SELECT employer_id, 0 AS earlier,
                   CASE WHEN for_month < %(year)s THEN health ELSE 0 END AS last,
                   CASE WHEN for_month BETWEEN %(year)s AND %(year)s + 11 THEN health ELSE 0 END AS this,
                   CASE WHEN for_month > %(year)s + 11 THEN health ELSE 0 END AS following
            FROM collection_allocation
            WHERE month BETWEEN %(first)s AND %(last)s AND employer_id IN ({OURS})
            UNION ALL
            SELECT employer_id, sum(health), 0, 0, 0 FROM collection_due
            WHERE month BETWEEN %(first)s AND %(last)s AND for_month < %(year)s AND employer_id IN ({OURS})
            GROUP BY employer_id, person_id, for_month, month HAVING sum({added()}) > 0) x
        JOIN registers_employer e ON e.id = x.employer_id JOIN office_unit o ON o.id = e.office_id
        GROUP BY 1, 2""",
        span,
    )
    return {(r["kind"], r["id"]): (r["earlier"], r["last"], r["this"], r["following"]) for r in rows}


MEMBERS: dict[str, Members] = {"a": "employer", "b": "office", "c": "province"}


def sheet(unit: Unit, span: Span) -> Sheet:
    """B02-TS của một quý hoặc một năm."""
    letter = LETTERS[level(unit)]
    quarter = (span.first.month + 2) // 3 if span.length == "quarter" else 0
    made = lines(unit, span.first.year, quarter, members=MEMBERS[letter])
    form = b02.B02(
        agency=agency(unit),
        year=span.first.year,
        quarter=quarter,
        lines=made,
        issued_on=(span.last + 1).first_day,
        level=letter,
    )
    return Sheet(
        on_screen(form.code, SHEET),
        [
            Line(
                (x.order, x.text, x.code, *x.figures(), x.note),
                "plain" if x.depth == "member" else "bold",
            )
            for x in made
        ],
        lambda: b02.to_xlsx(form),
    )


register(
    Report(
        code="B02-TS",
        title=_("Tổng hợp thu BHXH, BHYT, BHTN"),
        lengths=("quarter", "year"),
        sheet=sheet,
    )
)
