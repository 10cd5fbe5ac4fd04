"""Vị thế theo đơn vị: what is due and what was given, summed over a period, employer by employer or below.

A base office is told of its employers; any unit above it of the units right below it. The sums are those of
C69a-HD and C83a-HD.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ansinh.collection.measures.books import IN_BOOKS, fetch
from ansinh.collection.month.columns import FUNDS
from ansinh.forms.official.funds import Position
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.relations import PERIOD, UNIT
from ansinh.registers.models import Employer
from ansinh.registers.relations import EMPLOYER, WORK_MONTH

OURS = f"""e AS (
    SELECT e.id, e.office_id FROM {EMPLOYER} e JOIN {UNIT} o ON o.id = e.office_id
    WHERE o.path LIKE %(path)s || '%%')"""
IN_FORCE = f"""s AS (
    SELECT DISTINCT ON (employer_id, month) employer_id, month, workers, rows FROM collection_statement
    WHERE {IN_BOOKS} AND month BETWEEN %(first)s AND %(last)s AND employer_id IN (SELECT id FROM e)
    ORDER BY employer_id, month, version DESC)"""
"""The statements in force of the period: `s`."""

_OURS = "employer_id IN (SELECT id FROM e)"
_MINE = f"{IN_BOOKS} AND {_OURS}"
_DUE = {
    "due_sickness": "sickness_maternity",
    "due_injury": "work_injury",
    "due_retirement": "pension_survivors",
    "due_unemployment": "unemployment",
    "due_health": "health",
}
_CHARGE = tuple(f"charge_{f}" for f in FUNDS)
_WIDE = (*FUNDS, *_CHARGE)
_BOTH = ", ".join([*FUNDS, *(f"late_{f} + evaded_{f} AS charge_{f}" for f in FUNDS)])
"""The funds of a wide table, the charges of both kinds together."""
_PEOPLE = ("si", "wi", "ui", "hi")
_YEARS = ("last_year", "this_year", "next_year")
_MONEY = ("before", "received", "after")


@dataclass(frozen=True, slots=True)
class Party:
    """Đơn vị ở một dòng: an employer, or an office with how many employers it has in the sum."""

    code: str
    name: str
    employers: int


@dataclass(frozen=True, slots=True)
class Receivable:
    """Số phải thu: people of the last month by scheme (SI, WI, UI, HI); short before, and what arose.

    `past_health` is the health insurance that arose for earlier years, within `arising`.
    """

    people: tuple[int, ...]
    opening: Position
    arising: Position
    past_health: int


@dataclass(frozen=True, slots=True)
class Allocated:
    """Số đã phân bổ: the purse before, what came in, what was given and what is left, and still short.

    `health_years` is the health insurance given to last, this and next year, within `given`.
    """

    purse_before: int
    received: int
    given: Position
    health_years: tuple[int, ...]
    short: Position
    purse_after: int


Sums = dict[str, int]


def receivable(unit: Unit, first: Month, last: Month, *, employers: bool) -> list[tuple[Party, Receivable]]:
    """Số phải thu: that of a period, by employer or by the units below; one statement and the names."""
    select = [
        _summed(("opening", "arising")),
        _summed(("past",), ("health",)),
        _summed(("people",), _PEOPLE),
    ]
    return [
        (
            party,
            Receivable(
                people=tuple(row[f"people_{n}"] for n in _PEOPLE),
                opening=_position(row, "opening"),
                arising=_position(row, "arising"),
                past_health=row["past_health"],
            ),
        )
        for party, row in _gather(unit, first, last, _receivable(), ", ".join(select), employers=employers)
    ]


def allocated(unit: Unit, first: Month, last: Month, *, employers: bool) -> list[tuple[Party, Allocated]]:
    """Số đã phân bổ: that of a period, by employer or by the units below; one statement and the names."""
    select = [_summed(("given", "short")), _summed(("given",), _YEARS), _summed(("purse",), _MONEY)]
    return [
        (
            party,
            Allocated(
                purse_before=row["purse_before"],
                received=row["purse_received"],
                given=_position(row, "given"),
                health_years=tuple(row[f"given_{y}"] for y in _YEARS),
                short=_position(row, "short"),
                purse_after=row["purse_after"],
            ),
        )
        for party, row in _gather(unit, first, last, _allocated(), ", ".join(select), employers=employers)
    ]


def _receivable() -> str:
    """`x`: marked rows of what was short before, what arose, of it health of earlier years, and people."""
    nothing = ", ".join(f"0 AS charge_{f}" for f in FUNDS)
    none = ", ".join(f"0 AS {f}" for f in FUNDS)
    zero = ", ".join(f"0 AS {c}" for c in _WIDE)
    counts = ", ".join(f"0 AS {n}" for n in _PEOPLE)
    wide = ", ".join(_WIDE)
    only_health = ", ".join(f if f == "health" else f"0 AS {f}" for f in FUNDS)
    return f"""
        d AS (SELECT * FROM collection_due WHERE {_MINE} AND month BETWEEN %(first)s AND %(last)s),
        present AS (
            SELECT employer_id, person_id, sum(si_base) > 0 AS si, sum(wi_base) > 0 AS wi,
                   sum(ui_base) > 0 AS ui, sum(hi_base) > 0 AS hi
            FROM collection_due WHERE {_MINE} AND month = %(last)s AND for_month = %(last)s GROUP BY 1, 2
            UNION ALL
            SELECT w.employer_id, w.person_id, TRUE, TRUE, TRUE, TRUE FROM {WORK_MONTH} w
            WHERE w.{_OURS} AND w.month = %(last)s AND w.maternity_days > 0
              AND EXISTS (SELECT 1 FROM {PERIOD} p JOIN {UNIT} u ON u.id = p.unit_id
                          JOIN e ON e.id = w.employer_id JOIN {UNIT} o ON o.id = e.office_id
                          WHERE p.month = %(last)s AND o.path LIKE u.path || '%%')),
        people AS (
            SELECT employer_id, person_id, bool_or(si)::int AS si, bool_or(wi)::int AS wi,
                   bool_or(ui)::int AS ui, bool_or(hi)::int AS hi FROM present GROUP BY 1, 2),
        x AS (
            SELECT 'opening' AS mark, employer_id, {_BOTH}, {counts} FROM collection_openitem
            WHERE {_MINE} AND month = %(first)s - 1
            UNION ALL SELECT 'arising', employer_id, {", ".join(FUNDS)}, {nothing}, {counts} FROM d
            UNION ALL SELECT 'arising', employer_id, {none}, {", ".join(FUNDS)}, {counts}
            FROM collection_charge WHERE {_MINE} AND month BETWEEN %(first)s AND %(last)s
            UNION ALL SELECT 'past', employer_id, {wide}, {counts}
            FROM (SELECT employer_id, {only_health}, {nothing} FROM d
                   WHERE for_month < month - month %% 12 AND health > 0) p
            UNION ALL SELECT 'people', employer_id, {zero}, {", ".join(_PEOPLE)} FROM people)"""


def _allocated() -> str:
    """`x`: marked rows of allocations, what is short at the end, and the statements' purse."""
    wide = ", ".join(f"0 AS {c}" for c in _WIDE)
    years = ", ".join(f"0 AS {y}" for y in _YEARS)
    money = ", ".join(f"0 AS {m}" for m in _MONEY)
    start = "month - month %% 12"
    split = f"""CASE WHEN for_month < {start} THEN health ELSE 0 END AS last_year,
                CASE WHEN for_month BETWEEN {start} AND {start} + 11 THEN health ELSE 0 END AS this_year,
                CASE WHEN for_month > {start} + 11 THEN health ELSE 0 END AS next_year"""
    return f"""{IN_FORCE},
        x AS (
            SELECT 'given' AS mark, employer_id, {_BOTH}, {split}, {money} FROM collection_allocation
            WHERE {_MINE} AND month BETWEEN %(first)s AND %(last)s
            UNION ALL SELECT 'short', employer_id, {_BOTH}, {years}, {money} FROM collection_openitem
            WHERE {_MINE} AND month = %(last)s
            UNION ALL SELECT 'purse', employer_id, {wide}, {years}, {_cell("A.2.1", "first")},
                   {_cell("C", "")}, {_cell("Đ.2.1", "last")} FROM s GROUP BY employer_id)"""


