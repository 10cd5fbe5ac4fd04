"""Đôn đốc: letters 01-ĐĐ of a month, issued by machine in the first ten days of the next (ND 274/2025)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from ansinh.collection.models import Urge
from ansinh.collection.month import KIND
from ansinh.collection.month.steps import MonthError
from ansinh.kernel.months import Month
from ansinh.office import hands, numbers
from ansinh.office.models import Run, Unit
from ansinh.office.relations import UNIT, books_over
from ansinh.office.rights import Actor, require
from ansinh.registers.relations import EMPLOYER
from ansinh.registers.selectors import province_of

SERIES = "urge"
BATCH = 5_000
DUE_LETTERS = f"""
    SELECT s.employer_id, s.short_late + s.short_evaded AS amount
    FROM (
        SELECT DISTINCT ON (employer_id) employer_id, short_late, short_evaded
        FROM collection_statement WHERE unit_id = ANY({books_over("%(path)s")}) AND month = %(m)s
        ORDER BY employer_id, version DESC
    ) s
    JOIN {EMPLOYER} e ON e.id = s.employer_id JOIN {UNIT} o ON o.id = e.office_id
    WHERE s.short_late + s.short_evaded > 0 AND starts_with(o.path, %(path)s)
      AND NOT EXISTS (SELECT 1 FROM collection_urge u WHERE u.employer_id = s.employer_id AND u.month = %(m)s)
"""


@dataclass(frozen=True, slots=True)
class Letters:
    """Văn bản sẽ phát hành: of one office, how many new letters and the sum they ask for, dong."""

    office_id: int
    office: str
    letters: int
    amount: int


def letters(unit: Unit, month: Month) -> list[Letters]:
    """01-ĐĐ sẽ phát hành của một đơn vị: by office; employers behind at the month's end, without a letter."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT o.id, o.name, count(*), sum(d.amount)::bigint FROM ({DUE_LETTERS}) d
                JOIN {EMPLOYER} e ON e.id = d.employer_id JOIN {UNIT} o ON o.id = e.office_id
                GROUP BY o.id, o.name, o.name_sort ORDER BY o.name_sort, o.id""",
            {"m": month.index, "path": unit.path},
        )
        return [Letters(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Due:
    """Đơn vị phải đôn đốc: late or evaded at the month's end, dong, and no letter yet."""

    employer_id: int
    unit_code: str
    amount: int


def due(unit: Unit, month: Month) -> list[Due]:
    """Các đơn vị sẽ nhận 01-ĐĐ: those `letters` counts, by code."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT e.id, e.unit_code, d.amount FROM ({DUE_LETTERS}) d
                JOIN {EMPLOYER} e ON e.id = d.employer_id ORDER BY e.unit_code""",
            {"m": month.index, "path": unit.path},
        )
        return [Due(*row) for row in cursor.fetchall()]


def as_seen(unit: Unit, month: Month, issued_on: date) -> str:
    """Dấu của trang đôn đốc: how many letters go to employers of which offices, with which sums, when."""
    told = [(one.office_id, one.letters, one.amount) for one in letters(unit, month)]
    return hands.seen(unit.pk, month.index, issued_on, told)


@transaction.atomic
def urge(*, actor: Actor | None, unit: Unit, month: Month, issued_on: date, seen: str | None) -> int:
    """Phát hành 01-ĐĐ: to every employer of a province, or of a base office, with late or evaded sums.

    The sums are those at the end of the month. One letter an employer and month, however often it is asked;
    numbered on from the last of the province's year. `seen` is `as_seen` of what the page showed (None for an
    act of the system). Returns how many letters were new. Needs the month's run.
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
    # letters of the province come one batch after the other from here on: their numbers run on
    numbers.hold(SERIES, unit=province, year=issued_on.year)
    if actor is not None:
        hands.require_seen(seen or "", as_seen(unit, month, issued_on))
    with connection.cursor() as cursor:
        cursor.execute(DUE_LETTERS + " ORDER BY s.employer_id", {"m": month.index, "path": unit.path})
        owing = cursor.fetchall()
    block = numbers.take(SERIES, unit=province, year=issued_on.year, count=len(owing))
    made = Urge.objects.bulk_create(
        (
            Urge(
                employer_id=employer,
                month=month.index,
                number=text,
                issued_on=issued_on,
                amount=amount,
                run=run,
            )
            for (employer, amount), text in zip(owing, block.texts, strict=True)
        ),
        batch_size=BATCH,
    )
    numbers.bind(block, actor=actor, thing="urge", keys=[letter.pk for letter in made])
    return len(made)
