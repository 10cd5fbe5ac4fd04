"""Đơn vị, danh sách và kỳ thu của một việc: found in the actor's scope and locked, the employer first."""

from __future__ import annotations

from django.utils import timezone

from ansinh.collection.models import Declaration
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.models import Period
from ansinh.office.rights import Actor
from ansinh.registers import access, selectors
from ansinh.registers.models import Employer


class DeclarationError(BilingualError):
    """Không thực hiện được với hồ sơ này: why, in both languages."""


def employer_in_scope(actor: Actor, employer: Employer | None, unit_code: str, verb: str) -> Employer:
    """Đơn vị trong phạm vi, đã khóa: two lists of one employer are taken one after the other."""
    scope = (
        access.employers(actor, verb).select_for_update(of=("self",), no_key=True).select_related("office")
    )
    if employer is not None:
        return scope.get(pk=employer.pk)
    if not unit_code:
        raise DeclarationError(
            "Tệp không ghi mã đơn vị; hãy chọn đơn vị.",
            "The file names no unit code; choose the employer.",
            code="declaration.employer",
        )
    found = scope.filter(unit_code=unit_code).first()
    if found is None:
        raise DeclarationError(
            f"Không có đơn vị mã {unit_code} thuộc phạm vi quản lý.",
            f"No employer {unit_code} in your scope.",
            code="declaration.employer",
        )
    return found


def employer_of(declaration: Declaration) -> Employer:
    """Đơn vị của danh sách: it comes with its office. Raises Employer.DoesNotExist for a list of nobody."""
    return Employer.objects.select_related("office").get(pk=declaration.employer_id or 0)


def locked(actor: Actor, declaration: Declaration, verb: str) -> Declaration:
    """Danh sách trong phạm vi, đã khóa: its employer first, as everywhere."""
    access.employers(actor, verb).select_for_update(of=("self",), no_key=True).get(
        pk=declaration.employer_id or 0
    )
    held = Declaration.objects.select_for_update(of=("self",)).select_related("office")
    return held.get(pk=declaration.pk)


def open_month(employer: Employer, month: Month | None) -> Month:
    """Kỳ thu đang mở: the open one; in a province without books the one asked for, or the calendar's.

    Raises DeclarationError code ``declaration.month`` when another month is asked for than the open one.
    """
    province = selectors.province_of(employer.office)
    period = Period.objects.filter(unit=province, state=Period.State.OPEN).order_by("-month").first()
    if period is None:
        return month or Month.of(timezone.localdate())
    opened = Month.from_index(period.month)
    if month is not None and month != opened:
        raise DeclarationError(
            f"Kỳ thu {month.vi()} không phải kỳ đang mở {opened.vi()}.",
            f"The accounting month {month} is not the open one, {opened}.",
            code="declaration.month",
        )
    return opened


def books_start(employer: Employer) -> int:
    """Kỳ đầu của sổ: the first month of the province's books; 0 when none was opened."""
    periods = Period.objects.filter(unit=selectors.province_of(employer.office)).order_by("month")
    return periods.values_list("month", flat=True).first() or 0
