"""Đọc sổ: people, employers and units as others need them. Scope is the business of `access`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ansinh.office.models import Unit
from ansinh.registers.models import Employer, EmployerStatus, HealthCard, Participation, Person


def province_of(unit: Unit) -> Unit:
    """Tỉnh quản lý một đơn vị hành chính hoặc cơ quan BHXH: itself, or its ancestor.

    Raises Unit.DoesNotExist for a unit above the provinces.
    """
    if unit.kind == Unit.Kind.PROVINCE:
        return unit
    return Unit.objects.get(kind=Unit.Kind.PROVINCE, pk__in=above(unit))


def above(unit: Unit) -> list[int]:
    """Các đơn vị từ trung ương xuống đến một đơn vị: the ids on its path, itself the last."""
    return [int(part) for part in unit.path.split("/") if part]


NAMED = """SELECT id FROM registers_person WHERE si_number = ANY(%s)
           UNION SELECT id FROM registers_person WHERE citizen_id = ANY(%s)"""


def named(si_numbers: Sequence[str], citizen_ids: Sequence[str]) -> QuerySet[Person]:
    """Những người mang một trong các số: by the index of each kind of number, however many there are."""
    wanted = RawSQL(NAMED, [list(si_numbers), list(citizen_ids)])  # noqa: S611 -- a constant text
    return Person.objects.filter(pk__in=wanted)


def participations(person: Person) -> list[Participation]:
    """Quá trình tham gia của một người: newest first."""
    return list(
        Participation.objects.filter(person=person)
        .select_related("employer")
        .order_by("-from_month", "scheme", "pk")
    )


def cards(person: Person) -> list[HealthCard]:
    """Thẻ BHYT của một người: newest first."""
    return list(HealthCard.objects.filter(person=person).order_by("-valid_from", "-pk"))


def workers(employer: Employer, month: int) -> QuerySet[Participation]:
    """Người tham gia bắt buộc tại một đơn vị trong một tháng: in the order of their names."""
    return (
        Participation.objects.filter(
            employer=employer, scheme=Participation.Scheme.COMPULSORY, from_month__lte=month
        )
        .exclude(to_month__lt=month)
        .select_related("person")
        .order_by("person__name_sort", "person_id")
    )


def statuses(employer: Employer) -> list[EmployerStatus]:
    """Các tình trạng đơn vị đã có: newest first."""
    return list(EmployerStatus.objects.filter(employer=employer).order_by("-valid_from"))


def keys_of_codes(codes: Iterable[str]) -> list[int]:
    """Khóa của các đơn vị theo mã: in one query; none for no code."""
    wanted = set(codes)
    return list(Employer.objects.filter(unit_code__in=wanted).values_list("pk", flat=True)) if wanted else []


def employers_by_code(codes: Iterable[str]) -> dict[str, Employer]:
    """Đơn vị theo mã đơn vị: in one query."""
    found = Employer.objects.filter(unit_code__in=set(codes)).select_related("office")
    return {employer.unit_code: employer for employer in found}
