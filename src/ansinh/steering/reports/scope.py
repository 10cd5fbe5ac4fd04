"""Dòng của báo cáo: whose figures stand in a row, and the SQL that adds them up.

A base office lists its employers; any unit above lists the units right below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ansinh.collection.month.columns import FUNDS
from ansinh.forms.official.funds import Position
from ansinh.office.models import Unit
from ansinh.registers.models import Employer
from ansinh.steering.reports.catalog import Span, level
from ansinh.steering.reports.indicators import fetch

OURS = """e AS (
    SELECT e.id, e.office_id FROM registers_employer e JOIN office_unit o ON o.id = e.office_id
    WHERE o.path LIKE %(path)s || '%%')"""
IN_FORCE = """s AS (
    SELECT DISTINCT ON (employer_id, month) employer_id, month, workers, rows FROM collection_statement
    WHERE month BETWEEN %(first)s AND %(last)s AND employer_id IN (SELECT id FROM e)
    ORDER BY employer_id, month, version DESC)"""
"""The statements in force of the period: `s`."""

_DUE = {
    "due_sickness": "sickness_maternity",
    "due_injury": "work_injury",
    "due_retirement": "pension_survivors",
    "due_unemployment": "unemployment",
    "due_health": "health",
}


@dataclass(frozen=True, slots=True)
class Party:
    """Đơn vị ở một dòng: an employer or an office."""

    code: str
    name: str
    employers: int = 1


Figures = dict[str, int]


def gather(unit: Unit, span: Span, tables: str, select: str) -> list[tuple[Party, Figures]]:
    """Số liệu theo dòng: `select` over (employer_id, office_id, …) of `tables`, added up for each row.

    `tables` are common table expressions, the last named `x`; every column of `select` adds up. A year or a
    quarter that is not over ends with its last month in the books.
    """
    single = level(unit) == "office"
    key = "e.id" if single else "e.office_id"
    rows = fetch(
        f"""WITH {OURS}, {tables}
            SELECT {key} AS key, count(DISTINCT e.id) AS employers, {select}
            FROM x JOIN e ON e.id = x.employer_id GROUP BY {key}""",
        {"path": unit.path, "first": span.first.index, "last": _end(unit, span)},
    )
    return _employers(rows) if single else _offices(unit, rows)


def _end(unit: Unit, span: Span) -> int:
    """The last month of the period that the books hold; its last month when they hold none."""
    newest = fetch(
        f"""WITH {OURS} SELECT max(month) AS month FROM collection_statement
            WHERE month BETWEEN %(first)s AND %(last)s AND employer_id IN (SELECT id FROM e)""",
        {"path": unit.path, "first": span.first.index, "last": span.last.index},
    )[0]["month"]
    return span.last.index if newest is None else int(newest)


def _employers(rows: list[Figures]) -> list[tuple[Party, Figures]]:
    names = Employer.objects.only("unit_code", "name", "name_sort").in_bulk([r["key"] for r in rows])
    ordered = sorted(rows, key=lambda r: (names[r["key"]].name_sort, r["key"]))
    return [(Party(names[r["key"]].unit_code, names[r["key"]].name), r) for r in ordered]


def _offices(unit: Unit, rows: list[Figures]) -> list[tuple[Party, Figures]]:
    """Rows of base offices added up for the unit right below `unit` each stands in."""
    sums: dict[int, Figures] = defaultdict(lambda: defaultdict(int))
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


def position(row: Mapping[str, int], mark: str) -> Position:
    """A position of a row's columns: `{mark}_{fund}` the dues, `{mark}_charge_{fund}` the charges."""
    return Position(
        **{name: row[f"{mark}_{fund}"] for name, fund in _DUE.items()},
        **{name.replace("due_", "charge_"): row[f"{mark}_charge_{fund}"] for name, fund in _DUE.items()},
    )


CHARGE = tuple(f"charge_{f}" for f in FUNDS)
WIDE = (*FUNDS, *CHARGE)
BOTH = ", ".join([*FUNDS, *(f"late_{f} + evaded_{f} AS charge_{f}" for f in FUNDS)])
"""The funds of a wide table, the charges of both kinds together."""


def summed(marks: Iterable[str], names: Iterable[str] = WIDE, of: Callable[[str], str] = str) -> str:
    """SQL: the sum of each column over the rows of each mark, as `{mark}_{column}`."""
    listed = tuple(names)
    return ", ".join(
        f"coalesce(sum({of(n)}) FILTER (WHERE mark = '{m}'), 0)::bigint AS {m}_{n}"
        for m in marks
        for n in listed
    )


def cell(code: str, month: str, place: int = 5) -> str:
    """SQL: a cell of the statement's row in the month `%(first)s`, `%(last)s` or over all of them ("")."""
    when = f" FILTER (WHERE month = %({month})s)" if month else ""
    return f"coalesce(sum((rows->'{code}'->>{place})::bigint){when}, 0)::bigint"
