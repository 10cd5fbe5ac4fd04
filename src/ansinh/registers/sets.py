"""Ghi theo tập: participations, days away and cards of many people, in a constant number of statements.

Columns travel as arrays (`unnest`), so one row and ten thousand are the same statements. Nothing is asked
about rights: the branch that decides calls these inside its transaction, under its own locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.db import connection

from ansinh.registers.models import HealthCard, Participation

TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "worker_group": "smallint",
        "health_group": "text",
        "si": "boolean",
        "hi": "boolean",
        "ui": "boolean",
        "wi": "boolean",
        "pay_kind": "smallint",
        "wage": "bigint",
        "coefficient_milli": "int",
        "reserve_milli": "int",
        "position_milli": "int",
        "beyond_frame_bp": "int",
        "seniority_bp": "int",
        "other_pay": "bigint",
        "part_time": "boolean",
        "ui_relief": "boolean",
        "job_title": "text",
        "contract": "text",
        "contract_on": "date",
        "hospital": "text",
    }
)
"""Nội dung của một khoảng tham gia: the columns of a span beside its months, with their types."""
_SPAN = {"key": "bigint", "from_month": "int", "to_month": "int", "declaration_id": "bigint", **TERMS}


@dataclass(frozen=True, slots=True)
class SpanRow:
    """Một khoảng để ghi: `key` is the row it replaces, or the person it is new for; `terms` as in `TERMS`."""

    key: int
    from_month: int
    to_month: int | None
    declaration_id: int | None
    terms: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DaysRow:
    """Ngày nghỉ của một người trong một tháng."""

    person_id: int
    month: int
    unpaid_days: int
    sick_days: int
    maternity_days: int
    agreed: bool
    first_month: bool


@dataclass(frozen=True, slots=True)
class NewCard:
    """Thẻ cấp mới; its number is `prefix` and the person's SI number, which newcomers have only now."""

    person_id: int
    prefix: str
    valid_from: date
    valid_to: date
    hospital: str


def rewrite_participations(
    *, employer_id: int, deleted: Sequence[int], changed: Sequence[SpanRow], added: Sequence[SpanRow]
) -> None:
    """Ghi lại quá trình bắt buộc ở một đơn vị: rows taken out, changed and put in.

    Room is made before it is filled: no two spans may overlap at any moment.
    """
    delete_participations(deleted)
    names = ", ".join(f"{n} = s.{n}" for n in TERMS)
    _run(
        f"""UPDATE registers_participation p
            SET from_month = s.from_month, to_month = s.to_month, declaration_id = s.declaration_id, {names}
            FROM {_spans()} WHERE p.id = s.key""",
        _span_columns(changed),
    )
    _run(
        f"""INSERT INTO registers_participation
              (employer_id, scheme, person_id, from_month, to_month, declaration_id, {", ".join(TERMS)})
            SELECT {int(employer_id)}, {Participation.Scheme.COMPULSORY.value}, s.* FROM {_spans()}""",
        _span_columns(added),
    )


def delete_participations(rows: Sequence[int]) -> None:
    """Xóa khoảng tham gia; the trigger keeps what they were."""
    _run("DELETE FROM registers_participation WHERE id = ANY(%s::bigint[])", [list(rows)])


def end_participations(rows: Sequence[tuple[int, int]]) -> None:
    """Kết thúc khoảng tham gia: (row, last month)."""
    _run(
        """UPDATE registers_participation p SET to_month = s.to_month
           FROM unnest(%s::bigint[], %s::int[]) AS s(id, to_month) WHERE p.id = s.id""",
        _columns(rows, 2),
    )


def write_days(*, employer_id: int, declaration_id: int, rows: Sequence[DaysRow]) -> None:
    """Ghi ngày nghỉ ở một đơn vị. A leave taken back leaves a row of zeros: the next run must look again."""
    _run(
        f"""INSERT INTO registers_workmonth (employer_id, declaration_id, person_id, month, unpaid_days,
              sick_days, maternity_days, agreed, first_month)
            SELECT {int(employer_id)}, {int(declaration_id)}, * FROM unnest(%s::bigint[], %s::int[],
              %s::smallint[], %s::smallint[], %s::smallint[], %s::boolean[], %s::boolean[])
            ON CONFLICT (employer_id, person_id, month) DO UPDATE SET unpaid_days = excluded.unpaid_days,
              sick_days = excluded.sick_days, maternity_days = excluded.maternity_days,
              declaration_id = excluded.declaration_id, changed_at = clock_timestamp()""",
        _columns(
            (
                (r.person_id, r.month, r.unpaid_days, r.sick_days, r.maternity_days, r.agreed, r.first_month)
                for r in rows
            ),
            7,
        ),
    )


def close_cards(rows: Sequence[tuple[int, date, str]]) -> None:
    """Đóng thẻ BHYT: (card, day it ends, why)."""
    _run(
        """UPDATE registers_healthcard c SET closed_on = s.closed_on, closed_reason = s.reason
           FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS s(id, closed_on, reason)
           WHERE c.id = s.id""",
        _columns(rows, 3),
    )


def move_cards(rows: Sequence[tuple[int, str]]) -> None:
    """Đổi nơi khám của thẻ do đơn vị đóng: (person, hospital)."""
    _run(
        f"""UPDATE registers_healthcard c SET hospital = s.hospital
           FROM unnest(%s::bigint[], %s::text[]) AS s(person_id, hospital)
           WHERE c.person_id = s.person_id AND c.payer = '{HealthCard.Payer.EMPLOYMENT.value}'
             AND c.closed_on IS NULL AND c.hospital <> s.hospital""",
        _columns(rows, 2),
    )


def issue_cards(rows: Sequence[NewCard]) -> None:
    """Cấp thẻ BHYT do đơn vị đóng."""
    _run(
        f"""INSERT INTO registers_healthcard (person_id, number, payer, valid_from, valid_to, hospital)
           SELECT p.id, s.prefix || p.si_number, '{HealthCard.Payer.EMPLOYMENT.value}', s.valid_from,
                  s.valid_to, s.hospital
           FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::text[])
             AS s(person_id, prefix, valid_from, valid_to, hospital)
           JOIN registers_person p ON p.id = s.person_id""",
        _columns(((r.person_id, r.prefix, r.valid_from, r.valid_to, r.hospital) for r in rows), 5),
    )


def _spans() -> str:
    arrays = ", ".join(f"%s::{kind}[]" for kind in _SPAN.values())
    return f"unnest({arrays}) AS s({', '.join(_SPAN)})"


def _span_columns(rows: Sequence[SpanRow]) -> list[list[Any]]:
    return _columns(((r.key, r.from_month, r.to_month, r.declaration_id, *r.terms) for r in rows), len(_SPAN))


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """Rows turned into columns, as many as there are when there are no rows."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _run(sql: str, arrays: list[list[Any]]) -> None:
    """One statement, always sent: the number of statements must not depend on the rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, arrays)
