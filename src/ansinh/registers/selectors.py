"""Đọc sổ đăng ký: a person's months and cards, an employer's people, and who changed what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from ansinh.kernel.months import Month
from ansinh.office.models import Reading, Unit
from ansinh.registers.models import Employer, EmployerStatus, HealthCard, Participation, Person


def spans(person: Person) -> QuerySet[Participation]:
    """Quá trình tham gia of a person, newest first, with the employers."""
    return person.participations.select_related("employer").order_by("-from_month", "-pk")


def cards(person: Person) -> QuerySet[HealthCard]:
    """Thẻ BHYT, newest first."""
    return person.cards.order_by("-valid_from")


def insured_at(employer: Employer, month: Month) -> QuerySet[Participation]:
    """Người đang tham gia tại đơn vị in a month, in Vietnamese order of names."""
    return (
        Participation.objects.filter(
            employer=employer, scheme=Participation.Scheme.COMPULSORY, from_month__lte=month.index
        )
        .filter(Q(to_month__isnull=True) | Q(to_month__gte=month.index))
        .select_related("person")
        .order_by("person__name_sort", "pk")
    )


def statuses(employer: Employer) -> QuerySet[EmployerStatus]:
    """Tình trạng đơn vị, newest first."""
    return employer.statuses.order_by("-valid_from")


def status_on(employer: Employer, day: date) -> EmployerStatus | None:
    """The status of a day."""
    return (
        employer.statuses.filter(valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .first()
    )


def readings(subject: str, subject_id: int, limit: int = 50) -> QuerySet[Reading]:
    """Ai đã xem: the latest reads of a record."""
    return (
        Reading.objects.filter(subject=subject, subject_id=subject_id)
        .select_related("user")
        .order_by("-at")[:limit]
    )


def province_of(unit: Unit) -> Unit:
    """The province a unit lies in."""
    return Unit.objects.get(pk__in=[int(i) for i in unit.path.strip("/").split("/")], kind="province")


@dataclass(frozen=True)
class Change:
    """Thay đổi: what a trigger kept of one write: when, by whom, which fields held what before."""

    at: datetime
    who: str
    what: str
    before: dict[str, Any]
    after: dict[str, Any]


TRACKED = {
    "person": ("registers_personevent", "registers_person"),
    "employer": ("registers_employerevent", "registers_employer"),
    "participation": ("registers_participationevent", "registers_participation"),
}
SHADOW = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id", "changed_at")


def changes(table: str, keys: Iterable[int]) -> list[Change]:
    """Lịch sử thay đổi of the rows, newest first (one query): each event against the values that followed it."""
    events, live = TRACKED[table]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH e AS (
                SELECT pgh_created_at AS at, pgh_label AS label, pgh_obj_id AS id, pgh_context_id AS context,
                       to_jsonb(x) AS row
                FROM {events} x WHERE pgh_obj_id = ANY(%(keys)s)
                UNION ALL
                SELECT NULL, 'now', id, NULL, to_jsonb(t) FROM {live} t WHERE id = ANY(%(keys)s)
            )
            SELECT e.at, e.label, u.full_name, lag(e.row) OVER w, e.row, e.id
            FROM e LEFT JOIN pghistory_context c ON c.id = e.context
            LEFT JOIN office_user u ON u.id = (c.metadata->>'user')::bigint
            WINDOW w AS (PARTITION BY e.id ORDER BY e.at NULLS LAST)
            ORDER BY e.at DESC NULLS FIRST""",
            {"keys": list(keys)},
        )
        rows = cursor.fetchall()
    found = []
    for at, label, who, before, after, _ in rows:
        if at is None or before is None:
            continue
        differing = [k for k in after if k not in SHADOW and before.get(k) != after[k]]
        found.append(
            Change(
                at,
                who or "",
                label,
                {k: before.get(k) for k in differing},
                {k: after[k] for k in differing},
            )
        )
    return found
