"""Hồ sơ nhìn một lần: everything the page of a case shows, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansinh.office import hands
from ansinh.office.cases import procedures, selectors, ways, writing
from ansinh.office.cases.models import Case, CaseDue, CaseEvent, CaseQuestion, CaseStep, CaseWait
from ansinh.office.cases.papers import CaseVerdict
from ansinh.office.cases.procedures import Procedure
from ansinh.office.cases.states import WORKED_ON
from ansinh.office.rights import Actor


@dataclass(frozen=True, slots=True)
class Overview:
    """Một hồ sơ với mọi thứ của nó: answers by step, the last verdict by point, the rest in order of time."""

    case: Case
    procedure: Procedure
    answers: dict[str, CaseStep]
    verdicts: dict[str, CaseVerdict]
    waits: Sequence[CaseWait]
    questions: Sequence[CaseQuestion]
    dues: Sequence[CaseDue]
    events: Sequence[CaseEvent]
    rounds: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Người xem làm được gì: at the step the case stands at, or none of it when they are barred.

    `ways` are those out of it (`cases.ways`); of a closed case they are all there is.
    """

    step: bool = False
    take: bool = False
    assign: bool = False
    release: bool = False
    judge: bool = False
    wait: bool = False
    barred: bool = False
    ways: Sequence[str] = ()


def of(case: Case) -> Overview:
    """Everything of a case."""
    last = CaseVerdict.objects.filter(case=case).select_related("user").order_by("pk")
    return Overview(
        case=case,
        procedure=procedures.of(case.procedure),
        answers={s.code: s for s in CaseStep.objects.filter(case=case).select_related("answered_by")},
        verdicts={verdict.point: verdict for verdict in last},
        waits=list(CaseWait.objects.filter(case=case).order_by("since", "pk")),
        questions=list(CaseQuestion.objects.filter(case=case).select_related("closed_by").order_by("pk")),
        dues=list(CaseDue.objects.filter(case=case).order_by("pk")),
        events=list(selectors.events(case)),
        rounds=list(selectors.rounds(case)),
    )


def waits_now(case: Case) -> bool:
    """Whether anything is waited for, so that the case cannot be decided."""
    return CaseWait.objects.filter(case=case, ended_at__isnull=True).exists()


def allowed(actor: Actor, case: Case) -> Allowed:
    """Việc người xem làm được với hồ sơ: the services ask again."""
    if not case.is_open:
        return Allowed(ways=ways.open_to(actor, case))
    procedure = procedures.of(case.procedure)
    barred = writing.barred_from(actor.user.pk, case)
    gives = actor.may(procedure.assign_verb, at=case) and not barred
    step = actor.may(case.queue, at=case) and not barred
    worked = case.state in WORKED_ON
    own = case.four_eyes and hands.made(actor, case.thing_kind, case.thing_id)
    return Allowed(
        step=step,
        take=step and selectors.takeable(actor).filter(pk=case.pk).exists(),
        assign=gives,
        release=step and case.assigned_to_id is not None and (gives or case.assigned_to_id == actor.user.pk),
        judge=worked
        and bool(case.points)
        and not barred
        and not own
        and actor.may(procedure.deciding.verb, at=case),
        wait=step and worked,
        barred=barred,
        ways=ways.open_to(actor, case),
    )
