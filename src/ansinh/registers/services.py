"""Ghi sổ đăng ký: people (TK1-TS), employers (TK3-TS) and the employer's status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q

from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import clean_name, fold, sort_key
from ansinh.office.models import Unit
from ansinh.office.rights import Actor, require
from ansinh.registers import access, numbers, selectors
from ansinh.registers.models import Employer, EmployerStatus


class RegisterError(BilingualError):
    """Không ghi được vào sổ: why, in both languages."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Người chưa có trong sổ, đủ để cấp mã số."""

    citizen_id: str
    full_name: str
    birth: PartialDate
    sex: str
    commune_id: int
    office_id: int


def province_code(unit: Unit) -> str:
    """Two-digit code of the province a unit lies in."""
    return selectors.province_of(unit).code


def add_people(people: Sequence[NewPerson]) -> dict[str, int]:
    """Thêm người mới, cấp mã số BHXH: ids by citizen ID. A constant number of statements.

    Raises RegisterError when somebody with one of the citizen IDs was added meanwhile: who they are was not
    checked, so nothing is guessed.
    """
    given = numbers.si_numbers(len(people)) if people else []
    names = [clean_name(p.full_name) for p in people]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO registers_person (si_number, citizen_id, full_name, name_fold, name_sort,
                 birth_year, birth_month, birth_day, sex, commune_id, office_id, identity)
               SELECT *, 'unverified' FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                 %s::smallint[], %s::smallint[], %s::smallint[], %s::text[], %s::bigint[], %s::bigint[])
               ON CONFLICT DO NOTHING RETURNING citizen_id, id""",
            [
                given,
                [p.citizen_id for p in people],
                names,
                [fold(n) for n in names],
                [sort_key(n) for n in names],
                [p.birth.year for p in people],
                [p.birth.month for p in people],
                [p.birth.day for p in people],
                [p.sex for p in people],
                [p.commune_id for p in people],
                [p.office_id for p in people],
            ],
        )
        added = {row[0]: row[1] for row in cursor.fetchall()}
    missing = [p.citizen_id for p in people if p.citizen_id not in added]
    if missing:
        raise RegisterError(
            f"Số định danh {missing[0]} vừa được đăng ký; hãy kiểm tra lại.",
            f"Citizen ID {missing[0]} was registered meanwhile; check again.",
            code="person.meanwhile",
        )
    return added


@transaction.atomic
def set_employer_status(
    *,
    actor: Actor,
    employer: Employer,
    state: str,
    valid_from: date,
    evidence: str,
    valid_to: date | None = None,
) -> EmployerStatus:
    """Ghi tình trạng đơn vị với căn cứ, kết thúc tình trạng trước vào ngày liền trước.

    Raises RegisterError without evidence, or for a day at or before which a later status begins.
    """
    require(actor, "employer.edit", at=employer)
    employer = access.employers(actor, "employer.edit").select_for_update(no_key=True).get(pk=employer.pk)
    if not evidence.strip():
        raise RegisterError(
            "Thiếu căn cứ của tình trạng (văn bản, số, ngày, nơi ban hành).",
            "The status needs its evidence (document, number, day, issuer).",
            code="status.evidence",
        )
    last = valid_to or date.max
    if valid_to and valid_to < valid_from:
        raise RegisterError(
            "Ngày cuối trước ngày đầu.", "The last day is before the first.", code="status.days"
        )
    later = EmployerStatus.objects.filter(employer=employer, valid_from__gte=valid_from, valid_from__lte=last)
    if later.exists():
        raise RegisterError(
            f"Đã có tình trạng khác từ ngày {valid_from:%d/%m/%Y} trở đi.",
            f"Another status begins on or after {valid_from}.",
            code="status.later",
        )
    standing = EmployerStatus.objects.filter(employer=employer, valid_from__lt=valid_from).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    )
    standing.update(valid_to=valid_from - timedelta(days=1))
    return EmployerStatus.objects.create(
        employer=employer, state=state, valid_from=valid_from, valid_to=valid_to, evidence=evidence.strip()
    )
