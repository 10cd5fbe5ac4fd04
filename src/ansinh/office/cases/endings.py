"""Kết thúc khác quyết định: declined, returned, withdrawn, stopped; result handed over; a new round."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ansinh.kernel.words import Words
from ansinh.office import hands
from ansinh.office.cases import flow, letters, procedures, waits, ways, writing
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.flow import Matter
from ansinh.office.cases.models import Case
from ansinh.office.cases.states import ASKED, WORKED_ON, State
from ansinh.office.rights import Actor, require


@transaction.atomic
def decline(*, actor: Actor, case: Case, reason: str) -> Case:
    """Không tiếp nhận hồ sơ nộp trực tuyến: with the reason."""
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.steps[0].verb)
    writing.require_state(current, State.SUBMITTED)
    told = writing.reason_of(reason)
    words = Words(f"Không tiếp nhận: {told}", f"Not accepted: {told}")
    writing.move(current, act="decline", user=actor, words=words, state=State.DECLINED, assigned_to=None)
    letters.issue(actor, current, "declined", {"reason": told})
    return _closed(actor, current)


@transaction.atomic
def give_back(*, actor: Actor, case: Case, reason: str, act: str = "return", letter: bool = True) -> Case:
    """Trả lại hồ sơ để làm lại (lần n): not a decision; handed in again it is the next round.

    Whoever does step by step may, their own too; they are a maker of the thing afterwards.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.steps[0].verb)
    writing.require_state(current, *WORKED_ON, *ASKED)
    told = writing.reason_of(reason)
    waits.end_all(current, actor, told)
    hands.wrote(actor, current.thing_kind, current.thing_id, act=act)
    words = Words(f"Trả lại hồ sơ (lần {current.round}): {told}", f"Returned (time {current.round}): {told}")
    writing.move(current, act="return", user=actor, words=words, state=State.RETURNED, assigned_to=None)
    if letter:
        letters.issue(actor, current, "returned", {"reason": told})
    return _closed(actor, current)


@transaction.atomic
def ask_withdrawal(*, actor: Actor, case: Case, reason: str) -> Case:
    """Người nộp xin rút hồ sơ; an officer confirms (`withdraw`) or goes on (`keep`).

    Before it is taken in, it is withdrawn at once.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.file_verb)
    told = writing.reason_of(reason)
    words = Words(f"Xin rút hồ sơ: {told}", f"Withdrawal asked for: {told}")
    if current.state == State.SUBMITTED:
        writing.move(
            current, act="withdraw", user=actor, words=words, state=State.WITHDRAWN, assigned_to=None
        )
        return _closed(actor, current)
    writing.require_state(current, *WORKED_ON, *ASKED)
    waits.end_all(current, actor, told)
    return writing.move(current, act="ask_withdrawal", user=actor, words=words, state=State.WITHDRAWING)


@transaction.atomic
def withdraw(*, actor: Actor, case: Case) -> Case:
    """Đồng ý cho rút hồ sơ."""
    current = writing.locked(actor, case, procedures.of(case.procedure).step(case.step).verb)
    writing.require_state(current, State.WITHDRAWING)
    words = Words("Đã rút hồ sơ.", "Withdrawn.")
    writing.move(current, act="withdraw", user=actor, words=words, state=State.WITHDRAWN, assigned_to=None)
    return _closed(actor, current)


@transaction.atomic
def keep(*, actor: Actor, case: Case, reason: str) -> Case:
    """Không rút nữa: the work goes on."""
    current = writing.locked(actor, case, procedures.of(case.procedure).step(case.step).verb)
    writing.require_state(current, State.WITHDRAWING)
    told = writing.reason_of(reason)
    words = Words(f"Tiếp tục giải quyết: {told}", f"Work goes on: {told}")
    return writing.move(current, act="keep", user=actor, words=words, state=State.PROCESSING)


@transaction.atomic
def stop(*, actor: Actor, case: Case, reason: str, seen: str) -> Case:
    """Dừng giải quyết: with the reason; for whoever gives out work there, and none of its makers.

    It ends the thing as a decision does, so it carries the digest of what was `seen`. Raises HandError,
    ``hands.maker`` or ``hands.changed``.
    """
    current = writing.locked(actor, case, procedures.of(case.procedure).assign_verb)
    writing.require_state(current, *ways.STATES[ways.STOP])
    hands.require_seen(seen, procedures.provider_of(current.procedure).as_seen(current.thing_id))
    told = writing.reason_of(reason)
    waits.end_all(current, actor, told)
    hands.decided(actor, current.thing_kind, current.thing_id, act="stop", seen=seen)
    words = Words(f"Dừng giải quyết: {told}", f"Stopped: {told}")
    writing.move(current, act="stop", user=actor, words=words, state=State.STOPPED, assigned_to=None)
    return _closed(actor, current)


def _closed(actor: Actor, case: Case) -> Case:
    """What follows in the branch when a case ends without a decision."""
    provider = procedures.provider_of(case.procedure)
    if provider.closed:
        provider.closed(actor, case)
    return case


@transaction.atomic
def hand_over(*, actor: Actor, case: Case, to: str) -> Case:
    """Trả kết quả: to whom it was handed. Handed over twice it stays as it was."""
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.steps[0].verb)
    if current.state == State.HANDED:
        return current
    writing.require_state(current, State.DECIDED)
    told = writing.needed(to, "Ghi trả cho ai.", "Say to whom.", "case.to")
    words = Words(f"Đã trả kết quả cho {told}.", f"Result handed to {told}.")
    return writing.move(
        current, act="hand_over", user=actor, words=words, state=State.HANDED, handed_at=timezone.now()
    )


@transaction.atomic
def reopen(*, actor: Actor, case: Case, reason: str, received_on: date | None = None) -> Case:
    """Mở lại hồ sơ đã khép: a new round of the same thing; what was decided stays as it was.

    For whoever gives out work there. Raises CaseError, ``case.reopen`` for a procedure whose decisions have
    effects that a new round would repeat, or for a round that is not the latest; ``case.received_on`` for a
    day to come, or before the round that it follows was received.
    """
    procedure = procedures.of(case.procedure)
    current = writing.locked(actor, case, procedure.assign_verb)
    require(actor, procedure.assign_verb, at=current)
    if current.is_open or not procedure.reopens or flow.of_thing(case.thing_kind, case.thing_id) != current:
        raise CaseError("Hồ sơ này không mở lại được.", "It cannot be reopened.", code="case.reopen")
    told, today = writing.reason_of(reason), timezone.localdate()
    day = received_on or today
    if not current.received_on <= day <= today:
        raise CaseError(
            f"Ngày nhận lần sau từ {current.received_on:%d/%m/%Y} đến hôm nay.",
            f"The next round is received between {current.received_on} and today.",
            code="case.received_on",
        )
    matter = Matter(
        thing_id=current.thing_id,
        office_id=current.office_id,
        received_on=day,
        parties=current.parties(),
        filed_by=current.filed_by,
        previous=current,
    )
    (made,) = flow.open_many(
        actor=actor,
        procedure=procedure.code,
        matters=[matter],
        maker=False,
        words=Words(
            f"Mở lại (lần {current.round + 1}): {told}", f"Reopened (round {current.round + 1}): {told}"
        ),
    )
    return made
