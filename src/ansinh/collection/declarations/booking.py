"""Ghi một kế hoạch vào sổ: a constant number of statements whatever the number of rows.

Columns travel as arrays (`unnest`), so a list of one and a list of ten thousand are the same statements.
Called inside the caller's transaction, under the locks of `services.book`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from ansinh.collection.declarations.changes import sex_of
from ansinh.collection.declarations.plan import Key, Plan, Someone
from ansinh.collection.declarations.spans import RUNNING, TERMS, Difference, Span, difference
from ansinh.kernel.months import Month
from ansinh.registers import services as registers
from ansinh.registers.models import Employer, Participation

KINDS = {
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
BENEFIT_LEVEL = "4"  # 1351/QĐ-BHXH, Điều 2: level of benefit of employment groups, 80 %


def write(plan: Plan, employer: Employer, declaration_id: int) -> dict[Key, int]:
    """Write everything a plan changes; returns the person's id of every key, newcomers included."""
    people = list(plan.people.values())
    ids = _people(people, employer)
    _participations(people, ids, employer)
    _endings(people)
    _days(people, ids, employer, declaration_id)
    _cards(people, ids, employer)
    return ids


def _people(people: Sequence[Someone], employer: Employer) -> dict[Key, int]:
    """Add newcomers, and citizen IDs that the register lacked."""
    ids = {s.key: s.held.id for s in people if s.held}
    newcomers = [
        registers.NewPerson(
            citizen_id=s.newcomer.citizen_id or "",
            full_name=s.newcomer.name,
            birth=s.newcomer.birth,
            sex=sex_of(s.newcomer.citizen_id or ""),
            commune_id=employer.commune_id,
            office_id=employer.office_id,
        )
        for s in people
        if s.newcomer and s.newcomer.birth
    ]
    added = registers.add_people(newcomers)
    return ids | {s.key: added[s.key[1]] for s in people if s.newcomer}


def _participations(people: Sequence[Someone], ids: dict[Key, int], employer: Employer) -> None:
    parts: list[tuple[int, Difference]] = [(ids[s.key], difference(s.before, s.after)) for s in people]
    # Room is made before it is filled: no two spans may overlap at any moment.
    _run(
        "DELETE FROM registers_participation WHERE id = ANY(%s::bigint[])",
        [[row for _, d in parts for row in d.deleted]],
    )
    names = ", ".join(f"{n} = s.{n}" for n in TERMS)
    _run(
        f"""UPDATE registers_participation p
            SET from_month = s.from_month, to_month = s.to_month, declaration_id = s.declaration_id, {names}
            FROM {_unnest("s", ["id", "from_month", "to_month", "declaration_id", *TERMS])}
            WHERE p.id = s.id""",
        _columns(
            (span.id, span.first, _last(span), span.declaration_id, *_terms(span))
            for _, d in parts
            for span in d.changed
        )
        or [[] for _ in range(4 + len(TERMS))],
    )
    _run(
        f"""INSERT INTO registers_participation
              (employer_id, scheme, person_id, from_month, to_month, declaration_id, {", ".join(TERMS)})
            SELECT {employer.pk}, {Participation.Scheme.COMPULSORY}, s.*
            FROM {_unnest("s", ["id", "from_month", "to_month", "declaration_id", *TERMS])}""",
        _columns(
            (person, span.first, _last(span), span.declaration_id, *_terms(span))
            for person, d in parts
            for span in d.added
        )
        or [[] for _ in range(4 + len(TERMS))],
    )


def _endings(people: Sequence[Someone]) -> None:
    """Covers of other groups end the month before; one that had not begun is taken back."""
    ends = [e for s in people for e in s.endings]
    _run(
        "DELETE FROM registers_participation WHERE id = ANY(%s::bigint[])",
        [[e.cover.id for e in ends if e.cover.first > e.last]],
    )
    kept = [e for e in ends if e.cover.first <= e.last]
    _run(
        """UPDATE registers_participation p SET to_month = s.to_month
           FROM unnest(%s::bigint[], %s::int[]) AS s(id, to_month) WHERE p.id = s.id""",
        [[e.cover.id for e in kept], [e.last for e in kept]],
    )


