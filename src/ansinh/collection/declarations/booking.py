"""Ghi một kế hoạch vào sổ đăng ký: a constant number of statements whatever the number of rows.

Called inside the caller's transaction, under the locks of `services.book`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ansinh.collection.declarations.changes import sex_of
from ansinh.collection.declarations.plan import Key, Plan, Someone
from ansinh.collection.declarations.spans import RUNNING, Difference, Span, difference
from ansinh.kernel.months import Month
from ansinh.registers import services as registers
from ansinh.registers import sets
from ansinh.registers.models import Employer

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
    sets.rewrite_participations(
        employer_id=employer.pk,
        deleted=[row for _, d in parts for row in d.deleted],
        changed=[_row(span.id or 0, span) for _, d in parts for span in d.changed],
        added=[_row(person, span) for person, d in parts for span in d.added],
    )


def _endings(people: Sequence[Someone]) -> None:
    """Covers of other groups end the month before; one that had not begun is taken back."""
    ends = [e for s in people for e in s.endings]
    sets.delete_participations([e.cover.id for e in ends if e.cover.first > e.last])
    sets.end_participations([(e.cover.id, e.last) for e in ends if e.cover.first <= e.last])


def _days(people: Sequence[Someone], ids: dict[Key, int], employer: Employer, declaration_id: int) -> None:
    rows = [
        sets.DaysRow(
            person_id=ids[s.key],
            month=month,
            unpaid_days=d.unpaid_days,
            sick_days=d.sick_days,
            maternity_days=d.maternity_days,
            agreed=d.agreed,
            first_month=d.first_month,
        )
        for s in people
        for month, d in s.days.items()
    ]
    sets.write_days(employer_id=employer.pk, declaration_id=declaration_id, rows=rows)


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
    sets.close_cards(closed)
    sets.move_cards([(ids[s.key], s.hospital) for s in people if s.hospital])
    prefix = employer.health_group + BENEFIT_LEVEL + registers.province_code(employer.office)
    sets.issue_cards([_card(s, ids[s.key], prefix) for s in people if s.card_from is not None])


def _card(someone: Someone, person: int, prefix: str) -> sets.NewCard:
    month = Month.from_index(someone.card_from or 0)
    return sets.NewCard(person, prefix, month.first_day, date(month.year, 12, 31), someone.hospital)


def _row(key: int, span: Span) -> sets.SpanRow:
    last = None if span.last == RUNNING else span.last
    terms = tuple(getattr(span.terms, name) for name in sets.TERMS)
    return sets.SpanRow(key, span.first, last, span.declaration_id, terms)
