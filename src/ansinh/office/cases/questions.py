"""Điểm cần làm rõ: opened and closed by facts, set-based; some closed by hand with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office import hands
from ansinh.office.cases import procedures, writing
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case, CaseQuestion
from ansinh.office.cases.procedures import Facts, Procedure
from ansinh.office.rights import Actor


def sync(procedure: Procedure, cases: Sequence[Case], facts: Facts) -> None:
    """Mở và đóng theo dữ kiện: at most three statements; closed by hand it stays so for the same fact."""
    if not procedure.questions:
        return
    rows: dict[tuple[int, str], list[CaseQuestion]] = defaultdict(list)
    for row in CaseQuestion.objects.filter(case__in=cases).order_by("pk"):
        rows[row.case_id, row.code].append(row)
    opened, closed = [], []
    for case in cases:
        told = facts[case.thing_id]
        for question in procedure.questions:
            if question.fact not in told:
                continue
            earlier = rows[case.pk, question.code]
            standing = next((row for row in earlier if row.closed_at is None), None)
            about = procedures.mark(told[question.fact])
            if not question.arises(told):
                closed += [standing] if standing else []
            elif standing is None and not any(
                row.how == CaseQuestion.How.HAND and row.about == about for row in earlier
            ):
                opened.append(CaseQuestion(case=case, code=question.code, about=about))
    if opened:
        CaseQuestion.objects.bulk_create(opened)
    if closed:
        CaseQuestion.objects.filter(pk__in=[row.pk for row in closed]).update(
            closed_at=timezone.now(), how=CaseQuestion.How.FACTS
        )


@transaction.atomic
def close(*, actor: Actor, case: Case, code: str, reason: str) -> CaseQuestion:
    """Kết luận một điểm bằng tay: with a reason; who does so is a maker of the thing.

    Raises CaseError, code ``case.question`` where it is not open, ``case.question_facts`` where facts alone
    close it.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.step(case.step).verb)
    row = CaseQuestion.objects.filter(case=current, code=code, closed_at__isnull=True).first()
    question = next((q for q in procedure.questions if q.code == code), None)
    if row is None or question is None:
        raise CaseError("Điểm này không còn mở.", "The question is not open.", code="case.question")
    if not question.by_hand:
        raise CaseError(
            "Điểm này chỉ đóng khi dữ kiện đã đủ.",
            "Only facts close this question.",
            code="case.question_facts",
        )
    row.reason = writing.reason_of(reason)[:300]
    row.closed_at, row.closed_by, row.how = timezone.now(), actor.user, CaseQuestion.How.HAND
    hands.wrote(actor, current.thing_kind, current.thing_id, act="question")
    row.save(update_fields=["reason", "closed_at", "closed_by", "how"])
    writing.move(
        current,
        act="answer_question",
        user=actor,
        words=Words(f"{question.ask.vi} Kết luận: {row.reason}", f"{question.ask.en} Found: {row.reason}"),
    )
    return row


def close_by_decision(case: Case, actor: Actor, reason: str) -> None:
    """Quyết định đóng mọi điểm còn mở: a refusal answers what was asked for."""
    CaseQuestion.objects.filter(case=case, closed_at__isnull=True).update(
        closed_at=timezone.now(), closed_by=actor.user, how=CaseQuestion.How.DECISION, reason=reason[:300]
    )