def _days(people: Sequence[Someone], ids: dict[Key, int], employer: Employer, declaration_id: int) -> None:
    """Months with days away. A leave taken back leaves a row of zeros: the next run must look again."""
    rows = [(ids[s.key], month, d) for s in people for month, d in s.days.items()]
    _run(
        f"""INSERT INTO registers_workmonth (employer_id, declaration_id, person_id, month, unpaid_days,
              sick_days, maternity_days, agreed, first_month)
            SELECT {employer.pk}, {declaration_id}, * FROM unnest(%s::bigint[], %s::int[], %s::smallint[],
              %s::smallint[], %s::smallint[], %s::boolean[], %s::boolean[])
            ON CONFLICT (employer_id, person_id, month) DO UPDATE SET unpaid_days = excluded.unpaid_days,
              sick_days = excluded.sick_days, maternity_days = excluded.maternity_days,
              declaration_id = excluded.declaration_id, changed_at = clock_timestamp()""",
        [
            [person for person, _, _ in rows],
            [month for _, month, _ in rows],
            [d.unpaid_days for *_, d in rows],
            [d.sick_days for *_, d in rows],
            [d.maternity_days for *_, d in rows],
            [d.agreed for *_, d in rows],
            [d.first_month for *_, d in rows],
        ],
    )


def _cards(people: Sequence[Someone], ids: dict[Key, int], employer: Employer) -> None:
    closed: list[tuple[int, date, str]] = [
        (c.card.id, max(c.closed_on, c.card.valid_from), f"Chuyển nhóm: tham gia tại {employer.unit_code}")
        for s in people
        for c in s.closings
    ]
    closed += [
        (card.id, max(end, card.valid_from), f"Giảm tại {employer.unit_code}")
        for s in people
        if s.held and s.card_until is not None
        for end in [Month.from_index(s.card_until).last_day]
        for card in s.held.cards
        if card.payer == "employment" and card.until > end
    ]
    _run(
        """UPDATE registers_healthcard c SET closed_on = s.closed_on, closed_reason = s.reason
           FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS s(id, closed_on, reason)
           WHERE c.id = s.id""",
        _columns(closed) or [[], [], []],
    )
    movers = [s for s in people if s.hospital]
    _run(
        """UPDATE registers_healthcard c SET hospital = s.hospital
           FROM unnest(%s::bigint[], %s::text[]) AS s(person_id, hospital)
           WHERE c.person_id = s.person_id AND c.payer = 'employment' AND c.closed_on IS NULL
             AND c.hospital <> s.hospital""",
        [[ids[s.key] for s in movers], [s.hospital for s in movers]],
    )
    opened = [s for s in people if s.card_from is not None]
    prefix = employer.health_group + BENEFIT_LEVEL + registers.province_code(employer.office)
    # The number carries the SI number, which newcomers have only now.
    _run(
        """INSERT INTO registers_healthcard (person_id, number, payer, valid_from, valid_to, hospital)
           SELECT p.id, s.prefix || p.si_number, 'employment', s.valid_from, s.valid_to, s.hospital
           FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::text[])
             AS s(person_id, prefix, valid_from, valid_to, hospital)
           JOIN registers_person p ON p.id = s.person_id""",
        _columns(_opened(s, ids[s.key], prefix) for s in opened) or [[], [], [], [], []],
    )


def _opened(someone: Someone, person: int, prefix: str) -> tuple[Any, ...]:
    month = Month.from_index(someone.card_from or 0)
    return (person, prefix, month.first_day, date(month.year, 12, 31), someone.hospital)


def _last(span: Span) -> int | None:
    return None if span.last == RUNNING else span.last


def _terms(span: Span) -> tuple[Any, ...]:
    return tuple(getattr(span.terms, name) for name in TERMS)


def _unnest(alias: str, names: Sequence[str]) -> str:
    kinds = {"id": "bigint", "from_month": "int", "to_month": "int", "declaration_id": "bigint", **KINDS}
    arrays = ", ".join(f"%s::{kinds[n]}[]" for n in names)
    return f"unnest({arrays}) AS {alias}({', '.join(names)})"


def _columns(rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    """Rows turned into columns; empty when there are none."""
    return [list(column) for column in zip(*rows, strict=True)]


def _run(sql: str, arrays: list[list[Any]]) -> None:
    """One statement, always sent: the number of statements must not depend on the list."""
    with connection.cursor() as cursor:
        cursor.execute(sql, arrays)
