"""Dòng công việc: a case is opened, taken in, answered step by step; a fact answered anew sends it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office import hands, numbers
from ansinh.office.cases import due, facts, procedures, questions, writing
from ansinh.office.cases.due import Due
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case, CaseDue, CaseParty, CaseStep
from ansinh.office.cases.procedures import Procedure, Step
from ansinh.office.cases.states import WORKED_ON, State
from ansinh.office.numbers import Block
from ansinh.office.rights import Actor
from ansinh.office.units.models import Unit

NUMBERS = "dossier"
OPENED = Words("Mở hồ sơ.", "Case opened.")


@dataclass(frozen=True, slots=True)
class Matter:
    """Một việc mở hồ sơ: the thing of the branch, where, about whom, received when, filed by what kind."""

    thing_id: int
    office_id: int
    received_on: date
    parties: Sequence[tuple[str, int]] = ()
    filed_by: str = "office"
    four_eyes: bool = True
    previous: Case | None = field(default=None)


def open_many(
    *,
    actor: Actor,
    procedure: str,
    matters: Sequence[Matter],
    act: str = "open",
    state: State = State.PROCESSING,
    words: Words = OPENED,
    maker: bool = True,
) -> list[Case]:
    """Mở nhiều hồ sơ cùng thủ tục, trong giao dịch của người gọi: whose service has asked for the right.

    The number of statements does not depend on the number of matters. Who opens is a maker of each thing,
    unless they open what is written already (`maker` is false).
    """
    one = procedures.of(procedure)
    if not matters:
        return []
    days: dict[tuple[date, str], Due] = {}
    for matter in matters:
        key = (matter.received_on, matter.filed_by)
        if key not in days:
            days[key] = due.of(one, *key)
    made = [_opened(one, m, days[m.received_on, m.filed_by], state, actor) for m in matters]
    blocks = _number([case for case in made if case.number is None])
    cases = Case.objects.bulk_create(made)
    for block, numbered in blocks:
        numbers.bind(block, actor=actor, thing="case", keys=[case.pk for case in numbered])
    CaseParty.objects.bulk_create(
        CaseParty(case=case, kind=kind, key=key)
        for case, matter in zip(cases, matters, strict=True)
        for kind, key in dict.fromkeys(matter.parties)
    )
    CaseDue.objects.bulk_create(
        CaseDue(
            case=case,
            before=None,
            after=days[case.received_on, case.filed_by].on,
            vi="Hạn khi tiếp nhận.",
            en="The day promised when it was received.",
        )
        for case in cases
    )
    if maker:
        hands.wrote_many(actor, one.thing, [case.thing_id for case in cases], act=act)
    writing.note_many([writing.Noted(c, c.state, c.step, words) for c in cases], act="open", user=actor)
    if one.questions:
        keys = [case.thing_id for case in cases]
        questions.sync(one, cases, facts.read(one, keys, {q.fact for q in one.questions}))
    return cases


def _number(cases: Sequence[Case]) -> list[tuple[Block, list[Case]]]:
    """Cấp mã hồ sơ: two statements an office and year; bound when the cases have their keys."""
    grouped: dict[tuple[int, int], list[Case]] = {}
    for case in cases:
        grouped.setdefault((case.office_id, case.received_on.year), []).append(case)
    offices = Unit.objects.in_bulk({office for office, _ in grouped})
    found = []
    for (office, year), some in sorted(grouped.items(), key=lambda pair: pair[0]):
        block = numbers.take(NUMBERS, unit=offices[office], year=year, count=len(some))
        for case, text in zip(some, block.texts, strict=True):
            case.number = text
        found.append((block, some))
    return found


def _opened(procedure: Procedure, matter: Matter, promised: Due, state: State, actor: Actor) -> Case:
    first, before = procedure.steps[0], matter.previous
    return Case(
        procedure=procedure.code,
        office_id=matter.office_id,
        thing_kind=procedure.thing,
        thing_id=matter.thing_id,
        round=before.round + 1 if before else 1,
        number=before.number if before and not before.is_open else None,
        previous=before,
        state=state,
        step=first.code,
        queue=first.verb,
        filed_by=matter.filed_by,
        received_on=matter.received_on,
        law_due_on=promised.law_on,
        announced_due_on=promised.announced_on,
        due_on=promised.on,
        points=procedure.points,
        four_eyes=matter.four_eyes,
        refused_unfinished=procedure.refused_unfinished,
        opened_by=actor.user,
    )


@transaction.atomic
def open_one(
    *, actor: Actor, procedure: str, matter: Matter, act: str = "open", state: State = State.PROCESSING
) -> Case:
    """Mở một hồ sơ. As `open_many`."""
    return open_many(actor=actor, procedure=procedure, matters=[matter], act=act, state=state)[0]


def of_thing(kind: str, key: int) -> Case:
    """Hồ sơ đang có của một vật: its latest round. Raises Case.DoesNotExist."""
    found = (
        Case.objects.filter(thing_kind=kind, thing_id=key).select_related("office").order_by("-round").first()
    )
    if found is None:
        raise Case.DoesNotExist
    return found


@transaction.atomic
def accept(*, actor: Actor, case: Case) -> Case:
    """Tiếp nhận hồ sơ nộp trực tuyến; taken in already it stays as it is."""
    current = writing.locked(actor, case, procedures.of(case.procedure).steps[0].verb)
    if current.state in WORKED_ON:
        return current
    writing.require_state(current, State.SUBMITTED)
    words = Words("Tiếp nhận hồ sơ.", "Accepted.")
    return writing.move(current, act="accept", user=actor, words=words, state=State.ACCEPTED)


@transaction.atomic
def answer(
    *,
    actor: Actor,
    case: Case,
    step: str,
    answer: Mapping[str, Any],
    act: str = "answer",
) -> Case:
    """Trả lời một bước: on the facts as they stand now, and go on to the first step that is not done.

    Whoever answers is a maker of the thing. A step answered before may be answered anew: what was judged of
    it no longer counts, other answers stay.
    Raises CaseError: ``case.state``; ``case.step`` for a step not reached, or the decision; ``case.barred``.
    """
    procedure = procedures.of(case.procedure)
    wanted = procedure.step(step)
    current = writing.locked(actor, case, wanted.verb)
    writing.require_state(current, *WORKED_ON)
    if wanted == procedure.deciding or procedure.position(step) > procedure.position(current.step):
        raise CaseError("Chưa đến bước này.", "This step is not reached yet.", code="case.step")
    told = facts.read(procedure, [current.thing_id])
    hands.wrote(actor, current.thing_kind, current.thing_id, act=act)
    _store(current, wanted, answer, told[current.thing_id], actor)
    questions.sync(procedure, [current], told)
    following = procedure.step(writing.next_step(procedure, current))
    keeps = (
        current.assigned_to_id == actor.user.pk
        and following != procedure.deciding
        and actor.may(following.verb, at=current)
    )
    return writing.move(
        current,
        act=act,
        user=actor,
        words=Words(f"Xong bước “{wanted.name.vi}”.", f"Step done: “{wanted.name.en}”."),
        state=State.PROCESSING,
        step=following.code,
        assigned_to=current.assigned_to if keeps else None,
    )


def settle(
    case: Case,
    step: str,
    answer: Mapping[str, Any],
    *,
    words: Words,
    done: bool = True,
    by: Actor | None = None,
    four_eyes: bool | None = None,
) -> Case:
    """Trả lời một bước trong giao dịch của người gọi: they have the right, and wrote whose it is.

    A check of the machine (`by` nobody) that passed, or must pass again (not `done`); or what somebody gave
    already when they opened it. `four_eyes` says anew whether a maker may decide. Nothing moved is no event.
    """
    procedure = procedures.of(case.procedure)
    wanted = procedure.step(step)
    locked = Case.objects.select_for_update(of=("self",), no_key=True).select_related("office")
    current = locked.get(pk=case.pk)
    writing.require_state(current, *WORKED_ON)
    told = facts.read(procedure, [current.thing_id])
    if done:
        _store(current, wanted, answer, told[current.thing_id], by)
    else:
        CaseStep.objects.filter(case=current, code=step, state=CaseStep.State.DONE).update(
            state=CaseStep.State.REOPENED, version=F("version") + 1
        )
    questions.sync(procedure, [current], told)
    to_step = writing.next_step(procedure, current)
    pairs = current.four_eyes if four_eyes is None else four_eyes
    if (to_step, pairs) == (current.step, current.four_eyes):
        return current
    return writing.move(current, act=step, user=by, words=words, step=to_step, four_eyes=pairs)


def _store(
    case: Case, step: Step, answer: Mapping[str, Any], told: Mapping[str, Any], actor: Actor | None
) -> None:
    read = {name: procedures.mark(told[name]) for name in step.reads if name in told}
    row = CaseStep.objects.filter(case=case, code=step.code).first()
    who = actor.user if actor else None
    if row is None:
        CaseStep.objects.create(case=case, code=step.code, answer=dict(answer), read=read, answered_by=who)
        return
    row.version += row.state == CaseStep.State.DONE  # reopening has counted already
    row.state, row.answer, row.read = CaseStep.State.DONE, dict(answer), read
    row.answered_by, row.answered_at = who, timezone.now()
    row.save(update_fields=["version", "state", "answer", "read", "answered_by", "answered_at"])


@transaction.atomic
def send_back(*, actor: Actor, case: Case, step: str, words: Words, act: str = "send_back") -> Case:
    """Trả về một bước trước: with why; that step is done again, other answers stay.

    For whoever does the step the case stands at. Raises CaseError, ``case.step`` for a step not done.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.step(case.step).verb)
    writing.require_state(current, *WORKED_ON)
    return back_to(current, procedure.step(step), actor=actor, words=words, act=act)


def back_to(case: Case, step: Step, *, actor: Actor, words: Words, act: str) -> Case:
    """Back to a step of a locked case, in the caller's transaction; whoever answered it is asked again."""
    row = CaseStep.objects.filter(case=case, code=step.code, state=CaseStep.State.DONE).first()
    if row is None:
        raise CaseError("Bước này chưa xong.", "This step is not done.", code="case.step")
    row.state, row.version = CaseStep.State.REOPENED, row.version + 1
    row.save(update_fields=["state", "version"])
    who = (
        row.answered_by if row.answered_by_id and not writing.barred_from(row.answered_by_id, case) else None
    )
    return writing.move(
        case,
        act=act,
        user=actor,
        words=words,
        step=writing.next_step(procedures.of(case.procedure), case),
        assigned_to=who,
    )