def _gather(
    unit: Unit, first: Month, last: Month, tables: str, select: str, *, employers: bool
) -> list[tuple[Party, Sums]]:
    """Số liệu theo dòng: `select` over (employer_id, office_id, …) of `tables`, added up for each row.

    `tables` are common table expressions, the last named `x`; every column of `select` adds up. A year or a
    quarter that is not over ends with its last month in the books.
    """
    key = "e.id" if employers else "e.office_id"
    rows = fetch(
        f"""WITH {OURS}, {tables}
            SELECT {key} AS key, count(DISTINCT e.id) AS employers, {select}
            FROM x JOIN e ON e.id = x.employer_id GROUP BY {key}""",
        {"path": unit.path, "first": first.index, "last": _end(unit, first, last)},
    )
    return _employers(rows) if employers else _offices(unit, rows)


def _end(unit: Unit, first: Month, last: Month) -> int:
    """The last month of the period that the books hold; its last month when they hold none."""
    newest = fetch(
        f"""WITH {OURS} SELECT max(month) AS month FROM collection_statement
            WHERE month BETWEEN %(first)s AND %(last)s AND {_MINE}""",
        {"path": unit.path, "first": first.index, "last": last.index},
    )[0]["month"]
    return last.index if newest is None else int(newest)


def _employers(rows: list[Sums]) -> list[tuple[Party, Sums]]:
    names = Employer.objects.only("unit_code", "name", "name_sort").in_bulk([r["key"] for r in rows])
    ordered = sorted(rows, key=lambda r: (names[r["key"]].name_sort, r["key"]))
    return [(Party(names[r["key"]].unit_code, names[r["key"]].name, 1), r) for r in ordered]


