"""Số đo của sổ thu: what a month did to employers and money of a unit's subtree.

Money comes from the statements in force (C12-TS), wages and changes of dues from `Due`; people are counted in
`people`. Only what was posted for a month is read, so a closed month keeps its figures. What the books do
not hold is absent, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from ansinh.collection.month.columns import FUNDS, added
from ansinh.kernel.months import Month
from ansinh.office.models import Period, Unit
from ansinh.office.relations import books_over
from ansinh.registers.relations import EMPLOYER_STATUS, employers_below

CELLS = {"si": (0, 1), "hi": (2,), "ui": (3,), "wi": (4,)}
"""Places of a section's funds in a row of C12-TS."""
FUNDS_OF = {
    "si": ("sickness_maternity", "pension_survivors"),
    "hi": ("health",),
    "ui": ("unemployment",),
    "wi": ("work_injury",),
}
UNABLE = (
    "bankrupt",
    "in_bankruptcy",
    "dissolving",
    "not_at_address",
    "certificate_withdrawn",
    "no_representative",
    "dissolved",
)
"""Đơn vị không còn khả năng đóng: statuses of columns 42-48 of B03-TS."""
IN_BOOKS = f"unit_id = ANY({books_over('%(path)s')})"
"""Rows of the books that a subtree's figures stand in, and of no other province."""
OURS = employers_below("%(path)s || '%%'")
IN_FORCE = f"""
    SELECT DISTINCT ON (employer_id, month) employer_id, month, rows FROM collection_statement
    WHERE {IN_BOOKS} AND month BETWEEN %(first)s AND %(last)s AND employer_id IN ({OURS})
    ORDER BY employer_id, month, version DESC
"""
"""Thông báo C12-TS có hiệu lực: the last version of each employer and month from `first` to `last`."""
SUMMED = ", ".join(f"sum((c.value->>{i})::bigint)::bigint AS c{i}" for i in range(6))
"""Six cells of rows of statements, summed; `c` is jsonb_each of the rows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Một chỉ tiêu: brought forward, up and down in the month, carried forward; None = not known."""

    before: int | None
    up: int | None
    down: int | None
    after: int | None

    @property
    def net(self) -> int | None:
        """Phát sinh trong kỳ."""
        return None if self.up is None or self.down is None else self.up - self.down


def balance(before: int, after: int) -> Figure:
    """Số dư: what it grew or fell by is all the books say of its movement."""
    return Figure(before, max(after - before, 0), max(before - after, 0), after)


def flow(amount: int) -> Figure:
    """Số phát sinh: of the month alone, nothing is carried."""
    return Figure(None, max(amount, 0), max(-amount, 0), None)


def known_before(unit: Unit, month: Month) -> bool:
    """Whether the books hold the month before, so that a change against it can be told."""
    above = [int(p) for p in unit.path.strip("/").split("/")]
    return (
        Period.objects.filter(month=month.index - 1)
        .filter(Q(unit__in=above) | Q(unit__path__startswith=unit.path))
        .exists()
    )


def fetch(sql: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of a query as dictionaries."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [c.name for c in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def statement_rows(
    path: str, first: Month, last: Month, codes: Sequence[str], *, states: Sequence[str] = ()
) -> dict[tuple[int, str], tuple[int, ...]]:
    """Dòng C12-TS cộng dồn: (month, code) -> six cells summed over the employers of the subtree.

    With `states`, only over employers in one of them on the last day of the row's month; rows brought forward
    (A) count by the last day of the month before.
    """
    standing = f"""
        AND EXISTS (SELECT 1 FROM {EMPLOYER_STATUS} t WHERE t.employer_id = s.employer_id
          AND t.state = ANY(%(states)s)
          AND daterange(t.valid_from, t.valid_to, '[]') @> (make_date(
            (s.month + (c.key NOT LIKE 'A%%')::int) / 12,
            (s.month + (c.key NOT LIKE 'A%%')::int) %% 12 + 1, 1) - 1))"""
    rows = fetch(
        f"""
        WITH s AS ({IN_FORCE})
        SELECT s.month, c.key AS code, {SUMMED}
        FROM s CROSS JOIN jsonb_each(s.rows) c
        WHERE c.key = ANY(%(codes)s) {standing if states else ""}
        GROUP BY s.month, c.key""",
        {
            "path": path,
            "first": first.index,
            "last": last.index,
            "codes": list(codes),
            "states": list(states),
        },
    )
    return {(r["month"], str(r["code"])): tuple(r[f"c{i}"] for i in range(6)) for r in rows}


