"""Ghi diễn biến: every change of a case is an event; locks, moves and words stand here once for all acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office.cases import procedures
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case, CaseEvent, CaseStep
from ansinh.office.cases.papers import CaseBar
from ansinh.office.cases.procedures import Procedure
from ansinh.office.cases.states import State
from ansinh.office.rights import Actor, require

WORDS_MOST = 500


@dataclass(frozen=True, slots=True)
class Noted:
    """Một diễn biến: of which case, whereto, in words. The case holds from where."""

    case: Case
    state: str
    step: str
    words: Words


def note_many(noted: Sequence[Noted], *, act: str, user: Actor | None, seen: str = "") -> None:
    """Ghi nhiều diễn biến: one statement."""
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case=one.case,
            act=act,
            user=user.user if user else None,
            from_state=one.case.state if one.case.pk else "",
            to_state=one.state,
            from_step=one.case.step,
            to_step=one.step,
            vi=one.words.vi[:WORDS_MOST],
            en=one.words.en[:WORDS_MOST],
            seen=seen,
        )
        for one in noted
    )


def move(
    case: Case,
    *,
    act: str,
    user: Actor | None,
    words: Words,
    state: State | None = None,
    step: str | None = None,
    seen: str = "",
    **fields: object,
) -> Case:
    """Chuyển hồ sơ: the event, then the row. `fields` are other columns that change with it."""
    procedure = procedures.of(case.procedure)
    to_state, to_step = state or State(case.state), case.step if step is None else step
    note_many([Noted(case, to_state, to_step, words)], act=act, user=user, seen=seen)
    case.state, case.step, case.queue = to_state, to_step, procedure.step(to_step).verb
    if seen:
        fields["seen"] = seen
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=["state", "step", "queue", *fields])
    return case


def locked(actor: Actor, case: Case, verb: str) -> Case:
    """The case, locked, for somebody who holds the verb there and is not barred from it."""
    found = Case.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=case.pk)
    require(actor, verb, at=found)
    refuse_barred(actor, found)
    return found


def barred_from(user_id: int, case: Case) -> bool:
    """Người này phải tránh hồ sơ này, today."""
    today = timezone.localdate()
    bars = CaseBar.objects.filter(officer_id=user_id, ended_at__isnull=True, valid_from__lte=today)
    theirs = {(b.party_kind, b.party) for b in bars if b.valid_to is None or b.valid_to >= today}
    return bool(theirs) and any(party in theirs for party in case.parties())


def refuse_barred(actor: Actor, case: Case) -> None:
    """Raise CaseError, code ``case.barred``, for whoever must keep away from its people."""
    if barred_from(actor.user.pk, case):
        raise CaseError(
            "Ông/bà phải tránh hồ sơ của người, đơn vị này; người khác giải quyết.",
            "You are barred from this person's or employer's matters; somebody else must act.",
            code="case.barred",
        )


def require_state(case: Case, *states: State) -> None:
    """Raise CaseError, code ``case.state``, unless it is in one of the states."""
    if case.state not in states:
        raise CaseError(
            f"Không làm được khi hồ sơ ở trạng thái “{case.get_state_display()}”.",
            f"Not possible while the case is “{State(case.state).value}”.",
            code="case.state",
        )


def next_step(procedure: Procedure, case: Case) -> str:
    """The first step that is not done; the decision when all are."""
    done = set(CaseStep.objects.filter(case=case, state=CaseStep.State.DONE).values_list("code", flat=True))
    return next((s.code for s in procedure.steps[:-1] if s.code not in done), procedure.deciding.code)


def needed(text: str, vi: str, en: str, code: str) -> str:
    """A text that must be given, without the space around it. Raises CaseError without one."""
    if not text.strip():
        raise CaseError(vi, en, code=code)
    return text.strip()


def reason_of(text: str) -> str:
    """A reason that must be given. Raises CaseError, code ``case.reason``."""
    return needed(text, "Thiếu lý do.", "The reason is missing.", "case.reason")