def _offices(unit: Unit, rows: list[Sums]) -> list[tuple[Party, Sums]]:
    """Rows of base offices added up for the unit right below `unit` each stands in."""
    sums: dict[int, Sums] = defaultdict(lambda: defaultdict(int))
    paths = dict(Unit.objects.filter(pk__in=[r["key"] for r in rows]).values_list("pk", "path"))
    for row in rows:
        below = paths[row["key"]].removeprefix(unit.path).strip("/").split("/")[0]
        into = sums[int(below) if below else unit.pk]
        for name, value in row.items():
            if name != "key":
                into[name] += value
    units = Unit.objects.in_bulk(list(sums))
    ordered = sorted(sums, key=lambda pk: units[pk].code)
    return [(Party(units[pk].code, units[pk].name, sums[pk]["employers"]), sums[pk]) for pk in ordered]


def _position(row: Mapping[str, int], mark: str) -> Position:
    """A position of a row's columns: `{mark}_{fund}` the dues, `{mark}_charge_{fund}` the charges."""
    return Position(
        **{name: row[f"{mark}_{fund}"] for name, fund in _DUE.items()},
        **{name.replace("due_", "charge_"): row[f"{mark}_charge_{fund}"] for name, fund in _DUE.items()},
    )


def _summed(marks: Iterable[str], names: Iterable[str] = _WIDE) -> str:
    """SQL: the sum of each column over the rows of each mark, as `{mark}_{column}`."""
    listed = tuple(names)
    return ", ".join(
        f"coalesce(sum({n}) FILTER (WHERE mark = '{m}'), 0)::bigint AS {m}_{n}" for m in marks for n in listed
    )


def _cell(code: str, month: str) -> str:
    """SQL: the total of the statement's row in the month `%(first)s`, `%(last)s` or over all of them ("")."""
    when = f" FILTER (WHERE month = %({month})s)" if month else ""
    return f"coalesce(sum((rows->'{code}'->>5)::bigint){when}, 0)::bigint"