_CODES = {
    "workers_before": "A.1",
    "workers": "Đ.1",
    "due": "B.3.1.1",
    "back_plain": "B.4.1.1",
    "back_late": "B.4.1.2.1",
    "back_evaded": "B.4.1.2.2",
    "fallen": "B.4.2",
    "charged": "B.5",
    "charged_back": "B.4.1.3",
    "paid": "D.1",
    "charges_paid": "D.2",
} | {
    f"{name}{end}": f"{block}.{code}"
    for block, end in (("A", "_before"), ("Đ", ""))
    for name, code in (
        ("short", "2.2"),
        ("in_time", "2.2.1"),
        ("late", "2.2.2"),
        ("evaded", "2.2.3"),
        ("charges", "3"),
        ("charges_late", "3.1"),
        ("charges_evaded", "3.2"),
    )
}
_STANDINGS = {"in_time": 0, "late": 1, "evaded": 2}


def _standing(end: str) -> str:
    """Tình trạng đơn vị trong một quỹ: evading if anything is, else late, else within time, or null."""
    return f"CASE WHEN evaded{end} > 0 THEN 2 WHEN late{end} > 0 THEN 1 WHEN in_time{end} > 0 THEN 0 END"


def sections(path: str, month: Month) -> dict[str, dict[str, int]]:
    """Đơn vị và tiền theo quỹ: per section the sums of C12-TS and the employers counted by their standing."""
    amounts = ", ".join(
        f"coalesce(sum(amount) FILTER (WHERE code = '{code}'), 0)::bigint AS {name}"
        for name, code in _CODES.items()
    )
    sums = [f"sum({name})::bigint AS {name}" for name in _CODES if not name.startswith("workers")]
    for end in ("", "_before"):
        sums.append(f"count(*) FILTER (WHERE workers{end} > 0) AS units{end}")
        for name, standing in _STANDINGS.items():
            where = f"FILTER (WHERE standing{end} = {standing})"
            sums.append(f"count(*) {where} AS {name}_units{end}")
            sums += [
                f"coalesce(sum({part}{end}) {where}, 0)::bigint AS {name}_{part}{end}"
                for part in ("short", "in_time", "late", "evaded")
            ]
    section = ", ".join(f"('{name}', ARRAY{list(cells)})" for name, cells in CELLS.items())
    rows = fetch(
        f"""
        WITH s AS (
            SELECT DISTINCT ON (employer_id) employer_id, rows FROM collection_statement
            WHERE {IN_BOOKS} AND month = %(month)s AND employer_id IN ({OURS})
            ORDER BY employer_id, version DESC),
        cell AS (
            SELECT s.employer_id, v.section, c.key AS code,
                   (SELECT sum((c.value->>i)::bigint) FROM unnest(v.cells) i) AS amount
            FROM s CROSS JOIN jsonb_each(s.rows) c CROSS JOIN (VALUES {section}) v(section, cells)
            WHERE c.key = ANY(%(codes)s)),
        unit AS (SELECT employer_id, section, {amounts} FROM cell GROUP BY 1, 2),
        standing AS (
            SELECT *, {_standing("")} AS standing, {_standing("_before")} AS standing_before FROM unit)
        SELECT section, {", ".join(sums)},
               count(*) FILTER (WHERE workers > 0 AND workers_before = 0) AS units_up,
               count(*) FILTER (WHERE workers = 0 AND workers_before > 0) AS units_down
        FROM standing GROUP BY section""",
        {"path": path, "month": month.index, "codes": list(_CODES.values())},
    )
    names = rows[0].keys() if rows else ()
    found = {str(r.pop("section")): r for r in rows}
    return {s: found.get(s) or dict.fromkeys((n for n in names if n != "section"), 0) for s in CELLS}


