"""Việc chờ: a case waits for somebody, until a day, and says what then. Asking the filer stops the clock.

Past its day a wait is over (`lapse`, a job of every hour): it is the office's turn again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office.cases import due, letters, procedures, writing
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case, CaseWait
from ansinh.office.cases.states import ASKED, OPEN, WORKED_ON, State
from ansinh.office.cases.triggers import BARRED, TODAY
from ansinh.office.rights import Actor

BATCH = 500
"""Cases whose waits end in one transaction."""
NOTHING_CAME = "Quá ngày, chưa nhận được."
STOOD = Words(
    "Đồng hồ dừng trong lúc chờ người nộp, đến hết ngày đã hẹn.",
    "The clock stood while the filer was asked, until the day given was over.",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Chờ gì: the reason, on whom, what is asked, until when, what is done when nothing has come."""

    reason: str
    on_kind: str
    on_name: str
    asked: str
    until: date
    then: str
    on_id: int | None = None


def asked_before(case: Case) -> int:
    """Đã yêu cầu bổ sung mấy lần: a second time counts as late on the national portal."""
    return CaseWait.objects.filter(case=case, reason=CaseWait.Reason.SUPPLEMENT).count()


@transaction.atomic
def wait(*, actor: Actor, case: Case, waiting: Waiting, on: date | None = None) -> CaseWait:
    """Ghi việc chờ. Asking the filer (supplement, payment) also issues the letter that asks.

    Raises CaseError: ``case.state``; ``case.wait`` for a day in the past or words missing; ``case.waiting``
    when the same is waited for already.
    """
    day = on or timezone.localdate()
    current = writing.locked(actor, case, procedures.of(case.procedure).step(case.step).verb)
    writing.require_state(current, *WORKED_ON)
    if waiting.until < day or not (
        waiting.asked.strip() and waiting.then.strip() and waiting.on_name.strip()
    ):
        raise CaseError(
            "Ghi chờ gì, chờ ai, đến ngày nào (không trước hôm nay), quá ngày thì làm gì.",
            "Say what is waited for, on whom, until what day (not past), and what then.",
            code="case.wait",
        )
    if CaseWait.objects.filter(case=current, reason=waiting.reason, ended_at__isnull=True).exists():
        raise CaseError("Hồ sơ đang chờ việc này rồi.", "It waits for this already.", code="case.waiting")
    row = CaseWait.objects.create(
        case=current,
        reason=CaseWait.Reason(waiting.reason),
        on_kind=waiting.on_kind,
        on_id=waiting.on_id,
        on_name=waiting.on_name.strip()[:200],
        asked=waiting.asked.strip()[:500],
        since=day,
        until=waiting.until,
        then=waiting.then.strip()[:200],
        opened_by=actor.user,
    )
    told = f"{row.get_reason_display()}: {row.asked} ({row.on_name}, {row.until:%d/%m/%Y})"
    writing.move(
        current,
        act="wait",
        user=actor,
        words=Words(told, f"Waits for {row.reason}: {row.asked} ({row.on_name}, until {row.until})"),
        state=State(waiting.reason) if waiting.reason in ASKED else None,
    )
    if waiting.reason == CaseWait.Reason.SUPPLEMENT:
        letters.issue(
            actor, current, "supplement", {"asked": row.asked, "until": row.until.isoformat()}, on=day
        )
    return row


