"""Giao việc: to somebody who may do the step, has not to decide their own work, and need not keep away.

"Nhận việc tiếp theo" takes the one due first among those nobody has, each by one officer only.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office import hands
from ansinh.office.cases import procedures, selectors, writing
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case
from ansinh.office.cases.papers import CaseStandIn
from ansinh.office.cases.states import OPEN
from ansinh.office.rights import Actor, actor_of, require
from ansinh.office.rights.models import User
from ansinh.office.units.models import Unit


@transaction.atomic
def assign(*, actor: Actor, case: Case, to: User, reason: str = "") -> Case:
    """Giao hồ sơ cho một viên chức: for whoever gives out work there.

    Raises CaseError: ``case.assignee`` for somebody who may not do the step, ``case.barred_assignee``,
    ``case.own`` for a maker who would decide their own work.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.assign_verb)
    writing.require_state(current, *OPEN)
    theirs = actor_of(to)
    if not to.is_active or not theirs.may(current.queue, at=current):
        raise CaseError(
            "Người này không làm được bước đang chờ.", "They may not do the step.", code="case.assignee"
        )
    if writing.barred_from(to.pk, current):
        raise CaseError(
            "Người này phải tránh hồ sơ.", "They are barred from the case.", code="case.barred_assignee"
        )
    if _decides_own(theirs, current):
        raise CaseError(
            "Người lập hồ sơ không quyết định hồ sơ.", "A maker does not decide.", code="case.own"
        )
    told = f" {reason.strip()}" if reason.strip() else ""
    words = Words(f"Giao cho {to.full_name}.{told}", f"Assigned to {to.full_name}.{told}")
    return writing.move(current, act="assign", user=actor, words=words, assigned_to=to)


@transaction.atomic
def release(*, actor: Actor, case: Case, reason: str) -> Case:
    """Trả việc về hàng đợi: one's own, or anybody's for whoever gives out work there."""
    current = writing.locked(actor, case, case.queue)
    if current.assigned_to_id != actor.user.pk:
        require(actor, procedures.of(current.procedure).assign_verb, at=current)
    writing.require_state(current, *OPEN)
    told = writing.reason_of(reason)
    words = Words(f"Trả về hàng đợi: {told}", f"Back to the queue: {told}")
    return writing.move(current, act="release", user=actor, words=words, assigned_to=None)


@transaction.atomic
def next_task(*, actor: Actor, procedure: str = "") -> Case | None:
    """Nhận việc tiếp theo: the one due first that nobody has, or None. Two at once get two.

    Never one the actor would decide as its maker, nor of people they must keep away from.
    """
    found = selectors.takeable(actor)
    if procedure:
        found = found.filter(procedure=procedure)
    locked = found.select_related(None).select_for_update(of=("self",), skip_locked=True, no_key=True)
    case = locked.order_by("due_on", "pk").first()
    if case is None:
        return None
    words = Words("Nhận việc.", "Taken from the queue.")
    return writing.move(case, act="take", user=actor, words=words, assigned_to=actor.user)


@transaction.atomic
def take(*, actor: Actor, case: Case) -> Case:
    """Nhận một hồ sơ chưa ai nhận: one that the actor may do. Raises CaseError, ``case.taken``."""
    found = selectors.takeable(actor).select_related(None).order_by("pk")
    current = found.select_for_update(of=("self",), no_key=True).filter(pk=case.pk).first()
    if current is None:
        raise CaseError(
            "Hồ sơ đã có người nhận, đang chờ, hoặc không thuộc việc của ông/bà.",
            "It is taken, waits, or is not yours to do.",
            code="case.taken",
        )
    words = Words("Nhận việc.", "Taken from the queue.")
    return writing.move(current, act="take", user=actor, words=words, assigned_to=actor.user)


def _decides_own(actor: Actor, case: Case) -> bool:
    procedure = procedures.of(case.procedure)
    deciding = case.step == procedure.deciding.code and case.four_eyes
    return deciding and hands.made(actor, case.thing_kind, case.thing_id)


@transaction.atomic
def stand_in(
    *, actor: Actor, at: Unit, officer: User, by: User, valid_from: date, valid_to: date, reason: str
) -> CaseStandIn:
    """Cử người thay một viên chức vắng mặt: from one day to another their cases are also the stand-in's.

    The stand-in acts with their own rights only. Raises CaseError, ``case.stand_in``.
    """
    require(actor, "case.stand_in", at=at)
    told = writing.reason_of(reason)
    if officer == by or valid_to < valid_from or valid_to < timezone.localdate() or not by.is_active:
        raise CaseError(
            "Người thay phải là người khác, đang làm việc; ngày cuối không trước ngày đầu, không ở quá khứ.",
            "The stand-in must be somebody else at work; the last day not before the first, nor past.",
            code="case.stand_in",
        )
    held = [place.path for place in actor_of(by).held]
    if not any(at.path.startswith(path) or path.startswith(at.path) for path in held):
        raise CaseError(
            "Người thay không làm việc ở cơ quan này.",
            "The stand-in does not work here.",
            code="case.stand_in",
        )
    return CaseStandIn.objects.create(
        office=at,
        officer=officer,
        stand_in=by,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=told[:200],
        written_by=actor.user,
    )


@transaction.atomic
def end_stand_in(*, actor: Actor, row: CaseStandIn) -> CaseStandIn:
    """Thôi thay: from now on."""
    current = CaseStandIn.objects.select_for_update(of=("self",)).select_related("office").get(pk=row.pk)
    require(actor, "case.stand_in", at=current)
    if current.ended_at is None:
        current.ended_at = timezone.now()
        current.save(update_fields=["ended_at"])
    return current
