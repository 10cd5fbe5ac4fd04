"""Sổ người phải tránh: officers who may not touch the matters of a person or an employer, and why.

Read in every assignment, in "nhận việc tiếp theo", in every act, and by triggers. Cases already held go back
to the queue at once.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office.cases import writing
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case
from ansinh.office.cases.papers import CaseBar
from ansinh.office.cases.states import OPEN
from ansinh.office.rights import Actor, require
from ansinh.office.rights.models import User
from ansinh.office.units.models import Unit


@transaction.atomic
def bar(
    *,
    actor: Actor,
    at: Unit,
    officer: User,
    party_kind: str,
    party: int,
    reason: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> CaseBar:
    """Ghi một người phải tránh. One may write oneself down; officers need the right for others.

    What they hold of that party, at whatever office, goes back to the queue. Raises CaseError, ``case.bar``.
    """
    if officer.pk != actor.user.pk:
        require(actor, "case.bar", at=at)
    told, today = writing.reason_of(reason), timezone.localdate()
    since = valid_from or today
    if valid_to is not None and valid_to < since:
        raise CaseError("Ngày cuối trước ngày đầu.", "The last day is before the first.", code="case.bar")
    row = CaseBar.objects.create(
        office=at,
        officer=officer,
        party_kind=party_kind,
        party=party,
        reason=told[:200],
        valid_from=since,
        valid_to=valid_to,
        written_by=actor.user,
    )
    if since <= today and (valid_to is None or today <= valid_to):
        _take_away(officer, party_kind, party)
    return row


def _take_away(officer: User, party_kind: str, party: int) -> None:
    held = Case.objects.filter(
        assigned_to=officer, state__in=OPEN, about__kind=party_kind, about__key=party
    ).select_for_update(of=("self",), no_key=True)
    words = Words("Người được giao phải tránh; về hàng đợi.", "The assignee is barred; back to the queue.")
    for case in held.order_by("pk"):
        writing.move(case, act="release", user=None, words=words, assigned_to=None)


@transaction.atomic
def lift(*, actor: Actor, row: CaseBar) -> CaseBar:
    """Thôi tránh: by somebody else than the officer."""
    current = CaseBar.objects.select_for_update(of=("self",)).select_related("office").get(pk=row.pk)
    require(actor, "case.bar", at=current)
    if current.officer_id == actor.user.pk:
        raise CaseError(
            "Không tự bỏ tên mình khỏi sổ.", "Nobody lifts a bar of their own.", code="case.bar_own"
        )
    if current.ended_at is None:
        current.ended_at, current.ended_by = timezone.now(), actor.user
        current.save(update_fields=["ended_at", "ended_by"])
    return current
