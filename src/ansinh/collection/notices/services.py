"""Đôn đốc: letters 01-ĐĐ of a month, issued by machine in the first ten days of the next (ND 274/2025)."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from ansinh.collection.month.services import KIND, MonthError
from ansinh.kernel.months import Month
from ansinh.office.models import Run, Unit
from ansinh.office.rights import Actor, require
from ansinh.registers.selectors import province_of


@transaction.atomic
def urge(*, actor: Actor | None, unit: Unit, month: Month, issued_on: date) -> int:
    """Phát hành 01-ĐĐ to every employer of a province, or of a base office, with late or evaded sums.

    The sums are those at the end of the month. One letter an employer and month, however often it is asked;
    numbered on from the last of the province's year.
    Returns how many letters were new. Needs the month's run.
    """
    if actor is not None:
        require(actor, "urge.send", at=unit)
    province = province_of(unit)
    done = Run.objects.filter(kind=KIND, unit=province, month=month.index, state="done")
    run = done.order_by("-pk").first()
    if run is None:
        raise MonthError(f"Kỳ {month.vi()} chưa chạy", f"Month {month} has not been run")
    if issued_on <= month.last_day:
        raise MonthError(
            "Ngày đôn đốc phải sau tháng của thông báo", "A letter follows the month it is about"
        )
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE collection_urge IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            """
            INSERT INTO collection_urge (employer_id, month, number, issued_on, amount, run_id)
            SELECT s.employer_id, %(m)s,
                   (row_number() OVER (ORDER BY s.employer_id) + (
                       SELECT count(*) FROM collection_urge u JOIN office_run r ON r.id = u.run_id
                       WHERE r.unit_id = %(unit)s AND extract(year FROM u.issued_on) = %(year)s
                   ))::text || '/ĐĐ-BHXH',
                   %(day)s, s.short_late + s.short_evaded, %(run)s
            FROM (
                SELECT DISTINCT ON (employer_id) employer_id, short_late, short_evaded
                FROM collection_statement WHERE month = %(m)s ORDER BY employer_id, version DESC
            ) s
            JOIN registers_employer e ON e.id = s.employer_id JOIN office_unit o ON o.id = e.office_id
            WHERE s.short_late + s.short_evaded > 0 AND o.path LIKE %(path)s
            ON CONFLICT (employer_id, month) DO NOTHING""",
            {
                "m": month.index,
                "unit": province.pk,
                "year": issued_on.year,
                "day": issued_on,
                "run": run.pk,
                "path": f"{unit.path}%",
            },
        )
        return int(cursor.rowcount)