def levels(path: str, month: Month) -> dict[str, int]:
    """Quỹ lương và số phải thu của tháng so với tháng trước: changes person by person.

    Keys are `{si|hi|ui|wi}_{wage|due}`, with `_before`, `_up` or `_down`.
    """
    pair, total = [], []
    for name, funds in FUNDS_OF.items():
        for kind, expression in (("wage", f"{name}_base"), ("due", added(funds))):
            key = f"{name}_{kind}"
            pair += [
                f"coalesce(sum({expression}) FILTER (WHERE month {sign} %(month)s), 0) AS {key}{end}"
                for sign, end in (("=", ""), ("<", "_before"))
            ]
            total += [
                f"coalesce(sum({part}), 0)::bigint AS {key}{end}"
                for part, end in (
                    (key, ""),
                    (f"{key}_before", "_before"),
                    (f"greatest({key} - {key}_before, 0)", "_up"),
                    (f"greatest({key}_before - {key}, 0)", "_down"),
                )
            ]
    return fetch(
        f"""
        SELECT {", ".join(total)} FROM (
            SELECT employer_id, person_id, {", ".join(pair)} FROM collection_due
            WHERE {IN_BOOKS} AND month BETWEEN %(month)s - 1 AND %(month)s AND for_month = month
              AND employer_id IN ({OURS})
            GROUP BY employer_id, person_id) level""",
        {"path": path, "month": month.index},
    )[0]


def of_earlier_years(path: str, month: Month) -> dict[str, int]:
    """Điều chỉnh của năm trước: `{si|…}_back` and `{si|…}_fallen`, both as positive amounts."""
    parts = ", ".join(
        f"coalesce(sum({minus}{added(funds)}) FILTER (WHERE total {sign} 0), 0)::bigint AS {name}_{way}"
        for name, funds in FUNDS_OF.items()
        for way, sign, minus in (("back", ">", ""), ("fallen", "<=", "-"))
    )
    return fetch(
        f"""
        SELECT {parts} FROM (
            SELECT {", ".join(f"sum({f}) AS {f}" for f in FUNDS)}, sum({added()}) AS total FROM collection_due
            WHERE {IN_BOOKS} AND month = %(month)s AND for_month < %(year)s AND employer_id IN ({OURS})
            GROUP BY employer_id, person_id, for_month) item""",
        {"path": path, "month": month.index, "year": Month(month.year, 1).index},
    )[0]


def money_in(path: str, first: Month, last: Month) -> dict[int, tuple[int, int]]:
    """Tiền đơn vị nộp và tiền hoàn trả theo tháng: month -> (received, given back)."""
    rows = fetch(
        f"""
        SELECT month, sum(received)::bigint AS received, sum(returned)::bigint AS returned FROM (
            SELECT matched_month AS month, amount AS received, 0 AS returned FROM collection_receipt
            WHERE {IN_BOOKS} AND state = 'matched' AND matched_month BETWEEN %(first)s AND %(last)s
              AND employer_id IN ({OURS})
            UNION ALL
            SELECT month, 0, amount FROM collection_refund
            WHERE state = 'approved' AND receipt_id IS NULL AND month BETWEEN %(first)s AND %(last)s
              AND employer_id IN ({OURS})) x
        GROUP BY month""",
        {"path": path, "first": first.index, "last": last.index},
    )
    return {r["month"]: (r["received"], r["returned"]) for r in rows}
