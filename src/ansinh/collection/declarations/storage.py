"""Dòng kê khai cất trong sổ và đọc lại: a D02-LT row as plain values, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from ansinh.collection.declarations.findings import Finding
from ansinh.collection.declarations.plan import Plan
from ansinh.collection.declarations.preview import PersonChange, person_change
from ansinh.collection.models import Declaration, DeclarationRow
from ansinh.forms.intake.d02 import D02File, D02Row
from ansinh.forms.intake.files import column_letter
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month

DATES = ("contract_from", "contract_to", "effective_on")
MONTHS = ("from_month", "to_month")
SHARES = ("beyond_frame", "seniority")


def header_of(read: D02File) -> dict[str, Any]:
    """What the top of a list said, and where its columns stood."""
    table = read.table
    return {
        "unit_code": read.unit_code,
        "unit_name": read.unit_name,
        "sheet": table.sheet.name if table else "",
        "columns": dict(table.columns) if table else {},
        "reading": [Finding.of(problem).json() for problem in read.problems],
    }


def reading(header: Mapping[str, Any]) -> list[Finding]:
    """The problems of reading, as stored."""
    return [Finding.from_json(values) for values in header.get("reading", ())]


def store(declaration: Declaration, plan: Plan) -> None:
    """Keep every row with what was decided about it; replaces what an earlier check kept. Two statements."""
    changes = [person_change(line) for line in plan.lines]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM collection_declarationrow WHERE declaration_id = %s", [declaration.pk])
        cursor.execute(
            """INSERT INTO collection_declarationrow
                 (declaration_id, position, person_id, change, values, outcome, findings)
               SELECT %s, * FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::jsonb[], %s::text[],
                 %s::jsonb[])""",
            [
                declaration.pk,
                [line.position for line in plan.lines],
                [change.person for change in changes],
                [line.row.change or "" for line in plan.lines],
                [
                    Jsonb({"content": line.row.content(), "row": line.row.row, "shown": change.json()})
                    for line, change in zip(plan.lines, changes, strict=True)
                ],
                [line.outcome for line in plan.lines],
                [Jsonb([f.json() for f in line.findings]) for line in plan.lines],
            ],
        )


def digest(declaration: Declaration) -> str:
    """Dấu của mọi dòng: what was read, what was decided of each and what it changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT md5(coalesce(string_agg(md5(concat_ws(chr(31), position, change, outcome, values::text,
                 findings::text)), '' ORDER BY position), ''))
               FROM collection_declarationrow WHERE declaration_id = %s""",
            [declaration.pk],
        )
        return str(cursor.fetchone()[0])


def rows(declaration: Declaration) -> list[D02Row]:
    """The rows as they were read, in their order."""
    columns = {code: column_letter(number) for code, number in declaration.header.get("columns", {}).items()}
    stored = DeclarationRow.objects.filter(declaration=declaration).order_by("position")
    return [_row(values, columns) for values in stored.values_list("values", flat=True)]


def people(declaration: Declaration) -> tuple[PersonChange, ...]:
    """The lines of the stored preview, with the findings as they are stored: for whom see `selectors`."""
    stored = DeclarationRow.objects.filter(declaration=declaration).order_by("position")
    return tuple(
        PersonChange.from_json(_typed(values), tuple(Finding.from_json(f) for f in findings), person=person)
        for values, findings, person in stored.values_list("values", "findings", "person_id")
    )


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was shown of a line, with name and numbers as the list has them."""
    content = values["content"]
    who = {name: content[name] or "" for name in ("name", "si_number", "citizen_id")}
    return {**values["shown"], **who}


def persons(declaration: Declaration) -> dict[int, int]:
    """The persons of the register found for the rows, by position."""
    stored = DeclarationRow.objects.filter(declaration=declaration, person__isnull=False)
    return dict(stored.values_list("position", "person_id"))


def by_position(found: Sequence[Finding], lines: Sequence[D02Row]) -> dict[int, list[Finding]]:
    """Findings of reading by the position of their row; those of the list as a whole under 0."""
    position = {row.row: number for number, row in enumerate(lines, start=1)}
    grouped: dict[int, list[Finding]] = {}
    for finding in found:
        grouped.setdefault(position.get(finding.row, 0), []).append(finding)
    return grouped


def _row(values: Mapping[str, Any], columns: Mapping[str, str]) -> D02Row:
    content: dict[str, Any] = dict(values["content"])
    if content["birth"]:
        content["birth"] = PartialDate.parse(content["birth"])
    for name in DATES:
        content[name] = date.fromisoformat(content[name]) if content[name] else None
    for name in MONTHS:
        content[name] = Month.parse(content[name]) if content[name] else None
    for name in SHARES:
        content[name] = Fraction(content[name]) if content[name] is not None else None
    content["groups"] = tuple(content["groups"])
    number = values["row"]
    cells = {code: f"{letters}{number}" for code, letters in columns.items()}
    return replace(D02Row(**content), row=number, cells=cells)
