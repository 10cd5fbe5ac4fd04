"""Danh sách viên chức: who stands in for whom, who is barred from whom, to whom work can be given."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ansinh.office import reading
from ansinh.office.cases.models import Case
from ansinh.office.cases.papers import CaseBar, CaseStandIn
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor, verb
from ansinh.office.rights.models import RoleAssignment, User

Line = TypeVar("Line", CaseStandIn, CaseBar)
KEYS = 2**63


def stand_ins(actor: Actor) -> QuerySet[CaseStandIn]:
    """Người thay, còn hạn hoặc chưa đến ngày: at the actor's offices, the first to end first."""
    found = CaseStandIn.objects.filter(
        actor.within("case.stand_in"), ended_at__isnull=True, valid_to__gte=timezone.localdate()
    )
    return found.select_related("office", "officer", "stand_in", "written_by").order_by("valid_to", "pk")


def bars(actor: Actor) -> QuerySet[CaseBar]:
    """Người phải tránh, còn hạn: written down at the actor's offices, the newest first."""
    running = Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    found = CaseBar.objects.filter(running, actor.within("case.bar"), ended_at__isnull=True)
    return found.select_related("office", "officer", "written_by").order_by("-pk")


def stand_in(actor: Actor, pk: int) -> CaseStandIn:
    """One line of the stand-ins. Raises CaseStandIn.DoesNotExist outside the scope."""
    return _one(actor, CaseStandIn.objects.filter(actor.within("case.stand_in")), pk, "case.stand_in")


def bar(actor: Actor, pk: int) -> CaseBar:
    """One line of the register of the barred. Raises CaseBar.DoesNotExist outside the scope."""
    return _one(actor, CaseBar.objects.filter(actor.within("case.bar")), pk, "case.bar")


def _one(actor: Actor, scope: QuerySet[Line], pk: int, wanted: str) -> Line:
    found = scope.select_related("office", "officer").filter(pk=pk).first() if pk < KEYS else None
    if found is None:
        reading.missed(actor, Subject.USER, 0, purpose=Purpose.CASE, verb=wanted)
        raise scope.model.DoesNotExist
    reading.shown(actor, Subject.USER, [found.officer_id], purpose=Purpose.CASE)
    return found


def officers(actor: Actor, wanted: str) -> QuerySet[User]:
    """Viên chức làm việc nơi người này có quyền `wanted`: who hold any role there today."""
    return _with_role(actor.within(wanted, "unit__path"))


def who_may_do(case: Case) -> QuerySet[User]:
    """Viên chức làm được bước đang chờ, trừ người đang giữ: who hold its verb at the office or above."""
    place = case.office.path
    above = [place[: end + 1] for end, sign in enumerate(place) if sign == "/"]
    found = _with_role(Q(role__in=verb(case.queue).roles, unit__path__in=above))
    return found if case.assigned_to_id is None else found.exclude(pk=case.assigned_to_id)


def _with_role(where: Q) -> QuerySet[User]:
    today = timezone.localdate()
    in_force = Q(state="granted", valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    held = RoleAssignment.objects.filter(in_force & where, user=OuterRef("pk"))
    return User.objects.filter(Exists(held), kind=User.Kind.STAFF, is_active=True).order_by("full_name", "pk")
