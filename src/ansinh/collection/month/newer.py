"""Thay đổi mới hơn lượt chạy: what a month's run has not read, told by its mark and by no clock.

A row is newer than a run when the transaction that last wrote it was not to be seen in the snapshot the run
read by (`office.marks`): one that was under way then and committed later counts, and a clock that was set
back changes nothing. The next run of the month looks for what was written by the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ansinh.kernel.months import Month
from ansinh.office.marks.marks import Mark, mark_of
from ansinh.office.models import Run, Unit
from ansinh.office.relations import UNIT
from ansinh.registers.relations import EMPLOYER, EMPLOYER_WRITTEN

Newer = Callable[[Mark], str]
"""SQL of rows newer than a mark: key, text, day, amount, employer."""


def lists(mark: Mark) -> str:
    """Hồ sơ đã ghi nhận."""
    return f"""
        SELECT d.id, d.form || ' ' || d.number, d.booked_at::date, NULL::bigint, d.employer_id
        FROM collection_declaration d JOIN {UNIT} o ON o.id = d.office_id
        WHERE starts_with(o.path, %(path)s) AND d.state = 'booked' AND {mark.unread("d.written")}"""


def receipts(mark: Mark) -> str:
    """Tiền đã khớp vào kỳ."""
    return f"""
        SELECT r.id, r.reference, r.booked_on, r.amount, r.employer_id
        FROM collection_receipt r
        WHERE r.unit_id = %(unit)s AND r.state = 'matched' AND r.matched_month = %(month)s
          AND {mark.unread("r.written")}"""


def refunds(mark: Mark) -> str:
    """Hoàn trả đã duyệt vào kỳ."""
    return f"""
        SELECT r.id, r.reason, r.approved_at::date, r.amount, r.employer_id
        FROM collection_refund r JOIN {UNIT} o ON o.id = r.office_id
        WHERE starts_with(o.path, %(path)s) AND r.state = 'approved' AND r.month = %(month)s
          AND {mark.unread("r.written")}"""


def records(mark: Mark) -> str:
    """Đơn vị: what else a run reads of one: itself, its states, its people's spans and days, its letters."""
    unread = mark.unread("t.written")
    return f"""
        SELECT e.id, e.unit_code, NULL::date, NULL::bigint, e.id
        FROM {EMPLOYER} e JOIN {UNIT} o ON o.id = e.office_id
        WHERE starts_with(o.path, %(path)s) AND e.id IN (
            SELECT t.employer_id FROM {EMPLOYER_WRITTEN} t
                WHERE (t.month IS NULL OR t.month <= %(month)s) AND {unread}
            UNION SELECT t.employer_id FROM collection_priorityflag t
                WHERE t.from_month <= %(month)s AND {unread}
            UNION SELECT t.employer_id FROM collection_urge t
                WHERE t.issued_on <= %(last)s AND {unread})"""


@dataclass(frozen=True, slots=True)
class Change:
    """Một thay đổi mới hơn: the row's key, what it is, its day, its money, its employer."""

    key: int
    text: str
    on: Any
    amount: int | None
    employer: int | None


def changes(
    what: Newer, *, unit: Unit, month: Month, run: Run | None, most: int | None = None
) -> list[Change]:
    """The rows of one query above that a run has not read, the first `most`; none where there is no run."""
    if run is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"{what(mark_of(run))} ORDER BY 1 {f'LIMIT {most}' if most else ''}", _facts(unit, month)
        )
        return [Change(*row) for row in cursor.fetchall()]


def count(what: Newer, *, unit: Unit, month: Month, run: Run | None) -> tuple[int, int]:
    """How many rows a run has not read, and their money."""
    if run is None:
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(amount), 0)::bigint "
            f"FROM ({what(mark_of(run))}) AS changed(id, text, day, amount, employer)",
            _facts(unit, month),
        )
        found = cursor.fetchone()
        return int(found[0]), int(found[1])


def _facts(unit: Unit, month: Month) -> dict[str, Any]:
    return {"unit": unit.pk, "path": unit.path, "month": month.index, "last": month.last_day}