@transaction.atomic
def resume(*, actor: Actor, case: Case, reason: str, how: str, on: date | None = None) -> Case:
    """Hết chờ: what was waited for has come, or its day has passed; the due day is counted again.

    `reason` names the wait, `how` says what came of it. The filer may answer too. Raises CaseError,
    ``case.not_waiting``.
    """
    procedure = procedures.of(case.procedure)
    by_filer = actor.may(procedure.file_verb, at=case)
    current = writing.locked(actor, case, procedure.file_verb if by_filer else procedure.step(case.step).verb)
    row = CaseWait.objects.filter(case=current, reason=reason, ended_at__isnull=True).first()
    if row is None:
        raise CaseError("Hồ sơ không chờ việc này.", "It does not wait for this.", code="case.not_waiting")
    told = writing.reason_of(how)[:200]
    row.ended_on = max(on or timezone.localdate(), row.since)
    row.ended_at, row.ended_by, row.ended_how = timezone.now(), actor.user, told
    row.save(update_fields=["ended_on", "ended_at", "ended_by", "ended_how"])
    writing.move(
        current,
        act="resume",
        user=actor,
        words=Words(f"Hết chờ: {told}", f"No longer waits: {told}"),
        state=State.PROCESSING if current.state == reason else None,
    )
    if reason in ASKED:
        due.again(
            [current],
            Words(
                f"Đồng hồ dừng từ {row.since:%d/%m/%Y} đến {row.ended_on:%d/%m/%Y} để chờ người nộp.",
                f"The clock stood from {row.since} to {row.ended_on} while the filer was asked.",
            ),
        )
    return current


def end_all(case: Case, actor: Actor, how: str) -> None:
    """Hồ sơ khép lại thì không còn chờ gì. The caller's transaction."""
    CaseWait.objects.filter(case=case, ended_at__isnull=True).update(
        ended_on=timezone.localdate(), ended_at=timezone.now(), ended_by=actor.user, ended_how=how[:200]
    )


def lapse() -> int:
    """Hết ngày chờ: cases whose wait is past its day go back to their queue; returns how many waits ended.

    Each wait once, with an event that says what is to be done now, however late and often it is called: the
    clock of the office goes on after the last day of the wait, not after the day of this call. Whoever held
    the case still holds it, unless they left or must keep away by now. A few statements for each batch.
    """
    today, ended = timezone.localdate(), 0
    while (some := _lapse_some(today)) is not None:
        ended += some
    return ended


@transaction.atomic
def _lapse_some(today: date) -> int | None:
    """A batch of cases; None when none is left."""
    past = CaseWait.objects.filter(ended_at__isnull=True, until__lt=today)
    waited = Case.objects.filter(
        Exists(past.filter(case=OuterRef("pk"))),
        state__in=OPEN,
        procedure__in=[procedure.code for procedure in procedures.registered()],
    )
    cases = list(waited.select_for_update(of=("self",), no_key=True).order_by("pk")[:BATCH])
    if not cases:
        return None
    # read under the locks: what somebody has just answered is over already
    rows = list(past.filter(case__in=cases).order_by("until", "pk"))
    known = {case.pk: case for case in cases}
    asked = [known[row.case_id] for row in rows if row.reason == known[row.case_id].state]
    # of several of one case the one that moves it is told last
    rows.sort(key=lambda row: row.reason == known[row.case_id].state)
    writing.note_many([_over(row, known[row.case_id]) for row in rows], act="lapse", user=None)
    CaseWait.objects.filter(pk__in=[row.pk for row in rows]).update(
        ended_on=F("until"), ended_at=timezone.now(), ended_how=NOTHING_CAME
    )
    Case.objects.filter(pk__in=[case.pk for case in asked]).update(state=State.PROCESSING)
    due.again(asked, STOOD)
    _free([row.case_id for row in rows])
    return len(rows)


def _over(row: CaseWait, case: Case) -> writing.Noted:
    """What is to be done comes first: only what was asked may be too long for an event."""
    return writing.Noted(
        case,
        State.PROCESSING if row.reason == case.state else State(case.state),
        case.step,
        Words(
            f"Quá ngày chờ {row.until:%d/%m/%Y}. Nay phải: {row.then}. Đã chờ {row.on_name}: {row.asked}",
            f"Past the day, {row.until}. To do now: {row.then}. Waited for {row.on_name}: {row.asked}",
        ),
    )


def _free(cases: list[int]) -> None:
    """Taken from whoever left or must keep away: anybody who may do the step takes it from the queue."""
    barred = BARRED.format(case="c.id", user="u.id", day=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE office_case c SET assigned_to_id = NULL FROM office_user u
                WHERE c.id = ANY(%s) AND u.id = c.assigned_to_id
                  AND (NOT u.is_active OR EXISTS ({barred}))""",
            [cases],
        )
