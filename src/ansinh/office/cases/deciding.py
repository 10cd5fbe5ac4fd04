"""Thẩm định và quyết định: a point is judged by somebody who wrote none of it; so is the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office import hands
from ansinh.office.cases import facts, flow, letters, procedures, questions, writing
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case, CaseQuestion, CaseStep, CaseWait
from ansinh.office.cases.papers import CaseVerdict
from ansinh.office.cases.procedures import Procedure
from ansinh.office.cases.states import WORKED_ON, State
from ansinh.office.hands import HandError
from ansinh.office.rights import Actor

Verdict, Cause = CaseVerdict.Verdict, CaseVerdict.Cause


@transaction.atomic
def judge(*, actor: Actor, case: Case, point: str, verdict: str, cause: str = "", note: str = "") -> Case:
    """Thẩm định một điểm: approve its answer as it stands, or send it back with a cause and a note.

    For whoever decides the case. Raises HandError for a maker of it; CaseError ``case.point`` for a step that
    is no point or not done, ``case.cause`` for a return without its cause or note.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.deciding.verb)
    writing.require_state(current, *WORKED_ON)
    row = CaseStep.objects.filter(case=current, code=point, state=CaseStep.State.DONE).first()
    if row is None or point not in current.points:
        raise CaseError("Điểm này chưa thẩm định được.", "This point cannot be judged.", code="case.point")
    _refuse_maker(actor, current)
    step = procedure.step(point)
    if verdict == Verdict.APPROVED:
        _approve(actor, current, [row])
        words = Words(f"Đồng ý điểm “{step.name.vi}”.", f"Point approved: “{step.name.en}”.")
        return writing.move(current, act="judge", user=actor, words=words)
    if cause not in Cause.values or not note.strip():
        raise CaseError(
            "Trả lại phải nêu nguyên nhân và lời ghi.",
            "A return names its cause and a note.",
            code="case.cause",
        )
    CaseVerdict.objects.create(
        case=current,
        point=point,
        version=row.version,
        verdict=Verdict.RETURNED,
        cause=Cause(cause),
        note=note.strip()[:500],
        user=actor.user,
    )
    label = Cause(cause).label
    words = Words(
        f"Trả lại bước “{step.name.vi}” — {label}: {note.strip()}",
        f"Step sent back: “{step.name.en}” — {cause}: {note.strip()}",
    )
    return flow.back_to(current, step, actor=actor, words=words, act="judge")


def _approve(actor: Actor, case: Case, rows: Sequence[CaseStep]) -> None:
    CaseVerdict.objects.bulk_create(
        CaseVerdict(case=case, point=row.code, version=row.version, verdict=Verdict.APPROVED, user=actor.user)
        for row in rows
    )


def _refuse_maker(actor: Actor, case: Case) -> None:
    if case.four_eyes and hands.made(actor, case.thing_kind, case.thing_id):
        raise HandError(
            "Ông/bà đã lập hoặc sửa hồ sơ này nên không được thẩm định; người khác phải làm.",
            "You wrote some of it, so somebody else must judge it.",
            code="hands.maker",
        )


@transaction.atomic
def decide(
    *,
    actor: Actor,
    case: Case,
    outcome: str,
    seen: str,
    reason: str = "",
    act: str = "",
    judge_all: bool = False,
    then: Callable[[Case], None] | None = None,
) -> Case:
    """Quyết định: by somebody who wrote none of it, of what was seen, with nothing left open.

    `judge_all`: the page showed every point, so that signing approves each of them. A refusal gives its
    `reason`. What follows from it is the branch's, in this transaction: `Provider.decided`, or `then` of a
    service that has prepared it already.

    Raises HandError, ``hands.maker`` or ``hands.changed``; CaseError: ``case.state``, ``case.outcome``,
    ``case.waiting``, ``case.step`` while a step is to be done, ``case.question``, ``case.unjudged``,
    ``case.facts`` when the record is no longer what a step was answered on.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.deciding.verb)
    writing.require_state(current, *WORKED_ON)
    if outcome not in procedure.outcomes:
        raise CaseError("Thủ tục không có kết quả này.", "No such outcome here.", code="case.outcome")
    provider = procedures.provider_of(procedure.code)
    hands.require_seen(seen, provider.as_seen(current.thing_id))
    unfinished = outcome == "refused" and current.refused_unfinished
    if outcome == "refused":
        reason = writing.reason_of(reason)
    _nothing_open(procedure, current, unfinished=unfinished)
    made = hands.made(actor, current.thing_kind, current.thing_id)
    if current.four_eyes or not made:
        hands.decided(actor, current.thing_kind, current.thing_id, act=act or outcome, seen=seen)
    else:
        hands.wrote(actor, current.thing_kind, current.thing_id, act=act or outcome)
    if not unfinished and current.points:
        _points(actor, current, judge_all=judge_all)
    else:
        questions.close_by_decision(current, actor, reason)
    label = Case.Outcome(outcome)
    writing.move(
        current,
        act="decide",
        user=actor,
        words=Words(f"{label.label}. {reason}".strip(), f"{label.value.capitalize()}. {reason}".strip()),
        state=State.DECIDED,
        step=procedure.deciding.code,
        seen=seen,
        outcome=label,
        decided_by=actor.user,
        decided_at=timezone.now(),
        assigned_to=None,
    )
    if outcome in procedure.letters:
        letters.issue(actor, current, outcome, {"reason": reason})
    if then is not None:
        then(current)
    elif provider.decided:
        provider.decided(actor, current, reason)
    return current


def _nothing_open(procedure: Procedure, case: Case, *, unfinished: bool) -> None:
    if CaseWait.objects.filter(case=case, ended_at__isnull=True).exists():
        raise CaseError("Hồ sơ đang chờ, chưa quyết định được.", "The case still waits.", code="case.waiting")
    if unfinished:
        return
    if case.step != procedure.deciding.code:
        step = procedure.step(case.step)
        raise CaseError(
            f"Còn phải làm bước “{step.name.vi}”.",
            f"The step “{step.name.en}” is to be done.",
            code="case.step",
        )
    told = facts.read(procedure, [case.thing_id])[case.thing_id]
    gone = [procedure.facts[name] for name in facts.stale(case, told)]
    if gone:
        raise CaseError(
            f"Dữ kiện đã thay đổi: {', '.join(w.vi for w in gone)}; hãy mở lại hồ sơ.",
            f"The record changed: {', '.join(w.en for w in gone)}; open the case again.",
            code="case.facts",
        )
    codes = CaseQuestion.objects.filter(case=case, closed_at__isnull=True).values_list("code", flat=True)
    asked = [q.ask for q in procedure.questions if q.code in set(codes)]
    if asked:
        raise CaseError(
            f"Còn điểm chưa rõ: {' '.join(w.vi for w in asked)}",
            f"Still open: {' '.join(w.en for w in asked)}",
            code="case.question",
        )


def _points(actor: Actor, case: Case, *, judge_all: bool) -> None:
    rows = (
        list(CaseStep.objects.filter(case=case, code__in=case.points).order_by("pk")) if case.points else []
    )
    if judge_all:
        _approve(actor, case, rows)
        return
    last: dict[str, CaseVerdict] = {}
    for verdict in CaseVerdict.objects.filter(case=case).order_by("pk"):
        last[verdict.point] = verdict
    for row in rows:
        found = last.get(row.code)
        if found is None or found.verdict != Verdict.APPROVED or found.version != row.version:
            raise CaseError("Còn điểm chưa thẩm định.", "A point is not judged yet.", code="case.unjudged")
